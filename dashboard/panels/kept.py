"""Lines of a panel within its frame, kept as long as both stand: a line that only moves is not put together again.

Textual keeps what it makes of a line (cut, filtered, as bytes for the terminal) with the line itself. So the same line
must stay the same object, also where it has gone down by one.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Final

import msgspec
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

MOST: Final = 256
"""So many lines are kept; where there are more, all are forgotten, and it begins again."""

CONTENT: Final = 5
"""Where, behind a line's styles and number, Textual hands over what returns its content."""


Sides = tuple[list[Segment], list[Segment]]
"""What stands at the left and at the right of a line within its frame."""


class Around(msgspec.Struct, frozen=True):
    """What Textual found out of a widget when it rendered it; it stands until the widget is asked to draw all anew."""

    width: int
    inside: Size
    background: Color
    filters: Sequence[LineFilter]


class KeptLines(StylesCache):
    """Textual's cache of a widget's lines, which knows a line again by the content that the widget returns.

    `inside` is the size of the content while its lines are asked for: Textual would find it out for each of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.inside: Size | None = None
        self._top = 0
        self._look: Hashable = None
        self._framed: dict[int, tuple[Strip, Strip]] = {}
        self._sides: Sides | None = None
        self._is_plain = False
        self._around: Around | None = None

    def clear(self) -> None:
        """Forget all lines: the widget may look another way."""
        super().clear()
        self._around = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Render a part of a widget: of one that looks as before nothing is asked for but its lines."""
        around, lines = self._around, crop.line_range
        if around is None or self._sides is None or _needed(widget.get_line_filters()) != around.filters:
            return super().render_widget(widget, crop)
        inner = range(self._top, self._top + around.inside.height)
        needed = [y for y in lines if y in self._dirty_lines or y not in self._cache]
        if any(y not in inner for y in needed):
            return super().render_widget(widget, crop)
        self.inside = around.inside
        try:
            for y in needed:
                line = widget.render_line(y - self._top)
                if line.cell_length != around.inside.width:
                    return super().render_widget(widget, crop)
                self._cache[y] = self._in_frame(line, self._sides, around.width)
        finally:
            self.inside = None
        self._dirty_lines.difference_update(lines)
        shown = [self._cache[y] for y in lines]
        for each in around.filters:
            shown = [strip.apply_filter(each, around.background) for strip in shown]
        return shown if crop.column_span == (0, around.width) else [strip.crop(*crop.column_span) for strip in shown]

    def render(self, styles: Any, size: Size, *around: Any, **more: Any) -> list[Strip]:
        """Render as Textual does; another look of what is around the content makes every line another."""
        base, background, content, filters, *titles = around
        filters = _needed(filters)
        around = (base, background, content, filters, *titles)
        look = (
            size.width,
            base,
            background,
            styles.border,
            styles.outline,
            styles.tint,
            styles.text_opacity,
            styles.hatch if styles.has_rule("hatch") else None,
            *(more[name] for name in ("content_size", "padding", "opacity", "ansi_theme", "native_ansi")),
        )
        if look != self._look:
            self._look = look
            self._framed.clear()
            self._sides, self._is_plain = None, not styles.has_rule("hatch") and not any(e for e, _ in styles.outline)
        self._top, self.inside = styles.gutter.top, more["content_size"]
        try:
            rendered = super().render(styles, size, *around, **more)
        finally:
            self.inside = None
        self._around = Around(size.width, more["content_size"], background, filters)
        return rendered

    def render_line(self, styles: Any, y: int, *around: Any) -> Strip:
        """Return the line at `y` with its frame: what it was made into before, where its content is the same."""
        size, content_size, _padding, _base, _background, content, *_more = around
        at = y - self._top
        if not 0 <= at < content_size.height:
            return super().render_line(styles, y, *around)
        line: Strip = content(at)
        if self._sides is not None and line.cell_length == content_size.width:
            return self._in_frame(line, self._sides, size.width)
        kept = self._framed.get(id(line))
        if kept is not None and kept[0] is line:
            return kept[1]
        around = (*around[:CONTENT], lambda _: line, *around[CONTENT + 1 :])
        framed = super().render_line(styles, y, *around)
        self._sides = _sides(line, framed) if self._is_plain else None
        return self._keep(line, framed)

    def _in_frame(self, line: Strip, sides: Sides, width: int) -> Strip:
        """Return a line between the sides that are known."""
        kept = self._framed.get(id(line))
        if kept is not None and kept[0] is line:
            return kept[1]
        return self._keep(line, Strip([*sides[0], *line, *sides[1]], width))

    def _keep(self, line: Strip, framed: Strip) -> Strip:
        if len(self._framed) >= MOST:
            self._framed.clear()
        self._framed[id(line)] = (line, framed)
        return framed


def _needed(filters: Iterable[LineFilter]) -> list[LineFilter]:
    """Return the filters but the one for the terminal's own colours: a panel is drawn in none of them."""
    return [each for each in filters if not isinstance(each, ANSIToTruecolor)]


def _sides(line: Strip, framed: Strip) -> Sides | None:
    """Return the sides of a line in its frame; None where more was done to it than to put it between them."""
    own, whole = list(line), list(framed)
    left = (len(whole) - len(own) + 1) // 2
    right = left + len(own)
    if not any(text.strip() for text, _, _ in own) or whole[left:right] != own:
        return None
    return whole[:left], whole[right:]
