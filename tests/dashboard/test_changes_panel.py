"""What the control changes tell beside gains and losses, and how one asks for one kind of them."""

import pytest

from dashboard.count.night import Night, Noted
from dashboard.panels.changes import ChangesPanel
from dashboard.screens.area import AreaScreen
from dashboard.view.changes import KINDS, columns, items, next_kind, of_kind, rows
from dashboard.view.pieces import plain
from feeds.report import Note
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import running, settled
from tests.makers import nights
from tests.makers.player import LONDON
from tests.makers.states import area, at, correction, election, moment, night, wandsworth


def noted(kind: str, text: str, area_name: str = "Wandsworth", ward: str | None = None) -> Noted:
    return Noted(note=Note(area=area_name, kind=kind, text=text, ward=ward), at=at(2), path="notes.csv")


def everything() -> Night:
    """Return a night with a change of each kind."""
    lost = wandsworth(id="h", name="Hull", control="NOC", previous="LAB", outcome="loss", declared=moment(1))
    new = wandsworth(id="s", name="Somerset", control="LD", previous="NEW", outcome="new", declared=moment(1))
    areas = (wandsworth(), lost, new, *nights.certain_local().elections[0].areas)
    notes = (
        noted("history", "not Labour since 1978"),
        noted("defeat", "the leader lost her seat", ward="Nightingale"),
        noted("defeat", "somebody elsewhere lost", "Nowhere"),
        noted("target", "a prime target"),
    )
    certain = nights.certain_local().elections[0].certain
    return night(election(*areas, certain=certain), notes=notes, corrections=(correction(),))


def lines(of: Night, kind: str = "all", width: int = 150) -> list[str]:
    one = of.elections[0]
    found = of_kind(items(of, one), kind)
    layout = columns(width, found)
    return ["  ".join(plain(cell) for cell in row.cells) for row in rows(found, layout, LONDON, at(21, day=5))]


def test_a_gain_says_how_long_it_had_been_held_where_the_night_carries_that() -> None:
    (gain,) = lines(everything(), "gains")
    assert "WANDSWORTH" in gain
    assert "not Labour since 1978" in gain
    assert "prime target" not in " ".join(lines(everything()))


@pytest.mark.parametrize("width", range(90, 170, 4))
def test_a_history_is_told_where_it_can_be_read_and_not_in_a_stub(width: int) -> None:
    of = everything()
    found = of_kind(items(of, of.elections[0]), "gains")
    layout = columns(width, found)
    (row,) = rows(found, layout, LONDON, at(21, day=5))
    figures, _, history = plain(row.cells[-1]).partition("  ")
    room = layout[-1].width - len(figures)
    assert history == ("not Labour since 1978" if room >= len("  not Labour since 1978") else "")


def test_a_night_without_a_history_says_nothing_of_it() -> None:
    assert "since" not in " ".join(lines(nights.small_local()))


def test_a_notable_defeat_is_a_kind_of_its_own_with_its_ward() -> None:
    (defeat,) = lines(everything(), "defeats")
    assert "WANDSWORTH, NIGHTINGALE" in defeat
    assert "notable defeat" in defeat
    assert "the leader lost her seat" in defeat
    assert defeat.startswith("03:00")


def test_every_kind_can_be_asked_for_and_all_of_them_together_are_everything() -> None:
    of = everything()
    kinds = {kind: lines(of, kind) for kind in KINDS if kind != "all"}
    assert {kind: len(found) for kind, found in kinds.items()} == dict.fromkeys(kinds, 1)
    assert sorted(line for found in kinds.values() for line in found) == sorted(lines(of))


def test_the_key_skips_kinds_of_which_there_is_nothing() -> None:
    found = items(nights.small_local(), nights.small_local().elections[0])
    assert next_kind(found, "all") == "gains"
    assert next_kind(found, "gains") == "all"


async def test_the_key_lists_one_kind_says_so_and_enter_opens_the_area() -> None:
    async with running(everything()) as (pilot, app, _):
        panel = app.query_one(ChangesPanel)
        panel.focus()
        await pilot.press("f", "f")
        await settled(pilot, app)
        assert "Control changes · losses" in screen_text(app)
        assert "1 of 6" in screen_text(app)
        await pilot.press("home", "enter")
        await settled(pilot, app)
        assert isinstance(app.screen, AreaScreen)
        assert app.screen.area_id == "h"
        await pilot.press("escape", "escape")
        await settled(pilot, app)
        assert panel.kind == "all"
        assert len(panel.rows) == 6


async def test_a_kind_that_is_no_more_says_that_there_is_none() -> None:
    async with running(everything()) as (pilot, app, player):
        await pilot.press("f")
        player.shown = night(election(area("Wandsworth")))
        await settled(pilot, app)
        assert "none of these yet" in screen_text(app)
        await pilot.press("f")
        await settled(pilot, app)
        assert "nothing has changed hands yet" in screen_text(app)
