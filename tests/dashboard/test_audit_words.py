"""How an audit reads: sums in words, what does not agree, the command and the screen."""

import json
from typing import Any

import msgspec
import pytest

from dashboard.app import NightApp
from dashboard.count.audit import Audit, audit, audit_total
from dashboard.count.fold import Count
from dashboard.panels.page import Page
from dashboard.panels.seats import SeatsPanel
from dashboard.screens.audit import AuditScreen
from dashboard.view.audit import audit_sections, audit_title, total_sections
from dashboard.view.equations import equation
from dashboard.view.lines import flattened
from dashboard.view.measures import change_since
from feeds.report import Contest, PartyTotals, Totals
from tests.dashboard.screen import screen_text
from tests.dashboard.test_cli import run
from tests.makers import nights, states
from tests.makers.events import LOCAL, POLL, Pair, arrive, baseline, place, result
from tests.makers.player import LONDON, FakePlayer


def counted(*pairs: Pair) -> Count:
    count = Count()
    for event, reading in pairs:
        count.apply(event, reading)
    return count


def proved(count: Count, party: str | None = None, number: int = 0) -> Audit:
    night = count.night()
    (one,) = night.elections
    area = one.areas[number]
    return audit(night, one.id, area.id, party, witness=count.witness(), entries=count.entries())


def words(proof: Audit, figure: str, party: str | None = None) -> list[str]:
    return [equation(r) for r in proof.reckonings if (r.figure, r.party) == (figure, party)]


def text(proof: Audit, width: int = 120) -> str:
    return "\n".join(row.text for row in flattened(audit_sections(proof, LONDON, width), width))


def test_a_third_shows_the_seats_that_go_on_and_the_seats_won() -> None:
    before = baseline("Ayton", {"LAB": 10, "CON": 11}, total=21, up=7, continuing={"LAB": 7, "CON": 7})
    proof = proved(
        counted(arrive("b.csv", 0, before), arrive("r.csv", 9, result("Ayton", {"LAB": 4, "CON": 3}))), "LAB"
    )
    assert words(proof, "composition", "LAB") == ["4 elected + 7 continuing [b.csv]"]
    assert words(proof, "change", "LAB") == ["11 after − 10 before [b.csv]"]
    assert words(proof, "control") == ["Lab 11 ≥ 11, a majority of 21"]
    assert proof.agrees


def test_a_stated_change_stands_and_its_sum_is_checked_beside_it() -> None:
    before = baseline("Ayton", {"LAB": 5, "CON": 5}, total=10, up=10)
    said = result("Ayton", {"LAB": 7, "CON": 3}, total=10, up=10, change={"LAB": 3, "CON": -3})
    proof = proved(counted(arrive("b.csv", 0, before), arrive("r.csv", 9, said)), "LAB")
    assert words(proof, "change", "LAB") == ["stated [r.csv]", "7 after − 5 before [b.csv] ⚠ shown as +3"]
    assert words(proof, "before", "LAB") == ["7 after − 3 of stated change [r.csv]"]
    assert proof.agrees
    assert "the files do not agree" in audit_title(proof).text


def test_wards_are_named_with_their_seats_and_what_is_out_is_a_sum() -> None:
    parts = [arrive(f"{w}.csv", n, result("Ayton", {"LAB": n}, ward=w, up=3)) for n, w in enumerate(("North", "South"))]
    proof = proved(counted(arrive("b.csv", 0, baseline("Ayton", {"LAB": 9}, total=9, up=9)), *parts))
    assert words(proof, "elected", "LAB") == ["South 1 + 0 in 1 others [North.csv; South.csv]"]
    assert words(proof, "undeclared") == ["9 up − 0 deferred − 1 elected"]
    assert words(proof, "composition", "LAB") == ["not known"]


def test_many_wards_of_one_file_are_one_file() -> None:
    said = [result("Ayton", {"LAB": 1}, ward=w, up=1) for w in ("North", "South", "East")]
    placed = [msgspec.structs.replace(one, line=n) for n, one in enumerate(said, 2)]
    proof = proved(counted(arrive("wards.csv", 0, *placed)), "LAB")
    assert all("[wards.csv]" in each for each in words(proof, "elected", "LAB"))


def test_a_new_council_has_nothing_before_and_says_why() -> None:
    first = baseline("Cumberland", total=46, up=46, control="NEW")
    proof = proved(counted(arrive("b.csv", 0, first), arrive("r.csv", 9, result("Cumberland", {"LAB": 30, "CON": 16}))))
    assert words(proof, "change", "LAB") == ["a new council"]
    assert words(proof, "outcome") == ["LAB after no predecessor"]


def test_every_version_of_a_file_is_there_with_what_became_of_it() -> None:
    pairs = [arrive("r.csv", n, result("Ayton", {"LAB": n}, total=9, up=9)) for n in (4, 5)]
    other = arrive("old.csv", 6, result("Ayton", {"LAB": 9}, total=9, up=9, revision=0))
    proof = proved(counted(*pairs, other))
    assert [(v.path, v.state) for v in proof.versions] == [
        ("old.csv", "superseded"), ("r.csv", "superseded"), ("r.csv", "counted"),
    ]  # fmt: skip
    page = text(proof)
    assert "superseded · 22:04 arrived · replaced by a later version of the same file" in page
    assert all(f"sha256 {v.digest}" in page for v in proof.versions)
    assert "LAB 4 → LAB 5" in page


def sop(*names: str, region: str = "All", seats: int = 4) -> Totals:
    rows = {"LAB": PartyTotals(seats=seats)}
    return Totals(election=LOCAL, parties=rows, number=len(names), region=region, areas=tuple(map(place, names)))


def test_only_the_publishers_totals_that_count_the_area_in_cover_it() -> None:
    places = ("Ayton", "Bolton & Bury")
    results = [arrive(f"{n}.csv", n, result(name, {"LAB": 4}, total=4, up=4)) for n, name in enumerate(places)]
    totals = arrive("sop.xml", 5, sop("Ayton", seats=5)), arrive("north.xml", 6, sop("Bolton and Bury", region="North"))
    count = counted(*results, *totals)
    assert [c.path for c in proved(count).checks] == ["sop.xml"]
    assert [c.path for c in proved(count, number=1).checks] == ["north.xml"]
    assert "Lab seats: 5, ours 4" in text(proved(count))


def test_totals_of_another_election_cover_nothing() -> None:
    mayors = Totals(
        election=Contest(kind="mayor", name="Mayors", poll_date=POLL), parties={}, areas=(place("Ayton"),), number=1
    )
    count = counted(arrive("r.csv", 1, result("Ayton", {"LAB": 4}, total=4)), arrive("sop.xml", 2, mayors))
    assert count.witness().totals(count.night().elections[0].id) == []


def test_an_area_or_an_election_that_is_not_there_cannot_be_audited() -> None:
    night = counted(arrive("r.csv", 1, result("Ayton", {"LAB": 4}))).night()
    with pytest.raises(LookupError):
        audit(night, night.elections[0].id, "council:nowhere")
    with pytest.raises(LookupError):
        audit_total(night, "none", "LAB", "seats")


def test_unopposed_returns_are_taken_from_what_a_party_still_needs() -> None:
    before = baseline("Ayton", total=9, up=9, candidates={"LAB": 9, "CON": 9}, unopposed={"LAB": 2})
    proof = proved(counted(arrive("b.csv", 0, before)), "LAB")
    assert words(proof, "needs", "LAB") == [
        "5 for a majority − 0 continuing (all seats are up) − 0 elected − 2 unopposed [b.csv]"
    ]


# The command


def test_the_command_finds_a_council_however_it_is_written_and_names_its_files() -> None:
    done = run("audit", "2022-05-05-local", "city of  WESTMINSTER", "labour")
    assert (done.returncode, done.stderr) == (0, "")
    assert "AUDIT WESTMINSTER · Labour" in done.stdout
    assert "Lab 31 ≥ 28, a majority of 54" in done.stdout
    assert "[results/westminster.csv, line 2]" in done.stdout


def test_the_command_as_json_has_terms_files_and_hashes() -> None:
    done = run("audit", "2022-05-05-local", "E07000226", "LAB", "--format", "json", "--at", "20:00")
    (area,) = json.loads(done.stdout)["areas"]
    assert (area["area"], area["agrees"]) == ("Crawley", True)
    control: list[dict[str, Any]] = [s for s in area["sums"] if s["figure"] == "control"]
    assert [(s["value"], s["agrees"], s["check"]) for s in control] == [("LAB", True, False), ("NOC", False, True)]
    assert control[0]["terms"][0]["file"] == "results/crawley.csv"
    assert all(len(f["digest"]) == 64 for f in area["files"])


def test_the_parties_figures_name_each_area_with_its_file() -> None:
    done = run("audit", "2022-05-05-local", "all", "SNP")
    assert "Glasgow City" in done.stdout
    assert "results/glasgow-city.csv, line 2" in done.stdout
    assert "name a party" in run("audit", "2022-05-05-local").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Wandswort",), "no area “Wandswort” in this night; did you mean “Wandsworth”"),
        (("Barnet", "XYZ"), "no party “XYZ” in Barnet; there are: CON, LAB"),
        (("all", "XYZ"), "no party “XYZ” in Local elections"),
        (("Barnet", "--election", "Senedd"), "there are: Local elections"),
    ],
)
def test_what_is_not_there_to_be_audited_is_one_line_and_exit_2(arguments: tuple[str, ...], says: str) -> None:
    done = run("audit", "2022-05-05-local", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


# The screen


async def test_a_audits_the_area_under_the_cursor_and_goes_back() -> None:
    app = NightApp(FakePlayer(nights.small_local()))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.press("down", "a")
        await pilot.pause()
        assert isinstance(app.screen, AuditScreen)
        assert "AUDIT HAVANT" in screen_text(app)
        await pilot.press("a")
        await pilot.pause()
        assert not isinstance(app.screen, AuditScreen)


async def test_a_in_an_area_audits_that_area() -> None:
    app = NightApp(FakePlayer(nights.small_local()))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert "AUDIT WANDSWORTH" in screen_text(app)


async def test_with_the_seats_in_focus_the_parties_are_audited_and_a_sum_opens() -> None:
    app = NightApp(FakePlayer(nights.small_local()))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.press("down")
        app.query_one(SeatsPanel).focus()
        await pilot.press("a")
        await pilot.pause()
        assert "▸ seats" in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "▾ seats" in screen_text(app)
        assert "Barnet, Brunswick Park" in screen_text(app)
        await pilot.press("o")
        await pilot.pause()
        rows = [row.text for row in app.screen.query_one(Page).rows]
        assert not [row for row in rows if row.startswith("▸")]
        await pilot.press("o")
        assert [row for row in app.screen.query_one(Page).rows if row.text.startswith("▸")]


def test_a_figure_that_is_not_the_sum_of_its_areas_is_said_to_be_wrong() -> None:
    night = nights.small_local()
    one = night.elections[0]
    wrong = [msgspec.structs.replace(row, seats=row.seats + (row.party == "LAB")) for row in one.parties]
    night = msgspec.structs.replace(night, elections=(msgspec.structs.replace(one, parties=tuple(wrong)),))
    found = {code: audit_total(night, one.id, code, "seats").reckoning for code in ("LAB", "CON")}
    assert (found["LAB"].value, found["LAB"].shown, found["LAB"].agrees) == (43, 44, False)
    assert found["CON"].agrees
    rows = total_sections([audit_total(night, one.id, "LAB", "seats")], night.elections[0], 120, frozenset())[0].rows
    assert "⚠ shown as 44" in rows[0].text
    assert rows[0].pieces[-1][1] == "alarm"


def test_an_areas_figure_that_is_not_what_its_files_give_is_an_alarm() -> None:
    count = counted(arrive("r.csv", 1, result("Ayton", {"LAB": 4, "CON": 3}, total=7, up=7)))
    night = count.night()
    one = night.elections[0]
    wrong = msgspec.structs.replace(one.areas[0], elected={"LAB": 5, "CON": 2})
    night = msgspec.structs.replace(night, elections=(msgspec.structs.replace(one, areas=(wrong,)),))
    proof = audit(night, one.id, wrong.id, witness=count.witness())
    assert not proof.agrees
    assert words(proof, "elected", "LAB") == ["stated [r.csv] ⚠ shown as 5"]
    assert "A SUM IS NOT WHAT IS SHOWN" in audit_title(proof).text


async def test_the_audit_of_a_night_of_nothing_says_so() -> None:
    app = NightApp(FakePlayer(nights.empty()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(AuditScreen(FakePlayer(nights.empty()), "none"))
        await pilot.pause()
        assert "Nothing has been reported yet" in screen_text(app)


def test_an_audit_names_what_change_is_measured_against_as_the_tally_does() -> None:
    region = states.area("London", kind="region", elected={"LAB": 11}, previous=None, before=None)
    of = states.night(states.election(region, baseline="none"))
    proof = audit(of, of.elections[0].id, region.id)
    assert audit_title(proof).text.endswith(change_since(of.elections[0].baseline))
    assert "nothing to compare with" in audit_title(proof).text
