"""How things are said in full: one line for everything that happens in a night, for logs and screen readers.

Names are spelt out (`Labour gain from Conservative`) and every line can be read without the one before it.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.count.night import Area, Correction, Happening, Ward
from dashboard.view.words import (
    basis_words,
    by_seats,
    clock_words,
    moment_words,
    outcome_sentence,
    party_long,
    quote_words,
    wards_words,
)
from feeds.report import NOC, Quote


def happening_sentence(happening: Happening, zone: ZoneInfo, begin: datetime | None = None) -> str:
    """Return one thing that happened as one line: `02:39 Wandsworth: Labour gain from Conservative. …`.

    Declarations carry their own time with its basis, everything else the time at which it was counted.
    `begin` (polls close) makes times of another day carry their weekday.
    """
    return f"{_when(happening, zone, begin)} {_what(happening)}"


def _when(happening: Happening, zone: ZoneInfo, begin: datetime | None) -> str:
    place = {"declared": happening.area, "ward": happening.ward}.get(happening.what)
    moment = None if place is None else place.declared
    if moment is None:
        return clock_words(happening.at, zone, begin)
    basis = basis_words(moment)
    if moment.basis == "expected":
        return f"{moment_words(moment, zone, begin)} (expected)"  # a sign alone is not read out
    if basis is None or moment.at is None:
        return moment_words(moment, zone, begin)
    return f"{clock_words(moment.at, zone, begin)} ({basis})"


def _what(happening: Happening) -> str:
    area, path, text = happening.area, happening.path or "a file", (happening.text or "").rstrip(".")
    if happening.what == "declared" and area is not None:
        return declared_sentence(area)
    if happening.what == "ward" and area is not None and happening.ward is not None:
        return ward_sentence(area, happening.ward)
    if happening.what == "certain" and area is not None:
        return certain_sentence(area)
    if happening.what == "correction" and happening.correction is not None:
        return correction_sentence(happening.correction)
    if happening.what == "quote" and happening.quote is not None:
        return quote_sentence(happening.quote)
    if happening.what == "removed":
        place = f" ({area.name})" if area is not None else ""
        return f"Source removed: {path}{place} is no longer in the directory; its figures stay."
    return {
        "quarantined": f"Problem: {path} is not counted: {text}.",
        "healed": f"Mended: {path} can be read again.",
        "conflict": f"CONFLICT: {text}.",
        "test": f"TEST DATA: {text}.",
    }.get(happening.what, f"{path}: {text}.")


def seats_sentence(area: Area) -> str:
    """Return an area's seats in full names: `Labour 35, Conservative 22 of 58`; empty where none are known.

    Where the composition is not known, the seats elected tonight are said. A one-seat area says who won it.
    """
    if area.kind in {"constituency", "mayor"}:
        return next((candidate.name for candidate in area.candidates if candidate.elected), "")
    if area.composition:
        return _seats(area.composition, area.total)
    return f"elected tonight: {_seats(area.elected, area.up)}" if area.elected else ""


def _seats(seats: Mapping[str, int], of: int | None) -> str:
    words = ", ".join(f"{party_long(code)} {number:,}" for code, number in by_seats(seats))
    return words if of is None else f"{words} of {of:,}"


def declared_sentence(area: Area) -> str:
    """Return a declaration in full: `Wandsworth: Labour gain from Conservative. Labour 35, … of 58.`."""
    parts = [f"{area.name}: {outcome_sentence(area)}", seats_sentence(area)]
    if area.deferred:
        parts.append(f"with {area.deferred} {'seat' if area.deferred == 1 else 'seats'} deferred")
    if area.stage == "rush":
        parts.append("rush, the full result is to come")
    if area.stage == "under-correction":
        parts.append("correction on its way, votes withheld")
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def ward_sentence(area: Area, ward: Ward) -> str:
    """Return a ward's declaration in full: `Barnet, Barnet Vale ward: Labour 3. 11 of 24 wards declared.`."""
    seats = _seats(ward.elected, None) if ward.elected else "declared"
    done = (wards_words(area) or "").replace("/", " of ")
    return f"{area.name}, {ward.name} ward: {seats}." + (f" {done} declared." if done else "")


def certain_sentence(area: Area) -> str:
    """Return a certain call in full, with its sum: `Havant: no overall control is certain. 6 seats undeclared …`."""
    parts = [f"{area.name}: {party_long(area.certain or NOC)} is certain"]
    if area.undeclared:
        parts.append(f"{area.undeclared} {'seat' if area.undeclared == 1 else 'seats'} undeclared")
    parts.append(area.certain_sum or "")
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def correction_sentence(correction: Correction) -> str:
    """Return a correction with both values and the file; a retraction is louder than the call (RULES 19)."""
    place = correction.area + (f", {correction.ward} ward" if correction.ward else "")
    if correction.what == "retraction":
        return f"RETRACTED: {place}, was {correction.before}, now {correction.after} ({correction.path})."
    values = f"from {correction.before} to {correction.after}"
    return f"CORRECTION: {place}, {correction.what}: {values} ({correction.path})."


def quote_sentence(quote: Quote) -> str:
    """Return a quote as one line: `“not us being wonderful” – Barry Rawlings, Labour, Barnet`."""
    return f"“{quote.text}” – {quote_words(quote)}"
