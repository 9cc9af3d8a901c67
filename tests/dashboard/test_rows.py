import msgspec
import pytest

from dashboard.count.night import Area, Night, Path
from dashboard.view.changes import columns as change_columns
from dashboard.view.changes import items
from dashboard.view.changes import rows as change_rows
from dashboard.view.pieces import plain, width_of
from dashboard.view.rows import Look, Plan, area_row, plan
from tests.makers import nights
from tests.makers.events import arrive, baseline
from tests.makers.events import night as made
from tests.makers.player import LONDON
from tests.makers.states import area, at, correction, election, moment, night, odd, wandsworth

WIDE = 160


def texts(one: Area, layout: Plan) -> dict[str, str]:
    """Return an area's row as text, by column."""
    row = area_row(one, Look(plan=layout, zone=LONDON, begin=at(21, day=5)))
    return {column.key: plain(cell).strip() for column, cell in zip(layout.columns, row.cells, strict=True)}


def small(width: int = WIDE) -> Plan:
    return plan(nights.small_local().elections[0], width)


def test_an_undeclared_area_shows_no_figure_and_never_a_zero() -> None:
    found = texts(area("Adur", previous="CON"), small())
    assert found["party:LAB"] == found["party:CON"] == "–"
    assert found["declared"] == "–"
    assert "was CON" in found["control"]


def test_a_party_without_a_seat_in_a_declared_area_has_zero() -> None:
    assert texts(wandsworth(), small())["party:LD"] == "0"


def test_a_third_of_a_council_shows_the_whole_council_after_and_how_many_seats_were_up() -> None:
    found = texts(nights.havant(), small())
    assert (found["party:CON"], found["seats"]) == ("18", "13/38")


def test_a_time_that_no_source_gives_is_said_to_be_unknown() -> None:
    assert texts(nights.havant(), small())["declared"] == "time unknown"


def test_an_expected_time_is_marked_as_an_estimate() -> None:
    assert texts(area("Adur", expected_at=at(6)), small())["declared"] == "≈ 07:00"


def test_a_council_in_part_shows_its_wards_and_what_is_still_needed() -> None:
    needs = (
        Path(party="CON", least=1, most=4, needs=4, available=3),
        Path(party="LAB", least=5, most=8, needs=1, available=3),
    )
    found = texts(msgspec.structs.replace(nights.barnet(), paths=needs), small())
    assert found["declared"] == "2/3 wards"
    assert "Lab need 1 of 3" in found["control"]
    assert found["party:LAB"] == "5"


def thirds(**fields: object) -> Area:
    """Return a council that is undeclared, of which Labour needs 3 of 12 seats and the Conservatives 9."""
    paths = (
        Path(party="CON", least=22, most=34, needs=9, available=12),
        Path(party="LAB", least=28, most=40, needs=3, available=12),
    )
    return area("Adur", **({"previous": "LAB", "total": 60, "up": 12, "paths": paths} | fields))


def test_an_undeclared_council_says_how_it_stood_and_what_the_leading_party_needs() -> None:
    assert texts(thirds(), small())["control"] == "● was LAB · Lab need 3 of 12"
    assert texts(thirds(previous=None), small())["control"] == "● Lab need 3 of 12"


def test_a_narrow_table_says_what_is_needed_and_leaves_out_how_the_council_stood() -> None:
    assert texts(thirds(previous="CON"), small(80))["control"] == "● Lab need 3 of 12"


def test_nothing_is_said_to_be_needed_where_no_party_is_ahead_and_nothing_is_declared() -> None:
    level = tuple(Path(party=code, least=0, most=12, needs=7, available=12) for code in ("LAB", "CON"))
    assert texts(thirds(paths=level), small())["control"] == "● was LAB"
    assert "need 7 of 12" in texts(thirds(paths=level, stage="partial"), small())["control"]


def test_control_that_is_certain_is_said_so_before_the_area_is_declared() -> None:
    found = texts(area("Havant", stage="partial", certain="NOC", previous="CON"), small())
    assert "NOC certain" in found["control"]


def test_an_area_whose_figures_do_not_agree_or_whose_file_is_gone_is_marked() -> None:
    assert texts(wandsworth(discrepancies=odd("35 + 22 is not 58")), small())["name"].startswith("⚠")
    assert texts(wandsworth(source_removed=True), small())["name"].startswith("⚠")


def test_a_rush_is_marked() -> None:
    assert "rush" in texts(wandsworth(stage="rush"), small())["declared"]


def test_the_last_figure_sums_the_parties_without_a_column_and_names_them() -> None:
    layout = small(66)
    assert layout.rest
    assert layout.legend == "Oth = " + " ".join({"LD": "LD", "IND": "Ind", "CON": "Con"}[p] for p in layout.rest)
    seats = {"LAB": 30, "CON": 20, "LD": 5, "IND": 3}
    found = texts(wandsworth(composition=seats), layout)
    shown = [int(found[f"party:{p}"]) for p in layout.parties]
    assert sum(shown) + int(found["rest"]) == sum(seats.values())


def test_the_party_called_other_never_stands_beside_the_column_of_the_others() -> None:
    many = area(
        "A", stage="declared", composition={"OTH": 50, "LAB": 9, "CON": 8, "LD": 7, "SNP": 6, "PC": 5, "GRN": 4}
    )
    layout = plan(election(many), 78)
    assert "OTH" in layout.rest


@pytest.mark.parametrize("maker", [nights.small_local, nights.small_parliament])
@pytest.mark.parametrize("width", [56, 70, 76, 98, 118, 158, 240, 396])
def test_the_columns_fit_the_width_and_every_row_has_them_all(maker: type, width: int) -> None:
    one = maker().elections[0]
    layout = plan(one, width)
    assert sum(column.width + 1 for column in layout.columns) <= width
    for each in one.areas:
        row = area_row(each, Look(plan=layout, zone=LONDON, begin=at(21, day=5)))
        assert len(row.cells) == len(layout.columns)
        for cell, column in zip(row.cells, layout.columns, strict=True):
            assert column.key not in {"bar", "votes"} or width_of(cell) <= column.width


def test_a_parliament_shows_who_was_elected_and_the_majority() -> None:
    layout = plan(nights.small_parliament().elections[0], 120)
    found = texts(nights.seat("Leigh", "CON", "LAB", 30), layout)
    assert (found["winner"], found["majority"], found["control"]) == ("Ann of Leigh", "712", "■ CON gain from LAB")


def test_a_list_region_has_neither_a_majority_nor_one_winner() -> None:
    layout = plan(nights.small_parliament().elections[0], 120)
    region = msgspec.structs.replace(nights.seat("Lothian", "CON", "LAB", 30), kind="region", total=7, up=7)
    found = texts(region, layout)
    assert (found["winner"], found["majority"]) == ("–", "–")


def test_an_undeclared_constituency_has_no_majority() -> None:
    out = msgspec.structs.replace(nights.seat("Leigh", "CON", "LAB", 30), stage="expected")
    assert texts(out, plan(nights.small_parliament().elections[0], 120))["majority"] == "–"


def test_a_watched_area_has_a_star() -> None:
    layout = small()
    row = area_row(wandsworth(), Look(plan=layout, zone=LONDON, begin=None, watch=frozenset({"wandsworth"})))
    assert plain(row.cells[0]) == "★Wandsworth"


def change_texts(of: Night, width: int = 100) -> list[str]:
    found = items(of, of.elections[0])
    layout = change_columns(width, found)
    made = change_rows(found, layout, LONDON, at(21, day=5))
    return [" ".join(plain(cell).strip() for cell in row.cells) for row in made]


def test_changes_have_gains_losses_and_new_councils_and_no_holds() -> None:
    gain = wandsworth()
    loss = wandsworth(id="b", name="Worcester", outcome="loss", control="NOC", previous="CON")
    new = wandsworth(id="c", name="Cumberland", outcome="new", previous="NEW")
    hold = wandsworth(id="d", name="Hackney", outcome="hold", previous="LAB")
    found = change_texts(night(election(gain, loss, new, hold)))
    assert any("WANDSWORTH ● LAB gain from CON Lab 35 Con 22 Ind 1" in text for text in found)
    assert any("WORCESTER ╳ CON lose to NOC" in text for text in found)
    assert any("CUMBERLAND ● new council, LAB" in text for text in found)
    assert len(found) == 3


def test_changes_are_newest_counted_first_even_where_no_time_is_known() -> None:
    early = wandsworth(declared=moment(2, 30))
    late = wandsworth(id="b", name="Barnet", declared=moment(1))
    both = night(election(early, late), happenings=nights.counted((early, late)))
    assert [text.split()[1] for text in change_texts(both)] == ["BARNET", "WANDSWORTH"]


def test_a_correction_shows_both_values_and_a_retraction_says_so() -> None:
    fixed = correction()
    gone = correction(what="retraction", before="LAB", after="", at=at(2))
    found = change_texts(night(election(area("Redditch")), corrections=(fixed, gone)))
    assert "RETRACTED" in found[0]
    assert "LAB → undeclared" in found[0]
    assert "seats corrected CON 18 → CON 17" in found[1]


def test_what_is_certain_before_a_vote_is_counted_is_listed_with_its_sum() -> None:
    held = {"LAB": 40, "CON": 20}
    told = baseline("Ayton", held, total=60, up=15, control="LAB", continuing={"LAB": 32, "CON": 13})
    before = made(arrive("n.xml", -60, told))
    assert [happening.what for happening in before.happenings] == ["certain"]
    (call,) = change_texts(before)
    assert "certain AYTON" in call
    assert "LAB certain Lab 32 continuing = 32 of 60: certain with 15 undeclared" in call


def test_a_certain_call_is_there_with_its_sum_and_goes_when_it_is_withdrawn() -> None:
    certain = nights.certain_local()
    assert "certain HAVANT ╳ NOC certain no party can" in change_texts(certain)[0]
    withdrawn = msgspec.structs.replace(certain.elections[0], certain=())
    assert change_texts(msgspec.structs.replace(certain, elections=(withdrawn,))) == []


@pytest.mark.parametrize("width", [40, 54, 74, 76, 120, 200])
def test_the_columns_of_the_changes_fit_the_width(width: int) -> None:
    found = items(nights.small_local(), nights.small_local().elections[0])
    assert sum(column.width + 1 for column in change_columns(width, found)) <= width


def test_the_columns_of_the_parties_keep_their_order_whatever_comes() -> None:
    before = {"LAB": 20, "CON": 30, "LD": 2}
    for after in ({"LAB": 52}, {"LD": 40, "LAB": 12}, {"CON": 52}):
        one = wandsworth(before=before, composition=after)
        assert plan(election(one), 120).parties == ("CON", "LAB", "LD")
