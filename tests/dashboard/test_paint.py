"""A line takes as few segments as it can, and looks the same cell by cell."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from dashboard.panels.paint import compact

STYLES = [Style.parse(words) for words in ("white on black", "red on black", "red on blue", "underline white on black")]
segments = st.lists(st.tuples(st.sampled_from(["", " ", "  ", "a", "a ", " b", "é"]), st.sampled_from(STYLES)))


def seen(strip: Strip) -> list[object]:
    """Return what can be seen of each cell: of a blank only the ground and the line under it."""
    return [
        (char, style.bgcolor, style.underline) if char == " " else (char, style)
        for text, style, _ in strip
        for char in text
        if style is not None
    ]


@given(segments)
def test_a_compact_line_looks_the_same_in_no_more_segments(parts: list[tuple[str, Style]]) -> None:
    strip = Strip([Segment(text, style) for text, style in parts])
    found = Strip(compact(strip))
    assert seen(found) == seen(strip)
    assert found.cell_length == strip.cell_length
    assert len(list(found)) <= len(list(strip))


def test_blanks_between_pieces_cost_no_segment() -> None:
    white, red = STYLES[0], STYLES[1]
    found = compact([Segment("02:39", red), Segment(" ", white), Segment("TOWN", red), Segment("  ", white)])
    assert [segment.text for segment in found] == ["02:39 TOWN  "]
