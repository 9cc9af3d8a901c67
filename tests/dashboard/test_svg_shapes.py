"""Blocks and box drawings as shapes: each stays in its cell, and what joins in a terminal joins in a picture."""

import re

import pytest

from dashboard.spans import Span
from dashboard.svg import svg
from dashboard.svg_shapes import LOOKS, SHAPES, paths

CELL, LINE = 10.0, 20.0
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def points(path: str) -> list[tuple[float, float]]:
    """Return the corners of a path; a curve counts with its middle."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    for command, told in re.findall(r"([MLHVhvQz])([^MLHVhvQz]*)", path):
        values = [float(number) for number in NUMBERS.findall(told)]
        match command:
            case "M" | "L" | "Q":
                pairs = list(zip(values[::2], values[1::2], strict=True))
            case "H" | "h":
                pairs = [(values[0] + (x if command == "h" else 0), y)]
            case "V" | "v":
                pairs = [(x, values[0] + (y if command == "v" else 0))]
            case _:
                pairs = []
        found += pairs
        x, y = found[-1]
    return found


def box(text: str) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all that a text is drawn with, at the origin."""
    corners = [corner for path in paths(text, 0, 0, CELL, LINE).values() for corner in points(path)]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


@pytest.mark.parametrize("char", sorted(SHAPES))
def test_a_shape_stays_in_its_cell(char: str) -> None:
    left, top, right, bottom = box(char)
    assert left >= 0
    assert top >= 0
    assert right <= CELL
    assert bottom <= LINE
    assert paths(char, 0, 0, CELL, LINE).keys() <= LOOKS.keys()


@pytest.mark.parametrize(
    ("char", "wanted"),
    [
        ("█", (0, 0, 10, 20)),
        ("▌", (0, 0, 5, 20)),
        ("▏", (0, 0, 1.25, 20)),
        ("▕", (8.75, 0, 10, 20)),
        ("▄", (0, 10, 10, 20)),
        ("▁", (0, 17.5, 10, 20)),
        ("─", (0, 10, 10, 10)),
        ("┃", (5, 0, 5, 20)),
        ("╭", (5, 10, 10, 20)),
        ("┛", (0, 0, 5, 10)),
        ("╺", (5, 10, 10, 10)),
        ("┣", (5, 0, 10, 20)),
        ("┼", (0, 0, 10, 20)),
    ],
)
def test_a_block_fills_its_share_and_a_line_goes_to_the_edges_that_it_joins(
    char: str, wanted: tuple[float, float, float, float]
) -> None:
    assert box(char) == pytest.approx(wanted)


def test_what_joins_from_cell_to_cell_is_one_shape() -> None:
    assert paths("████", 0, 0, CELL, LINE)["fill"].count("M") == 1
    assert paths("────", 0, 0, CELL, LINE)["light"].count("M") == 1
    assert box("▁▁▁")[2] == 30
    assert paths("▏▏", 0, 0, CELL, LINE)["fill"].count("M") == 2


def test_a_wide_letter_before_a_shape_moves_it_by_two_cells() -> None:
    assert box("選█")[0] == 2 * CELL


def test_a_picture_has_words_and_marks_as_text_and_all_else_as_shapes() -> None:
    drawn = svg([[Span("│ ● Labour  1,021 ███▌░░ ┏━┓", "#f2605c")]], "A row")
    assert re.findall(r"<text[^>]*>([^<]*)</text>", drawn) == ["●", "Labour", "1,021"]
    assert {char for char in drawn if char in SHAPES} == set()


def test_words_that_stand_apart_have_their_own_places() -> None:
    drawn = svg([[Span("to   gether  again now")]], "A row")
    places = re.findall(r'<text x="([\d.]+)" y="\d+" textLength="([\d.]+)"[^>]*>([^<]*)<', drawn)
    assert places == [("16.0", "19.2", "to"), ("64.0", "57.6", "gether"), ("140.8", "86.4", "again now")]
