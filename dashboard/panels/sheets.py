"""Style sheets as short as they can be written: Textual looks at each blank by itself, and every start waits for it.

So it does for the colours of the theme, some hundred and seventy, of which the sheets name a few.
"""

import re
from functools import lru_cache
from typing import Any, Final

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token

_NAMED: Final = re.compile(r"\$([a-zA-Z0-9_-]+)")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)

LEFT_ALONE: Final = ('"', "'", "# ")
"""Where one of these is in a sheet a blank, or the end of a line, can mean something."""


class SparingStylesheet(Stylesheet):
    """Textual's style sheet, which reads each source without what means nothing, and the variables that one names."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        self._tokens: dict[str, list[Token]] = {}
        super().__init__(variables=variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables."""
        self._tokens = {}
        super().set_variables(variables)

    @property
    def _variable_tokens(self) -> dict[str, list[Token]]:
        return self._tokens

    def _parse_rules(self, css: str, *around: Any, **more: Any) -> list[RuleSet]:
        short = squeezed(css)
        new = set(_NAMED.findall(short)).difference(self._tokens)
        self._tokens |= tokenize_values({name: self._variables[name] for name in new if name in self._variables})
        return super()._parse_rules(short, *around, **more)


@lru_cache(maxsize=256)
def squeezed(css: str) -> str:
    """Return a sheet that says the same in fewer characters."""
    said = _COMMENT.sub(" ", css)
    if any(each in said for each in LEFT_ALONE):
        return css
    short = " ".join(said.split())
    for sign in "{};":
        short = short.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    return short
