"""A document that is read in pieces says what it says when it is read whole, and only what changed is read again."""

import json
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import formats, pieces
from feeds.bulk import MAX_VALUES, too_much_json
from feeds.national import National
from feeds.pieces import cut
from feeds.report import Reading
from tests.bench import national as large
from tests.makers import pa

WORDS = st.text(st.sampled_from('ab {}[],":\\\n</>&é'), min_size=1, max_size=12).filter(lambda text: text.strip())


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Any:
    """Let pieces be small, so that a small document has many."""
    patch = pytest.MonkeyPatch()
    patch.setattr(pieces, "SHORTEST", 1)
    patch.setattr(pieces, "MANY", 2)
    yield
    patch.undo()


def ward(area: str, number: int, votes: int, words: str) -> dict[str, Any]:
    people = [{"name": words, "party": "LAB", "votes": votes}, {"name": "B", "party": "The { Party", "votes": 1}]
    return {"area": {"name": area}, "ward": f"Ward {number}", "up": 1, "elected": {"LAB": 1}, "candidates": people}


@st.composite
def results(draw: st.DrawFn) -> list[dict[str, Any]]:
    numbers = draw(st.lists(st.integers(0, 60), min_size=2, max_size=25, unique=True))
    return [ward(f"Town {n % 5}", n, draw(st.integers(0, 99)), draw(WORDS)) for n in numbers]


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, Any]:
    compact = {"separators": (",", ":")}
    return draw(st.sampled_from([{}, {"indent": 1}, {"indent": 4}, {"indent": "\t"}, compact]))


def whole(data: bytes) -> Reading:
    return formats.read("n.json", data)


def council(number: int, lab: int) -> bytes:
    data = pa.result(
        pa.Council(f"Town {number}", proportion="all"), {"Lab": lab, "Tonics > All": 40 - lab}, {"Lab": lab}
    )
    return data[data.index(b"    <Council") : data.index(b"  </Election>")]


def message(figures: dict[int, int]) -> bytes:
    data = pa.result(pa.Council("Town"), {"Lab": 1}, {"Lab": 1})
    head, tail = data[: data.index(b"    <Council")], data[data.index(b"  </Election>") :]
    return b"".join([head, *(council(number, lab) for number, lab in figures.items()), tail])


@given(st.lists(results(), min_size=1, max_size=3), layouts())
def test_a_list_in_json_read_in_pieces_is_the_list_read_whole(
    versions: list[list[dict[str, Any]]], layout: Any
) -> None:
    reader = National(formats.read)
    for version in versions:
        data = json.dumps({"results": version}, **layout).encode()
        found = reader.reading("n.json", data)
        assert found is None or found == whole(data)
        assert (found is None) == (cut(data) is None)


@given(st.lists(st.dictionaries(st.integers(0, 40), st.integers(1, 39), min_size=2), min_size=1, max_size=3))
def test_a_message_in_xml_read_in_pieces_is_the_message_read_whole(versions: list[dict[int, int]]) -> None:
    reader = National(formats.read)
    for version in versions:
        data = message(version)
        found = reader.reading("n.xml", data)
        assert found is None or found == formats.read("n.xml", data)


@given(results(), st.data())
def test_no_document_that_was_cut_off_counts(version: list[dict[str, Any]], data: st.DataObject) -> None:
    text = json.dumps({"results": version}, indent=1).encode()
    torn = text[: data.draw(st.integers(0, len(text) - 1))]
    found = National(formats.read).reading("n.json", torn)
    assert found is None or found.problem is not None


@pytest.mark.parametrize(
    "text",
    [
        '{"results": [%s, %s], "quotes": [{"area": "A", "text": "a", "speaker": "b"}, %s]}',
        '{"results": [%s, %s, {"area": {"name": "C"}, "nonsense": 1}, %s]}',
        '{"results": [%s, %s, 7, %s]}',
        '{"results": [%s, %s]}, {"results": [%s]}',
        '{"results": [%s, %s], "results": [%s]}',
    ],
)
def test_what_is_wrong_read_whole_does_not_count_read_in_pieces(text: str) -> None:
    wards = [json.dumps(ward(f"Town {n}", n, 5, "a")) for n in range(3)]
    data = (text % tuple(wards)).encode()
    assert whole(data).problem is not None
    found = National(formats.read).reading("n.json", data)
    assert found is None or found.problem is not None


def test_the_line_of_a_problem_is_the_line_in_the_document() -> None:
    wards = [ward(f"Town {n}", n, 5, "a") for n in range(20)]
    wards[13]["elected"] = {"LAB": -1}
    data = json.dumps({"results": wards}, indent=1).encode()
    found = National(formats.read).reading("n.json", data)
    assert found is not None
    assert found.problem is not None
    assert found.problem == whole(data).problem


def test_a_place_in_two_pieces_is_there_twice() -> None:
    reader = National(formats.read)
    wards = [ward(f"Town {n}", n, 5, "a") for n in range(20)]
    good, bad = (json.dumps({"results": each}, indent=1).encode() for each in (wards, [*wards, wards[0]]))
    for data in (good, bad, good, bad):
        found = reader.reading("n.json", data)
        assert found is not None
        assert found.problem == whole(data).problem


def test_only_pieces_that_changed_are_read_again() -> None:
    asked: list[int] = []

    def read(path: str, data: bytes) -> Reading:
        asked.append(len(data))
        return formats.read(path, data)

    reader = National(read)
    first, second = (large.json_document(400, changed) for changed in (None, 200))
    reader.reading("n.json", first)
    assert len(asked) > 50
    asked.clear()
    assert reader.reading("n.json", first) == whole(first)
    assert not asked
    assert reader.reading("n.json", second) == whole(second)
    assert len(asked) == 1
    assert sum(asked) < len(second) / 10


def test_a_record_that_grows_moves_the_lines_behind_it_and_nothing_else_is_read() -> None:
    asked: list[int] = []

    def read(path: str, data: bytes) -> Reading:
        asked.append(len(data))
        return formats.read(path, data)

    reader = National(read)
    wards = [ward(f"Town {n:04}", n, 5, "a") for n in range(200)]
    reader.reading("n.json", json.dumps({"results": wards}, indent=1).encode())
    asked.clear()
    wards[3]["candidates"].append({"name": "C", "party": "CON", "votes": 2})
    grown = json.dumps({"results": wards}, indent=1).encode()
    assert reader.reading("n.json", grown) == whole(grown)
    assert len(asked) == 1


def test_what_was_read_ahead_is_not_read_again() -> None:
    asked: list[str] = []

    def read(path: str, data: bytes) -> Reading:
        asked.append(path)
        return formats.read(path, data)

    reader, data = National(read), large.json_document(100)
    reader.ahead("n.json", data)
    asked.clear()
    assert reader.reading("n.json", data) == whole(data)
    assert not asked


def test_a_piece_that_is_too_large_itself_is_refused_and_nobody_waits_for_it() -> None:
    crowded = {"area": {"name": "B"}, "elected": {f"p{number}": 1 for number in range(MAX_VALUES + 1)}}
    data = json.dumps({"results": [{"area": {"name": "A"}, "elected": {"LAB": 1}}, crowded]}).encode()
    found: list[Reading] = []
    reading = Thread(target=lambda: found.append(formats.read("national.json", data)), daemon=True)
    reading.start()
    reading.join(60)
    assert [each.problem.reason for each in found if each.problem] == [too_much_json(data)]


def test_a_document_with_one_record_that_is_far_too_long_is_no_list_to_be_cut() -> None:
    long = {"area": {"name": "B"}, "elected": {"LAB": 1}, "note": "x" * (pieces.LARGEST + 1)}
    short = [{"area": {"name": f"A{number}"}, "elected": {"LAB": 1}} for number in range(3)]
    assert cut(json.dumps({"results": [*short, long]}).encode()) is None
    assert cut(json.dumps({"results": [*short, {**long, "note": "x" * pieces.SHORTEST}, *short]}).encode()) is not None
