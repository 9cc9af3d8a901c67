"""The picture panel: one of the pictures that fit the night, drawn from the frame it was last given."""

from typing import Final

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.boundary import bounded
from dashboard.panels.line_table import LineTable
from dashboard.panels.paint import Painter, entitle, redraw
from dashboard.view.frame import Frame
from dashboard.view.pictures.ink import Ink
from dashboard.view.pictures.scene import Picture, Scene
from dashboard.view.pieces import Line

NEWEST: Final = 5
"""So many areas that have just declared are shown on a wall, one after the other."""

NOTHING: Picture = Picture(title="Picture", lines=())


@bounded("show", "on_resize", "_draw")
class PicturePanel(Widget, can_focus=True):
    """One picture at a time; `turn` goes to the next one. A click on an area opens it, elsewhere turns."""

    def __init__(self, own_id: str, ink: Ink = Ink.BLOCKS) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._ink = ink
        self._frame: Frame | None = None
        self._area_id: str | None = None
        self._wanted: str | None = None
        self._picture = NOTHING
        self._is_due = False

    @property
    def keys(self) -> list[str]:
        """The keys of the pictures that fit the night, in the order of turning."""
        scene = self._scene()
        return _fitting(scene) if scene is not None else []

    @property
    def key(self) -> str | None:
        """The key of the picture that is shown: the wanted one while it fits, else the first; None for none."""
        return self._of(self.keys)

    def _of(self, keys: list[str]) -> str | None:
        return self._wanted if self._wanted in keys else next(iter(keys), None)

    @property
    def picture_shown(self) -> tuple[str, tuple[Line, ...]]:
        """The picture's key, and its lines under its title, as they stand."""
        return self.key or "picture", (((self._picture.title, "title"),), *self._picture.lines)

    def show(self, frame: Frame) -> None:
        """Take a frame; it is drawn once what else is new is on the screen, so that no result waits for a picture.

        The first one is drawn with all else: who waits for the screen waits for all of it.
        """
        is_first, self._frame = self._frame is None, frame
        if is_first:
            self._draw()
        else:
            self._draw_later()

    def point(self, area_id: str | None) -> None:
        """Take note of the area that the reader points at."""
        if area_id is not None and area_id != self._area_id:
            self._area_id = area_id
            self._draw_later()

    def choose(self, key: str) -> None:
        """Show the picture of that key, while it fits."""
        self._wanted = key
        self._draw()

    def point_newest(self, number: int) -> None:
        """Point at one of the areas that declared last, another one for each number."""
        frame = self._frame
        found: list[str] = []
        for happening in reversed(frame.night.happenings) if frame is not None else ():
            area = happening.area
            if happening.what == "declared" and area is not None and area.id not in found:
                found.append(area.id)
            if len(found) == NEWEST:
                break
        if found:
            self.point(found[number % len(found)])

    def turn(self, by: int) -> bool:
        """Go so many pictures on or back, round and round; return whether that was past the last or the first."""
        keys = self.keys
        key = self._of(keys)
        if key is None:
            return True
        place = keys.index(key) + by
        self._wanted = keys[place % len(keys)]
        self._draw()
        return not 0 <= place < len(keys)

    def on_resize(self) -> None:
        """Make the most of the new size."""
        self._draw()

    def _scene(self) -> Scene | None:
        frame = self._frame
        return None if frame is None else Scene(frame=frame, area_id=self._area_id, ink=self._ink)

    def _draw_later(self) -> None:
        if self.size.width and not self._is_due:
            self._is_due = True
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._is_due = False
        scene = self._scene()
        if scene is None or not self.size.width:
            return
        keys = _fitting(scene)
        key = self._of(keys)
        picture = _drawn(scene, key or "", self.size.width, self.size.height)
        if not picture.is_drawn and self.app.has_class("-wall"):
            key, picture = self._next_drawn(scene, keys, key, picture)
        entitle(self, picture.title, f"v next · {keys.index(key) + 1} of {len(keys)}" if key in keys else "")
        before, self._picture = self._picture, picture
        redraw(self, before.lines, picture.lines)

    def _next_drawn(
        self, scene: Scene, keys: list[str], key: str | None, picture: Picture
    ) -> tuple[str | None, Picture]:
        """Return the next picture for which there is something to draw, and room; that one where there is none.

        A wall has nobody who would turn on from a sentence that says why there is no picture.
        """
        place = keys.index(key) if key in keys else 0
        for other in (*keys[place + 1 :], *keys[:place]):
            found = _drawn(scene, other, self.size.width, self.size.height)
            if found.is_drawn:
                self._wanted = other
                return other, found
        return key, picture

    def on_click(self, event: events.Click) -> None:
        """Open the area under the mouse; where there is none, turn to the next picture."""
        at = event.get_content_offset(self)
        if at is None:
            return
        found = next((s for s in self._picture.spots if s.y == at.y and s.left <= at.x < s.right), None)
        if found is None:
            self.turn(1)
        else:
            self.post_message(LineTable.Opened(found.area_id))

    def render_line(self, y: int) -> Strip:
        """Return one line of the picture."""
        if y < len(self._picture.lines):
            return self.painter.strip(self._picture.lines[y], self.painter.size.width)
        return self.painter.blank(self.painter.size.width)


def _fitting(scene: Scene) -> list[str]:
    from dashboard.view.pictures.gallery import fitting  # noqa: PLC0415 (drawn after the first picture of all else)

    return fitting(scene)


def _drawn(scene: Scene, key: str, width: int, height: int) -> Picture:
    from dashboard.view.pictures.gallery import drawn  # noqa: PLC0415 (as above)

    return drawn(scene, key, width, height)
