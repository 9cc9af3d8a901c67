"""The one table of what can be done. Bindings, footer, help and the README's key table come from it."""

from collections.abc import Callable
from typing import Final, Literal

import msgspec

Group = Literal["Look", "Time", "More", "Area"]
Where = Literal["app", "overview", "area"]


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be done.

    `keys` are key names as Textual spells them, comma-separated; `shown` is how people write them. `action` is
    the name of the action, `label` what the footer says, `help` what the help says. `footer` is how soon the
    footer takes it in, from 1, and 0 for never. `where` tells whose key it is: the program's, the overview's or an
    opened area's.
    """

    keys: str
    shown: str
    action: str
    label: str
    help: str
    group: Group
    where: Where = "app"
    footer: int = 0

    @property
    def id(self) -> str:
        """What a keymap calls it: its label in lower case with hyphens, without what is no letter or figure."""
        words = "".join(c if c.isalnum() else " " for c in self.label.replace("×1", "normal speed")).split()
        return "-".join(words).casefold()


TABLE: Final[tuple[Action, ...]] = (
    Action(
        keys="enter",
        shown="↵",
        action="open_area",
        label="open",
        help="open the area under the cursor",
        group="Look",
        where="overview",
        footer=4,
    ),
    Action(
        keys="a",
        shown="a",
        action="audit",
        label="audit",
        help="where the figures of that area come from, or of the parties: files, times, the sum",
        group="Look",
        footer=6,
    ),
    Action(
        keys="/",
        shown="/",
        action="filter",
        label="filter",
        help="filter: a name, region or party, gain, loss, hold, new, noc, undeclared, …; ! inverts",
        group="Look",
        where="overview",
        footer=3,
    ),
    Action(
        keys="escape",
        shown="esc",
        action="clear",
        label="clear",
        help="clear the filter; let go of the row, so that the newest stays in sight",
        group="Look",
        where="overview",
    ),
    Action(
        keys="s",
        shown="s",
        action="sort",
        label="sort",
        help="sort the table by the next column; a click on a column's head sorts by it",
        group="Look",
        where="overview",
        footer=7,
    ),
    Action(
        keys="S",
        shown="S",
        action="turn_sort",
        label="turn the sort",
        help="sort the other way round; a second click on the head, too",
        group="Look",
        where="overview",
    ),
    Action(
        keys="t",
        shown="t",
        action="table",
        label="table",
        help="the table alone, and back; on a short screen the only way to it",
        group="Look",
        where="overview",
        footer=6,
    ),
    Action(
        keys="f",
        shown="f",
        action="kind",
        label="changes",
        help="which control changes are listed: all, gains, losses, new, certain, corrections, defeats",
        group="Look",
        where="overview",
    ),
    Action(
        keys="v",
        shown="v",
        action="picture(1)",
        label="view",
        help="the next picture: maps, hemicycle, seats through the night, race, gains and losses",
        group="Look",
        where="overview",
        footer=5,
    ),
    Action(
        keys="V",
        shown="V",
        action="picture(-1)",
        label="view back",
        help="the picture before",
        group="Look",
        where="overview",
    ),
    Action(
        keys="w",
        shown="w",
        action="watch",
        label="watch",
        help="star an area, or take its star away; kept between runs, filter: watched",
        group="Look",
        footer=8,
    ),
    Action(
        keys="e",
        shown="e",
        action="next_election",
        label="election",
        help="the next election of the night",
        group="Look",
        footer=9,
    ),
    Action(
        keys="b",
        shown="b",
        action="baseline",
        label="baseline",
        help="measure change against the next baseline of the night",
        group="Look",
        footer=14,
    ),
    Action(
        keys="m",
        shown="m",
        action="maximise",
        label="maximise",
        help="the focused panel alone, and back",
        group="Look",
    ),
    Action(
        keys="tab",
        shown="tab",
        action="app.focus_next",
        label="next panel",
        help="move between the panels",
        group="Look",
        where="overview",
    ),
    Action(
        keys="space",
        shown="space",
        action="pause",
        label="pause",
        help="pause and go on; live keeps counting behind the glass",
        group="Time",
        footer=5,
    ),
    Action(keys=".", shown=".", action="step(1)", label="step", help="one declaration on", group="Time", footer=10),
    Action(
        keys="comma", shown=",", action="step(-1)", label="back", help="one declaration back", group="Time", footer=11
    ),
    Action(keys=">", shown=">", action="minutes(1)", label="minute on", help="a minute on", group="Time"),
    Action(keys="<", shown="<", action="minutes(-1)", label="minute back", help="a minute back", group="Time"),
    Action(keys="}", shown="}", action="minutes(10)", label="10 min on", help="ten minutes on", group="Time"),
    Action(keys="{", shown="{", action="minutes(-10)", label="10 min back", help="ten minutes back", group="Time"),
    Action(
        keys="right_square_bracket",
        shown="]",
        action="change(1)",
        label="next change",
        help="to the next change of control",
        group="Time",
        footer=15,
    ),
    Action(
        keys="left_square_bracket",
        shown="[",
        action="change(-1)",
        label="previous change",
        help="to the previous change of control",
        group="Time",
        footer=16,
    ),
    Action(
        keys="0,1,2,3,4,5,6,7,8,9",
        shown="0–9",
        action="tenth({key})",
        label="tenths",
        help="to so many tenths of the time bar; a click or a drag on the bar goes there",
        group="Time",
    ),
    Action(
        keys="g",
        shown="g",
        action="go_to",
        label="go to",
        help="go to a time (02:14), by a time (+15m, -5m), to a share of the bar (40%) or to an area's declaration",
        group="Time",
        footer=10,
    ),
    Action(keys="u", shown="u", action="undo", label="undo", help="undo the last jump in time", group="Time"),
    Action(
        keys="+,=",
        shown="+",
        action="speed(1)",
        label="faster",
        help="faster: ×0.5 to ×3600, then as fast as it goes (replay)",
        group="Time",
        footer=12,
    ),
    Action(keys="-", shown="-", action="speed(-1)", label="slower", help="slower (replay)", group="Time", footer=13),
    Action(
        keys="backspace",
        shown="backspace",
        action="speed(0)",
        label="×1",
        help="speed ×1, as it happened (replay)",
        group="Time",
    ),
    Action(
        keys="ctrl+home",
        shown="ctrl+home",
        action="to_start",
        label="start",
        help="to the start of the night",
        group="Time",
    ),
    Action(
        keys="ctrl+end",
        shown="ctrl+end",
        action="to_end",
        label="end",
        help="to live, or to the last declaration",
        group="Time",
    ),
    Action(
        keys="c",
        shown="c",
        action="problems",
        label="problems",
        help="corrections, conflicts and problems",
        group="More",
        footer=8,
    ),
    Action(
        keys="x",
        shown="x",
        action="export",
        label="export",
        help="write what is in front (the focused table, the picture, a page) to a file: .csv .json .md .svg .txt",
        group="More",
        footer=17,
    ),
    Action(
        keys="l",
        shown="l",
        action="away",
        label="while away",
        help="what has happened since you last looked; by itself after an hour, a sleep, or when you come back",
        group="More",
        footer=15,
    ),
    Action(
        keys="y",
        shown="y",
        action="copy",
        label="copy",
        help="copy the line under the cursor, else the figures, to the terminal's clipboard (OSC 52)",
        group="More",
    ),
    Action(
        keys="Q",
        shown="Q",
        action="quotes",
        label="quotes",
        help="all that was said, with a filter; a click on the ticker opens it, too",
        group="More",
    ),
    Action(
        keys="T",
        shown="T",
        action="ticker_speed",
        label="ticker",
        help="the ticker's next speed: still, slow, normal, fast; ← → turn it while it has the focus",
        group="More",
        where="overview",
    ),
    Action(keys="?", shown="?", action="help", label="help", help="this page", group="More", footer=1),
    Action(
        keys="ctrl+p",
        shown="ctrl+p",
        action="command_palette",
        label="palette",
        help="the palette: areas, times, pictures, every key, themes",
        group="More",
    ),
    Action(keys="q", shown="q", action="quit", label="quit", help="quit", group="More", footer=2),
    Action(keys="n", shown="n", action="other(1)", label="next area", help="the next area", group="Area", where="area"),
    Action(
        keys="p",
        shown="p",
        action="other(-1)",
        label="previous area",
        help="the previous area",
        group="Area",
        where="area",
    ),
    Action(
        keys="o",
        shown="o",
        action="all_wards",
        label="open all",
        help="open all wards, or shut them; ↵ opens one; in an audit all sums",
        group="Area",
        where="area",
    ),
)

MOVING: Final[tuple[tuple[str, str], ...]] = (
    ("↑ ↓", "one row"),
    ("page up, page down", "one screenful"),
    ("home, end", "first and last row"),
    ("mouse", "click a row, click twice to open it; the wheel scrolls; click a key in the footer"),
)
"""Keys that belong to whatever has the focus, with what they do there."""


def of(where: Where) -> tuple[Action, ...]:
    """Return the actions whose keys belong to the program, the overview or an opened area.

    An action that is told its key (`{key}`) is there once for each.
    """
    return tuple(one for a in TABLE if a.where == where for one in _each(a))


def _each(action: Action) -> tuple[Action, ...]:
    if "{key}" not in action.action:
        return (action,)
    keys = action.keys.split(",")
    return tuple(msgspec.structs.replace(action, keys=k, action=action.action.format(key=k)) for k in keys)


def in_footer(room: int, size: Callable[[Action], int], table: tuple[Action, ...] = TABLE) -> list[Action]:
    """Return the actions that a footer of `room` cells has, in the table's order; `size` is an action's cells.

    The most wanted are taken in first.
    """
    taken: set[str] = set()
    for action in sorted((a for a in table if a.footer), key=lambda a: a.footer):
        if size(action) <= room:
            taken.add(action.action)
            room -= size(action)
    return [a for a in table if a.action in taken]


def is_time(action: str) -> bool:
    """Return whether an action (with or without its parameters) belongs to the keys for time."""
    name = action.partition("(")[0]
    return any(a.group == "Time" and a.action.partition("(")[0] == name for a in TABLE)


def key_table(table: tuple[Action, ...] = TABLE) -> list[tuple[str, str, Group]]:
    """Return key, help and group of every action, in the table's order."""
    return [(a.shown, a.help, a.group) for a in table]
