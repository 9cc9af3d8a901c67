"""Zip archives, read with care: a few kilobytes of one can say that they are terabytes.

What the archive's directory says is not believed: nothing is unpacked beyond the bounds, whatever is said, and every
part is held against its checksum.
"""

import io
import struct
import zipfile
import zlib
from typing import Final

from feeds.cells import CellError, shown

SIGNATURE: Final = b"PK\x03\x04"
"""What an archive begins with."""

MAX_UNPACKED: Final = 64 * 1024 * 1024
MAX_PARTS: Final = 1_000

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_ENCRYPTED: Final = 0x1
_TAKEN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # a version, or a way of packing, that nothing uses
    ValueError,  # a name in no encoding, a place before the beginning
    OverflowError,
)
"""What the standard library raises for archives that are damaged."""

_DAMAGED: Final = "the file is damaged, or not whole: it is packed (zip), and cannot be unpacked"


def complete(data: bytes) -> bool:
    """Return whether an archive is certainly whole: its directory, which comes last, is there and can be read."""
    if data[-_END_SIZE:][:4] != _END or data[-2:] != b"\0\0":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # An archive within an archive that is torn has a directory of its own at the end.
            return min((entry.header_offset for entry in archive.infolist()), default=1) == 0
    except _BROKEN:
        return False


def unpacked(data: bytes, endings: tuple[str, ...]) -> dict[str, bytes]:
    """Return the parts of an archive whose names have one of the endings, by name.

    Raises `CellError` where the archive is damaged, protected by a password, or too large (all its parts counted).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise CellError(_DAMAGED) from None
    with archive:
        _bounded(archive.infolist())
        wanted = [entry for entry in archive.infolist() if entry.filename.endswith(endings)]
        try:
            parts = {entry.filename: _part(archive, entry) for entry in wanted}
        except _BROKEN:
            raise CellError(_DAMAGED) from None
    if len(parts) < len(wanted):
        raise CellError(_DAMAGED)
    return parts


def _bounded(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise CellError(f"the file has {len(entries):,} parts, more than {MAX_PARTS:,}")
    size = sum(entry.file_size for entry in entries)
    if size > MAX_UNPACKED:
        raise CellError(f"unpacked, the file is {size:,} bytes long, more than the {MAX_UNPACKED:,} that are read")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise CellError("protected by a password: save it without one")
        if entry.compress_type not in _TAKEN:
            raise CellError(f"{shown(entry.filename)} in it is packed in a way that is not read")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part's content; where it is longer than the directory says, no more than one byte of that is made."""
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)
