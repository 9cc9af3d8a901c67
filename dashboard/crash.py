"""What the program says when it fails: where in its own code, and the error in inert words; no values of variables.

A traceback with its variables, as the screen's library prints it, shows whatever text of a feed was being read, and
an error's own words can hold it, too. So the error is printed by hand, here, whichever way it comes.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Final

from feeds.text import clean, inert_lines

MAX_WORDS: Final = 300
HINT: Final = "This is a fault of the program, not of a file. Nothing in the directory was changed."


def crash_text(error: BaseException) -> str:
    """Return a traceback fit to print: files, lines and code of the program, and each error in inert words."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=False)
    return f"{_told(shown)}\n{HINT}\n"


def _told(shown: traceback.TracebackException) -> str:
    before = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    parts = [] if before is None else [_told(before), ""]
    parts.append(inert_lines("".join(shown.stack.format()).rstrip("\n")))
    name = shown.exc_type.__name__ if shown.exc_type else "error"
    parts.append(f"{name}: {clean(str(shown), MAX_WORDS)}")
    parts += [_told(inner) for inner in shown.exceptions or ()]
    return "\n".join(part for part in parts if part)


class InertFormatter(logging.Formatter):
    """Formats what libraries log, with their errors as `crash_text` tells them."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as inert lines."""
        text = inert_lines(record.getMessage())
        error = record.exc_info[1] if record.exc_info else None
        return text if error is None else f"{text}\n{crash_text(error)}"


def install() -> None:
    """Let every error that nothing catches be printed inert on standard error, in whichever thread, and every log."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(InertFormatter())


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    del kind, trace
    sys.stderr.write(crash_text(error))


def _uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
        sys.stderr.write(crash_text(arguments.exc_value))


def _unraisable(arguments: "sys.UnraisableHookArgs") -> None:
    if arguments.exc_value is not None:
        sys.stderr.write(crash_text(arguments.exc_value))
