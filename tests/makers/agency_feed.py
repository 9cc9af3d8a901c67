"""The files of a synthetic agency night in their order, and the truth after every one of them.

The truth is plain arithmetic on the generator's own data: what each file says of a place (`agency.Told`) is added
up afresh after every file, and every state of the parties is set against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from tests.makers import pa, pa_fptp
from tests.makers.agency import BY_ELECTIONS, LABELS, LOCAL, MAYORS, Contest, Plan, Seats, Told, contests, councils
from tests.makers.pa_contest import Seat

Row = tuple[int, int | None, int, int]
"""Seats won, net change (None where it is not known), councils, net change in councils."""

ELECTIONS = (LOCAL, BY_ELECTIONS.name, MAYORS.name)


@dataclass(frozen=True)
class Sop:
    """A state of the parties: the places that it covers, and its rows by the program's party codes."""

    election: str
    region: str
    places: tuple[str, ...]
    rows: Mapping[str, Row]


@dataclass(frozen=True)
class File:
    """One file as it is delivered, and what it says: of one place, that a place is nominated, or totals."""

    path: str
    data: bytes
    told: Told | None = None
    nominated: str | None = None
    sop: Sop | None = None


def sums(told: Iterable[Told], known: Iterable[bool]) -> dict[str, Row]:
    """Return the four figures of each party over these; `known` says of each whether its change is known."""
    seats: Seats = {}
    change: Seats = {}
    areas: Seats = {}
    moved: Seats = {}
    covered = 0
    for one, is_known in zip(told, known, strict=True):
        _add(seats, one.seats)
        _add(areas, {one.control: 1})
        if one.previous is not None and one.previous != one.control:
            _add(moved, {one.control: 1, one.previous: -1})
        if is_known:
            covered += 1
            _add(change, one.change)
    rows: dict[str, Row] = {}
    for code in {**seats, **change, **areas, **moved}:
        net = change.get(code, 0) if covered and code != "NOC" else None
        row = (seats.get(code, 0), net, areas.get(code, 0), moved.get(code, 0))
        if any(row):
            rows[code] = row
    return rows


def _add(to: Seats, more: Mapping[str, int]) -> None:
    for code, n in more.items():
        to[code] = to.get(code, 0) + n


@dataclass
class Truth:
    """What is true after the files so far."""

    told: dict[tuple[str, str], list[Told]] = field(default_factory=dict)
    nominated: set[str] = field(default_factory=set)
    sops: dict[str, Sop] = field(default_factory=dict)

    def take(self, file: File) -> None:
        """Take in what a file says."""
        if file.told is not None:
            self.told.setdefault((file.told.election, file.told.place), []).append(file.told)
        if file.nominated is not None:
            self.nominated.add(file.nominated)
        if file.sop is not None:
            self.sops.pop(file.path, None)
            self.sops[file.path] = file.sop

    def stands(self, election: str, place: str) -> Told | None:
        """Return what stands of a place: the highest revision, at the same one the full result over the rush."""
        said = self.told.get((election, place), [])
        return max(said, key=lambda t: (t.revision, t.full), default=None)

    def rows(self, election: str, places: Iterable[str] | None = None) -> dict[str, Row]:
        """Return the figures of each party of an election, over all places that are in or over some of them."""
        named = [place for own, place in self.told if own == election] if places is None else places
        standing = [told for place in named if (told := self.stands(election, place))]
        return sums(standing, [self.changes_known(t) for t in standing])

    def changes_known(self, told: Told) -> bool:
        """Return whether a place's net change is known: its file says so, or what it had before is."""
        return told.states_change or (told.previous is not None and told.place in self.nominated)

    def checks(self) -> dict[str, bool | None]:
        """Return by file whether each state of the parties that is to be listed agrees, None where it cannot."""
        return {path: agrees for path in self.sops for agrees in self._check(path)}

    def _check(self, path: str) -> Iterator[bool | None]:
        sop, later = self.sops[path], list(self.sops)[list(self.sops).index(path) + 1 :]
        missing = [p for p in sop.places if self.stands(sop.election, p) is None]
        newer = (self.sops[p] for p in later)
        rivals = [s for s in newer if (s.election, s.region) == (sop.election, sop.region)]
        if missing:
            yield None
        elif not any(set(sop.places) <= set(s.places) for s in rivals):
            yield self._agrees(sop)

    def _agrees(self, sop: Sop) -> bool:
        ours = self.rows(sop.election, sop.places)
        standing = [self.stands(sop.election, p) for p in sop.places]
        whole = all(t is not None and (t.previous is None or self.changes_known(t)) for t in standing)
        local = sop.election == LOCAL
        for code in {**ours, **sop.rows}:
            one, other = sop.rows.get(code, (0, 0, 0, 0)), ours.get(code, (0, 0, 0, 0))
            if one[0] != other[0] or (whole and code != "NOC" and (one[1] or 0) != (other[1] or 0)):
                return False
            if local and one[2:] != other[2:]:
                return False
        return True


class Feed:
    """Deals out a night file by file. `every` puts a state of the parties after so many results, None irregularly.

    An irregular night has faults, too: torn files, copies, totals with a slip of one seat or over a council too many.
    `corrected` is false for a night without later revisions of councils.
    """

    def __init__(self, seed: int, number: int = 220, every: int | None = None, *, corrected: bool = True) -> None:
        self.rng = Random(seed)  # noqa: S311  (made-up nights, no secret)
        self.plans = councils(self.rng, number)
        if not corrected:
            self.plans = [replace(plan, versions=plan.versions[:1]) for plan in self.plans]
        self.contests = contests(self.rng)
        self.every = every
        self._in: list[Plan] = []
        self._published: dict[tuple[str, str], list[Told]] = {}
        self._wait = every or 1
        self._slips = every is None

    def files(self) -> list[File]:
        """Return all files of the night in their order."""
        nominated = [self._nominations(p) for p in self.plans if p.nominated == "before"]
        self.rng.shuffle(nominated)
        return [*nominated, *self._night()]

    def _night(self) -> Iterator[File]:
        waiting = self._order()
        for number, (plan, version) in enumerate(waiting):
            yield from self._result(plan, version)
            if self.rng.random() < 0.1:
                yield from self._contest()
            self._wait -= plan in self._in and version == 0
            if self._wait <= 0:
                self._wait = self.every or self.rng.choice((1, 2, 3, 5, 8, 13, 21))
                ahead = next((p for p, _ in waiting[number + 1 :] if p not in self._in), None)
                yield from self._sops(ahead if self._slips and self.rng.random() < 0.15 else None)
        while self.contests:
            yield from self._contest()
        yield from (self._nominations(p) for p in self.plans if p.nominated == "late")
        yield self._sop("All", self._in, highest=True)

    def _order(self) -> list[tuple[Plan, int]]:
        """Return the results in the order in which they come: revisions later, and rarely before their elders."""
        order = [(plan, 0) for plan in self.plans]
        self.rng.shuffle(order)
        for plan in self.plans:
            for version in range(1, len(plan.versions)):
                first = order.index((plan, version - 1))
                late = self.rng.randrange(first + 1, len(order) + 1)
                order.insert(first if self._slips and self.rng.random() < 0.1 else late, (plan, version))
        return order

    def _result(self, plan: Plan, number: int) -> Iterator[File]:
        version = plan.versions[number]
        path, data = pa.result_name(plan.council, version.revision), plan.data(version)
        if self._slips and self.rng.random() < 0.03:
            yield File(path, data[: len(data) // 2])
        told = plan.told(version)
        yield File(path, data, told)
        self._published.setdefault((LOCAL, plan.name), []).append(told)
        if plan not in self._in:
            self._in.append(plan)
        if self._slips and self.rng.random() < 0.03:
            yield File(f"copies/{path}", data)

    def _nominations(self, plan: Plan) -> File:
        return File(pa.nominations_name(plan.council), plan.nominations(), nominated=plan.name)

    def _contest(self) -> Iterator[File]:
        if not self.contests:
            return
        contest = self.contests.pop()
        for message in contest.messages:
            path, data = contest.file(message)
            told = contest.told(message)
            self._published.setdefault((told.election, told.place), []).append(told)
            yield File(path, data, told)
        yield self._contest_sop(contest)

    def _contest_sop(self, contest: Contest) -> File:
        election = contest.election
        places = [place for name, place in self._published if name == election.name]
        standing = [max(self._published[election.name, p], key=lambda t: (t.revision, t.full)) for p in places]
        rows = sums(standing, [t.previous is not None for t in standing])
        own = [
            pa_fptp.Row(LABELS[c], n, max(change or 0, 0), max(-(change or 0), 0))
            for c, (n, change, _, _) in rows.items()
        ]
        seats = [Seat(place) for place in places]
        data = pa_fptp.sop(own, seats, election, expected=len(places))
        path = f"{election.slug}_SOP_{len(places)}.xml"
        return File(path, data, sop=Sop(election.name, "All", tuple(places), rows))

    def _sops(self, ahead: Plan | None) -> Iterator[File]:
        """Yield the state of the parties as it is due, over one council too many where one is `ahead` of its file."""
        yield self._sop(
            "All", [*self._in, *([ahead] if ahead else [])], highest=self._slips and self.rng.random() < 0.3
        )
        for region in ("England", "Scotland", "Wales"):
            if self.rng.random() < 0.15 and (own := [p for p in self._in if p.region == region]):
                yield self._sop(region, own, highest=self.rng.random() < 0.3)

    def _sop(self, region: str, included: list[Plan], *, highest: bool) -> File:
        """Return a state of the parties over the first revisions, or over the highest that are published."""
        told = [self._figures(plan, highest=highest) for plan in included]
        rows = sums(told, [t.previous is not None for t in told])
        if self._slips and self.rng.random() < 0.05:
            code = self.rng.choice([c for c in rows if c != "NOC"])
            seats, *others = rows[code]
            rows[code] = (seats + 1, others[0], others[1] or 0, others[2] or 0)
        own = [pa.Row(LABELS[c], n, change or 0, areas, moved) for c, (n, change, areas, moved) in rows.items()]
        shown = sorted((p.council for p in included), key=lambda c: c.name)
        data = pa.sop([*own, pa.Row("Vacant", 0, -1)], shown, expected=len(self.plans), region=region)
        sop = Sop(LOCAL, region, tuple(p.name for p in included), rows)
        return File(pa.sop_name(len(included), region), data, sop=sop)

    def _figures(self, plan: Plan, *, highest: bool) -> Told:
        said = self._published.get((LOCAL, plan.name), [])
        if not said:
            return plan.told(plan.versions[0])
        return max(said, key=lambda t: t.revision) if highest else min(said, key=lambda t: t.revision)
