"""What people would use instead: `watch -n1 python -m tests.bench.peer DIR`, a script that reads and prints all."""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.floor import parse

NEWEST = 40


def main(directory: Path) -> None:
    """Print the seats in all, and the newest councils."""
    files = sorted(directory.glob("*.xml"), key=lambda path: path.stat().st_mtime, reverse=True)
    table = Table("council", "seats")
    sums: dict[str, int] = {}
    for number, path in enumerate(files):
        name, seats = parse(path.read_bytes())
        for party, won in seats.items():
            sums[party] = sums.get(party, 0) + won
        if number < NEWEST:
            table.add_row(name, str(seats))
    console = Console(width=180)
    console.print(str(sums))
    console.print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
