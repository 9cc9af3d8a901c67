"""A quote appears when it was said or arrived, stands beside its area's change, and goes when time goes back."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dashboard.player import Player
from dashboard.view.changes import columns, items, rows
from dashboard.view.frame import Frame, chosen
from dashboard.view.pieces import plain
from dashboard.view.ticker import ticker_lines
from feeds.clock import ReplayClock
from feeds.saved import open_night
from tests.makers.events import at
from tests.makers.replays import Ticks, evening, replay


def heard(player: Player) -> list[str]:
    return [said.quote.text for said in player.night.quotes]


def test_a_quote_comes_with_its_file_and_goes_when_time_goes_back() -> None:
    player = replay(evening(), Ticks())
    for moment, texts in ((124, []), (125, ["A great night"]), (400, ["A great night"]), (124, []), (0, [])):
        player.seek(at(moment))
        assert heard(player) == texts, moment
        assert [h for h in player.night.happenings if h.what == "quote"] == [] or texts


def test_the_ticker_has_it_only_after_it_came() -> None:
    player = replay(evening(), Ticks())
    for moment, there in ((124, False), (125, True), (124, False)):
        player.seek(at(moment))
        night = player.night
        shown = Frame(
            night=night,
            election_id=chosen(night, None),
            as_at=player.as_at,
            begin=player.begin,
            end=player.end,
            zone=player.zone,
            live=False,
        )
        assert any("A great night" in plain(line) for line in ticker_lines(shown)) == there


def test_it_is_pinned_to_its_area_s_change_and_to_no_other() -> None:
    player = replay(evening(), Ticks())
    player.seek(at(400))
    election = player.night.elections[0]
    found = items(player.night, election)
    texts = [[plain(cell) for cell in row.cells] for row in rows(found, columns(120, found), player.zone, at(0))]
    pinned = {row[1].strip(): "❝ A great night ❞ Ann" in row[-1] for row in texts}
    assert pinned == {"BOLTON": True, "CREWE": False, "DERBY": False}


def test_in_a_plain_directory_a_quote_comes_when_it_was_said(tmp_path: Path) -> None:
    zone = ZoneInfo("Europe/London")
    sheet = (
        "text,speaker,area,poll_date,said_at\n"
        "Early words,Ann,Adur,2022-05-05,2022-05-06T01:00\n"
        "Late words,Bo,Adur,2022-05-05,2022-05-06T04:00\n# rows=2\n"
    )
    (tmp_path / "quotes.csv").write_text(sheet, encoding="utf-8")
    (tmp_path / "night.toml").write_text("poll_date = 2022-05-05\n# end\n", encoding="utf-8")
    filed = datetime(2022, 5, 6, 5, 0, tzinfo=zone).timestamp()
    for name in ("quotes.csv", "night.toml"):
        os.utime(tmp_path / name, (filed, filed))
    night = open_night(str(tmp_path))
    player = Player(ReplayClock(night.begin, night.end), night.events)
    for hour, texts in ((0, []), (1, ["Early words"]), (3, ["Early words"]), (4, ["Early words", "Late words"])):
        player.seek(datetime(2022, 5, 6, hour, 0, tzinfo=zone))
        assert heard(player) == texts, hour
