"""A screen that paints what has changed when it is told to, without the messages by which each panel asks for it.

Each of these messages waits for its turn, and the last of them for a clock that ticks every few milliseconds. While
threads take turns, too, that is most of the time for which a key waits for its answer.
"""

from typing import Any

from textual.screen import Screen


class PromptScreen(Screen[None]):
    """A screen that can be painted at once."""

    def paint(self) -> None:
        """Paint what has changed now.

        Where more than lines has changed, the messages see to it: everything has to be laid out first.
        """
        shown = self._compositor.visible_widgets
        if not self.is_current or any(w._layout_required or w._scroll_required for w in (self, *shown)):
            return
        for widget in shown:
            if widget._repaint_required:
                widget._repaint_required = False
                self._dirty_widgets.add(widget)
        self._on_timer_update()


def paint_at_once(screen: Screen[Any]) -> None:
    """Paint what has changed on a screen, where that can be done at once."""
    if isinstance(screen, PromptScreen):
        screen.paint()
