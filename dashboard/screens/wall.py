"""What a screen on a wall does by itself: pictures in turn, and between them the areas that have just declared."""

from typing import Final

from textual.screen import Screen

from dashboard.count.night import Night
from dashboard.screens.area import AreaScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.view.frame import Frame

ROTATION: Final = 15.0
"""Seconds for which a wall shows one thing."""

MOST: Final = 5
"""So many areas wait for their turn; older ones have been overtaken."""


class Wall:
    """Takes every frame, and is stepped every `ROTATION` seconds.

    A reader who has opened something is left alone until it is closed.
    """

    def __init__(self) -> None:
        self._night: Night | None = None
        self._election: str | None = None
        self._waiting: list[str] = []
        self._opened: str | None = None

    def take(self, frame: Frame, quiet: bool) -> None:
        """Take note of what has been declared since the last frame; after a jump in time (`quiet`) nothing has."""
        before, now = self._night, frame.night
        other = self._election != frame.election_id
        self._night, self._election = now, frame.election_id
        if before is None or quiet or other or len(now.happenings) < len(before.happenings):
            self._waiting.clear()
            return
        for place in range(len(before.happenings), len(now.happenings)):
            told = now.happenings[place]
            if told.what == "declared" and told.election == frame.election_id and told.area is not None:
                self._waiting = [each for each in self._waiting if each != told.area.id]
                self._waiting = [told.area.id, *self._waiting][:MOST]

    def step(self, overview: OverviewScreen) -> None:
        """Close the area that this opened, else open the newest one that waits, else turn to the next picture."""
        front: Screen[object] = overview.app.screen
        if isinstance(front, AreaScreen) and front.area_id == self._opened:
            self._opened = None
            front.action_back()
            overview.rotate()
        elif front is overview and self._waiting:
            self._opened = self._waiting.pop(0)
            overview.want(self._opened)
        elif front is overview:
            overview.rotate()
