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

MAX_UNPACKED: Final = 12 * 1024 * 1024
MAX_PARTS: Final = 1_000
MAX_DIRECTORY: Final = 4 * 1024 * 1024
"""Bytes of an archive's own directory: every entry of it takes some twenty times its size in memory."""

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
END_REACH: Final = _END_SIZE + 65_535
_LARGE: Final = b"PK\x06\x07"
_LARGE_SIZE: Final = 20
ENCRYPTED: Final = 0x1
TAKEN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN: Final = (
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


def directory_fits(tail: bytes) -> bool:
    """Return whether an archive's directory, by what stands at its end, may be read; damage is left to the reader.

    `tail` are the last bytes of the archive, 64 KiB and a little, or all there are.
    """
    end = tail.rfind(_END, -END_REACH) if tail[-_END_SIZE:][:4] != _END else len(tail) - _END_SIZE
    if end < 0 or len(tail) - end < _END_SIZE:
        return True
    large = tail[max(0, end - _LARGE_SIZE) : end].startswith(_LARGE)
    return not large and struct.unpack_from("<I", tail, end + 12)[0] <= MAX_DIRECTORY


def complete(data: bytes) -> bool:
    """Return whether an archive is certainly whole: its directory, which comes last, is there and can be read."""
    if data[-_END_SIZE:][:4] != _END or data[-2:] != b"\0\0" or not directory_fits(data[-END_REACH:]):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # An archive within an archive that is torn has a directory of its own at the end.
            return min((entry.header_offset for entry in archive.infolist()), default=1) == 0
    except BROKEN:
        return False


def unpacked(data: bytes, endings: tuple[str, ...]) -> dict[str, bytes]:
    """Return the parts of an archive whose names have one of the endings, by name.

    Raises `CellError` where the archive is damaged, protected by a password, or too large (all its parts counted).
    """
    if not directory_fits(data[-END_REACH:]):
        raise CellError(f"the file has more than {MAX_PARTS:,} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN:
        raise CellError(_DAMAGED) from None
    with archive:
        _bounded(archive.infolist())
        wanted = [entry for entry in archive.infolist() if entry.filename.endswith(endings)]
        try:
            parts = {entry.filename: _part(archive, entry) for entry in wanted}
        except BROKEN:
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
        if entry.flag_bits & ENCRYPTED:
            raise CellError("protected by a password: save it without one")
        if entry.compress_type not in TAKEN:
            raise CellError(f"{shown(entry.filename)} in it is packed in a way that is not read")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part's content; where it is longer than the directory says, no more than one byte of that is made."""
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)
