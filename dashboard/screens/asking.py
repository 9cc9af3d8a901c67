"""A question over the screen that it is about: one field, and under it what is wrong with the answer."""

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
class AskScreen(GoesOnce, ModalScreen[None]):
    """Asks until there is an answer with which nothing is wrong, or the reader has had enough.

    `title` is what is asked, `keys` says what the keys do, `field` is where the answer is typed.
    """

    DEFAULT_CSS = """
    AskScreen { align: center bottom; }
    AskScreen #ask { height: auto; width: 100%; max-width: 100; border: round $accent; padding: 0 1;
                     background: $panel; margin-bottom: 2; }
    AskScreen Input, AskScreen Input:focus { border: none; height: 1; padding: 0; background: $panel; }
    AskScreen #wrong { height: auto; color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close", show=False)]

    def __init__(self, title: str, keys: str, field: Input) -> None:
        super().__init__()
        self._title, self._keys, self._field = title, keys, field

    def answer(self, text: str) -> str | None:
        """Do what was asked for; return what is wrong with it, None for nothing."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Yield the field and a line for what is wrong."""
        with Vertical(id="ask") as box:
            box.border_title, box.border_subtitle = self._title, self._keys
            yield self._field
            yield Static("", id="wrong", markup=False)

    @on(Input.Changed)
    def forget(self, event: Input.Changed) -> None:
        """Take away what was wrong before."""
        event.stop()
        self.query_one("#wrong", Static).update("")

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Take the answer and close, or say what is wrong."""
        event.stop()
        wrong = self.answer(event.value)
        if wrong is None:
            self.dismiss()
        else:
            self.query_one("#wrong", Static).update(wrong)
