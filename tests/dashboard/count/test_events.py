"""What each event does to a count: files that say only a part yet, sightings, ignored files, warnings, quotes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import pytest

from dashboard.count.fold import Count
from dashboard.count.standing import Saying, baseline_of, result_of
from feeds.arrival import Arrival, Sighting
from feeds.report import BaselineName, Candidate, Problem, Quote, Reading, Report
from feeds.said import said
from tests.makers.events import Pair, area, arrive, at, baseline, count, gone, night, result


def until(path: str, minutes: float, *reports: Report) -> Pair:
    """Return the arrival of a file of which only what was declared by then has been said."""
    event, reading = arrive(path, 0, *reports)
    assert isinstance(event, Arrival)
    assert reading is not None
    event = msgspec.structs.replace(event, at=at(minutes), basis="declared", until=at(minutes))
    return event, said(reading, event)


def sighted(path: str, minutes: float, state: str) -> Pair:
    seen = msgspec.convert({"path": path, "at": at(minutes), "state": state, "reason": state}, Sighting)
    return seen, None


def test_an_arrival_comes_with_its_reading() -> None:
    event, _ = arrive("a", 1, result("Adur", {"LAB": 1}))
    with pytest.raises(ValueError, match="an arrival without its reading: a"):
        Count().apply(event)


def test_a_file_that_is_said_report_by_report_is_one_version_and_keeps_what_it_said_before() -> None:
    reports = (
        result("Adur", {"LAB": 3}, up=3, declared_at=at(10)),
        result("Bolton", {"CON": 3}, up=3, declared_at=at(20)),
    )
    one, both = until("a", 10, *reports), until("a", 20, *reports)
    assert [a.name for e in night(one).elections for a in e.areas] == ["Adur"]
    found = night(one, both)
    assert {a.name: a.declared and a.declared.at for e in found.elections for a in e.areas} == {
        "Adur": at(10),
        "Bolton": at(20),
    }
    assert (found.files.seen, found.files.counted, found.files.duplicate) == (1, 1, 0)
    assert [s.at for s in area(found, "Adur").files] == [at(10)]


def test_a_version_that_is_ignored_says_nothing_and_takes_back_what_its_path_said() -> None:
    event, _ = arrive("a", 2, mark="page")
    page = Reading(format="page", ignored="a description")
    found = night(arrive("a", 1, result("Adur", {"LAB": 3}, up=3)), (event, page))
    assert not found.elections
    assert (found.files.ignored, found.files.superseded) == (1, 1)
    assert [c.what for c in found.corrections] == ["retraction"]


def test_a_warning_is_listed_as_long_as_its_version_is_the_newest() -> None:
    event, reading = arrive("a", 1, result("Adur", {"LAB": 3}))
    assert reading is not None
    odd = msgspec.structs.replace(reading, warnings=(Problem(reason="read as Windows-1252", line=3),))
    assert [(p.path, p.line, p.warning) for p in night((event, odd)).problems] == [("a", 3, True)]
    assert not night((event, odd), arrive("a", 2, result("Adur", {"LAB": 3}, up=3))).problems


def test_a_file_that_cannot_be_opened_is_a_problem_and_is_told() -> None:
    found = night(sighted("a", 1, "unreadable"))
    assert [(p.path, p.reason) for p in found.problems] == [("a", "unreadable")]
    assert [h.what for h in found.happenings] == ["quarantined"]
    assert found.files.quarantined == 1


def test_one_of_two_files_with_the_same_bytes_may_be_replaced_and_the_other_goes_on_speaking() -> None:
    first, second = arrive("a", 1, result("Adur", {"LAB": 3})), arrive("b", 2, result("Adur", {"LAB": 3}))
    found = night(first, second, arrive("b", 3, result("Bolton", {"CON": 1})))
    assert {a.name: a.elected for e in found.elections for a in e.areas} == {"Adur": {"LAB": 3}, "Bolton": {"CON": 1}}


def test_a_quote_that_is_said_again_is_told_once() -> None:
    quote = Quote(text="not us", speaker="Ann")
    found = night(arrive("a", 1, quote), arrive("b", 2, quote, mark="again"))
    assert [h.what for h in found.happenings] == ["quote"]


def test_test_data_is_told_once_and_every_reason_is_kept() -> None:
    pairs = []
    for number, reason in enumerate(("one", "two")):
        event, reading = arrive(f"{number}", number, result(f"Area {number}", {"LAB": 1}))
        assert reading is not None
        pairs.append((event, msgspec.structs.replace(reading, test=reason)))
    found = night(*pairs)
    assert found.test == ("one", "two")
    assert [h.what for h in found.happenings].count("test") == 1


@pytest.mark.parametrize(
    ("times", "basis", "when"),
    [((at(10), at(25)), "declared", at(25)), ((at(10), None), "arrived", at(2))],
)
def test_a_council_is_declared_with_the_last_of_its_wards(
    times: Sequence[datetime | None], basis: str, when: datetime
) -> None:
    wards = [result("Adur", {"LAB": 1}, ward=f"Ward {n}", up=1, declared_at=moment) for n, moment in enumerate(times)]
    found = area(night(arrive("b", 0, baseline("Adur", up=2, total=2)), arrive("a", 2, *wards)), "Adur")
    assert found.declared is not None
    assert (found.declared.at, found.declared.basis) == (when, basis)


def test_votes_that_are_corrected_are_a_correction_of_votes_only() -> None:
    def counted(votes: int, revision: int, ward: str | None = None) -> Report:
        who = (
            Candidate(name="Ann", party="LAB", votes=votes, elected=True),
            Candidate(name="Bo", party="CON", votes=9),
        )
        return msgspec.structs.replace(result("Adur", {"LAB": 1}, ward=ward, revision=revision, up=1), candidates=who)

    found = night(arrive("a", 1, counted(90, 1)), arrive("a", 2, counted(91, 2)))
    assert [(c.what, c.before, c.after) for c in found.corrections] == [("votes", "Ann 90", "Ann 91")]
    found = night(
        arrive("b", 0, baseline("Adur", up=5)),
        arrive("a", 1, counted(90, 1, "Hill")),
        arrive("a", 2, counted(91, 2, "Hill")),
    )
    assert [(c.ward, c.what, c.before, c.after) for c in found.corrections] == [("Hill", "votes", "Ann 90", "Ann 91")]
    assert not night(arrive("a", 1, counted(90, 1)), arrive("a", 2, counted(90, 2))).corrections


def test_seats_of_a_ward_that_are_corrected_and_a_ward_that_is_taken_back_are_named() -> None:
    frame = arrive("b", 0, baseline("Adur", up=5))
    first = arrive("a", 1, result("Adur", {"LAB": 1}, ward="Hill", up=1))
    other = arrive("a", 2, result("Adur", {"CON": 1}, ward="Hill", up=1, revision=2))
    back = arrive("a", 3, result("Adur", ward="Hill", stage="retracted", revision=3))
    found = night(frame, first, other, back)
    assert [(c.ward, c.what, c.before, c.after) for c in found.corrections] == [
        ("Hill", "seats", "CON 0, LAB 1", "CON 1, LAB 0"),
        ("Hill", "retraction", "CON 1", "undeclared"),
    ]


def test_within_one_file_the_higher_revision_stands_whatever_their_order() -> None:
    reports = [result("Adur", {"LAB": 1}, revision=2), result("Adur", {"CON": 1})]
    held = [msgspec.structs.replace(baseline("Adur", {"LAB": n}), revision=n) for n in (2, 1)]
    for order in (1, -1):
        found = area(night(arrive("a", 1, *reports[::order], *held[::order])), "Adur")
        assert (found.elected, found.revision, found.before) == ({"LAB": 1}, 2, {"LAB": 2})


def test_what_is_no_result_or_no_baseline_is_not_taken_for_one() -> None:
    def saying(report: Report) -> Saying:
        return Saying(report=report, path="a", number=0, turn=1, digest="", at=at(0), basis="arrived")

    with pytest.raises(TypeError, match="not a result: Baseline"):
        result_of(saying(baseline("Adur")))
    with pytest.raises(TypeError, match="not a baseline: Result"):
        baseline_of(saying(result("Adur")))


def test_what_has_happened_so_far_can_be_asked_of_a_count_that_goes_on() -> None:
    counting = count([arrive("a", 1, result("Adur", {"LAB": 1}))])
    assert [h.what for h in counting.happenings] == ["declared"]


def test_a_quote_and_a_note_that_their_file_no_longer_has_are_gone_and_the_others_stay() -> None:
    ann, bo = Quote(text="not us", speaker="Ann"), Quote(text="not them", speaker="Bo")
    found = night(arrive("a", 1, ann, bo), arrive("b", 2, ann, mark="b"), arrive("a", 3, bo))
    assert sorted((q.quote.speaker, q.path) for q in found.quotes) == [("Ann", "b"), ("Bo", "a")]
    assert not night(arrive("a", 1, ann), arrive("a", 2, result("Adur", {"LAB": 1}))).quotes


def test_a_file_of_two_spellings_that_keeps_one_of_them_keeps_its_area() -> None:
    both = [result("Adur", {"LAB": 1}, ward="Hill", up=1), result("City of Adur", {"CON": 1}, ward="Vale", up=1)]
    code = [msgspec.structs.replace(r, area=msgspec.structs.replace(r.area, code="E07000223")) for r in both[:1]]
    found = night(arrive("a", 1, *code, both[1]), arrive("a", 2, *code))
    assert [w.name for w in area(found, "Adur").wards] == ["Hill"]


def test_a_removed_copy_that_did_not_speak_leaves_the_other_speaking() -> None:
    first, second = arrive("a", 1, result("Adur", {"LAB": 3})), arrive("b", 2, result("Adur", {"LAB": 3}))
    for path in ("a", "b"):
        found = night(first, second, gone(path, 3))
        assert area(found, "Adur").elected == {"LAB": 3}
        assert not area(found, "Adur").source_removed
        assert not found.corrections


def test_a_wards_baseline_is_the_one_in_use_where_there_are_two() -> None:
    def ward(name: BaselineName, up: int) -> Report:
        return msgspec.structs.replace(baseline("Adur", ward="Hill", up=up), baseline=name)

    pairs = [arrive("a", 0, ward("last-election", 2), ward("notional", 3), ward("eve-of-poll", 1))]
    wards: list[tuple[BaselineName, int]] = [("last-election", 2), ("notional", 3), ("eve-of-poll", 1)]
    for wanted, seats in wards:
        (found,) = count(pairs, wanted).night().elections[0].areas
        assert [w.seats for w in found.wards] == [seats]


def test_a_wards_seats_are_those_elected_and_deferred_where_nobody_says_how_many() -> None:
    found = area(night(arrive("a", 1, result("Adur", {"LAB": 2}, ward="Hill", deferred=1))), "Adur")
    assert [(w.seats, w.elected) for w in found.wards] == [(3, {"LAB": 2})]
