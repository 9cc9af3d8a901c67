"""What is wrong with a feed under watch, in words."""

from typing import NamedTuple


class Health(NamedTuple):
    """What is wrong with the feed itself, and why nothing is recorded any more; None where nothing is."""

    feed: str | None = None
    recording: str | None = None
