"""Options of the commands that have a screen: what the settings file says, and what was asked for instead."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
import msgspec

from dashboard.config import SPEEDS, Looks, config_file, read_config


def looks_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for its screen; it gets them as `asked_looks`, for `looks_of`."""

    @click.option("--ticker", type=click.Choice(SPEEDS), help="How fast the quotes go round; still turns the page.")
    @click.option(
        "--alerts/--no-alerts", default=None, help="Ring the bell, and name it in the title, for watched areas."
    )
    @click.option("--wall", is_flag=True, help="For a wall: no footer, big figures, pictures in turn, nothing moves.")
    @wraps(command)
    def with_looks(*arguments: Any, ticker: str | None, alerts: bool | None, wall: bool, **others: Any) -> Any:
        return command(*arguments, asked_looks={"ticker": ticker, "alerts": alerts, "wall": wall}, **others)

    return with_looks


def looks_of(asked: dict[str, Any], *notes: str | None) -> Looks:
    """Return the settings of the reader's file, with what was asked for instead; notes are told beside its trouble."""
    from dashboard.theme import all_themes  # noqa: PLC0415 - there is a screen now, so Textual is needed

    config, trouble = read_config(config_file(), all_themes())
    instead = {name: value for name, value in asked.items() if value is not None and name != "wall"}
    return Looks(
        config=msgspec.structs.replace(config, **instead),
        trouble=(*trouble, *(note for note in notes if note is not None)),
        wall=bool(asked.get("wall")),
    )
