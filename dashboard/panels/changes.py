"""The control-changes panel: gains, losses, new councils, corrections, certain calls, defeats, newest first."""

from dashboard.panels.boundary import bounded
from dashboard.panels.line_table import MARGIN, LineTable
from dashboard.panels.paint import entitle
from dashboard.view.board import Board
from dashboard.view.changes import next_kind
from dashboard.view.frame import Frame
from dashboard.view.measures import entitled


@bounded("show_frame", "on_resize")
class ChangesPanel(LineTable):
    """What changed hands, from the frame it was last given; `kind` says which of it is listed."""

    def __init__(self, own_id: str) -> None:
        super().__init__(own_id, empty="nothing has changed hands yet", head=False)
        self._frame: Frame | None = None
        self.kind = "all"
        self._board = Board()
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
        self._board.follow(frame.night, election)
        found = self._board.listed(self.kind, width - MARGIN, frame.zone, frame.begin)
        empty = "none of these yet" if kind else "nothing has changed hands yet"
        if empty != self.empty:
            self.empty = empty
            if not self.rows:
                self.refresh()
        self.show(found.columns, found.rows, quiet)
        number = len(found.rows)
        count = f"{number:,} of {found.every:,}" if kind else f"{number:,}" if number else ""
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
        if frame is not None and frame.election is not None:
            self._board.follow(frame.night, frame.election)
            self.kind = next_kind(self._board.every, self.kind)
            self._rebuild(True)
