"""What `x` writes of the control changes is what the panel lists: those of the chosen kind, which every form says."""

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from dashboard.app import NightApp
from dashboard.count.night import Night
from dashboard.export import FIGURES, Front, NotWritten, changes_front, write
from dashboard.panels.changes import ChangesPanel
from dashboard.view.changed import narrowed
from dashboard.view.changes import KINDS, items, of_kind
from tests.dashboard.test_app import Ticks
from tests.dashboard.test_changes_panel import everything
from tests.dashboard.test_export import exported, files, frame, picture_text
from tests.makers.player import FakePlayer
from tests.makers.states import change

LISTED = {
    "gains": ("Wandsworth", "LAB gain from CON"),
    "losses": ("Hull", "LAB lose to NOC"),
    "new": ("Somerset", "new council, LD"),
    "certain": ("Havant", "certain"),
    "corrections": ("Redditch", "corrected"),
    "defeats": ("Wandsworth, Nightingale", "notable defeat"),
}
"""Of the night with one change of each kind: where it was, and what the panel says happened there."""


def full() -> Night:
    """Return the night of all kinds with its changes of control as the count gives them."""
    of = everything()
    [one] = of.elections
    turned = tuple(change(area) for area in one.areas if area.is_declared and area.outcome in {"gain", "loss", "new"})
    return msgspec.structs.replace(of, elections=(msgspec.structs.replace(one, changes=turned),))


def front_of(kind: str, source: str | None = "results/tonight") -> Front:
    front = changes_front(frame(full()), kind, source)
    assert front is not None
    return front


def rows(kind: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(front_of(kind).text(".csv"))))


@pytest.mark.parametrize("ending", [".md", ".svg", ".txt"])
@pytest.mark.parametrize("kind", LISTED)
def test_a_kind_of_change_is_written_alone_and_said(kind: str, ending: str) -> None:
    text = front_of(kind).text(ending)
    text = picture_text(text) if ending == ".svg" else text.replace("\\", "")
    assert f"Control changes: {kind}" in text
    assert f"results/tonight; only {kind}: 1 of 6 control changes" in text
    assert [words for words in LISTED[kind] if words not in text] == []
    others = [words for other, (_, words) in LISTED.items() if other != kind]
    assert [words for words in others if f" {words}" in text.replace(f"only {kind}", "")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_csv_has_a_record_for_each_change_that_is_listed_in_the_panels_order(kind: str) -> None:
    of = everything()
    listed = of_kind(items(of, of.elections[0]), kind)
    areas = [item.area.name if item.area is not None else "Redditch" for item in listed]
    assert [row["area"] for row in rows(kind)] == areas


def test_a_record_holds_what_is_known_of_its_kind() -> None:
    [gain], [fix], [call], [defeat] = (rows(kind) for kind in ("gains", "corrections", "certain", "defeats"))
    assert (gain["kind"], gain["outcome"], gain["control"], gain["previous"]) == ("change", "gain", "LAB", "CON")
    assert gain["words"].endswith("; not Labour since 1978")
    assert (fix["before"], fix["after"]) == (everything().corrections[0].before, everything().corrections[0].after)
    assert (call["kind"], call["at"], call["words"]) == ("certain", "", everything().elections[0].certain[0].sum)
    assert (defeat["kind"], defeat["ward"], defeat["words"]) == ("defeat", "Nightingale", "the leader lost her seat")


@pytest.mark.parametrize("kind", ["all", "gains", "losses", "new", "certain", "corrections"])
def test_the_object_holds_of_control_and_corrections_only_what_is_listed(kind: str) -> None:
    document = json.loads(front_of(kind).text(".json"))
    [of] = document["elections"]
    wanted = {"gains": 1, "losses": 1, "new": 1, "all": 3}.get(kind, 0)
    assert len(of["changes"]) == wanted
    assert len(of["certain"]) == (kind in {"all", "certain"})
    assert len(document["corrections"]) == (kind in {"all", "corrections"})
    assert (f"only {kind}" in document["source"]) == (kind != "all")
    assert of["areas"]["declared"] == everything().elections[0].declared


def test_defeats_which_the_object_does_not_hold_cannot_be_had_as_one(tmp_path: Path) -> None:
    front = front_of("defeats")
    assert set(FIGURES) - set(front.endings) == {".json"}
    with pytest.raises(NotWritten, match="not a form of this"):
        write(front, str(tmp_path / "defeats.json"), "x.csv")


def test_without_a_source_the_kind_is_said_all_the_same() -> None:
    front = changes_front(frame(full()), "new", None)
    assert front is not None
    assert "source: only new: 1 of 6 control changes" in front.text(".txt")


async def test_x_on_the_panel_writes_the_kind_that_it_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = NightApp(FakePlayer(everything()), ticks=Ticks(), source="results/tonight")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        app.query_one(ChangesPanel).focus()
        await exported(pilot, "f", "f", "x")
    [(name, text)] = files(tmp_path).items()
    assert name == "local-elections-changes-losses-2022-05-06-0241.csv"
    assert [(row["area"], row["source"]) for row in csv.DictReader(io.StringIO(text))] == [
        ("Hull", "results/tonight; only losses: 1 of 6 control changes")
    ]


def test_corrections_that_are_unpacked_anew_each_time_are_still_those_that_are_listed() -> None:
    of = full()
    [one] = of.elections
    anew = msgspec.structs.replace(of, corrections=tuple(map(msgspec.structs.replace, of.corrections)))
    left = narrowed(anew, one, of_kind(items(of, one), "corrections"))
    assert left.corrections == of.corrections
    assert left.corrections
