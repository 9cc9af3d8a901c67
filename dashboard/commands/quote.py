"""The command `quote`: what somebody said, word for word, written into a feed directory as one file."""

from pathlib import Path

import click

from dashboard.commands.desk import Desk, area_name, asked, code_of, new_option, path_argument, readable
from dashboard.commands.options import Refused, say
from dashboard.view.sentences import quote_sentence
from feeds.outbox import document, free_name
from feeds.report import Quote
from feeds.text import clean, inert


@click.command(
    epilog='Example: election-night quote results/ "not us being wonderful" --by "Barry Rawlings" --party LAB'
)
@path_argument
@click.argument("text")
@click.option("--by", required=True, help="Who said it.")
@click.option("--role", help="As what: leader of the council, candidate.")
@click.option("--party", help="The speaker's party.")
@click.option("--area", help="The area it is about.")
@click.option("--at", metavar="TIME", help="When it was said: 02:14 (the first after polls close), or ISO.")
@click.option("--source", help="Where it was said or printed.")
@new_option
def quote(
    *,
    path: Path,
    text: str,
    by: str,
    role: str | None,
    party: str | None,
    area: str | None,
    at: str | None,
    source: str | None,
    new: bool,
) -> None:
    """Put what somebody said, word for word, into the feed directory DIR: one file, checked, then put there whole."""
    desk, ask = Desk(path), asked()
    said = Quote(
        text=_words("quote", text),
        speaker=_words("speaker", by),
        role=None if role is None else _words("role", role),
        party=None if party is None else code_of(desk, party, new, ask),
        area=None if area is None else area_name(desk, area, new, ask),
        source=None if source is None else _words("source", source),
        said_at=None if at is None else desk.moment(at),
    )
    name = free_name(desk.path, "quote", by)
    data = document([said])
    readable(name, data)
    written = desk.put(name, data)
    say(quote_sentence(said))
    click.echo(inert(str(written)))


def _words(what: str, text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise Refused(f"the {what} is empty")
    return words
