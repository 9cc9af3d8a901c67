"""Reads made-up Democracy Club files of every shape as the table of formats would."""

from collections.abc import Callable, Sequence

import pytest

from feeds.formats import read
from feeds.report import Baseline, Reading, Report, Result
from tests.makers.democracy_club import Ballot, archive, archive_csv, ballot_item, export_csv, page, result, result_set

Shape = Callable[[Sequence[Ballot]], bytes]


def result_sets(ballots: Sequence[Ballot]) -> bytes:
    return page([result_set(ballot) for ballot in ballots])


def results(ballots: Sequence[Ballot]) -> bytes:
    return page([result(ballot) for ballot in ballots])


def ballot_page(ballots: Sequence[Ballot]) -> bytes:
    return page([ballot_item(ballot) for ballot in ballots])


SHAPES = pytest.mark.parametrize("shape", [result_sets, results, ballot_page, archive, archive_csv, export_csv])
WITH_SEATS = pytest.mark.parametrize("shape", [ballot_page, export_csv])


def reading(shape: Shape, *ballots: Ballot) -> Reading:
    data = shape(ballots)
    found = read("feed.csv" if shape in {archive_csv, export_csv} else "feed.json", data)
    assert found.problem is None, found.problem
    return found


def reports(shape: Shape, *ballots: Ballot) -> list[Report]:
    return list(reading(shape, *ballots).reports)


def one(shape: Shape, ballot: Ballot) -> Result:
    (report,) = reports(shape, ballot)
    assert isinstance(report, Result)
    return report


def waiting(shape: Shape, ballot: Ballot) -> Baseline:
    (report,) = reports(shape, ballot)
    assert isinstance(report, Baseline)
    return report
