"""What `x` and `tally` write: every form says what it is, in full, and nothing is written over anything."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import msgspec
import pytest
from textual.pilot import Pilot

from dashboard.app import NightApp
from dashboard.count.night import Night
from dashboard.csv_tables import write_csv
from dashboard.export import (
    DRAWN,
    FIGURES,
    Front,
    NotWritten,
    changes_front,
    drawn_front,
    file_name,
    handed_over,
    table_front,
    write,
)
from dashboard.spans import Span
from dashboard.svg import svg
from dashboard.tables import print_tally, write_markdown, write_svg, write_text
from dashboard.view.frame import Frame
from feeds.report import Settings
from feeds.text import width
from tests.dashboard.test_app import Ticks
from tests.makers import nights
from tests.makers.player import LONDON, FakePlayer
from tests.makers.states import at

AS_AT = at(1, 14)
ABOUT = (
    "as at Fri 6 May 2022 02:14:00 BST",
    "2 of 5 councils declared",
    "provisional",
    "since the eve of poll",
    "source: results/tonight",
)
HOSTILE = "<a href='x'>&amp;\x1b[2J\u202e"


def frame(of: Night) -> Frame:
    shown = of.elections[0].id
    return Frame(night=of, election_id=shown, as_at=AS_AT, begin=at(21, day=5), end=at(12), zone=LONDON, live=True)


def texts(document: str) -> list[tuple[dict[str, str], str]]:
    """Return every text of an SVG document with its attributes; raises where it is not well formed."""
    found: list[tuple[dict[str, str], str]] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def began(tag: str, attributes: dict[str, str]) -> None:
        if tag == "text":
            found.append((attributes, ""))

    def read(data: str) -> None:
        if found:
            found[-1] = (found[-1][0], found[-1][1] + data)

    parser.StartElementHandler = began
    parser.CharacterDataHandler = read
    parser.Parse(document, True)
    return found


def picture_text(document: str) -> str:
    """Return the texts of an SVG document, each row of it in a line."""
    rows: dict[str, str] = {}
    for attributes, text in texts(document):
        rows[attributes["y"]] = rows.get(attributes["y"], "") + text.strip("\n")
    return "\n".join(rows.values())


@pytest.mark.parametrize("write_figures", [print_tally, write_text, write_markdown, write_svg])
def test_every_form_for_people_says_as_at_how_much_is_in_since_what_and_from_where(
    write_figures: Callable[..., None],
) -> None:
    out = io.StringIO()
    write_figures(nights.small_local(), AS_AT, out, source="results/tonight")
    text = picture_text(out.getvalue()) if write_figures is write_svg else out.getvalue().replace("\\", "")
    assert [words for words in ABOUT if words not in text] == []


@pytest.mark.parametrize("areas", [False, True])
def test_every_row_of_a_csv_says_it_too(areas: bool) -> None:
    out = io.StringIO()
    write_csv(nights.small_local(), AS_AT, out, areas=areas, source="results/tonight")
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    wanted = ("2022-05-06T02:14:00+01:00", "2", "5", "provisional", "eve-of-poll", "results/tonight")
    columns = ("as_at", "declared", "expected", "status", "baseline", "source")
    assert rows
    assert {tuple(row[column] for column in columns) for row in rows} == {wanted}


@pytest.mark.parametrize("ending", FIGURES)
@pytest.mark.parametrize("what", ["seats", "changes", "areas"])
def test_every_table_in_front_can_be_had_in_every_form_with_what_it_is(what: str, ending: str) -> None:
    of = frame(nights.small_local())
    if what == "changes":
        front = changes_front(of, "all", "results/tonight")
    else:
        front = table_front(of, "seats" if what == "seats" else "areas", "results/tonight")
    assert front is not None
    text = front.text(ending)
    if ending == ".svg":
        text = picture_text(text)
    if ending in {".csv", ".json"}:
        assert "2022-05-06T02:14:00+01:00" in text
        assert "eve-of-poll" in text
        assert "results/tonight" in text
    else:
        assert [words for words in ABOUT if words not in text.replace("\\", "")] == []
    assert ("Wandsworth" in text) == (what != "seats" or ending == ".json")


def test_a_filtered_table_writes_what_it_shows_and_says_the_filter() -> None:
    of = nights.small_local()
    only = [area for area in of.elections[0].areas if area.name == "Wandsworth"]
    front = table_front(frame(of), "areas", "results/tonight", areas=only, filtered="wands")
    assert front is not None
    document = json.loads(front.text(".json"))
    assert [row["area"] for row in document["elections"][0]["area_results"]] == ["Wandsworth"]
    assert document["elections"][0]["areas"]["expected"] == 5
    assert document["source"] == "results/tonight; filter “wands”: 1 of 5 areas"
    assert "filter “wands”: 1 of 5 areas" in front.text(".txt")


def test_a_rehearsal_says_so_in_what_is_written() -> None:
    unreal = msgspec.structs.replace(nights.small_local(), settings=Settings(rehearsal=True))
    front = table_front(frame(unreal), "seats", None)
    assert front is not None
    assert "REHEARSAL" in front.text(".txt")
    assert "REHEARSAL" in picture_text(front.text(".svg"))


def test_a_picture_is_well_formed_whatever_a_feed_says_and_fetches_nothing() -> None:
    document = svg([[Span(HOSTILE, "#ff0000", "#00ff00", bold=True)]], HOSTILE)
    assert texts(document)
    assert "<a " not in document
    assert "\x1b" not in document
    assert "\u202e" not in document
    assert [part for part in ("url(", 'href="', "@font-face", "<script") if part in document] == []


def test_every_text_of_a_picture_takes_the_cells_that_it_takes_on_a_terminal() -> None:
    words = ["Ynys Môn", "選挙", "e\u0301", "🗳"]
    found = [
        float(attributes["textLength"]) for attributes, _ in texts(svg([[Span(word)] for word in words], "widths"))
    ]
    assert found == pytest.approx([width(word) * 9.6 for word in words], abs=0.1)


def test_nothing_is_written_over_a_file_and_the_next_name_offered_has_a_number(tmp_path: Path) -> None:
    front = drawn_front("Map", [[Span("one")]], ["Local elections"])
    assert file_name(front, AS_AT, LONDON) == "map-2022-05-06-0214.svg"
    taken = {"map-2022-05-06-0214.svg", "map-2022-05-06-0214-2.svg"}
    assert file_name(front, AS_AT, LONDON, taken.__contains__) == "map-2022-05-06-0214-3.svg"
    path = write(front, str(tmp_path / "here.txt"), "x.svg")
    assert path.read_text(encoding="utf-8") == "Local elections\n\none\n"
    with pytest.raises(NotWritten, match=r"already “here\.txt”"):
        write(drawn_front("Map", [[Span("two")]], []), str(path), "x.svg")
    assert path.read_text(encoding="utf-8") == "Local elections\n\none\n"


def test_a_directory_gets_the_name_that_was_offered_and_a_name_without_an_ending_gets_one(tmp_path: Path) -> None:
    front = drawn_front("Map", [[Span("one")]], [])
    assert write(front, str(tmp_path), "map.svg") == tmp_path / "map.svg"
    assert write(front, str(tmp_path / "plan"), "map.svg") == tmp_path / "plan.svg"


@pytest.mark.parametrize(
    ("asked", "name"),
    [("", "offered.csv"), ("mine.json", "mine.json"), ("mine", "mine.csv"), ("/etc/passwd.txt", "passwd.txt")],
)
def test_what_is_handed_to_a_browser_has_a_name_and_no_place_and_is_not_looked_for(asked: str, name: str) -> None:
    front = Front(name="x", endings=(".csv", ".json", ".txt"), text=lambda ending: f"in {ending}")
    assert handed_over(front, asked, "offered.csv") == (name, f"in {Path(name).suffix}")


def test_what_is_handed_to_a_browser_is_one_of_the_forms() -> None:
    front = Front(name="x", endings=(".csv",), text=lambda ending: "")
    with pytest.raises(NotWritten, match="not a form of this"):
        handed_over(front, "a.exe", "offered.csv")


@pytest.mark.parametrize("asked", ["map.csv", "nowhere/map.svg", "n" * 300 + ".svg", "a\x00b.svg"])
def test_what_cannot_be_written_is_said_and_leaves_nothing(asked: str, tmp_path: Path) -> None:
    front = drawn_front("Map", [[Span("one")]], [])
    assert front.endings == DRAWN
    with pytest.raises(NotWritten):
        write(front, str(tmp_path / asked), "map.svg")
    assert list(tmp_path.iterdir()) == []


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


async def exported(pilot: Pilot[int], *keys: str) -> None:
    for each in keys:
        await pilot.press(each)
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "name", "words"),
    [
        ("x", "local-elections-areas-2022-05-06-0241.csv", "Wandsworth"),
        ("shift+tab x", "local-elections-changes-2022-05-06-0241.csv", "gain"),
        ("tab x", "london-2022-05-06-0241.svg", "source: results/tonight"),
        ("enter enter x", "havant-2022-05-06-0241.svg", "HAVANT"),
        ("c x", "problems-2022-05-06-0241.svg", "Local elections"),
    ],
)
async def test_x_writes_what_is_in_front_into_the_current_directory(
    keys: str, name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), source="results/tonight")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await exported(pilot, *keys.split())
    assert files(tmp_path).keys() == {name}
    text = files(tmp_path)[name]
    assert words in (picture_text(text) if name.endswith("svg") else text)
    assert "results/tonight" in text


async def test_what_is_written_is_the_moment_of_the_key_not_of_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    player = FakePlayer(nights.small_local())
    app = NightApp(player, ticks=Ticks())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        player.shown = nights.empty()
        app.beat()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    [text] = files(tmp_path).values()
    assert "Wandsworth" in text
