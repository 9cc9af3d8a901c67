"""The short form of the laws of time, and that a breach of them would be found."""

from pathlib import Path

import msgspec
import pytest

from dashboard.player import Player
from feeds.saved import open_night
from tests.faults import ways
from tests.faults.laws import Book, laws, long_night
from tests.faults.rehearsed import live_law, rehearse
from tests.faults.states import Film, Pieces, afresh, film, shown_by, state
from tests.faults.ways import WAYS, Law, Ticks, go, player_of

SEED = 3


def fresh(shown: Film) -> dict[int, bytes]:
    found: list[bytes] = []
    afresh(shown, [], found.append, apart=False)
    return dict(zip(shown.places, found, strict=True))


def ended(shown: Film, right: dict[int, bytes], way: str) -> Law:
    return list(go(shown, right, way, SEED))[-1]


def test_every_way_to_every_event_of_a_made_up_night_is_the_same_night(tmp_path: Path) -> None:
    found = list(laws(Book(tmp_path, SEED, apart=False), [], 1, 60))
    number = len(film("made up", long_night(60, SEED)).pairs)
    assert [law.way for law in found] == list(WAYS)
    assert all(law.compared >= number for law in found[:-1])
    assert [(law.different, law.changed, law.done) for law in found] == [((), 0, True)] * len(WAYS)


def test_the_live_run_of_a_chaotic_rehearsal_is_the_replay_of_its_recording(tmp_path: Path) -> None:
    done = rehearse(open_night("2018-05-03-local"), SEED, tmp_path)
    shown = film("rehearsal", done.events)
    player, pieces = player_of(shown, Ticks()), Pieces()
    right = {}
    for place in shown.places:
        player.hold_at(place)
        right[place] = shown_by(player, shown, place, pieces)
    law = live_law(shown, right, done)
    assert law.compared == len(shown.pairs) > 150
    assert law.different == ()


@pytest.mark.parametrize("way", [way for way in WAYS if way != "opened anew"])
def test_a_state_that_is_another_is_found(way: str) -> None:
    shown = film("made up", long_night(20, SEED))
    right = fresh(shown)
    right[7] = right[6]
    assert ended(shown, right, way).different.count(7) >= 1
    assert set(ended(shown, right, way).different) == {7}


def test_a_half_of_the_process_answers_as_a_count_of_its_own_does() -> None:
    shown = film("made up", long_night(20, SEED))
    found: list[bytes] = []
    afresh(shown, [], found.append, apart=True)
    assert found == list(fresh(shown).values())


def test_the_state_tells_every_part_of_a_night() -> None:
    shown = film("2022", open_night("2022-05-05-local").events)
    player = player_of(shown, Ticks())
    player.to_end()
    night, pieces = player.night, Pieces()
    election = night.elections[0]
    others = [msgspec.structs.replace(night, **{name: ()}) for name in ("happenings", "quotes", "elections")]
    others.append(msgspec.structs.replace(night, happenings=[*night.happenings][::-1]))
    swapped = msgspec.structs.replace(election, areas=(*election.areas[1:], election.areas[0]))
    others.append(msgspec.structs.replace(night, elections=(swapped,)))
    others.append(msgspec.structs.replace(night, events=night.events + 1))
    told = {state(each, pieces) for each in (night, *others)}
    assert len(told) == 1 + len(others)
    assert state(night, Pieces()) == state(night, pieces)


def test_an_object_that_was_changed_behind_our_back_is_found() -> None:
    shown = film("2018", open_night("2018-05-03-local").events)
    player = player_of(shown, Ticks())
    player.hold_at(120)
    pieces = Pieces()
    state(player.night, pieces)
    assert pieces.changed() == 0
    area = next(a for a in player.night.elections[0].areas if a.elected)
    assert area.elected is not None
    area.elected["LAB"] = 999
    assert pieces.changed() >= 1


def test_what_was_stopped_goes_on_where_it_was_and_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(laws(Book(tmp_path / "whole", SEED, apart=False), [], 1, 20))
    asked = 0

    def counted(player: Player, *rest: object) -> bytes:
        nonlocal asked
        asked += 1
        if asked == 30:
            raise KeyboardInterrupt
        return shown_by(player, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ways, "shown_by", counted)
    monkeypatch.setattr("tests.faults.laws.SAVED", 0.0)
    with pytest.raises(KeyboardInterrupt):
        list(laws(Book(tmp_path / "cut", SEED, apart=False), [], 1, 20))
    again = Book(tmp_path / "cut", SEED, apart=False)
    assert again.known("20 made up", "played") is not None
    assert list(laws(again, [], 1, 20)) == whole
    assert asked - 1 == sum(law.compared for law in whole)


def test_what_was_begun_with_another_version_of_the_program_is_not_gone_on_with(tmp_path: Path) -> None:
    Book(tmp_path, SEED)
    assert Book(tmp_path, SEED).found == {}
    (tmp_path / "program").write_text("another")
    with pytest.raises(ValueError, match="another version of the program"):
        Book(tmp_path, SEED)
