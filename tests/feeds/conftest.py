"""What tests of a feed directory begin with: an empty directory, and a clock that they move."""

from pathlib import Path

import pytest

from tests.feeds.directories import Now


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "feed"
    place.mkdir()
    return place


@pytest.fixture
def now() -> Now:
    return Now()
