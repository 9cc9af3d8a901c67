"""Which pictures fit a night, in which order, and one of them drawn."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

import msgspec

from dashboard.count.night import Election
from dashboard.view.among import among
from dashboard.view.extent import has_councils
from dashboard.view.pictures.atlas import LONDON, Names, placed, shipped
from dashboard.view.pictures.ink import spelt
from dashboard.view.pictures.regions import FEW, InRegions, by_region
from dashboard.view.pictures.scene import Picture, Scene, notice
from dashboard.view.pieces import fitted, width_of

Draw = Callable[[Scene, int, int], Picture]


class Kind(msgspec.Struct, frozen=True):
    """A kind of picture: `key` names it in `night.toml`, `fits` says whether an election has one.

    `is_shape` says that it stands in the middle of its room; else it begins at the top.
    """

    key: str
    draw: Draw
    fits: Callable[[Scene, Election], bool]
    is_shape: bool = False


def _by(module: str, name: str) -> Draw:
    """Return what draws a picture; its module is loaded when it is first drawn, since a night shows one of them."""

    def draw(scene: Scene, width: int, height: int) -> Picture:
        drawn: Draw = getattr(import_module(f"dashboard.view.pictures.{module}"), name)
        return drawn(scene, width, height)

    return draw


def _has_london(scene: Scene, election: Election) -> bool:
    if election.kind not in {"local", "mayor"}:
        return False
    return len(placed(shipped(LONDON), election.areas, among(Names, scene.frame.night, election))) >= FEW


def _has_regions(scene: Scene, election: Election) -> bool:
    return len(by_region(election, among(InRegions, scene.frame.night, election))) >= FEW


def _is_chamber(scene: Scene, election: Election) -> bool:
    return election.kind in {"parliament", "assembly"}


KINDS: Final = (
    Kind("map", _by("tiles", "own_map"), lambda scene, election: bool(scene.frame.night.tiles), is_shape=True),
    Kind("london", _by("tiles", "london"), _has_london, is_shape=True),
    Kind("hemicycle", _by("hemicycle", "chamber"), _is_chamber, is_shape=True),
    Kind("race", _by("race", "race"), lambda scene, election: election.line.seats is not None),
    Kind("regions", _by("regions", "regions"), _has_regions, is_shape=True),
    Kind("seats", _by("through", "through"), lambda scene, election: True),
    Kind("flow", _by("flow", "flow"), lambda scene, election: election.baseline != "none"),
    Kind("council", _by("hemicycle", "council"), lambda scene, election: has_councils(election), is_shape=True),
    Kind("council-race", _by("race", "council_race"), lambda scene, election: has_councils(election)),
)
"""The pictures in the order in which the key goes through them."""


def fitting(scene: Scene) -> list[str]:
    """Return the keys of the pictures that fit what is shown, the one that the night asks for first."""
    election = scene.election
    if election is None:
        return []
    found = [kind.key for kind in KINDS if kind.fits(scene, election)]
    wanted = (scene.frame.night.settings.picture or "").casefold().removesuffix(".csv")
    return sorted(found, key=lambda key: key != wanted)


def drawn(scene: Scene, key: str, width: int, height: int) -> Picture:
    """Return a picture in lines of at most `width` cells, at most `height` of them; one that has no room says so."""
    kind = next((kind for kind in KINDS if kind.key == key), None)
    if kind is None or scene.election is None:
        return Picture(
            title="Picture", lines=notice("pictures appear here as files come", width, height), is_drawn=False
        )
    picture = kind.draw(scene, max(1, width), max(1, height))
    lines = [each if width_of(each) <= width else fitted(each, width) for each in picture.lines[:height]]
    above = (height - len(lines)) // 2 if kind.is_shape else 0
    spots = tuple(msgspec.structs.replace(spot, y=spot.y + above) for spot in picture.spots)
    return msgspec.structs.replace(picture, lines=((),) * above + spelt(lines, scene.ink), spots=spots)
