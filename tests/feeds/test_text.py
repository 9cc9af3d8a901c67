"""Feed text is made safe once, and stays readable."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from feeds.formats import UNCLEAN, is_inert, read
from feeds.report import Place, Problem, Quote, Reading, Result
from feeds.text import NARROW, Raw, char_width, clean, clean_path, folded, inert, inert_lines, width

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
        ("\u3164\u115f", "⟨U+3164⟩⟨U+115F⟩"),
        ("vote 🇬🇧", "vote ⟨GB⟩"),
        ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "🏴⟨gbwls⟩"),
        ("👍🏽 ❤\ufe0f", "👍 ❤"),
        ("\u0301on the border", "◌\u0301on the border"),
        ("a \u0301b", "a ◌\u0301b"),
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


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Ynys Môn ŵŷ", 11),
        ("Na h-Eileanan Siar à", 20),
        ("李明", 4),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("👍🏽", 2),
        ("☺\ufe0f", 1),
        ("e\u0301" * 3, 3),
        ("नि", 1),
        ("ｗ", 2),
    ],
)
def test_width_is_what_the_screen_gives_to_it(text: str, cells: int) -> None:
    assert width(clean(text)) == cell_len(clean(text)) == cells


@given(st.text(st.characters(categories=None), max_size=8))
def test_the_width_of_any_cleaned_text_is_the_sum_of_its_characters_everywhere(text: str) -> None:
    shown = clean(text)
    assert width(shown) == cell_len(shown) == sum(map(char_width, shown))


def test_text_that_was_not_cleaned_is_no_text_for_mypy() -> None:
    raw = Raw("\x1b[2J")
    name: str = raw  # type: ignore[assignment]  # mypy ends with an error here should it ever take one for the other
    Place(name=raw)  # type: ignore[arg-type]
    assert clean(raw) == "␛[2J" != name


@pytest.mark.parametrize("text", ["\x1b[2J", "a\nb", "\x7f", "\x9b", "\u202e", "\ud800", '\\"\x07', "\u2028"])
def test_a_reading_that_holds_such_a_text_anywhere_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for reading in (
        Reading(format="x", reports=(Result(area=Place(name=text)),)),
        Reading(format="x", reports=(Result(area=Place(name="a"), elected={text: 1}),)),
        Reading(format="x", problem=Problem(reason=text)),
        Reading(format="x", unknown_parties={"A": text}),
        Reading(format=text),
    ):
        assert not is_inert(reading)
        monkeypatch.setattr("feeds.formats._by_content", lambda *_, found=reading: found)
        assert read("a.xml", b"<a/>").problem == Problem(reason=UNCLEAN)


@pytest.mark.parametrize("text", ['C:\\new "quoted" / \\n', "Môn 李明 👍", "\\u001b", "\\\\"])
def test_a_reading_of_printable_text_is_let_through(text: str) -> None:
    assert is_inert(Reading(format="x", reports=(Quote(text=text, speaker=text),)))


def test_the_last_gate_leaves_what_prints_and_cleans_the_rest() -> None:
    assert inert("Môn ⟨x⟩") == "Môn ⟨x⟩"
    assert inert("a\x1bb\n") == "a␛b "
    assert inert_lines("  one\x1b\n\ttwo\n") == "  one␛\n    two\n"


def test_marks_on_a_path_are_bounded_and_it_stays_its_own() -> None:
    assert clean_path("e" + "\u0301" * 6).count("⟨U+0301⟩") == 2
    assert clean_path("\u0301a").startswith("⟨U+0301⟩")


def test_what_is_taken_to_be_one_cell_without_looking_it_up_is() -> None:
    narrow = [char for char in map(chr, range(sys.maxunicode + 1)) if NARROW.match(char)]
    assert {wcwidth(char) for char in narrow} == {1}
    assert {char_width(char) for char in narrow} == {1}


def test_every_ascii_character_folds_as_it_does_beside_others() -> None:
    for code in range(128):
        short = f"a{chr(code)}B{chr(code)}"
        beside = folded(f"{short}é")  # which is not ASCII, and folds to an e
        assert folded(f"{short}e") == beside, code
        alone = chr(code)
        assert folded(alone) == ("and" if alone == "&" else alone.lower() if alone.isalnum() else alone.strip()), code
