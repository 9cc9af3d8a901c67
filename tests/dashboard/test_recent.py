"""The directories that were watched last: kept between runs, few, whole, and never in the way of a watch."""

import json
import os
from pathlib import Path

import pytest

from dashboard.commands.start import choices
from dashboard.recent import MOST, recent, recent_file, remember
from dashboard.view.lines import cells
from dashboard.view.starting import start_rows
from feeds.recorded import summary
from feeds.recording import Recording
from tests.dashboard.test_nights import NOW
from tests.dashboard.test_real_terminal import program, put, quit_fine, sheet


def folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path.resolve()


def test_the_directory_that_was_watched_last_comes_first_and_each_is_there_once(tmp_path: Path) -> None:
    kept, (a, b) = tmp_path / "state" / "recent.json", (folder(tmp_path / name) for name in "ab")
    for each in (a, b, a):
        remember(each, kept)
    assert recent(kept) == [str(a), str(b)]
    assert [path.name for path in kept.parent.iterdir()] == ["recent.json"]


def test_the_list_stays_short_and_what_stands_in_it_already_is_not_written_again(tmp_path: Path) -> None:
    kept = tmp_path / "recent.json"
    made = [folder(tmp_path / f"d{number}") for number in range(MOST + 5)]
    for each in made:
        remember(each, kept)
    assert recent(kept) == [str(each) for each in reversed(made)][:MOST]
    before = kept.stat()
    remember(made[-1], kept)
    assert kept.stat().st_ino == before.st_ino


def test_a_link_is_kept_as_the_directory_that_it_leads_to(tmp_path: Path) -> None:
    real, link = folder(tmp_path / "real"), tmp_path / "link"
    link.symlink_to(real)
    remember(link, tmp_path / "recent.json")
    assert recent(tmp_path / "recent.json") == [str(real)]


@pytest.mark.parametrize("name", ["\x1b]0;owned\x07", "\u202egnp", "⟨1b⟩", "[red]x[/]", b"\xff\xfe", "n" * 200, "a\nb"])
def test_a_name_of_any_characters_comes_back_the_same_and_is_shown_without_them(
    name: str | bytes, tmp_path: Path
) -> None:
    feed = folder(tmp_path / os.fsdecode(name))
    remember(feed, tmp_path / "recent.json")
    assert recent(tmp_path / "recent.json") == [str(feed)]
    [choice] = choices([], [], recent(tmp_path / "recent.json"))
    assert choice.argument == str(feed)
    text = "".join(row.text for row in start_rows([choice], {}, 400))
    assert text.isprintable()
    assert max(cells(row.text) for row in start_rows([choice], {}, 40)) <= 40


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"directories": 1}', b'{"directories": [1]}', b"\xff",
     b'{"directories": ["a", "", "/\\u0000"]}', b'{"directories": ["/' + b"x" * 2_000_000 + b'"]}'],
)  # fmt: skip
def test_a_damaged_list_is_empty_and_replaced_by_the_next_one(data: bytes, tmp_path: Path) -> None:
    kept, feed = tmp_path / "recent.json", folder(tmp_path / "feed")
    kept.write_bytes(data)
    assert recent(kept) == []
    remember(feed, kept)
    assert recent(kept) == [str(feed)]


def test_where_the_list_cannot_be_kept_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here lies no directory", encoding="utf-8")
    remember(folder(tmp_path / "feed"), tmp_path / "file" / "recent.json")
    remember(tmp_path / "feed", Path("relative.json"))
    assert not Path("relative.json").exists()


def test_the_watched_directory_itself_is_never_written_to(tmp_path: Path) -> None:
    remember(tmp_path, tmp_path / "state" / "recent.json")
    assert list(tmp_path.iterdir()) == []


def test_directories_that_were_watched_come_before_those_of_recordings_each_once_and_only_while_there(
    tmp_path: Path,
) -> None:
    with_one, without, only = (folder(tmp_path / name) for name in ("with", "without", "only"))
    made = []
    for number, feed in enumerate((with_one, only)):
        Recording(tmp_path / f"{number}.night", str(feed), NOW).close()
        made.append(summary(tmp_path / f"{number}.night"))
    found = choices([], made, [str(without), str(tmp_path / "gone"), str(with_one)])
    assert [(c.argument, c.pictured) for c in found if c.kind == "directory"] == [
        (str(without), str(without)),
        (str(with_one), str(tmp_path / "0.night")),
        (str(only), str(tmp_path / "1.night")),
    ]


def test_a_directory_that_was_watched_without_a_recording_is_on_the_start_screen(tmp_path: Path) -> None:
    feed = folder(tmp_path / "results")
    put(feed, "hull.csv", sheet("Kingston upon Hull", "LD", 57))
    with program("watch", "--no-record", str(feed)) as terminal:
        terminal.wait_for("LD gain from NOC", 40)
        quit_fine(terminal)
    assert json.loads(recent_file().read_text(encoding="utf-8")) == {"directories": [str(feed)]}
    with program() as terminal:
        terminal.wait_for("Directories watched before", 40)
        terminal.wait_for(lambda screen: any("results" in line and "LD 57" in line for line in screen), 40)
        terminal.press("q")
        assert terminal.close() == 0
