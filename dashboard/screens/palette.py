"""What the palette (ctrl+p) finds beside the themes: areas, nights, times, pictures, and every key of the table."""

from collections.abc import Callable, Iterator
from functools import partial

from rich.text import Text
from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider

from dashboard.actions import TABLE
from dashboard.screens.outkeys import OutKeys
from dashboard.screens.overview import OverviewScreen
from feeds.text import clean, inert

Entry = tuple[str, str, Callable[[], object]]
"""A name as a feed may have it, what choosing it does (never feed text), and the doing."""

SKIPPED = frozenset({"open", "next-panel", "palette", "tenths"})
"""Actions that make no sense without their key."""


class NightCommands(Provider):
    """Areas by name, other nights, times, pictures and actions; names are never read as markup."""

    async def discover(self) -> Hits:
        """Offer the pictures, the other nights and the actions before anything is typed."""
        for name, words, command in (*self._pictures(), *self._nights(), *self._actions()):
            yield DiscoveryHit(Text(inert(name)), command, text=name, help=words)

    async def search(self, query: str) -> Hits:
        """Find what fits; a time goes there."""
        matcher = self.matcher(query)
        for name, words, command in self._entries(query):
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, Text(inert(name)), command, text=name, help=words)

    @property
    def _night(self) -> OutKeys | None:
        app: App[object] = self.app
        return app if isinstance(app, OutKeys) else None

    def _entries(self, query: str) -> Iterator[Entry]:
        yield from self._pictures()
        yield from self._nights()
        yield from self._actions()
        app = self._night
        election = app.election_shown() if app is not None else None
        if app is None:
            return
        wanted = clean(query, 40).strip()
        if wanted[:1] in "+-0123456789" and any(sign in wanted for sign in ":+-%"):
            yield (wanted, "go to that time", partial(app.go_to, wanted))
        for area in election.areas if election is not None else ():
            yield (area.name, "open the area", partial(app.open, area.id))

    def _pictures(self) -> Iterator[Entry]:
        overview = next((s for s in self.app.screen_stack if isinstance(s, OverviewScreen)), None)
        if overview is None:
            return
        for key in overview.picture.keys:
            yield (f"picture: {key}", "show that picture", partial(overview.show_picture, key))

    def _nights(self) -> Iterator[Entry]:
        app = self._night
        if app is None:
            return
        for name, argument in app.nights.items():
            yield (f"night: {name}", "replay that night instead of this one", partial(app.leave_for, argument))

    def _actions(self) -> Iterator[Entry]:
        for action in TABLE:
            if action.where == "area" or action.id in SKIPPED:
                continue
            yield (action.label, f"key {action.shown}", partial(self._run, action.action))

    async def _run(self, action: str) -> None:
        screen = next((s for s in self.app.screen_stack if isinstance(s, OverviewScreen)), self.app.screen)
        name = action.partition("(")[0]
        await (screen if hasattr(screen, f"action_{name}") else self.app).run_action(action)
