"""The keys by which something leaves the screen, or a page opens that is not about time."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from textual import on
from textual.theme import Theme

from dashboard.config import Looks, with_keymap
from dashboard.panels.sheets import SparingStylesheet
from dashboard.panels.ticker import Ticker
from dashboard.screens.following import Watched
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.steady import TOLD
from dashboard.screens.timekeys import TimeKeys
from dashboard.theme import THEMES
from dashboard.view.frame import Frame
from dashboard.view.reasons import reasons

if TYPE_CHECKING:
    from dashboard.alerts import Alerts

COPIED = 110
"""Characters of what was copied that are shown again: enough to know it by, on a small screen, too."""

INTERRUPTED: Final = 130
"""The exit code after Ctrl-C."""

NO_NIGHTS: Mapping[str, str] = {}


class OutKeys(TimeKeys):
    """A program with a snapshot and settings; `source` is where the figures come from.

    `nights` are others that can be shown instead, as they are called and as a command line has them; `next_night` is
    the one for which the program was left, None where it just ended.
    """

    source: str | None = None
    looks: Looks = Looks()
    nights: Mapping[str, str] = NO_NIGHTS
    next_night: str | None = None
    _is_dressed = False

    def __init__(self) -> None:
        super().__init__()
        self._alerts: Alerts | None = None
        self._is_entitled = False

    def frame(self) -> Frame:
        """Return the snapshot that the screens show."""
        raise NotImplementedError

    def watched(self) -> Watched:
        """Return the player that the screens follow."""
        raise NotImplementedError

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme; none while Textual asks for those of a theme that is never shown."""
        return super().get_css_variables() if self._is_dressed else {}

    def dress(self) -> None:
        """Set the theme before anything is parsed with the colours of another."""
        self._is_dressed = True
        for theme in (*THEMES, *self._own_themes()):
            self.register_theme(theme)
        for name in [n for n in self.available_themes if "ansi" in n]:
            self.unregister_theme(name)
        own = self.looks.config.theme
        self.set_reactive(OutKeys.theme, own if own is not None and own in self.available_themes else THEMES[0].name)
        self.stylesheet = SparingStylesheet(variables=self.get_css_variables())

    def _own_themes(self) -> Iterable[Theme]:
        if not self.looks.config.themes:
            return ()
        from dashboard.own_themes import own_themes  # noqa: PLC0415 (most have none)

        return own_themes(self.looks.config.themes)

    def take_looks(self) -> None:
        """Put the reader's keys in force, and say what is wrong with the settings."""
        config = self.looks.config
        if self.looks.wall:
            self.add_class("-wall")
            self.animation_level = "none"
        if config.keymap:
            self.set_keymap(dict(config.keymap))
        for trouble in self.looks.trouble:
            self.notify(trouble, severity="warning", timeout=TOLD, markup=False)

    def alert(self, frame: Frame, jumps: int) -> None:
        """Ring the bell and name in the terminal's title what is new in a watched area, where that is wanted."""
        if not self.looks.config.alerts:
            return
        from dashboard.alerts import Alerts  # noqa: PLC0415 (not needed for the first picture)

        if self._alerts is None:
            self._alerts = Alerts()
        news = self._alerts.news(frame, jumps)
        if news:
            self.bell()
            self.entitle(news[-1])

    def entitle(self, words: str) -> None:
        """Put words into the title of the terminal."""
        from dashboard.alerts import KEEP_TITLE, title_sequence  # noqa: PLC0415 (not needed for the first picture)

        if self._driver is not None and not self.is_headless:
            self._driver.write(("" if self._is_entitled else KEEP_TITLE) + title_sequence(words))
            self._is_entitled = True

    def on_unmount(self) -> None:
        """Give the terminal its own title back."""
        if self._driver is not None and self._is_entitled:
            from dashboard.alerts import GIVE_BACK_TITLE  # noqa: PLC0415 (not needed for the first picture)

            self._driver.write(GIVE_BACK_TITLE)

    def leave_for(self, night: str) -> None:
        """End, so that another night can be shown."""
        self.next_night = night
        self.exit(0)

    def open(self, area_id: str) -> None:
        """Open an area of the election that is shown."""
        self.post_message(OverviewScreen.AreaWanted(area_id))

    def go_to(self, text: str) -> None:
        """Go to a time, or say why not."""
        self._told(self.transport.go(text, self.election_shown()))

    def action_command_palette(self) -> None:
        """Show the palette."""
        from dashboard.screens.once import NightPalette  # noqa: PLC0415 (not needed for the first picture)

        if not isinstance(self.screen, NightPalette):
            self.push_screen(NightPalette(id="--command-palette"))

    def action_maximise(self) -> None:
        """Show the focused panel alone, or everything again."""
        if isinstance(self.screen, OverviewScreen):
            self.screen.maximise_focused()

    def action_copy(self) -> None:
        """Copy the selected line, or the figures, to the clipboard of the terminal (OSC 52)."""
        from textwrap import shorten  # noqa: PLC0415 (not needed for the first picture)

        from dashboard.screens.copying import selected  # noqa: PLC0415 (as above)

        words = selected(self.screen, self.frame())
        if words is None:
            self.notify("There is nothing to copy here.", markup=False)
            return
        self.copy_to_clipboard(words)
        self.notify(f"copied: {shorten(words, COPIED, placeholder=' …')}", markup=False)

    async def action_export(self) -> None:
        """Ask where to write what is in front; done when there is a field to type in."""
        from dashboard.screens.export import ask  # noqa: PLC0415 (not needed for the first picture)

        await ask(self, self.frame(), self.source)

    @on(Ticker.Wanted)
    def action_quotes(self) -> None:
        """Show all that was said."""
        from dashboard.screens.quotes import QuotesScreen  # noqa: PLC0415 (not needed for the first picture)

        if not isinstance(self.screen, QuotesScreen):
            self.push_screen(QuotesScreen(self.watched()))

    def action_help_quit(self) -> None:
        """End as an interrupted program does: what Ctrl-C is for where no text is selected."""
        self.exit(INTERRUPTED)

    def action_help(self) -> None:
        """Show the keys."""
        from dashboard.screens.help import HelpScreen, about_of  # noqa: PLC0415 (not needed for the first picture)

        keys = with_keymap(self.looks.config.keymap)
        self.push_screen(HelpScreen(keys, reasons(self.frame()), about_of(self.screen)))
