"""Lines of a panel within its frame, kept as long as both stand: a line that only moves is not put together again.

Textual keeps what it makes of a line (cut, filtered, as bytes for the terminal) with the line itself. So the same line
must stay the same object, also where it has gone down by one.
"""

from collections.abc import Hashable
from typing import Any, Final

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.geometry import Size
from textual.strip import Strip

MOST: Final = 256
"""So many lines are kept; where there are more, all are forgotten, and it begins again."""

CONTENT: Final = 5
"""Where, behind a line's styles and number, Textual hands over what returns its content."""


Sides = tuple[list[Segment], list[Segment]]
"""What stands at the left and at the right of a line within its frame."""


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

    def render(self, styles: Any, size: Size, *around: Any, **more: Any) -> list[Strip]:
        """Render as Textual does; another look of what is around the content makes every line another."""
        base, background, _content, _filters, *_titles = around
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
            return super().render(styles, size, *around, **more)
        finally:
            self.inside = None

    def render_line(self, styles: Any, y: int, *around: Any) -> Strip:
        """Return the line at `y` with its frame: what it was made into before, where its content is the same."""
        size, content_size, _padding, _base, _background, content, *_more = around
        at = y - self._top
        if not 0 <= at < content_size.height:
            return super().render_line(styles, y, *around)
        line: Strip = content(at)
        kept = self._framed.get(id(line))
        if kept is not None and kept[0] is line:
            return kept[1]
        if self._sides is not None and line.cell_length == content_size.width:
            left, right = self._sides
            framed = Strip([*left, *line, *right], size.width)
        else:
            around = (*around[:CONTENT], lambda _: line, *around[CONTENT + 1 :])
            framed = super().render_line(styles, y, *around)
            self._sides = _sides(line, framed) if self._is_plain else None
        if len(self._framed) >= MOST:
            self._framed.clear()
        self._framed[id(line)] = (line, framed)
        return framed


def _sides(line: Strip, framed: Strip) -> Sides | None:
    """Return the sides of a line in its frame; None where more was done to it than to put it between them."""
    own, whole = list(line), list(framed)
    left = (len(whole) - len(own) + 1) // 2
    right = left + len(own)
    if not any(text.strip() for text, _, _ in own) or whole[left:right] != own:
        return None
    return whole[:left], whole[right:]
