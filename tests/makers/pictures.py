"""Scenes for tests of the pictures: of nights made by hand and of whole saved ones."""

from functools import cache
from typing import Any

from dashboard.count.night import Election, Night
from dashboard.player import Player
from dashboard.view.frame import Frame, chosen
from dashboard.view.pictures.ink import Ink
from dashboard.view.pictures.scene import Scene
from dashboard.view.pieces import plain
from feeds.clock import ReplayClock
from feeds.saved import open_night
from tests.makers.player import LONDON as ZONE
from tests.makers.states import at


def scene(of: Night, ink: Ink = Ink.BLOCKS, area_id: str | None = None, **fields: Any) -> Scene:
    base: dict[str, Any] = {"night": of, "election_id": chosen(of, None), "as_at": at(1, 41), "begin": at(21, day=5)}
    base |= {"end": at(12), "zone": ZONE, "live": True}
    return Scene(frame=Frame(**(base | fields)), ink=ink, area_id=area_id)


@cache
def player_at_end(name: str) -> Player:
    saved = open_night(name)
    player = Player(ReplayClock(saved.begin, saved.end, ticks=lambda: 0.0), saved.events)
    player.to_end()
    return player


def whole(name: str, ink: Ink = Ink.BLOCKS) -> Scene:
    player = player_at_end(name)
    return scene(player.night, ink, as_at=player.as_at, begin=player.begin, end=player.end, zone=player.zone)


def texts(found: tuple[Any, ...]) -> list[str]:
    return [plain(each) for each in found]


def only(of: Night) -> Election:
    return of.elections[0]
