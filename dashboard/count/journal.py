"""Tables that remember what was done to them, so that a count can go back and forth without counting again.

Every change of a table is entered in the journal: where, what stood there before and after. An event is a step: going
back takes the newest steps back one by one, going on again does them once more; both cost as much as what changed. The
older steps are packed (see `dashboard.count.past`), and lists that grow (`Growing`) with them. A table's own order of
keys is not restored: values whose order matters are replaced whole, never changed.
"""

from array import array
from collections.abc import Generator
from typing import Any, Final, Generic, TypeVar

from dashboard.count.codec import Codec, plain
from dashboard.count.past import GONE, Change, Past
from dashboard.count.prefix import Growing
from dashboard.count.shelf import RECENT, SIZE, Packing

_put = dict.__setitem__

K = TypeVar("K")
V = TypeVar("V")

HEAVY: Final = 50_000
"""Steps that weigh more than this together are packed although few: a step of a large document takes megabytes."""

NEWEST: Final = 2
"""So many of the newest steps are not packed, however heavy they are."""

BLOCK: Final = 10_000
"""What a block weighs: no step is added to one that weighs as much."""

MOST: Final = 7
"""Parts that are packed in one go, besides the first, however much waits."""

_OVER: Final = object()


class Journal:
    """The changes of all tables of one count, step by step; the first `step` of those `known` are in force."""

    def __init__(self) -> None:
        self.step = 0
        self._settled = 0
        self._tables: list[Table[Any, Any]] = []
        self._past = Past(self._tables)
        self._packing: Generator[None, None, None] | None = None
        self._live: list[list[Change]] = []
        self._weights = array("I")
        self._loose_weight = 0
        self._open: list[Change] = []
        self.note = self._open.append
        self._growing: list[tuple[Growing[Any], array[int]]] = []

    @property
    def known(self) -> int:
        """How many steps can be gone to without counting again."""
        return self._past.steps + len(self._live)

    @property
    def loose(self) -> int:
        """How many of the known steps are not packed."""
        return len(self._live)

    @property
    def is_heavy(self) -> bool:
        """Whether the steps that are not packed weigh much, and are not only the newest."""
        return self._loose_weight > HEAVY and len(self._live) > NEWEST

    @property
    def packed(self) -> int:
        """How many blocks of steps are packed."""
        return self._past.blocks

    def repack(self, growing: Growing[V], packing: Packing[V]) -> None:
        """Let a list be packed in another way, as far as it grew in steps that are not packed, and from now on."""
        for items, lengths in self._growing:
            if items is growing:
                growing.repack(lengths[self._past.steps], packing)

    @property
    def size(self) -> int:
        """How many bytes the packed steps take, with all that grew in them."""
        lengths = sum(steps.itemsize * len(steps) for steps in (self._weights, *(each for _, each in self._growing)))
        return self._past.size + lengths + sum(items.size for items, _ in self._growing)

    def enter(self, table: "Table[Any, Any]") -> int:
        """Take a table; return the number under which it is to `note` its changes in the step that is being taken."""
        self._tables.append(table)
        return len(self._tables) - 1

    def growing(self, packing: Packing[V]) -> Growing[V]:
        """Return an empty list that grows with the steps. Before the first of them."""
        found = Growing(packing)
        self._growing.append((found, array("I", [0])))
        return found

    def close(self, weight: int = 1) -> None:
        """End a step that weighs so much. What had been taken back before it must have been forgotten."""
        self._live.append(self._open[:])
        self._weights.append(weight)
        self._loose_weight += weight
        self._open.clear()
        self.step += 1
        self._settled = self.step
        for items, lengths in self._growing:
            lengths.append(len(items))

    def go(self, step: int) -> None:
        """Take back, or do again, all changes up to a step that is known; tables that are `held` wait for `settle`."""
        self._move(self.step, step, held=False)
        self.step = step
        for items, lengths in self._growing:
            items.go(lengths[step])

    def settle(self) -> None:
        """Let the tables that are held be at the step, too."""
        if self._settled != self.step:
            self._move(self._settled, self.step, held=True)
            self._settled = self.step

    def forget(self) -> None:
        """Forget the steps that were taken back; what comes next may be another."""
        if self.step == self.known:
            return
        self.settle()
        if self._packing is not None:
            self._packing.close()
            self._packing = None
        if self.step < self._past.steps:
            self._unpack()
        del self._live[self.step - self._past.steps :]
        del self._weights[self.step :]
        self._loose_weight = sum(self._weights[self._past.steps :])
        for items, lengths in self._growing:
            del lengths[self.step + 1 :]
            items.forget()

    def pack(self, keep: int = RECENT) -> bool:
        """Go on to pack a block of the steps before the newest `keep`; return whether there was anything to pack.

        It is a small part of the block, a few of them where much waits.
        """
        if self._packing is None:
            number = self._ripe(keep)
            if not number:
                return False
            self._packing = self._pack(number)
        for _ in range(1 + min(MOST, 2 * self._loose_weight // HEAVY)):
            if next(self._packing, _OVER) is _OVER:
                self._packing = None
                break
        return True

    def _ripe(self, keep: int) -> int:
        """Return how many steps make the next block, 0 where none is to be packed yet."""
        loose, packed, number, weight = len(self._live), self._past.steps, 0, 0
        most = SIZE if loose >= keep + SIZE else loose - NEWEST if self._loose_weight > HEAVY else 0
        while number < min(SIZE, most) and weight < BLOCK:
            weight += self._weights[packed + number]
            number += 1
        return number

    def _pack(self, number: int) -> Generator[None, None, None]:
        upto = self._past.steps + number
        for items, lengths in self._growing:
            yield from items.pack(lengths[upto])
        yield from self._past.adding(self._live[:number])
        self._loose_weight -= sum(self._weights[upto - number : upto])
        del self._live[:number]

    def _move(self, here: int, there: int, held: bool) -> None:
        """Bring the tables that are held, or those that are not, from one step to another."""
        packed = self._past.steps
        if here > packed:
            self._walk(here, max(there, packed), held)
            here = max(there, packed)
        self._past.go(min(here, packed), min(there, packed), held)
        self._walk(max(here, packed), there, held)

    def _walk(self, here: int, there: int, held: bool) -> None:
        """Go, of the way from one step to another, so much as lies among the steps that are not packed."""
        packed, tables = self._past.steps, self._tables
        for changes in reversed(self._live[max(0, there - packed) : max(0, here - packed)]):
            for number, key, before, _ in reversed(changes):
                if tables[number].held == held:
                    _set(tables[number], key, before)
        for changes in self._live[max(0, here - packed) : max(0, there - packed)]:
            for number, key, _, after in changes:
                if tables[number].held == held:
                    _set(tables[number], key, after)

    def _unpack(self) -> None:
        """Let the steps from the block on in which we are be held as they were noted, up to where we are."""
        step = self.step
        begin = self._past.begin(step)
        steps = list(self._past.changes(begin, step))
        for held in (False, True):
            self._past.go(step, begin, held)
        self._past.cut(begin)
        self._live = []
        for changes in steps:
            self._live.append([])
            for number, key, after in changes:
                table = self._tables[number]
                self._live[-1].append((number, key, table.get(key, GONE), after))
                _set(table, key, after)


def _set(table: "Table[Any, Any]", key: Any, value: Any) -> None:
    if value is GONE:
        table.take(key)
    else:
        table.put(key, value)


class Table(dict[K, V]):
    """A dictionary whose changes are entered in a journal.

    One that is `held` is what a count goes on from, not what is shown of it: when the journal goes to another step it
    stays as it was until `Journal.settle`.
    """

    def __init__(self, journal: Journal, codec: Codec[V], held: bool = False) -> None:
        super().__init__()
        self.codec = codec
        self.held = held
        self._note = journal.note
        self.number = journal.enter(self)

    def put(self, key: K, value: V) -> None:
        """Let a key hold a value, and enter nothing."""
        super().__setitem__(key, value)

    def take(self, key: K) -> None:
        """Let a key hold nothing, and enter nothing."""
        super().pop(key, None)

    def __setitem__(self, key: K, value: V) -> None:
        self._note((self.number, key, self.get(key, GONE), value))
        _put(self, key, value)

    def __delitem__(self, key: K) -> None:
        self._note((self.number, key, self[key], GONE))
        super().__delitem__(key)

    def pop(self, key: K, default: Any = None) -> Any:
        """Take out the value of a key; return it, or the default where there is none."""
        if key not in self:
            return default
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key: K, default: V) -> V:
        """Return the value of a key, set to the default where there is none."""
        if key not in self:
            self[key] = default
        return self[key]


class Bag(Table[K, None]):
    """A set whose changes are entered in a journal."""

    def __init__(self, journal: Journal, held: bool = False) -> None:
        super().__init__(journal, plain(None), held)

    def add(self, item: K) -> None:
        """Put an item in, where it is not in yet."""
        if item not in self:
            self[item] = None

    def discard(self, item: K) -> None:
        """Take an item out, where it is in."""
        if item in self:
            del self[item]


class Numbers(Table[K, int]):
    """Numbers by key, 0 where there is none, whose changes are entered in a journal."""

    def __init__(self, journal: Journal, held: bool = False) -> None:
        super().__init__(journal, plain(int), held)

    def __missing__(self, key: K) -> int:
        return 0


class Cell(Generic[V]):
    """One value, whose changes are entered in a journal."""

    def __init__(self, journal: Journal, codec: Codec[V], value: V) -> None:
        self._table: Table[int, V] = Table(journal, codec)
        self._first = value

    def get(self) -> V:
        """Return the value."""
        return self._table.get(0, self._first)

    def set(self, value: V) -> None:
        """Let it be another value."""
        if value != self.get():
            self._table[0] = value
