"""The heads of the columns of parties: short, and no two alike, whatever the parties call themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.view.heads import heads
from dashboard.view.rows import PARTY_WIDTH, plan
from feeds.parties import register
from feeds.text import clean, width
from tests.makers.states import area, election

NAMES = st.text(st.sampled_from("ABÉ選 1"), min_size=1, max_size=9).map(lambda t: clean(t, 40).strip()).filter(bool)


def test_a_known_party_has_its_short_name() -> None:
    assert heads(["LAB", "APNI", "RESPECT", "INDEPENDENT NETWORK"], 4) == {
        "LAB": "Lab",
        "APNI": "All",
        "RESPECT": "Resp",
        "INDEPENDENT NETWORK": "INDE",
    }


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        (["INDEPENDENT NETWORK", "INDEPENDENT ALLIANCE"], ["IN", "IA"]),
        (["ASHFIELD", "ASHFORD"], ["ASHI", "ASHO"]),
        (["INDE", "INDEPENDENTS"], ["INDE", "INDP"]),
        (["RESPONSE", "RESPECT"], ["RESO", "Resp"]),
        (["AAAAAB", "AAAAAB B"], ["AAA2", "AB"]),
        (["LOCAL FIRST", "LOCAL FORUM"], ["LOCI", "LOCO"]),
    ],
)
def test_names_that_begin_alike_are_told_apart(codes: list[str], wanted: list[str]) -> None:
    found = heads(codes, 4)
    assert [found[code] for code in codes] == wanted


@given(st.lists(st.one_of(NAMES, st.sampled_from(sorted(register()))), unique=True, max_size=40))
def test_no_two_heads_are_alike_none_is_empty_and_all_fit(codes: list[str]) -> None:
    found = heads(codes, PARTY_WIDTH)
    assert found.keys() == set(codes)
    assert len({head.casefold() for head in found.values()}) == len(found)
    assert all(0 < width(head) <= PARTY_WIDTH for head in found.values())


@given(
    st.lists(NAMES, unique=True, max_size=12).flatmap(lambda codes: st.tuples(st.just(codes), st.permutations(codes)))
)
def test_heads_do_not_depend_on_the_order_in_which_the_parties_came(both: tuple[list[str], list[str]]) -> None:
    one, other = both
    assert heads(one, PARTY_WIDTH) == heads(other, PARTY_WIDTH)


@pytest.mark.parametrize("columns", [120, 160, 200, 400])
def test_the_columns_of_two_parties_that_begin_alike_have_heads_of_their_own(columns: int) -> None:
    strange = {"INDEPENDENT NETWORK": 3, "INDEPENDENT ALLIANCE": 2, "LAB": 1}
    of = election(area("Ashfield", stage="declared", elected=strange, composition=strange))
    titles = [column.title for column in plan(of, columns).columns if column.key.startswith("party:")]
    assert len(titles) == len(strange)
    assert set(titles) == {"IN", "IA", "Lab"}
