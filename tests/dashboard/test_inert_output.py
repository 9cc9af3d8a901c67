"""Nothing from outside acts on a terminal or a spreadsheet, by whatever way it leaves: tables, errors, crashes."""

import ast
import csv
import io
import logging
import os
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.app import App

import dashboard
from dashboard import crash
from dashboard.app import NightApp
from dashboard.cli import main
from dashboard.csv_tables import write_csv
from dashboard.plain import Lines
from dashboard.tables import print_tally, write_markdown
from dashboard.view.document import json_text
from feeds.report import Quote
from tests.dashboard.screen import screen_text
from tests.makers.events import CLOSE, arrive, night, result
from tests.makers.player import FakePlayer

EVIL = "\x1b]52;c;QQ==\x07\x9b31m\u202e"
AT = datetime(2022, 5, 6, 2, 0, tzinfo=UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def printed(name: str, form: str) -> str:
    """Return the figures of a council of that name as they are written in a form, the gates of the readers left out."""
    out = io.StringIO()
    write = {"csv": write_csv, "markdown": write_markdown, "table": print_tally}[form]
    write(night(arrive("a.json", 1, result(name, {"LAB": 3, "CON": 1}))), AT, out, areas=True)
    return out.getvalue()


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe_and_numbers_do_not(formula: str) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(formula, "csv"))))
    assert all(row["area"].startswith("'") for row in rows)
    assert {row["elected"] for row in rows} == {"3", "1"}
    table = [line for line in printed(formula, "markdown").splitlines() if line.startswith("| '")]
    assert len(table) == 1


def test_a_pipe_and_markup_stay_text_in_markdown() -> None:
    assert "\\|a\\| \\<b\\> \\[c\\] \\&lt;" in printed("|a| <b> [c] &lt;", "markdown")


@pytest.mark.parametrize("form", ["csv", "markdown", "table"])
def test_what_no_reader_cleaned_is_still_inert_when_it_is_written(form: str) -> None:
    assert all(char == "\n" or char.isprintable() for char in printed(f"Hull{EVIL}", form))


def test_what_no_reader_cleaned_is_escaped_in_json() -> None:
    text = json_text({"name": f"Hull{EVIL}"})
    assert all(char == "\n" or char.isprintable() for char in text)
    assert "\\u202e" in text


def test_what_no_reader_cleaned_is_inert_in_plain_lines() -> None:
    out = io.StringIO()
    player = FakePlayer(night())
    lines = Lines(out, player)
    player.shown = night(arrive("a.csv", 1, Quote(text=f"we{EVIL}", speaker=EVIL), result(EVIL, {"LAB": 3})))
    lines.print_new()
    assert "we␛]52" in out.getvalue()
    assert all(char == "\n" or char.isprintable() for char in out.getvalue())


@pytest.mark.parametrize(
    "words",
    [
        ["tally", f"no{EVIL}"],
        ["watch", f"no{EVIL}"],
        ["replay", "2019-12-12-general", "--from", EVIL],
        ["audit", "2019-12-12-general", EVIL],
        ["compare", "2019-12-12-general", EVIL],
        ["tally", "2019-12-12-general", "--format", EVIL],
        [f"--{EVIL}"],
        [EVIL],
        ["tally", "x" * 5_000],
        ["watch", "x" * 5_000],
        ["tally", "2019-12-12-general", "--at", "x" * 5_000],
        ["tally", os.fsdecode(b"\xff\x9b.zip")],
    ],
)
def test_an_argument_is_repeated_inert(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["election-night", *words])
    monkeypatch.setattr(crash, "install", lambda: None)
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr()
    assert left.value.code == 2
    assert told.err != ""
    assert all(char == "\n" or char.isprintable() for char in told.out + told.err)


def test_the_names_of_directories_that_are_suggested_are_inert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "results\x1b[m\u202e").mkdir()
    monkeypatch.setattr(sys, "argv", ["election-night", "watch", str(tmp_path / "results")])
    monkeypatch.setattr(crash, "install", lambda: None)
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().err
    assert "did you mean" in told
    assert all(char == "\n" or char.isprintable() for char in told)


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what the interpreter does with errors, and put it back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    last = logging.lastResort
    assert last is not None
    formatter = last.formatter
    crash.install()
    yield
    last.setFormatter(formatter)


def raise_key(key: str) -> None:
    raise KeyError(key)


def fail() -> None:
    """Fail as a program does that has feed text in its variables and in its words."""
    secret_of_the_feed = f"variable {EVIL}"
    try:
        raise_key(secret_of_the_feed)
    except KeyError as error:
        raise ValueError(f"words {EVIL}\nand a line") from error


def error_of_fail() -> ValueError:
    with pytest.raises(ValueError, match="words") as caught:
        fail()
    return caught.value


def test_a_crash_tells_where_and_what_in_inert_words_and_no_variables() -> None:
    told = crash.crash_text(error_of_fail())
    assert all(char == "\n" or char.isprintable() for char in told)
    assert "in fail" in told
    assert "ValueError: words ␛]52" in told
    assert "KeyError" in told
    assert "secret_of_the_feed =" not in told


@pytest.mark.usefixtures("hooks")
def test_an_error_that_nothing_catches_is_printed_inert_wherever_it_is_raised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = error_of_fail()
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    about = (ValueError, error, error.__traceback__)
    last = logging.lastResort
    assert last is not None
    last.handle(logging.LogRecord("asyncio", logging.ERROR, "x.py", 1, "Task %s", (EVIL,), about))
    told = capsys.readouterr().err
    assert told.count("ValueError: words ␛") == 3
    assert all(char == "\n" or char.isprintable() for char in told)


class Failing(NightApp):
    """The program with a fault in it."""

    CSS_PATH = str(Path(dashboard.__file__).parent / "dashboard.tcss")

    def action_help(self) -> None:
        """Fail."""
        fail()


async def test_the_screen_ends_after_a_fault_with_inert_words_and_no_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = Failing(FakePlayer(night()))
    with pytest.raises(ValueError, match="words"):
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("question_mark")
            await pilot.pause()
    told = capsys.readouterr().err
    assert "ValueError: words ␛]52" in told
    assert "in fail" in told
    assert "secret_of_the_feed =" not in told
    assert not {char for char in told if not char.isprintable()} - {"\n"}


async def test_what_no_reader_cleaned_is_still_inert_when_it_is_drawn() -> None:
    shown = night(arrive("a.json", 1, result(f"Hull{EVIL}", {"LAB": 3, f"P{EVIL}": 1}), Quote(text=EVIL, speaker=EVIL)))
    app = NightApp(FakePlayer(shown))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "Hull␛]52" in text
        assert all(char == "\n" or char.isprintable() for char in text)


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Yield every call in the package, with the name that is called."""
    for path in Path(dashboard.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node, ast.unparse(node.func)


def test_markup_is_never_made_from_data() -> None:
    for path, call, name in calls():
        where = f"{path.name}:{call.lineno}"
        assert not name.endswith(("from_markup", "from_ansi", "render_markup")), where
        if name.endswith((".notify", "Static")) and isinstance(call.args[0], ast.JoinedStr | ast.Name):
            assert any(k.arg == "markup" and ast.unparse(k.value) == "False" for k in call.keywords), where


def test_only_the_known_places_draw_or_print() -> None:
    """Each of them passes its texts through `inert`; another one would have to, too, before it stands here."""
    drawing = {"Segment", "Content", "Text", "print", "sys.stdout.write", "sys.stdout.writelines", "click.echo"}
    found = {path.name for path, _, name in calls() if name in drawing}
    assert found <= {
        *("paint.py", "councils.py", "changes.py", "help.py", "tables.py", "plain.py", "app.py"),
        *("cli.py", "options.py", "audit.py", "compare.py", "figures.py"),
        *("picture.py", "rehearse.py", "quote.py", "declare.py", "palette.py", "config.py"),
        *("boundary.py", "seats.py", "nights.py", "steady.py"),
    }


def test_the_app_that_fails_is_the_one_that_textual_asks() -> None:
    assert App._fatal_error is not NightApp._fatal_error
    assert AT > CLOSE
