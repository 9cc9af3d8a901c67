"""Hostile text through the cleaner and through the real program: `python -m tests.faults.hostile_text`.

Everything that a feed, a file's name or an argument can hold is put where the program shows it. What reaches a
pseudo-terminal is taken apart: only control sequences that the same program sends for harmless text are allowed.
"""

import argparse
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from rich.cells import cell_len

from dashboard.cli import main as program
from dashboard.view.lines import cut
from dashboard.view.rows import LEAST_NAME
from feeds.text import MAX_MARKS, MAX_TEXT, char_width, clean, clean_path, width
from tests.faults.hostile import file_name, names, strings, tokens
from tests.terminal import Terminal

ELECTION_NIGHT = (sys.executable, "-c", "from dashboard.cli import main; main()")
BATCH = 50_000
ON_A_SCREEN = 600
COLUMNS = 200
BROKEN = 20
"""Files that are put beside the results with hostile names and hostile cells, on each screen."""

_KEYS = (
    ("c", b"quarantined"),
    ("escape", b"Control changes"),
    ("down", "❯".encode()),
    ("enter", b"next area"),
    ("escape", b"Control changes"),
)
"""The keys that are pressed, and what is sent once each has been answered."""

FORMS = (
    *(("tally", "DIR", "--areas", "--format", form) for form in ("table", "json", "csv", "markdown")),
    *((*words, "--format", form) for form in ("table", "json") for words in (("check", "DIR"), ("audit", "DIR"))),
    *(("audit", "DIR", "AREA", "--format", form) for form in ("table", "json")),
    *(("compare", "DIR", "DIR", "--format", form) for form in ("table", "json")),
    ("replay", "DIR", "--plain", "--speed", "max"),
)
"""Every command that prints figures, in every form."""

_SPELT = re.compile("⟨U\\+([0-9A-F]{4,6})⟩")


def fault_of(text: str) -> str | None:
    """Return what is wrong with how a string is cleaned; None where nothing is."""
    shown = clean(text)
    faults = {
        "does not print": not shown.isprintable(),
        "is too long": len(shown) > MAX_TEXT,
        "is another when cleaned again": clean(shown) != shown,
        "takes other cells on the screen": width(shown) != cell_len(shown),
        "has a mark of its own at its beginning": shown != "" and char_width(shown[0]) == 0,
        "has too many marks": _most_marks(shown) > MAX_MARKS,
    }
    path = clean_path(text[:4_000])
    faults["is a path that does not print"] = not path.isprintable()
    faults["is a path that is another's"] = _SPELT.sub(lambda m: chr(int(m[1], 16)), path) != text[:4_000]
    return next((words for words, found in faults.items() if found), None)


def _most_marks(text: str) -> int:
    most = row = 0
    for char in "" if text.isascii() else text:
        row = 0 if char_width(char) else row + 1
        most = max(most, row)
    return most


def cleaner(number: int, seed: int) -> int:
    """Clean so many strings; print and return how many faults there were."""
    faults = 0
    for batch in range(-(-number // BATCH)):
        size = min(BATCH, number - batch * BATCH)
        for text in strings(seed + batch, size):
            fault = fault_of(text)
            if fault is not None:
                faults += 1
                print(f"seed {seed + batch}: {text[:200]!a} {fault}")
    print(f"cleaner: {number:,} strings, {faults} faults")
    return faults


def harmless(number: int) -> list[str]:
    """Return names that need no cleaning, as many and as long as hostile ones."""
    return [f"n{position:05} plain" for position in range(number)]


def fill(directory: Path, own: list[str]) -> None:
    """Write a feed whose names are these: areas, wards, candidates, parties, quotes, notes, files and errors."""
    title = own[1] + own[2]
    (directory / "night.toml").write_text(f"title = {json.dumps(title)}\npoll_date = 2022-05-05\n# end\n")
    results = [
        {"area": {"name": name}, "elected": {"LAB": 20, f"p{at % 5} {name[7:]}" if at % 50 == 0 else "CON": 10}}
        for at, name in enumerate(own)
    ]
    people = [{"name": name, "party": "LAB", "votes": 9} for name in own[:20]]
    results.append({"area": {"name": "Wards"}, "ward": own[0], "elected": {"LAB": 1}, "candidates": people})
    quotes = [{"text": f"{name} said", "speaker": name, "role": name, "source": name} for name in own[:20]]
    notes = [{"area": own[0], "kind": name, "text": name} for name in own[:5]]
    document = {"results": results, "quotes": quotes, "notes": notes}
    (directory / "results.json").write_text(json.dumps(document), encoding="utf-8")
    for name in own[:BROKEN]:
        cell = name.replace("\0", "").replace('"', '""')
        data = f'area,party,elected\n"{cell}",LAB,"{cell}"\n# rows=1\n'.encode("utf-8", "replace")
        with (
            contextlib.suppress(FileExistsError),
            (directory / os.fsdecode(file_name(name) + b".csv")).open("xb") as f,
        ):
            f.write(data)


def on_screen(directory: Path, last: str) -> bytes:
    """Return what the real program sends to a terminal for a directory, on each of its screens."""
    env = {"XDG_STATE_HOME": str(directory.parent / "state")}
    with Terminal([*ELECTION_NIGHT, "watch", str(directory)], COLUMNS, 2 * ON_A_SCREEN, env) as terminal:
        terminal.wait_for_sent(last.encode(), 60)
        for key, sign in _KEYS:
            seen = len(terminal.sent)
            terminal.press(key)
            terminal.wait_for_sent(sign, 60, seen)
        terminal.press("q")
        terminal.close(30)
        return terminal.sent


def screens(number: int, seed: int) -> int:
    """Show so many hostile names on the real screen; print and return how many faults there were."""
    faults = shown = 0
    allowed = tokens(_shown(harmless(ON_A_SCREEN)))[0]
    print(f"allowed for harmless text: {len(allowed)} shapes of control sequences")
    while shown < number:
        own = names(seed + shown, ON_A_SCREEN)
        shapes, texts = tokens(_shown(own))
        foreign = shapes - allowed
        text = "\n".join(texts)
        missing = [name for name in own if not _meant(clean(name).strip(), text)]
        faults += len(foreign) + len(missing)
        if foreign or missing:
            print(f"seed {seed + shown}: foreign {sorted(foreign)}; not shown as meant {list(map(ascii, missing[:5]))}")
        shown += len(own)
        print(f"{shown:,} names shown, {faults} faults", flush=True)
    print(f"screen: {shown:,} names in a pseudo-terminal, {faults} faults")
    return faults


def _meant(name: str, text: str) -> bool:
    """Return whether a name stands in what was shown: whole, or cut by a column, which a `…` says."""
    return name in text or any(cut(name, cells) in text for cells in range(LEAST_NAME, width(name)))


def _shown(own: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place) / "feed"
        directory.mkdir()
        fill(directory, own)
        return on_screen(directory, clean(own[-1]).strip())


def outputs(seed: int, forms: Sequence[Sequence[str]] = FORMS) -> int:
    """Print hostile names in every form of every command; print and return how many faults there were."""
    faults = 0
    own = names(seed, ON_A_SCREEN)
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place) / "feed\x1b[31m\u202e"
        directory.mkdir()
        fill(directory, own)
        place_of = {"DIR": str(directory), "AREA": clean(own[3]).strip()}
        for words in ([place_of.get(word, word) for word in form] for form in forms):
            found = subprocess.run([*ELECTION_NIGHT, *words], capture_output=True, check=False, timeout=120)
            for stream, data in (("output", found.stdout), ("error", found.stderr)):
                text = data.decode("utf-8", "surrogateescape")
                wild = sorted({char for char in text if char != "\n" and not char.isprintable()})
                faults += len(wild)
                if wild:
                    print(f"seed {seed}: {words[0]}, {stream}: {wild!a}")
            if found.returncode not in {0, 1, 2}:
                faults += 1
                print(f"seed {seed}: {words[0]} ended with {found.returncode}: {found.stderr[-300:]!r}")
    print(f"outputs: {len(own):,} names in every form, {faults} faults")
    return faults


def arguments(number: int, seed: int) -> int:
    """Give so many hostile arguments to the command line; print and return how many faults there were."""
    faults = 0
    for text in strings(seed, number):
        own = os.fsdecode(text[:500].replace("\0", "").encode("utf-8", "surrogatepass"))  # as a shell hands it over
        for words in (["tally", own], ["watch", own], ["tally", "2019-12-12-general", "--at", own], [f"-{own}"]):
            told = _told(words)
            wild = sorted({char for char in told if char != "\n" and not char.isprintable()})
            faults += len(wild)
            if wild:
                print(f"seed {seed}: {words!a}: {wild!a}")
    print(f"arguments: {number:,} strings in 4 places, {faults} faults")
    return faults


def _told(words: list[str]) -> str:
    out = io.StringIO()
    hooks = (sys.excepthook, sys.unraisablehook)
    with (
        mock.patch.object(sys, "argv", ["election-night", *words]),
        contextlib.redirect_stderr(out),
        contextlib.redirect_stdout(out),
        contextlib.suppress(SystemExit),
    ):
        program()
    sys.excepthook, sys.unraisablehook = hooks
    return out.getvalue()


def main() -> None:
    """Run what is asked for; end with exit code 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=1_000_000)
    parser.add_argument("--screen", type=int, default=20_000)
    parser.add_argument("--arguments", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1, help="go on with a stopped run by a later seed")
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    start = time.monotonic()
    faults = cleaner(asked.strings, asked.seed) if asked.strings else 0
    if asked.screen:
        faults += screens(asked.screen, asked.seed) + outputs(asked.seed)
    if asked.arguments:
        faults += arguments(asked.arguments, asked.seed)
    print(f"{faults} faults in {time.monotonic() - start:.0f} s")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
