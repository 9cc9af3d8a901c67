"""The keys for time: what they do with the transport, for the program that has it."""

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on

from dashboard.count.night import Election, Night
from dashboard.panels.timebar import TimeBar
from dashboard.screens.steady import SteadyApp

if TYPE_CHECKING:
    from dashboard.player import Player
    from dashboard.transport import Transport


class TimeKeys(SteadyApp):
    """A program with a transport; it shows its night anew after each jump, in `moved`.

    `moves` are the player that a jump moves, and the whole night where it may be shown.
    """

    moves: "tuple[Player, Night | None]"

    @cached_property
    def transport(self) -> "Transport":
        """What is done with time."""
        from dashboard.transport import Transport  # noqa: PLC0415 (not needed for the first picture)

        return Transport(*self.moves)

    def moved(self, quiet: bool = True) -> None:
        """Show where the player is now; `quiet` where nothing in it is news."""
        raise NotImplementedError

    def election_shown(self) -> Election | None:
        """Return the election that is on the screen."""
        raise NotImplementedError

    def _told(self, problem: str | None) -> None:
        if problem is None:
            self.moved()
        else:
            self.notify(problem, markup=False)

    def action_pause(self) -> None:
        """Pause or go on."""
        self.transport.pause()
        self.moved()

    def action_step(self, by: int) -> None:
        """Go so many declarations on or back."""
        self.transport.step(by)
        self.moved(quiet=by < 0)

    def action_change(self, by: int) -> None:
        """Go to the next or the previous change of control."""
        election = self.election_shown()
        self._told(self.transport.change(by, election.id if election is not None else None))

    def action_minutes(self, by: int) -> None:
        """Go so many minutes on or back."""
        self.transport.by(timedelta(minutes=by))
        self.moved()

    def action_tenth(self, number: int) -> None:
        """Go to so many tenths of the bar."""
        self.transport.tenth(number)
        self.moved()

    async def action_go_to(self) -> None:
        """Ask where to go; done when there is a field to type in."""
        from dashboard.screens.goto import GoToScreen  # noqa: PLC0415 (not needed for the first picture)

        await self.push_screen(GoToScreen(self._go))

    def _go(self, text: str) -> str | None:
        problem = self.transport.go(text, self.election_shown())
        if problem is None:
            self.moved()
        return problem

    def action_undo(self) -> None:
        """Undo the last jump in time."""
        self._told(self.transport.undo())

    def action_speed(self, by: int) -> None:
        """Play faster or slower; 0 is as it happened."""
        self._told(self.transport.speed(by))

    def action_to_start(self) -> None:
        """Go to the start of the night."""
        self.transport.start()
        self.moved()

    def action_to_end(self) -> None:
        """Go to live, or to the last declaration."""
        self.transport.end()
        self.moved()

    @on(TimeBar.Sought)
    def go_to_time(self, event: TimeBar.Sought) -> None:
        """Go to the time that was clicked or dragged to; to undo it is to undo the whole drag."""
        self.transport.to(event.at, remember=event.begun)
        self.moved()
