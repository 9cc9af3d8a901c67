"""What the page of problems says: every file, line and reason, both sides of a correction, and the sum of files."""

from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import (
    Conflict,
    Discrepancy,
    Explanation,
    FileCounts,
    FileProblem,
    Night,
    Source,
    TotalsCheck,
    TotalsDifference,
)
from dashboard.view.problems import (
    discrepancies,
    explained_words,
    files_sentence,
    problem_sections,
    problems_title,
    totals_sentence,
)
from tests.makers.states import at, correction, election, night, odd, wandsworth

LONDON = ZoneInfo("Europe/London")


def text(state: Night, width: int = 120) -> str:
    sections = problem_sections(state, LONDON, width)
    return "\n".join(line for s in sections for line in (f"# {s.title}", *(row.text for row in s.rows)))


def check(agrees: bool | None, **fields: object) -> TotalsCheck:
    wrong = TotalsDifference(party="LAB", figure="change", theirs=4, ours=-5)
    return TotalsCheck(
        publisher="PA",
        region="All",
        number=10,
        areas=124,
        agrees=agrees,
        reason=None if agrees is not None else "not comparable: no result of Bury",
        missing=() if agrees is not None else ("Bury",),
        differences=(wrong,) if agrees is False else (),
        path="sop10.xml",
    )


def test_a_quarantined_file_is_named_with_line_and_reason() -> None:
    problem = FileProblem(path="[red].csv", line=7, reason="elected is “31x”", at=at(1))
    assert "02:00 ✗ [red].csv, line 7\n        elected is “31x”" in text(night(problems=(problem,)))


def test_warnings_stand_apart_from_quarantined_files() -> None:
    warning = FileProblem(path="a.csv", line=None, reason="read as cp1252", at=at(1), warning=True)
    found = text(night(problems=(warning,)))
    assert "0 quarantined · 0 conflicts · 0 corrections · 0 discrepancies · 1 warning · " in found
    assert "# Not counted (quarantined)\nnone" in found
    assert "# Warnings (counted all the same)\n02:00 ! a.csv\n        read as cp1252" in found


def test_the_title_counts_each_kind_of_trouble() -> None:
    state = night(
        election(wandsworth(discrepancies=odd("one", "two"))),
        conflicts=(Conflict(what="two runs", paths=("a.xml", "b.xml")),),
        corrections=(correction(), correction()),
        unknown_parties=(("ZZ", "Zz Top"),),
    )
    assert problems_title(state).text == (
        "PROBLEMS  0 quarantined · 1 conflict · 2 corrections · 2 discrepancies · 0 warnings · 1 unknown party"
    )


def test_a_conflict_names_its_files() -> None:
    found = text(night(conflicts=(Conflict(what="two runs", paths=("a.xml", "b.xml")),)))
    assert "⚠ CONFLICT two runs\n  a.xml\n  b.xml" in found


def test_a_correction_shows_both_values_its_time_and_its_file_newest_first() -> None:
    found = text(
        night(
            corrections=(correction(), correction(at=at(2), what="retraction", before="LAB gain", after="undeclared"))
        )
    )
    late = "03:00 ⚠ RETRACTED Redditch: was LAB gain, now undeclared"
    early = "02:05 ⚠ Redditch, seats: CON 18 → CON 17\n        r2.xml"
    assert found.index(late) < found.index(early)


def test_files_seen_are_the_sum_of_the_others() -> None:
    counts = FileCounts(counted=1280, superseded=12, duplicate=2, ignored=15, quarantined=1)
    words = "1,310 seen = 1,280 counted + 12 superseded + 2 duplicate + 15 ignored + 0 waiting + 1 quarantined"
    assert files_sentence(counts) == words


def test_totals_that_disagree_are_a_discrepancy_with_both_figures() -> None:
    state = night(election(wandsworth(), totals_checks=(check(False),)))
    assert list(discrepancies(state)) == [
        "PA totals 10 (All, 124 areas): do not agree: Lab change: +4, ours −5 [sop10.xml]"
    ]


def explanation(area: str, why: str = "its revision 1", among: int = 1) -> Explanation:
    return Explanation(area=area, area_id=f"council:{area.lower()}", why=why, among=among)


def test_totals_that_disagree_name_the_areas_that_explain_it() -> None:
    words = totals_sentence(msgspec.structs.replace(check(False), explained=(explanation("Adur"), explanation("Bury"))))
    assert words.endswith("ours −5; explained by Adur: its revision 1; Bury: its revision 1 [sop10.xml]")


def test_areas_that_may_explain_a_difference_are_named_as_such_and_five_at_most() -> None:
    may = [explanation(name, "it is not in totals 4, which agree", 7) for name in "ABCDEFG"]
    assert explained_words(may[:2]) == ["explained by one of A, B (it is not in totals 4, which agree)"]
    assert explained_words(may) == ["explained by one of A, B, C, D, E and 2 more (it is not in totals 4, which agree)"]
    assert explained_words([]) == []


def test_figures_that_could_not_be_compared_are_named_beside_those_that_agree() -> None:
    found = msgspec.structs.replace(check(True), reason="change not known of Bury")
    assert totals_sentence(found).endswith("agree with ours (not compared: change not known of Bury) [sop10.xml]")


def test_totals_that_cannot_be_compared_say_why_and_are_no_discrepancy() -> None:
    state = night(election(wandsworth(), totals_checks=(check(None), check(True))))
    assert list(discrepancies(state)) == []
    assert "not comparable: no result of Bury [sop10.xml]" in text(state)
    assert "✓ Local elections, PA totals 10 (All, 124 areas): agree with ours" in text(state)


def test_test_data_and_unknown_parties_are_named() -> None:
    found = text(night(test=("the election's name holds “Test”",), unknown_parties=(("ZZ", "[/foo]"),)))
    assert "TEST the election's name holds “Test”" in found
    assert "? ZZ: “[/foo]” is not in the party register" in found


def test_a_quiet_night_says_that_there_is_nothing() -> None:
    assert text(night()).count("none") == 6
    assert "Test data" not in text(night())


def test_a_discrepancy_names_the_files_and_lines_that_it_is_about() -> None:
    def source(path: str, line: int | None = None) -> Source:
        return Source(path=path, digest="0" * 64, revision=1, at=at(1), basis="arrived", line=line)

    own = Discrepancy(text="3 elected", files=(source("b.csv", 7), source("a.xml"), source("b.csv", 3)))
    many = Discrepancy(text="4 nominated", files=tuple(source(f"{name}.xml") for name in "abcde"))
    state = night(election(wandsworth(discrepancies=(own, many))))
    assert list(discrepancies(state)) == [
        "Wandsworth: 3 elected [b.csv, lines 3, 7; a.xml]",
        "Wandsworth: 4 nominated [a.xml; b.xml; c.xml; and 2 more]",
    ]
