"""Where to? One field over the screen: a time, a length of time, a share of the bar, or an area."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dashboard.panels.boundary import steady
from dashboard.screens.once import GoesOnce


@steady
class GoToScreen(GoesOnce, ModalScreen[None]):
    """Asks until `go` has gone there or the reader has had enough; `go` returns what is wrong, None for nothing."""

    DEFAULT_CSS = """
    GoToScreen { align: center bottom; }
    GoToScreen #go-to { height: auto; width: 100%; max-width: 100; border: round $accent; padding: 0 1;
                        background: $panel; margin-bottom: 2; }
    GoToScreen #where, GoToScreen #where:focus { border: none; height: 1; padding: 0; background: $panel; }
    GoToScreen #wrong { height: auto; color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close", show=False)]

    def __init__(self, go: Callable[[str], str | None]) -> None:
        super().__init__()
        self._go = go

    def compose(self) -> ComposeResult:
        """Yield the field and a line for what is wrong."""
        with Vertical(id="go-to") as box:
            box.border_title = "Go to"
            box.border_subtitle = "↵ goes there · esc stays"
            yield Input(placeholder="02:14   +15m   -5m   40%   or the name of an area", id="where", max_length=80)
            yield Static("", id="wrong", markup=False)

    @on(Input.Changed)
    def forget(self, event: Input.Changed) -> None:
        """Take away what was wrong before."""
        event.stop()
        self.query_one("#wrong", Static).update("")

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Go there and close, or say what is wrong."""
        event.stop()
        wrong = self._go(event.value)
        if wrong is None:
            self.dismiss()
        else:
            self.query_one("#wrong", Static).update(wrong)
