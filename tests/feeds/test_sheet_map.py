"""A tile map as a sheet, and what becomes of it in a night."""

from pathlib import Path

import pytest

from feeds.arrival import Arrival
from feeds.formats.sheet import read
from feeds.report import Tile, TileMap
from feeds.saved import open_night
from tests.feeds.sheets import problem
from tests.feeds.test_saved import folder
from tests.makers.events import arrive, gone, night, result

HEAD = "code,name,x,y,short\n"


def tiles(text: str) -> tuple[Tile, ...]:
    reading = read("map.csv", text.encode())
    assert reading.problem is None, reading.problem
    return next(r.tiles for r in reading.reports if isinstance(r, TileMap))


def test_a_sheet_with_columns_and_rows_is_a_map() -> None:
    found = tiles(HEAD + "E09000032,Wandsworth,2,4,Wns\n,Anytown,0,0,Any\n")
    assert found == (
        Tile(x=2, y=4, short="Wns", name="Wandsworth", code="E09000032"),
        Tile(x=0, y=0, short="Any", name="Anytown"),
    )


def test_a_code_alone_is_enough_and_a_short_name_is_made_where_none_is_given() -> None:
    assert tiles("code;x;y\ne09000032;1;2\n") == (Tile(x=1, y=2, short="E090", code="E09000032"),)
    assert tiles("council,x,y\nWandsworth,1,2\n") == (Tile(x=1, y=2, short="Wand", name="Wandsworth"),)


@pytest.mark.parametrize(
    ("rows", "reason", "line"),
    [
        ("E1,A,-1,0,a\n", "x is “-1”, a whole number from 0 to 199 was expected", 2),
        ("E1,A,0,200,a\n", "y is “200”, a whole number from 0 to 199 was expected", 2),
        ("E1,A,0,0,a\nE2,B,,1,b\n", "x is “”, a whole number from 0 to 199 was expected", 3),
        (",,0,0,a\n", "a tile needs a code or a name", 2),
        ("E1,A,3,4,a\nE2,B,3,4,b\n", "x 3, y 4 is taken already by line 2", 3),
        ("", "there are column names but no rows below them", 1),
    ],
)
def test_a_row_that_is_no_tile_keeps_the_map_out_with_its_line(rows: str, reason: str, line: int) -> None:
    found = problem(HEAD + rows)
    assert (found.reason, found.line) == (reason, line)


def test_a_column_that_a_map_does_not_have_is_a_warning() -> None:
    reading = read("map.csv", b"name,x,y,colour\nA,0,0,red\n")
    assert [w.reason for w in reading.warnings] == ["unknown column, not read: “colour”"]


def test_control_characters_do_not_come_through_a_map() -> None:
    (tile,) = tiles('name,x,y,short\n"A\x1b[2J",0,0,"b\x1b"\n')
    assert "\x1b" not in (tile.name or "") + tile.short


ONE = TileMap(tiles=(Tile(x=0, y=0, short="A", name="Ayton"),))
TWO = TileMap(tiles=(Tile(x=1, y=1, short="B", name="Bolton"),))


def test_the_night_carries_its_newest_map() -> None:
    found = night(arrive("map.csv", 0, ONE), arrive("a.csv", 1, result("Ayton", {"LAB": 1})))
    assert found.tiles == ONE.tiles
    assert night(arrive("map.csv", 0, ONE), arrive("map.csv", 1, TWO)).tiles == TWO.tiles
    assert night(arrive("a.csv", 1, result("Ayton", {"LAB": 1}))).tiles == ()


def test_a_map_is_used_and_not_counted_as_a_result() -> None:
    files = night(arrive("map.csv", 0, ONE)).files
    assert (files.seen, files.ignored, files.counted) == (1, 1, 0)


def test_a_map_whose_file_is_gone_stays_as_figures_do() -> None:
    assert night(arrive("map.csv", 0, ONE), gone("map.csv", 1)).tiles == ONE.tiles


def test_a_saved_night_carries_its_map_though_the_order_of_arrivals_does_not_list_it(tmp_path: Path) -> None:
    saved = open_night(str(folder(tmp_path, {"map.csv": HEAD + ",Adur,0,0,Adu\n"})))
    assert [e.at for e in saved.events if isinstance(e, Arrival) and e.path == "map.csv"] == [saved.begin]


def test_in_a_plain_directory_the_map_is_there_from_the_beginning(tmp_path: Path) -> None:
    (tmp_path / "map.csv").write_text(HEAD + ",Adur,0,0,Adu\n# rows=1\n", encoding="utf-8")
    (tmp_path / "night.toml").write_text("poll_date = 2022-05-05\n", encoding="utf-8")
    saved = open_night(str(tmp_path))
    assert [e.at for e in saved.events if e.path == "map.csv"] == [saved.begin]
