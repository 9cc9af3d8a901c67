"""The ticker as data: who said what, or, while nobody has said anything, the newest declarations."""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import islice
from typing import Final

import msgspec

from dashboard.count.night import Area, Said
from dashboard.view.among import ById, among, place_of
from dashboard.view.frame import Frame
from dashboard.view.lines import cells
from dashboard.view.pieces import Line, line, party_mark, party_style, plain
from dashboard.view.rows import detail_words
from dashboard.view.told import told
from dashboard.view.words import moment_words, outcome_words, party_short

MOST: Final = 24
"""Lines that go round; older ones have been read."""

GAP: Final = "    ·    "


class Item(msgspec.Struct, frozen=True, gc=False):
    """One thing that goes round: `key` tells it from all others while its words may change."""

    key: str
    line: Line


def ticker_lines(frame: Frame) -> list[Line]:
    """Return the lines of the ticker, newest first; empty while nothing has happened."""
    return [item.line for item in ticker_items(frame)]


Kept = dict[str, tuple[Area, Item]]
"""The items of areas as they were made last, by the areas' ids; those of areas that have not changed stand."""


def ticker_items(frame: Frame, keep: Collection[str] = (), made: Kept | None = None) -> list[Item]:
    """Return what goes round, newest first; older ones too whose key is in `keep`, as far as they still stand.

    `made` are items of earlier frames with the same zone and begin, to which those of this one are added.
    """
    if frame.night.quotes:
        quotes = frame.night.quotes
        newest = [Item(_key(said), _quote(said)) for said in quotes[: -MOST - 1 : -1]]
        left = set(keep).difference(item.key for item in newest)
        older = quotes[: max(0, len(quotes) - MOST)] if left else ()
        return [*newest, *(Item(_key(said), _quote(said)) for said in older if _key(said) in left)]
    areas = newest_declared(frame, MOST)
    areas += _standing(frame, set(keep).difference(area.id for area in areas))
    known = {} if made is None else made
    for area in areas:
        found = known.get(area.id)
        if found is None or found[0] is not area:
            known[area.id] = (area, Item(area.id, _declaration(area, frame)))
    return [known[area.id][1] for area in areas]


def _key(said: Said) -> str:
    return f"{said.path}\n{said.quote.speaker}\n{said.quote.text}"


def woven(going: Sequence[Item], now: Sequence[Item], visible: int) -> list[Item]:
    """Return what goes round now, from the same first item on, so that nothing jumps under the reader's eyes.

    `going` is what went round, from the first item in view; `visible` of them are in view and stay, if they still
    stand, with their present words. Then comes what is new, newest first, then the others as before; last what is
    older than all of those, and has room again.
    """
    standing = {item.key: item for item in now}
    known = {item.key for item in going}
    seen = [standing[item.key] for item in going[:visible] if item.key in standing]
    newest = {item.key for item in now[:MOST]}
    rest = [standing[item.key] for item in going[visible:] if item.key in newest]
    older = max((place for place, item in enumerate(now[:MOST]) if item.key in known), default=len(now))
    new = [(place, item) for place, item in enumerate(now) if item.key not in known]
    return [*seen, *(i for at, i in new if at < older), *rest, *(i for at, i in new if at > older)]


def pages(items: Sequence[Item], width: int) -> list[tuple[int, Line]]:
    """Return the items as pages of at most `width` cells, each with the number of its item: a long one has several."""
    return [(number, page) for number, item in enumerate(items) for page in _parts(item.line, max(1, width))]


def _parts(whole: Line, width: int) -> list[Line]:
    """Return a line in parts, broken between words where there is a gap in the second half of a part."""
    text = plain(whole)
    parts: list[Line] = []
    start = end = used = 0
    while end < len(text):
        size = cells(text[end])
        if used + size <= width or end == start:
            used, end = used + size, end + 1
            continue
        gap = text.rfind(" ", start, end) + 1
        end = gap if gap > start + (end - start) // 2 else end
        parts.append(_cut(whole, start, end))
        start, used = end, 0
    return [*parts, _cut(whole, start, end)]


def _cut(whole: Line, start: int, end: int) -> Line:
    """Return the characters of a line from `start` up to `end`."""
    out: list[tuple[str, str]] = []
    at = 0
    for text, style in whole:
        out.append((text[max(0, start - at) : max(0, end - at)], style))
        at += len(text)
    return line(*out)


def newest_declared(frame: Frame, most: int) -> list[Area]:
    """Return the areas that stand declared, the last declared first, as many as that at most; each as it is now."""
    election = frame.election
    if election is None:
        return []
    areas = among(ById, frame.night, election).areas
    found = (areas.get(area_id) for area_id in reversed(told(frame.night.happenings, election.id).order))
    return list(islice((area for area in found if area is not None and area.is_declared), most))


def _standing(frame: Frame, ids: Collection[str]) -> list[Area]:
    """Return those of some areas that stand declared, in the election's order."""
    election = frame.election
    if election is None or not ids:
        return []
    areas = among(ById, frame.night, election).areas
    found = [area for area_id in ids if (area := areas.get(area_id)) is not None and area.is_declared]
    return sorted(found, key=partial(place_of, election.areas)) if len(found) > 1 else found


def _quote(said: Said) -> Line:
    quote = said.quote
    who = [quote.speaker]
    role = quote.role or (party_short(quote.party) if quote.party else None)
    if role:
        who.append(role)
    if quote.area and quote.area not in (role or ""):
        who.append(quote.area)
    mark = (party_mark(quote.party), " ") if quote.party else ()
    return line(("❝ ", "quiet"), (quote.text, "strong"), (" ❞ ", "quiet"), *mark, (", ".join(who), "quiet"))


def _declaration(area: Area, frame: Frame) -> Line:
    mark = (party_mark(area.control), " ") if area.control else ()
    when = moment_words(area.declared, frame.zone, frame.begin)
    return line(
        (f"{when}  ", "quiet"),
        (f"{area.name}: ", "strong"),
        *mark,
        (outcome_words(area), party_style(area.control)),
        f", {detail_words(area)}",
    )


def joined(lines: list[Line]) -> Line:
    """Return the lines as one, with a gap after each, so that it can go round."""
    return tuple(piece for each in lines for piece in (*each, (GAP, "faint")))
