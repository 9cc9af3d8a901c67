"""A scroll bar that draws only what of it has changed: with every row more a long table's bar moves by a hair."""

from typing import Any, Self

from rich.segment import Segment
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from dashboard.panels.kept import KeptLines


class SparingBar(ScrollBar):
    """Textual's vertical scroll bar, of which a line that looks as before is the same object, and not drawn again."""

    def __init__(self, *, thickness: int = 1) -> None:
        super().__init__(vertical=True, name="vertical", thickness=thickness)
        self._styles_cache = KeptLines()
        self._made: dict[Segment, Strip] = {}
        self._lines: list[Strip] = []

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw again what looks another way than it does."""
        if regions or not repaint or layout or recompose or len(self._lines) != self.size.height:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        before, self._lines = self._lines, self._drawn()
        changed = [y for y, line in enumerate(self._lines) if line is not before[y]]
        return super().refresh(*(Region(0, y, self.size.width, 1) for y in changed)) if changed else self

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old theme."""
        self._lines = []
        self._made.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return one line of the bar."""
        if len(self._lines) != self.size.height:
            self._lines = self._drawn()
        return self._lines[y]

    def _drawn(self) -> list[Strip]:
        bar: Any = self.render()
        style, (width, height) = bar.style, self.size
        segments = bar.render_bar(
            size=height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=width,
            back_color=style.bgcolor,
            bar_color=style.color,
        )
        looks = list(Segment.apply_style(segments.segments, self.visual_style.rich_style))
        return [self._strip(segment, width) for segment in looks[:height]]

    def _strip(self, segment: Segment, width: int) -> Strip:
        found = self._made.get(segment)
        if found is None:
            found = self._made[segment] = Strip([segment], width)
        return found


class SparingView(ScrollView):
    """What scrolls with such a bar."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar; made when it is first asked for, as Textual's own is."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = SparingBar(thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar
