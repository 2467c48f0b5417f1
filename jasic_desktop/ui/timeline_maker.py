"""Makes pictures of the timeline from what it shows, the view and the look; keeps what can be used again."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from jasic_desktop.core.cancel import Progress
from jasic_desktop.render.timeline import MOST_ROWS, ROW_HEIGHT, Arrangement, Mark, Pill
from jasic_desktop.render.timeline_scale import unit_for
from jasic_desktop.render.timeline_view import Limits, Viewport, axis
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_brush import Brush
from jasic_desktop.ui.timeline_layout import AT_ONCE, Layouts, Widths
from jasic_desktop.ui.timeline_legend import LegendEntry, legend_entries
from jasic_desktop.ui.timeline_model import TimelineModel
from jasic_desktop.ui.timeline_paint import LaneHead, Look
from jasic_desktop.ui.timeline_picture import Part, Picture, Rooms
from jasic_desktop.ui.timeline_scene import LANE_PADDING, Scene
from jasic_desktop.ui.timeline_words import TimelineWords

_FONT: Final = 11
_HEAD: Final = (104, 208)
"""Pixels for the names of lanes: at least and at most."""
_DENSITY_ROOM: Final = 8
"""Pixels that a bar of the density has at least."""
_IN_A_MOMENT: Final = 200
"""Events that are laid out between two frames."""
NOTHING: Final = (1.0, 366.0)
"""The days in view where there is no event."""


class PictureMaker:
    """One picture after the other; `layouts` tells when one that was made without a layout is worth making again."""

    def __init__(self, coordinator: Coordinator, model: TimelineModel, words: TimelineWords, layouts: Layouts) -> None:
        self._coordinator = coordinator
        self._model = model
        self._words = words
        self._layouts = layouts
        self._last: Picture | None = None
        self._drawn: tuple[Picture, QPixmap] | None = None
        self.full = False
        self.relook(1.0)

    @property
    def unit(self) -> float:
        """How many pixels a pixel of the design is."""
        return self.look.unit

    def relook(self, ratio: float) -> None:
        """Take colours and letters of the theme, on a screen with `ratio` dots for each pixel."""
        font, bold = self._coordinator.font("small"), self._coordinator.font("ui-strong")
        for made in (font, bold):
            made.setPixelSize(max(self._coordinator.length(_FONT), 1))
        self.look = Look(self._coordinator.theme, font, bold, self._coordinator.text_scale, ratio)
        self._widths = Widths(font, self.unit), Widths(bold, self.unit)
        self.forget()

    def forget(self) -> None:
        """Events, lanes or letters are others now: nothing that was laid out holds any more."""
        self._layouts.forget()
        self._last = self._drawn = None

    def rooms(self, size: QSizeF) -> Rooms:
        """How a widget of a size is divided."""
        unit, width = self.unit, self.look.metrics().horizontalAdvance
        names = max((width(name.label) for name in self._model.lanes), default=0.0)
        notes = 0.0 if self.full else width(str(len(self._model.events))) + 8 * unit
        least, most = (bound * unit for bound in _HEAD)
        left = round(min(max(names + notes + 48 * unit, least), most, size.width() * 0.3))
        lines = max((entry.line for entry in self._legend(size.width() - left)), default=-1) + 1 if self.full else 0
        return Rooms.of(size, left, unit, full=self.full, legend_lines=lines)

    def picture(
        self,
        view: Viewport | None,
        size: QSizeF,
        *,
        scroll: int,
        focus: str | None,
        hover: Part | None,
        brush: Brush,
    ) -> Picture:
        """What is to be seen of `view` (None without events), lanes moved up by `scroll` pixels.

        `focus` is the event with the ring, `hover` what the pointer is on.
        """
        rooms, model, look = self.rooms(size), self._model, self.look
        if view is None:
            view = Viewport.of(Limits(*NOTHING), *NOTHING, rooms.width, look.unit)
        lanes = self._arranged(view, rooms)
        scene = self._scene(lanes, view, rooms, scroll)
        unit = unit_for(view.per_day / look.unit, room=_DENSITY_ROOM)
        density = model.events.density(unit, view.begin, view.end) if self.full else ()
        record = self._coordinator.moment.record
        item = model.events.item(record) if record is not None and record in model.events else None
        made = Picture(
            look,
            rooms,
            view,
            scene,
            self._coordinator.language,
            self._heads(view, scene),
            model.any_strong,
            density=density,
            density_words=self._words.density(unit, max((bucket.count for bucket in density), default=0)),
            legend_title=self._words.say("how"),
            legend=self._legend(size.width() - rooms.left) if self.full else (),
            brush=brush.shown,
            brush_ends=brush.ends,
            selected=(item.first, item.last) if item is not None else None,
            sentence=self._sentence(waiting=lanes is None),
            stretched=self._stretched(view, rooms) if lanes is None else None,
        )
        if lanes is not None:
            self._last = made
        return self.pointing(made, focus, hover)

    def pointing(self, picture: Picture, focus: str | None, hover: Part | None) -> Picture:
        """The same picture with the ring and the card at other events."""
        events = self._model.events
        ringed = picture.scene.find(events.item(focus)) if focus is not None and focus in events else None
        return replace(picture, focus=ringed, card=self._card(focus, ringed, hover))

    def is_laid_out(self, view: Viewport, size: QSizeF) -> bool:
        """Whether every event has its place for what matches now; where it would take longer than a moment to find
        them, it is done in the background, and the layouts tell.
        """
        return self._arranged(view, self.rooms(size), _IN_A_MOMENT) is not None

    def emphasised(self, picture: Picture) -> Picture:
        """The same picture with the events that match now standing out, each where it stood before."""
        return replace(picture, scene=picture.scene.marked(self._model.matches))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _arranged(self, view: Viewport, rooms: Rooms, at_once: int = AT_ONCE) -> Arrangement | None:
        model, per_day = self._model, view.per_day / self.unit
        selected, most = self._coordinator.moment.record, self._rows(rooms)
        items, matches, lanes = model.events.items, model.matches, [name.id for name in model.lanes]
        origin, widths, many = int(view.limits.begin), self._widths, len(items) > at_once

        def make(progress: Progress) -> Arrangement:
            plain, bold = (width.apart() if many else width for width in widths)
            return Arrangement(
                items,
                axis(per_day, origin),
                selected=selected,
                matches=matches,
                measure=plain,
                measure_bold=bold,
                lanes=lanes,
                most=most,
                progress=progress,
            )

        return self._layouts.ask((model.version, per_day, selected, most), len(items), make, at_once)

    def _rows(self, rooms: Rooms) -> int:
        """How many rows a lane may have: in a strip as many as fit below one another."""
        if self.full:
            return MOST_ROWS
        each = rooms.body / max(len(self._model.lanes), 1) - 2 * LANE_PADDING * self.unit
        return min(max(int(each / (ROW_HEIGHT * self.unit)), 1), MOST_ROWS)

    def _scene(self, lanes: Arrangement | None, view: Viewport, rooms: Rooms, scroll: int) -> Scene:
        left = (view.begin - int(view.limits.begin)) * view.per_day / self.unit
        layouts = lanes.view(left, left + view.width / self.unit) if lanes is not None else ()
        return Scene.of(layouts, -left * self.unit, self.unit, rooms.body_top - scroll, rooms.body)

    def _heads(self, view: Viewport, scene: Scene) -> dict[str, LaneHead]:
        made = {}
        unplaced = {lane.layout.id: len(lane.layout.unplaced) for lane in scene.lanes}
        for name in self._model.lanes:
            count = self._model.events.count(view.begin, view.end, name.id)
            note = self._words.events(count) if self.full else str(count)
            if unplaced.get(name.id):
                note = self._words.say("unplaced", note=note, number=unplaced[name.id])
            made[name.id] = LaneHead(name.label, note, self.look.theme.lane_color(name.number))
        return made

    def _legend(self, width: float) -> tuple[LegendEntry, ...]:
        words = self._words.legend(light=self._model.has_others)
        return legend_entries(self.look, words, width - 8 * self.unit)

    def _card(self, focus: str | None, ringed: Part | None, hover: Part | None) -> tuple[Part, str, str] | None:
        """The words of what the pointer is on, else of what the keys are at where no label names it."""
        part = hover or (None if ringed is None or is_labelled(ringed) else ringed)
        if part is None:
            return None
        event_id = event_of(part, focus)
        row = self._model.events.row(event_id)
        note = self._words.note(row, self._model.lane_label(event_id), place_in(part, event_id))
        return part, self._words.title(row), note

    def _sentence(self, *, waiting: bool) -> str:
        if self._coordinator.store is None:
            return ""
        if self._model.is_empty:
            return self._words.say("empty")
        if not len(self._model.events):
            return self._words.say("no_match")
        if waiting and self._last is None:
            return self._words.say("placing", number=len(self._model.events))
        return ""

    def _stretched(self, view: Viewport, rooms: Rooms) -> tuple[QPixmap, QRectF] | None:
        """The last picture that had a layout, and where it is to be drawn while the next layout is made."""
        if self._last is None:
            return None
        if self._drawn is None or self._drawn[0] is not self._last:
            self._drawn = self._last, self._pixmap(self._last)
        last, pixmap = self._drawn
        left, right = view.x(last.view.begin), view.x(last.view.end)
        return pixmap, QRectF(left, rooms.body_top, right - left, pixmap.deviceIndependentSize().height())

    def _pixmap(self, picture: Picture) -> QPixmap:
        ratio, rooms = self.look.ratio, picture.rooms
        pixmap = QPixmap(round(rooms.width * ratio), max(round(rooms.body * ratio), 1))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -rooms.body_top)
        picture.paint_events(painter)
        painter.end()
        return pixmap


def event_of(part: Part, current: str | None) -> str:
    """The event that a mark is of; of a pill the current one where it is in it, else the first."""
    held = part[1]
    if isinstance(held, Mark):
        return held.item.id
    return current if current is not None and current in held.ids else held.ids[0]


def place_in(part: Part, event_id: str) -> tuple[int, int] | None:
    """Which one of how many an event in a pill is; None for one with a mark of its own."""
    held = part[1]
    return (held.ids.index(event_id) + 1, len(held.ids)) if isinstance(held, Pill) else None


def is_labelled(part: Part) -> bool:
    """Whether a label beside it names the event."""
    return isinstance(part[1], Mark) and part[1].labelled
