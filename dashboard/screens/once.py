"""A screen that goes away once, however often it is told to."""

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.screen import Screen


class GoesOnce(Screen[None]):
    """A screen that takes nothing with it that lies below.

    Keys that were pressed before it was gone still reach it; Textual would take away whatever is in front for each.
    """

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go away; nothing happens where the screen is not in front any more."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class NightPalette(CommandPalette):
    """Textual's palette: what was chosen in it comes a moment later, when somebody may have left it already."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go away; nothing happens where the palette is not in front any more."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
