"""Reads one record in a reading room: its page, its sources under the finger, its pictures large."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.core.blocks import PictureBlock
from jasic_desktop.core.errors import Fault
from jasic_desktop.render.page import Page, page
from jasic_desktop.ui.citation_card import CitationCard
from jasic_desktop.ui.document_view import DocumentView
from jasic_desktop.ui.page_pictures import PagePictures
from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.room.controls import interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator

_NO_SELECTING: Final = Qt.TextInteractionFlag.NoTextInteraction


class RoomPage(DocumentView):
    """The page: no menu, nothing is dragged out of it, and where nothing may be copied nothing is selected."""

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        if coordinator.rules.clipboard.most == 0:
            self.setTextInteractionFlags(_NO_SELECTING)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """There is no menu."""
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A selection is given up before the button could drag it away."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            cursor.clearSelection()
            self.setTextCursor(cursor)
        super().mousePressEvent(event)


class RoomPictures(PagePictures):
    """The pictures of the page. One that is chosen is shown large in the window, by whoever is told of it."""

    def __init__(self, reader: RoomReader, coordinator: RoomCoordinator, view: RoomPage) -> None:
        super().__init__(coordinator, view)
        self._reader = reader

    def show_large(self, block: PictureBlock, image: QImage) -> None:
        """Hand it on."""
        self._reader.pictured.emit(block, image)


class RoomReader(QWidget):
    """Shows the record of the moment. `pictured` brings a picture that was chosen (its block and the picture)."""

    pictured = Signal(object, object)

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._language = coordinator.language
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = RoomPage(coordinator, self)
        self.pictures = RoomPictures(self, coordinator, self.view)
        self.card = CitationCard(coordinator, self)
        self._notice = QWidget()
        self._words = plain_label(wrap=True)
        self._words.setProperty("role", "second")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self._notice)
        column.setContentsMargins(48, 24, 48, 24)
        column.addWidget(self._words)
        self._stack = QStackedWidget()
        for widget in (self.view, self._notice):
            self._stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._connect()
        self._show(coordinator.moment)

    # ----------------------------------------------------------------------------------------------------- events

    def _moved(self, old: Moment, new: Moment) -> None:
        self.card.put_away()
        if old.record != new.record:
            self._show(new)
        elif new.record is not None and old.scroll != new.scroll:
            self.view.show_scroll(new.scroll)

    def _pointed(self, number: int, area: QRect, by_key: bool) -> None:
        shown = self.view.page
        if shown is not None and 0 < number <= len(shown.sources):
            self.card.show_source(shown.sources[number - 1].id, area, at_once=by_key)
            if by_key:
                self.view.announce(f"{self._coordinator.words('window.reader.source')} {number}: {self.card.spoken}")

    def _restyle(self) -> None:
        coordinator = self._coordinator
        self.card.put_away()
        if coordinator.moment.record is None or self._stack.currentWidget() is self._notice:
            self._show(coordinator.moment)
        elif coordinator.language == self._language:
            self.view.rewrite()
        else:
            drawn = self._drawn_up(coordinator.moment.record)
            if drawn is not None:
                self.view.rewrite(drawn)
        self._language = coordinator.language

    # ---------------------------------------------------------------------------------------------------- helpers

    def _connect(self) -> None:
        coordinator, view = self._coordinator, self.view
        coordinator.archive_opened.connect(lambda: self._show(coordinator.moment))
        coordinator.moment_changed.connect(self._moved)
        coordinator.theme_changed.connect(self._restyle)
        coordinator.text_size_changed.connect(self._restyle)
        view.followed.connect(coordinator.follow)
        view.opened.connect(coordinator.open_record)
        view.scrolled.connect(coordinator.note_scroll)
        view.source_pointed.connect(self._pointed)
        view.source_left.connect(self.card.leave)
        self.card.opened.connect(coordinator.open_record)

    def _show(self, moment: Moment) -> None:
        if moment.record is None:
            self._say(self._coordinator.words("window.room.nothing_read"))
            return
        drawn = self._drawn_up(moment.record)
        if drawn is not None:
            self.view.resize(self._stack.size())
            self._stack.setCurrentWidget(self.view)
            self.view.show_page(drawn, moment.scroll)

    def _drawn_up(self, record: str) -> Page | None:
        coordinator, store = self._coordinator, self._coordinator.store
        if store is None:
            return None
        try:
            return page(store, record, coordinator.language)
        except Fault as fault:
            self._say(fault.sentence(coordinator.language))
        except Exception:  # noqa: BLE001 - whatever is wrong with a store, only this page is missing
            self._say(coordinator.words("window.reader.not_readable", id=record))
        return None

    def _say(self, sentence: str) -> None:
        self.view.show_nothing()
        interface_font(self._coordinator, self._words)
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self._stack.setCurrentWidget(self._notice)
