"""What the screens beside the overview share: a heading, banners, and a night that they follow."""

from dashboard.config import Looks, with_keymap
from dashboard.count.night import Night
from dashboard.panels.boundary import steady
from dashboard.panels.composing import SparingCompositor
from dashboard.panels.keybar import KeyBar, page_keys
from dashboard.panels.page import Heading
from dashboard.panels.status import Banners
from dashboard.screens.following import Follows, Tells, Told, Watched
from dashboard.screens.once import GoesOnce
from dashboard.view.frame import Frame
from dashboard.view.lines import Row
from dashboard.view.status import clock, mode_chip


@steady
class WatchingScreen(Follows, GoesOnce):
    """A screen that follows the night through `show`, under a heading with the mode and the time."""

    DEFAULT_CSS = """
    WatchingScreen Banners { height: 0; display: none; }
    WatchingScreen KeyBar { dock: bottom; }
    """

    def __init__(self, player: Watched) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.player = player
        self.shown = player.night

    def keys(self, *wanted: str) -> KeyBar:
        """Return a footer with the way back and the actions of these ids, under the reader's own keys."""
        own: Looks = getattr(self.app, "looks", Looks())
        return KeyBar("keys", page_keys(with_keymap(own.config.keymap), *wanted))

    def on_mount(self) -> None:
        """Show the night as it stands, and keep the clock going."""
        self.show(self.player.night)
        self.set_interval(1, self._tick)

    def on_screen_resume(self) -> None:
        """Catch up with what came while another screen was in front."""
        if self.is_mounted:
            self.show(self.player.night)

    def show(self, night: Night) -> None:
        """Take a snapshot of the night."""
        self.shown = night
        self._tick()
        self.draw()

    def draw(self) -> None:
        """Show what the screen is about, as it stands in `shown`."""

    def title_row(self) -> Row:
        """Return the line at the top."""
        return Row()

    def action_back(self) -> None:
        """Go back to where the reader came from."""
        self.dismiss()

    def _tick(self) -> None:
        frame = self._frame()
        self.query_one(Banners).show(frame)
        self.query_one(Heading).display_row(self.title_row(), Row((mode_chip(frame), (" ", ""), clock(frame))))

    def _frame(self) -> Frame:
        player, app = self.player, self.app
        told = app.told() if isinstance(app, Tells) else Told()
        return Frame(
            night=self.shown,
            election_id=None,
            as_at=player.as_at,
            begin=player.begin,
            end=player.end,
            zone=player.zone,
            live=player.live,
            paused=player.paused,
            speed=player.speed,
            behind=player.behind,
            alarm=told.alarm,
            feed=told.feed,
            recording=told.recording,
            delay=player.delay,
        )
