"""What the program takes while nothing happens, and what it holds."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import feed
from tests.bench.figures import Figure
from tests.bench.running import PROGRAM, Running
from tests.makers import pa

BARE = (sys.executable, "-m", "tests.bench.bare")
WARDS = 5_000
STANDING = 5


def _load(running: Running, seconds: float) -> float:
    before, start = running.cpu(), time.perf_counter()
    time.sleep(seconds)
    return (running.cpu() - before) / (time.perf_counter() - start) * 100


def idle(seconds: float = 20.0) -> Iterator[Figure]:
    """Measure the processor with the ticker moving and with it still, beside a bare Textual app."""
    with Running(BARE) as bare:
        bare.when("ready now")
        time.sleep(1)
        floor = _load(bare, seconds)
    for what, budget, most, env in (
        ("ticker moving", "≤ 4 %", 4.0, {}),
        ("ticker still", "≤ 1.5 %", 1.5, {"TEXTUAL_ANIMATIONS": "none"}),
    ):
        with tempfile.TemporaryDirectory() as place:
            base = Path(place)
            feed.fill(base / "own", feed.councils(200))
            with Running([*PROGRAM, "watch", str(base / "own")], {"XDG_STATE_HOME": str(base), **env}) as own:
                own.when("200 of 200")
                own.quiet()
                load = _load(own, seconds)
        yield Figure(
            f"nothing happening, {what}", load, "% of a core", budget, most, "a bare Textual app", floor or 0.01
        )


def memory() -> Iterator[Figure]:
    """Measure the memory with 25,000 candidates counted, beside a bare Textual app."""
    with Running(BARE) as bare:
        bare.when("ready now")
        time.sleep(1)
        floor = bare.memory()
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        (base / "own").mkdir()
        for number in range(WARDS // 50):
            feed.put(base / "own", f"wards-{number}.csv", _wards(number).encode())
        with Running([*PROGRAM, "watch", str(base / "own")], {"XDG_STATE_HOME": str(base)}) as own:
            own.when(f" {WARDS:,} seats", timeout=120)
            own.quiet()
            held = own.memory()
    yield Figure("25,000 candidates counted, over a bare Textual app", held - floor, "MB", "≤ 60 MB", 60)


def _wards(number: int) -> str:
    rows = ["area,ward,seats,total,candidate,party,votes,elected,poll_date"]
    for ward in range(50):
        for each, party in enumerate(("LAB", "CON", "LD", "GRN", "IND")):
            person = f"Person {number} {ward} {each}"
            won = "yes" if each == 0 else "no"
            rows.append(f"{feed.name(number)},Ward {ward},1,50,{person},{party},{900 - each},{won},{pa.DATE}")
    return "\n".join([*rows, f"# rows={len(rows) - 1}", ""])
