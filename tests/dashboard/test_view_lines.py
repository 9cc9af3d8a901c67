"""Widths, wrapping and tables: nothing is wider than it may be, and no text is lost on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.view.lines import Column, Row, Section, cells, cut, fit, flattened, paragraph, table, wrapped

texts = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=80)


@settings(max_examples=80)
@given(texts, st.integers(0, 40))
def test_a_cut_text_is_never_wider_and_a_fitted_one_exactly_as_wide(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert cells(fit(text, width)) == width


@settings(max_examples=80)
@given(texts, st.integers(2, 40))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_wide_character_takes_two_cells_and_a_combining_mark_none() -> None:
    assert cells("東京") == 4
    assert cells("e\u0301") == 1


def test_a_short_text_is_not_cut() -> None:
    assert cut("Barnet", 6) == "Barnet"
    assert cut("Barnet", 5) == "Barn…"


def test_a_paragraph_is_indented_by_its_lead() -> None:
    rows = paragraph("one two three", 9, "strong", ("• ", "quiet"))
    assert [row.text for row in rows] == ["• one two", "  three"]
    assert rows[0].pieces[1] == ("one two", "strong")


def test_columns_are_aligned_and_only_flexible_ones_shrink() -> None:
    columns = (Column("place", flexible=True), Column("seats", right=True))
    rows = table(columns, [("Kingston upon Hull", "7"), ("Hull", "1,021")], width=18)
    assert [row.text for row in rows] == [
        "place        seats",
        "Kingston u…      7",
        "Hull         1,021",
    ]


@pytest.mark.parametrize("titles", [("Seats", "Notes")])
def test_sections_stand_under_their_titles_with_a_line_between(titles: tuple[str, str]) -> None:
    rows = flattened([Section(title, (Row((("x", ""),)),)) for title in titles], 20)
    assert [row.text for row in rows] == [
        "── Seats ───────────",
        "x",
        "",
        "── Notes ───────────",
        "x",
    ]
