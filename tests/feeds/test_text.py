"""Feed text is made safe once, and stays readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import clean, clean_path, folded

ANYTHING = st.text(st.characters(categories=None))
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def prints(text: str) -> bool:
    return all(unicodedata.category(c) not in HIDDEN for c in text)


@given(ANYTHING)
def test_cleaned_text_holds_printable_characters_only(text: str) -> None:
    assert prints(clean(text))


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(ANYTHING, ANYTHING)
def test_different_paths_stay_different_and_print(one: str, other: str) -> None:
    assert prints(clean_path(one))
    assert (clean_path(one) == clean_path(other)) == (one == other)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("two\nlines\tand\r\ntabs", "two lines and  tabs"),
        ("del\x7f", "del␡"),
        ("\ud800", "⟨U+D800⟩"),
        ("[red]Smith[/foo]", "[red]Smith[/foo]"),
        ("Glyndw\u0302r", "Glyndŵr"),
        ("no\u00a0break", "no break"),
    ],
)
def test_what_is_not_printable_is_made_visible(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_combining_marks_are_bounded() -> None:
    assert len(clean("e" + "\u0335" * 500)) <= 6


def test_long_text_ends_in_an_ellipsis_at_the_limit() -> None:
    assert clean("x" * 50, 10) == "x" * 9 + "…"
    assert clean("ŵ" * 50, 10) == "ŵ" * 9 + "…"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Barking & Dagenham", "barking and dagenham"),
        ("Glyndŵr", "GLYNDWR"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("King's Lynn", "Kings Lynn"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth Christchurch & Poole"),
    ],
)
def test_names_are_compared_without_case_accents_and_punctuation(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_names_of_symbols_alone_still_differ() -> None:
    assert folded("★") != folded("☆")
