"""The footer: keys from the table of actions, as many as fit; a click does what the key does."""

from typing import Final

import msgspec
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from dashboard.actions import TABLE, Action, in_footer
from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter
from dashboard.view.frame import Frame
from dashboard.view.lines import Piece, cells
from dashboard.view.pieces import line
from dashboard.view.reasons import reasons

GAP: Final = 3
"""Cells between two keys."""

BACK: Final = Action(
    keys="escape",
    shown="esc",
    action="back",
    label="back",
    help="back to where you were",
    group="More",
    where="area",
    footer=1,
)


def page_keys(table: tuple[Action, ...], *wanted: str) -> tuple[Action, ...]:
    """Return the keys of a page for its footer: back, those actions of a table, by their ids, and help.

    The sooner one is named, the sooner there is room for it; back and help come first.
    """
    by_id = {action.id: action for action in table}
    others = (msgspec.structs.replace(by_id[each], footer=place) for place, each in enumerate(wanted, 3))
    return (BACK, *others, msgspec.structs.replace(by_id["help"], footer=2))


def _size(action: Action) -> int:
    return cells(action.shown) + 1 + cells(action.label) + GAP


@bounded("show")
class KeyBar(Widget):
    """One line of keys; those that can do nothing now are grey, and say why when they are clicked.

    It is drawn again only where that changes.
    """

    DEFAULT_CSS = "KeyBar { height: 1; background: $panel; }"

    def __init__(self, own_id: str, table: tuple[Action, ...] = TABLE) -> None:
        super().__init__(id=own_id)
        self._table = table
        self._reasons: dict[str, str] = {}
        self.painter = Painter(self)

    def show(self, frame: Frame) -> None:
        """Grey the keys that can do nothing in the frame."""
        why = reasons(frame)
        if why != self._reasons:
            self._reasons = why
            self.refresh()

    def _shown(self) -> list[tuple[Action, int, int]]:
        """Return the actions that fit, each with its first cell and the one after its last."""
        out, at = [], 1
        for action in in_footer(self.size.width - 1 + GAP, _size, self._table):
            out.append((action, at, at + _size(action) - GAP))
            at += _size(action)
        return out

    def render_line(self, y: int) -> Strip:
        """Return the line of keys."""
        if y:
            return self.painter.blank(self.size.width)
        pieces: list[Piece] = [(" ", "")]
        for action, _, _ in self._shown():
            off = action.action in self._reasons
            pieces += [(action.shown, "quiet" if off else "key"), (f" {action.label}", "quiet" if off else "")]
            pieces.append((" " * GAP, ""))
        return self.painter.strip(line(*pieces[:-1]), self.size.width)

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        for action, first, after in self._shown():
            if first <= event.x < after:
                if action.action in self._reasons:
                    self.app.notify(self._reasons[action.action], markup=False)
                    return
                owner = self.app if action.where == "app" else self.screen
                await owner.run_action(action.action)
                return
