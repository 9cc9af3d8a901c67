"""The control-changes panel: gains, losses, new councils, corrections, certain calls, defeats, newest first."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.panels.boundary import bounded
from dashboard.panels.line_table import MARGIN, LineTable
from dashboard.panels.paint import entitle
from dashboard.view.changes import Kept, columns, items, next_kind, of_kind, rows
from dashboard.view.frame import Frame
from dashboard.view.measures import entitled
from dashboard.view.rows import Column


@bounded("show_frame", "on_resize")
class ChangesPanel(LineTable):
    """What changed hands, from the frame it was last given; `kind` says which of it is listed."""

    def __init__(self, own_id: str) -> None:
        super().__init__(own_id, empty="nothing has changed hands yet", head=False)
        self._frame: Frame | None = None
        self.kind = "all"
        self._made: Kept = {}
        self._look_of: tuple[tuple[Column, ...], ZoneInfo, datetime] | None = None
        self.border_title = "Control changes"

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
        kind = "" if self.kind == "all" else f" · {self.kind}"
        every = items(frame.night, election) if election is not None else []
        found = of_kind(every, self.kind)
        layout = columns(width - MARGIN, found)
        empty = "none of these yet" if kind else "nothing has changed hands yet"
        if empty != self.empty:
            self.empty = empty
            if not self.rows:
                self.refresh()
        look = (layout, frame.zone, frame.begin)
        if look != self._look_of:
            self._look_of = look
            self._made.clear()
        self.show(layout, rows(found, *look, self._made), quiet)
        count = f"{len(found):,} of {len(every):,}" if kind else f"{len(found):,}" if found else ""
        entitle(self, entitled(f"Control changes{kind}", election), count)

    def clear(self) -> None:
        """List everything again, or let go of the row."""
        if self.kind == "all":
            self.let_go()
        else:
            self.kind = "all"
            self._rebuild(True)

    def next_kind(self) -> None:
        """List the next kind of which there is anything, then all again."""
        frame = self._frame
        election = frame.election if frame is not None else None
        if frame is not None and election is not None:
            self.kind = next_kind(items(frame.night, election), self.kind)
            self._rebuild(True)
