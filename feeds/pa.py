"""What all messages of the agency PA have in common, whichever module of `feeds.formats` reads them."""

from collections.abc import Callable, Iterable
from typing import Final
from zoneinfo import ZoneInfo

from feeds.attributes import required, text
from feeds.parties import party_code, register
from feeds.report import Problem, Reading, Report, Seats
from feeds.testmark import test_in_election, test_in_name
from feeds.text import folded
from feeds.xml import Element, XmlProblem

ZONE: Final = ZoneInfo("Europe/London")
"""Where PA's times are when they carry no offset."""

Reader = Callable[[str, Element], Reading]
"""Reads one message, given the file's path and the root element. Never raises for what they hold."""


class Remarks:
    """What is noticed while one message is read: parties that the register does not have, and oddities."""

    def __init__(self) -> None:
        self.unknown_parties: dict[str, str] = {}
        self.warnings: list[Problem] = []

    def odd(self, reason: str, line: int) -> None:
        """Note something that does not stop the message."""
        self.warnings.append(Problem(reason=reason, line=line))

    def party(self, name: str, abbreviation: str | None = None) -> str:
        """Return a party's code; a party that the register does not have is noted by its name."""
        code = party_code(name, abbreviation)
        if code not in register():
            self.unknown_parties.setdefault(code, name)
        return code

    def by_party(self, parent: Element) -> list[tuple[str, Element]]:
        """Return the Party rows below an element, each with its code.

        Two labels of one party (Lab and Lab Co-op) stay two rows, to be added. Raises XmlProblem where one
        label stands twice or a row has no name.
        """
        rows: list[tuple[str, Element]] = []
        seen: set[tuple[str, str]] = set()
        for row in parent.all("Party"):
            name, abbreviation = required(row, "name"), text(row, "abbreviation")
            label = (folded(name), folded(abbreviation or ""))
            if label in seen:
                raise XmlProblem(f"{name} stands twice in {parent.tag}", row.line)
            seen.add(label)
            rows.append((self.party(name, abbreviation), row))
        return rows


def added(figures: Iterable[tuple[str, int]]) -> Seats:
    """Return the sum of the figures of each party."""
    sums: Seats = {}
    for code, figure in figures:
        sums[code] = sums.get(code, 0) + figure
    return sums


def message(title: str, read: Callable[[Element, Remarks], tuple[Report, ...]]) -> Reader:
    """Return the reader of one kind of message: `read` gives its reports or raises XmlProblem."""

    def reader(path: str, root: Element) -> Reading:
        remarks = Remarks()
        test = why_test(path, root)
        try:
            reports = read(root, remarks)
        except XmlProblem as problem:
            return Reading(format=title, problem=Problem(reason=problem.reason, line=problem.line), test=test)
        return Reading(
            format=title,
            reports=reports,
            warnings=tuple(remarks.warnings),
            test=test,
            unknown_parties=remarks.unknown_parties,
        )

    return reader


def why_test(path: str, root: Element | None = None) -> str | None:
    """Return why a message is marked as test data, None where it is not."""
    if test_in_name(path):
        return "the file name says Test"
    for child in root.children if root else ():
        name = text(child, "name")
        if child.tag == "Election" and name and test_in_election(name):
            return f"the election is named “{name}”"
    return None
