"""All benchmarks: `python -m tests.bench`, a few minutes. Prints each figure beside its floor or peer and its budget.

`--only NAME` runs one of them, `--short` all with fewer repetitions, `--json FILE` writes the figures down as well.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from tests.bench import arrivals, counting, resting, starting
from tests.bench.figures import Figure

Bench = Callable[[], Iterator[Figure]]

ALL: Final[dict[str, Bench]] = {
    "latency": arrivals.latency,
    "bursts": arrivals.bursts,
    "steady": arrivals.steady,
    "idle": resting.idle,
    "start": starting.first_picture,
    "help": starting.help_page,
    "tally": starting.tally,
    "seek": counting.seeks,
    "full-speed": counting.full_speed,
    "memory": resting.memory,
    "growth": counting.growth,
}
SHORT: Final[dict[str, Bench]] = {
    **ALL,
    "latency": lambda: arrivals.latency(30),
    "bursts": lambda: arrivals.bursts((1, 100, 2_000)),
    "steady": lambda: arrivals.steady(5),
    "idle": lambda: resting.idle(5),
    "start": lambda: starting.first_picture(3),
    "help": lambda: starting.help_page(5),
    "tally": lambda: starting.tally(800),
    "seek": lambda: counting.seeks(2_000, 50),
    "growth": lambda: counting.growth((100, 1_000, 10_000)),
}


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    models = [line for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if "model name" in line]
    return {
        "processor": models[0].partition(":")[2].strip() if models else platform.processor(),
        "cores": str(os.cpu_count()),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("textual", "rich", "watchfiles", "msgspec")},
    }


def main() -> int:
    """Run the benchmarks that were asked for; return 1 where a budget is not met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast it is, against what.")
    parser.add_argument("--only", choices=ALL, help="run this one alone")
    parser.add_argument("--short", action="store_true", help="fewer repetitions")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    asked = parser.parse_args()
    benches = SHORT if asked.short else ALL
    console = Console()
    on = machine()
    console.print(" · ".join(f"{name} {what}" for name, what in on.items()), markup=False, highlight=False)
    figures: list[Figure] = []
    for name in [asked.only] if asked.only else list(benches):
        console.print(f"{name} …", style="dim", markup=False)
        figures += benches[name]()
    console.print(table(figures))
    if asked.json is not None:
        told = {"machine": on, "figures": [figure.row() for figure in figures]}
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 1 if any(figure.met is False for figure in figures) else 0


def table(figures: list[Figure]) -> Table:
    """Return the figures as a table."""
    shown = Table("what", "figure", "floor or peer", "ratio", "budget", "met")
    for figure in figures:
        floor = "" if figure.floor is None else f"{_number(figure.floor, figure.unit)} ({figure.against})"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}×"
        met = {True: "yes", False: "NO", None: ""}[figure.met]
        shown.add_row(figure.what, _number(figure.value, figure.unit), floor, ratio, figure.budget, met)
    return shown


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


if __name__ == "__main__":
    sys.exit(main())
