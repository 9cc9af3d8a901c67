"""A bare Textual app, for what Textual itself costs: one line of text."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """Shows the word READY."""

    def compose(self) -> ComposeResult:
        """Yield the one line."""
        yield Static("READY NOW")


if __name__ == "__main__":
    Bare().run()
