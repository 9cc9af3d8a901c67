"""Lists that only grow, and frozen views of them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, overload

from dashboard.count.shelf import Packing, Shelf

T = TypeVar("T")


class Origin:
    """Stands for a list that only grows: all views of it have the same one, and it is gone when they and the list are.

    What is worked out from the list can be kept by it, and goes with it.
    """

    __slots__ = ("__weakref__",)


class Prefix(Sequence[T], Generic[T]):
    """The first `length` items of a list that only grows: a frozen view that costs nothing to take."""

    __slots__ = ("_items", "_length", "origin")

    def __init__(self, items: Sequence[T], length: int | None = None, origin: Origin | None = None) -> None:
        self.origin = origin or Origin()
        self._items = items
        self._length = len(items) if length is None else length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self._items[i] for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self._items[index % self._length]

    def __iter__(self) -> Iterator[T]:
        return islice(iter(self._items), self._length)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Prefix)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Prefix({list(self)!r})"


class Growing(Generic[T]):
    """A list that only grows, of which a part may be taken back and done again; frozen views of it stay as they are.

    `packing` makes bytes of its items.
    """

    def __init__(self, packing: Packing[T]) -> None:
        self._whole: Shelf[T] = Shelf(packing)
        self._length = 0
        self._origin = Origin()

    def __len__(self) -> int:
        return self._length

    @property
    def size(self) -> int:
        """How many bytes the packed items take."""
        return self._whole.size

    def append(self, item: T) -> None:
        """Add an item behind those that are in force."""
        self.forget()
        self._whole.append(item)
        self._length += 1

    def go(self, length: int) -> None:
        """Let so many items be in force, of those that are not forgotten."""
        self._length = length

    def forget(self) -> None:
        """Forget the items that were taken back."""
        if self._length < len(self._whole):
            self._whole.cut(self._length)

    def pack(self, upto: int) -> Iterator[None]:
        """Let the first so many items take less room, whole blocks of them, in parts, each short."""
        return self._whole.packing(upto)

    def repack(self, begin: int, packing: Packing[T]) -> None:
        """Let what lies from a place on, and all that comes, be packed in another way."""
        self._whole.loosen(begin)
        self._whole = self._whole.until(len(self._whole), packing)

    def prefix(self) -> Prefix[T]:
        """Return a frozen view of the items in force."""
        return Prefix(self._whole.stand(), self._length, self._origin)
