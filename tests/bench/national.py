"""A national file of fifty megabytes that is written again and again: what reading it once more costs."""

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import msgspec

from feeds import formats
from feeds.report import Reading
from tests.bench import feed
from tests.bench.arrivals import watch
from tests.bench.bursts import Keys
from tests.bench.figures import Figure, median, p99
from tests.makers import pa

MEGABYTES: Final = 50
PARTIES: Final = ("LAB", "CON", "LD", "GRN", "IND")

APART: Final = 10.0
"""Seconds between two writings after which memory is looked at: what lies back is packed meanwhile."""


def ward(number: int, votes: int = 900) -> dict[str, object]:
    """Return one ward's result, as the project's own JSON has it."""
    people = [
        {"name": f"Candidate {number} {party}", "party": party, "votes": votes - 37 * k, "elected": k == 0}
        for k, party in enumerate(PARTIES)
    ]
    return {
        "area": {"name": f"Town {number // 40:06}"},
        "ward": f"Ward {number % 40:02}",
        "election": {"poll_date": pa.DATE},
        "up": 1,
        "elected": {"LAB": 1},
        "electorate": 5_000,
        "ballots": 2_100,
        "candidates": people,
    }


def json_document(wards: int, changed: int | None = None) -> bytes:
    """Return a document of so many wards, one of them with other votes."""
    results = [ward(number, 901 if number == changed else 900) for number in range(wards)]
    return msgspec.json.format(msgspec.json.encode({"results": results}), indent=2)


def xml_document(councils: int, changed: int | None = None) -> bytes:
    """Return one message of the agency with so many councils, one of them with other seats."""
    head, one, tail = _message(0)
    del one
    return b"".join([head, *(_message(number, number == changed)[1] for number in range(councils)), tail])


def _message(number: int, is_other: bool = False) -> tuple[bytes, bytes, bytes]:
    lab = 21 + number % 9 + is_other
    data = pa.result(
        pa.Council(f"Town {number:06}", proportion="all"), {"Lab": lab, "C": 40 - lab}, {"Lab": lab - 15, "C": 15 - lab}
    )
    begin, end = data.index(b"    <Council"), data.index(b"  </Election>")
    return data[:begin], data[begin:end], data[end:]


def _documents(kind: str, megabytes: float) -> Iterator[bytes]:
    make = json_document if kind == "JSON" else xml_document
    number = int(megabytes * 1e6 / (len(make(200)) / 200))
    yield make(number)
    yield from (make(number, changed) for changed in (number // 2, number // 3, number - 1))


def _whole_xml(data: bytes) -> float:
    start = time.perf_counter()
    ET.fromstring(data)  # noqa: S314  (our own document)
    return time.perf_counter() - start


def national(megabytes: float = MEGABYTES) -> Iterator[Figure]:
    """Measure both: reading a large document again, and what that does to the screen."""
    yield from reading(megabytes)
    yield from rewriting(megabytes)


def reading(megabytes: float = MEGABYTES) -> Iterator[Figure]:
    """Measure reading a large document for the first time, and again with one record changed."""
    for kind in ("XML", "JSON"):
        name = f"national.{kind.lower()}"
        spent: list[float] = []
        wholes: list[float] = []
        data, found = b"", Reading(format=kind)
        for data in _documents(kind, megabytes):
            start = time.perf_counter()
            found = formats.read(name, data)
            spent.append(time.perf_counter() - start)
            if found.problem is not None:
                raise ValueError(found.problem.reason)
            wholes.append(_whole_xml(data) if kind == "XML" else _whole_json(data))
        again, whole = median(spent[1:]) * 1000, median(wholes) * 1000
        against = "ElementTree, whole" if kind == "XML" else "json.loads, whole"
        size = f"{len(data) / 1e6:.0f} MB of {kind}, {len(found.reports):,} records"
        yield Figure(f"{size}: the first reading", spent[0], "s")
        yield Figure(f"{size}: one record changed", again, "ms", "≤ 150 ms", 150, against, whole)
        if kind == "XML":
            yield Figure(
                "reading it whole instead", whole, "ms", "≥ 15× ours", 15, "ours", again, over=True, least=True
            )


def _whole_json(data: bytes) -> float:
    start = time.perf_counter()
    json.loads(data)
    return time.perf_counter() - start


def rewriting(megabytes: float = MEGABYTES, times: int = 4) -> Iterator[Figure]:
    """Measure how long keys wait while a large document is written over in place, read and counted again."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        wards = int(megabytes * 1e6 / (len(json_document(200)) / 200))
        feed.fill(base / "own", [("national.json", json_document(wards, 0))])
        towns = -(-wards // 40)
        # Made before any key is pressed: this process, too, can run Python in one thread at a time only.
        documents = [json_document(wards, changed * 40) for changed in range(1, 2 * times + 1)]
        with watch(base / "own", base / "state") as own:
            own.when(f" of {towns:,} ", timeout=300)
            own.quiet()
            keys = Keys(own)
            for document in documents[:times]:
                (base / "own" / "national.json").write_bytes(document)
                own.when("votes corrected", since=own.mark(), timeout=120)
            answers = keys.stop()
            time.sleep(APART)
            held = own.memory()
            for document in documents[times:]:
                (base / "own" / "national.json").write_bytes(document)
                own.when("votes corrected", since=own.mark(), timeout=120)
                time.sleep(APART)
            taken = (own.memory() - held) / times
    yield Figure(f"a key while {megabytes:.0f} MB are written over, median of {len(answers)}", median(answers), "ms")
    yield Figure("the same, p99", p99(answers), "ms", "≤ 33 ms", 33)
    yield Figure("memory by each writing over", taken, "MB")
