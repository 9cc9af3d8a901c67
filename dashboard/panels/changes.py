"""The control-changes panel: gains, losses, new councils, corrections and certain calls, newest first."""

from textual.content import Content

from dashboard.panels.boundary import bounded
from dashboard.panels.line_table import MARGIN, LineTable
from dashboard.view.changes import columns, items, rows
from dashboard.view.frame import Frame
from dashboard.view.measures import entitled
from feeds.text import inert


@bounded("show_frame", "on_resize")
class ChangesPanel(LineTable):
    """What changed hands, from the frame it was last given."""

    def __init__(self, own_id: str) -> None:
        super().__init__(own_id, empty="nothing has changed hands yet", head=False)
        self._frame: Frame | None = None
        self._count = 0
        self._title = "Control changes"
        self.border_title = self._title

    def show_frame(self, frame: Frame, quiet: bool = False) -> None:
        """Show the changes of the frame's election; `quiet` after a jump in time."""
        self._frame = frame
        self._rebuild(quiet)

    def on_resize(self) -> None:
        """Make the most of the new size."""
        self._rebuild(True)

    def _rebuild(self, quiet: bool) -> None:
        frame, width = self._frame, self.size.width
        if frame is None or not width:
            return
        election = frame.election
        self._entitle(entitled("Control changes", election))
        found = items(frame.night, election) if election is not None else []
        layout = columns(width - MARGIN, found)
        self.show(layout, rows(found, layout, frame.zone, frame.begin), quiet)
        if len(found) != self._count:
            self._count = len(found)
            self.border_subtitle = Content(f"{len(found):,}") if found else None

    def _entitle(self, title: str) -> None:
        if title != self._title:
            self._title = title
            self.border_title = Content(inert(title))
