"""One picture of the timeline: what the widget shows at a moment, and painting it in the right order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from jasic_desktop.core.languages import Language
from jasic_desktop.render.timeline import Mark, Pill
from jasic_desktop.render.timeline_scale import Bucket, Tick, Unit, starts, ticks, unit_for
from jasic_desktop.render.timeline_view import Viewport
from jasic_desktop.ui.timeline_legend import LegendEntry, paint_legend
from jasic_desktop.ui.timeline_paint import (
    GROUND,
    LaneHead,
    Look,
    paint_axis,
    paint_brush,
    paint_card,
    paint_density,
    paint_focus,
    paint_grid,
    paint_handle,
    paint_head,
    paint_label,
    paint_mark,
    paint_pill,
    paint_selected_line,
    paint_strokes,
)
from jasic_desktop.ui.timeline_scene import PlacedLane, Scene

_DENSITY: Final = 48
_AXIS: Final = 24
_LEGEND: Final = 28
_LEAST_BODY: Final = 60
BAR_WIDTH: Final = 10
_RIGHT: Final = BAR_WIDTH + 2
"""Pixels right of the axis, where the scroll bar of the lanes stands."""
_SMALLER: Final[Mapping[Unit, Unit]] = {
    "week": "day",
    "month": "week",
    "quarter": "month",
    "year": "quarter",
    "decade": "year",
    "century": "decade",
}

Part = tuple[PlacedLane, Mark | Pill]


class Rooms(Struct, frozen=True):
    """How the widget is divided: from top to bottom density, axis, lanes and legend, in a strip lanes and axis."""

    size: QSizeF
    left: float
    density: float
    axis_top: float
    axis: float
    body_top: float
    body: float
    legend_top: float
    legend: float

    @classmethod
    def of(cls, size: QSizeF, left: float, unit: float, *, full: bool, legend_lines: int = 0) -> Rooms:
        """The rooms of a widget; what is no lane gives way where it is low."""
        axis = _AXIS * unit
        if not full:
            body = max(size.height() - axis, 0)
            return cls(size, left, 0, body, axis, 0, body, size.height(), 0)
        density, legend = _DENSITY * unit, legend_lines * _LEGEND * unit
        if size.height() - density - axis - legend < _LEAST_BODY * unit:
            legend = 0.0
        if size.height() - density - axis < _LEAST_BODY * unit:
            density = 0.0
        top = density + axis
        body = max(size.height() - top - legend, 0)
        return cls(size, left, density, density, axis, top, body, top + body, legend)

    @property
    def width(self) -> float:
        """The width of the axis in pixels."""
        return max(self.size.width() - self.left - _RIGHT, 1)

    @property
    def body_rect(self) -> QRectF:
        """The lanes, in pixels of the widget."""
        return QRectF(self.left, self.body_top, self.width, self.body)


class Picture(Struct, frozen=True):
    """All that is to be seen. Positions of `view` and `scene` begin at the left end of the axis."""

    look: Look
    rooms: Rooms
    view: Viewport
    scene: Scene
    language: Language
    heads: Mapping[str, LaneHead]
    any_strong: Callable[[Sequence[str]], bool]
    density: tuple[Bucket, ...] = ()
    density_words: tuple[str, str] = ("", "")
    legend_title: str = ""
    legend: tuple[LegendEntry, ...] = ()
    brush: tuple[float, float] | None = None
    brush_ends: tuple[bool, bool] = (True, True)
    selected: tuple[int, int] | None = None
    focus: Part | None = None
    card: tuple[Part, str, str] | None = None
    sentence: str = ""
    stretched: tuple[QPixmap, QRectF] | None = None

    def paint(self, painter: QPainter) -> None:
        """The whole picture."""
        for _ in self.steps(painter):
            pass

    def steps(self, painter: QPainter) -> Generator[None]:
        """The whole picture, with a pause after each small part of it; until the end `painter` is for this alone."""
        look, rooms = self.look, self.rooms
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(QPointF(0, 0), rooms.size), look.color(GROUND))
        unit = unit_for(self.view.per_day / look.unit)
        # One unit more on the left, so that the words of the axis do not change while it begins in view.
        axis = ticks(self.view.begin, self.view.end, unit, self.language)
        self._paint_ground(painter, axis)
        yield
        painter.save()
        painter.setClipRect(rooms.body_rect)
        painter.translate(rooms.left, 0)
        try:
            if self.stretched is not None:
                picture, target = self.stretched
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(target, picture, QRectF(picture.rect()))
            else:
                yield from self.event_steps(painter)
        finally:
            painter.restore()
        self._paint_heads(painter)
        yield
        self._paint_axis(painter, axis, unit)
        yield
        if rooms.legend:
            self._paint_legend(painter)
        if self.sentence:
            painter.setFont(look.font)
            painter.setPen(look.color("ink-2"))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(rooms.body_rect, flags, self.sentence)
        self._paint_over(painter)

    def paint_events(self, painter: QPainter) -> None:
        """Marks, labels and pills of all lanes, from the left end of the axis."""
        for _ in self.event_steps(painter):
            pass

    def event_steps(self, painter: QPainter) -> Generator[None]:
        """The same, with a pause after each."""
        look, scene, top, bottom = self.look, self.scene, self.rooms.body_top, self.rooms.body_top + self.rooms.body
        for lane in scene.lanes:
            if lane.top > bottom or lane.top + lane.height < top:
                continue
            color = self.heads[lane.layout.id].color
            for mark in lane.layout.marks:
                paint_mark(painter, look, scene, lane, mark, color, strong=self.any_strong((mark.item.id,)))
                yield
            for pill in lane.layout.pills:
                strong = self.any_strong(pill.ids)
                paint_pill(painter, look, scene, lane, pill, color, strong=strong)
                yield
            for mark in lane.layout.marks:
                paint_label(painter, look, scene, lane, mark)
                yield

    def brush_edges(self) -> tuple[float, float] | None:
        """Where the brush begins and ends on the axis."""
        if self.brush is None:
            return None
        return self.view.x(self.brush[0]), self.view.x(self.brush[1] + 1)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _paint_ground(self, painter: QPainter, axis: tuple[Tick, ...]) -> None:
        rooms, look, view = self.rooms, self.look, self.view
        bottom = rooms.body_top + rooms.body
        painter.save()
        painter.setClipRect(QRectF(rooms.left, 0, rooms.width, bottom))
        painter.translate(rooms.left, 0)
        edges = self.brush_edges()
        if edges is not None:
            paint_brush(painter, look, *edges, 0, bottom, ends=self.brush_ends)
        paint_grid(painter, look, view, axis, rooms.body_top, bottom)
        painter.restore()
        painter.setPen(QPen(look.color("line"), 1))
        painter.setClipRect(QRectF(0, rooms.body_top, rooms.size.width(), rooms.body))
        for lane in self.scene.lanes:
            y = round(lane.top + lane.height) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(rooms.size.width(), y))
        painter.setClipping(False)
        if self.selected is not None:
            first, last = self.selected
            x = view.x(first) if last > first else view.x(first + 0.5)
            if 0 <= x <= view.width:
                top = rooms.density if rooms.density else rooms.body_top
                paint_selected_line(painter, look, rooms.left + x, top, bottom)

    def _paint_heads(self, painter: QPainter) -> None:
        rooms = self.rooms
        painter.setClipRect(QRectF(0, rooms.body_top, rooms.left, rooms.body))
        for lane in self.scene.lanes:
            paint_head(painter, self.look, lane, self.heads[lane.layout.id], rooms.left)
        painter.setClipping(False)
        if rooms.density:
            unit, metrics = self.look.unit, self.look.metrics()
            painter.setFont(self.look.font)
            painter.setPen(self.look.color("ink-2"))
            for line, words in enumerate(self.density_words):
                area = QRectF(16 * unit, 8 * unit + line * metrics.height(), rooms.left - 20 * unit, metrics.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.look.elided(words, area.width()))

    def _paint_axis(self, painter: QPainter, axis: tuple[Tick, ...], unit: Unit) -> None:
        rooms, look, view = self.rooms, self.look, self.view
        line = QPen(look.color("line"), 1)
        painter.save()
        painter.translate(rooms.left, 0)
        painter.setClipRect(QRectF(0, 0, rooms.width + _RIGHT, rooms.size.height()))
        if rooms.density:
            buckets = self.density
            tallest = max((bucket.count for bucket in buckets), default=1)
            base = rooms.density - 0.5
            painter.save()
            painter.setClipRect(QRectF(0, 0, rooms.width, base))
            paint_density(painter, look, view, buckets, tallest, base, rooms.density - 10 * look.unit)
            painter.restore()
            painter.setPen(line)
            painter.drawLine(QPointF(0, base), QPointF(rooms.width, base))
        smaller = _SMALLER.get(unit)
        if smaller is not None and rooms.density:
            days = tuple(starts(view.begin, view.end, smaller))
            paint_strokes(painter, look, view, days, round(rooms.body_top) + 0.5)
        paint_axis(painter, look, view, axis, rooms.axis_top, rooms.axis)
        painter.restore()
        painter.setPen(line)
        y = (rooms.body_top if rooms.density else rooms.axis_top) + 0.5
        painter.drawLine(QPointF(0, round(y) - 0.5), QPointF(rooms.size.width(), round(y) - 0.5))

    def _paint_legend(self, painter: QPainter) -> None:
        rooms, unit = self.rooms, self.look.unit
        painter.setPen(QPen(self.look.color("line"), 1))
        y = round(rooms.legend_top) + 0.5
        painter.drawLine(QPointF(0, y), QPointF(rooms.size.width(), y))
        painter.setFont(self.look.font)
        painter.setPen(self.look.color("ink-2"))
        area = QRectF(16 * unit, rooms.legend_top, rooms.left - 20 * unit, _LEGEND * unit)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.look.elided(self.legend_title, area.width()))
        paint_legend(painter, self.look, self.legend, rooms.left, rooms.legend_top, _LEGEND * unit)

    def _paint_over(self, painter: QPainter) -> None:
        rooms = self.rooms
        painter.save()
        painter.translate(rooms.left, 0)
        edges = self.brush_edges()
        if edges is not None:
            # Among the bars above the lanes, else on the line of the axis: never over an event.
            middle, high = (rooms.density / 2, 20) if rooms.density else (rooms.axis_top, 12)
            for x, there in zip(edges, self.brush_ends, strict=True):
                if there and 0 <= x <= rooms.width:
                    paint_handle(painter, self.look, x, middle, high)
        within = QRectF(0, rooms.body_top, rooms.width, rooms.body)
        if self.focus is not None:
            painter.save()
            painter.setClipRect(within)
            paint_focus(painter, self.look, self.focus_box(self.focus).intersected(within.adjusted(4, 4, -4, -4)))
            painter.restore()
        if self.card is not None:
            part, title, note = self.card
            area = QRectF(-rooms.left, 0, rooms.size.width(), rooms.size.height())
            paint_card(painter, self.look, self.focus_box(part).intersected(within), area, title, note)
        painter.restore()

    def focus_box(self, part: Part) -> QRectF:
        """What a ring goes round: a mark or a pill, on the axis."""
        return self.scene.box(*part)
