"""Where should it be written? The ending of the name says in which form."""

import io
from pathlib import Path

from textual.app import App
from textual.widgets import Input

from dashboard.export import Front, NotWritten, file_name, handed_over, write
from dashboard.screens.asking import AskScreen
from dashboard.screens.front import front_of
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
    await app.push_screen(ExportScreen(front, offered, web=app.is_web))


class ExportScreen(AskScreen):
    """Offers a name in the current directory; writes what was in front when the key was pressed.

    A reader on the `web` has no files here: it is handed over to the browser instead.
    """

    def __init__(self, front: Front, offered: str, *, web: bool) -> None:
        does = "downloads" if web else "writes"
        super().__init__(
            "Download as" if web else "Write to a file or into a directory",
            f"{' '.join(front.endings)} · ↵ {does} · esc does not",
            Input(offered, id="path", max_length=1_000, select_on_focus=False),
        )
        self._front, self._offered = front, offered
        self._deliver = self._hand_over if web else self._write

    def answer(self, text: str) -> str | None:
        """Write it and say where, or say why not."""
        try:
            told = self._deliver(text)
        except NotWritten as problem:
            return str(problem)
        self.app.notify(told, markup=False)
        return None

    def _write(self, asked: str) -> str:
        return f"written: {clean_path(str(write(self._front, asked, self._offered)))}"

    def _hand_over(self, asked: str) -> str:
        name, text = handed_over(self._front, asked, self._offered)
        self.app.deliver_text(io.StringIO(text), save_filename=name)
        return f"handed to the browser: {clean_path(name)}"
