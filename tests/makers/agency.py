"""Makes the councils and contests of a synthetic agency night as plain data, and PA's files about them.

Nothing here comes from the program that is tested: seats are dictionaries by PA's abbreviations, and what a file
says of a place is kept beside its bytes as `Told`, in the program's party codes, worked out by plain arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.makers import pa, pa_fptp
from tests.makers.pa_contest import Election, Seat, Stood

Seats = dict[str, int]

LOCAL = "Local elections"
BY_ELECTIONS = Election("By-elections", "B")
MAYORS = Election("Mayoral Elections", "M")

CODES = {
    "C": "CON",
    "Lab": "LAB",
    "Lab Co-op": "LAB",
    "LD": "LD",
    "Green": "GRN",
    "Reform": "REF",
    "SNP": "SNP",
    "PC": "PC",
    "Ind": "IND",
    "R": "RES",
    "Loyal Anyshire": "LOYAL ANYSHIRE",
    "NOC": "NOC",
}
"""The program's code of each of PA's abbreviations; the last party is one that no register knows."""

LABELS = {code: label for label, code in reversed(CODES.items())}
VACANT = "Vacant"


@dataclass(frozen=True)
class Told:
    """What one file says of one place; `change` is left out of the file where `states_change` is false."""

    election: str
    place: str
    revision: int
    full: bool
    seats: Seats
    change: Seats
    states_change: bool
    control: str
    previous: str | None


@dataclass(frozen=True)
class Version:
    """One revision of a council's result: seats won, and the whole council after it, vacancies included."""

    revision: int
    elected: Seats
    after: Seats


@dataclass(frozen=True)
class Plan:
    """A council of the night: seats before, those of them that are up, and its result's revisions, oldest first."""

    council: pa.Council
    region: str
    before: Seats
    offered: Seats
    versions: tuple[Version, ...]
    states_changes: bool = True
    states_control: bool = True
    nominated: str = "before"

    @property
    def name(self) -> str:
        """The council's name."""
        return self.council.name

    def changes(self, version: Version) -> Seats:
        """Return the movement since before the poll, by PA's abbreviations."""
        return difference(version.after, self.before)

    def control(self, version: Version) -> pa.Control:
        """Return control before and after, as arithmetic has it."""
        winning, sitting = pa.majority(version.after), pa.majority(self.before)
        if winning == sitting:
            return pa.Control(winning, "no change", sitting)
        return pa.Control(winning, "lose to NOC" if winning == "NOC" else "gain", sitting)

    def told(self, version: Version) -> Told:
        """Return what the file of a revision says."""
        control = self.control(version)
        return Told(
            election=LOCAL,
            place=self.name,
            revision=version.revision,
            full=True,
            seats=coded(version.elected),
            change={} if self.council.new else coded(self.changes(version)),
            states_change=self.states_changes and not self.council.new,
            control=CODES[control.winning],
            previous=None if self.council.new else CODES[control.sitting],
        )

    def data(self, version: Version) -> bytes:
        """Return the file of a revision."""
        return pa.result(
            self.council,
            version.after,
            self.changes(version) if self.states_changes and not self.council.new else None,
            None if self.council.proportion == "all" else version.elected,
            revision=version.revision,
            control=self.control(version),
            states_control=self.states_control,
        )

    def nominations(self) -> bytes:
        """Return the file of the nominations; a new council has nothing before it."""
        parties = {**self.before, **self.versions[0].elected}
        known = not self.council.new
        return pa.nominations(
            self.council,
            [
                pa.Standing(p, self.before.get(p, 0) if known else None, self.offered.get(p, 0) if known else None)
                for p in parties
            ],
        )


@dataclass(frozen=True)
class Contest:
    """A one-seat contest of another election: who held it, and its messages as (revision, full, winner)."""

    election: Election
    seat: Seat
    sitting: str | None
    messages: tuple[tuple[int, bool, str], ...]

    def told(self, message: tuple[int, bool, str]) -> Told:
        """Return what a message says."""
        revision, full, winner = message
        won, lost = CODES[winner], CODES[self.sitting] if self.sitting else None
        return Told(
            election=self.election.name,
            place=self.seat.name,
            revision=revision,
            full=full,
            seats={won: 1},
            change={won: 1, lost: -1} if lost is not None and lost != won else {},
            states_change=lost is not None,
            control=won,
            previous=lost,
        )

    def file(self, message: tuple[int, bool, str]) -> tuple[str, bytes]:
        """Return the name and the bytes of a message."""
        revision, full, winner = message
        parties = dict.fromkeys((winner, self.sitting or "Green", "Ind"))
        stood = [Stood(f"Ann {p}", p, 900 - 100 * n, elected=n == 0) for n, p in enumerate(parties)]
        make = pa_fptp.result if full else pa_fptp.rush
        data = make(stood, self.seat, self.election, revision=revision, sitting=self.sitting)
        return pa_fptp.file_name("result" if full else "rush", revision, self.seat, self.election), data


def coded(seats: Mapping[str, int]) -> Seats:
    """Return seats by the program's codes; vacancies are no party's."""
    found: Seats = {}
    for label, n in seats.items():
        if label != VACANT:
            found[CODES[label]] = found.get(CODES[label], 0) + n
    return {code: n for code, n in found.items() if n}


def difference(after: Mapping[str, int], before: Mapping[str, int]) -> Seats:
    """Return what was won and lost, without the parties that stayed as they were."""
    moved = {p: after.get(p, 0) - before.get(p, 0) for p in {**after, **before}}
    return {p: n for p, n in moved.items() if n}


def total(*parts: Mapping[str, int]) -> Seats:
    """Return the sum of several seat counts."""
    return {p: n for p in {k: 0 for part in parts for k in part} if (n := sum(part.get(p, 0) for part in parts))}


_FIRST = ("Ash", "Brad", "Car", "Dun", "East", "Far", "Glyn", "Hal", "Ips", "Kel", "Lang", "Mar", "Nor", "Ox", "Pen")
_LAST = ("by", "chester", "dŵr", "ford", "ham", "ing", "low", "mouth", "ness", "pool", "stead", "ton", "wick", "worth")
_TAILS = ("", "", "", "", " & Vale", " and District", "-upon-Sea", ", City of", "'s Weald")
_COMMON = ("C", "Lab", "LD", "Green", "Reform", "Ind")


def councils(rng: Random, number: int) -> list[Plan]:
    """Return so many councils, each with another name."""
    names = [first + last for first in _FIRST for last in _LAST]
    rng.shuffle(names)
    return [_council(rng, name + rng.choice(_TAILS)) for name in names[:number]]


def _council(rng: Random, name: str) -> Plan:
    region = rng.choices(("England", "Scotland", "Wales"), (8, 1, 1))[0]
    kind = rng.choice(("Non-Met", "Metro", "Unitary", "London", "England")) if region == "England" else region
    proportion = rng.choice(("all", "half", "third")) if region == "England" else "all"
    new = proportion == "all" and rng.random() < 0.05
    redrawn = not new and rng.random() < 0.1
    parties = _parties(rng, region)
    size = rng.randrange(30, 76)
    before = {} if new else _share(rng, size, parties)
    if before and rng.random() < 0.1:
        before = total(before, {rng.choice([p for p in before if before[p]]): -1}, {VACANT: 1})
    up = {"all": size, "half": size // 2, "third": size // 3}[proportion]
    offered = before if proportion == "all" else _some(rng, before, up)
    seats = up + (rng.choice((-3, -2, 2, 3)) if redrawn else 0)
    first = _result(rng, parties, difference(before, offered), offered, seats)
    whole = not before.get(VACANT) and not redrawn and not new
    return Plan(
        council=pa.Council(name, proportion, kind, boundary_change=redrawn, new=new),
        region=region,
        before=before,
        offered=offered,
        versions=(first, *_later(rng, first)),
        states_changes=rng.random() < 0.95,
        states_control=not whole or rng.random() < 0.9,
        nominated=rng.choices(("before", "late", "never"), (90, 6, 4))[0] if not whole else "before",
    )


def _parties(rng: Random, region: str) -> list[str]:
    own = {"Scotland": ["SNP"], "Wales": ["PC"], "England": []}[region]
    chosen = [p for p in _COMMON if rng.random() < 0.8] or ["C"]
    extra = [p for p, chance in (("R", 0.1), ("Loyal Anyshire", 0.05)) if rng.random() < chance]
    labour = rng.random() < 0.1
    return ["Lab Co-op" if labour and p == "Lab" else p for p in chosen + extra] + own


def _share(rng: Random, seats: int, parties: list[str]) -> Seats:
    """Return seats dealt out so unevenly that majorities are common."""
    weights = [rng.random() ** 4 + 0.01 for _ in parties]
    dealt = rng.choices(parties, weights, k=seats)
    return {p: dealt.count(p) for p in parties if p in dealt}


def _some(rng: Random, seats: Seats, number: int) -> Seats:
    """Return so many of these seats, drawn blindly."""
    drawn = rng.sample([p for p, n in seats.items() for _ in range(n)], number)
    return {p: drawn.count(p) for p in seats if p in drawn}


def _result(rng: Random, parties: list[str], continuing: Seats, offered: Seats, seats: int) -> Version:
    """Return a first result: some of the seats that were up change hands, some councils have a poll deferred."""
    swing = rng.random() * 0.5
    kept = [p for p, n in offered.items() for _ in range(n) if p != VACANT and rng.random() > swing][:seats]
    deferred = rng.choice((1, 2)) if rng.random() < 0.05 else 0
    won = kept + rng.choices(parties, k=seats - len(kept))
    won = won[: seats - deferred]
    elected = {p: won.count(p) for p in dict.fromkeys(won)}
    return Version(1, elected, total(continuing, elected, {VACANT: deferred}))


def _later(rng: Random, first: Version) -> list[Version]:
    """Return later revisions of some results: a seat moved, control flipped, or nothing but the number."""
    found: list[Version] = []
    latest = first
    for _ in range(rng.choices((0, 1, 2), (86, 10, 4))[0]):
        kind = rng.choice(("seat", "control", "same"))
        number = latest.revision + rng.choice((1, 1, 2, 4))
        moved = latest if kind == "same" else _flipped(rng, latest) if kind == "control" else shifted(rng, latest)
        latest = Version(number, moved.elected, moved.after)
        found.append(latest)
    return found


def shifted(rng: Random, version: Version, giver: str | None = None, taker: str | None = None) -> Version:
    """Return the result with one seat of those won moved from one party to another."""
    giver = giver or rng.choice(sorted(version.elected))
    taker = taker or rng.choice([p for p in _COMMON[:3] if CODES[p] != CODES[giver]])
    move = {giver: -1, taker: 1}
    return Version(version.revision, total(version.elected, move), total(version.after, move))


def _flipped(rng: Random, version: Version) -> Version:
    """Return the result with as many seats moved as change control; one seat where so few were won that none do."""
    control = pa.majority(version.after)
    taker = control if control != "NOC" else max(version.elected, key=lambda p: version.after[p])
    other = "C" if taker != "C" else "LD"
    now = version
    while pa.majority(now.after) == control:
        givers = [taker] if control != "NOC" else [p for p in now.elected if p != taker]
        givers = [p for p in givers if now.elected.get(p)]
        if not givers:
            return shifted(rng, version)
        now = shifted(rng, now, givers[0], other if control != "NOC" else taker)
    return now


def contests(rng: Random) -> list[Contest]:
    """Return the contests of a second and a third election: with rushes, revisions, and seats without a holder."""
    found = []
    for election, places in ((BY_ELECTIONS, 8), (MAYORS, 6)):
        for number in range(places):
            sitting = rng.choice((None, "C", "Lab", "LD"))
            winner, other = rng.sample(("C", "Lab", "LD", "Reform"), 2)
            messages = [(1, True, winner)]
            if rng.random() < 0.5:
                messages = [(1, False, winner), (2, True, rng.choice((winner, other)))]
            if rng.random() < 0.3:
                messages.append((5, rng.random() < 0.5, other))
            found.append(Contest(election, Seat(f"{election.name[:5]} {number + 1}"), sitting, tuple(messages)))
    return found
