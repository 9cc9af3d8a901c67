"""Where should it be written? One field over the screen; the ending of the name says in which form."""

import io
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dashboard.export import Front, NotWritten, file_name, handed_over, write
from dashboard.panels.boundary import steady
from dashboard.screens.front import front_of
from dashboard.screens.once import GoesOnce
from dashboard.view.frame import Frame
from feeds.text import clean_path


async def ask(app: App[int], frame: Frame, source: str | None) -> None:
    """Ask where to write what is in front of the reader, or say that there is nothing."""
    front = None if isinstance(app.screen, ExportScreen) else front_of(app.screen, frame, source)
    if front is None:
        app.notify("There is nothing to write here.", markup=False)
        return
    taken = (lambda name: False) if app.is_web else (lambda name: Path(name).exists())
    offered = file_name(front, frame.as_at, frame.zone, taken)
    await app.push_screen(ExportScreen(front, offered))


@steady
class ExportScreen(GoesOnce, ModalScreen[None]):
    """Offers a name in the current directory; writes what was in front when the key was pressed.

    A browser's reader has no files here: it is handed over to the browser instead.
    """

    DEFAULT_CSS = """
    ExportScreen { align: center bottom; }
    ExportScreen #export { height: auto; width: 100%; max-width: 100; border: round $accent; padding: 0 1;
                           background: $panel; margin-bottom: 2; }
    ExportScreen #path, ExportScreen #path:focus { border: none; height: 1; padding: 0; background: $panel; }
    ExportScreen #wrong { height: auto; color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close", show=False)]

    def __init__(self, front: Front, offered: str) -> None:
        super().__init__()
        self._front = front
        self._offered = offered

    def compose(self) -> ComposeResult:
        """Yield the field and a line for what is wrong."""
        with Vertical(id="export") as box:
            web = self.app.is_web
            box.border_title = "Download as" if web else "Write to a file or into a directory"
            box.border_subtitle = (
                f"{' '.join(self._front.endings)} · ↵ {'downloads' if web else 'writes'} · esc does not"
            )
            yield Input(self._offered, id="path", max_length=1_000, select_on_focus=False)
            yield Static("", id="wrong", markup=False)

    @on(Input.Changed)
    def forget(self, event: Input.Changed) -> None:
        """Take away what was wrong before."""
        event.stop()
        self.query_one("#wrong", Static).update("")

    @on(Input.Submitted)
    def write(self, event: Input.Submitted) -> None:
        """Write it and say where, or say why not."""
        event.stop()
        try:
            told = self._hand_over(event.value) if self.app.is_web else self._write(event.value)
        except NotWritten as problem:
            self.query_one("#wrong", Static).update(str(problem))
            return
        self.dismiss()
        self.app.notify(told, markup=False)

    def _write(self, asked: str) -> str:
        return f"written: {clean_path(str(write(self._front, asked, self._offered)))}"

    def _hand_over(self, asked: str) -> str:
        name, text = handed_over(self._front, asked, self._offered)
        self.app.deliver_text(io.StringIO(text), save_filename=name)
        return f"handed to the browser: {clean_path(name)}"
