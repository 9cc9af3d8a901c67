"""What a watched directory must bring, worked out from what was done to it and when it was looked at.

Independent of the program: it knows contents, never bytes on a disk, no `stat` and no digests. A content is complete or
torn; each says at most one result, with a revision that no other content has.
"""

from dataclasses import dataclass, field

QUIET = 2.0

News = set[tuple[str, bytes | None]]
"""Paths with the bytes that are taken in, and None where the path is said to be removed."""


@dataclass(frozen=True)
class Content:
    """One content: its bytes, whether they are certainly whole, and the result that they state, if they state one."""

    data: bytes
    whole: bool
    area: str = ""
    revision: int = 0
    seats: int = 0


@dataclass
class File:
    """One file as it lies there; `stamp` is another after each change."""

    content: Content
    stamp: int


@dataclass
class Delivered:
    """The directory as it is (`files`), and what must have been taken in from it (`counted`, by path)."""

    files: dict[str, File] = field(default_factory=dict)
    counted: dict[str, Content] = field(default_factory=dict)
    good: dict[str, Content] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    place: int = 0
    _stamp: int = 0
    _looked: int | None = None
    _waiting: dict[str, tuple[int, float]] = field(default_factory=dict)

    def write(self, path: str, content: Content) -> None:
        """Put a content at a path."""
        self._stamp += 1
        self.files[path] = File(content, self._stamp)

    def copy(self, path: str, other: str) -> None:
        """Put a file's content at another path, too.

        Which of the two speaks, once one of them says something else, is the count's affair: see `figures`.
        """
        content, over = self.files[path].content, self.files.get(other)
        self.unclear |= {content.area, *(each.area for each in (over and over.content, self.good.get(other)) if each)}
        self.write(other, content)

    def move(self, path: str, other: str) -> None:
        """Give a file another name."""
        self.copy(path, other)
        del self.files[path]

    def exchange(self, kept: list[str]) -> None:
        """Put another directory in the place, with copies of some files."""
        self.place += 1
        self.files = {path: self.files[path] for path in kept}
        for path in kept:
            self.write(path, self.files[path].content)

    def restart(self) -> None:
        """Forget all that was taken in: what lies there is new."""
        self.counted, self.good, self._waiting, self._looked = {}, {}, {}, None

    def look(self, at: float) -> News:
        """Return what a look at everything must bring."""
        there = {path: file for path, file in self.files.items() if readable(path)}
        brought = self._judge(there, at)
        if not there and self.counted:
            return brought  # gone or emptied: nothing is removed
        self._looked = self.place
        gone = [path for path in {*self.counted, *self._waiting} if path not in there]
        return brought | {self._remove(path) for path in gone}

    def glance(self, paths: list[str], at: float) -> News:
        """Return what a look at some paths must bring; nothing in a directory that was never looked through."""
        if self._looked != self.place:
            return set()
        gone = {self._remove(path) for path in paths if path not in self.files and path in self._waiting}
        return gone | self._judge({p: self.files[p] for p in paths if p in self.files and readable(p)}, at)

    def _remove(self, path: str) -> tuple[str, None]:
        self.counted.pop(path, None)
        self._waiting.pop(path, None)
        return (path, None)

    def _judge(self, there: dict[str, File], at: float) -> News:
        brought: News = set()
        for path, file in there.items():
            content, (stamp, since) = file.content, self._waiting.get(path, (0, at))
            if self.counted.get(path) == content:
                self._waiting.pop(path, None)
            elif content.whole or (stamp == file.stamp and at - since >= QUIET):
                self._waiting.pop(path, None)
                self.counted[path] = content
                if content.area:
                    self.good[path] = content
                brought.add((path, content.data))
            elif stamp != file.stamp:
                self._waiting[path] = (file.stamp, at)
                self.counted.pop(path, None)  # the same content again is news then
        return brought

    def figures(self) -> dict[str, int]:
        """Return the seats of each area by the highest revision that stands at any path.

        Left out are areas of which a content has lain at two paths.
        """
        best: dict[str, Content] = {}
        for content in self.good.values():
            if content.revision > best.get(content.area, Content(b"", True)).revision:
                best[content.area] = content
        return {area: content.seats for area, content in best.items() if area not in self.unclear}


def readable(path: str) -> bool:
    """Return whether a name says that the file is to be read at all."""
    return not path.endswith(".part")
