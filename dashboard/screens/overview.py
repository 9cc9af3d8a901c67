"""The overview: status, seats, control changes, areas, ticker and keys, all from one frame."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import Widget

from dashboard.actions import of
from dashboard.config import Looks, with_keymap
from dashboard.panels.boundary import steady
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.composing import PromptScreen, SparingCompositor
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.keybar import KeyBar
from dashboard.panels.line_table import LineTable
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.status import Banners, StatusPanel
from dashboard.panels.ticker import Ticker
from dashboard.panels.timebar import TimeBar
from dashboard.view.frame import Frame, tells_the_same
from dashboard.view.pictures.ink import Ink

if TYPE_CHECKING:
    from dashboard.screens.wall import Wall

PANELS: Final = ("seats", "changes", "councils", "picture")
"""The panels of which one can stand alone, by id."""


@steady
class OverviewScreen(PromptScreen):
    """The first screen. It holds the last frame only to show it again when it comes back into view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, a.action, a.label, key_display=a.shown, show=False, id=a.id) for a in of("overview")
    ]
    AUTO_FOCUS = ""

    class AreaWanted(Message):
        """An area of the election on the screen was chosen."""

        def __init__(self, area_id: str) -> None:
            super().__init__()
            self.area_id = area_id

    def __init__(
        self, ticks: Callable[[], float], ink: Ink = Ink.BLOCKS, looks: Looks | None = None, classes: str = ""
    ) -> None:
        super().__init__(classes=classes)
        self._compositor = SparingCompositor()
        self._ticks = ticks
        self._ink = ink
        self._looks = looks or Looks()
        self._turn = 0
        self._frame: Frame | None = None
        self._alone: str | None = None
        self._had_focus: Widget | None = None
        self._wall: Wall | None = None
        self._last: KeyBar | None = None

    def compose(self) -> ComposeResult:
        """Yield the panels in the order of reading; where they stand is the style sheet's business."""
        with Vertical(id="top"):
            yield StatusPanel("status")
            yield Banners("banners")
        with Container(id="body"):
            yield SeatsPanel("seats")
            yield ChangesPanel("changes")
            yield CouncilsPanel("councils")
            yield PicturePanel("picture", self._ink)
        with Vertical(id="foot"):
            yield Ticker("ticker", self._ticks, self._looks.config.ticker)
            yield TimeBar("timebar")
            yield KeyBar("keys", with_keymap(self._looks.config.keymap))

    def on_mount(self) -> None:
        """Put the keys into the table, or into the changes where a short screen hides it."""
        self.call_after_refresh(self._first_focus)
        if self._looks.wall:
            from dashboard.screens.wall import ROTATION, Wall  # noqa: PLC0415 (only a wall needs it)

            self._wall = Wall()
            self.set_interval(ROTATION, self.step_wall)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Leave everything as it was styled when it was put in, where the screen comes into view for the first time."""
        event.refresh_styles = event.refresh_styles and self.stack_updates > 0

    def _compositor_refresh(self) -> None:
        """Draw nothing while the program holds back its pictures (`Opening`): it would be drawn and thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def _first_focus(self) -> None:
        if self.focused is None:
            self._usual_focus().focus()

    def _usual_focus(self) -> Widget:
        return self.councils.table if self.councils.region.area else self.query_one(ChangesPanel)

    @property
    def ready(self) -> bool:
        """Whether the panels are there: not before they are made, nor while the program ends."""
        if self.is_mounted and self._last is None:
            self._last = next(iter(self.query(KeyBar)), None)  # it is asked at each beat: found once, not each time
        return self.is_mounted and self._last is not None and self._last.is_attached

    @property
    def councils(self) -> CouncilsPanel:
        """The panel with the table of areas."""
        return self.query_one(CouncilsPanel)

    @property
    def picture(self) -> PicturePanel:
        """The panel with the pictures."""
        return self.query_one(PicturePanel)

    @property
    def chosen(self) -> str | None:
        """The id of the area under the cursor of the focused table; None where there is none."""
        table = self.focused
        if not isinstance(table, LineTable) or table.place is None:
            return None
        return table.rows[table.place].area_id

    def show(self, frame: Frame, quiet: bool = False) -> None:
        """Give every panel the frame; `quiet` after a jump in time, when nothing in it is news."""
        for _ in self.showing(frame, quiet):
            pass

    def showing(self, frame: Frame, quiet: bool = False) -> Iterator[None]:
        """Do what `show` does panel by panel, the largest first: between two of them a key may be answered.

        What has changed is painted when all of them have the frame.
        A file that tells no figure (a temporary one, a note) is a matter for the lines at the top and the foot alone.
        """
        before, self._frame = self._frame, frame
        if before is None or quiet or not tells_the_same(before, frame):
            yield from self._showing_figures(frame, quiet)
        self.show_clock(frame)
        self.query_one(Banners).show(frame)
        self.query_one(KeyBar).show(frame)
        if not frame.backlog:
            self.paint()

    def _showing_figures(self, frame: Frame, quiet: bool) -> Iterator[None]:
        yield from self.councils.showing(frame, quiet)
        yield
        self.query_one(ChangesPanel).show_frame(frame, quiet)
        yield
        self.picture.show(frame)
        yield
        self.query_one(SeatsPanel).show(frame)
        yield
        self.query_one(Ticker).show(frame, quiet)
        if self._wall is not None:
            self._wall.take(frame, quiet)

    def step_wall(self) -> None:
        """Show the next thing on a wall."""
        if self._wall is not None:
            self._wall.step(self)

    def want(self, area_id: str) -> None:
        """Ask for an area of the election on the screen to be opened."""
        self.post_message(self.AreaWanted(area_id))

    def show_clock(self, frame: Frame) -> None:
        """Give the frame to what shows the time; the night in it is the one that is shown already."""
        self.query_one(StatusPanel).show(frame)
        self.query_one(TimeBar).show(frame)

    @on(LineTable.Opened)
    def want_area(self, event: LineTable.Opened) -> None:
        """Pass on that an area was chosen."""
        event.stop()
        self.want(event.area_id)

    @on(LineTable.Pointed)
    def point(self, event: LineTable.Pointed) -> None:
        """Let the picture of one council follow the cursor."""
        event.stop()
        self.picture.point(event.area_id)

    @property
    def alone(self) -> str | None:
        """The id of the panel that stands alone; None while all have their places."""
        return self._alone

    @alone.setter
    def alone(self, panel: str | None) -> None:
        self._alone = panel
        self.set_class(panel is not None, "-alone")
        for name in PANELS:
            self.query_one(f"#{name}").set_class(name == panel, "-in-front")

    def _bring_forward(self, panel: str) -> None:
        """Let a panel stand alone, and remember which one had the focus while all had their places."""
        if self.alone is None:
            self._had_focus = self.focused
        self.alone = panel

    def _put_away(self) -> None:
        """Give all panels their places again, and the focus to the one that had it, unless it is elsewhere by now."""
        leaving, focused = self.query_one(f"#{self.alone}"), self.focused
        self.alone = None
        if focused is None or leaving in focused.ancestors_with_self:
            self.call_after_refresh(self._focus_back)

    def _focus_back(self) -> None:
        had = self._had_focus
        (had if had is not None and had.region.area else self._usual_focus()).focus()

    def _with_table(self) -> CouncilsPanel:
        """Return the areas panel, in view also on a short screen."""
        if self.alone != "councils":
            had = self.focused if self.alone is None else self._had_focus
            self.alone = None
            if not self._has_place("councils"):
                self._bring_forward("councils")
                self._had_focus = had
        return self.councils

    def _has_place(self, panel: str) -> bool:
        """Return whether a panel is in view while none stands alone."""
        return self.alone is None and bool(self.query_one(f"#{panel}").styles.display != "none")

    def action_open_area(self) -> None:
        """Open the area under the cursor of the focused panel."""
        if not isinstance(self.focused, LineTable):
            self._with_table().table.focus()
        focused = self.focused if isinstance(self.focused, LineTable) else self.councils.table
        focused.open_cursor()

    def action_filter(self) -> None:
        """Open the field for the filter."""
        self._with_table().ask()

    def action_clear(self) -> None:
        """Put away what stands alone, clear the filter, or let go of the row."""
        if self.alone in {"picture", "seats", "changes"}:
            self._put_away()
        elif isinstance(self.focused, ChangesPanel):
            self.focused.clear()
        else:
            self.councils.clear()

    def action_sort(self) -> None:
        """Sort the table the next way."""
        self._with_table().next_sort()

    def action_ticker_speed(self) -> None:
        """Take the ticker's next speed, and say which it is."""
        speed = self.query_one(Ticker).next_speed()
        still = speed != "still" and self.app.animation_level == "none"
        self.notify(f"ticker: {speed}" + (" (nothing moves here)" if still else ""), markup=False, timeout=2)

    def action_kind(self) -> None:
        """List the next kind of control changes."""
        if self.alone not in {None, "changes"}:
            self._put_away()
        self.query_one(ChangesPanel).next_kind()

    def action_turn_sort(self) -> None:
        """Sort the table the other way round."""
        panel = self._with_table()
        panel.sort_by(panel.sort, not panel.turned)

    def action_table(self) -> None:
        """Show the table alone, or everything again."""
        if self.alone == "councils":
            self._put_away()
        else:
            self._bring_forward("councils")
            self.councils.table.focus()

    def rotate(self) -> None:
        """Turn to the next picture on a wall; on a small one by turns with the figures.

        The picture of one council goes through the areas that have just declared.
        """
        self._turn += 1
        self.picture.point_newest(self._turn)
        if self.alone == "picture":
            self.alone = None
            return
        self.picture.turn(1)
        if not self._has_place("picture"):
            self.alone = "picture"

    def show_picture(self, key: str) -> None:
        """Show a picture by its key, over the whole screen where it has no place."""
        if not self.picture.region.area:
            self._bring_forward("picture")
        self.picture.choose(key)
        self.picture.focus()

    def maximise_focused(self) -> None:
        """Show the focused panel alone; everything again where one is alone."""
        if self.alone is not None:
            self._put_away()
            return
        kinds = (SeatsPanel, ChangesPanel, PicturePanel)
        focused = next((kind for kind in kinds if isinstance(self.focused, kind)), CouncilsPanel)
        self._bring_forward(self.query_one(focused).id or "")

    def action_picture(self, by: int) -> None:
        """Turn to the next picture or the one before; without a place for one, over the whole screen."""
        if self.alone == "picture":
            if self.picture.turn(by):
                self._put_away()
        elif self.picture.region.area:
            self.picture.turn(by)
        else:
            self._bring_forward("picture")
            self.picture.focus()
