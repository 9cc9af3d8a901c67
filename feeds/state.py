"""How the source itself does, beside what it brings: said on the screen in words."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

Mode = Literal["events", "polling"]
Condition = Literal["ok", "gone", "emptied", "unreadable"]


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """How a watched directory is at one moment. Times are aware and UTC.

    `mode` says whether the system reports changes (`events`) or they are only looked for (`polling`, and `why`).
    `state` is `ok`, or says that the directory is gone, has lost every file that counted, or cannot be read (`reason`
    says what the system says), since `since`. `last` is when something new was last seen. `ahead` is how far the
    newest file is dated after this machine's clock, `behind` how far that clock went back; both zero where all is well.
    """

    mode: Mode
    state: Condition
    why: str = ""
    reason: str = ""
    since: datetime | None = None
    last: datetime | None = None
    ahead: timedelta = timedelta(0)
    behind: timedelta = timedelta(0)
