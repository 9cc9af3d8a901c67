"""The night in plain lines: one for everything that happens, as it happens."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.plain import Lines, follow, put_away
from dashboard.player import Player
from feeds.arrival import Arrival, Event, digest
from feeds.clock import ReplayClock, WallClock

AT = datetime(2022, 5, 6, 1, 39, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def no_nap(seconds: float) -> None:
    """Only let the others go on."""
    await asyncio.sleep(0)


def arrival(council: str, election: str = "Local elections", at: datetime = AT) -> Arrival:
    """Return a sheet in which Labour gains a council of 58 seats."""
    head = "area,election,party,elected,seats,total,composition,control,previous_control,poll_date"
    data = f"{head}\n{council},{election},LAB,58,58,58,58,LAB,CON,2022-05-05\n# rows=1\n".encode()
    return Arrival(path=f"{council}.csv", data=data, digest=digest(data), at=at, basis="arrived")


async def printed(*lots: list[Event], election: str | None = None) -> list[str]:
    async def changes() -> AsyncIterator[list[Event]]:
        for lot in lots:
            yield lot

    out = io.StringIO()
    await follow(Player(WallClock(), live=True), out, changes, election, nap=no_nap)
    return out.getvalue().splitlines()


async def test_everything_that_comes_has_one_line_and_the_lines_end_with_the_changes() -> None:
    lines = await printed([arrival("Hull")], [], [arrival("Leeds", at=AT + MINUTE)])
    assert lines == [
        "02:39 (arrived) Hull: Labour gain from Conservative. Labour 58 of 58.",
        "02:40 (arrived) Leeds: Labour gain from Conservative. Labour 58 of 58.",
    ]


async def test_what_comes_late_with_an_earlier_time_has_its_line_and_no_other_line_comes_twice() -> None:
    player = Player(WallClock(), live=True)
    out = io.StringIO()
    lines = Lines(out, player)
    for council, minutes in (("Hull", 2), ("Leeds", 3), ("Barnet", 0), ("York", 1), ("Derby", 4)):
        player.add([arrival(council, at=AT + minutes * MINUTE)])
        player.tick()
        lines.print_new()
    assert [line.split()[2] for line in out.getvalue().splitlines()] == [
        "Hull:", "Leeds:", "Barnet:", "York:", "Derby:",
    ]  # fmt: skip


async def test_what_was_counted_before_the_lines_began_is_not_printed() -> None:
    player = Player(WallClock(), [arrival("Hull")], live=True)
    player.to_end()
    out = io.StringIO()
    lines = Lines(out, player)
    player.add([arrival("Leeds", at=AT - MINUTE)])
    player.tick()
    lines.print_new()
    assert [line.split()[2] for line in out.getvalue().splitlines()] == ["Leeds:"]


async def test_a_task_that_loses_a_cancellation_is_put_away_all_the_same() -> None:
    lost: list[str] = []

    async def stubborn() -> None:
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost.append("a cancellation")
                if len(lost) == 2:
                    raise

    task = asyncio.ensure_future(stubborn())
    await asyncio.sleep(0)
    await put_away(task)
    assert task.cancelled()


async def test_a_file_that_cannot_be_read_has_a_line_with_the_reason() -> None:
    bad = b"area,party,elected\nHull,LAB,31x\n# rows=1\n"
    event = Arrival(path="bad.csv", data=bad, digest=digest(bad), at=AT, basis="arrived")
    (line,) = await printed([event])
    assert line.startswith("02:39 Problem: bad.csv is not counted: line 2: ")
    assert "31x" in line


async def test_with_several_elections_a_line_says_which_and_one_can_be_picked() -> None:
    both: list[Event] = [arrival("Barnet"), arrival("Hull", "Second election")]
    lines = await printed(both)
    assert [line.rpartition(" [")[2] for line in lines] == ["Local elections]", "Second election]"]
    (line,) = await printed(both, election="second")
    assert "Hull" in line


async def test_a_replay_ends_when_it_has_come_to_its_end() -> None:
    out = io.StringIO()
    player = Player(ReplayClock(AT, AT), [arrival("Hull")])
    await follow(player, out, nap=no_nap)
    assert out.getvalue().startswith("02:39 (arrived) Hull: ")


async def test_an_error_in_the_feed_is_not_swallowed(tmp_path: Path) -> None:
    async def changes() -> AsyncIterator[list[Event]]:
        yield []
        raise OSError(f"{tmp_path} is gone")

    with pytest.raises(OSError, match="is gone"):
        await follow(Player(WallClock(), live=True), io.StringIO(), changes, nap=no_nap)
