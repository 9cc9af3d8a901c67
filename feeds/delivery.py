"""Delivers a night into a directory as if live: each file under a temporary name, then renamed, at a pace."""

import math
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from feeds.plan import REHEARSAL, Delivery, Plan, as_it_came, rehearsed
from feeds.saved import SavedNight

__all__ = ["REHEARSAL", "Gate", "Pace", "at_speed", "carry_out", "deliver", "prepare", "rehearsed", "within"]

Pace = Callable[[datetime], float]
"""Given a moment of the night, returns how many seconds after the start it is due."""

Gate = Callable[[Delivery], bool]
"""Asked before each delivery once it is due; False ends the whole."""


def at_speed(begin: datetime, speed: float) -> Pace:
    """Return the pace of `speed` seconds of the night to a second, from `begin` on; `math.inf` waits for nothing."""
    if not speed > 0:
        raise ValueError(f"the speed is {speed:g}, a positive number was expected")
    return lambda at: 0.0 if speed == math.inf else max(0.0, (at - begin).total_seconds() / speed)


def within(begin: datetime, end: datetime, seconds: float) -> Pace:
    """Return the pace at which the night from `begin` to `end` takes `seconds`."""
    length = (end - begin).total_seconds()
    if length <= 0 or seconds <= 0:
        return lambda at: 0.0
    return at_speed(begin, length / seconds)


def deliver(
    night: SavedNight,
    target: Path,
    *,
    pace: Pace,
    stop: threading.Event,
    ticks: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] | None = None,
    on_file: Callable[[int, int, str], None] | None = None,
) -> int:
    """Write a night's files into `target` as they fall due, as they came; return how many, as `carry_out` does.

    `on_file(position, total, path)` is told of each file, from 1.
    """
    plan, done = as_it_came(night), 0

    def told(delivery: Delivery) -> None:
        nonlocal done
        done += 1
        if on_file is not None:
            on_file(done, plan.files, delivery.path)

    return carry_out(plan, target, pace=pace, stop=stop, ticks=ticks, wait=wait, on_done=told)


def carry_out(
    plan: Plan,
    target: Path,
    *,
    pace: Pace,
    stop: threading.Event,
    in_place: bool = False,
    gate: Gate | None = None,
    ticks: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] | None = None,
    on_done: Callable[[Delivery], None] | None = None,
) -> int:
    """Do what a plan says in `target` as it falls due, until all is done or `stop` is set; return how many writes.

    `target` is made if need be; raises ValueError, in words, where it holds anything but dotfiles already. With
    `in_place` a file is written under its own name. `wait(seconds)` must come back early when `stop` is set. However
    it ends, no temporary file is left, and what was torn is completed.
    """
    pause = stop.wait if wait is None else wait
    prepare(target)
    torn: dict[str, Delivery] = {}
    written = 0
    start = ticks()
    try:
        for delivery in plan.deliveries:
            due = pace(delivery.at)
            while not stop.is_set() and (left := due - (ticks() - start)) > 0:
                pause(left)
            if stop.is_set() or (gate is not None and not gate(delivery)):
                break
            _do(target, delivery, in_place, torn)
            written += delivery.manner != "pause"
            if on_done is not None:
                on_done(delivery)
    finally:
        for delivery in torn.values():
            _write(_place(target, delivery.path), delivery.data)
    return written


def _do(target: Path, delivery: Delivery, in_place: bool, torn: dict[str, Delivery]) -> None:
    if delivery.manner == "pause":
        return
    place = _place(target, delivery.path)
    if delivery.manner == "torn":
        torn[delivery.path] = delivery
        _write(place, delivery.data[: delivery.part])
    elif in_place or delivery.manner == "completed":
        _write(place, delivery.data)
        torn.pop(delivery.path, None)
    else:
        _put(place, delivery.data)


def prepare(target: Path) -> None:
    """Make a directory for a night where there is none; raises ValueError, in words, where it cannot take one."""
    if target.exists() and not target.is_dir():
        raise ValueError(f"“{target}” is a file, a directory was expected")
    target.mkdir(parents=True, exist_ok=True)
    if any(not item.name.startswith(".") for item in target.iterdir()):
        raise ValueError(f"“{target}” is not empty: a night is delivered into a directory of its own")


def _place(target: Path, path: str) -> Path:
    """Return where a path lies in the directory, its folder made; raises ValueError where that is outside."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        raise ValueError(f"“{path}” would lie outside the directory")
    place = target.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _put(place: Path, data: bytes) -> None:
    temporary = place.with_name(f".{place.name}.part")
    try:
        temporary.write_bytes(data)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def _write(place: Path, data: bytes) -> None:
    """Write in place in two goes, as a copy over a network does: whoever reads between them sees a torn file."""
    with place.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        file.write(data[len(data) // 2 :])
