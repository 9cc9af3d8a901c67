"""The boundary of the panels: what goes wrong in one of them is said in its place, and the rest of the screen goes on.

What goes wrong where something is heard of (a key, a timer, a message) is handed to the program, which goes on, too.

Beside that of the readers (`feeds.formats.read`) this is the only place where any error is caught.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump
from textual.strip import Strip
from textual.widget import Widget

from feeds.text import inert

P = TypeVar("P", bound=Widget)
M = TypeVar("M", bound=MessagePump)


def fault_words(error: Exception, what: str = "not drawn") -> str:
    """Return what is said of an error in a part: its kind and the place in the code, no words that a feed may hold."""
    last = extract_tb(error.__traceback__)[-1:]
    where = "".join(f" in {Path(frame.filename).name}, line {frame.lineno}" for frame in last)
    return f"{what}: {type(error).__name__}{where}; the rest goes on"


def steady(part: type[M]) -> type[M]:
    """Decorate a panel, a screen or a program: after an error it goes on to hear what there is to be heard."""
    setattr(part, "_dispatch_message", _heard(part._dispatch_message))  # noqa: B010 (as below)
    return part


def _heard(dispatch: Callable[[Any, Message], Awaitable[None]]) -> Callable[[Any, Message], Awaitable[None]]:
    @wraps(dispatch)
    async def run(part: Any, message: Message) -> None:
        try:
            await dispatch(part, message)
        except Exception as error:  # noqa: BLE001 - the boundary of the panels
            part.app._handle_exception(error)

    return run


def bounded(*methods: str) -> Callable[[type[P]], type[P]]:
    """Return a decorator that lets no error out of these methods of a panel, nor out of the drawing of its lines.

    After an error the panel's first line, and its title where it has one, say so, until a method succeeds again.
    """

    def decorate(panel: type[P]) -> type[P]:
        for name in methods:
            setattr(panel, name, _held(getattr(panel, name)))
        setattr(panel, "render_line", _drawn(panel.render_line))  # noqa: B010 (a method of a class that is a parameter)
        return steady(panel)

    return decorate


def _held(method: Callable[..., None]) -> Callable[..., None]:
    @wraps(method)
    def run(panel: Any, *arguments: Any, **named: Any) -> None:
        try:
            method(panel, *arguments, **named)
        except Exception as error:  # noqa: BLE001 - the boundary of the panels
            _fail(panel, fault_words(error))
        else:
            _heal(panel)

    return run


def _drawn(render: Callable[[Any, int], Strip]) -> Callable[[Any, int], Strip]:
    @wraps(render)
    def run(panel: Any, y: int) -> Strip:
        words: str | None = getattr(panel, "fault", None)
        if words is None:
            try:
                return render(panel, y)
            except Exception as error:  # noqa: BLE001 - the boundary of the panels
                words = inert(fault_words(error))
        width = panel.size.width
        told = (words if y == 0 else "")[:width].ljust(width)
        return Strip([Segment(told, panel.visual_style.rich_style)], width)

    return run


def _fail(panel: Any, words: str) -> None:
    if getattr(panel, "fault", None) is None:
        panel.title_before = panel.border_title
    panel.fault = words
    panel.border_title = Content(inert(words))
    panel.refresh()


def _heal(panel: Any) -> None:
    if getattr(panel, "fault", None) is not None:
        panel.fault = None
        panel.border_title = panel.title_before
        panel.refresh()
