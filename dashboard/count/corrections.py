"""What changed after it was published (RULES 19): corrections and retractions, from an area before and after."""

from collections.abc import Iterator
from datetime import datetime

from dashboard.count.control import control_of
from dashboard.count.night import Area, Correction, Ward, What
from feeds.parties import rank
from feeds.report import Candidate, Seats

UNDECLARED = "undeclared"
NOT_CERTAIN = "not certain"


def seats_text(seats: Seats) -> str:
    """Return seats in words of codes, most first: `CON 18, LAB 12`."""
    ordered = sorted(seats.items(), key=lambda item: (-item[1], rank(item[0])))
    return ", ".join(f"{code} {n}" for code, n in ordered)


def _moved(before: Seats, after: Seats) -> tuple[str, str] | None:
    if before == after:
        return None
    changed = [c for c in sorted(before | after, key=rank) if before.get(c, 0) != after.get(c, 0)]
    if not changed:
        return None
    return (
        ", ".join([f"{c} {before.get(c, 0)}" for c in changed]),
        ", ".join([f"{c} {after.get(c, 0)}" for c in changed]),
    )


def _votes(before: tuple[Candidate, ...], after: tuple[Candidate, ...]) -> tuple[str, str] | None:
    if before is after or not before or not after:
        return None
    old = {(c.name, c.party): c.votes for c in before if c.votes is not None}
    new = {(c.name, c.party): c.votes for c in after if c.votes is not None}
    changed = [who for who in sorted(old.keys() & new.keys()) if old[who] != new[who]]
    if not changed:
        return None
    return (
        ", ".join(f"{name or code} {old[name, code]:,}" for name, code in changed),
        ", ".join(f"{name or code} {new[name, code]:,}" for name, code in changed),
    )


def corrections(
    election: str, before: Area | None, after: Area | None, at: datetime, path: str
) -> Iterator[Correction]:
    """Yield what is different after, in what had been published before; nothing where nothing had been.

    `after` is None where nobody mentions the area any more. A first declaration is no correction, nor is a figure
    that was not known before.
    """
    if before is None or (before.elected is None and before.certain is None and not before.is_declared):
        return
    for what, (old, new), ward in _differences(before, after):
        yield Correction(
            election=election, area=before.name, area_id=before.id, ward=ward, what=what,
            before=old, after=new, at=at, path=path,
        )  # fmt: skip


def _differences(before: Area, after: Area | None) -> Iterator[tuple[What, tuple[str, str], str | None]]:
    """Yield what is different, with its values before and after, and the ward where it is a ward's."""
    for what, texts in _own(before, after):
        yield what, texts, None
    if before.is_declared and after is not None and after.is_declared and after.elected != before.elected:
        return
    for ward_before, ward_after in _ward_pairs(before, after):
        for what, texts in _ward_figures(ward_before, ward_after):
            yield what, texts, ward_before.name


def _own(before: Area, after: Area | None) -> Iterator[tuple[What, tuple[str, str]]]:
    if before.is_declared and (after is None or not after.is_declared):
        yield "retraction", (_published(before), UNDECLARED)
    elif before.is_declared and after is not None:
        yield from _figures(before, after)
    if before.is_declared:
        return
    yield from _certain(before, after)
    if before.elected is not None and all(ward.elected is None for ward in before.wards):
        yield from _part(before.elected, after.elected if after else None)


def _certain(before: Area, after: Area | None) -> Iterator[tuple[What, tuple[str, str]]]:
    """Yield that a certain call is withdrawn: nothing is certain any more, or something else is, or it came otherwise.

    A declared control that its own seats do not give is a figure that does not agree, and no proof against the call.
    """
    if before.certain is None or (after is not None and before.certain == after.certain):
        return
    now = after.certain if after is not None else None
    if after is not None and after.is_declared:
        seats, total = after.composition, after.total
        if after.control is None or seats is None or not total or control_of(seats, total) == before.certain:
            return
        yield "retraction", (f"{before.certain} certain", after.control)
    else:
        yield "retraction", (f"{before.certain} certain", f"{now} certain" if now is not None else NOT_CERTAIN)


def _part(before: Seats, after: Seats | None) -> Iterator[tuple[What, tuple[str, str]]]:
    """Yield what a count in part takes back: that more are elected is how it goes on, fewer are a correction."""
    if after is None:
        yield "retraction", (seats_text(before), UNDECLARED)
        return
    fewer = _moved(before, {code: min(n, after.get(code, 0)) for code, n in before.items()})
    if fewer:
        yield "seats", fewer


def _published(area: Area) -> str:
    seats = area.composition or area.elected
    return f"{area.control or ''} {f'({seats_text(seats)})' if seats else ''}".strip() or "declared"


def _figures(before: Area, after: Area) -> Iterator[tuple[What, tuple[str, str]]]:
    if before.control is not None and after.control is not None and before.control != after.control:
        one_seat = before.kind in {"constituency", "mayor"}
        yield ("winner" if one_seat else "control"), (before.control, after.control)
        if one_seat:
            return
    moved = None
    for old, new in ((before.composition, after.composition), (before.elected, after.elected)):
        if old is not None and new is not None:
            moved = moved or _moved(old, new)
    if moved:
        yield "seats", moved
        return
    votes = _votes(before.candidates, after.candidates)
    if votes:
        yield "votes", votes


def wards_moved(before: Area | None, after: Area | None) -> tuple[list[Ward], list[Ward]]:
    """Return the wards before that are not the very same after, and those after that were not the very same before."""
    old, new = before.wards if before else (), after.wards if after else ()
    ids_old, ids_new = set(map(id, old)), set(map(id, new))
    return [w for w in old if id(w) not in ids_new], [w for w in new if id(w) not in ids_old]


def _ward_pairs(before: Area, after: Area | None) -> Iterator[tuple[Ward, Ward | None]]:
    """Yield the declared wards before that are not the very same after."""
    left, come = wards_moved(before, after)
    later = {ward.name: ward for ward in come}
    for ward in left:
        if ward.elected is not None:
            yield ward, later.get(ward.name)


def _ward_figures(before: Ward, after: Ward | None) -> Iterator[tuple[What, tuple[str, str]]]:
    published = before.elected or {}
    if after is None or after.elected is None:
        yield "retraction", (seats_text(published), UNDECLARED)
        return
    if before.stage == "partial":
        yield from _part(published, after.elected)
        return
    moved = _moved(published, after.elected)
    if moved:
        yield "seats", moved
        return
    votes = _votes(before.candidates, after.candidates)
    if votes:
        yield "votes", votes
