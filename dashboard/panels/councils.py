"""The areas panel: every council or constituency, sorted and filtered, with the filter's field under it."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from dashboard.count.night import Area, Election
from dashboard.panels.boundary import bounded
from dashboard.panels.composing import paint_at_once
from dashboard.panels.line_table import MARGIN, LineTable
from dashboard.panels.paint import entitle
from dashboard.view.among import others
from dashboard.view.extent import Extent
from dashboard.view.filters import parties_named
from dashboard.view.frame import Frame
from dashboard.view.measures import entitled
from dashboard.view.rows import Look, Plan, Row, area_row, plan
from dashboard.view.sorting import SORTS, Arrangement, How, counted_order, next_sort, sort_of, sort_words, sorts_of
from feeds.text import clean

MANY: Final = 200
"""Areas of which a key does not wait until they have their new rows."""

TITLES: Final = {"local": "Councils", "parliament": "Constituencies", "mayor": "Mayors", "by-election": "By-elections"}


class AreaTable(LineTable):
    """The table; keeps the rows of areas that have not changed."""

    def __init__(self, own_id: str) -> None:
        super().__init__(own_id, empty="no area yet")
        self._made: dict[str, tuple[Area, Row]] = {}
        self._arrangement: Arrangement[Row] = Arrangement()
        self._look_of: Look | None = None
        self._extent = Extent()

    def layout_for(self, election: Election) -> Plan:
        """Return the columns for the present width."""
        return plan(election, self.size.width - MARGIN, self._extent)

    def parties(self, election: Election) -> dict[str, str]:
        """Return what may be typed in a filter for a party of the election."""
        return parties_named(election, self._extent)

    def rows_of(self, frame: Frame, election: Election, layout: Plan, how: How) -> list[Row]:
        """Return the rows that are shown, in their order; one is made anew only where the area is another."""
        look = Look(plan=layout, zone=frame.zone, begin=frame.begin, watch=frame.watch)
        if look != self._look_of:
            self._look_of = look
            self._made.clear()
            self._arrangement.clear()
        order = counted_order(frame.night, election.id)
        self._arrangement.follow(election.areas, order, how, partial(self._row_of, look))
        return self._arrangement.made

    def _row_of(self, look: Look, area: Area) -> Row:
        made = self._made.get(area.id)
        if made is not None and made[0] is area:
            return made[1]
        row = area_row(area, look)
        self._made[area.id] = (area, row)
        return row


class Field(Input):
    """A field in one line: how long its text is moves nothing else on the screen, so nothing is laid out anew."""

    virtual_size = Reactive(Size(0, 0))


def _are_many(before: Election | None, now: Election | None) -> bool:
    """Return whether very many areas are others than they were."""
    return before is not None and now is not None and len(others(before.areas, now.areas).come) > MANY


@bounded("show", "sum_up", "line_up", "rebuild")
class CouncilsPanel(Vertical):
    """The table of areas with its filter and its sort."""

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.sort = next(iter(SORTS))
        self.turned = False
        self.filter = ""
        self.border_title = "Councils"
        self._frame: Frame | None = None

    def compose(self) -> ComposeResult:
        """Yield the table and the field for the filter."""
        yield AreaTable("areas")
        yield Field(placeholder="name, region, party, gain, loss, noc, undeclared, watched …  ! inverts", id="filter")

    @property
    def table(self) -> AreaTable:
        """The table of areas."""
        return self.query_one("#areas", AreaTable)

    @property
    def field(self) -> Input:
        """The field in which the filter is typed."""
        return self.query_one("#filter", Input)

    def show(self, frame: Frame, quiet: bool = False) -> None:
        """Show the areas of the frame's election; `quiet` after a jump in time."""
        for _ in self.showing(frame, quiet):
            pass

    def showing(self, frame: Frame, quiet: bool = False) -> Iterator[None]:
        """Do what `show` does; where very many areas are others, in steps, between which a key may be answered."""
        before, self._frame = self._frame, frame
        other = before is None or before.election_id != frame.election_id
        if before is not None and _are_many(before.election, frame.election):
            self.sum_up()
            yield
            self.line_up()
            yield
        self.rebuild(quiet or other)

    def sum_up(self) -> None:
        """Bring the sums to the areas of the last frame; `rebuild` does so, too, where that is not done yet."""
        if self._frame is not None and self._frame.election is not None and self.table.size.width:
            self.table.layout_for(self._frame.election)

    def line_up(self) -> None:
        """Bring the rows to the areas of the last frame, as `sum_up` does the sums."""
        frame = self._frame
        if frame is not None and (election := frame.election) is not None and self.table.size.width:
            layout = self.table.layout_for(election)
            self.table.rows_of(frame, election, layout, self._how(frame, election, layout))

    def rebuild(self, quiet: bool = True) -> None:
        """Draw the table again from the last frame."""
        frame, table = self._frame, self.table
        if frame is None or not table.size.width:
            return
        election = frame.election
        if election is None:
            table.show((), [], True)
            return
        layout = table.layout_for(election)
        found = table.rows_of(frame, election, layout, self._how(frame, election, layout))
        self._mark_head(layout)
        empty = "no area fits the filter" if self.filter else "no area yet"
        if empty != table.empty:
            table.empty = empty
            if not table.rows:
                table.refresh()
        table.show(layout.columns, found, quiet)
        self._entitle(election, len(found), layout)

    def _how(self, frame: Frame, election: Election, layout: Plan) -> How:
        return How(
            sort=self.sort,
            turned=self.turned,
            rest=layout.rest,
            filter=self.filter,
            parties=self.table.parties(election) if self.filter else {},
            watch=frame.watch,
        )

    def _mark_head(self, layout: Plan) -> None:
        """Mark the head of the column that the rows are sorted by."""
        key = next((column.key for column in layout.columns if sort_of(column.key) == self.sort), "")
        if key != self.table.sorted_by:
            self.table.sorted_by = key
            self.table.refresh_line(0)

    def _entitle(self, election: Election, shown: int, layout: Plan) -> None:
        words = sort_words(self.sort) + (" turned" if self.turned else "")
        title = entitled(f"{TITLES.get(election.kind, 'Areas')} · {words}", election)
        if self.filter:
            title += f" · filter “{self.filter}”: {shown:,} of {len(election.areas):,}"
        entitle(self, title, layout.legend)

    def on_resize(self) -> None:
        """Choose the columns for the new width, once the table has it."""
        self.call_after_refresh(self.rebuild)

    def next_sort(self) -> None:
        """Sort the next way: those of every table, then by the other columns."""
        columns = [column.key for column in self.table.columns]
        self.sort_by(next_sort(self.sort, sorts_of(columns)))

    def sort_by(self, sort: str, turned: bool = False) -> None:
        """Sort that way, or the other way round."""
        self.sort, self.turned = sort, turned
        self.rebuild()

    @on(LineTable.HeadClicked)
    def sort_by_column(self, event: LineTable.HeadClicked) -> None:
        """Sort by the column that was clicked; by the one that it is sorted by already, the other way round."""
        event.stop()
        sort = sort_of(event.key)
        if sort is not None:
            self.sort_by(sort, turned=sort == self.sort and not self.turned)

    def ask(self) -> None:
        """Open the field for the filter."""
        self.field.display = True
        self.field.focus()

    def clear(self) -> bool:
        """Clear the filter and close its field, or let go of the row; return whether there was anything to clear."""
        had = bool(self.filter) or self.field.display or self.table.cursor is not None
        if self.filter or self.field.display:
            self.field.value = self.filter = ""
            self.field.display = False
            self.rebuild()
        else:
            self.table.let_go()
        self.table.focus()
        return had

    @on(Input.Changed, "#filter")
    def filter_while_typing(self, event: Input.Changed) -> None:
        """Filter at every letter."""
        event.stop()
        self.filter = clean(event.value, 100).strip()
        self.rebuild()
        paint_at_once(self.screen)

    @on(Input.Submitted, "#filter")
    def go_to_table(self, event: Input.Submitted) -> None:
        """Go on in the table, with the cursor on a row that fits; the filter stays, the field closes."""
        event.stop()
        self.field.display = False
        self.table.focus()
        if self.table.place is None:
            self.table.action_move(1)
