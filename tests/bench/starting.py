"""How long it takes to begin: the first full picture, the help, the figures of a directory of thousands of files."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import feed
from tests.bench.figures import Figure, median
from tests.bench.resting import BARE
from tests.bench.running import PROGRAM, Running, timed

LAST_PANEL = "Seats through the night"
"""The title of what stands at the lower right: the panel that is drawn last."""

PARSING = """
import sys
from pathlib import Path
from tests.bench.floor import parse
for path in Path(sys.argv[1]).iterdir():
    parse(path.read_bytes())
"""


def first_picture(times: int = 7) -> Iterator[Figure]:
    """Measure `watch` on a night of 200 councils from the start to the full picture, beside a bare Textual app."""
    ours, floors = [], []
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        feed.fill(base / "own", feed.councils(200))
        for _ in range(times):
            with Running(BARE) as bare:
                floors.append(bare.when("ready now") - bare.started)
            with Running([*PROGRAM, "watch", str(base / "own")], {"XDG_STATE_HOME": str(base)}) as own:
                ours.append(own.when("200 of 200", LAST_PANEL) - own.started)
    yield Figure(
        "watch, 200 councils: start → full picture", median(ours) * 1000, "ms", "≤ 1.6× a bare app", 1.6,
        "a bare Textual app's first paint", median(floors) * 1000, over=True,
    )  # fmt: skip


def help_page(times: int = 15) -> Iterator[Figure]:
    """Measure `--help` beside Python that imports click and does nothing."""
    ours = median(timed([*PROGRAM, "--help"], times)) * 1000
    floor = median(timed([sys.executable, "-c", "import click"], times)) * 1000
    yield Figure("election-night --help", ours, "ms", "≤ 3× import click", 3, "import click", floor, over=True)


def tally(files: int = 4_000) -> Iterator[Figure]:
    """Measure `tally` on a directory of small XML files beside parsing them alone."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place) / "own"
        feed.fill(base, feed.councils(400, files // 400))
        ours = median(timed([*PROGRAM, "tally", str(base)], 3)) * 1000
        floor = median(timed([sys.executable, "-c", PARSING, str(base)], 3)) * 1000
    yield Figure(
        f"tally of {files:,} small XML files", ours, "ms", "≤ 1.5× bare parsing", 1.5, "parsing with expat", floor,
        over=True,
    )  # fmt: skip
