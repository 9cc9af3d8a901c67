"""Saved nights in one zip file, read where they are: nothing is unpacked to disk, and nothing in it is believed.

An archive is refused as a whole where it could not have been made by packing a night's folder: names that lead
elsewhere or stand twice, entries that share bytes, links, passwords, and more of anything than a night has.
"""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from feeds.text import clean, clean_path
from feeds.zipped import BROKEN, ENCRYPTED, END_REACH, TAKEN, directory_fits

MAX_PACKED: Final = 256 * 1024 * 1024
MAX_FILES: Final = 30_000
MAX_FILE: Final = 32 * 1024 * 1024
MAX_ALL: Final = 256 * 1024 * 1024
MAX_RATIO: Final = 100
"""Bytes unpacked for each packed one, over the whole archive; feed files come to about 10."""

SMALL: Final = 1024 * 1024
"""What is not larger than this unpacked is never too tightly packed."""

_HEADER: Final = struct.Struct("<4s22xHH")
_LOCAL: Final = b"PK\x03\x04"
_DAMAGED: Final = "it is damaged, or not whole"


class ArchiveError(Exception):
    """Why an archive is not read; one sentence."""


class ArchivedFile:
    """One file of an archive, unpacked into memory each time that it is asked for."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._entry = entry

    def data(self) -> bytes:
        """Return the content. Raises `ArchiveError` where it is damaged, or not as long as the directory says."""
        try:
            with self._archive.open(self._entry) as part:
                return part.read(self._entry.file_size + 1)
        except BROKEN:
            raise ArchiveError(f"“{clean(clean_path(self._entry.filename), 80)}” in it is damaged") from None


@contextmanager
def archived(path: Path) -> Iterator[dict[str, ArchivedFile]]:
    """Give the files of an archive by their paths in it, as long as it is open; one folder around all is left out.

    Raises `ArchiveError` where the archive is damaged or refused, OSError where it cannot be read.
    """
    with path.open("rb") as file:
        _sized(file)
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN:
            raise ArchiveError(_DAMAGED) from None
        with archive:
            yield _without_folder({e.filename: ArchivedFile(archive, e) for e in _entries(archive, file)})


def _sized(file: IO[bytes]) -> None:
    size = file.seek(0, io.SEEK_END)
    if size > MAX_PACKED:
        raise ArchiveError(f"it is larger than the {MAX_PACKED:,} bytes that are read")
    file.seek(max(0, size - END_REACH))
    if not directory_fits(file.read()):
        raise ArchiveError(f"it holds more than {MAX_FILES:,} files")


def _entries(archive: zipfile.ZipFile, file: IO[bytes]) -> list[zipfile.ZipInfo]:
    found = archive.infolist()
    _bounded(found)
    try:
        _apart(file, found, archive.start_dir)
    except BROKEN:
        raise ArchiveError(_DAMAGED) from None
    return [entry for entry in found if not entry.is_dir()]


def _bounded(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_FILES:
        raise ArchiveError(f"it holds more than {MAX_FILES:,} files")
    seen: set[str] = set()
    for entry in entries:
        _checked(entry)
        if entry.filename in seen:
            raise ArchiveError(f"“{clean_path(entry.filename)}” is in it twice")
        seen.add(entry.filename)
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > MAX_ALL:
        raise ArchiveError(f"unpacked, it is larger than the {MAX_ALL:,} bytes that are read")
    if unpacked > SMALL and unpacked > MAX_RATIO * packed:
        raise ArchiveError(f"it grows more than {MAX_RATIO} times when it is unpacked, as no feed files do")


def _checked(entry: zipfile.ZipInfo) -> None:
    name = clean_path(entry.filename)
    parts = entry.filename.removesuffix("/").split("/")
    odd = "\\" in entry.filename or "\0" in entry.orig_filename or ":" in parts[0]
    if odd or any(part in {"", ".", ".."} for part in parts) or PurePosixPath(entry.filename).is_absolute():
        raise ArchiveError(f"the name “{clean(name, 80)}” in it leads elsewhere")
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise ArchiveError(f"“{clean(name, 80)}” in it is a link or a device, not a file")
    if entry.flag_bits & ENCRYPTED:
        raise ArchiveError("it is protected by a password")
    if entry.compress_type not in TAKEN:
        raise ArchiveError(f"“{clean(name, 80)}” in it is packed in a way that is not read")
    if entry.file_size > MAX_FILE:
        raise ArchiveError(f"“{clean(name, 80)}” in it is longer than the {MAX_FILE:,} bytes that are read")


def _apart(file: IO[bytes], entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Raise `ArchiveError` where the bytes of two entries, or of one and the directory, are the same."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise ArchiveError("entries in it overlap")
        file.seek(entry.header_offset)
        signature, name, extra = _HEADER.unpack(file.read(_HEADER.size))
        if signature != _LOCAL:
            raise ArchiveError(_DAMAGED)
        end = entry.header_offset + _HEADER.size + name + extra + entry.compress_size
    if end > directory:
        raise ArchiveError("entries in it overlap")


def _without_folder(files: dict[str, ArchivedFile]) -> dict[str, ArchivedFile]:
    """Return the files without the one folder that all of them lie in, as packing a folder leaves it."""
    folders = {name.partition("/")[0] for name in files}
    if len(folders) != 1 or any("/" not in name for name in files):
        return files
    return {name.partition("/")[2]: file for name, file in files.items()}
