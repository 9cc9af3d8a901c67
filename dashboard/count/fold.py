"""The fold: events in, a night out.

A `Count` takes events in the order of `feeds.arrival.order` and can be asked at any moment for the frozen night. It
holds no clock, reads no file and draws nothing; the same events always give an equal night.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from dashboard.count.assemble import Assembly
from dashboard.count.book import Book, each, settings_of
from dashboard.count.codec import plain
from dashboard.count.corrections import corrections, wards_moved
from dashboard.count.credit import Credits
from dashboard.count.declared import first_moment, lacks_moment, moment_as_kept, too_early
from dashboard.count.derive import derive
from dashboard.count.evidence import Evidence
from dashboard.count.happened import Happenings
from dashboard.count.journal import Bag, Cell, Journal, Table
from dashboard.count.ledger import Ledger, Spoken
from dashboard.count.night import Area, Correction, Deed, FileEntry, Happening, Moment, Night, Ward
from dashboard.count.prefix import Growing
from dashboard.count.readings import Readings
from dashboard.count.shared import Areas
from dashboard.count.shelf import RECENT, Each
from dashboard.count.subjects import AreaKey, RawArea, area_id, election_id
from dashboard.count.ticks import moment as time_of
from dashboard.count.ticks import ticks
from dashboard.count.version import Versions
from feeds.arrival import Arrival, Event, Sighting
from feeds.report import BaselineName, Quote, Reading

if TYPE_CHECKING:
    from dashboard.count.witness import Witness

Rivals = tuple[tuple[str, ...], ...]
"""Groups of files that say different things of one place."""

AREAS_AT_ONCE: Final = 1
"""Areas derived in one part: one of a hundred wards takes as long as a hundred without any."""

SUMS_AT_ONCE: Final = 50
"""Areas after which the sums go along, where many are derived: they are not all left for the end."""


class Count:
    """The state of a count. `apply` is the only thing that changes it.

    It can go back to any event that it has counted, and on again. `baseline` is what change is measured against;
    None means the night's own. `readings` makes bytes of what files say; it may have made some for another count.
    """

    def __init__(self, baseline: BaselineName | None = None, readings: Readings | None = None) -> None:
        self._readings = readings or Readings()
        journal = self._journal = Journal()
        versions = Versions(self._readings)
        self._wanted = baseline
        self._own: Table[tuple[str, ...], BaselineName | None] = Table(journal, plain(BaselineName | None), held=True)
        self._ledger = Ledger(journal, versions)
        self._book = Book(journal, versions)
        kept = self._kept = Areas()
        self._areas: Table[AreaKey, Area] = Table(journal, kept)
        self._declared: Table[AreaKey, tuple[int, Moment]] = Table(journal, plain(tuple[int, Moment]))
        self._credits = Credits()
        self._strayed = False
        self._rivals: Table[AreaKey, Rivals] = Table(journal, plain(Rivals))
        self._corrections: Growing[Correction] = journal.growing(Each(plain(Correction)))
        self._happenings: Growing[Happening] = journal.growing(Happenings(kept))
        self._tests: Table[str, str] = Table(journal, plain(str))
        self._heard: Bag[tuple[str, ...]] = Bag(journal, held=True)
        self._said: dict[AreaKey, Evidence] = {}
        self._turn = 0
        self._times = array("q")
        self._night_date: Cell[date | None] = Cell(journal, plain(date | None), None)
        self._stated: Cell[BaselineName | None] = Cell(journal, plain(BaselineName | None), None)
        self._assembly = Assembly()

    @property
    def turn(self) -> int:
        """How many events are counted."""
        return self._turn

    @property
    def known(self) -> int:
        """How many events have been counted and not forgotten: `go` goes as far without counting again."""
        return self._journal.known

    def go(self, turn: int) -> None:
        """Go back, or on again, to the state just after so many events, of those that are known."""
        self._strayed = self._strayed or turn != self._turn
        self._journal.go(turn)
        self._turn = turn

    def forget(self) -> None:
        """Forget the events that were taken back; the next ones may be others."""
        packed = self._journal.packed
        self._journal.forget()
        if self._journal.packed < packed:
            self._kept = self._areas.codec = self._kept.until(self._journal.packed)
            self._journal.repack(self._happenings, Happenings(self._kept))
        del self._times[self._turn :]

    @property
    def loose(self) -> int:
        """How many events are not packed."""
        return self._journal.loose

    @property
    def is_heavy(self) -> bool:
        """Whether the events that are not packed, the newest apart, weigh much."""
        return self._journal.is_heavy

    @property
    def past_size(self) -> int:
        """How many bytes the packed events take here."""
        return self._journal.size + self._kept.size + self._readings.size

    def pack(self, keep: int = RECENT) -> bool:
        """Go on to let some events before the newest `keep` take less room; return whether there were any.

        Nothing else changes by it.
        """
        packed = self._journal.packed
        is_ripe = self._journal.pack(keep)
        if self._journal.packed > packed:
            self._kept.mark()
        return is_ripe

    def apply(self, event: Event, reading: Reading | None = None) -> None:
        """Take one event into the count. An arrival comes with its reading, a sighting without one.

        Events come in the order of `feeds.arrival.order`; the caller sees to that.
        """
        for _ in self.taking(event, reading):
            pass

    def taking(self, event: Event, reading: Reading | None = None) -> Iterator[None]:
        """Take one event into the count in parts, each short; before the last one nothing else may be asked of it."""
        self.forget()
        self._journal.settle()
        self._return()
        self._turn += 1
        self._times.append(ticks(event.at))
        if isinstance(event, Sighting):
            yield from self._see(event)
        elif reading is None:
            raise ValueError(f"an arrival without its reading: {event.path}")
        else:
            yield from self._arrive(event, reading)
        self._journal.close(len(reading.reports) if reading is not None else 1)

    def night(self) -> Night:
        """Return the frozen state as it stands."""
        return self._assembly.night(
            book=self._book,
            ledger=self._ledger,
            night_date=self._night_date.get(),
            wanted=self._wanted,
            areas=self._areas,
            declared=self._declared,
            rivals=self._rivals,
            test=tuple(sorted(set(self._tests.values()))),
            corrections=self._corrections.prefix(),
            happenings=self._happenings.prefix(),
            events=self._turn,
            last_at=time_of(self._times[self._turn - 1]) if self._turn else None,
        )

    @property
    def happenings(self) -> Sequence[Happening]:
        """What has happened so far, oldest first."""
        return self._happenings.prefix()

    def entries(self) -> list[FileEntry]:
        """Return every version of every file with what became of it."""
        self._journal.settle()
        return self._ledger.entries()

    def witness(self) -> "Witness":
        """Return what finds the reports behind each area, for an audit; good until the next event."""
        from dashboard.count.witness import Witness  # noqa: PLC0415 (only an audit asks)

        return Witness(self._book, ((election_id(key), area_id(key), key) for key in self._areas))

    def _see(self, sighting: Sighting) -> Iterator[None]:
        spoken = self._ledger.see(sighting)
        if sighting.state == "removed":
            yield from self._speak(spoken, sighting)
            touched = yield from self._book.mark_removed(sighting.path, removed=True)
            if touched and not spoken:
                self._happen(sighting, "removed", text="the file is no longer there; its figures stay")
            yield from self._derive({*(yield from each(touched, self._group))}, sighting)
        elif sighting.state == "unreadable":
            self._happen(sighting, "quarantined", text=sighting.reason)

    def _arrive(self, arrival: Arrival, reading: Reading) -> Iterator[None]:
        was_bad = self._ledger.is_bad(arrival.path)
        returned = yield from self._book.mark_removed(arrival.path, removed=False)
        spoken = self._ledger.arrive(arrival, reading, self._turn)
        if reading.problem is not None:
            line = f"line {reading.problem.line}: " if reading.problem.line else ""
            self._happen(arrival, "quarantined", text=line + reading.problem.reason)
        elif was_bad:
            self._happen(arrival, "healed", text="the file is readable again")
        yield
        self._mark_test(arrival, reading)
        yield
        yield from self._speak(spoken, arrival)
        if returned and not spoken:
            yield from self._derive({*(yield from each(returned, self._group))}, arrival)

    def _speak(self, spoken: list[Spoken], event: Event) -> Iterator[None]:
        touched: set[RawArea] = set()
        for word in spoken:
            version = word.version
            for report in version.reading.reports if version else ():
                if isinstance(report, Quote):
                    self._hear(report, event)
            yield
            touched |= yield from self._book.say(word.path, version, word.turn or self._turn)
        regroup = yield from each(touched, self._book.place)
        night_date = settings_of(self._book).poll_date or self._book.common_date()
        keys = {key for raw in touched if (key := self._book.where(raw)) is not None}
        if any(regroup) or night_date != self._night_date.get():
            self._night_date.set(night_date)
            keys |= self._regroup(night_date)
        keys.update((yield from each(touched, self._group)))
        keys |= self._remeasured({key[0][:2] for key in keys})
        yield from self._derive(keys, event)
        for word in spoken:
            if word.version is not None:
                self._settle(word.version.number, word.path)

    def _regroup(self, night_date: date | None) -> set[AreaKey]:
        """Group all areas afresh, and let those that only have another identity go on as they are."""
        now = self._book.regroup(night_date)
        for before, after in now.items():
            if before == after or before not in self._areas or self._book.heard(before):
                continue
            area, declared = self._areas.pop(before), self._declared.pop(before)
            self._rivals.pop(before)
            self._credit(before, None, None)
            if after not in self._areas:
                self._areas[after] = area
                if declared is not None:
                    self._declared[after] = declared
        return set(now) | set(now.values())

    def _remeasured(self, elections: set[tuple[str, ...]]) -> set[AreaKey]:
        """Return the areas of the elections whose own baseline is another than before, these elections looked at."""
        changed = set()
        stated = settings_of(self._book).baseline
        for election in elections | (set(self._own) if stated != self._stated.get() else set()):
            own = stated or self._book.baseline_name(election)
            if own != self._own.get(election):
                self._own[election] = own
                changed.add(election)
        self._stated.set(stated)
        return {key for key in self._areas if key[0][:2] in changed} if changed else set()

    def _evidence(self, key: AreaKey) -> Evidence | None:
        """Return what stands about an area; where it has wards, what was known goes on."""
        voices = self._book.heard(key)
        if not voices:
            self._said.pop(key, None)
            return None
        own = self._own.get(key[0][:2])
        said = self._said.get(key)
        if said is None or said.own != own:
            said = Evidence(voices, own, self._wanted)
        else:
            said.follow(voices)
        if said.wards:
            self._said[key] = said
        return said

    def _return(self) -> None:
        """Where the count has been elsewhere, let the credits be those of the areas as they are now."""
        if self._strayed:
            self._strayed = False
            for key in self._credits.others(self._areas):
                said = self._evidence(key)
                self._credits.put(key, self._areas.get(key), tuple(said.sources) if said is not None else ())

    def _group(self, raw: RawArea) -> AreaKey:
        return self._book.group(raw, self._night_date.get())

    def _derive(self, keys: set[AreaKey], event: Event) -> Iterator[None]:
        for number, key in enumerate(sorted(keys) if len(keys) > 1 else keys, 1):
            self._derive_one(key, event)
            if not number % SUMS_AT_ONCE:
                self._assembly.take(self._areas, self._declared)
            if not number % AREAS_AT_ONCE:
                yield

    def _derive_one(self, key: AreaKey, event: Event) -> None:
        before = self._areas.get(key)
        said = self._evidence(key)
        kept = self._declared.get(key)
        was = kept[1] if kept is not None else None
        after = None if said is None else derive(area_id(key), said, moment_as_kept(was, said))
        if said is None or after is None or not after.is_declared:
            self._declared.pop(key, None)
        elif lacks_moment(was, said):
            first = first_moment(said, event)
            self._declared[key] = (kept[0] if kept is not None else self._turn, first)
            after = msgspec.structs.replace(after, declared=first)
        if said is None or after is None:
            self._areas.pop(key, None)
            self._rivals.pop(key, None)
        else:
            self._areas[key] = after
            rivals = tuple(said.rivals())
            if rivals:
                self._rivals[key] = rivals
            else:
                self._rivals.pop(key, None)
        self._credit(key, after, said)
        self._tell(key, before, after, event)

    def _credit(self, key: AreaKey, area: Area | None, said: Evidence | None) -> None:
        """Keep count of what each version's reports stand for, and settle those whose credit changed."""
        for number, path in self._credits.put(key, area, tuple(said.sources) if said is not None else ()):
            self._settle(number, path)

    def _settle(self, number: int, path: str) -> None:
        self._ledger.settle(number, path, self._credits.stand(number))

    def _tell(self, key: AreaKey, before: Area | None, after: Area | None, event: Event) -> None:
        election = election_id(key)
        for correction in corrections(election, before, after, event.at, event.path):
            self._corrections.append(correction)
            self._happen(event, "correction", election=election, area=after or before, correction=correction)
        if after is None:
            return
        if after.certain is not None and (before is None or before.certain != after.certain):
            self._happen(event, "certain", election=election, area=after)
        if after.is_declared and (before is None or not before.is_declared):
            self._happen(event, "declared", election=election, area=after)
        elif not after.is_declared:
            left, come = wards_moved(before, after)
            known = {ward.name for ward in left if ward.elected is not None}
            for ward in come:
                if ward.elected is not None and ward.name not in known:
                    self._happen(event, "ward", election=election, area=after, ward=ward)

    def _hear(self, quote: Quote, event: Event) -> None:
        heard = (quote.speaker, quote.text)
        if heard not in self._heard:
            self._heard.add(heard)
            self._happen(event, "quote", quote=quote)

    def _mark_test(self, arrival: Arrival, reading: Reading) -> None:
        reason = reading.test or too_early(settings_of(self._book), arrival, reading)
        if reason is not None and reading.problem is None:
            if not self._tests:
                self._happen(arrival, "test", text=reason)
            self._tests[arrival.path] = reason
        elif reading.problem is None:
            self._tests.pop(arrival.path, None)

    def _happen(
        self,
        event: Event,
        what: Deed,
        *,
        election: str | None = None,
        area: Area | None = None,
        ward: Ward | None = None,
        correction: Correction | None = None,
        quote: Quote | None = None,
        text: str | None = None,
    ) -> None:
        self._happenings.append(
            Happening(
                what=what,
                turn=self._turn,
                at=event.at,
                election=election,
                area=area,
                ward=ward,
                correction=correction,
                quote=quote,
                text=text,
                path=event.path,
            )
        )


def fold(pairs: Iterable[tuple[Event, Reading | None]]) -> Night:
    """Return the night that these events add up to, given in their order with the readings of the arrivals."""
    count = Count()
    for event, reading in pairs:
        count.apply(event, reading)
    return count.night()
