"""What is in front of the reader, ready to be written to a file: the focused table or picture, or a page."""

from textual.screen import Screen

from dashboard.export import Front, changes_front, drawn_front, table_front, what_it_is
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.page import Heading, Page
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.screens.overview import OverviewScreen
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line


def front_of(screen: Screen[object], frame: Frame, source: str | None) -> Front | None:
    """Return what is in front on a screen; None where nothing on it can be written."""
    if isinstance(screen, OverviewScreen):
        return _panel(screen, frame, source)
    pages = [page for page in screen.query(Page) if page.rows]
    return _page(screen, pages, frame, source) if pages else None


def _panel(screen: OverviewScreen, frame: Frame, source: str | None) -> Front | None:
    focused = screen.focused
    if isinstance(focused, PicturePanel):
        about = what_it_is(frame, source)
        name, lines = focused.picture_shown
        return drawn_front(name, map(focused.painter.spans, lines), about, focused.painter.colours)
    if isinstance(focused, SeatsPanel):
        return table_front(frame, "seats", source)
    if isinstance(focused, ChangesPanel):
        return changes_front(frame, focused.kind, source)
    election, panel = frame.election, screen.councils
    if election is None:
        return None
    by_id = {area.id: area for area in election.areas}
    ids = [row.area_id for row in panel.table.rows] if panel.table.rows else list(by_id)
    shown = [by_id[each] for each in ids if each in by_id]
    return table_front(
        frame, "areas", source, areas=[] if panel.filter and not panel.table.rows else shown, filtered=panel.filter
    )


def _page(screen: Screen[object], pages: list[Page], frame: Frame, source: str | None) -> Front:
    painter = pages[0].painter
    headings = screen.query(Heading)
    titles = [heading.title_text for heading in headings]
    lines: list[Line] = [heading.pieces for heading in headings]
    for page in pages:
        lines += [(), *(row.pieces for row in page.rows)]
    name = type(screen).__name__.removesuffix("Screen").lower()
    return drawn_front(
        titles[0] if titles and name == "area" else name,
        map(painter.spans, lines),
        what_it_is(frame, source),
        painter.colours,
    )
