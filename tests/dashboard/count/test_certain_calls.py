"""A certain call is told when it is made, and withdrawn as loudly as a result (RULES, Certain control)."""

from dashboard.count.night import Night
from feeds.report import NOC
from tests.makers.events import Pair, arrive, baseline, night, result

BEFORE = arrive(
    "b", 0, baseline("Ayton", {"LAB": 4, "CON": 2}, total=9, up=3, continuing={"LAB": 4, "CON": 2}, control=NOC)
)


def ward(minutes: float, name: str, party: str, *, revision: int = 1) -> Pair:
    told = result("Ayton", {party: 1}, ward=name, up=1, revision=revision)
    return arrive(f"{name}_{revision}", minutes, told)


def told(found: Night) -> list[tuple[str, str | None]]:
    return [(h.what, h.area.certain if h.area else None) for h in found.happenings]


def withdrawn(found: Night) -> list[tuple[str, str, str]]:
    return [(c.what, c.before, c.after) for c in found.corrections]


def test_a_certain_call_is_told_once_when_it_is_made() -> None:
    found = night(BEFORE, ward(1, "North", "LAB"), ward(2, "South", "CON"))
    assert told(found) == [("certain", "LAB"), ("ward", "LAB"), ("ward", "LAB")]
    assert withdrawn(found) == []


def test_a_correction_withdraws_a_certain_call_as_a_retraction() -> None:
    found = night(BEFORE, ward(1, "North", "LAB"), ward(2, "North", "CON", revision=2))
    assert withdrawn(found) == [("retraction", "LAB certain", "not certain"), ("seats", "CON 0, LAB 1", "CON 1, LAB 0")]
    assert [h.what for h in found.happenings] == ["certain", "ward", "correction", "correction"]


def test_a_corrected_baseline_withdraws_a_certain_call() -> None:
    sure = baseline("Ayton", {"LAB": 6, "CON": 3}, total=9, up=3, continuing={"LAB": 6})
    open_again = baseline("Ayton", {"LAB": 5, "CON": 4}, total=9, up=3, continuing={"LAB": 4, "CON": 2})
    found = night(arrive("b", 0, sure), arrive("b", 1, open_again))
    assert told(night(arrive("b", 0, sure))) == [("certain", "LAB")]
    assert withdrawn(found) == [("retraction", "LAB certain", "not certain")]


def test_another_certain_call_withdraws_the_first() -> None:
    other = baseline("Ayton", {"CON": 6, "LAB": 3}, total=9, up=3, continuing={"CON": 6})
    sure = baseline("Ayton", {"LAB": 6, "CON": 3}, total=9, up=3, continuing={"LAB": 6})
    found = night(arrive("b", 0, sure), arrive("b", 1, other))
    assert withdrawn(found) == [("retraction", "LAB certain", "CON certain")]
    assert told(found)[-1] == ("certain", "CON")


def test_a_declaration_as_it_was_certain_withdraws_nothing_and_one_against_it_does() -> None:
    as_called = result("Ayton", {"LAB": 1, "CON": 2}, composition={"LAB": 5, "CON": 4}, total=9, control="LAB")
    against = result("Ayton", {"CON": 3}, composition={"LAB": 4, "CON": 5}, total=9, control="CON", revision=2)
    stated = result("Ayton", {"LAB": 1, "CON": 2}, composition={"LAB": 5, "CON": 4}, total=9, control=NOC)
    call = [BEFORE, ward(1, "North", "LAB")]
    assert withdrawn(night(*call, arrive("r", 2, as_called))) == []
    assert withdrawn(night(*call, arrive("r", 2, stated))) == []
    assert ("retraction", "LAB certain", "CON") in withdrawn(night(*call, arrive("r", 2, against)))
