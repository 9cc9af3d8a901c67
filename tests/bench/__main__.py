"""All benchmarks: `python -m tests.bench`, some minutes. Prints each figure beside its floor or peer and its budget.

`--only NAME …` runs these alone (`scale`, `looks` and `far` run in no other way), `--short` all with fewer
repetitions, `--json FILE` writes the figures down as well. Each figure is printed as soon as it is measured; a
benchmark that fails is said, and the others go on. Ends with 1 where a budget is not met or a benchmark failed.
"""

import argparse
import compileall
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.bench import arrivals, bursts, counting, looks, national, resting, scale, starting
from tests.bench.figures import HEAD, Figure, row_words
from tests.bench.machine import machine

Bench = Callable[[], Iterator[Figure]]

ALL: Final[dict[str, Bench]] = {
    "help": starting.help_page,
    "start": starting.first_picture,
    "latency": arrivals.latency,
    "steady": arrivals.steady,
    "bursts": bursts.bursts,
    "idle": resting.idle,
    "tally": starting.tally,
    "seek": counting.seeks,
    "opening": counting.opening,
    "full-speed": counting.full_speed,
    "memory": resting.memory,
    "growth": counting.growth,
    "national": national.national,
}
SHORT: Final[dict[str, Bench]] = {
    **ALL,
    "help": lambda: starting.help_page(5),
    "start": lambda: starting.first_picture(3),
    "latency": lambda: arrivals.latency(30),
    "steady": lambda: arrivals.steady(5),
    "bursts": lambda: bursts.bursts({1: 2, 100: 2, 2_000: 1}),
    "idle": lambda: resting.idle(5),
    "tally": lambda: starting.tally(800),
    "seek": lambda: counting.seeks(2_000, 50),
    "opening": lambda: counting.opening(10_000),
    "growth": lambda: counting.growth((100, 1_000, 10_000)),
    "national": lambda: national.national(14),
}
ALONE: Final[dict[str, Bench]] = {
    "scale": scale.scale,
    "looks": looks.looks,
    "far": lambda: counting.seeks(10 * counting.FEW),
}
"""What takes so long that it runs only where it is asked for."""

ROOT: Final = Path(__file__).parents[2]

FAILURES: Final = (OSError, RuntimeError, AssertionError, ValueError, subprocess.SubprocessError)


def main() -> int:
    """Run the benchmarks that were asked for; return 1 where a budget is not met or a benchmark failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast it is, against what.")
    parser.add_argument("--only", nargs="+", choices=[*ALL, *ALONE], metavar="NAME", help="run these alone")
    parser.add_argument("--short", action="store_true", help="fewer repetitions")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    asked = parser.parse_args()
    benches = {**(SHORT if asked.short else ALL), **ALONE}
    on = machine()
    for name, words in on.items():
        _say(f"{name:<10} {words}")
    _say(f"\n{HEAD}")
    for package in ("dashboard", "feeds"):
        compileall.compile_dir(str(ROOT / package), quiet=2)  # as pip does when it installs
    figures: list[Figure] = []
    failed: dict[str, str] = {}
    began = time.monotonic()
    for name in asked.only or list(ALL):
        try:
            for figure in benches[name]():
                figures.append(figure)
                _say(row_words(figure))
        except FAILURES as problem:
            failed[name] = f"{type(problem).__name__}: {problem}"
            _say(f"{name} FAILED: {failed[name]}")
    _say(f"\n{_summary(figures, failed)} It took {time.monotonic() - began:,.0f} s.")
    if asked.json is not None:
        told = {"machine": on, "figures": [figure.row() for figure in figures], "failed": failed}
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    return 1 if failed or any(figure.met is False for figure in figures) else 0


def _summary(figures: list[Figure], failed: dict[str, str]) -> str:
    judged = [figure for figure in figures if figure.met is not None]
    missed = [figure.what for figure in judged if figure.met is False]
    words = f"{len(judged) - len(missed)} of {len(judged)} budgets met."
    if missed:
        words += f" Not met: {'; '.join(missed)}."
    if failed:
        words += f" Failed: {', '.join(failed)}."
    return words


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
