"""The window of a reading room: banner, search, one page, foot; it covers the screen and has no way out but its end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.core.blocks import PictureBlock, plain
from jasic_desktop.core.errors import Fault
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.citing import text_of
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.room.banner import RoomBanner, RoomNotices
from jasic_desktop.ui.room.controls import RoomButton, RoomField, RuledRow, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.footer import RoomFooter
from jasic_desktop.ui.room.lockdown import RoomClipboard
from jasic_desktop.ui.room.progress import RoomProgress
from jasic_desktop.ui.room.reader import RoomReader
from jasic_desktop.ui.room.results import RoomResults
from jasic_desktop.ui.room.sheet import Sheet
from jasic_desktop.ui.room.start import RoomStart
from jasic_desktop.ui.room.theme import GAP, LIST_WIDTH, SEARCH_ROW_HEIGHT, SIDE
from jasic_desktop.ui.room.timeline import RoomTimeline
from jasic_desktop.ui.toolkit import speak

_PICTURE: Final = QSize(820, 480)
_KEYS: Final = {
    Qt.Key.Key_K: "go-search",
    Qt.Key.Key_L: "go-search",
    Qt.Key.Key_Plus: "text-larger",
    Qt.Key.Key_Equal: "text-larger",
    Qt.Key.Key_Minus: "text-smaller",
    Qt.Key.Key_0: "text-normal",
}
_ALT_KEYS: Final = {
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "forward",
    Qt.Key.Key_Home: "go-start",
}


class RoomWindow(QWidget):
    """One window on one archive. `ended` says that the session is over, however it came to that."""

    ended = Signal()

    def __init__(
        self, coordinator: RoomCoordinator, opener: Opener, clipboard: RoomClipboard, *, in_memory: bool, warning: int
    ) -> None:
        super().__init__()
        self._coordinator, self._opener, self._clipboard = coordinator, opener, clipboard
        self._sheet: Sheet | None = None
        self._restyle()
        self.banner = RoomBanner(coordinator, in_memory=in_memory)
        self.notices = RoomNotices(coordinator)
        self.field = RoomField(coordinator)
        self.back, self.timeline_button = RoomButton(coordinator, drawing="back"), RoomButton(coordinator)
        self.start = RoomStart(coordinator)
        self.results, self.reader = RoomResults(coordinator), RoomReader(coordinator)
        self.timeline = RoomTimeline(coordinator)
        self.progress = RoomProgress(coordinator)
        self.footer = RoomFooter(coordinator, warning)
        self._pages = QStackedWidget()
        self._page = QWidget(self)
        self._lay_out()
        self._connect()
        self._reword()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that lies over the page, if one does."""
        return self._sheet

    # ------------------------------------------------------------------------------------------------------ slots

    def cover_screen(self) -> None:
        """Show it over all of the screen, above everything else."""
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        screen = QGuiApplication.primaryScreen()
        # Where there is no window manager nobody else makes a window as large as the screen.
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()

    def show_picture(self, block: PictureBlock, image: QImage) -> None:
        """Show a picture as large as the window allows."""
        sheet = self._open_sheet(Sheet(self._coordinator, self._page, one_line(plain(block.inlines))[:120], 880))
        label = QLabel()
        shape, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        label.setPixmap(QPixmap.fromImage(image).scaled(_PICTURE, shape, smooth))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setAccessibleName(one_line(plain(block.inlines)))
        sheet.body.addWidget(label)
        sheet.open()

    def copy_record(self) -> None:
        """Ask which copy of the record that is read is wanted, and where."""
        record = self._coordinator.moment.record
        if record is None or not self._coordinator.rules.allows("export"):
            return
        from jasic_desktop.ui.room.copies import CopySheet

        self._open_sheet(CopySheet(self._coordinator, self._page, record)).open()

    def copy_citation(self) -> None:
        """Put the citation of the record that is read on the clipboard, as far as the room allows."""
        coordinator, record = self._coordinator, self._coordinator.moment.record
        if record is None or not coordinator.rules.allows("copy-citation"):
            return
        try:
            self._clipboard.put(text_of(coordinator, (record,)))
        except Fault as fault:
            coordinator.tell_fault(fault)

    @Slot()
    def resume(self) -> None:
        """The reader goes on."""
        self.footer.stop_counting()

    # ----------------------------------------------------------------------------------------------------- events

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close the window is to end the session."""
        self.ended.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The few keys that there are; what nobody takes ends here."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        command: str | None = None
        if held == Qt.KeyboardModifier.ControlModifier:
            command = _KEYS.get(key)
        elif held == Qt.KeyboardModifier.AltModifier:
            command = _ALT_KEYS.get(key)
        if command is not None and self._sheet is None:
            self._coordinator.run(command)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of all of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("paper"))
        painter.end()

    def _moved(self, old: Moment, new: Moment) -> None:
        if old.view != new.view:
            self._show_view()
        self._reword()

    def _opened(self) -> None:
        self._show_view()
        self.field.setFocus()

    def _progressed(self, step: str, done: int, total: int) -> None:
        self.progress.show_progress(step, done, total)
        self._pages.setCurrentWidget(self.progress)

    def _failed(self, sentence: str, _details: str) -> None:
        self.progress.show_failure(sentence)
        self._pages.setCurrentWidget(self.progress)

    def _sheet_closed(self) -> None:
        self._sheet = None

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        search = RuledRow(self._coordinator)
        search.setFixedHeight(SEARCH_ROW_HEIGHT)
        line = QHBoxLayout(search)
        line.setContentsMargins(SIDE, 0, SIDE, 1)
        line.setSpacing(GAP)
        line.addWidget(self.field, 1)
        line.addWidget(self.back)
        line.addWidget(self.timeline_button)
        browse = QWidget()
        across = QHBoxLayout(browse)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.results.setFixedWidth(LIST_WIDTH - 1)
        across.addWidget(self.results)
        across.addWidget(_Stile(self._coordinator))
        across.addWidget(self.reader, 1)
        self._browse = browse
        for page in (self.start, browse, self.timeline, self.progress):
            self._pages.addWidget(page)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.notices)
        column.addWidget(search)
        column.addWidget(self._pages, 1)
        column.addWidget(self.footer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def _connect(self) -> None:
        coordinator, opener = self._coordinator, self._opener
        coordinator.moment_changed.connect(self._moved)
        coordinator.commands_changed.connect(self._reword)
        for signal in (coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._restyle)
        opener.progressed.connect(self._progressed)
        opener.failed.connect(self._failed)
        opener.opened.connect(self._opened)
        self.progress.again.connect(opener.open)
        self.back.clicked.connect(lambda: coordinator.run("back"))
        self.timeline_button.clicked.connect(self._switch)
        self.field.left_down.connect(self._enter_results)
        self.results.sorting.connect(lambda: self._open_sheet(self.results.choose_sort(self._page)))
        self.reader.pictured.connect(self.show_picture)
        self.footer.ended.connect(self.ended)
        self.footer.copying.connect(self.copy_record)
        self.footer.citing.connect(self.copy_citation)
        coordinator.handle("go-search", self._go_search)
        coordinator.handle("export", self.copy_record)
        coordinator.handle("copy-citation", self.copy_citation)

    def _open_sheet(self, sheet: Sheet) -> Sheet:
        self._sheet = sheet
        sheet.closed.connect(self._sheet_closed)
        return sheet

    def _go_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _enter_results(self) -> None:
        if self._coordinator.moment.view == "start":
            self.start.focusNextChild()
        elif self.results.view.isVisible():
            self.results.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _switch(self) -> None:
        is_timeline = self._coordinator.moment.view == "timeline"
        self._coordinator.run("go-browse" if is_timeline else "go-timeline")

    def _show_view(self) -> None:
        if self._coordinator.archive is None:
            return
        pages = {"start": self.start, "browse": self._browse, "timeline": self.timeline}
        self._pages.setCurrentWidget(pages[self._coordinator.moment.view])

    def _reword(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        is_timeline = coordinator.moment.view == "timeline"
        for button in (self.back, self.timeline_button):
            interface_font(coordinator, button)
        self.back.say(words("window.room.back"))
        self.back.setEnabled(coordinator.can("back"))
        self.timeline_button.draw("document" if is_timeline else "event")
        self.timeline_button.say(words("window.room.list" if is_timeline else "window.room.timeline"))
        self.timeline_button.setEnabled(coordinator.can("go-browse" if is_timeline else "go-timeline"))
        self.timeline_button.setVisible(coordinator.rules.allows("timeline"))
        self.setWindowTitle(words("window.room.title"))

    def _restyle(self) -> None:
        application, coordinator = QApplication.instance(), self._coordinator
        speak(coordinator.language)
        if isinstance(application, QApplication):
            application.setPalette(coordinator.theme.palette())
            application.setFont(coordinator.theme.font("ui"))
        self.setStyleSheet(coordinator.theme.stylesheet())
        if hasattr(self, "back"):
            self._reword()


class _Stile(QWidget):
    """The line between list and text."""

    def __init__(self, coordinator: RoomCoordinator) -> None:
        super().__init__()
        self._coordinator = coordinator
        self.setFixedWidth(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("line"))
        painter.end()
