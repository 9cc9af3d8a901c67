"""Certain control against the brute force, for as many councils as wanted.

`python -m tests.oracles.certain --councils 1000000 --seed 1 --jobs 2` prints how far it is, and at the end, or when it
is interrupted, what was compared: false calls, missed calls, and paths or bounds that differ. It ends with 1 where
anything differs.
"""

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pool

from dashboard.count.control import ANYBODY, Ballot, Count, certain
from feeds.report import NOC, Seats
from tests.oracles.councils import CODES, council
from tests.oracles.worlds import Council, Ends, ends_of, worlds

CHUNK = 1_000
WRONG = ("false calls", "missed calls", "paths that differ", "bounds that differ")


def names(made: Council) -> tuple[str, ...]:
    """Return the parties' codes by their places; the unnamed one is the last."""
    return (*CODES[: len(made.held) - 1], ANYBODY)


def count_of(made: Council, number: int = 0) -> Count:
    """Return the council as the count knows it; what is safe is continuing, won or unopposed, by its number."""
    codes = names(made)

    def by_code(numbers: tuple[int, ...]) -> Seats:
        return {code: n for code, n in zip(codes, numbers, strict=True) if n}

    parts: list[tuple[int, ...]] = []
    left = made.held
    for share in (1 + number % 3, 2 + number % 2):
        part = tuple(n // share for n in left)
        parts.append(part)
        left = tuple(n - m for n, m in zip(left, part, strict=True))
    return Count(
        total=made.total,
        continuing=by_code(parts[0]),
        won=by_code(parts[1]),
        unopposed=by_code(left),
        ballots=[
            Ballot(seats=w.seats, candidates=None if w.candidates is None else by_code(w.candidates))
            for w in made.wards
        ],
        deferred=made.deferred,
        loose=made.loose,
    )


def named(made: Council) -> set[str]:
    """Return the parties that have a seat or a candidate: of any other, nobody has said that it stands."""
    numbers = [made.held, *(w.candidates for w in made.wards if w.candidates is not None)]
    return {code for place, code in enumerate(names(made)) if any(n[place] for n in numbers)}


def truth(ends: Ends, codes: tuple[str, ...]) -> tuple[str | None, set[str]]:
    """Return the control that all ends share (None where they do not), and the parties with a path else."""
    if len(ends.controls) == 1:
        (place,) = ends.controls
        return (NOC if place < 0 else codes[place]), set()
    return None, {codes[place] for place in ends.controls if place >= 0}


def compare(seed: int, number: int) -> Counter[str]:
    """Return what came of one council: the kind of call, and how it is wrong where it is."""
    made = council(seed, number)
    codes = names(made)
    counted = count_of(made, number)
    ends = ends_of(made.total, len(made.held), worlds(made))
    call, paths = truth(ends, codes)
    found, _, open_paths = certain(counted)
    seen: Counter[str] = Counter({"councils": 1})
    seen["certain NOC" if call == NOC else "open" if call is None else "certain for a party"] += 1
    seen["false calls"] += found is not None and found != call
    seen["missed calls"] += found is None and call is not None
    seen["paths that differ"] += found == call and {p.party for p in open_paths} != paths & named(made)
    for code, bounds in zip(codes, ends.seats, strict=True):
        path = counted.path(code)
        seen["bounds that differ"] += (path.least, path.most) != bounds
    return seen


def chunk(seed: int, first: int, last: int) -> tuple[Counter[str], list[int]]:
    """Return what came of the councils from `first` up to `last`, and the numbers of those that are wrong."""
    seen: Counter[str] = Counter()
    wrong = []
    for number in range(first, last):
        one = compare(seed, number)
        seen += one
        if any(one[what] for what in WRONG):
            wrong.append(number)
    return seen, wrong


def _chunks(seed: int, councils: int, jobs: int) -> Iterator[tuple[Counter[str], list[int]]]:
    bounds = [(first, min(first + CHUNK, councils)) for first in range(0, councils, CHUNK)]
    if jobs == 1:
        yield from (chunk(seed, *b) for b in bounds)
        return
    with Pool(jobs, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.imap_unordered(partial(_bounded, seed), bounds)


def _bounded(seed: int, bounds: tuple[int, int]) -> tuple[Counter[str], list[int]]:
    return chunk(seed, *bounds)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Compare as many councils as the command line says; return 1 where anything differs."""
    parser = argparse.ArgumentParser(description="Certain control against the brute force.")
    parser.add_argument("--councils", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    seen: Counter[str] = Counter()
    wrong: list[int] = []
    begun = shown = time.monotonic()
    try:
        for some, numbers in _chunks(asked.seed, asked.councils, asked.jobs):
            seen += some
            wrong += numbers
            if time.monotonic() - shown >= 10:
                shown = time.monotonic()
                _say(f"{seen['councils']:,} of {asked.councils:,} councils, {len(wrong)} wrong, {shown - begun:.0f} s")
    except KeyboardInterrupt:
        _say(f"interrupted after {seen['councils']:,} of {asked.councils:,} councils")
    _say(f"seed {asked.seed}: {seen['councils']:,} councils in {time.monotonic() - begun:.0f} s")
    for what in ("certain for a party", "certain NOC", "open", *WRONG):
        _say(f"  {what}: {seen[what]:,}")
    if wrong:
        _say(f"  the first that are wrong: {sorted(wrong)[:20]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
