"""What goes to the terminal in fewer bytes looks the same there."""

from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from rich.style import Style

from dashboard.panels.codes import shortened

WIDTH = 12
COLOURS = [None, *map(Color.parse, ("#0d1117", "#e6edf3", "#010203", "red", "bright_blue", "color(153)", "default"))]
colours = st.sampled_from(COLOURS)
marks = st.fixed_dictionaries({}, optional={name: st.booleans() for name in ("bold", "italic", "reverse", "underline")})
looks = st.none() | st.builds(
    lambda front, ground, more: Style(color=front, bgcolor=ground, **more), colours, colours, marks
)
pieces = st.lists(st.tuples(st.sampled_from(["a", " ", "bc", "é"]), looks, st.sampled_from(["", "\n", "\x1b[2;3H"])))


def written(parts: Sequence[tuple[str, Style | None, str]], system: ColorSystem) -> str:
    """Return pieces as Rich writes them, each followed by a way to another place."""
    return "".join((text if s is None else s.copy().render(text, color_system=system)) + way for text, s, way in parts)


def cells(output: str) -> list[object]:
    """Return what stands on a terminal, and how a piece without a look of its own would look behind it."""
    screen = pyte.Screen(WIDTH, 4)
    pyte.Stream(screen).feed(f"{output}!")
    return [screen.buffer[y][x] for y in range(4) for x in range(WIDTH)]


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])
@given(parts=pieces)
def test_the_same_stands_on_the_terminal_in_no_more_bytes(
    system: ColorSystem, parts: Sequence[tuple[str, Style | None, str]]
) -> None:
    whole = written(parts, system)
    short = shortened(whole)
    assert cells(short) == cells(whole)
    assert len(short) <= len(whole)


def test_of_pieces_on_one_ground_the_ground_is_said_once() -> None:
    ground = "#0d1117"
    parts = [(text, Style.parse(f"{front} on {ground}"), "") for text, front in (("a", "red"), ("b", "#010203"))]
    assert shortened(written(parts, ColorSystem.TRUECOLOR)).count("48;2;13;17;23") == 1


def test_nothing_is_said_between_pieces_that_look_alike() -> None:
    one = Style.parse("#010203 on #040506")
    short = shortened(written([("a", one, "\x1b[2;3H"), ("b", one, "")], ColorSystem.TRUECOLOR))
    assert short == "\x1b[38;2;1;2;3;48;2;4;5;6ma\x1b[2;3Hb\x1b[0m"
