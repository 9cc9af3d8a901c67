"""What is in front on the screen, as a file: tables, pictures and pages, each with the lines that say what it is.

The ending of the file's name says in which form. Nothing is ever written over another file.
"""

import io
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Election
from dashboard.csv_tables import write_csv, write_rows_csv
from dashboard.spans import DARK, Span
from dashboard.svg import svg
from dashboard.tables import literal, markdown_grid, print_grid, spans
from dashboard.view.changed import RECORD, listed_grid, narrowed, records
from dashboard.view.changes import Item, items, of_kind
from dashboard.view.document import json_text
from dashboard.view.frame import Frame
from dashboard.view.grids import Grid, areas_grid, banners, headline, parties_grid, title_words
from dashboard.view.tally import tally
from feeds.places import folded_place
from feeds.plural import many
from feeds.text import clean, clean_path, inert

What = Literal["seats", "areas"]

FIGURES: Final = (".csv", ".json", ".md", ".svg", ".txt")
NOTED: Final = (".csv", ".md", ".svg", ".txt")
DRAWN: Final = (".svg", ".txt")


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """What can be written: a name for its file, the endings it can have (the first is offered), and its text in one."""

    name: str
    endings: tuple[str, ...]
    text: Callable[[str], str]


class NotWritten(Exception):
    """Why nothing was written, in one sentence."""


def file_name(front: Front, as_at: datetime, zone: ZoneInfo, taken: Callable[[str], bool] = lambda name: False) -> str:
    """Return a name for the file, with the moment of the figures; one that is `taken` gets a number."""
    stem = f"{folded_place(front.name).replace(' ', '-')[:60]}-{as_at.astimezone(zone):%Y-%m-%d-%H%M}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(name for name in (f"{each}{front.endings[0]}" for each in names) if not taken(name))


def write(front: Front, asked: str, offered: str) -> Path:
    """Write what is in front to a path as somebody typed it, and return where it is.

    A directory gets the `offered` name in it, a path without an ending the first one. Raises NotWritten where the
    ending is none of its own, where there is a file already, or where it cannot be written.
    """
    path = Path(asked.strip() or offered)
    try:
        path = path.expanduser()
        if path.is_dir():
            path /= offered
        if not path.suffix:
            path = path.with_suffix(front.endings[0])
        text = _text(front, path.suffix)
        with path.open("xb") as file:
            file.write(text)
    except FileExistsError as problem:
        raise NotWritten(f"there is already “{clean_path(path.name)}”; nothing is written over it") from problem
    except (OSError, RuntimeError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        raise NotWritten(f"“{clean_path(str(path))}” cannot be written: {why}") from problem
    return path.resolve()


def handed_over(front: Front, asked: str, offered: str) -> tuple[str, str]:
    """Return the name and the text of a file for somebody who has no files here: a browser's reader.

    Nothing here is written, nor looked for: of a path only the name counts. Raises NotWritten where the ending is none
    of its own.
    """
    name = Path(clean_path(asked.strip() or offered)).name or offered
    path = Path(name)
    if not path.suffix:
        path = path.with_suffix(front.endings[0])
    return path.name, _text(front, path.suffix).decode()


def _text(front: Front, ending: str) -> bytes:
    if ending not in front.endings:
        raise NotWritten(f"“{clean(ending, 20)}” is not a form of this; it can end in {', '.join(front.endings)}")
    return front.text(ending).encode()


def what_it_is(frame: Frame, source: str | None) -> list[str]:
    """Return the lines over everything that is written: title, banners, as at when, how much, since what, source."""
    election = frame.election
    told = [] if election is None else headline(election, frame.as_at, frame.zone, source)
    return [title_words(frame.night), *banners(frame.night), *told]


def table_front(
    frame: Frame, what: What, source: str | None, *, areas: Sequence[Area] | None = None, filtered: str = ""
) -> Front | None:
    """Return a table of the election that is shown; None where there is none.

    `areas` are those that the table shows, in its order, and `filtered` the filter that left them.
    """
    election = frame.election
    if election is None:
        return None
    if filtered and areas is not None:
        chosen = f"filter “{filtered}”: {len(areas):,} of {many(len(election.areas), 'area')}"
        source = _joined(source, chosen)
    shown = election if areas is None else msgspec.structs.replace(election, areas=tuple(areas))
    table = _Table(frame=frame, election=shown, what=what, source=source)
    return Front(name=f"{election.name} {what}", endings=FIGURES, text=table.text)


def changes_front(frame: Frame, kind: str, source: str | None) -> Front | None:
    """Return the control changes of a kind (a key of `KINDS`) as the panel lists them; None without an election.

    Every form says the kind. Notable defeats are no part of the documented object, so they have no `.json`.
    """
    election = frame.election
    if election is None:
        return None
    every = items(frame.night, election)
    found = of_kind(every, kind)
    name = f"{election.name} changes"
    if kind != "all":
        source = _joined(source, f"only {kind}: {len(found):,} of {many(len(every), 'control change')}")
        name = f"{name} {kind}"
    table = _Changes(frame=frame, election=election, found=found, kind=kind, source=source)
    return Front(name=name, endings=NOTED if kind == "defeats" else FIGURES, text=table.text)


def _joined(source: str | None, chosen: str) -> str:
    return f"{source}; {chosen}" if source else chosen


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of an election, of which `election` holds the areas that are shown."""

    frame: Frame
    election: Election
    what: What
    source: str | None

    def text(self, ending: str) -> str:
        """Return it in the form of an ending."""
        night = msgspec.structs.replace(self.frame.night, elections=(self.election,))
        as_at, with_areas = self.frame.as_at, self.what == "areas"
        if ending == ".json":
            return json_text(tally(night, as_at, areas=with_areas, source=self.source))
        out = io.StringIO()
        if ending == ".csv":
            write_csv(night, as_at, out, areas=with_areas, source=self.source)
        else:
            grid = areas_grid(self.election, self.frame.zone) if with_areas else parties_grid(self.election)
            _grid_text(grid, what_it_is(self.frame, self.source), out, ending)
        return out.getvalue()


class _Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel lists of an election's control changes: those of one kind, or all."""

    frame: Frame
    election: Election
    found: Sequence[Item]
    kind: str
    source: str | None

    def text(self, ending: str) -> str:
        """Return it in the form of an ending."""
        frame, as_at = self.frame, self.frame.as_at
        night = msgspec.structs.replace(frame.night, elections=(self.election,))
        if ending == ".json":
            of = night if self.kind == "all" else narrowed(frame.night, self.election, self.found)
            return json_text(tally(of, as_at, source=self.source))
        out = io.StringIO()
        if ending == ".csv":
            rows = records(self.found, lambda at: at.astimezone(frame.zone).isoformat())
            write_rows_csv(night, as_at, out, columns=RECORD, rows=rows, source=self.source)
        else:
            grid = listed_grid(self.found, frame.zone)
            title = grid.title if self.kind == "all" else f"{grid.title}: {self.kind}"
            _grid_text(replace(grid, title=title), what_it_is(frame, self.source), out, ending)
        return out.getvalue()


def _grid_text(grid: Grid, lines: list[str], out: io.StringIO, ending: str) -> None:
    if ending == ".md":
        out.write(f"# {literal(lines[0])}\n\n" + "\\\n".join(map(literal, lines[1:])) + "\n\n")
        markdown_grid(grid, out)
        return
    out.writelines(f"{inert(line)}\n" for line in lines)
    print_grid(grid, out, is_plain=True)
    if ending == ".svg":
        drawn = [spans(line, number) for number, line in enumerate(out.getvalue().splitlines())]
        out.seek(0)
        out.truncate()
        out.write(svg(drawn, lines[0]))


def drawn_front(
    name: str, drawn: Iterable[Iterable[Span]], about: Sequence[str], colours: tuple[str, str] = DARK
) -> Front:
    """Return a picture or a page, as it is on the screen, under the lines that say what it is (see `what_it_is`)."""
    above = [[Span(line, bold=number == 0)] for number, line in enumerate(about)]
    lines = [*above, [Span("")], *map(list, drawn)]

    def text(ending: str) -> str:
        if ending == ".svg":
            return svg(lines, about[0] if about else name, colours)
        return "".join("".join(inert(span.text) for span in line).rstrip() + "\n" for line in lines)

    return Front(name=name, endings=DRAWN, text=text)
