"""Writes files for a feed directory: own JSON, under a temporary name first, and never over a file that is there."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from feeds.formats.native import Document
from feeds.report import Baseline, Note, Quote, Report, Result, Settings, Totals
from feeds.text import folded

MAX_NAME: Final = 80

_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})
"""What a file system without hard links answers."""

Link = Callable[[str, str], object]


def document(reports: Iterable[Report]) -> bytes:
    """Return the native JSON that says these reports; settings, which it cannot hold, are left out."""
    bare = [msgspec.structs.replace(report, line=None) for report in reports if not isinstance(report, Settings)]
    made = Document(
        results=tuple(r for r in bare if isinstance(r, Result)),
        baselines=tuple(r for r in bare if isinstance(r, Baseline)),
        quotes=tuple(r for r in bare if isinstance(r, Quote)),
        notes=tuple(r for r in bare if isinstance(r, Note)),
        totals=tuple(r for r in bare if isinstance(r, Totals)),
    )
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def file_name(*words: str) -> str:
    """Return a name for a `.json` file made of words: folded, with `-` between them, of bounded length."""
    joined = "-".join("-".join(folded(word).replace("/", " ").split()) for word in words)
    return f"{joined[:MAX_NAME].strip('-.') or 'file'}.json"


def free_name(folder: Path, *words: str) -> str:
    """Return a name as `file_name` does that nothing in the folder has, with a number at its end where need be."""
    name, number = file_name(*words), 1
    while (folder / name).exists() or (folder / name).is_symlink():
        number += 1
        name = file_name(*words, str(number))
    return name


def put_new(folder: Path, name: str, data: bytes, link: Link = os.link) -> Path:
    """Write a new file, whole and on disk before its name is there; return its path.

    Raises FileExistsError where the name is taken, whoever took it in the meantime, and any other OSError where the
    file cannot be written. No temporary file is left behind.
    """
    place = folder / name
    temporary = folder / f".{name}.{os.getpid()}.part"
    made = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        give_name(temporary, place, link)
        _settled(folder)
    finally:
        temporary.unlink(missing_ok=True)
    return place


def give_name(temporary: Path, place: Path, link: Link = os.link) -> None:
    """Let a whole file have its name, where nothing has it; raises FileExistsError, or another OSError.

    The temporary name may stay beside it.
    """
    try:
        link(str(temporary), str(place))
    except OSError as problem:
        if problem.errno not in _NO_LINKS:
            raise
        # Without hard links the name is taken first: what is replaced then is our own empty file.
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        temporary.replace(place)


def _settled(folder: Path) -> None:
    """Put the name itself on disk, where the system lets a directory be synchronised."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
