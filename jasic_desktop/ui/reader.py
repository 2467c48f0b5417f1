"""The reader: tabs over the page of a record, find in page, and what stands there while nothing is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.settings import KEYS
from jasic_desktop.render.bare import bare
from jasic_desktop.render.beside import other_language, with_other
from jasic_desktop.render.page import Page, page
from jasic_desktop.ui.citation_card import CitationCard
from jasic_desktop.ui.citing import text_of
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.crumbs import Crumbs
from jasic_desktop.ui.document_view import DocumentView
from jasic_desktop.ui.find_bar import FindBar
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.note_panel import NotePanel
from jasic_desktop.ui.page_pictures import PagePictures
from jasic_desktop.ui.page_search import PageSearch
from jasic_desktop.ui.plain import set_tooltip
from jasic_desktop.ui.reader_notice import ReaderNotice
from jasic_desktop.ui.statement_bar import StatementBar
from jasic_desktop.ui.tabs import ReaderTabs
from jasic_desktop.ui.theme import TABS_HEIGHT

_LONGEST_PICKED: Final = 80


class ReaderPane(QWidget):
    """Shows the record of the moment; each tab is a record that was opened and where in it somebody was.

    `drawn` brings the whole page of a record that is shown, or None; `both_shown` tells whether it is shown in two
    languages side by side; `wanted` asks for the text to be brought into sight.
    """

    drawn = Signal(object)
    both_shown = Signal(bool)
    wanted = Signal()

    spoken_role = "Grouping"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._language = coordinator.language
        self.tabs = ReaderTabs(coordinator, self)
        self._more = QToolButton(self)
        self._more.setProperty("role", "quiet")
        self._switch = QToolButton(self)
        self._switch.setProperty("role", "quiet")
        self._crumbs = Crumbs(coordinator, self)
        self._crumbs.hide()
        self._is_whole = False
        self._with_other = False
        self.page: Page | None = None
        self.statements = StatementBar(coordinator, self)
        self.statements.hide()
        self.view = DocumentView(coordinator, self)
        self.pictures = PagePictures(coordinator, self.view)
        self.notice = ReaderNotice(coordinator, self)
        self.search = PageSearch(coordinator, self.view)
        self.find_bar = FindBar(coordinator, self.search, self)
        self.notes = NotePanel(coordinator, self.view, self)
        self.card = CitationCard(coordinator, self)
        self._stack = QStackedWidget(self)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place()
        self._connect()
        self._add_handlers()
        self._reword()
        self.restore_tabs(coordinator.tabs)
        self._show_moment(coordinator.moment)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def row(self) -> QWidget:
        """The line of tabs, which stands over all columns where a record has the whole window."""
        return self._row

    @property
    def shows_other(self) -> bool:
        """Whether the other language stands beside the text."""
        return self._with_other

    @property
    def first_focus(self) -> QWidget:
        """What F6 brings the keyboard to."""
        return self.view if self._stack.currentWidget() is self.view else self.notice

    # ------------------------------------------------------------------------------------------------------ slots

    def open_tab(self, record: str) -> None:
        """Make a tab for a record that is about to be read."""
        self._leave()
        self.tabs.read(self.tabs.add(record))
        self._tabs_changed()

    def restore_tabs(self, records: tuple[str, ...]) -> None:
        """Hold the tabs of last time."""
        for record in records:
            self.tabs.add(record)
        self._tabs_changed()

    def set_whole(self, whole: bool) -> None:
        """Show statements and text alone, because all else of the record stands beside them; or the whole page."""
        self._is_whole = whole
        self._crumbs.setVisible(whole)
        self.statements.setVisible(False)
        self._reword()
        if self._coordinator.moment.record is not None:
            self._leave()
            self._show_moment(self._coordinator.moment)

    def take_row(self) -> None:
        """Put the line of tabs back on top of the pane."""
        self._column.insertWidget(0, self._row)

    def choose_tab(self, number: int) -> None:
        """Read the record of a tab from where it was left."""
        if self.tabs.current is not None and number == self.tabs.currentIndex():
            return
        self._leave()
        tab = self.tabs.tab(number)
        scroll = tab.scroll
        self.tabs.read(number)
        self._coordinator.open_record(tab.record)
        self.view.show_scroll(scroll)

    def step_tab(self, step: int) -> None:
        """Read the next tab, or the one before; after the last comes the first."""
        count = self.tabs.count()
        if count:
            idle = self.tabs.current is None
            self.choose_tab(self.tabs.currentIndex() if idle else (self.tabs.currentIndex() + step) % count)

    def close_tab(self, number: int) -> None:
        """Close a tab; the one beside it is read then, or nothing."""
        was_current = self.tabs.current is not None and number == self.tabs.currentIndex()
        self.tabs.take(number)
        self._tabs_changed()
        if not was_current:
            self._coordinator.commands_changed.emit()
        elif self.tabs.count():
            self.tabs.read(None)
            self.choose_tab(min(number, self.tabs.count() - 1))
        else:
            self.tabs.read(None)
            self._coordinator.close_record()

    def copy_citation(self) -> None:
        """Put the citation of what is read, else of what is ticked, on the clipboard."""
        coordinator, store = self._coordinator, self._coordinator.store
        if store is None:
            return
        ids = (coordinator.target,) if coordinator.target is not None else coordinator.selection.ids
        try:
            text = text_of(coordinator, tuple(ids))
        except Fault as fault:
            coordinator.tell_fault(fault)
            return
        QGuiApplication.clipboard().setText(text)
        coordinator.tell("window.reader.citation_copied", count=len(ids))

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes away the card, then the bar."""
        if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
            self.card.put_away()
        elif event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.find_bar.close_bar()
        else:
            super().keyPressEvent(event)

    def _moment_changed(self, old: Moment, new: Moment) -> None:
        self.card.put_away()
        if old.record != new.record:
            self._leave()
            self._show_moment(new)
        elif new.record is not None and old.scroll != new.scroll:
            self.view.show_scroll(new.scroll)

    def _opened(self) -> None:
        self.tabs.clear()
        self._tabs_changed()
        self._show_moment(self._coordinator.moment)

    def _answered(self) -> None:
        if self._stack.currentWidget() is self.notice and self._coordinator.moment.record is None:
            self.notice.show_nothing_read()

    def _source_pointed(self, number: int, area: QRect, by_key: bool) -> None:
        shown = self.view.page
        if shown is None or not 0 < number <= len(shown.sources):
            return
        self.card.show_source(shown.sources[number - 1].id, area, at_once=by_key)
        if by_key:
            self.view.announce(f"{self._coordinator.words('window.reader.source')} {number}: {self.card.spoken}")

    def _scrolled(self, scroll: float) -> None:
        tab = self.tabs.current
        if tab is not None:
            tab.scroll = scroll
        self._coordinator.note_scroll(scroll)

    def _restyle(self) -> None:
        """Everything looks or reads otherwise now; where somebody reads stays."""
        coordinator = self._coordinator
        self.card.put_away()
        self._reword()
        if coordinator.moment.record is None or self._stack.currentWidget() is self.notice:
            self._show_moment(coordinator.moment)
        elif coordinator.language == self._language:
            self.view.rewrite()
        else:
            drawn = self._drawn_up(coordinator.moment.record)
            if drawn is not None:
                self.view.rewrite(drawn)
        self._language = coordinator.language

    # ---------------------------------------------------------------------------------------------------- helpers

    def _place(self) -> None:
        row = _TabRow(self._coordinator)
        line = QHBoxLayout(row)
        line.setContentsMargins(8, 0, 4, 0)
        line.setSpacing(4)
        line.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._more)
        line.addStretch(1)
        line.addWidget(self._crumbs)
        line.addWidget(self._switch)
        self._row = row
        row.hide()
        for widget in (self.view, self.notice):
            self._stack.addWidget(widget)
        self._stack.setMinimumHeight(48)  # with large texts in a low window a note needs the room
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(row)
        column.addWidget(self.statements)
        column.addWidget(self._stack, 1)
        column.addWidget(self.find_bar)
        column.addWidget(self.notes)

    def _connect(self) -> None:
        coordinator, view = self._coordinator, self.view
        coordinator.archive_opened.connect(self._opened)
        coordinator.moment_changed.connect(self._moment_changed)
        coordinator.answer_changed.connect(self._answered)
        coordinator.asked_for_tab.connect(self.open_tab)
        coordinator.tabs_restored.connect(self.restore_tabs)
        # A change of language brings a change of theme with it.
        coordinator.setting_changed.connect(self._setting_changed)
        coordinator.theme_changed.connect(self._restyle)
        coordinator.text_size_changed.connect(self._restyle)
        view.followed.connect(coordinator.follow)
        view.opened.connect(coordinator.open_record)
        view.scrolled.connect(self._scrolled)
        view.source_pointed.connect(self._source_pointed)
        view.source_left.connect(self.card.leave)
        self.card.opened.connect(coordinator.open_record)
        self.tabs.chosen.connect(self.choose_tab)
        self.tabs.closed.connect(self.close_tab)
        self.find_bar.closed.connect(self.view.setFocus)
        self.notes.closed.connect(self.view.setFocus)
        self._more.clicked.connect(lambda: coordinator.run("new-tab"))
        self._switch.clicked.connect(lambda: coordinator.run("go-page"))
        self.statements.chosen.connect(self._narrowed)

    def _add_handlers(self) -> None:
        coordinator, handle = self._coordinator, self._coordinator.handle
        for command_id, act in (
            ("find-in-page", self._find),
            ("find-next", lambda: self.find_bar.go(1)),
            ("find-previous", lambda: self.find_bar.go(-1)),
            ("note", self.notes.write),
            ("highlight", self.notes.highlight),
            ("record-notes", self.notes.open_panel),
            ("both-languages", self._switch_other),
        ):
            handle(command_id, partial(self._in_sight, act), self._is_shown)
        handle("copy-citation", self.copy_citation)
        handle("cite", self._cite)
        handle("new-tab", self._new_tab, lambda: coordinator.target is not None)
        handle("next-tab", lambda: self.step_tab(1))
        handle("previous-tab", lambda: self.step_tab(-1))
        handle("close-tab", self._close_current, lambda: self.tabs.current is not None)

    def _cite(self) -> None:
        from jasic_desktop.ui.cite_dialog import show_cite

        show_cite(self._coordinator, self.view, self.window())

    def _in_sight(self, act: Callable[[], object]) -> None:
        """Do something with the text, and bring it into sight for that."""
        self.wanted.emit()
        act()

    def _is_shown(self) -> bool:
        return self._stack.currentWidget() is self.view

    def _new_tab(self) -> None:
        if self._coordinator.target is not None:
            self._coordinator.open_record(self._coordinator.target, True)

    def _close_current(self) -> None:
        self.close_tab(self.tabs.currentIndex())

    def _find(self) -> None:
        picked = self.view.selected_text()
        self.find_bar.open_bar(picked if len(picked) <= _LONGEST_PICKED and "\n" not in picked else "")

    def _leave(self) -> None:
        """Remember where the tab that is read stands."""
        tab, shown = self.tabs.current, self.view.page
        if tab is not None and shown is not None and shown.id == tab.record and self.view.is_whole:
            tab.scroll = self.view.scroll_share

    def _show_moment(self, moment: Moment) -> None:
        record = moment.record
        if record is None:
            self.tabs.read(None)
            self.view.show_nothing()
            self.notice.show_nothing_read()
            self._show(self.notice)
            self._tell_page(None)
            return
        self._bring_tab(record, moment.scroll)
        drawn = self._drawn_up(record)
        if drawn is not None:
            self._show(self.view)
            self.view.show_page(drawn, moment.scroll)
            self._coordinator.commands_changed.emit()

    def _bring_tab(self, record: str, scroll: float) -> None:
        """Read in the tab that shows the record, else in the current one, else in a new one."""
        number = self.tabs.number_of(record)
        if number is None and self.tabs.current is not None:
            number = self.tabs.currentIndex()
            self.tabs.replace(number, record)
        elif number is None:
            number = self.tabs.add(record)
        self.tabs.tab(number).scroll = scroll
        self.tabs.read(number)
        self._tabs_changed()

    def _tabs_changed(self) -> None:
        coordinator = self._coordinator
        coordinator.tabs, coordinator.tab_count = self.tabs.records, self.tabs.count()
        self._row.setVisible(self.tabs.count() > 0)

    def _drawn_up(self, record: str) -> Page | None:
        """The page of a record; where it cannot be read the pane says so, and the rest of the window goes on."""
        coordinator, store = self._coordinator, self._coordinator.store
        if store is None:
            return None
        try:
            whole = page(store, record, coordinator.language)
            self._tell_page(whole)
            if self._with_other:
                whole = with_other(whole, page(store, record, other_language(coordinator.language)))
            return bare(whole, self.statements.certainty) if self._is_whole else whole
        except Fault as fault:
            sentence, details = fault.sentence(coordinator.language), fault.key
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a store, only this pane is without a page
            sentence = coordinator.words("window.reader.not_readable", id=record)
            details = f"{type(error).__name__}: {error}"
        self.view.show_nothing()
        self._tell_page(None)
        self.notice.show_error(sentence, details, lambda: self._show_moment(coordinator.moment))
        self._show(self.notice)
        return None

    def _tell_page(self, whole: Page | None) -> None:
        """Let who stands around know what is read."""
        self.page = whole
        if self._is_whole and whole is not None:
            self._crumbs.show_page(whole)
            self.statements.show_page(whole)
        else:
            self.statements.hide()
        self.drawn.emit(whole)

    def _switch_other(self) -> None:
        """Show the other language beside the text, or no more; where there is only one, say so."""
        self._with_other = not self._with_other
        self.both_shown.emit(self._with_other)
        record = self._coordinator.moment.record
        drawn = self._drawn_up(record) if record is not None else None
        if drawn is None:
            return
        self.view.rewrite(drawn)
        if self._with_other and not drawn.others:
            self._coordinator.tell("window.reader.one_language")

    def _narrowed(self) -> None:
        record = self._coordinator.moment.record
        drawn = self._drawn_up(record) if record is not None else None
        if drawn is not None:
            self.view.show_page(drawn)

    def _show(self, widget: QWidget) -> None:
        """Bring the page or the notice, and the keyboard with it if it was in the other."""
        before = self._stack.currentWidget()
        had_focus = before is not None and before.hasFocus()
        widget.resize(self._stack.size())  # what was never shown has no size yet, and the page is written for one
        self._stack.setCurrentWidget(widget)
        if widget is self.notice:
            self.find_bar.hide()
        if had_focus:
            self.first_focus.setFocus()

    def _reword(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        self.setAccessibleName(words("window.reader.name"))
        self.notice.setAccessibleName(words("window.reader.name"))
        self.tabs.relabel()
        self.find_bar.reword()
        self.notes.reword()
        self._row.setFixedHeight(coordinator.length(TABS_HEIGHT))
        self._row.update()
        put_icon(coordinator, self._switch, "whole", color="accent" if self._is_whole else "ink-2")
        name = words("window.page.beside" if self._is_whole else "window.command.go_page")
        self._switch.setAccessibleName(name)
        put_icon(coordinator, self._more, "plus", 14)
        self._more.setAccessibleName(words("window.command.new_tab"))
        self._hint_keys()

    def _setting_changed(self, key: str) -> None:
        if key == "line_width":
            self.view.rewrite()
        elif key == KEYS:
            self._hint_keys()

    def _hint_keys(self) -> None:
        for button, command_id in ((self._more, "new-tab"), (self._switch, "go-page")):
            name, key = button.accessibleName(), self._coordinator.key(command_id)
            hint = self._coordinator.words("window.top.with_key", name=name, key=key) if key else name
            set_tooltip(button, hint)


class _TabRow(QWidget):
    """The ground of the tabs, with a line below that the tab that is read breaks through."""

    def __init__(self, coordinator: Coordinator) -> None:
        super().__init__()
        self._coordinator = coordinator

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        theme, painter = self._coordinator.theme, QPainter(self)
        painter.fillRect(self.rect(), theme.color("paper"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        painter.end()
