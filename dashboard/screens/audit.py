"""Where the figures come from: of one area, or of the parties over the whole election."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dashboard.actions import of
from dashboard.count.audit import TOTAL_FIGURES, Audit, Witnesses, audit, audit_total
from dashboard.count.night import Election, FileEntry
from dashboard.panels.page import Heading, Page
from dashboard.panels.status import Banners
from dashboard.screens.following import Watched
from dashboard.screens.watching import WatchingScreen
from dashboard.view.audit import audit_sections, audit_title, total_key, total_sections, totals_title
from dashboard.view.lines import Row, flattened, sentence
from dashboard.view.tally import ordered


class Audited(Watched, Protocol):
    """A player that can say which reports and which files stand behind its night."""

    def witness(self) -> Witnesses:
        """Return what finds the reports behind each area."""

    def files(self) -> list[FileEntry]:
        """Return every version of every file with what became of it."""


class AuditScreen(WatchingScreen):
    """The proof of an area's figures; of the parties' over the election where `area_id` is None."""

    DEFAULT_CSS = "AuditScreen { background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,a", "back", "back", key_display="esc"),
        *(Binding(a.keys, a.action, a.label, id=a.id) for a in of("area") if a.action == "all_wards"),
    ]

    def __init__(self, player: Audited, election_id: str, area_id: str | None = None) -> None:
        super().__init__(player)
        self._audited = player
        self._election_id = election_id
        self._area_id = area_id
        self._proof: Audit | None = None
        self._opened: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """Lay out the heading, the page, and the footer."""
        yield Heading("heading")
        yield Banners(id="banners")
        yield Page("main")
        yield self.keys(*(("open-all",) if self._area_id is None else ()), "export")

    def on_mount(self) -> None:
        """Give the keys to the page."""
        self.query_one(Page).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether an action may run: an area's sums are all open already."""
        return not (action == "all_wards" and self._area_id is not None)

    def title_row(self) -> Row:
        """Return whose figures are proved."""
        election = self._election()
        if election is None:
            return sentence(("Nothing has been reported yet", "title"))
        return totals_title(election) if self._area_id is None else self._area_title()

    def draw(self) -> None:
        """Work the sums out afresh from what is said now, and show them."""
        self._proof = self._prove()
        self.query_one(Page).fill(self._rows)

    def _election(self) -> Election | None:
        return self.shown.election(self._election_id)

    def _area_title(self) -> Row:
        nothing = sentence(("Nothing has been reported here yet", "title"))
        return nothing if self._proof is None else audit_title(self._proof)

    def _prove(self) -> Audit | None:
        election = self._election()
        if election is None or self._area_id is None or election.area(self._area_id) is None:
            return None
        return audit(
            self.shown,
            election.id,
            self._area_id,
            witness=self._audited.witness(),
            entries=self._audited.files(),
        )

    def _rows(self, width: int) -> Sequence[Row]:
        election = self._election()
        if election is None:
            return ()
        if self._area_id is not None:
            proof = self._proof
            return () if proof is None else flattened(audit_sections(proof, self.player.zone, width), width)
        witness = self._audited.witness()
        proofs = [
            audit_total(self.shown, election.id, row.party, figure, witness=witness)
            for row in ordered(election.parties)
            for figure in TOTAL_FIGURES
        ]
        return flattened(total_sections(proofs, election, width, self._opened), width)

    @on(Page.Chosen)
    def _toggle(self, event: Page.Chosen) -> None:
        self._opened ^= {event.place}
        self.draw()

    def action_all_wards(self) -> None:
        """Open every sum; close them again where all are open."""
        election = self._election()
        if election is None:
            return
        keys = frozenset(
            total_key(audit_total(self.shown, election.id, row.party, figure))
            for row in ordered(election.parties)
            for figure in TOTAL_FIGURES
        )
        self._opened = frozenset() if keys <= self._opened else keys
        self.draw()
