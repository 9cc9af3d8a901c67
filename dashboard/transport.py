"""The transport: everything that can be done with time, live and replay alike, without a screen.

Each method moves the player. What cannot be done comes back as one sentence that says why; None means that it was.
"""

import difflib
import math
import re
from datetime import datetime, timedelta
from typing import Final

from dashboard.count.night import Election, Happening, Night
from dashboard.count.turning import is_change
from dashboard.player import Mark, Player
from dashboard.view.timeline import Scale, scale_of
from dashboard.view.times import moment, span
from dashboard.view.words import clock_words
from feeds.places import folded_place
from feeds.report import Result
from feeds.text import clean

SPEEDS: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0, math.inf)
"""The speeds that + and - go through."""

MOST_UNDONE: Final = 200
"""So many jumps can be undone."""

LONGEST: Final = 80
"""Characters of a place or a time that are looked at."""

_PERCENT: Final = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%")
_BY: Final = re.compile(r"([+\-−])(.+)")


class Transport:
    """Moves a player, and remembers from where. `ahead` is the whole night where it may be shown."""

    def __init__(self, player: Player, ahead: Night | None = None) -> None:
        self._player = player
        self._ahead = ahead
        self._undone: list[Mark] = []

    def scale(self) -> Scale:
        """Return the ends of the time bar as it is now."""
        player = self._player
        return scale_of(player.night, player.begin, player.as_at, self._ahead)

    def pause(self) -> None:
        """Pause or go on."""
        self._player.toggle()

    def step(self, by: int) -> None:
        """Go so many declarations on, or back."""
        self._remember()
        self._player.step(by)

    def change(self, by: int, election: str | None) -> str | None:
        """Go to the next (1) or previous (-1) change of control of an election."""
        self._remember()
        if self._player.turn(lambda happening: is_change(happening, election), by):
            return None
        self._undone.pop()
        if by < 0:
            return "No change of control before this moment."
        return "No further change of control so far." if self._player.live else "No further change of control."

    def by(self, length: timedelta) -> None:
        """Go so much on, or back, as far as the night goes."""
        self.to(self._player.as_at + length)

    def tenth(self, number: int) -> None:
        """Go to so many tenths of the time bar."""
        self.to(self.scale().share(number / 10))

    def to(self, at: datetime, *, remember: bool = True) -> None:
        """Go to a moment (UTC), or as near to it as the night goes; a jump to be undone, unless it goes on with one."""
        player = self._player
        if remember:
            self._remember()
        player.seek(max(player.begin, at if player.live else min(player.end, at)))

    def start(self) -> None:
        """Go to the first moment of the night."""
        self._remember()
        self._player.to_start()

    def end(self) -> None:
        """Go to live, or to the last event."""
        self._remember()
        self._player.to_end()

    def undo(self) -> str | None:
        """Go back to where the last jump began."""
        if not self._undone:
            return "There is no jump to undo."
        self._player.restore(self._undone.pop())
        return None

    def speed(self, by: int) -> str | None:
        """Play faster (1) or slower (-1); 0 is as it happened."""
        player = self._player
        if player.live:
            return "A live night goes at its own pace."
        now = player.speed
        faster = [s for s in SPEEDS if s > now] or [SPEEDS[-1]]
        slower = [s for s in SPEEDS if s < now] or [SPEEDS[0]]
        player.speed = faster[0] if by > 0 else slower[-1] if by < 0 else 1.0
        return None

    def go(self, text: str, election: Election | None = None) -> str | None:
        """Go where a text says: `02:14`, `+15m`, `-5m`, `40%`, or the name of an area, when it was declared."""
        wanted = clean(text, LONGEST).strip()
        if not wanted:
            return "Where to? 02:14, +15m, -5m, 40% or the name of an area."
        percent, by = _PERCENT.fullmatch(wanted), _BY.fullmatch(wanted)
        try:
            if percent is not None:
                return self._to_percent(float(percent[1]))
            if by is not None:
                length = span(by[2], "m")
                self.by(length if by[1] == "+" else -length)
                return None
            if wanted[0].isdigit():
                return self._to_time(wanted)
        except (ValueError, OverflowError) as problem:
            return f"{problem}."
        return self._to_area(wanted, election)

    def _to_percent(self, percent: float) -> str | None:
        if percent > 100:  # noqa: PLR2004 (a percentage)
            return f"{percent:g}% is more than the whole bar."
        self.to(self.scale().share(percent / 100))
        return None

    def _to_time(self, wanted: str) -> str | None:
        player = self._player
        at = moment(wanted, min(self.scale().begin, player.as_at), player.zone)
        last = player.now if player.live else None
        if at < player.begin:
            return f"The night begins at {clock_words(player.begin, player.zone)}."
        if last is not None and at > last:
            return f"It is only {clock_words(last, player.zone)}."
        self.to(at)
        return None

    def _to_area(self, wanted: str, election: Election | None) -> str | None:
        """Go to where an area was declared: a name as it stands, else the one name that begins so."""
        player = self._player
        known = [area.name for area in election.areas] if election is not None else []
        folded = folded_place(wanted)
        begun = [name for name in known if folded_place(name).startswith(folded)]
        exact = next((name for name in known if folded_place(name) == folded), None)
        name = exact or (begun[0] if len(begun) == 1 else wanted)
        mark, paused = player.mark(), player.paused
        if self._declaration(folded_place(name)):
            self._push(mark)
            return None
        player.restore(mark)
        if not paused:
            player.resume()
        if name in known:
            return f"{name} has not declared so far." if player.live else f"{name} does not declare in this night."
        if begun:
            return f"“{wanted}” may be {', '.join(begun[:3])}{', …' if len(begun) > 3 else ''}."  # noqa: PLR2004 (as many as fit)
        near = difflib.get_close_matches(folded, [folded_place(n) for n in known], n=1, cutoff=0.5)
        nearest = next((n for n in known if near and folded_place(n) == near[0]), None)
        words = f"“{wanted}” is neither a time nor an area"
        return f"{words}; the nearest is {nearest}." if nearest else f"{words}: write 02:14, +15m, 40% or a name."

    def _declaration(self, place: str) -> bool:
        """Go to just after the declaration of the area of that folded name; False where it never comes."""
        player = self._player
        told = _declared(player.night, place)
        if told is not None:
            return player.hold_at(told.turn)
        for position, reading in enumerate(player.readings()):
            reports = reading.reports if reading is not None else ()
            if any(isinstance(r, Result) and folded_place(r.area.name) == place for r in reports):
                player.hold_at(position + 1)
                if _declared(player.night, place) is not None:
                    return True
        return False

    def _remember(self) -> None:
        self._push(self._player.mark())

    def _push(self, mark: Mark) -> None:
        self._undone = [*self._undone[-MOST_UNDONE + 1 :], mark]


def _declared(night: Night, place: str) -> Happening | None:
    """Return the last declaration of an area that stands, by its folded name."""
    standing = {
        (e.id, a.id) for e in night.elections for a in e.areas if a.is_declared and folded_place(a.name) == place
    }
    for happening in reversed(night.happenings):
        area = happening.area
        if happening.what == "declared" and area is not None and (happening.election, area.id) in standing:
            return happening
    return None
