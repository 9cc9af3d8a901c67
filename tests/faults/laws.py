"""The law of time: every way to a moment of a night gives the same night, to the byte of its JSON.

`python -m tests.faults.laws` compares every state of each of the nights that ship, of a recording of a chaotic
rehearsal of each, and of a made-up night of 10,000 arrivals. What is right is what a count shows that was given the
events up to there and is asked for the first time (`tests.faults.states.afresh`), after every event. With that are
compared a night that is played, one that is stepped through, those that are sought through forwards, backwards and at
random, and players that are opened anew; of a rehearsal the live run, too: it is watched in a real directory,
recorded, and read back. A moment that is sought is that of the last event of that time; the places between are reached
by the ways that count events.

It prints its seed. Stopped (Ctrl-C, or killed), it goes on where it was when it is started with the same seed.
Ends with 1 where anything differs.
"""

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from feeds.arrival import Arrival, Event, Sighting, digest
from feeds.recorded import read_recording
from feeds.saved import open_night, shipped
from tests.bench import feed
from tests.faults.rehearsed import live_law, rehearse
from tests.faults.running import say
from tests.faults.states import Film, afresh, film
from tests.faults.ways import WAYS, Law, go

ROOT: Final = Path(__file__).parents[2]

LONG: Final = 10_000

SAVED: Final = 15.0
"""Seconds between two notes of how far a way is."""


def program() -> str:
    """Return what tells one version of the program from another: a hash of its modules."""
    modules = sorted(path for name in ("feeds", "dashboard") for path in (ROOT / name).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in modules)).hexdigest()


class Book:
    """What has been found so far, kept in a directory so that a run can be stopped and gone on with.

    Raises ValueError, in words, where it was begun with another version of the program.
    """

    def __init__(self, place: Path, seed: int, *, apart: bool = True) -> None:
        self.place = place
        self.seed = seed
        self._apart = apart
        self._page = place / "laws.json"
        self.found: dict[str, Law] = {}
        place.mkdir(parents=True, exist_ok=True)
        begun = place / "program"
        if begun.exists() and begun.read_text() != program():
            raise ValueError(f"{place} was begun with another version of the program: take another seed")
        begun.write_text(program())
        if self._page.exists():
            for law in msgspec.json.decode(self._page.read_bytes(), type=list[Law]):
                self.found[f"{law.night}, {law.way}"] = law

    def known(self, night: str, way: str) -> Law | None:
        """Return what has been found of a way so far."""
        return self.found.get(f"{night}, {way}")

    def note(self, law: Law) -> None:
        """Keep what has been found of a way so far."""
        self.found[f"{law.night}, {law.way}"] = law
        aside = self._page.with_suffix(".part")
        aside.write_bytes(msgspec.json.encode(list(self.found.values())))
        aside.replace(self._page)

    def right(self, shown: Film) -> dict[int, bytes]:
        """Return what a fresh start shows at every place; what was found before is read back."""
        page = self.place / f"{shown.name}.afresh"
        known = [bytes.fromhex(line) for line in page.read_text().split("\n")[:-1]] if page.exists() else []
        page.write_text("".join(f"{each.hex()}\n" for each in known))  # the last line may have been torn off
        with page.open("a") as kept:

            def found(answer: bytes) -> None:
                known.append(answer)
                kept.write(f"{answer.hex()}\n")
                kept.flush()

            afresh(shown, known, found, apart=self._apart)
        return dict(zip(shown.places, known, strict=True))

    def ways(self, shown: Film) -> Iterator[Law]:
        """Yield what each way through a night gives beside a fresh start."""
        right: dict[int, bytes] = {}
        for way in WAYS:
            law = self.known(shown.name, way)
            if law is not None and law.done:
                yield law
                continue
            right = right or self.right(shown)
            kept = time.monotonic()
            for law in go(shown, right, way, self.seed, law):  # noqa: B020 (it goes on with what was found)
                if law.done or time.monotonic() - kept > SAVED:
                    self.note(law)
                    kept = time.monotonic()
            assert law is not None
            yield law

    def night(self, name: str) -> Iterator[Law]:
        """Yield the laws of a night that ships, and of the recording of a rehearsal of it."""
        yield from self.ways(film(name, open_night(name).events))
        place = self.place / name
        rehearsal = f"{name}, chaotic"
        live = self.known(rehearsal, "live run")
        if live is not None:
            shown = film(rehearsal, read_recording(place / "held.night").events)
        else:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            rehearsed = rehearse(open_night(name), self.seed, place)
            shown = film(rehearsal, rehearsed.events)
            live = live_law(shown, self.right(shown), rehearsed)
            self.note(live)
        yield live
        yield from self.ways(shown)


def long_night(arrivals: int, seed: int) -> list[Event]:
    """Return a made-up night: a fifth as many councils in five revisions, some files copied, some removed."""
    rng = random.Random(seed)
    begin = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
    files = list(feed.councils(-(-arrivals // 5), revisions=5))[:arrivals]
    events: list[Event] = []
    for number, (path, data) in enumerate(files):
        at = begin + timedelta(seconds=5 * number + rng.randrange(600))
        events.append(Arrival(path=path, data=data, digest=digest(data), at=at, basis="arrived"))
        chance = rng.random()
        if chance < 0.02:
            later = at + timedelta(minutes=rng.randrange(90))
            events.append(Arrival(path=f"copy/{path}", data=data, digest=digest(data), at=later, basis="arrived"))
        elif chance < 0.04:
            later = at + timedelta(minutes=rng.randrange(90))
            events.append(Sighting(path=path, at=later, state="removed", reason="removed"))
    return events


def laws(book: Book, names: Sequence[str], every: int, arrivals: int) -> Iterator[Law]:
    """Yield every law of the nights named, of a recording of a rehearsal of each, and of a long night, if wanted."""
    for name in names:
        yield from book.night(name)
    if arrivals:
        yield from book.ways(film(f"{arrivals:,} made up", long_night(arrivals, book.seed), every))


def main() -> int:
    """Compare, and say what was found; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.laws", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="events between two comparisons of the long night")
    parser.add_argument("--arrivals", type=int, default=LONG, help="arrivals of the long night; 0 leaves it out")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--night", action="append", help="only this one of the nights that ship; none for none")
    asked = parser.parse_args()
    place = Path(tempfile.gettempdir()) / f"election-night-laws-{asked.seed}"
    names = [name for name in asked.night or shipped() if name != "none"]
    again = " ".join(f"--night {name}" for name in asked.night or ())
    say(f"seed {asked.seed}, in {place}")
    wrong, compared, start = 0, 0, time.monotonic()
    try:
        for law in laws(Book(place, asked.seed), names, asked.every, asked.arrivals):
            first = f", the first after event {law.different[0]:,}" if law.different else ""
            words = f"{law.compared:7,} compared, {len(law.different):,} different{first}"
            more = f", {law.changed:,} changed behind our back" if law.changed else ""
            say(f"{time.monotonic() - start:6.0f} s  {law.night:<28} {law.way:<17} {words}{more}")
            wrong += len(law.different) + law.changed
            compared += law.compared
    except ValueError as problem:
        say(f"nothing is compared: {problem}")
        return 2
    except KeyboardInterrupt:
        say(f"stopped; go on with --seed {asked.seed} --arrivals {asked.arrivals} --every {asked.every} {again}")
        return 130
    say(f"seed {asked.seed}: {compared:,} states compared, {wrong:,} wrong")
    if wrong:
        return 1
    shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
