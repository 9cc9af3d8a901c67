"""The pages under `docs/`: every command in them works, and every line that they show is what the program prints.

A file stands on a page as its name in bold over a block. A block `console` is typed as it stands, from the top of the
page to its end, in one shell and one directory; `…` in it stands for anything in a line, and alone for any lines. A
block `sh` is for a terminal: its options are those that there are.
"""

import itertools
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context

from dashboard.cli import group

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
READERS = ("news-desk", "count-hall", "enthusiasts", "producer", "day-after")
PARTS = ("dashboard", "feeds")
DONE = "<done>"


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def shown(page: Path) -> list[tuple[str, list[str]]]:
    """Return what is typed on a page, in order, each with the lines that come then."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks(page, "console")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def commands(page: Path) -> list[list[str]]:
    """Return every command of the program that a page shows anywhere, without its name."""
    typed = [line for block in blocks(page, "sh") for line in block.splitlines()] + [line for line, _ in shown(page)]
    return [words_of(line) for line in typed if line.startswith("election-night ")]


def words_of(line: str) -> list[str]:
    """Return the words of a command up to the first sign that is the shell's."""
    words = shlex.shlex(line.replace(" 2>&1", ""), posix=True, punctuation_chars=True)
    words.whitespace_split = True
    return list(itertools.takewhile(lambda word: not set(word) <= set("|&;<>()"), words))[1:]


def printed(lines: list[str], place: Path) -> list[list[str]]:
    """Return what each line prints, typed one after the other in one shell; errors come with the rest."""
    program = place / "bin" / "election-night"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dashboard "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    home = {name: str(place / "home") for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    path = f"{program.parent}:{os.environ['PATH']}"
    env = os.environ | home | {"PATH": path, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    script = "".join(f"{line}\n_was=$?; echo {shlex.quote(DONE)}; (exit $_was)\n" for line in lines)
    done = subprocess.run(
        ["bash"], input=script, cwd=place / "here", env=env, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, timeout=600,
    )  # fmt: skip
    return [part.strip("\n").splitlines() for part in re.split(rf"^{DONE}\n", done.stdout, flags=re.MULTILINE)[:-1]]


def matches(wanted: list[str], lines: list[str]) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in wanted
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None


def written(page: Path, place: Path) -> None:
    """Write the files that a page shows."""
    text = page.read_text(encoding="utf-8")
    for name, content in re.findall(r"\*\*`([^`]+)`\*\*[^\n]*\n\n```\w+\n(.*?)```", text, re.DOTALL):
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_is_printed(page: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    written(page, tmp_path / "here")
    typed = shown(page)
    found = printed([line for line, _ in typed], tmp_path)
    assert len(found) == len(typed)
    wrong = [
        f"$ {line}\n" + "\n".join(lines[:40])
        for (line, wanted), lines in zip(typed, found, strict=True)
        if not matches(wanted, lines)
    ]
    assert not wrong, "\n\n".join([f"{page.name} shows something else than", *wrong])


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.stem)
def test_every_command_on_a_page_has_options_that_there_are(page: Path) -> None:
    for name, *words in commands(page):
        command = group.get_command(Context(group), name)
        assert command is not None, name
        command.make_context(name, list(words))


def test_there_is_a_page_for_each_kind_of_reader_and_the_readme_leads_to_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {page.stem for page in PAGES} == {*READERS, "tour"}
    for page in PAGES:
        assert f"(docs/{page.name})" in readme
    for name in READERS:
        page = ROOT / "docs" / f"{name}.md"
        assert len([line for line, _ in shown(page) if "election-night" in line]) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_screen_is_said_to_say_is_in_the_program_or_was_printed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    program = "".join(file.read_text(encoding="utf-8") for part in PARTS for file in (ROOT / part).rglob("*.py"))
    known = program + "".join(blocks(page, "console")) + "".join(blocks(page, "csv"))
    for table in re.findall(r"\| what happens \| what the screen says \|\n(.*?)\n\n", text, re.DOTALL):
        said = re.findall(r"`([^`]+)`", table)
        assert said
        assert [words for words in said if words not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
