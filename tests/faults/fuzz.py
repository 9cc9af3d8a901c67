"""Coverage-guided fuzzing of each reader and of the cleaner: `python -m tests.faults.fuzz --target pa_local`.

It needs atheris, which has wheels for some Pythons only and so is no dependency: `pip install atheris`. Each target
runs in a process of its own; what it finds is printed with the bytes in hexadecimal, fit for `test_hostile.py`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

MAX_LENGTH: Final = 8_192
SLOWEST: Final = 10
"""Seconds that one input may take, by the fuzzer's own watch."""

RSS: Final = 1_024
_TARGETS: Final = "tests.faults.fuzz_targets"


def _instrumented(name: str, arguments: list[str]) -> None:
    try:
        import atheris  # noqa: PLC0415 (a tool of its own, for this script alone)
    except ImportError:
        sys.exit("fuzzing needs atheris: pip install atheris (Python 3.11 to 3.13, Linux)")
    with atheris.instrument_imports(include=["feeds"]):  # only what is first imported here is watched
        for module in walk_packages(import_module("feeds").__path__, "feeds."):
            import_module(module.name)
        targets = import_module(_TARGETS).TARGETS
    atheris.Setup(arguments, targets[name].check)
    atheris.Fuzz()


def fuzz(name: str, seconds: int, seed: int) -> int:
    """Run one target for so long; print how often it ran and what it found, return how many findings there were."""
    with tempfile.TemporaryDirectory() as place:
        corpus, found = Path(place) / "corpus", Path(place) / "found"
        corpus.mkdir()
        found.mkdir()
        for number, data in enumerate(import_module(_TARGETS).TARGETS[name].corpus()):
            (corpus / str(number)).write_bytes(data)
        options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={MAX_LENGTH}", f"-timeout={SLOWEST}"]
        options += [f"-rss_limit_mb={RSS}", f"-artifact_prefix={found}/", "-print_final_stats=1", str(corpus)]
        command = [sys.executable, "-m", "tests.faults.fuzz", "--child", name, *options]
        start = time.monotonic()
        ran = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})
        told = ran.stderr.decode("utf-8", "replace") + ran.stdout.decode("utf-8", "replace")
        counts = [line.rpartition(":")[2].strip() for line in told.splitlines() if "number_of_executed" in line]
        runs = counts[0] if counts else "?"
        findings = [path.read_bytes() for path in sorted(found.iterdir())]
        print(f"{name}: {runs} executions in {time.monotonic() - start:.0f} s, {len(findings)} findings (seed {seed})")
        if findings or ran.returncode:
            print("\n".join(told.splitlines()[-40:]))
        for data in findings:
            print(f"  found by {name}: {data.hex()}", flush=True)
        return len(findings) + (ran.returncode != 0 and not findings)


def main() -> None:
    """Run the targets asked for, one after the other; end with exit code 1 where one found anything."""
    if sys.argv[1:2] == ["--child"]:
        _instrumented(sys.argv[2], [sys.argv[0], *sys.argv[3:]])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    targets = list(import_module(_TARGETS).TARGETS)
    parser.add_argument("--target", choices=[*targets, "all"], default="all")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    names = targets if asked.target == "all" else [asked.target]
    sys.exit(sum(fuzz(name, asked.seconds, asked.seed) for name in names) > 0)


if __name__ == "__main__":
    main()
