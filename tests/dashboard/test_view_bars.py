"""The laws of bars: never too long, never empty for something, never shorter for more."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.view.bars import BLOCKS, CELL, divided, eighths, filled

numbers = st.integers(0, 10_000)
widths = st.integers(0, 200)


def length(bar: str) -> int:
    return sum(BLOCKS.index(c) for c in bar)


@settings(max_examples=60)
@given(numbers, numbers, widths)
def test_a_bar_is_never_longer_than_its_width(value: int, maximum: int, width: int) -> None:
    assert len(eighths(value, maximum, width)) <= width


@settings(max_examples=60)
@given(numbers, numbers, st.integers(1, 10_000), widths)
def test_a_larger_value_never_has_a_shorter_bar(one: int, other: int, maximum: int, width: int) -> None:
    small, large = sorted((one, other))
    assert length(eighths(small, maximum, width)) <= length(eighths(large, maximum, width))


@settings(max_examples=60)
@given(st.integers(1, 10_000), st.integers(1, 10_000), st.integers(1, 200))
def test_only_the_maximum_fills_the_width_and_something_is_never_an_empty_bar(
    value: int, maximum: int, width: int
) -> None:
    bar = eighths(value, maximum, width)
    assert bar
    assert (bar == "█" * width) == (value >= maximum)


@given(st.integers(-5, 0), st.integers(-5, 5), st.integers(-5, 5))
def test_nothing_has_no_bar(value: int, maximum: int, width: int) -> None:
    assert eighths(value, maximum, width) == ""


@given(st.integers(-5, 500))
def test_a_filled_bar_is_as_long_as_its_eighths(count: int) -> None:
    assert length(filled(count)) == max(0, count)


@settings(max_examples=80)
@given(st.lists(st.integers(0, 700), max_size=12), st.integers(0, 120))
def test_parts_fill_the_bar_exactly(values: list[int], width: int) -> None:
    assert sum(divided(values, width)) == (width * CELL if any(values) else 0)


@settings(max_examples=80)
@given(st.lists(st.integers(0, 700), max_size=12), st.integers(12, 120))
def test_every_part_above_zero_is_at_least_a_cell_and_nobody_overtakes(values: list[int], width: int) -> None:
    parts = divided(values, width)
    for value, part in zip(values, parts, strict=True):
        assert (part >= CELL) == (value > 0)
        assert all(part <= p for v, p in zip(values, parts, strict=True) if v > value)


def test_a_small_party_takes_its_cell_from_the_large_ones() -> None:
    assert divided([999, 1], 10) == [72, 8]
