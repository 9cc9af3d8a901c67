"""`declare` and `quote`: what they write is read back by the ordinary readers, and nothing else is touched."""

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from dashboard.cli import group
from dashboard.commands import desk
from dashboard.commands.source import played
from dashboard.count.night import Area, Moment, Night
from feeds.formats import read
from feeds.outbox import document, file_name, put_new
from feeds.report import Settings
from tests.makers.events import baseline, result
from tests.makers.golden import golden_night

BASELINE = [
    baseline("Wandsworth", {"CON": 33, "LAB": 26}, code="E09000032", total=58, up=58, control="CON"),
    baseline("Kingston upon Hull", {"LAB": 29, "LD": 28}, total=57, up=19, continuing={"LAB": 18, "LD": 20}),
    baseline("Otherham", total=6, up=6, control="NOC"),
    baseline("Otherham", ward="Vale", up=3),
    baseline("Otherham", ward="Hill", up=3),
]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    place = tmp_path / "feed"
    place.mkdir()
    (place / "baseline.json").write_bytes(document(BASELINE))
    (place / "night.toml").write_text('poll_date = 2022-05-05\nbaseline = "eve-of-poll"\n# end\n', encoding="utf-8")
    return place


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)))


def declare(*arguments: str | Path) -> Result:
    done = run("declare", *arguments)
    assert done.exit_code == 0, done.stderr
    return done


def night(feed: Path) -> Night:
    return played(str(feed))[0].night


def area(feed: Path, name: str) -> Area:
    return next(a for e in night(feed).elections for a in e.areas if a.name == name)


def listing(feed: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in feed.iterdir()}


def refused(feed: Path, *arguments: str) -> str:
    """Return the one line with which a command ends that must write nothing and end with 2."""
    before = listing(feed)
    done = run(arguments[0], feed, *arguments[1:])
    assert (done.exit_code, done.stdout) == (2, "")
    assert listing(feed) == before
    (line,) = done.stderr.splitlines()
    return line


def test_a_declaration_is_counted_with_its_figures(feed: Path) -> None:
    done = declare(feed, "wandsworth", "LAB=35", "Conservative=22", "ind = 1")
    found = area(feed, "Wandsworth")
    assert (found.stage, found.elected, found.revision) == ("declared", {"LAB": 35, "CON": 22, "IND": 1}, 1)
    assert (found.control, found.previous, found.outcome) == ("LAB", "CON", "gain")
    assert done.stdout == f"{feed / 'wandsworth-1.json'}\n"
    assert "Wandsworth: Labour gain from Conservative." in done.stderr


def test_the_time_of_a_declaration_is_a_time_of_the_night_and_stands_as_declared(feed: Path) -> None:
    declare(feed, "Wandsworth", "LAB=35", "CON=22", "IND=1", "--at", "02:14")
    assert area(feed, "Wandsworth").declared == Moment(at=datetime(2022, 5, 6, 1, 14, tzinfo=UTC), basis="declared")
    declare(feed, "Kingston upon Hull", "LAB=9", "LD=10", "--at", "2022-05-06T03:20:05")
    told = area(feed, "Kingston upon Hull").declared
    assert told is not None
    assert told.at == datetime(2022, 5, 6, 2, 20, 5, tzinfo=UTC)


def test_a_declaration_without_a_time_has_that_of_its_file(feed: Path) -> None:
    declare(feed, "Wandsworth", "LAB=35", "CON=22", "IND=1")
    told = area(feed, "Wandsworth").declared
    assert told is not None
    assert told.basis == "file"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("LAB=58", "--at", "ten past two"), "“ten past two” is not a time: write HH:MM"),
        (("LAB=58", "--at", "2999-01-01T00:00"), "“2999-01-01T00:00” is still to come: it is only"),
        (("--retract", "--at", "02:14"), "it has no time of its own"),
    ],
)
def test_a_time_that_cannot_be_that_of_a_declaration_is_refused(
    feed: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in refused(feed, "declare", "Wandsworth", *arguments)


def test_tally_shows_what_was_declared(feed: Path) -> None:
    declare(feed, "Wandsworth", "LAB=35", "CON=22", "IND=1")
    (election,) = json.loads(run("tally", feed, "--format", "json").stdout)["elections"]
    assert {row["party"]: row["seats"] for row in election["parties"]} == {"LAB": 35, "CON": 22, "IND": 1, "NOC": 0}


def test_a_second_declaration_is_a_correction_by_the_next_revision(feed: Path) -> None:
    first = declare(feed, "Wandsworth", "LAB=35", "CON=22", "IND=1").stdout.strip()
    told = Path(first).read_bytes()
    declare(feed, "Wandsworth", "LAB=34", "CON=23", "IND=1")
    assert Path(first).read_bytes() == told
    assert (area(feed, "Wandsworth").revision, area(feed, "Wandsworth").elected) == (
        2,
        {"LAB": 34, "CON": 23, "IND": 1},
    )
    (correction,) = night(feed).corrections
    assert (correction.what, correction.before, correction.after) == ("seats", "CON 22, LAB 35", "CON 23, LAB 34")


def test_the_next_revision_follows_that_of_somebody_elses_file(feed: Path) -> None:
    agency = result("Wandsworth", {"LAB": 58}, code="E09000032")
    (feed / "agency.json").write_bytes(document([agency]).replace(b'"elected"', b'"revision": 4, "elected"'))
    declare(feed, "Wandsworth", "LAB=35", "CON=23")
    assert (area(feed, "Wandsworth").revision, area(feed, "Wandsworth").elected) == (5, {"LAB": 35, "CON": 23})


def test_a_later_round_is_gone_on_with(feed: Path) -> None:
    later = result("Wandsworth", {"LAB": 58}, code="E09000032", revision=2)
    (feed / "agency.json").write_bytes(document([msgspec.structs.replace(later, round=3)]))
    declare(feed, "Wandsworth", "LAB=35", "CON=23")
    assert area(feed, "Wandsworth").elected == {"LAB": 35, "CON": 23}


def test_a_declaration_stands_above_a_rush_with_a_high_revision(feed: Path) -> None:
    rush = result("Wandsworth", {"LAB": 58}, code="E09000032", stage="rush", revision=9)
    (feed / "rush.json").write_bytes(document([rush]))
    declare(feed, "Wandsworth", "LAB=35", "CON=23")
    assert area(feed, "Wandsworth").revision == 10


def test_a_retraction_takes_the_area_back_and_a_new_declaration_stands_after_it(feed: Path) -> None:
    declare(feed, "Wandsworth", "LAB=35", "CON=23")
    declare(feed, "Wandsworth", "--retract")
    assert area(feed, "Wandsworth").stage == "expected"
    assert [c.what for c in night(feed).corrections] == ["retraction"]
    declare(feed, "Wandsworth", "LAB=30", "CON=28")
    assert (area(feed, "Wandsworth").stage, area(feed, "Wandsworth").elected) == ("declared", {"LAB": 30, "CON": 28})


def test_wards_are_declared_and_taken_back_one_by_one(feed: Path) -> None:
    declare(feed, "Otherham", "LAB=3", "--ward", "vale")
    assert (area(feed, "Otherham").stage, area(feed, "Otherham").elected) == ("partial", {"LAB": 3})
    declare(feed, "Otherham", "LAB=2", "CON=1", "--ward", "Hill")
    assert (area(feed, "Otherham").stage, area(feed, "Otherham").elected) == ("declared", {"LAB": 5, "CON": 1})
    declare(feed, "Otherham", "--ward", "Hill", "--retract")
    assert (area(feed, "Otherham").stage, area(feed, "Otherham").elected) == ("partial", {"LAB": 3})


def test_what_is_declared_may_be_what_no_one_knew(feed: Path) -> None:
    declare(feed, "Newtown", "LAB=3", "Loyal Newtown=2", "--new", "--total", "5")
    found = area(feed, "Newtown")
    assert (found.control, found.elected) == ("LAB", {"LAB": 3, "LOYAL NEWTOWN": 2})
    assert night(feed).unknown_parties == (("LOYAL NEWTOWN", "Loyal Newtown"),)


def test_a_new_area_can_begin_a_directory(tmp_path: Path) -> None:
    declare(tmp_path, "Newtown", "LAB=3", "--new", "--total", "3")
    assert area(tmp_path, "Newtown").control == "LAB"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Wandswort", "LAB=58"), "there is no area “Wandswort” here; did you mean “Wandsworth”?"),
        (("Hull", "LAB=19"), "did you mean “Kingston upon Hull”?"),
        (("Wandsworth", "LAX=58"), "there is no party “LAX” here; did you mean “Lab”?"),
        (("Wandsworth", "LAB=57"), "57 seats, but 58 are up; --deferred"),
        (("Wandsworth", "LAB=59"), "59 seats, but 58 are up; --anyway"),
        (("Wandsworth", "LAB"), "“LAB” is not a party with its seats"),
        (("Wandsworth", "LAB=-1"), "“LAB=-1” is not a party with its seats"),
        (("Wandsworth", "LAB=1", "Labour=57"), "LAB is there twice"),
        (("Wandsworth", "NOC=58"), "NOC is not a party"),
        (("Wandsworth",), "say the seats"),
        (("Wandsworth", "LAB=58", "--retract"), "a retraction has no figures"),
        (("Wandsworth", "--retract"), "Wandsworth is not declared"),
        (("Wandsworth", "LAB=58", "--control", "CON"), "stated as Con, which has 0 of 58"),
        (("Otherham", "LAB=3", "--ward", "Vail"), "there is no ward of Otherham “Vail” here; did you mean “Vale”?"),
        (("Wandsworth", "LAB=58", "--election", "Senedd"), "there are: Local elections"),
    ],
)
def test_what_cannot_be_right_is_one_line_and_writes_nothing(feed: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(feed, "declare", *arguments)


def test_a_revision_that_would_not_count_is_refused(feed: Path) -> None:
    declare(feed, "Wandsworth", "LAB=58", "--revision", "3")
    assert "has revision 3 already" in refused(feed, "declare", "Wandsworth", "LAB=58", "--revision", "3")


def test_seats_that_do_not_fit_can_be_written_all_the_same(feed: Path) -> None:
    declare(feed, "Wandsworth", "LAB=57", "--deferred", "1")
    assert area(feed, "Wandsworth").deferred == 1
    declare(feed, "Wandsworth", "LAB=57", "--anyway")
    assert area(feed, "Wandsworth").elected == {"LAB": 57}


def test_a_saved_night_and_what_is_no_directory_are_refused(feed: Path, tmp_path: Path) -> None:
    (feed / "arrivals.csv").write_text("position,file,at,basis\n", encoding="utf-8")
    assert "is a saved night" in refused(feed, "declare", "Wandsworth", "LAB=58")
    done = run("declare", tmp_path / "fed", "Wandsworth", "LAB=58")
    assert (done.exit_code, done.stderr) == (2, f"election-night: no directory “{tmp_path / 'fed'}”; "
                                                f"did you mean “{feed}”?\n")  # fmt: skip


def test_a_file_of_somebody_else_keeps_its_name_and_content(feed: Path) -> None:
    other = document([result("Otherham", {"LAB": 6})])
    (feed / "wandsworth-1.json").write_bytes(other)
    done = declare(feed, "Wandsworth", "LAB=58")
    assert (feed / "wandsworth-1.json").read_bytes() == other
    assert done.stdout.strip() != str(feed / "wandsworth-1.json")
    assert area(feed, "Wandsworth").elected == {"LAB": 58}


def test_a_place_in_two_elections_needs_the_election_named(feed: Path) -> None:
    again = baseline("Wandsworth", total=1, up=1).election
    mayor = json.loads(document([baseline("Wandsworth", total=1, up=1)]))
    mayor["baselines"][0] |= {
        "area": {"name": "Wandsworth", "kind": "mayor"},
        "election": {"kind": "mayor", "name": "Mayors", "poll_date": str(again.poll_date)},
    }
    (feed / "mayor.json").write_text(json.dumps(mayor), encoding="utf-8")
    assert "in several elections" in refused(feed, "declare", "Wandsworth", "LAB=1")
    declare(feed, "Wandsworth", "LAB=1", "--election", "mayor")
    assert [a.elected for e in night(feed).elections for a in e.areas if a.kind == "mayor"] == [{"LAB": 1}]


class TestAtATerminal:
    @pytest.fixture(autouse=True)
    def answers(self, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
        given: list[bool] = []
        self.questions: list[str] = []

        def ask(question: str, usual: bool) -> bool:
            self.questions.append(f"{question} [{'Y/n' if usual else 'y/N'}]")
            return given.pop(0)

        monkeypatch.setattr("dashboard.commands.declare.asked", lambda: ask)
        return given

    def test_the_nearest_name_is_offered(self, feed: Path, answers: list[bool]) -> None:
        answers.append(True)
        declare(feed, "Wandswort", "LAB=58")
        assert self.questions == ["There is no area “Wandswort”. Is “Wandsworth” meant? [Y/n]"]
        assert area(feed, "Wandsworth").elected == {"LAB": 58}

    def test_else_whether_it_is_new(self, feed: Path, answers: list[bool]) -> None:
        answers.extend([False, True])
        declare(feed, "Wandswort", "LAB=58", "--total", "58")
        assert area(feed, "Wandswort").control == "LAB"
        assert self.questions[1] == "Is “Wandswort” a new area? [y/N]"

    def test_two_times_no_writes_nothing(self, feed: Path, answers: list[bool]) -> None:
        answers.extend([False, False])
        assert "nothing was written" in refused(feed, "declare", "Wandswort", "LAB=58")


class TestQuote:
    def test_a_quote_is_read_back_as_it_was_said(self, feed: Path) -> None:
        done = run(
            "quote", feed, "not us\nbeing wonderful", "--by", "Barry Rawlings", "--role", "leader", "--party", "Labour",
            "--area", "WANDSWORTH", "--at", "02:14", "--source", "BBC",
        )  # fmt: skip
        assert done.exit_code == 0, done.stderr
        (said,) = night(feed).quotes
        quote = said.quote
        assert (quote.text, quote.speaker, quote.role) == ("not us being wonderful", "Barry Rawlings", "leader")
        assert (quote.party, quote.area, quote.source) == ("LAB", "Wandsworth", "BBC")
        assert quote.said_at is not None
        assert quote.said_at.isoformat() == "2022-05-06T01:14:00+00:00"

    def test_two_quotes_of_one_speaker_are_two_files(self, feed: Path) -> None:
        for text in ("one", "two"):
            assert run("quote", feed, text, "--by", "Ann Example").exit_code == 0
        assert [said.quote.text for said in night(feed).quotes] == ["one", "two"]

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("x", "--by", "Ann", "--area", "Wandswort"), "did you mean “Wandsworth”?"),
            (("x", "--by", "Ann", "--party", "Labr"), "did you mean “Lab"),
            (("x", "--by", " "), "the speaker is empty"),
            ((" ", "--by", "Ann"), "the quote is empty"),
            (("x", "--by", "Ann", "--at", "25:00"), "“25:00” is not a time"),
        ],
    )
    def test_what_is_not_known_is_one_line_and_writes_nothing(
        self, feed: Path, arguments: tuple[str, ...], says: str
    ) -> None:
        assert says in refused(feed, "quote", *arguments)


class TestWriting:
    def test_a_name_taken_meanwhile_is_never_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("theirs", encoding="utf-8")
        with pytest.raises(FileExistsError):
            put_new(tmp_path, "a.json", b"ours")
        assert listing(tmp_path) == {"a.json": b"theirs"}

    @pytest.mark.parametrize("taken", [False, True])
    def test_without_hard_links_it_is_the_same(self, tmp_path: Path, taken: bool) -> None:
        def no_links(_from: str, _to: str) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        if taken:
            (tmp_path / "a.json").write_text("theirs", encoding="utf-8")
            with pytest.raises(FileExistsError):
                put_new(tmp_path, "a.json", b"ours", link=no_links)
        else:
            put_new(tmp_path, "a.json", b"ours", link=no_links)
        assert listing(tmp_path) == {"a.json": b"theirs" if taken else b"ours"}

    def test_the_content_is_on_disk_before_the_name_is_there(self, tmp_path: Path) -> None:
        seen: list[tuple[str, bytes]] = []

        def link(temporary: str, name: str) -> None:
            seen.append((Path(temporary).name, Path(temporary).read_bytes()))
            os.link(temporary, name)

        put_new(tmp_path, "a.json", b"ours", link=link)
        ((name, data),) = seen
        assert (name.startswith(".a.json."), name.endswith(".part"), data) == (True, True, b"ours")

    def test_a_write_that_fails_leaves_nothing(self, tmp_path: Path) -> None:
        def full(_from: str, _to: str) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.raises(OSError, match="No space left"):
            put_new(tmp_path, "a.json", b"ours", link=full)
        assert listing(tmp_path) == {}

    @pytest.mark.parametrize(
        ("words", "name"),
        [
            (("Barking & Dagenham", "1"), "barking-and-dagenham-1.json"),
            (("../../etc/passwd",), "etc-passwd.json"),
            (("Test Valley", "1"), "test-valley-1.json"),
            ((".",), "file.json"),
            (("Ynys Môn", "2"), "ynys-mon-2.json"),
            (("x" * 500,), "x" * 80 + ".json"),
        ],
    )
    def test_a_name_is_a_file_in_the_directory_itself(self, words: tuple[str, ...], name: str) -> None:
        assert file_name(*words) == name

    def test_every_report_is_read_back_as_it_was_written(self) -> None:
        said = [report for report in golden_night() if not isinstance(report, Settings)]
        assert document(read("x.json", document(said)).reports) == document(said)


def test_questions_are_put_only_where_somebody_can_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert desk.asked() is None
