"""The one snapshot that crosses to the screen: a night, where in it we are, and how the clock runs."""

from datetime import datetime, timedelta
from operator import is_
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Election, Night
from feeds.state import FeedState


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows at one moment.

    `as_at`, `begin` and `end` are UTC. `behind` is how many declarations are counted behind the glass while live
    is paused, `backlog` how many events wait to be counted. `alarm` says in words why the feed has ended,
    `feed` how a live directory is, `recording` why nothing is recorded any more.
    `delay` is how late a live night is shown on purpose. `skipped` are the dull stretches that a replay has left out.
    `ahead` is the whole night, only where somebody asked to see what comes. `watch` holds the folded names of the
    areas with a star.
    """

    night: Night
    election_id: str | None
    as_at: datetime
    begin: datetime
    end: datetime
    zone: ZoneInfo
    live: bool
    paused: bool = False
    speed: float = 1.0
    behind: int = 0
    backlog: int = 0
    alarm: str | None = None
    recording: str | None = None
    feed: FeedState | None = None
    delay: timedelta = timedelta(0)
    skipped: tuple[tuple[datetime, datetime], ...] = ()
    ahead: Night | None = None
    watch: frozenset[str] = frozenset()

    @property
    def election(self) -> Election | None:
        """The election that is shown; None where the night has none yet."""
        if self.election_id is None:
            return None
        return self.night.election(self.election_id)

    @property
    def quiet(self) -> timedelta | None:
        """How long nothing has come from the feed; None in a replay and before anything came."""
        if not self.live or self.night.last_at is None:
            return None
        return max(timedelta(0), self.as_at - self.night.last_at)


ELSEWHERE: Final = frozenset({"night", "as_at", "end", "backlog", "behind", "alarm", "recording", "feed"})
"""What of a frame only the status lines, the banners, the time bar and the keys show, beside the night itself."""

FILES: Final = frozenset({"files", "events", "last_at"})
"""What of a night is another with every file, whatever it says."""

GROWING: Final = frozenset({"corrections", "happenings"})
"""What of a night only grows, but for a jump in time."""


def tells_the_same(one: Frame, other: Frame) -> bool:
    """Return whether two frames differ in no figure: only in the time, how the feed is, and which files were seen.

    There must be no jump in time between them.
    """
    if any(getattr(one, name) != getattr(other, name) for name in Frame.__struct_fields__ if name not in ELSEWHERE):
        return False
    first, second = one.night, other.night
    if len(first.elections) != len(second.elections) or not all(map(is_, first.elections, second.elections)):
        return False
    if any(len(getattr(first, name)) != len(getattr(second, name)) for name in GROWING):
        return False
    rest = (name for name in Night.__struct_fields__ if name not in FILES | GROWING and name != "elections")
    return all(getattr(first, name) == getattr(second, name) for name in rest)


def chosen(night: Night, wanted: str | None, name: str | None = None) -> str | None:
    """Return the id of the election to show: one of that name, else the wanted one, else the night's own first.

    An election of another poll date is shown first only where there is no other; None for none.
    """
    ids = [election.id for election in night.elections]
    if name is not None:
        from dashboard.view.named import is_named  # noqa: PLC0415 (few ask for an election by its name)

        named = next((e.id for e in night.elections if is_named(e, name)), None)
        if named is not None:
            return named
    if wanted in ids:
        return wanted
    own = [e.id for e in night.elections if e.poll_date in {None, night.poll_date}]
    return next(iter(own or ids), None)


def following(night: Night, current: str | None) -> str | None:
    """Return the id of the election after the current one, round and round; None for none."""
    ids = [election.id for election in night.elections]
    if not ids:
        return None
    return ids[(ids.index(current) + 1) % len(ids)] if current in ids else ids[0]
