"""The themes, and the palette that turns the view's style names into styles on the ground of the current theme."""

from collections.abc import Mapping
from typing import Final, Literal

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from dashboard.contrast import legible
from dashboard.view.pieces import PARTY
from feeds.parties import party

Shade = Literal["dark", "light", "safe"]

THEMES: Final = (
    Theme(
        name="night-dark",
        primary="#5b9dd9",
        secondary="#3a6ea5",
        accent="#f2c14e",
        warning="#f2a33c",
        error="#ff5d5d",
        success="#5fc98a",
        foreground="#e6e9ef",
        background="#0d1117",
        surface="#12171f",
        panel="#1b222d",
        dark=True,
    ),
    Theme(
        name="night-light",
        primary="#1f5f99",
        secondary="#3a6ea5",
        accent="#8a5a00",
        warning="#9a5b00",
        error="#b3121d",
        success="#1b7a43",
        foreground="#16202c",
        background="#f6f5f1",
        surface="#fdfcf9",
        panel="#e4e2da",
        dark=False,
    ),
    Theme(
        name="night-colour-blind",
        primary="#56b4e9",
        secondary="#0072b2",
        accent="#f0e442",
        warning="#e69f00",
        error="#ff8a4c",
        success="#56b4e9",
        foreground="#eceff4",
        background="#0d1117",
        surface="#12171f",
        panel="#1b222d",
        dark=True,
    ),
    Theme(
        name="night-contrast",
        primary="#ffffff",
        secondary="#bfbfbf",
        accent="#ffe600",
        warning="#ffb000",
        error="#ff7070",
        success="#7dff9a",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        dark=True,
    ),
    Theme(
        name="night-mono",
        primary="#c8c8c8",
        secondary="#8a8a8a",
        accent="#ffffff",
        warning="#f0f0f0",
        error="#ffffff",
        success="#d8d8d8",
        foreground="#e4e4e4",
        background="#101010",
        surface="#161616",
        panel="#242424",
        dark=True,
    ),
)
"""Our own themes; the first is the one that a new screen starts with."""


def all_themes() -> list[str]:
    """Return the names of all themes that a screen can have, our own first."""
    return [theme.name for theme in THEMES] + [name for name in BUILTIN_THEMES if "ansi" not in name]


SAFE: Final = frozenset({"night-colour-blind"})
MONO: Final = frozenset({"night-mono"})
"""Themes without colours: parties are told by their marks and names alone."""

SHADE: Final = "party-shade"
"""The variable by which a reader's own theme says that it takes the colours of a colour-blind safe one."""

PartyColours = Mapping[str, Mapping[str, str]]
"""Colours (`#rrggbb`) by party code and shade."""

NO_COLOURS: Final[PartyColours] = {}

FAINT: Final = frozenset({"faint"})
"""Styles for what only fills: rules, tracks, the part of the night that is still hidden."""

CONSOLE: Final = TerminalTheme(
    (0, 0, 0),
    (170, 170, 170),
    [(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)],
    [
        *((85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85)),
        *((85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255)),
    ],
)
"""The 16 colours of a console, as good a guess as any at those of a terminal that has no more."""

MARKED: Final = Style(color="#000000", bgcolor="#aaaaaa", bold=False)
"""A row under the cursor where there are 16 colours: black on white is legible whatever their values are."""

_DEFAULTS: Final = {"foreground": "#e6e9ef", "background": "#0d1117"}


def shade(theme: Theme) -> Shade:
    """Return which of a party's three colours a theme takes."""
    if theme.name in SAFE or theme.variables.get(SHADE) == "safe":
        return "safe"
    return "dark" if theme.dark else "light"


class Palette:
    """The styles of one theme: for the view's names, and for the states of a row.

    Takes no colours but the theme's, the party register's and the reader's `own` for parties.
    Without `colours`, parties are as bright as text. `system` is what the terminal makes of a colour; where it has 16,
    whose values are its own, a row's state is black on white or bold, and no colour stands on another.
    """

    def __init__(
        self,
        theme: Theme,
        variables: Mapping[str, str],
        colours: bool = True,
        own: PartyColours = NO_COLOURS,
        system: ColorSystem = ColorSystem.TRUECOLOR,
    ) -> None:
        self.shade: Shade = shade(theme)
        self._variables = variables
        self._colours = colours and theme.name not in MONO
        self._own = own
        self._system = system
        self._made: dict[str, Style] = {}
        self._laid: dict[tuple[str, Style], Style] = {}
        self._ground = self._colour("background")
        self._text = self._colour("foreground")
        primary = self._colour("primary")
        self.cursor = Style(bgcolor=self._ground.blend(primary, 0.34).rich_color, bold=True)
        self.cursor_away = Style(bgcolor=self._ground.blend(primary, 0.16).rich_color)
        self.glow = Style(bgcolor=self._ground.blend(self._colour("accent"), 0.24).rich_color, bold=True)
        if system is ColorSystem.STANDARD:
            self.cursor = self.cursor_away = MARKED
            self.glow = Style(bold=True)
        self._named: dict[str, Style] = {
            "strong": Style(bold=True),
            "quiet": self._toned(0.58),
            "head": self._toned(0.58),
            "faint": self._toned(0.28),
            "title": Style(color=self._colour("accent").rich_color, bold=True),
            "accent": Style(color=self._colour("accent").rich_color),
            "key": Style(color=self._colour("accent").rich_color, bold=True),
            "good": Style(color=self._colour("success").rich_color),
            "bad": Style(color=self._colour("error").rich_color),
            "warning": Style(color=self._colour("warning").rich_color, bold=True),
            "alarm": Style(color=self._colour("error").rich_color, bold=True),
        }

    def _colour(self, name: str) -> Color:
        fallback = _DEFAULTS.get(name, "#9aa4b2")
        try:
            colour = Color.parse(self._variables.get(name, fallback))
        except ColorParseError:
            return Color.parse(fallback)
        return colour if colour.ansi is None else Color.parse(fallback)

    def _toned(self, share: float) -> Style:
        return Style(color=self._ground.blend(self._text, share).rich_color)

    def style(self, name: str) -> Style:
        """Return the style of a name of the view; a name that is not known is ordinary text."""
        style = self._made.get(name)
        if style is None:
            style = self._made[name] = self._make(name)
        return style

    def on(self, name: str, base: Style) -> Style:
        """Return the style of a name laid over a base style, its colour legible on the ground that is there then.

        Only what is drawn faint on purpose, and says nothing, stays so.
        """
        style = self._laid.get((name, base))
        if style is None:
            marked = self._system is ColorSystem.STANDARD and base.bgcolor == MARKED.bgcolor
            style = base + MARKED if marked else self._legible(base + self.style(name), name)
            self._laid[name, base] = style
        return style

    def _legible(self, style: Style, name: str) -> Style:
        if name in FAINT or style.color is None or style.bgcolor is None:
            return style
        colour, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        better = legible(colour, ground, self._shown)
        return style if better is colour else style + Style(color=better.rich_color)

    def _shown(self, colour: Color) -> Color:
        """Return what the terminal shows of a colour."""
        if self._system is ColorSystem.TRUECOLOR:
            return colour
        return Color(*colour.rich_color.downgrade(self._system).get_truecolor(CONSOLE))

    def _make(self, name: str) -> Style:
        kind, _, rest = name.partition(":")
        if kind == "chip":
            ground = self._colour(rest)
            return Style(color=ground.get_contrast_text(1.0).rich_color, bgcolor=ground.rich_color, bold=True)
        if kind == "tile":
            return Style(color=self._ground.rich_color, bgcolor=self._party(rest), bold=True)
        if kind == PARTY.rstrip(":"):
            front, _, back = rest.partition("/")
            return Style(color=self._party(front), bgcolor=self._party(back) if back else None)
        return self._named.get(name, Style())

    def _party(self, code: str) -> RichColor:
        if not self._colours:
            return self._text.rich_color
        own = party(code)
        colours: dict[Shade, str] = {"dark": own.dark, "light": own.light, "safe": own.safe}
        return Color.parse(self._own.get(code, {}).get(self.shade) or colours[self.shade]).rich_color
