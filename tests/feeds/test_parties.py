"""Parties are matched on name and abbreviation (RULES 5)."""

import re

import pytest

from feeds.parties import party, party_code, rank, register
from feeds.text import folded
from tests.makers.register import READ, WRITTEN, made


@pytest.mark.parametrize("name", ["Labour", "lab", "Lab Co-op", "Lab Coop", "Labour and Co-operative Party", "Llafur"])
def test_labour_and_co_operative_is_labour(name: str) -> None:
    assert party_code(name) == "LAB"


def test_the_co_operative_party_alone_is_not_labour() -> None:
    assert party_code("Co-operative Party") == "CO-OPERATIVE PARTY"


def test_a_full_name_is_believed_before_an_abbreviation() -> None:
    assert party_code("Respect", "Res") == "RESPECT"
    assert party_code("Ratepayers or Residents", "R") == "RES"


def test_an_unknown_party_keeps_its_own_name_in_upper_case() -> None:
    assert party_code("Aspire") == "ASPIRE"
    assert party_code("Some Local Party", "slp") == "SLP"
    assert party("ASPIRE").name == "ASPIRE"


def test_a_party_without_a_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="without a name"):
        party_code("  ")


def test_no_alias_stands_for_two_parties() -> None:
    taken: dict[str, str] = {}
    for found in register().values():
        for alias in {folded(a) for a in (found.code, found.name, found.short, *found.aliases)}:
            assert taken.setdefault(alias, found.code) == found.code


def test_register_order_breaks_ties_and_unknown_parties_come_after() -> None:
    assert sorted(["ASPIRE", "NOC", "LAB", "CON"], key=rank) == ["CON", "LAB", "NOC", "ASPIRE"]


def test_every_party_has_colours_and_a_glyph_of_its_own() -> None:
    glyphs = [p.glyph for p in register().values()]
    assert len(set(glyphs)) == len(glyphs)
    for found in register().values():
        assert all(re.fullmatch("#[0-9a-f]{6}", c) for c in (found.dark, found.light, found.safe))


def test_every_code_that_is_documented_is_in_the_register() -> None:
    documented = "CON LAB LD GRN REF UKIP SNP PC IND RES LIB YOUR RESPECT DUP SF SDLP UUP APNI TUV ALBA SPK VAC OTH NOC"
    assert set(documented.split()) <= set(register())


def test_the_register_that_is_read_is_the_one_that_people_write() -> None:
    assert made() == READ.read_bytes(), "run python -m tests.makers.register"
    assert list(register()) == re.findall(r'^code = "(.*)"$', WRITTEN.read_text(encoding="utf-8"), re.MULTILINE)
