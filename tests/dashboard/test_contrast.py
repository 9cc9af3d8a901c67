"""What can be read, in every theme there is, and what a colour-blind reader can tell apart.

The formulas are written out here once more: contrast by WCAG 2.1, colour-blindness by the matrices of Machado, Oliveira
and Fernandes (2009), distance by CIE 1976.
"""

from itertools import combinations
from math import dist

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from dashboard.contrast import legible
from dashboard.theme import CONSOLE, FAINT, THEMES, Palette
from dashboard.view.composition import UNHELD, bar
from dashboard.view.pictures.ink import Ink, marks
from feeds.parties import party, register

LEAST = 4.5
NAMES = ["", "strong", "quiet", "head", "title", "accent", "key", "good", "bad", "warning", "alarm"]
CHIPS = [f"chip:{name}" for name in ("accent", "error", "warning", "success", "primary", "secondary")]
GROUNDS = ("background", "surface", "panel")

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA: Matrix = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
FULL: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

MAIN = ("CON", "LAB", "LD", "GRN", "REF", "UKIP", "SNP", "PC", "IND", "OTH", "NOC")
APART = 12.0
"""Distance from which two colours beside each other are plainly two; 2.3 can just be told apart."""


def themes() -> list[Theme]:
    app: App[None] = App()
    return [*THEMES, *(t for name, t in app.available_themes.items() if "ansi" not in name)]


def linear(colour: Color) -> Vector:
    def one(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    return one(colour.r), one(colour.g), one(colour.b)


def ratio(one: Color, other: Color) -> float:
    def luminance(colour: Color) -> float:
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Vector) -> Vector:
    to_xyz: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.0890)

    def bent(share: float) -> float:
        return float(share ** (1 / 3)) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116

    x, y, z = (bent(part / full) for part, full in zip(through(to_xyz, rgb), white, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def through(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def seen(colour: Color, by: Matrix) -> Vector:
    red, green, blue = (min(1.0, max(0.0, part)) for part in through(by, linear(colour)))
    return lab((red, green, blue))


def pair_of(style: Style) -> tuple[Color, Color]:
    assert style.color is not None
    assert style.bgcolor is not None
    return Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_all_text_and_every_partys_colour_can_be_read_on_every_ground_of_every_theme(theme: Theme) -> None:
    variables = theme.to_color_system().generate()
    palette = Palette(theme, variables)
    front = Color.parse(variables["foreground"]).rich_color
    under = [Style(), palette.cursor, palette.cursor_away, palette.glow]
    parties = [f"{kind}:{code}" for code in (*register(), "ASPIRE") for kind in ("party", "tile")]
    for ground in GROUNDS:
        for over in under:
            base = Style(color=front, bgcolor=Color.parse(variables[ground]).rich_color) + over
            for name in (*NAMES, *CHIPS, *parties):
                assert ratio(*pair_of(palette.on(name, base))) >= LEAST, (ground, name)


@pytest.mark.parametrize("theme", [*THEMES], ids=lambda theme: theme.name)
@pytest.mark.parametrize("system", [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])
def test_it_can_be_read_as_a_terminal_with_few_colours_shows_it(theme: Theme, system: ColorSystem) -> None:
    variables = theme.to_color_system().generate()
    palette = Palette(theme, variables, system=system)
    front = Color.parse(variables["foreground"]).rich_color
    for ground in GROUNDS:
        for over in (Style(), palette.cursor, palette.cursor_away, palette.glow):
            base = Style(color=front, bgcolor=Color.parse(variables[ground]).rich_color) + over
            for name in (*NAMES, *CHIPS, *(f"{kind}:{code}" for code in register() for kind in ("party", "tile"))):
                style = palette.on(name, base)
                assert style.color is not None
                assert style.bgcolor is not None
                shown = [Color(*each.downgrade(system).get_truecolor(CONSOLE)) for each in (style.color, style.bgcolor)]
                assert ratio(*shown) >= LEAST, (ground, name)


@pytest.mark.parametrize("theme", [*THEMES], ids=lambda theme: theme.name)
def test_of_16_colours_none_but_black_stands_on_the_row_under_the_cursor(theme: Theme) -> None:
    palette = Palette(theme, theme.to_color_system().generate(), system=ColorSystem.STANDARD)
    for name in (*NAMES, "party:LAB", "faint"):
        front, ground = pair_of(palette.on(name, Style(bgcolor="#000000") + palette.cursor))
        assert (front.hex, ground.hex) == ("#000000", "#AAAAAA")


def test_what_is_left_faint_says_nothing() -> None:
    assert {"faint"} == FAINT
    assert "faint" not in NAMES


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    red, ground = Color.parse("#f2605c"), Color.parse("#0d1117")
    assert legible(red, ground) is red


@pytest.mark.parametrize("level", range(0, 256, 5))
def test_there_is_a_legible_colour_on_every_ground(level: int) -> None:
    ground = Color(level, level, level)
    for colour in (ground, Color.parse("#f2605c"), Color.parse("#4aa3e8")):
        assert ratio(legible(colour, ground), ground) >= LEAST


def test_the_registers_own_colours_can_be_read_on_the_grounds_of_our_own_themes() -> None:
    for theme, shade in (("night-dark", "dark"), ("night-light", "light"), ("night-colour-blind", "safe")):
        ground = Color.parse(next(t.background or "" for t in THEMES if t.name == theme))
        for each in register().values():
            assert ratio(Color.parse(getattr(each, shade)), ground) >= LEAST, (theme, each.code)


def test_without_colour_every_party_of_the_register_is_told_by_its_glyph() -> None:
    glyphs = [each.glyph for each in register().values()]
    assert len(set(glyphs)) == len(glyphs)
    assert not set(glyphs) & {fill for name, fill in UNHELD.items() if name != "vacant"}


@pytest.mark.parametrize("eye", [FULL, DEUTERANOPIA, TRITANOPIA], ids=["full", "deuteranopia", "tritanopia"])
def test_the_safe_colours_of_the_main_parties_stay_apart_for_every_eye(eye: Matrix) -> None:
    for one, other in combinations(MAIN, 2):
        colours = (Color.parse(party(code).safe) for code in (one, other))
        assert dist(*(seen(colour, eye) for colour in colours)) >= APART, (one, other)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("eye", [FULL, DEUTERANOPIA, TRITANOPIA], ids=["full", "deuteranopia", "tritanopia"])
def test_parties_beside_each_other_differ_in_colour_or_in_their_mark(theme: Theme, eye: Matrix) -> None:
    palette = Palette(theme, theme.to_color_system().generate())
    codes = [*register(), *(f"UNKNOWN {n}" for n in range(12))]
    for ink in Ink:
        own = marks(codes, ink)
        for one, other in combinations(codes, 2):
            colours = [palette.style(f"party:{code}").color for code in (one, other)]
            seen_as = [seen(Color.from_rich_color(colour), eye) for colour in colours if colour is not None]
            assert own[one] != own[other] or dist(*seen_as) >= APART, (one, other, ink)


@pytest.mark.parametrize("width", [12, 40, 118])
def test_the_parts_of_a_bar_are_two_without_colour_too(width: int) -> None:
    for parts in ([("LAB", 1), ("CON", 1)], [("LAB", 30), ("CON", 20), ("LD", 9), ("GRN", 1)]):
        drawn = bar(parts, width)
        assert [style for _, style in drawn] == [f"party:{code}" for code, _ in parts]
        assert all(not text.endswith("█") for text, _ in drawn[:-1])
