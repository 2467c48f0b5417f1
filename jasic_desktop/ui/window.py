"""The main window: places bar, pages and status line, and does the commands that are about the window itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.core.remembered import Remembered
from jasic_desktop.ui.actions import Actions
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.first_paint import FirstPaint
from jasic_desktop.ui.mine_commands import MineCommands
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.progress_page import ProgressPage
from jasic_desktop.ui.start_page import StartPage
from jasic_desktop.ui.status_bar import StatusBar
from jasic_desktop.ui.toolkit import speak
from jasic_desktop.ui.top_bar import TopBar

if TYPE_CHECKING:
    from jasic_desktop.ui.panes import Panes
    from jasic_desktop.ui.suggestions import SuggestionList

_SIZE: Final = (1440, 900)
_LEAST: Final = (800, 500)
_REST_MS: Final = 300
"""How long after an archive was opened nothing is expected of the window."""


class MainWindow(QMainWindow):
    """One window on one archive. `closed` comes before it is gone."""

    closed = Signal()

    def __init__(self, coordinator: Coordinator, opener: Opener, remembered: Remembered | None = None) -> None:
        super().__init__()
        self._coordinator = coordinator
        self._opener = opener
        self._remembered = remembered or Remembered()
        self._panes: Panes | None = None
        self._had: QWidget | None = None
        self._suggestions: SuggestionList | None = None
        self._restyle()
        # Before any part hears of another look: a new style sheet takes away the colours and fonts that it gave itself.
        for signal in (coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._restyle)
        self.actions_table = Actions(coordinator, self)
        self._page = QWidget(self)
        self._pages = QStackedWidget(self._page)
        self.top_bar = TopBar(coordinator, self.actions_table, self._page)
        self.start_page = StartPage(coordinator, self._pages)
        self.progress_page = ProgressPage(coordinator, self._pages)
        self.status_bar = StatusBar(coordinator, self._page)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.timeout.connect(self._paint_ahead)
        self._lay_out()
        self._connect()
        self._add_handlers()
        self._retitle()
        self._resize()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def panes(self) -> Panes:
        """The panes, made when they are first needed: the window is on the screen before."""
        if self._panes is None:
            from jasic_desktop.ui.panes import Panes
            from jasic_desktop.ui.spoken_roles import tell_roles

            tell_roles()
            self._panes = Panes(self._coordinator, self._pages)
            self._panes.restore(self._remembered.splits, self._remembered.hidden)
            self._panes.switched.connect(self._switched)
            self._coordinator.moment_changed.connect(self._panes_followed)  # after the panes
            self._panes.timeline.table_shown.connect(partial(self.actions_table.set_state, "timeline-table"))
            self._panes.reader.both_shown.connect(partial(self.actions_table.set_state, "both-languages"))
            self._pages.addWidget(self._panes)
            self._switched()
        return self._panes

    @property
    def suggestions(self) -> SuggestionList:
        """The list under the search field, made when somebody could type."""
        if self._suggestions is None:
            from jasic_desktop.ui.suggestions import SuggestionList

            self._suggestions = SuggestionList(self._coordinator, self.top_bar.search, self._page)
            self._suggestions.follow(self.start_page.search)
            self._suggestions.keep_beside(self.panes.results)
        return self._suggestions

    @property
    def state(self) -> Remembered:
        """How the window is now, to be remembered."""
        panes, store = self._panes, self._coordinator.store
        # While it is as large as the screen, the size to come back to is the one it had before.
        size = self.normalGeometry().size() if self.isMaximized() or self.isFullScreen() else self.size()
        return Remembered(
            size.width(),
            size.height(),
            self.isMaximized(),
            panes.sizes if panes is not None else self._remembered.splits,
            panes.hidden if panes is not None else self._remembered.hidden,
            store.fingerprint if store is not None else "",
            # What was read is a trace of the reader: it is kept only as long as they agree.
            tuple(self._coordinator.tabs) if self._keeps_tabs else (),
        )

    @property
    def _keeps_tabs(self) -> bool:
        return self._coordinator.settings.text("tabs") == "keep"

    # ------------------------------------------------------------------------------------------------------ slots

    def show_moment(self) -> None:
        """Show the page that belongs to the moment."""
        if self._opener.busy and self._coordinator.archive is None:
            return
        view = self._coordinator.moment.view
        self._pages.setCurrentWidget(self.start_page if view == "start" else self.panes)

    def go_search(self) -> None:
        """Put the cursor into the search field of the page that is shown."""
        if self._pages.currentWidget() is self.start_page:
            self.start_page.take_focus()
        else:
            self.top_bar.search.setFocus()
            self.top_bar.search.selectAll()

    def go_pane(self, step: int) -> None:
        """Put the focus into the next pane, or the one before: search field, then each pane that is shown."""
        if self._coordinator.moment.view == "start":
            stops: list[QWidget] = [self.start_page.search, self.top_bar]
        else:
            stops = [self.top_bar.search, *self.panes.within_reach]
        focus = QApplication.focusWidget()
        here = next((at for at, stop in enumerate(stops) if focus and (stop is focus or stop.isAncestorOf(focus))), -1)
        for more in range(1, len(stops) + 1):
            stop = stops[(here + step * more) % len(stops)]
            if self._panes is not None:
                self._panes.lend(stop)
            if _take_focus(stop):
                return

    # ----------------------------------------------------------------------------------------------------- events

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the application remember and clean up."""
        self._ahead.stop()
        self.closed.emit()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Tab goes as one reads: facts, chips and sources are made anew with each record."""
        from jasic_desktop.ui import reading_order

        return reading_order.go(self, forward=forward) or super().focusNextPrevChild(forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A pack may be dropped anywhere on the window."""
        from jasic_desktop.ui.open_pack import drop_pack

        if self._coordinator.can("open-pack"):
            drop_pack(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a pack that is dropped."""
        from jasic_desktop.ui.open_pack import drop_pack

        if self._coordinator.can("open-pack"):
            drop_pack(event, self._opener)

    def _moment_changed(self, old: Moment, new: Moment) -> None:
        if old.view == new.view:
            return
        # Of the window, not of the application: a window that is not active yet takes keys as well.
        had = self.focusWidget()
        typing = had is self.start_page.search and old.text != new.text
        self.show_moment()
        if typing and new.view != "start":
            # What was typed stands in the field above now, and so does the cursor.
            self.top_bar.search.setFocus()
            self.top_bar.search.end(False)
        elif new.view == "start":
            self.start_page.take_focus()
        elif had is not None:
            self._had = had

    def _panes_followed(self) -> None:
        """Put the keyboard where the view that has come begins, if what had it is not seen any more."""
        had, self._had = self._had, None
        moment, panes = self._coordinator.moment, self.panes
        if had is not None and not had.isVisible() and moment.view != "start":
            first = panes.timeline if moment.view == "timeline" else panes.reader if moment.record else panes.results
            _take_focus(first if first.isVisible() else panes)

    def _progressed(self, step: str, done: int, total: int) -> None:
        self.progress_page.show_progress(step, done, total)
        self._pages.setCurrentWidget(self.progress_page)

    def _failed(self, sentence: str, details: str) -> None:
        if self._coordinator.archive is not None:
            self._coordinator.told.emit(sentence, "error")
            self.show_moment()
            return
        self.progress_page.show_failure(sentence, details)
        self._pages.setCurrentWidget(self.progress_page)

    def _opened(self) -> None:
        self.show_moment()
        self._retitle()
        if self._coordinator.moment.view == "start":
            self.start_page.take_focus()
        # The panes are made while the person looks at the start page, so that the first key finds them there.
        QTimer.singleShot(0, self, lambda: self.suggestions)
        self._ahead.start(_REST_MS)

    def _paint_ahead(self) -> None:
        """Paint the panes into nothing behind the start page: what only a first painting costs, no key pays for."""
        if self._pages.currentWidget() is self.start_page:
            self.panes.resize(self._pages.size())
            self.panes.grab()

    def _switched(self) -> None:
        panes = self._panes
        for name in ("sidebar", "profile", "timeline-pane"):
            self.actions_table.set_state(name, panes is None or panes.is_on(name))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        """Place bar, pages and status line on the one page that they all lie on."""
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status_bar)
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.progress_page)
        least = QSize(*_LEAST)
        screen = self.screen().availableSize() if self.screen() is not None else least
        if screen.width() < least.width() or screen.height() < least.height():
            self.setCentralWidget(_scrolled(self._page, least))
        else:
            self.setCentralWidget(self._page)
        self.setMinimumSize(least.boundedTo(screen))
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        coordinator, opener = self._coordinator, self._opener
        coordinator.moment_changed.connect(self._moment_changed)
        coordinator.language_changed.connect(self._retitle)
        FirstPaint(self.status_bar).done.connect(self.actions_table.listen)
        self.top_bar.left_down.connect(lambda: _take_focus(self.panes.results))
        self.top_bar.left.connect(lambda: _take_focus(self.panes.reader))
        self.start_page.left_down.connect(self.start_page.focusNextChild)
        opener.progressed.connect(self._progressed)
        opener.failed.connect(self._failed)
        opener.opened.connect(self._opened)
        self.progress_page.cancelled.connect(opener.cancel)
        self.progress_page.again.connect(opener.open)

    def _add_handlers(self) -> None:
        handle = self._coordinator.handle
        handle("quit", self.close)
        handle("go-search", self.go_search)
        handle("next-pane", lambda: self.go_pane(1))
        handle("previous-pane", lambda: self.go_pane(-1))
        handle("full-screen", self._full_screen)
        handle("about", self._about)
        handle("show-policy", self._show_policy)
        handle("verify", self._verify)
        handle("archives", self._archives)
        handle("export", self._export)
        handle("print", self._print, self._can_print)
        handle("open-pack", self._open_pack)
        handle("palette", self._palette)
        handle("keys", self._keys)
        handle("settings", self._settings)
        handle("edit-keys", partial(self._settings, "keys"))
        for name in ("sidebar", "profile", "timeline-pane"):
            handle(name, partial(self._switch, name))
        self._mine_commands = MineCommands(self._coordinator, self.actions_table, self)

    def _switch(self, name: str) -> None:
        self.panes.switch(name)

    def _full_screen(self) -> None:
        full = not self.isFullScreen()
        self.showFullScreen() if full else self.showNormal()
        self.actions_table.set_state("full-screen", full)

    def _about(self) -> None:
        from jasic_desktop.ui.about_dialog import AboutDialog

        dialog = AboutDialog(self._coordinator, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_policy(self) -> None:
        from jasic_desktop.ui.policy_dialog import PolicyDialog

        dialog = PolicyDialog(self._coordinator, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _verify(self) -> None:
        from jasic_desktop.ui.verify_dialog import VerifyDialog

        dialog = VerifyDialog(self._coordinator, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _archives(self) -> None:
        from jasic_desktop.ui.archives_dialog import ArchivesDialog

        dialog = ArchivesDialog(self._coordinator, self._opener, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _palette(self) -> None:
        from jasic_desktop.ui.palette import Palette

        Palette(self._coordinator, self).open()

    def _keys(self) -> None:
        from jasic_desktop.ui.key_sheet import KeySheet

        KeySheet(self._coordinator, self).open()

    def _settings(self, page: str = "") -> None:
        from jasic_desktop.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._coordinator, self, page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _export(self) -> None:
        from jasic_desktop.ui.export_dialog import show_export

        show_export(self._coordinator, self)

    def _print(self) -> None:
        if self._coordinator.moment.view == "timeline" and self._coordinator.can("print-timeline"):
            self._coordinator.run("print-timeline")
            return
        from jasic_desktop.ui.print_dialog import show_print

        show_print(self._coordinator, self)

    def _can_print(self) -> bool:
        coordinator = self._coordinator
        shown = coordinator.moment.view == "timeline" and coordinator.can("print-timeline")
        return shown or coordinator.target is not None or len(coordinator.selection) > 0

    def _open_pack(self) -> None:
        from jasic_desktop.ui.open_pack import open_pack

        open_pack(self._coordinator, self._opener, self)

    def _restyle(self) -> None:
        application = QApplication.instance()
        coordinator = self._coordinator
        speak(coordinator.language)
        if isinstance(application, QApplication):
            application.setPalette(coordinator.theme.palette())
            application.setFont(coordinator.font("ui"))
            sheet = coordinator.theme.stylesheet(coordinator.text_scale)
            if sheet != application.styleSheet():  # another language has the same: to polish all again takes long
                application.setStyleSheet(sheet)

    def _retitle(self) -> None:
        store = self._coordinator.store
        title = store.archive.title.show(self._coordinator.language) if store is not None else ""
        words = self._coordinator.words
        self.setWindowTitle(words("window.title", title=title) if title else words("window.title_empty"))

    def _resize(self) -> None:
        wide, high = self._remembered.width or _SIZE[0], self._remembered.height or _SIZE[1]
        room = self.screen().availableGeometry() if self.screen() is not None else None
        if room is not None:
            wide, high = min(wide, room.width()), min(high, room.height())
        self.resize(QSize(wide, high).expandedTo(self.minimumSize()))


def _scrolled(central: QWidget, least: QSize) -> QScrollArea:
    """What the window shows, to be scrolled on a screen that it does not fit."""
    central.setMinimumSize(least)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(central)
    return area


def _take_focus(pane: QWidget) -> bool:
    """Put the focus on what a pane says it begins with, else on the first thing in it that takes the focus."""
    first: QWidget = getattr(pane, "first_focus", pane)
    for widget in (first, *first.findChildren(QWidget), pane, *pane.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
