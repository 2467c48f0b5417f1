"""A painted text with links: it wraps anywhere, never widens what holds it, and its links take keys and clicks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jasic_desktop.core.blocks import (
    Address,
    Citation,
    Emphasis,
    InLanguage,
    Inline,
    Mark,
    RecordLink,
    Sign,
    Text,
    plain,
)
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_tooltip
from jasic_desktop.ui.theme import LINE_HEIGHTS, Role

LONGEST: Final = 4000
"""Characters shown of one text; the page of the record has the whole."""
_BEFORE_NUMBER: Final = "\u202f"
"""A narrow space that does not break: a number never stands at the start of a line."""

_NUMBER: Final = 1.2
"""The size of a number over that of the text, before it is raised: Qt draws raised letters at two thirds."""


class Target(Struct, frozen=True):
    """A place in the text that leads somewhere: a record's id, a cited document's id, or an address to copy."""

    kind: Literal["record", "source", "address"]
    value: str
    words: str
    start: int
    length: int


class InlineText(QWidget):
    """Shows inlines in one role and colour.

    `followed` carries a record's id and whether a new tab was asked for, `cited` a document's id, `copied` an
    address. `pointed` tells the target that the pointer or the focus is on, and where; None when it has left.
    """

    spoken_role = "Paragraph"

    followed = Signal(str, bool)
    cited = Signal(str)
    copied = Signal(str)
    pointed = Signal(object, QRect)

    def __init__(
        self, coordinator: Coordinator, role: Role = "ui", color: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._role: Role = role
        self._color = color
        self._inlines: Inlines = ()
        self._sources: Mapping[str, tuple[int, str]] = {}
        self._longest = LONGEST
        self._text = ""
        self._spoken = ""
        self._formats: list[QTextLayout.FormatRange] = []
        self._layout: QTextLayout | None = None
        self._width = -1
        self._height = 0
        self._heights: dict[int, int] = {}
        self._targets: tuple[Target, ...] = ()
        self._areas: tuple[tuple[QRectF, ...], ...] = ()
        self._current = -1
        self._hovered = -1
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def text(self) -> str:
        """The characters shown."""
        return self._text

    @property
    def targets(self) -> tuple[Target, ...]:
        """The places that lead somewhere, in order."""
        return self._targets

    @property
    def current(self) -> Target | None:
        """The target that has the focus."""
        return self._targets[self._current] if 0 <= self._current < len(self._targets) else None

    def area_of(self, target: Target) -> QRect:
        """Where a target stands (its first line)."""
        self._lay_out(self.width())
        areas = self._areas[self._targets.index(target)]
        return areas[0].toAlignedRect() if areas else QRect()

    # ------------------------------------------------------------------------------------------------------ slots

    def set_role(self, role: Role) -> None:
        """Set the text in another size."""
        self._role = role
        self.refresh()

    def show_text(self, text: str, longest: int = LONGEST) -> None:
        """Show a plain text."""
        self.show_inlines((Text(text),) if text else (), {}, longest)

    def show_inlines(
        self, inlines: Inlines, sources: Mapping[str, tuple[int, str]] | None = None, longest: int = LONGEST
    ) -> None:
        """Show `inlines`; `sources` gives the number and the reference of each document that they may cite."""
        self._inlines, self._sources, self._longest = inlines, sources or {}, longest
        self._current = self._hovered = -1
        self._spoken = ""
        self.refresh()

    def set_spoken(self, spoken: str) -> None:
        """Say this aloud instead of the text alone, until another is shown."""
        self._spoken = spoken
        self._tell()

    def refresh(self) -> None:
        """Take fonts and colours from the theme again."""
        made = _Runs(self._coordinator, self._role, self._color, self._sources, self._longest)
        made.add(self._inlines)
        self._text, self._formats, self._targets = made.text, made.formats, tuple(made.targets)
        self._layout, self._width = None, -1
        self._heights.clear()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._targets else Qt.FocusPolicy.NoFocus)
        self._tell()
        self.updateGeometry()
        self.update()

    # ----------------------------------------------------------------------------------------------------- events

    def hasHeightForWidth(self) -> bool:
        """It grows downwards."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of all lines at `width`; layouts around ask many times, for few widths."""
        if width not in self._heights:
            self._lay_out(width)
            self._heights[width] = self._height
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As much as it was given, in as many lines as that takes."""
        width = self.width() if self._width > 0 else self._coordinator.length(200)
        return QSize(self._coordinator.length(120), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few letters wide."""
        return QSize(self._coordinator.length(40), round(self._line_height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay_out(self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text and the ring around the target that has the focus."""
        self._lay_out(self.width())
        if self._layout is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._coordinator.theme.color(self._color))
        self._layout.draw(painter, QPointF(0, 0))
        if self._hovered >= 0:
            self._underline(painter, self._hovered)
        if self.hasFocus() and self.current is not None:
            painter.setPen(QPen(self._coordinator.theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for area in self._areas[self._current]:
                inside = area.adjusted(-3, 0, 3, 0).intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))
                painter.drawRoundedRect(inside, 4, 4)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell what a click on an address does when the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos().toPointF())
            # A number has its card.
            told = at >= 0 and self._targets[at].kind == "address"
            QToolTip.showText(event.globalPos(), plain_tooltip(self._targets[at].words) if told else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes to the first target, Shift+Tab to the last."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._go(len(self._targets) - 1)
        elif self.current is None or event.reason() == Qt.FocusReason.TabFocusReason:
            self._go(0)
        else:
            self._go(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.pointed.emit(None, QRect())
        self.update()

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Tab goes through the targets, then on to what comes next."""
        at = self._current + (1 if forward else -1)
        if self.hasFocus() and 0 <= at < len(self._targets):
            self._go(at)
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows, with Ctrl in a new tab; left and right go through the targets."""
        key = event.key()
        if self.current is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._follow(self.current, new_tab=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(max(0, min(self._current + (1 if key == Qt.Key.Key_Right else -1), len(self._targets) - 1)))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what leads somewhere."""
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self._point(at)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        if self._hovered >= 0:
            self._hovered = -1
            self._point(-1)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken where a target is; the click counts when the button is let go."""
        event.setAccepted(self._at(event.position()) >= 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click follows, with Ctrl or the middle button in a new tab."""
        at = self._at(event.position())
        if at < 0 or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        middle = event.button() == Qt.MouseButton.MiddleButton
        new_tab = middle or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._follow(self._targets[at], new_tab=new_tab)

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _line_height(self) -> float:
        return self._coordinator.font(self._role).pixelSize() * LINE_HEIGHTS[self._role]

    def _lay_out(self, width: int) -> None:
        if width == self._width and self._layout is not None:
            return
        self._width = width
        layout = QTextLayout(self._text, self._coordinator.font(self._role))
        layout.setCacheEnabled(True)
        layout.setFormats(self._formats)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        high, count = self._line_height, 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, count * high + (high - line.height()) / 2))
            count += 1
        layout.endLayout()
        self._layout = layout
        self._height = max(1, round(count * high)) if self._text else 0
        self._areas = tuple(tuple(self._lines_of(layout, target)) for target in self._targets)

    def _lines_of(self, layout: QTextLayout, target: Target) -> list[QRectF]:
        areas, end, high = [], target.start + target.length, self._line_height
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = max(target.start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = float(line.cursorToX(first)[0]), float(line.cursorToX(last)[0])  # type: ignore[index]
                areas.append(QRectF(min(left, right), number * high, abs(right - left), high))
        return areas

    def _at(self, place: QPointF) -> int:
        """The target at a place; -1 where there is none. Numbers are small: they are hit from close by too."""
        self._lay_out(self.width())
        for at, areas in enumerate(self._areas):
            if any(area.adjusted(-1, 0, 1, 0).contains(place) for area in areas):
                return at
        return -1

    def _go(self, at: int) -> None:
        self._current = at
        self._tell()
        self._point(at)
        self.update()

    def _point(self, at: int) -> None:
        target = self._targets[at] if 0 <= at < len(self._targets) else None
        self.pointed.emit(target, self.area_of(target) if target is not None else QRect())

    def _tell(self) -> None:
        """The name is the text, so that a reader hears it whole; the description is the target with the focus."""
        self.setAccessibleName((self._spoken or self._text)[:LONGEST])
        self.setAccessibleDescription(self.current.words if self.current is not None else "")

    def _follow(self, target: Target, *, new_tab: bool) -> None:
        if target.kind == "record":
            self.followed.emit(target.value, new_tab)
        elif target.kind == "source":
            self.cited.emit(target.value)
        else:
            self.copied.emit(target.value)

    def _underline(self, painter: QPainter, at: int) -> None:
        target = self._targets[at]
        painter.setPen(QPen(self._coordinator.theme.color("accent" if target.kind == "source" else "link"), 1))
        for area in self._areas[at]:
            painter.drawLine(area.bottomLeft() - QPointF(0, 2), area.bottomRight() - QPointF(0, 2))


class _Runs:
    """Inlines as one string with formats and targets."""

    def __init__(
        self, coordinator: Coordinator, role: Role, color: str, sources: Mapping[str, tuple[int, str]], longest: int
    ) -> None:
        self._coordinator = coordinator
        self._font = coordinator.font(role)
        self._color = coordinator.theme.color(color)
        self._sources = sources
        self._left = longest
        self._place = 0
        self.text = ""
        self.formats: list[QTextLayout.FormatRange] = []
        self.targets: list[Target] = []

    def add(self, inlines: Inlines) -> None:
        """Append `inlines`."""
        for inline in inlines:
            self._add(inline, self._font, self._color)

    def _add(self, inline: Inline, font: QFont, color: QColor) -> None:
        match inline:
            case Text() | Mark():
                self._write(inline.text, font, color)
            case Emphasis():
                heavier = QFont(font)
                heavier.setBold(inline.strong or font.bold())
                heavier.setItalic(not inline.strong)
                for part in inline.inlines:
                    self._add(part, heavier, color)
            case InLanguage():
                for part in inline.inlines:
                    self._add(part, font, color)
            case RecordLink():
                begun = self._place
                for part in inline.inlines:
                    self._add(part, font, self._coordinator.theme.color("link"))
                self._lead("record", inline.id, one_line(plain(inline.inlines)[:LONGEST]), begun)
            case Citation():
                self._cite(inline, font)
            case Address():
                begun = self._place
                self._write(inline.url, font, color)
                words = self._coordinator.words("window.profile.copy_address")
                self._lead("address", inline.url, words, begun)
            case Sign():
                self._write(self._coordinator.words(f"render.certainty.{inline.certainty}"), font, color)

    def _cite(self, citation: Citation, font: QFont) -> None:
        small = QFont(font)
        small.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(round(font.pixelSize() * _NUMBER))
        narrow = QFont(small)
        narrow.setPixelSize(max(1, small.pixelSize() // 3))
        accent = self._coordinator.theme.color("accent")
        known = sorted(
            (self._sources[source.id][0], source.id) for source in citation.sources if source.id in self._sources
        )
        for at, (number, document) in enumerate(known):
            self._write("," if at else _BEFORE_NUMBER, small if at else narrow, accent, raised=True)
            begun = self._place
            self._write(str(number), small, accent, raised=True)
            reference = self._sources[document][1]
            words = self._coordinator.words("window.profile.source", number=number, reference=reference)
            self._lead("source", document, words, begun)

    def _lead(self, kind: Literal["record", "source", "address"], value: str, words: str, begun: int) -> None:
        if self._place > begun:
            self.targets.append(Target(kind, value, words, begun, self._place - begun))

    def _write(self, text: str, font: QFont, color: QColor, *, raised: bool = False) -> None:
        if self._left <= 0:
            return
        # What is not shown need not be made visible either: a text may be very long.
        shown = one_line(text[: self._left])
        self._left -= len(shown)
        if len(text) > len(shown) and self._left <= 0:
            shown += "…"
        look = QTextCharFormat()
        look.setFont(font)
        look.setForeground(color)
        if raised:
            look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        place = QTextLayout.FormatRange()
        # Qt counts in UTF-16.
        place.start, place.length, place.format = self._place, len(shown.encode("utf-16-le")) // 2, look
        self.formats.append(place)
        self._place += place.length
        self.text += shown
