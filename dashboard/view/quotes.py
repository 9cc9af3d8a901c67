"""All that was said in a night, newest first, as lines of a page; with a filter as people type it."""

from zoneinfo import ZoneInfo

from dashboard.count.night import Night, Said
from dashboard.view.grids import instant_words
from dashboard.view.lines import Row, paragraph, sentence
from dashboard.view.pieces import party_mark, party_style
from dashboard.view.words import party_long, party_short
from feeds.text import folded


def said_rows(night: Night, text: str, zone: ZoneInfo, width: int) -> list[Row]:
    """Return the quotes in which every word of `text` stands (in what was said, by whom, party or area), wrapped."""
    found = [said for said in reversed(night.quotes) if fits(said, text)]
    if not found:
        return [sentence(("nobody has said anything yet" if not night.quotes else "no quote fits the filter", "quiet"))]
    rows: list[Row] = []
    for said in found:
        rows += [*_rows(said, zone, width), Row()]
    return rows[:-1]


def said_title(night: Night, text: str) -> Row:
    """Return how many quotes there are, and how many of them fit the filter."""
    number = len(night.quotes)
    shown = sum(1 for said in night.quotes if fits(said, text))
    words = f"{number:,} quote{'' if number == 1 else 's'}"
    return sentence(
        ("Said tonight", "title"), "  ", f"{shown:,} of {words}, filter “{text}”" if text.strip() else words
    )


def fits(said: Said, text: str) -> bool:
    """Return whether every word of a filter stands in a quote; `!` inverts, case and accents do not matter."""
    quote = said.quote
    party = (quote.party, party_short(quote.party), party_long(quote.party)) if quote.party else ()
    whole = folded(" ".join(filter(None, (quote.text, quote.speaker, quote.role, quote.area, quote.source, *party))))
    return all((folded(word.lstrip("!")) in whole) != word.startswith("!") for word in text.split() if word.strip("!"))


def _rows(said: Said, zone: ZoneInfo, width: int) -> list[Row]:
    quote = said.quote
    party = (party_mark(quote.party), " ", (party_short(quote.party), party_style(quote.party))) if quote.party else ()
    who = (
        [("   ", ""), (quote.speaker, "strong"), *((" ", ""), *party)]
        if party
        else [("   ", ""), (quote.speaker, "strong")]
    )
    area = quote.area if quote.area and quote.area not in (quote.role or "") else None
    rest = ", ".join(filter(None, (quote.role, area)))
    when = f"said {instant_words(quote.said_at, zone)}" if quote.said_at else ""
    from_where = " · ".join(filter(None, (rest, when, quote.source)))
    return [
        *paragraph(f"{quote.text} ❞", width, "strong", ("❝ ", "quiet")),
        sentence(*who),
        *(paragraph(from_where, width, "quiet", "   ") if from_where else ()),
    ]
