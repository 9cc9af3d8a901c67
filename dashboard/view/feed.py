"""How the feed directory itself does, in words: stale, polled, dated by a wrong clock."""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.view.words import span_words
from feeds.state import Condition, FeedState

LAST_GOOD: Final = "the figures are the last good ones"

_STALE: Final[dict[Condition, str]] = {
    "gone": "the directory is gone",
    "emptied": "the directory is empty",
    "unreadable": "the directory cannot be read",
}


def stale_words(feed: FeedState | None, zone: ZoneInfo) -> str:
    """Return what is wrong with the directory, and since when; empty where nothing is."""
    if feed is None or feed.state == "ok":
        return ""
    since = f" since {feed.since.astimezone(zone):%H:%M}" if feed.since else ""
    told = f" ({feed.reason})" if feed.state == "unreadable" and feed.reason else ""
    return f"{_STALE[feed.state]}{since}{told}"


def clock_words(feed: FeedState | None) -> list[str]:
    """Return which clocks cannot be right."""
    words: list[str] = []
    if feed is not None and feed.behind > timedelta(0):
        back = span_words(feed.behind)
        words.append(f"this machine's clock went back by {back}: until it has caught up, times of arrival stand still")
    if feed is not None and feed.ahead > timedelta(0):
        words.append(f"the newest file is dated {span_words(feed.ahead)} after this machine's time: a clock is wrong")
    return words


def polling_words(feed: FeedState | None) -> str:
    """Return that changes are only looked for, and why; empty where the system reports them."""
    if feed is None or feed.mode == "events":
        return ""
    return f"polling: {feed.why}" if feed.why else "polling"


def feed_banners(feed: FeedState | None, zone: ZoneInfo) -> list[tuple[str, str, str]]:
    """Return what cannot be missed, the gravest first: word, sentence, and the theme's colour of its ground."""
    stale = stale_words(feed, zone)
    out = [("STALE", f"{stale}; {LAST_GOOD}", "error")] if stale else []
    return out + [("CLOCK", words, "warning") for words in clock_words(feed)]


def feed_lines(feed: FeedState | None, zone: ZoneInfo) -> list[str]:
    """Return the same as plain sentences, that changes are only looked for among them."""
    polling = polling_words(feed)
    return [f"{word}: {text}" for word, text, _ in feed_banners(feed, zone)] + ([polling] if polling else [])
