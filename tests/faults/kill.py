"""`watch` killed at random instants while files arrive, started again, and its state compared with a fresh start.

`python -m tests.faults.kill --kills 500 --seed 1`. It can be stopped (Ctrl-C) and gone on with by the same line.
After each kill the recording must open and hold what it held before; after the next start the figures of the
recording must be those of the directory's files. Ends with 1 where anything differs.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from feeds.arrival import Arrival, Event, digest, order
from feeds.recorded import read_recording
from feeds.recording import RecordingProblem
from tests.faults.feedmaker import FeedMaker

COMMAND: Final = (sys.executable, "-c", "from dashboard.cli import main; main()")
ROOT: Final = Path(__file__).parents[2]
LONGEST: Final = 2.0
"""Seconds that a watch lives at most before it is killed; starting takes about a quarter of them."""

PAUSES: Final = (0.0, 0.0, 0.002, 0.02)
SETTLES_WITHIN: Final = 20.0
TIMES: Final = frozenset({"as_at", "at", "basis", "declared_at", "reached_at", "files", "corrections", "time_unknown"})
"""What a recording knows better than the files, so that it is not compared."""


class Campaign:
    """Kills in one directory, one after the other; `tally` counts what was seen."""

    def __init__(self, place: Path, seed: int) -> None:
        self.seed = seed
        self.feed = place / "feed"
        self.state = place / "state"
        self.tally: Counter[str] = Counter()
        self.divergences: list[str] = []
        self._progress = place / "progress.json"
        self._held: tuple[Event, ...] = ()
        self.feed.mkdir(parents=True, exist_ok=True)
        if self._progress.exists():
            kept = json.loads(self._progress.read_text(encoding="utf-8"))
            self.tally, self.divergences = Counter(kept["tally"]), kept["divergences"]
            self._held = self._recorded("before going on")

    def kill(self, number: int) -> None:
        """Let a watch run while files arrive, kill it, start another one, and compare."""
        chance = random.Random(f"{self.seed}/{number}")
        maker = FeedMaker(self.feed, f"{self.seed}/{number}/feed")
        deadline = time.monotonic() + chance.uniform(0, LONGEST)
        with self._watch() as watch:
            while time.monotonic() < deadline:
                maker.step()
                self.tally["steps"] += 1
                time.sleep(chance.choice(PAUSES))
            self._end(watch)
        self.tally["kills"] += 1
        self._opens(f"kill {number}")
        maker.finish()
        with self._watch() as watch:
            settled = self._settles()
            self._end(watch)
        self._opens(f"kill {number}, started again")
        if not settled:
            self._diverged(f"kill {number}: not everything was recorded within {SETTLES_WITHIN:.0f} s")
        self._compare(number)
        kept = {"tally": self.tally, "divergences": self.divergences}
        self._progress.write_text(json.dumps(kept), encoding="utf-8")

    def _watch(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*COMMAND, "watch", "--plain", str(self.feed)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._env(),
            cwd=ROOT,
        )

    def _env(self) -> dict[str, str]:
        return os.environ | {"XDG_STATE_HOME": str(self.state), "PYTHONPATH": str(ROOT)}

    def _end(self, watch: "subprocess.Popen[bytes]") -> None:
        if watch.poll() is not None:
            self._diverged(f"the watch ended by itself with {watch.returncode}")
        watch.send_signal(signal.SIGKILL)
        watch.wait()

    def _recording(self) -> Path | None:
        there = sorted((self.state / "election-night" / "recordings").glob("*.night"))
        return max(there, key=lambda path: path.stat().st_size, default=None)

    def _recorded(self, when: str) -> tuple[Event, ...]:
        path = self._recording()
        if path is None:
            return ()
        try:
            held = read_recording(path)
        except RecordingProblem as problem:
            if "nothing is recorded yet" not in str(problem):
                self._diverged(f"{when}: {problem}")
            return ()
        if held.cut is not None:
            self._diverged(f"{when}: {held.cut}")
        return held.events

    def _opens(self, when: str) -> None:
        """Check that the recording opens and goes on from what it held."""
        events = self._recorded(when)
        if events[: len(self._held)] != self._held:
            self._diverged(f"{when}: what was recorded before is not in it any more")
        self._held = events
        self.tally["opened"] += 1

    def _settles(self) -> bool:
        """Wait until every file's content is what was recorded last of its path."""
        wanted = {path.name: digest(path.read_bytes()) for path in self.feed.iterdir()}
        deadline = time.monotonic() + SETTLES_WITHIN
        while time.monotonic() < deadline:
            last: dict[str, str] = {}
            with suppress(RecordingProblem):
                path = self._recording()
                for event in sorted(read_recording(path).events if path else (), key=order):
                    last[event.path] = event.digest if isinstance(event, Arrival) else event.state
            if {name: said for name, said in last.items() if said != "removed"} == wanted:
                return True
            time.sleep(0.1)
        return False

    def _compare(self, number: int) -> None:
        recording = self._recording()
        ours, fresh = self._figures(str(recording)), self._figures(str(self.feed))
        if ours != fresh:
            self._diverged(f"kill {number}: not the figures of the files: {_differing(ours, fresh)}")
        self.tally["compared"] += 1
        self.tally["areas compared"] += sum(len(e["area_results"]) for e in fresh["elections"])

    def _figures(self, source: str) -> Any:
        done = subprocess.run(
            [*COMMAND, "tally", "--areas", "--format", "json", source],
            capture_output=True,
            env=self._env(),
            cwd=ROOT,
            check=False,
        )
        if done.returncode:
            self._diverged(f"tally {source}: {done.stderr.decode()}")
            return {"elections": []}
        return _without_times(json.loads(done.stdout))

    def _diverged(self, words: str) -> None:
        self.divergences.append(words)
        sys.stdout.write(f"DIVERGENCE {words}\n")


def _without_times(told: Any) -> Any:
    """Return a tally without what depends on when files were seen; lists in an order of their own."""
    if isinstance(told, dict):
        return {key: _without_times(value) for key, value in told.items() if key not in TIMES}
    if isinstance(told, list):
        return sorted(map(_without_times, told), key=lambda one: json.dumps(one, sort_keys=True))
    return told


def _differing(ours: Any, fresh: Any) -> str:
    """Return which areas differ, or which parts where none does."""
    areas = [{a["area"]: a for e in told["elections"] for a in e["area_results"]} for told in (ours, fresh)]
    names = sorted(areas[0].keys() | areas[1].keys())
    differing = [name for name in names if areas[0].get(name) != areas[1].get(name)]
    return ", ".join(differing or [key for key in fresh if ours.get(key) != fresh[key]])


def run(place: Path, kills: int, seed: int) -> Campaign:
    """Return what became of so many kills in a directory, those of an earlier run included."""
    campaign = Campaign(place, seed)
    while campaign.tally["kills"] < kills:
        campaign.kill(campaign.tally["kills"] + 1)
        if campaign.tally["kills"] % 10 == 0:
            sys.stdout.write(f"seed {seed}: {dict(campaign.tally)}\n")
            sys.stdout.flush()
    campaign.tally["events"] = len(campaign._held)
    return campaign


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    told = parser.parse_args()
    place = Path(tempfile.gettempdir()) / f"election-night-kill-{told.seed}"
    sys.stdout.write(f"seed {told.seed}, in {place}\n")
    campaign = run(place, told.kills, told.seed)
    sys.stdout.write(f"seed {told.seed}: {dict(campaign.tally)}, {len(campaign.divergences)} divergences\n")
    if campaign.divergences:
        return 1
    shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
