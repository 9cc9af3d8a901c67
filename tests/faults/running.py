"""What the long trials share: a seed that is printed, repetitions that can be stopped and gone on with, figures."""

import argparse
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from random import Random

BEAT = 60.0
"""Seconds between two words on how far it is."""

Once = Callable[[Random, int], float]
"""Runs one repetition and returns its figure; raises AssertionError with a sentence where a promise is broken."""


def say(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def figures(values: Sequence[float], unit: str) -> str:
    """Return the median, the 99th percentile and the greatest of some figures."""
    ordered = sorted(values)
    if not ordered:
        return "nothing measured"
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99)]
    return f"median {at[0]:.3g} {unit}, p99 {at[1]:.3g} {unit}, most {ordered[-1]:.3g} {unit}"


def chance(of: str) -> Random:
    """Return random numbers that are the same again for the same words."""
    return Random(of)


def run(name: str, what: str, once: Once, times: int, *, unit: str = "s", most: float | None = None) -> int:
    """Repeat a trial as the command line asks; return the exit code.

    Each repetition has its own random numbers, made from the seed and its number, so that any of them can be run
    again alone. `most` is the greatest figure that is allowed.
    """
    parser = argparse.ArgumentParser(prog=f"python -m tests.faults.{name}", description=what)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--times", type=int, default=times, help=f"repetitions in all (default {times:,})")
    parser.add_argument("--start", type=int, default=0, help="go on with this repetition")
    told = parser.parse_args()
    say(f"{name}: seed {told.seed}, repetitions {told.start:,} to {told.times:,}")
    values: list[float] = []
    number, began = told.start, time.monotonic()
    said = began
    try:
        for number in range(told.start, told.times):
            values.append(once(chance(f"{told.seed}/{number}"), number))
            if time.monotonic() - said > BEAT:
                said = time.monotonic()
                say(f"  {number + 1:,} done")
            assert most is None or values[-1] <= most, f"{values[-1]:.3g} {unit} is more than {most:g} {unit}"
    except KeyboardInterrupt:
        say(f"stopped; go on with --seed {told.seed} --times {told.times} --start {number}")
        return 130
    except AssertionError as problem:
        traceback.print_exc()
        say(f"BROKEN in repetition {number}: {problem}")
        say(f"again with --seed {told.seed} --start {number} --times {number + 1}")
        return 1
    finally:
        say(f"{len(values):,} repetitions in {time.monotonic() - began:.0f} s; {figures(values, unit)}")
    return 0
