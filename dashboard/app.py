"""The full-screen program: one heartbeat takes the night from the player and shows it."""

import math
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.console import RenderableType
from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input

from dashboard.actions import is_time, of
from dashboard.config import Looks
from dashboard.count.night import Area, Election, Night
from dashboard.deep import Load, unheard
from dashboard.player import Player
from dashboard.screens.following import Follows, Told
from dashboard.screens.opening import Opening
from dashboard.screens.outkeys import OutKeys
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.returning import Returning
from dashboard.screens.rhythm import BEAT, FIRST, LIVE_BEAT, LULL, PICTURE, Heart, Rhythm, Showing, files_in
from dashboard.screens.steady import TOLD
from dashboard.screens.too_small import HEIGHTS, WIDTHS, TooSmall, classes_for, fits
from dashboard.view.feed import feed_lines
from dashboard.view.frame import Frame, chosen, following
from dashboard.view.pictures.ink import Ink
from dashboard.watchlist import WatchList
from feeds.arrival import Event
from feeds.courtesy import nobody
from feeds.health import Health
from feeds.report import BaselineName

if TYPE_CHECKING:
    from dashboard.pace import Pace


def night_commands() -> type[Provider]:
    """Return what the palette finds beside the themes."""
    from dashboard.screens.palette import NightCommands  # noqa: PLC0415 (not needed for the first picture)

    return NightCommands


Changes = Callable[[], AsyncIterator[list[Event]]]
Watch = Callable[[], Health]

CLOCK_BEAT: Final = 0.25
"""Seconds between two times shown while a replay runs fast; live, a time changes once a second."""


class NightApp(OutKeys):
    """The dashboard of one night.

    `changes` yields what a live directory brings, `health` says how that directory and its recording are; `ticks` are
    seconds, `wall` those of the wall clock; `election` names the one to show first.
    `looks` are the reader's settings. `source` is where the figures come from, for what is written to files.
    `hurry` asks who reads beside the screen to stand aside for so many seconds: a key has come. `load` is told how
    much there is to count, when that is another.
    `pace` watches over a replay; `ahead` is the whole night, where somebody asked to see what comes.
    """

    CSS_PATH = "dashboard.tcss"
    COMMANDS = OutKeys.COMMANDS | {night_commands}
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(a.keys, a.action, a.label, key_display=a.shown, show=False, id=a.id) for a in of("app")),
        Binding("ctrl+z", "suspend_process", show=False),  # as in any program: the shell's key, not one of ours
    ]

    def __init__(
        self,
        player: Player,
        changes: Changes | None = None,
        *,
        title: str = "Election night",
        election: str | None = None,
        ticks: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        health: Watch = Health,
        pace: "Pace | None" = None,
        ahead: Night | None = None,
        ink: Ink = Ink.BLOCKS,
        watch: WatchList | None = None,
        source: str | None = None,
        looks: Looks | None = None,
        hurry: Callable[[float], object] = nobody,
        load: Callable[[Load], object] = unheard,
    ) -> None:
        super().__init__()
        self.title = title
        self._player = player
        self._pace = pace
        self._ahead = ahead
        self.moves = player, ahead
        self._changes = changes
        self._ticks = ticks
        self._ink = ink
        self._stars = watch or WatchList()
        self.source = source
        self.looks = looks or Looks()
        self._election_id: str | None = None
        self._election_name = election
        self._baseline: BaselineName | None = None
        self._alarm: str | None = None
        self._watch = health
        self._shown: Night | None = None
        self._shown_at = self._clock_at = -math.inf
        self._is_new = False
        self._second = ""
        self._returning = Returning(self, player, wall)
        self._opening = Opening(self, is_awaited=changes is not None)
        self._rhythm = Rhythm(ticks)
        self._heart = Heart(self, player, ticks, hurry, load)
        self._showing = Showing(self._heart.answers)
        self.dress()

    def get_default_screen(self) -> Screen[None]:
        """Return the overview."""
        return OverviewScreen(self._ticks, self._ink, self.looks, classes_for(self.size))

    def on_mount(self) -> None:
        """Begin to follow the directory, and start the heart."""
        self.take_looks()
        self.hear_keys(self._heart.touched)
        self._opening.begin()
        self.set_interval(LIVE_BEAT if self._player.live else BEAT, self.beat)
        self.call_after_refresh(self.beat)
        if self._stars.trouble is not None:
            self.notify(self._stars.trouble, severity="warning", timeout=TOLD, markup=False)
        if self._changes is not None:
            self._follow()

    # The night

    @work(exclusive=True)
    async def _follow(self) -> None:
        """Hand what the directory brings to the player, as long as it brings anything."""
        if self._changes is None:
            return
        try:
            async for found in self._changes():
                self._player.add(found)
                self._opening.is_awaited = False
                files = files_in(found)
                self._heart.hear_of(files, self._rhythm.came(files))
        except OSError as error:
            self._alarm = f"the feed directory cannot be read: {error.strerror or error}"
            self._opening.end()
            self._show(quiet=True)

    def beat(self, gap: float = PICTURE) -> None:
        """Let the player count what is due, in a small slice, and show what is new; nothing while a key is answered.

        Not before `gap` seconds have passed since the last picture: what is not shown now, the next beat shows.
        """
        if (answers := self._heart.answers()) > 0:
            self._heart.soon(answers, gap)
            return
        if self._showing.is_on and not self._shows_on(gap):
            return
        self._returning.beat(self._election_id)
        said = self._pace.beat() if self._pace is not None else None
        if said is not None:
            self.notify(said, markup=False)
        self.counting = True
        self._is_new |= self._heart.count(FIRST if self._opening.waits(1) else None)
        self.counting = False
        backlog = self._player.backlog
        left = self._shown_at + self._rhythm.gap(gap, backlog) - self._ticks()
        if backlog:
            self._heart.go_on()
        elif left > 0 and self._is_new:
            self._heart.soon(min(left, LULL), gap)
        if left > 0 or self._opening.waits(backlog):
            return
        if (answers := self._heart.answers()) > 0:
            self._heart.soon(answers, gap)
            return
        if self._player.night is not self._shown:
            self._picture(quiet=False)
            self._shows_on(gap)
        elif self._health_words() != self.health_said:
            self._show(quiet=True)
        else:
            self._show_clock()

    def watched(self) -> Player:
        """Return the player that the screens follow."""
        return self._player

    def frame(self) -> Frame:
        """Return the snapshot that the screens show."""
        player = self._player
        night = player.night
        self._election_id = chosen(night, self._election_id, self._election_name)
        return Frame(
            night=night,
            election_id=self._election_id,
            as_at=player.as_at,
            begin=player.begin,
            end=player.end,
            zone=player.zone,
            live=player.live,
            paused=player.paused,
            speed=player.speed,
            behind=player.behind,
            backlog=player.backlog if player.live else 0,
            alarm=self._alarm,
            recording=self._watch().recording,
            feed=self._watch().feed,
            delay=player.delay,
            skipped=self._pace.skipped if self._pace is not None else (),
            ahead=self._ahead,
            watch=self._stars.names(night.settings.watch),
        )

    def _health_words(self) -> list[str]:
        """Return what is wrong with the feed and its recording, to be shown again when it is something else."""
        health = self._watch()
        return [*feed_lines(health.feed, self._player.zone), health.recording or ""]

    def told(self) -> Told:
        """Return what is to be said of the feed on every screen."""
        health = self._watch()
        return Told(self._alarm, health.feed, health.recording)

    def _overview(self) -> OverviewScreen | None:
        found = next((s for s in self.screen_stack if isinstance(s, OverviewScreen)), None)
        return found if found is not None and found.ready else None

    def _show(self, quiet: bool) -> None:
        """Show where the player is now, all in one go."""
        self._showing.finish()
        self._picture(quiet)
        self._showing.finish()

    def _shows_on(self, gap: float) -> bool:
        """Show what is left of a picture; where a key comes in between, put off the rest and return False."""
        self._showing.go_on()
        if self._showing.is_on:
            self._heart.soon(self._heart.answers(), gap)
        return not self._showing.is_on

    def _picture(self, quiet: bool) -> None:
        """Begin to show where the player is now."""
        overview = self._overview()
        if overview is None:
            return
        frame = self.frame()
        self._shown, self._shown_at, self._is_new = frame.night, self._ticks(), False
        self._showing.begin(self._steps(overview, frame, quiet))

    def _steps(self, overview: OverviewScreen, frame: Frame, quiet: bool) -> Iterator[None]:
        self.tell_health(self._health_words())
        yield from overview.showing(frame, quiet)
        self._opening.end()
        self.alert(frame, self._player.jumps)
        front = self.screen
        if isinstance(front, Follows) and front.is_mounted:
            front.show(frame.night)

    def _show_clock(self) -> None:
        """Show the time where it is another second, or the clock runs in another way."""
        overview = self._overview()
        player = self._player
        waiting = player.backlog if player.live else 0
        second = f"{player.as_at:%H:%M:%S} {player.paused} {player.speed} {player.behind} {waiting}"
        if overview is None or second == self._second:
            return
        if self._ticks() - self._clock_at < CLOCK_BEAT:
            return
        self._second, self._clock_at = second, self._ticks()
        overview.show_clock(self.frame())

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether an action may run: no time key in a text field, and only quitting while nothing fits."""
        if isinstance(self.focused, Input) and is_time(action):
            return False
        return not isinstance(self.screen, TooSmall) or action in {"quit", "pause"}

    def moved(self, quiet: bool = True) -> None:
        """Show where the player is now, after a key for time."""
        self._show(quiet)

    def election_shown(self) -> Election | None:
        """Return the election that is on the screen."""
        return self.frame().election

    def action_next_election(self) -> None:
        """Show the next election of the night."""
        night = self._player.night
        if len(night.elections) <= 1:
            self.notify("This night has no other election.", markup=False)
            return
        self._election_id, self._election_name = following(night, self._election_id), None
        self._show(quiet=True)

    def action_baseline(self) -> None:
        """Measure change against the next baseline that the night carries."""
        names = self._player.night.baselines
        if len(names) < 2:  # noqa: PLR2004 (another one)
            self.notify("This night has no other baseline.", markup=False)
            return
        self._baseline = names[(names.index(self._baseline) + 1) % len(names) if self._baseline in names else 1]
        self._player.measure(self._baseline)
        self._show(quiet=True)

    def action_problems(self) -> None:
        """Show corrections, conflicts and problems."""
        from dashboard.screens.problems import ProblemsScreen  # noqa: PLC0415 (not needed for the first picture)

        if not isinstance(self.screen, ProblemsScreen):
            self.push_screen(ProblemsScreen(self._player))

    async def on_event(self, event: events.Event) -> None:
        """Take note that somebody is there, and let the event take its course."""
        self._returning.noticed(event, self._election_id)
        if isinstance(event, events.Key):
            self._heart.touched()
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        self._heart.painted()

    def action_away(self) -> None:
        """Show what has happened since somebody last looked."""
        self._returning.show(self._election_id)

    def action_audit(self) -> None:
        """Show where the figures come from: of the area in question, else of the parties."""
        from dashboard.screens.area import AreaScreen  # noqa: PLC0415 (not needed for the first picture)
        from dashboard.screens.audit import AuditScreen  # noqa: PLC0415 (not needed for the first picture)

        front = self.screen
        if isinstance(front, AreaScreen):
            self.push_screen(AuditScreen(self._player, front.election_id, front.area_id))
        elif isinstance(front, OverviewScreen) and self._election_id is not None:
            self.push_screen(AuditScreen(self._player, self._election_id, front.chosen))

    def _area_in_question(self, night: Night) -> Area | None:
        """Return the area whose screen is in front, or the one under the cursor of the overview."""
        from dashboard.screens.area import AreaScreen  # noqa: PLC0415 (not needed for the first picture)

        front = self.screen
        election_id, area_id = self._election_id, None
        if isinstance(front, AreaScreen):
            election_id, area_id = front.election_id, front.area_id
        elif isinstance(front, OverviewScreen):
            area_id = front.chosen
        election = night.election(election_id) if election_id is not None else None
        return election.area(area_id) if election is not None and area_id is not None else None

    def action_watch(self) -> None:
        """Star the area in question, or take its star away."""
        night = self._player.night
        area = self._area_in_question(night)
        if area is None:
            self.notify("Put the cursor on an area first.", markup=False)
            return
        try:
            is_on = self._stars.toggle(area.name, night.settings.watch)
            self.notify(f"★ {area.name} is watched" if is_on else f"{area.name} is no longer watched", markup=False)
        except OSError as error:
            words = f"The watch list cannot be kept: {error.strerror or error}"
            self.notify(words, severity="warning", timeout=TOLD, markup=False)
        self._show(quiet=True)

    @on(OverviewScreen.AreaWanted)
    def open_area(self, event: OverviewScreen.AreaWanted) -> None:
        """Open an area of the election on the screen."""
        from dashboard.screens.area import AreaScreen  # noqa: PLC0415 (not needed for the first picture)

        if self._election_id is not None:
            self.push_screen(AreaScreen(self._player, self._election_id, event.area_id))

    # Size

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen with a message while the terminal is too small, and take it away after."""
        self._cover(event.size)

    def _cover(self, size: Size) -> None:
        front = self.screen
        if isinstance(front, TooSmall):
            if fits(size):
                self.pop_screen()
            else:
                front.say(size)
        elif not fits(size):
            self.push_screen(TooSmall())
