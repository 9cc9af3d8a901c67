"""A golden night: every kind of figure that a report can state, and all of them agree.

Ayton is whole, by its own row and by wards with candidates; Bolton elects a third; Crewe comes ward by ward with two
seats deferred; Derwent is a constituency.
"""

from collections.abc import Mapping

import msgspec

from feeds.report import Baseline, Candidate, Place, Report, Result, Seats, Settings
from tests.makers.events import LOCAL, POLL, baseline, result

WARDS = ("North", "South")


def golden_night() -> list[Report]:
    """Return the reports, each about one area or one ward."""
    return [Settings(poll_date=POLL, baseline="eve-of-poll"), *_ayton(), *_bolton(), *_crewe(), *_derwent()]


def _people(result_of: Result, votes: Mapping[str, tuple[int, ...]], elected: Seats, electorate: int) -> Result:
    """Return a result with candidates, of whom the first of each party are elected, by two in five of the electors."""
    candidates = tuple(
        Candidate(name=f"{code} {n}", party=code, votes=number, elected=n < elected.get(code, 0))
        for code, numbers in votes.items()
        for n, number in enumerate(numbers)
    )
    ballots = electorate * 2 // 5
    return msgspec.structs.replace(
        result_of, candidates=candidates, electorate=electorate, ballots=ballots, turnout=40.0
    )


def _ayton() -> list[Report]:
    votes = {"LAB": (900, 850, 700), "CON": (800, 650, 600)}
    wards: list[Report] = []
    for ward in WARDS:
        won = {"LAB": 2, "CON": 1}
        told = result("Ayton", won, ward=ward, up=3, deferred=0)
        wards.append(baseline("Ayton", ward=ward, up=3, candidates={"LAB": 3, "CON": 3}))
        wards.append(_people(told, votes, won, 4_000))
    before = baseline(
        "Ayton", {"LAB": 2, "CON": 4}, total=6, up=6, vacant=0, control="CON", candidates={"LAB": 6, "CON": 6}
    )
    after = {"LAB": 4, "CON": 2}
    whole = result(
        "Ayton", after, composition=after, change={"LAB": 2, "CON": -2}, total=6, up=6, vacant=0, deferred=0,
        control="LAB", previous="CON",
    )  # fmt: skip
    return [before, msgspec.structs.replace(whole, outcome="gain"), *wards]


def _bolton() -> list[Report]:
    before = baseline(
        "Bolton", {"LAB": 5, "CON": 6}, total=12, up=4, vacant=1, control="NOC", continuing={"LAB": 4, "CON": 4},
        candidates={"LAB": 4, "CON": 4}, unopposed={"CON": 1},
    )  # fmt: skip
    after = result(
        "Bolton", {"LAB": 1, "CON": 3}, composition={"LAB": 5, "CON": 7}, change={"LAB": 0, "CON": 1}, total=12, up=4,
        vacant=0, deferred=0, control="CON", previous="NOC",
    )  # fmt: skip
    return [before, msgspec.structs.replace(after, outcome="gain")]


def _crewe() -> list[Report]:
    return [
        baseline("Crewe", {"LAB": 3, "CON": 3}, total=6, up=6, vacant=0, deferred=2, control="NOC"),
        baseline("Crewe", ward="East", up=2, deferred=2),
        result("Crewe", {"LAB": 2}, ward="North", up=2),
        result("Crewe", {"LAB": 1, "CON": 1}, ward="South", up=2),
    ]


def _derwent() -> list[Report]:
    derwent = Place(name="Derwent", kind="constituency")
    contest = msgspec.structs.replace(LOCAL, kind="parliament", name="General election")
    before = Baseline(area=derwent, election=contest, held={"CON": 1}, total=1, up=1, control="CON")
    after = Result(
        area=derwent, election=contest, elected={"LAB": 1}, total=1, up=1, control="LAB", previous="CON", outcome="gain"
    )
    votes = {"LAB": (12_000,), "CON": (9_000,), "LD": (2_900,)}
    return [before, _people(after, votes, {"LAB": 1}, 60_000)]
