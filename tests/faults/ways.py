"""The ways through a night: played, stepped, sought forwards, backwards, at random and packed, opened anew."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from dashboard.player import Player
from feeds.arrival import Arrival
from feeds.clock import ReplayClock
from tests.faults.states import Film, Pieces, shown_by

ANEW: Final = 20
"""So many places, spread over the night, are gone to by players that have just been made."""

PACKED: Final = 500
"""So many places are gone to when everything is packed."""

PACKED_OFTEN: Final = 5

Stop = tuple[int, Player]
Way = Callable[[Film, int], Iterator[Stop]]


class Ticks:
    """Real seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Law(NamedTuple):
    """What was found of one way through a night.

    `stops` are where the player stood, `compared` the places among them at which it was compared (a place that was
    met again is compared again), `different` those at which it was another night than that of a fresh start.
    `changed` are objects that were changed after they were first met.
    """

    night: str
    way: str
    stops: int = 0
    compared: int = 0
    different: tuple[int, ...] = ()
    changed: int = 0
    done: bool = False


def player_of(film: Film, ticks: Ticks) -> Player:
    """Return a player that replays a film."""
    readings = {(e.path, e.data): r for e, r in film.pairs if isinstance(e, Arrival) and r is not None}
    clock = ReplayClock(film.at(0), film.at(len(film.pairs)), 1.0, ticks=ticks)
    return Player(clock, [event for event, _ in film.pairs], read=lambda path, data: readings[path, data])


def played(film: Film, _seed: int) -> Iterator[Stop]:
    """Play event by event, the clock always at the next one."""
    ticks = Ticks()
    player = player_of(film, ticks)
    begin = film.at(0)
    while player.position < len(film.pairs):
        ticks.seconds = (film.at(player.position + 1) - begin).total_seconds()
        player.tick(limit=1)
        yield player.position, player


def stepped(film: Film, _seed: int) -> Iterator[Stop]:
    """Step from declaration to declaration to the end and back to the start; then back through every place."""
    player = player_of(film, Ticks())
    player.to_start()
    for by in (1, -1):
        before = -1
        while player.position != before:
            before = player.position
            player.step(by)
            yield player.position, player
    for place in reversed(film.places):
        player.hold_at(place)
        yield player.position, player


def _sought(film: Film, places: Sequence[int]) -> Iterator[Stop]:
    player = player_of(film, Ticks())
    for place in places:
        player.seek(film.at(place))
        yield player.position, player


def forwards(film: Film, _seed: int) -> Iterator[Stop]:
    """Seek the moment of every place, in order."""
    return _sought(film, film.places)


def backwards(film: Film, _seed: int) -> Iterator[Stop]:
    """Seek the moment of every place, from the last to the first."""
    return _sought(film, film.places[::-1])


def at_random(film: Film, seed: int) -> Iterator[Stop]:
    """Go to every place once, in an order of chance: every other one by its moment, every other by its number."""
    places = list(film.places)
    random.Random(seed).shuffle(places)
    player = player_of(film, Ticks())
    for number, place in enumerate(places):
        if number % 2:
            player.hold_at(place)
        else:
            player.seek(film.at(place))
        yield player.position, player


def packed(film: Film, seed: int) -> Iterator[Stop]:
    """Play to the end, let everything be packed, and go to some places in an order of chance; to the end in between."""
    player = player_of(film, Ticks())
    player.to_end()
    while player.reel.pack(keep=0):
        pass
    for number, place in enumerate(random.Random(seed).sample(film.places, min(PACKED, len(film.places)))):
        if number % PACKED_OFTEN == 0:
            player.to_end()
        player.hold_at(place)
        yield player.position, player


def anew(film: Film, seed: int) -> Iterator[Stop]:
    """Let a new player go to a moment, as a command with `--at` does, for some places."""
    for place in sorted(random.Random(seed).sample(film.places, min(ANEW, len(film.places)))):
        player = player_of(film, Ticks())
        player.seek(film.at(place))
        yield player.position, player


WAYS: Final[dict[str, Way]] = {
    "played": played,
    "stepped": stepped,
    "sought forwards": forwards,
    "sought backwards": backwards,
    "sought at random": at_random,
    "packed": packed,
    "opened anew": anew,
}


def go(film: Film, right: dict[int, bytes], way: str, seed: int, before: Law | None = None) -> Iterator[Law]:
    """Yield what has been found of a way so far, after every stop and at the end, beside a fresh start's states.

    What was found `before` is gone through again without being compared.
    """
    law = before or Law(film.name, way)
    pieces = Pieces()
    for number, (place, player) in enumerate(WAYS[way](film, seed), 1):
        if number <= law.stops:
            continue
        law = law._replace(stops=number)
        if place in right:
            same = shown_by(player, film, place, pieces) == right[place]
            law = law._replace(compared=law.compared + 1, different=law.different + (() if same else (place,)))
        yield law
    yield law._replace(changed=law.changed + pieces.changed(), done=True)
