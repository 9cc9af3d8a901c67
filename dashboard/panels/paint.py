"""From pieces of text to what a terminal draws: segments in the styles of the current theme."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rich.color import Color, ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from dashboard.config import Looks
from dashboard.panels.kept import KeptLines
from dashboard.theme import Palette
from dashboard.view.pieces import Line, fitted
from feeds.text import inert

if TYPE_CHECKING:
    from dashboard.spans import Span

PLAIN: Final = Looks()

MOST: Final = 128
"""So many lines are kept by what is in them; where there are more, it begins again."""

SYSTEMS: Final = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT}


def system_of(console: Console) -> ColorSystem:
    """Return how many colours a terminal has; one that is not known to have few has all."""
    return SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)


class Painter:
    """Paints lines for one widget; keeps the palette of a theme, and lines, until the theme is another."""

    def __init__(self, widget: Widget) -> None:
        self._lines = widget._styles_cache = KeptLines()
        self._widget = widget
        self._strips: dict[tuple[Line, int, Style, bool], Strip] = {}
        self._theme = ""
        self._palette: Palette | None = None

    @property
    def size(self) -> Size:
        """The size of the widget's content in cells, found once for all lines of a picture."""
        return self._lines.inside or self._widget.size

    @property
    def palette(self) -> Palette:
        """The palette of the app's current theme."""
        app = self._widget.app
        if self._palette is None or self._theme != app.theme:
            self._theme = app.theme
            self._strips.clear()
            own: Looks = getattr(app, "looks", PLAIN)
            self._palette = Palette(
                app.current_theme, app.theme_variables, not app.no_color, own.config.parties, system_of(app.console)
            )
        return self._palette

    @property
    def ground(self) -> Style:
        """The widget's own colours."""
        return self._widget.visual_style.rich_style

    def strip(self, pieces: Line, width: int, over: Style | None = None, right: bool = False) -> Strip:
        """Return a line as exactly `width` cells; `over` is a style laid under the pieces' own colours.

        It is the last gate: what does not print is made visible here, too, before anything is measured. The same line
        is the same object, so that nothing of it is done again (see `dashboard.panels.kept`).
        """
        palette, ground = self.palette, self.ground
        key = (pieces, width, ground if over is None else ground + over, right)
        kept = self._strips.get(key)
        if kept is None:
            if len(self._strips) >= MOST:
                self._strips.clear()
            kept = self._strips[key] = self._joined(((pieces, width, right),), key[2], palette)
        return kept

    def joined(self, parts: Iterable[tuple[Line, int, bool]], over: Style | None = None) -> Strip:
        """Return lines beside one another, each with its width and whether it stands at the right, as `strip` does."""
        return self._joined(parts, self.ground if over is None else self.ground + over, self.palette)

    def _joined(self, parts: Iterable[tuple[Line, int, bool]], base: Style, palette: Palette) -> Strip:
        styled = palette.on
        out: list[Segment] = []
        total = 0
        for pieces, width, right in parts:
            safe = tuple([(text if text.isprintable() else inert(text), name) for text, name in pieces])
            total += width
            out += [Segment(text, styled(name, base)) for text, name in fitted(safe, width, right)]
        return Strip(compact(out), total)

    @property
    def colours(self) -> tuple[str, str]:
        """The ground and the ordinary text of the theme, as `#rrggbb`."""
        from dashboard.spans import DARK  # noqa: PLC0415 (only a picture outside the terminal asks, as below)

        return (_hex(self.ground.bgcolor) or DARK[0], _hex(self.ground.color) or DARK[1])

    def spans(self, pieces: Line) -> "list[Span]":
        """Return a line in the colours of the theme, for a picture outside the terminal."""
        from dashboard.spans import Span  # noqa: PLC0415

        ground = self.ground
        out = []
        for text, name in pieces:
            style = self.palette.on(name, ground)
            own = style.bgcolor if style.bgcolor != ground.bgcolor else None
            out.append(Span(inert(text), _hex(style.color), _hex(own), bool(style.bold)))
        return out

    def blank(self, width: int) -> Strip:
        """Return an empty line."""
        return Strip.blank(width, self.ground)


def entitle(widget: Widget, title: str, subtitle: str = "") -> None:
    """Set what stands in the border of a widget, nothing for an empty text, and have these two lines drawn alone.

    Textual draws a widget with all that is in it for a title, also for the one that it has.
    """
    titles = (Content(inert(title)) if title else None, Content(inert(subtitle)) if subtitle else None)
    if titles == (widget._border_title, widget._border_subtitle):
        return
    widget._border_title, widget._border_subtitle = titles
    size, inside = widget.outer_size, widget.content_offset
    edges = (Region(-inside.x, y - inside.y, size.width, 1) for y in (0, size.height - 1))
    widget.refresh(*edges)


def redraw(widget: Widget, old: Sequence[Line], new: Sequence[Line]) -> None:
    """Draw again those lines of a widget that have become others."""
    changed = [y for y, (before, now) in enumerate(zip_longest(old, new)) if before != now]
    if changed:
        width, height = widget.size
        widget.refresh(*(Region(0, y, width, 1) for y in changed if y < height))


def compact(segments: Iterable[Segment]) -> list[Segment]:
    """Return what looks the same in as few segments as it takes: each costs some forty bytes on the terminal.

    Of a blank only the ground shows, so it goes into the segment beside it.
    """
    out: list[Segment] = []
    text, style = "", None
    for more, other, _ in segments:
        if not more:
            continue
        if text and (other is style or (more.isspace() and alike(style, other))):
            text += more
        elif text and (text.isspace() and alike(style, other)):
            text, style = text + more, other
        else:
            if text:
                out.append(Segment(text, style))
            text, style = more, other
    if text:
        out.append(Segment(text, style))
    return out


@lru_cache(maxsize=4_096)
def alike(one: Style | None, other: Style | None) -> bool:
    """Return whether a blank looks the same in two styles."""
    if one is None or other is None or one == other:
        return one == other
    plain = not any(s.underline or s.reverse or s.strike or s.meta for s in (one, other))
    return plain and one.bgcolor == other.bgcolor


def _hex(colour: Color | None) -> str | None:
    return None if colour is None or colour.is_default else colour.get_truecolor().hex
