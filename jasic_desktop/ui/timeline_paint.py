"""Paints the parts of the timeline: axis, lanes, marks, labels, pills, density, brush, legend. Holds no state."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from msgspec import Struct, field
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen, QPixmap

from jasic_desktop.render.timeline import BAR, DOT, LONG_BAR, RING, Item, Mark, Pill, Shape
from jasic_desktop.render.timeline_scale import Bucket, Tick
from jasic_desktop.render.timeline_view import Viewport
from jasic_desktop.ui.theme import Theme
from jasic_desktop.ui.timeline_scene import PlacedLane, Scene

GROUND: Final = "sunken"
_HALO: Final = 4
_SELECTED: Final = 12
_FADE: Final = 0.25
_FILL: Final = 0.3
_FOCUS: Final = 2
_MOST_KEPT: Final = 1000
_AROUND: Final = ((-2, 0), (2, 0), (0, -2), (0, 2), (-1.5, -1.5), (1.5, -1.5), (-1.5, 1.5), (1.5, 1.5))
"""Half of the halo's four pixels in every direction."""


class Look(Struct, frozen=True):
    """How it is drawn: colours, fonts, and how many pixels a pixel of the design is (`unit`, the text size).

    `kept` holds labels and pills as they were drawn, for as long as the look stays the same.
    """

    theme: Theme
    font: QFont
    bold: QFont
    unit: float
    ratio: float = 1.0
    kept: dict[Hashable, QPixmap] = field(default_factory=dict)

    def color(self, name: str, share: float = 1.0) -> QColor:
        """A colour of the theme, `share` (0 to 1) of it opaque."""
        color = self.theme.color(name)
        color.setAlphaF(share)
        return color

    def metrics(self, *, bold: bool = False) -> QFontMetricsF:
        """How large words are."""
        return QFontMetricsF(self.bold if bold else self.font)

    def drawn(self, key: Hashable, size: QSizeF, draw: Callable[[QPainter], None]) -> QPixmap:
        """What `draw` paints on a transparent ground of `size`, painted once for each `key`."""
        known = self.kept.get(key)
        if known is not None:
            return known
        if len(self.kept) >= _MOST_KEPT:
            self.kept.clear()
        made = QPixmap((size * self.ratio).toSize())
        made.setDevicePixelRatio(self.ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        self.kept[key] = made
        return made

    def elided(self, text: str, width: float, *, bold: bool = False) -> str:
        """`text`, cut where it is wider than `width` pixels."""
        return self.metrics(bold=bold).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


class LaneHead(Struct, frozen=True):
    """What stands left of a lane: its name, a line about it (how many events), and its colour."""

    name: str
    note: str
    color: QColor


# ---------------------------------------------------------------------------------------------------------------- words


def paint_words(
    painter: QPainter, look: Look, left: float, middle: float, text: str, color: str = "ink", *, bold: bool = False
) -> None:
    """`text` from `left`, in the middle of a row, over a halo of the ground, so that no line crosses it."""
    drawn = _words_with_halo(look, text, color, bold=bold)
    size = drawn.deviceIndependentSize()
    painter.drawPixmap(QPointF(round(left) - _HALO, round(middle - size.height() / 2)), drawn)


def _words_with_halo(look: Look, text: str, color: str, *, bold: bool) -> QPixmap:
    known = look.kept.get((text, color, bold))
    if known is not None:
        return known
    metrics = look.metrics(bold=bold)
    size = QSizeF(metrics.horizontalAdvance(text) + 2 * _HALO + 2, metrics.height() + 2)

    def draw(painter: QPainter) -> None:
        base = QPointF(_HALO, 1 + metrics.ascent())
        painter.setFont(look.bold if bold else look.font)
        painter.setPen(look.color(GROUND))
        # The words all round their place: the outlines of the letters would take ten times as long to stroke.
        for x, y in _AROUND:
            painter.drawText(base + QPointF(x, y), text)
        painter.setPen(look.color(color))
        painter.drawText(base, text)

    return look.drawn((text, color, bold), size, draw)


# ----------------------------------------------------------------------------------------------------------- the ground


def paint_axis(
    painter: QPainter, look: Look, view: Viewport, axis: Sequence[Tick], top: float, height: float, *, below: float = 0
) -> None:
    """The words of the axis in a row from `top`, `height` pixels high; a label that would be cut has no room.

    A label stands right of where its unit begins. `below` is the length of the short strokes under the row.
    """
    for tick in axis:
        x = round(view.x(tick.day)) + 0.5
        width = look.metrics(bold=tick.major).horizontalAdvance(tick.label)
        if below:
            painter.setPen(QPen(look.color("edge" if tick.major else "line"), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, top + height))
        if x + 6 * look.unit + width <= view.width:
            painter.setFont(look.bold if tick.major else look.font)
            painter.setPen(look.color("ink" if tick.major else "ink-2"))
            area = QRectF(x + 6 * look.unit, top, width + 2, height)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tick.label)


def paint_grid(painter: QPainter, look: Look, view: Viewport, axis: Sequence[Tick], top: float, bottom: float) -> None:
    """A line where each unit of the axis begins, stronger where a year does."""
    for tick in axis:
        x = round(view.x(tick.day)) + 0.5
        painter.setPen(QPen(look.color("edge", 0.55) if tick.major else look.color("line"), 1))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def paint_strokes(painter: QPainter, look: Look, view: Viewport, days: Sequence[int], bottom: float) -> None:
    """Short strokes where smaller units begin, standing on the line at `bottom`."""
    painter.setPen(QPen(look.color("edge"), 1))
    for day in days:
        x = round(view.x(day)) + 0.5
        painter.drawLine(QPointF(x, bottom - 4), QPointF(x, bottom))


def paint_density(
    painter: QPainter, look: Look, view: Viewport, buckets: Sequence[Bucket], tallest: int, base: float, height: float
) -> None:
    """A bar for each unit with events, standing on the line at `base`, the one of `tallest` events `height` high."""
    brush = QBrush(look.color("ink-3", 0.85))
    for bucket in buckets:
        left, right = view.x(bucket.first), view.x(bucket.last + 1)
        gap = 2 if right - left >= 12 else 0.5
        high = max(height * bucket.count / max(tallest, 1), 2)
        wide = max(right - left - 2 * gap, 1)
        if wide < 8:
            painter.fillRect(QRectF(left + gap, base - high, wide, high), brush)
        else:
            # Corners cut by a pixel: a rounded one is a path, which takes longer to fill.
            painter.fillRect(QRectF(left + gap + 1, base - high, wide - 2, 1), brush)
            painter.fillRect(QRectF(left + gap, base - high + 1, wide, high - 1), brush)


def paint_head(painter: QPainter, look: Look, lane: PlacedLane, head: LaneHead, width: float) -> None:
    """The name of a lane and the note about it; on one line where the lane has one row."""
    unit = look.unit
    left, text = 16 * unit, 32 * unit
    line = look.metrics().height()
    two = lane.height >= 2 * line + 8 * unit
    first = lane.top + lane.height / 2
    if two:
        # Level with the first row, but no lower than leaves room for the second line.
        first = min(lane.rows_top + lane.row_height / 2, first - line / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(head.color)
    side = 8 * unit
    painter.drawRoundedRect(QRectF(left, first - side / 2, side, side), 2, 2)
    painter.setFont(look.font)
    align = Qt.AlignmentFlag.AlignVCenter
    note_width = look.metrics().horizontalAdvance(head.note)
    room = width - text - 8 * unit - (0 if two else note_width + 8 * unit)
    painter.setPen(look.color("ink"))
    name = look.elided(head.name, room)
    painter.drawText(QRectF(text, first - line / 2, room + 1, line), align | Qt.AlignmentFlag.AlignLeft, name)
    painter.setPen(look.color("ink-2"))
    if two:
        area = QRectF(text, first + line / 2 + unit, width - text - 8 * unit, line)
        painter.drawText(area, align | Qt.AlignmentFlag.AlignLeft, look.elided(head.note, area.width()))
    else:
        area = QRectF(text + room, first - line / 2, note_width + 8 * unit, line)
        painter.drawText(area, align | Qt.AlignmentFlag.AlignRight, head.note)


# ------------------------------------------------------------------------------------------------------------ the marks


def paint_mark(
    painter: QPainter, look: Look, scene: Scene, lane: PlacedLane, mark: Mark, color: QColor, *, strong: bool
) -> None:
    """The sign of one event: filled where it is `strong`, else an outline with a light fill; never a faded one."""
    middle = lane.middle(mark.row)
    box = QRectF(scene.x(mark.left), 0, (mark.right - mark.left) * scene.unit, 0)
    if mark.selected:
        color = look.color("accent")
    if mark.item.shape is Shape.BAR:
        box.setTop(middle - BAR * scene.unit / 2)
        box.setBottom(middle + BAR * scene.unit / 2)
        paint_bar(painter, box, mark.item, color, look, strong=strong or mark.selected)
    else:
        centre = QPointF(box.center().x(), middle)
        paint_point(painter, centre, mark.item, color, look, strong=strong or mark.selected, large=mark.selected)
    if mark.selected and mark.item.shape is Shape.BAR:
        painter.setPen(QPen(color, 1.5 * look.unit))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = 3.5 * look.unit
        painter.drawRoundedRect(box.adjusted(-around, -around, around, around), 4, 4)


def paint_label(painter: QPainter, look: Look, scene: Scene, lane: PlacedLane, mark: Mark) -> None:
    """The words beside a mark."""
    if mark.label_left is None:
        return
    bold = mark.selected or mark.matched
    token = "accent" if mark.selected else "ink"
    paint_words(painter, look, scene.x(mark.label_left), lane.middle(mark.row), mark.item.label, token, bold=bold)


def paint_pill(
    painter: QPainter, look: Look, scene: Scene, lane: PlacedLane, pill: Pill, color: QColor, *, strong: bool
) -> None:
    """`+n` in a rounded box, filled where any of its events is `strong`."""
    width, high = (pill.right - pill.left) * scene.unit, 15 * scene.unit
    words = pill_words(len(pill.ids))
    box = QRectF(1, 1, width, high)
    drawn = look.drawn(
        (words, color.name(), strong),
        QSizeF(width + 2, high + 2),
        lambda inner: paint_pill_box(inner, look, box, words, color, strong=strong),
    )
    painter.drawPixmap(QPointF(scene.x(pill.left) - 1, lane.middle(pill.row) - high / 2 - 1), drawn)


def pill_words(number: int) -> str:
    """How many events are in a pill, in as few signs as it has room for."""
    return f"+{number}" if number < 1000 else f"+{number // 1000}k"


def paint_pill_box(
    painter: QPainter, look: Look, box: QRectF, words: str, color: QColor, *, strong: bool = True
) -> None:
    """A rounded box with the number of events in it."""
    painter.setPen(QPen(color, look.unit))
    painter.setBrush(look.color("chip" if strong else GROUND))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    painter.setFont(look.bold if strong else look.font)
    painter.setPen(look.color("ink"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def paint_point(
    painter: QPainter, centre: QPointF, item: Item, color: QColor, look: Look, *, strong: bool, large: bool = False
) -> None:
    """An event of one day: a disc, a dashed ring for one about that day, a diamond where accounts differ."""
    unit = look.unit
    radius = (_SELECTED if large else DOT) * unit / 2
    about = item.shape is Shape.ABOUT
    if item.differs:
        _paint_diamond(painter, centre, color, look, radius + unit, about=about, strong=strong)
    elif about:
        _paint_dashed_ring(painter, centre, color, unit, radius)
    elif strong:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(centre, radius, radius)
    else:
        painter.setPen(QPen(color, 1.5 * unit))
        painter.setBrush(_light(color))
        painter.drawEllipse(centre, radius - 0.75 * unit, radius - 0.75 * unit)
    if large:
        painter.setPen(QPen(color, 1.5 * unit))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = (RING - 1.5) * unit / 2
        painter.drawEllipse(centre, ring, ring)


def _paint_diamond(
    painter: QPainter,
    centre: QPointF,
    color: QColor,
    look: Look,
    radius: float,
    *,
    about: bool,
    strong: bool,
    halo: bool = True,
) -> None:
    """The sign of accounts that differ: half of it filled, as beside a statement. A `halo` sets it off."""
    top, bottom = centre - QPointF(0, radius), centre + QPointF(0, radius)
    left, right = centre - QPointF(radius, 0), centre + QPointF(radius, 0)
    painter.setPen(QPen(look.color(GROUND), 4 * look.unit) if halo else Qt.PenStyle.NoPen)
    painter.setBrush(look.color(GROUND))
    painter.drawPolygon([top, right, bottom, left])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color if strong else _light(color))
    painter.drawPolygon([top, bottom, left])
    painter.setPen(_dashed(color, look.unit) if about else QPen(color, 1.5 * look.unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon([top, right, bottom, left])


def _dashed(color: QColor, unit: float) -> QPen:
    pen = QPen(color, 1.5 * unit)
    pen.setDashPattern([1.4, 1.4])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _paint_dashed_ring(painter: QPainter, centre: QPointF, color: QColor, unit: float, radius: float) -> None:
    painter.setPen(_dashed(color, unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius - 0.75 * unit, radius - 0.75 * unit)


def paint_bar(painter: QPainter, box: QRectF, item: Item, color: QColor, look: Look, *, strong: bool) -> None:
    """An event of several days in `box`, with its soft ends."""
    unit = look.unit
    fill: QBrush | QColor = color if strong else _light(color)
    edge: QBrush | QColor = color
    if item.soft_start or item.soft_end:
        fill = QBrush(_fading(box, QColor(fill), item))
        edge = QBrush(_fading(box, color, item))
    radius = 3 * unit
    if strong:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, radius, radius)
    else:
        pen = QPen(QBrush(edge), 1.5 * unit)
        painter.setPen(pen)
        painter.setBrush(fill)
        inset = 0.75 * unit
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    if item.differs:
        is_long = box.width() > LONG_BAR * unit
        _paint_diamond(
            painter, box.center(), color, look, DOT * unit / 2 + unit, about=False, strong=strong, halo=is_long
        )


def _fading(box: QRectF, color: QColor, item: Item) -> QLinearGradient:
    """`color` along a bar, fading over a quarter of it at each soft end."""
    clear = QColor(color)
    clear.setAlphaF(0)
    fade = QLinearGradient(box.left(), 0, box.right(), 0)
    fade.setColorAt(0, clear if item.soft_start else color)
    fade.setColorAt(_FADE, color)
    fade.setColorAt(1 - _FADE, color)
    fade.setColorAt(1, clear if item.soft_end else color)
    return fade


def _light(color: QColor) -> QColor:
    light = QColor(color)
    light.setAlphaF(_FILL)
    return light


# --------------------------------------------------------------------------------------------------- what is over them


def paint_selected_line(painter: QPainter, look: Look, x: float, top: float, bottom: float) -> None:
    """A dashed line through all lanes at the selected event."""
    pen = QPen(look.color("accent", 0.7), 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, bottom))


def paint_brush(
    painter: QPainter, look: Look, left: float, right: float, top: float, bottom: float, *, ends: tuple[bool, bool]
) -> None:
    """The stretch that is brushed, with a handle at each end that is set."""
    painter.fillRect(QRectF(left, top, right - left, bottom - top), look.color("accent-soft"))
    painter.setPen(QPen(look.color("accent"), 1))
    for x, there in ((left, ends[0]), (right, ends[1])):
        if there:
            painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, bottom))


def paint_handle(painter: QPainter, look: Look, x: float, middle: float, high: float) -> None:
    """What a pointer takes hold of at an end of the brush, `high` pixels of the design from top to bottom."""
    unit = look.unit
    box = QRectF(x - 4 * unit, middle - high / 2 * unit, 8 * unit, high * unit)
    painter.setPen(QPen(look.color("accent"), 1.5))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(look.color("accent"), 1))
    for shift in (-1.0, 1.0):
        painter.drawLine(
            QPointF(x + shift * unit, middle - high / 5 * unit), QPointF(x + shift * unit, middle + high / 5 * unit)
        )


def paint_focus(painter: QPainter, look: Look, box: QRectF) -> None:
    """The ring round the mark that the keys move."""
    pen = QPen(look.color("accent"), _FOCUS)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = float(_FOCUS)
    ring = box.adjusted(-around, -around, around, around)
    painter.drawRoundedRect(ring, min(6.0, ring.height() / 2), min(6.0, ring.height() / 2))


def paint_card(painter: QPainter, look: Look, beside: QRectF, within: QRectF, title: str, note: str) -> QRectF:
    """A small card that names an event, below its mark or above it, never outside `within`; where it was drawn."""
    unit = look.unit
    bold, plain = look.metrics(bold=True), look.metrics()
    most = min(within.width() - 16 * unit, 360 * unit)
    title, note = look.elided(title, most - 16 * unit, bold=True), look.elided(note, most - 16 * unit)
    width = max(bold.horizontalAdvance(title), plain.horizontalAdvance(note)) + 17 * unit
    line = 16 * unit
    height = 2 * line + 10 * unit
    left = min(max(beside.center().x() - width / 2, within.left() + 4), within.right() - width - 4)
    top = beside.bottom() + 7 * unit
    if top + height > within.bottom():
        top = max(beside.top() - 7 * unit - height, within.top())
    card = QRectF(round(left) + 0.5, round(top) + 0.5, round(width), round(height))
    painter.setPen(QPen(look.color("edge"), 1))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(card, 6, 6)
    text = QRectF(card.left() + 8 * unit, card.top() + 5 * unit, card.width(), line)
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(look.bold)
    painter.setPen(look.color("ink"))
    painter.drawText(text, align, title)
    painter.setFont(look.font)
    painter.setPen(look.color("ink-2"))
    painter.drawText(text.translated(0, line), align, note)
    return card
