"""Options of the commands that have a screen: what the settings file says, and what was asked for instead."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from dashboard.config import PICTURES, SPEEDS, Config, Looks, config_file

ASKED: Final = ("ticker", "alerts", "pictures", "wall")
"""The options below, by name."""

MOST_TOLD: Final = 5
"""So many troubles with the settings are told on the screen, at most."""


def looks_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for its screen; it gets them as `asked_looks`, for `looks_of`."""

    @click.option("--ticker", type=click.Choice(SPEEDS), help="How fast the quotes go round; still turns the page.")
    @click.option(
        "--alerts/--no-alerts", default=None, help="Ring the bell, and name it in the title, for watched areas."
    )
    @click.option("--pictures", type=click.Choice(PICTURES), help="What pictures are drawn with; auto: what fits here.")
    @click.option("--wall", is_flag=True, help="For a wall: no footer, big figures, pictures in turn, nothing moves.")
    @wraps(command)
    def with_looks(*arguments: Any, **given: Any) -> Any:
        asked = {name: given.pop(name) for name in ASKED}
        return command(*arguments, asked_looks=asked, **given)

    return with_looks


def looks_of(asked: dict[str, Any], *notes: str | None) -> Looks:
    """Return the settings of the reader's file, with what was asked for instead; notes are told beside its trouble."""
    config, trouble = _settings(config_file())
    instead = {name: value for name, value in asked.items() if value is not None and name != "wall"}
    return Looks(
        config=msgspec.structs.replace(config, **instead),
        trouble=(*_few(trouble), *(note for note in notes if note is not None)),
        wall=bool(asked.get("wall")),
    )


def _settings(path: Path) -> tuple[Config, tuple[str, ...]]:
    """Return what a file says, and its trouble. Most have none, and load nothing that reads one."""
    with suppress(OSError):
        if not path.exists():
            return Config(), ()
    from dashboard.own_themes import settings  # noqa: PLC0415 - there is a screen now, so Textual is needed

    found = settings(path)
    return found.config, (*found.wrong, *found.warnings)


def _few(trouble: tuple[str, ...]) -> tuple[str, ...]:
    if len(trouble) <= MOST_TOLD:
        return trouble
    more = f"and {len(trouble) - MOST_TOLD + 1:,} more: election-night config check"
    return (*trouble[: MOST_TOLD - 1], more)
