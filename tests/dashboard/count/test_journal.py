"""Tables of a journal are at every step as dictionaries that were copied there, packed or not."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dashboard.count.codec import plain
from dashboard.count.journal import Bag, Cell, Journal, Numbers, Table
from dashboard.count.shelf import SIZE, Each

HUGE = 1 << 70
"""A number that has no form in bytes."""

keys = st.sampled_from("abcdefgh")
values = st.one_of(st.integers(-3, 3), st.just(HUGE))
changes = st.tuples(st.sampled_from(("set", "take", "count", "put", "drop", "grow", "cell")), keys, values)
State = tuple[dict[str, int], dict[str, int], set[str], list[int], int]


class JournalAsCopies(RuleBasedStateMachine):
    @initialize()
    def empty(self) -> None:
        self.journal = Journal()
        self.table = Table[str, int](self.journal, plain(int))
        self.numbers = Numbers[str](self.journal, held=True)
        self.bag = Bag[str](self.journal)
        self.grown = self.journal.growing(Each(plain(int)))
        self.cell = Cell[int](self.journal, plain(int), 0)
        self.states: list[State] = [self.state()]
        self.shown: list[tuple[Any, list[int]]] = []

    def state(self) -> State:
        self.journal.settle()
        grown = list(self.grown.prefix())
        return dict(self.table), dict(self.numbers), set(self.bag), grown, self.cell.get()

    def change(self, what: str, key: str, value: int) -> None:
        if what == "set":
            self.table[key] = value
        elif what == "take":
            self.table.pop(key)
        elif what == "count":
            self.numbers[key] += value
        elif what == "put":
            self.bag.add(key)
        elif what == "drop":
            self.bag.discard(key)
        elif what == "grow":
            self.grown.append(value)
        else:
            self.cell.set(value)

    @rule(step=st.lists(changes, max_size=4), times=st.integers(1, 2 * SIZE))
    def go_on(self, step: list[tuple[str, str, int]], times: int) -> None:
        self.journal.forget()
        del self.states[self.journal.step + 1 :]
        for _ in range(times):
            for what in step:
                self.change(*what)
            self.journal.close()
            self.states.append(self.state())

    @rule(keep=st.sampled_from((0, 1, SIZE)))
    def pack(self, keep: int) -> None:
        while self.journal.pack(keep):
            pass

    @rule(share=st.floats(0, 1))
    def go_anywhere(self, share: float) -> None:
        self.journal.go(int(share * self.journal.known))

    @precondition(lambda self: self.journal.step)
    @rule(back=st.integers(1, 3))
    def go_a_little_back(self, back: int) -> None:
        self.journal.go(max(0, self.journal.step - back))

    @rule()
    def forget(self) -> None:
        self.journal.forget()
        del self.states[self.journal.step + 1 :]

    @rule()
    def show(self) -> None:
        self.shown.append((self.grown.prefix(), list(self.grown.prefix())))

    @invariant()
    def is_as_it_was_at_this_step(self) -> None:
        assert self.journal.known == len(self.states) - 1
        assert self.state() == self.states[self.journal.step]
        assert self.journal.loose <= self.journal.known

    @invariant()
    def what_was_shown_stays_as_it_was(self) -> None:
        assert all(list(prefix) == items for prefix, items in self.shown)


TestJournalAsCopies = JournalAsCopies.TestCase


def far(steps: int) -> tuple[Journal, Table[int, int], list[dict[int, int]]]:
    """Return a journal of steps that are packed, its table, and what that held after each of them."""
    journal = Journal()
    table = Table[int, int](journal, plain(int))
    states: list[dict[int, int]] = [{}]
    for step in range(steps):
        table[step * step % 37] = step
        if step % 5 == 0:
            table.pop(step % 37)
        journal.close()
        states.append(dict(table))
    while journal.pack(0):
        pass
    return journal, table, states


def test_a_long_way_is_gone_as_well_as_a_short_one() -> None:
    journal, table, states = far(20 * SIZE)
    for step in (3, 19 * SIZE, 19 * SIZE - 1, 2 * SIZE, 20 * SIZE, 0, 10 * SIZE + 1, 10 * SIZE + 1):
        journal.go(step)
        assert dict(table) == states[step]


def test_what_is_counted_after_going_back_to_packed_steps_takes_their_place() -> None:
    journal, table, states = far(20 * SIZE)
    step = 10 * SIZE + 9
    journal.go(step)
    journal.forget()
    assert (journal.known, journal.loose) == (step, 9)
    table[-1] = 0
    journal.close()
    for there in (step - 10, step, 5, step + 1):
        journal.go(there)
        assert dict(table) == (states[there] if there <= step else states[step] | {-1: 0})


def test_what_is_packed_is_said_to_take_room() -> None:
    journal = Journal()
    table, grown = Table[int, int](journal, plain(int)), journal.growing(Each(plain(int)))
    sizes = []
    for step in range(2 * SIZE):
        sizes.append(journal.size)
        table[step % 3] = step
        grown.append(step * step)
        journal.close()
    while journal.pack(0):
        pass
    assert sizes == sorted(sizes)
    assert journal.size > sizes[-1] + grown.size > sizes[-1]


def test_what_is_held_waits_until_it_is_settled() -> None:
    journal = Journal()
    shown, held = Table[str, int](journal, plain(int)), Numbers[str](journal, held=True)
    for step in range(3 * SIZE):
        shown["a"] = held["a"] = step
        journal.close()
    while journal.pack(SIZE):
        pass
    for step in (1, 2 * SIZE + 9, SIZE, 3 * SIZE, 2 * SIZE):
        before = held["a"]
        journal.go(step)
        assert (shown["a"], held["a"]) == (step - 1, before)
        journal.settle()
        assert (shown["a"], held["a"]) == (step - 1, step - 1)
