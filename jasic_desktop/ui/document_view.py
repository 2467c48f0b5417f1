"""Shows one page to be read: a centred column, names and numbers that can be chosen by mouse and keys."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from jasic_desktop.render.page import Page
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.document import JOINER, NARROW, Link, Place, Writing
from jasic_desktop.ui.document_blank import RING, ClosedDocument, blank_document
from jasic_desktop.ui.document_format import Formats, reading_width
from jasic_desktop.ui.document_links import begin_selection, draw_ring, link_at, neighbour, on_screen
from jasic_desktop.ui.document_marks import MarkLayers
from jasic_desktop.ui.document_menu import reading_menu
from jasic_desktop.ui.document_pictures import PICTURE, PLACEHOLDER, Shown, fit
from jasic_desktop.ui.document_signs import draw_signs
from jasic_desktop.ui.plain_mime import plain_mime
from jasic_desktop.ui.text_areas import areas_of

FIRST_SLICE: Final = 0.04
"""Seconds that are spent on a page before it is shown; what is left is written in turns of SLICE seconds."""
SLICE: Final = 0.01
_LONGEST_NAME: Final = 1000
_SIDE: Final = 20
_SCROLLS: Final = {
    Qt.Key.Key_Up: "line",
    Qt.Key.Key_Down: "line",
    Qt.Key.Key_PageUp: "page",
    Qt.Key.Key_PageDown: "page",
    Qt.Key.Key_Space: "page",
    Qt.Key.Key_Home: "end",
    Qt.Key.Key_End: "end",
}
_TAB_REASONS: Final = tuple(Qt.FocusReason[f"{name}FocusReason"] for name in ("Tab", "Backtab", "Shortcut"))


class DocumentView(QTextEdit):
    """One page. `followed` and `opened` tell the record of a name that was chosen, `opened` also whether in a new tab.

    `scrolled` tells how far (0 to 1). `source_pointed` brings the number the mouse or the keyboard is on and where it
    stands on the screen; `source_left` when it is on none. `filled` comes when a page is whole, `pictured` with
    the name of a picture that was chosen.
    """

    followed = Signal(str)
    opened = Signal(str, bool)
    scrolled = Signal(float)
    source_pointed = Signal(int, QRect, bool)
    source_left = Signal()
    filled = Signal()
    pictured = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._page: Page | None = None
        self._writing: Writing | None = None
        self._steps: Iterator[None] | None = None
        self._wanted: float | Place = 0.0
        self._focused: Link | None = None
        self._pressed: Link | None = None
        self._pointed: Link | None = None
        self._is_ringed = False
        self._is_placing = False
        self._was_narrow = False
        self.marks = MarkLayers(self)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._moved)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def is_whole(self) -> bool:
        """Whether the page is written to its end."""
        return self._steps is None

    @property
    def links(self) -> list[Link]:
        """The names and numbers on the page, in reading order."""
        return self._writing.links if self._writing is not None else []

    @property
    def pictures(self) -> list[Shown]:
        """The pictures on the page."""
        return self._writing.pictures if self._writing is not None else []

    @property
    def focused_link(self) -> Link | None:
        """The name or number that the keyboard is on."""
        return self._focused

    @property
    def scroll_share(self) -> float:
        """How far the page is scrolled, from 0 to 1."""
        return (bar := self.verticalScrollBar()).value() / max(bar.maximum(), 1)

    @property
    def first_seen(self) -> int:
        """The place in the text at the top of what is seen."""
        if self.verticalScrollBar().value() == 0:
            return 0  # even before anything is laid out
        return self.cursorForPosition(QPoint(0, 0)).position()

    @property
    def last_seen(self) -> int:
        """The place in the text at the bottom of what is seen."""
        return self.cursorForPosition(self.viewport().rect().bottomRight()).position()

    @property
    def place(self) -> Place:
        """Where the reader is, in a way that holds when the page is written in another size or language."""
        bar = self.verticalScrollBar()
        starts = self._writing.starts if self._writing is not None else []
        block = bisect_right(starts, self.first_seen) - 1
        return Place(block, bar.value() - self._top_of(block))

    @property
    def statement(self) -> str | None:
        """The statement that the caret, or the first of what is selected, stands in."""
        return self._writing.statement_at(self.textCursor().selectionStart()) if self._writing is not None else None

    # ------------------------------------------------------------------------------------------------------ slots

    def show_page(self, page: Page, scroll: float | Place = 0.0) -> None:
        """Show a page from where it was left: whole now, or where it is long in turns."""
        self._page = page
        self._focused = self._pointed = self._pressed = None
        self._wanted = scroll
        self.source_left.emit()
        self.setAccessibleName(one_line(page.title[:_LONGEST_NAME]))
        self.setAccessibleDescription("")
        self._begin()

    def show_scroll(self, scroll: float) -> None:
        """Go to a place (0 to 1) of the page."""
        self._wanted = scroll
        if self._steps is None:
            self._go_to_wanted()

    def show_nothing(self) -> None:
        """Forget the page."""
        self._turn.stop()
        self._page = self._writing = self._steps = None
        self._focused = self._pointed = self._pressed = None
        self.source_left.emit()
        self._replace_document(ClosedDocument(self))

    def rewrite(self, page: Page | None = None) -> None:
        """Write the page anew in the theme, text size and language of now, and stay where the reader is."""
        if self._page is None:
            return
        place = self._wanted if self._steps is not None else self.place
        self.show_page(page or self._page, place)

    def step_link(self, step: int) -> bool:
        """Go to the next name or number, or the one before; from the part of the page that is seen, where the last
        one is out of sight. Tells whether there was one.
        """
        link = neighbour(self, self.links, self._focused, step, (self.first_seen, self.last_seen))
        self._focus_on(link)
        return link is not None

    def choose(self, link: Link, *, new_tab: bool = False) -> None:
        """A name is followed, a number's document opened, a picture shown large."""
        record = link.record
        if link.target.startswith(PICTURE):
            self.pictured.emit(link.target)
        elif record is None:
            source = self._source(link)
            if source is not None:
                self.opened.emit(source, new_tab)
        elif new_tab:
            self.opened.emit(record, True)
        else:
            self.followed.emit(record)

    def go_to(self, start: int, end: int) -> None:
        """Bring a part of the text into sight, a third from the top where it was out of sight."""
        areas = areas_of(self, start, end)
        if areas and not self.viewport().rect().contains(areas[0].toAlignedRect()):
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + areas[0].top() - self.viewport().height() / 3))

    # ----------------------------------------------------------------------------------------------------- events

    def event(self, event: QEvent) -> bool:
        """Keep the column centred; the wheel turns over the margins too."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        elif event.type() == QEvent.Type.Wheel:
            self.wheelEvent(event)  # type: ignore[arg-type]  # of this type it is
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab goes through names and numbers, then on."""
        return self.step_link(1 if next else -1) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is when it came by a key."""
        super().focusInEvent(event)
        self._is_ringed = event.reason() in _TAB_REASONS
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was shown for the keyboard goes with it."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._focus_on(None)
        self._is_ringed = False
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, choose, select and copy; every other key belongs to somebody else."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focused is not None:
            self.choose(self._focused, new_tab=bool(modifiers & control))
        elif key == Qt.Key.Key_Space or (key in _SCROLLS and not modifiers & shift):
            back = key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Home)
            self._scroll_by(_SCROLLS[key], -1 if back or (key == Qt.Key.Key_Space and modifiers & shift) else 1)
        elif modifiers & shift and (key in _SCROLLS or key in (Qt.Key.Key_Left, Qt.Key.Key_Right)):
            begin_selection(self, self._focused.start if self._focused is not None else self.first_seen)
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._let_go():
            pass
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl change the text size of the whole window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self._coordinator.zoom_text(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what the button went down on."""
        self._pressed = link_at(self, self.links, event.position().toPoint())
        self._is_ringed = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what the button went down and up on, if no text was selected."""
        super().mouseReleaseEvent(event)
        link, self._pressed = self._pressed, None
        at = event.position().toPoint()
        if link is None or link is not link_at(self, self.links, at) or self.textCursor().hasSelection():
            return
        is_middle = event.button() == Qt.MouseButton.MiddleButton
        if is_middle or event.button() == Qt.MouseButton.LeftButton:
            new_tab = is_middle or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if link.number is None or new_tab:
                self.choose(link, new_tab=new_tab)
            else:
                self._focus_on(link)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the number that the mouse is on."""
        super().mouseMoveEvent(event)
        self._point_at(link_at(self, self.links, event.position().toPoint()) if not event.buttons() else None)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is on nothing now."""
        super().leaveEvent(event)
        self._point_at(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A small menu of what can be done with this text."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        link = self._focused if by_key else link_at(self, self.links, self.viewport().mapFromGlobal(event.globalPos()))
        menu = self.context_menu(link)
        areas = areas_of(self, link.start, link.end) if link is not None else []
        at = self.viewport().mapToGlobal(areas[0].bottomLeft().toPoint()) if by_key and areas else event.globalPos()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, its signs, and the ring around what the keyboard is on."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._writing is not None:
            draw_signs(painter, self, self._writing.signs, (self.first_seen, self.last_seen), self._coordinator)
        if self.hasFocus() and (self._is_ringed or self._focused is not None):
            draw_ring(painter, self, self._focused, self._coordinator.theme.color("accent"))
        painter.end()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged out is plain text."""
        return plain_mime(self.selected_text())

    # ---------------------------------------------------------------------------------------------------- helpers

    def selected_text(self) -> str:
        """The selected characters; of signs their words; not the end of a line that the text stands in."""
        return self.textCursor().selection().toPlainText().replace(JOINER, "").replace(PLACEHOLDER, "").strip("\n")

    def context_menu(self, link: Link | None) -> QMenu:
        """The menu for a place in the text; `link` is what stands there."""
        chosen = (lambda: self.choose(link, new_tab=True)) if link is not None else None
        return reading_menu(self, self._coordinator, chosen)

    def _begin(self) -> None:
        coordinator, page = self._coordinator, self._page
        if page is None:
            return
        self._turn.stop()
        formats = Formats(coordinator.theme, coordinator.text_scale)
        self._fit(formats)
        self._was_narrow = self._is_narrow(formats)
        document = blank_document(coordinator, self)
        self._writing = Writing(document, page, formats, self.viewport().width() - 2 * RING)
        self._steps, self.marks.runs = self._writing.steps(), self._writing.runs
        self._write_for(FIRST_SLICE)
        self._replace_document(document)
        if self.is_whole:
            self._finish()
        else:
            self._turn.start()

    def _go_on(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self._write_for(SLICE)
        cursor.endEditBlock()
        if self._steps is None:
            self._turn.stop()
            self._finish()

    def _write_for(self, seconds: float) -> None:
        until = monotonic() + seconds
        while self._steps is not None:
            if next(self._steps, self) is self:
                self._steps = None
            if monotonic() >= until:
                break

    def _finish(self) -> None:
        if self.verticalScrollBar().value() == 0:
            self._go_to_wanted()
        else:
            self._moved()  # somebody has begun to read
        self.filled.emit()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, 0.0
        bar = self.verticalScrollBar()
        if wanted:
            self.document().documentLayout().documentSize()  # the rest is laid out now: the place may be anywhere
        if isinstance(wanted, Place):
            bar.setValue(round(self._top_of(wanted.block) + wanted.below))
        else:
            bar.setValue(round(wanted * bar.maximum()))

    def _replace_document(self, document: QTextDocument) -> None:
        before = self.document()
        self.marks.clear()
        self._is_placing = True
        self.setDocument(document)
        self.setCursorWidth(0)  # each document has its own
        self.verticalScrollBar().setValue(0)
        self._is_placing = False
        if isinstance(before, ClosedDocument):
            before.deleteLater()

    def _fit(self, formats: Formats | None = None) -> None:
        """Give the column its width, and the rest to both sides alike."""
        formats = formats or Formats(self._coordinator.theme, self._coordinator.text_scale)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        free = room - reading_width(formats, self._coordinator.settings, self._page)
        side = max(min(_SIDE, room // 20), free // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        fit(self.document(), self.pictures, room - 2 * (side + RING))
        if self._page is not None and self._writing is not None and self._is_narrow(formats) != self._was_narrow:
            self._was_narrow = not self._was_narrow
            QTimer.singleShot(0, self, self.rewrite)

    def _is_narrow(self, formats: Formats) -> bool:
        margins = self.viewportMargins()
        room = self.width() - self.verticalScrollBar().sizeHint().width() - margins.left() - margins.right()
        return room - 2 * RING < NARROW * formats.scale

    def _top_of(self, block: int) -> float:
        """Where a block of the page begins, in pixels from the top of the document."""
        starts = self._writing.starts if self._writing is not None else []
        if not 0 <= block < len(starts):
            return 0.0 if block < 0 or not starts else float(self.verticalScrollBar().maximum())
        cursor = QTextCursor(self.document())
        cursor.setPosition(starts[block])
        return self.cursorRect(cursor).top() + self.verticalScrollBar().value()

    def _moved(self) -> None:
        self._point_at(None)
        if not self._is_placing and self._page is not None and self._steps is None:
            self.scrolled.emit(self.scroll_share)

    def _scroll_by(self, what: str, step: int) -> None:
        bar = self.verticalScrollBar()
        if what == "end":
            self.document().documentLayout().documentSize()
            bar.setValue(bar.maximum() if step > 0 else 0)
        else:
            bar.setValue(bar.value() + step * (self._coordinator.length(52) if what == "line" else bar.pageStep() - 40))

    def _source(self, link: Link) -> str | None:
        """The document of a number."""
        number = link.number or 0
        sources = self._page.sources if self._page is not None else ()
        return sources[number - 1].id if 0 < number <= len(sources) else None

    def _focus_on(self, link: Link | None) -> None:
        had, self._focused = self._focused, link
        self.viewport().update()
        if link is None:
            if had is not None:
                self.setAccessibleDescription("")
                self.source_left.emit()
            return
        self.go_to(link.start, link.end)
        if link.number is None:
            self.source_left.emit()
            what = "link" if link.record is not None else "picture"
            self.announce(self._coordinator.words(f"window.reader.{what}", name=link.text))
        else:
            self._tell_source(link, by_key=True)

    def _tell_source(self, link: Link, *, by_key: bool) -> None:
        area = on_screen(self, link)
        if area is not None:
            self.source_pointed.emit(link.number, area, by_key)

    def announce(self, text: str) -> None:
        """Let a screen reader say what the keyboard is on."""
        self.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _point_at(self, link: Link | None) -> None:
        shape = Qt.CursorShape.PointingHandCursor if link is not None else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        if link is self._pointed:
            return
        had, self._pointed = self._pointed, link
        if link is not None and link.number is not None:
            self._tell_source(link, by_key=False)
        elif had is not None and had.number:
            self.source_left.emit()

    def _let_go(self) -> bool:
        """Take away what Esc takes away: the name or number the keyboard is on, a selection. Tells whether any was."""
        cursor = self.textCursor()
        if self._focused is None and not cursor.hasSelection():
            return False
        self._focus_on(None)
        cursor.clearSelection()
        self.setTextCursor(cursor)
        return True
