"""The ticker as data: who said what, or, while nobody has said anything, the newest declarations."""

from typing import Final

from dashboard.count.night import Area, Happening, Said
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, line, party_mark, party_style
from dashboard.view.rows import detail_words
from dashboard.view.words import moment_words, outcome_words, party_short

MOST: Final = 24
"""Lines that go round; older ones have been read."""

GAP: Final = "    ·    "


def ticker_lines(frame: Frame) -> list[Line]:
    """Return the lines of the ticker, newest first; empty while nothing has happened."""
    if frame.night.quotes:
        return [_quote(said) for said in list(frame.night.quotes)[: -MOST - 1 : -1]]
    found: list[Line] = []
    happenings = frame.night.happenings
    for index in range(len(happenings) - 1, -1, -1):
        if len(found) >= MOST:
            break
        declared = _declaration(happenings[index], frame)
        if declared:
            found.append(declared)
    return found


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


def _declaration(happening: Happening, frame: Frame) -> Line:
    area: Area | None = happening.area
    if happening.what != "declared" or area is None or happening.election != frame.election_id:
        return ()
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
