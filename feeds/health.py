"""How a feed under watch is: the directory itself, and the recording of it."""

import msgspec

from feeds.state import FeedState


class Health(msgspec.Struct, frozen=True):
    """How the directory is, None where none is watched; and why nothing is recorded any more, None where all is."""

    feed: FeedState | None = None
    recording: str | None = None
