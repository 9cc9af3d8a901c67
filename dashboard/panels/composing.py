"""How a screen is put together: only what is shown and has changed is asked of the widgets.

Textual asks every widget that lies anywhere between the first and the last thing that changed for all its lines, those
beneath other widgets, too. With a clock at the top and a ticker at the bottom that is always the whole screen.

It paints when each panel's message that asks for it has had its turn, the last of them by a clock that ticks every few
milliseconds. While threads take turns, too, that is most of the time for which a key waits for its answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from time import sleep
from typing import Any

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.codes import shortened

Span = tuple[int, int, int]
"""A line of the screen, the first cell of a part of it, and the one after the last."""


Within = tuple[list[int], list[int]]
"""Cells at which a line is cut, and how far those behind the first are from it."""


class SparingUpdate(ChopsUpdate):
    """Textual's update of parts of the screen, in fewer bytes."""

    def render_segments(self, console: Console) -> str:
        """Return what goes to the terminal; what a strip comes to is kept with it, as Textual does."""
        out: list[str] = []
        for y, begin, end in self.spans:
            for after, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=True):
                if strip is None or x >= end or after <= begin:
                    continue
                shown = strip if x >= begin and after <= end else strip.crop(0, min(after, end) - x)
                if shown._render_cache is None:
                    shown._render_cache = shortened(shown.render(console))
                out += (f"\x1b[{y + 1};{x + 1}H", shown._render_cache)
        return "".join(out)


class SparingCompositor(Compositor):
    """Textual's compositor, which asks a widget only for lines that are seen of it and have to be drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._cuts_of: list[list[int]] | None = None
        self._within: dict[tuple[int, int, int], Within] = {}

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what has to be drawn of the parts that changed; None where nothing did."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not regions:
            return None
        spans = list(self._regions_to_spans(regions))
        return SparingUpdate(self._pieces(spans), spans, [cuts[1:] for cuts in self.cuts])

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """Return the pieces of a part of the screen; what lies beneath others is not drawn for the first picture."""
        pieces = self._pieces([(y, *crop.column_span) for y in crop.line_range if is_rendered_line(y)])
        return [{x: strip for x, strip in line.items() if strip is not None} for line in pieces]

    def _pieces(self, spans: list[Span]) -> list[dict[int, Strip | None]]:
        """Return for each line of the screen its pieces by their first cell, None where a piece need not be drawn."""
        missing = self._missing(spans)
        wanted = sorted(missing)
        highest, lowest = (wanted[0], wanted[-1]) if wanted else (0, -1)
        pieces: list[dict[int, Strip | None]] = [{} for _ in self.cuts]
        for y in missing:
            pieces[y] = dict.fromkeys(self.cuts[y][:-1])
        for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
            if region.y > lowest or region.bottom <= highest:
                continue
            shown = region.intersection(clip)
            first, last = shown.column_span
            lines = [y for y in wanted if shown.y <= y < shown.bottom and [x for x in missing[y] if first <= x < last]]
            for top, height in _runs(lines):
                crop = Region(shown.x - region.x, top - region.y, shown.width, height)
                for y, strip in enumerate(widget.render_lines(crop), top):
                    gaps, (cuts, at) = missing[y], self._cuts_within(y, first, last)
                    for x, piece in zip(cuts, strip.divide(at), strict=False):
                        if x in gaps:
                            gaps.remove(x)
                            pieces[y][x] = piece
        return pieces

    def _cuts_within(self, y: int, first: int, last: int) -> Within:
        """Return where a line is cut between two cells, and how far behind the first of them that is."""
        if self.cuts is not self._cuts_of:
            self._cuts_of = self.cuts
            self._within.clear()
        found = self._within.get((y, first, last))
        if found is None:
            cuts = [x for x in self.cuts[y] if first <= x <= last]
            found = self._within[y, first, last] = (cuts, [x - first for x in cuts[1:]])
        return found

    def _missing(self, spans: list[Span]) -> dict[int, set[int]]:
        """Return the first cells of the pieces that have to be drawn, by line."""
        missing: dict[int, set[int]] = {}
        for y, begin, end in spans:
            cuts = self.cuts[y]
            found = {x for x, after in pairwise(cuts) if x < end and after > begin}
            missing.setdefault(y, set()).update(found)
        return missing


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first of each run of lines without a gap, and how many it has."""
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or lines[place] != lines[place - 1] + 1:
            yield lines[start], place - start
            start = place


class PromptScreen(Screen[None]):
    """A screen that can be painted at once."""

    def paint(self) -> None:
        """Paint what has changed now, and let the thread that writes to the terminal have its turn at once.

        Where more than lines has changed, the messages see to it: everything has to be laid out first.
        """
        shown = self._compositor.visible_widgets
        if not self._can_paint:
            return
        for widget in shown:
            if widget._repaint_required:
                widget._repaint_required = False
                self._dirty_widgets.add(widget)
        self._on_timer_update()
        sleep(0)

    def paint_part(self, widget: Widget, part: Region) -> None:
        """Paint a part of a widget of which nothing else is another, now where that can be done.

        Textual would go from message to message for it, and find out anew how the whole widget looks.
        """
        widget._set_dirty(part)
        if self._can_paint and widget in self._compositor.visible_widgets:
            self._dirty_widgets.add(widget)
            self._on_timer_update()
        else:
            widget._repaint_required = True
            widget.check_idle()

    @property
    def _can_paint(self) -> bool:
        """Whether nothing but lines has changed of what is shown."""
        shown = self._compositor.visible_widgets
        return self.is_current and not any(w._layout_required or w._scroll_required for w in (self, *shown))


def paint_at_once(screen: Screen[Any]) -> None:
    """Paint what has changed on a screen, where that can be done at once."""
    if isinstance(screen, PromptScreen):
        screen.paint()
