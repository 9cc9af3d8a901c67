"""The pictures of the README and of its pages are what the program draws, and hold all that they need."""

import re

import pytest

from tests.makers.screenshots import COMMAND, DOCS, SHOTS, Shot, picture

PAGES = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]
ELSEWHERE = re.compile(r"https?:|url\(|href|@import|@font-face|<script|<image|/home|/root|/tmp", re.IGNORECASE)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
async def test_a_picture_is_what_the_program_draws_now(shot: Shot) -> None:
    drawn = (await picture(shot)).splitlines()
    kept = shot.file.read_text(encoding="utf-8").splitlines()
    other = [(was, now) for was, now in zip(kept, drawn, strict=False) if was != now]
    assert not other, f"{shot.file.name} is not what is drawn now; run `{COMMAND}`, and look at it: {other[0]}"
    assert len(kept) == len(drawn), f"{shot.file.name} is not what is drawn now; run `{COMMAND}`, and look at it"


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_refers_to_nothing_outside_itself(shot: Shot) -> None:
    text = shot.file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert ELSEWHERE.findall(text) == []


def test_every_picture_is_made_by_the_script_and_stands_on_a_page() -> None:
    assert {file.name for file in DOCS.glob("*.svg")} == {shot.file.name for shot in SHOTS}
    shown = set()
    for page in PAGES:
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            file = (page.parent / path).resolve()
            assert file.is_file(), path
            shown.add((file.name, words))
    assert shown == {(shot.file.name, shot.words) for shot in SHOTS}
