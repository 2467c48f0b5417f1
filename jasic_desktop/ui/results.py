"""The pane of results: how many, in which order, narrowed by what, the rows, and what is said where there are none."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final, get_args

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from jasic_desktop.app.cited import told_of
from jasic_desktop.app.navigation import Moment
from jasic_desktop.app.setting_search import value_text
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.settings import setting_of
from jasic_desktop.search.answer import Answer, Suggestion
from jasic_desktop.search.request import Sort
from jasic_desktop.ui.chips import FilterChips
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.fold_line import FoldLine
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, set_tooltip
from jasic_desktop.ui.results_model import ResultsModel, hit_of
from jasic_desktop.ui.results_notice import ResultsNotice
from jasic_desktop.ui.results_ticking import ResultsTicking
from jasic_desktop.ui.results_view import LoadingRows, ResultsView
from jasic_desktop.ui.searching import Searcher
from jasic_desktop.ui.theme import CONTROL_HEIGHT

BARS_AFTER_MS: Final = 200
"""An answer that comes sooner is shown without anything in between."""
_MOST_SELECTED: Final = 10_000
_SORTS: Final[tuple[Sort, ...]] = get_args(Sort)


class ResultsPane(QWidget):
    """The results of the moment's question, or the records that are selected."""

    spoken_role = "Grouping"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._searcher: Searcher | None = None
        self._page_awaited = 0
        self._shows_selection = False
        self._failure: str | None = None
        self._answer: Answer | None = None
        self._held: Answer | None = None
        self._count = plain_label(parent=self)
        self._count.setProperty("role", "strong")
        self._sort = QToolButton(self)
        self._sort.setProperty("role", "quiet")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._sort.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._sort_menu = QMenu(self._sort)
        self._sort.setMenu(self._sort_menu)
        self._leave = QPushButton(self)
        self._leave.setProperty("role", "link")
        self._chips = FilterChips(coordinator, self)
        self._notes = plain_label(parent=self, wrap=True)
        self._notes.setProperty("role", "note")
        self._suggestion = QPushButton(self)
        self._suggestion.setProperty("role", "link")
        self._suggestion.setAutoDefault(True)  # Enter presses it, as Space does
        self.model = ResultsModel(coordinator, self)
        self.view = ResultsView(coordinator, self.model, self)
        self._is_placing = False
        self._ticking = ResultsTicking(coordinator, self)
        self._bars = LoadingRows(coordinator, self)
        self._notice = ResultsNotice(coordinator, self)
        self._stack = QStackedWidget(self)
        for page in (self.view, self._bars, self._notice):
            self._stack.addWidget(page)
        self._bars_timer = QTimer(self)
        self._bars_timer.setSingleShot(True)
        self._bars_timer.setInterval(BARS_AFTER_MS)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place()
        self._connect()
        self.show_results()

    # ---------------------------------------------------------------- properties

    @property
    def first_focus(self) -> QWidget:
        """What F6 brings the keyboard to."""
        return self.view if self._stack.currentWidget() is self.view else self._notice

    @property
    def shows_selection(self) -> bool:
        """Whether the rows are the selected records instead of the results."""
        return self._shows_selection

    # ---------------------------------------------------------------- slots

    @Slot()
    def show_selection(self) -> None:
        """List the records that are selected; the next answer, or the button, brings the results back."""
        store = self._coordinator.store
        if store is None:
            return
        self._shows_selection = True
        self._held = None
        hits = []
        for record_id in self._coordinator.selection.ids[:_MOST_SELECTED]:
            try:
                hits.append(hit_of(store, record_id, self._coordinator.language))
            except Fault:
                continue  # it belongs to an archive that was closed
        self._is_placing = True
        self.model.show(len(hits), hits)
        self.view.take_groups()
        self._is_placing = False
        if not hits:
            self._notice.show_nothing_selected()
        self._stack.setCurrentWidget(self.view if hits else self._notice)
        self._word()

    @Slot()
    def show_results(self) -> None:
        """List the results of the moment's question."""
        self._shows_selection = False
        answer = self._coordinator.answer
        if answer is not None:
            self._show_answer(answer)
        else:
            self._nothing_yet()

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        self._page_awaited = 0
        if self.view.hand_in and self._stack.currentWidget() is self.view:
            # Somebody goes for a row: what they see stays under the pointer until it rests, has clicked, or is gone.
            self._held = answer
            self.view.wait_for_hand()
        else:
            self._show_answer(answer)

    @Slot()
    def _settled(self) -> None:
        if self._held is not None:
            self._show_answer(self._held)

    def _show_answer(self, answer: Answer) -> None:
        self._bars_timer.stop()
        self._failure = None
        self._held = None
        self._answer = answer
        self._shows_selection = False
        current = self.model.id(self.view.currentIndex().row()) if self.view.hasFocus() else None
        self._is_placing = True
        self.model.show(answer.total, answer.hits, answer.groups)
        self.view.take_groups()
        self.view.scrollToTop()  # a list that is hidden would stand where it stood for the question before
        if answer.total:
            self._stack.setCurrentWidget(self.view)
            self._restore_current(current)
            if self._coordinator.moment.list_top:
                self.view.show_top(self._coordinator.moment.list_top)
        else:
            self._notice.show_no_result(answer)
            self._stack.setCurrentWidget(self._notice)
        self._is_placing = False
        self._word()

    @Slot(bool)
    def _searching(self, is_searching: bool) -> None:
        self._attach()
        if not is_searching:
            self._bars_timer.stop()
        elif not self._bars_timer.isActive() and self._stack.currentWidget() is not self._bars:
            self._bars_timer.start()

    @Slot()
    def _show_bars(self) -> None:
        if self._coordinator.is_searching and self.view.hand_in:
            self._bars_timer.start()  # nor do bars take the place of a row that somebody goes for
        elif self._coordinator.is_searching:
            self._stack.setCurrentWidget(self._bars)
            self._word()

    @Slot(int, str)
    def _failed(self, number: int, sentence: str) -> None:
        if number == self._page_awaited:
            self._page_awaited = 0
            return  # the rows that are there stay; scrolling asks again
        self._bars_timer.stop()
        self._held = None
        self._failure = sentence
        self._notice.show_error(sentence, self._searcher.details if self._searcher is not None else "")
        self._stack.setCurrentWidget(self._notice)
        self._word()

    @Slot(int)
    def _page_wanted(self, offset: int) -> None:
        is_asked = self._page_awaited or self._held is not None
        if self._searcher is not None and not is_asked and not self._shows_selection:
            self._page_awaited = self._searcher.more(offset)

    @Slot(int, int, object)
    def _paged(self, number: int, offset: int, answer: Answer) -> None:
        if number == self._page_awaited:
            self._page_awaited = 0
            self.model.add(offset, answer.hits)

    @Slot(int, object)
    def _suggested(self, _number: int, found: tuple[Suggestion, ...]) -> None:
        """Somebody types what nothing answers: what it may have meant stands where the results would."""
        answer = self._answer
        if answer is None or answer.total or answer.suggestion or self._coordinator.is_searching:
            return
        if found and found[0].matched == "spelling" and answer.query == self._coordinator.moment.text:
            self._answer = replace(answer, suggestion=found[0].text)
            self._notice.show_no_result(self._answer)

    @Slot()
    def _opened(self) -> None:
        self._attach()
        self._page_awaited = 0
        self._shows_selection = False
        self._answer = self._held = None
        self._is_placing = True
        self.model.show(0, ())
        self.view.take_groups()
        self._is_placing = False
        self._nothing_yet()

    @Slot(object, object)
    def _moved(self, old: Moment, new: Moment) -> None:
        self._word()
        if old.question != new.question:
            return  # the answer brings its own place
        self._is_placing = True
        if old.record != new.record:
            self._restore_current()
            self.view.viewport().update()
        if old.list_top != new.list_top and not self._shows_selection:
            self.view.show_top(new.list_top)  # a step back or forward
        self._is_placing = False
        self._scrolled()

    @Slot()
    def _scrolled(self) -> None:
        """Back brings the place in the list back as well; what is about to go is not noted."""
        coordinator = self._coordinator
        if self._is_placing or self._shows_selection or coordinator.is_searching or not self.model.total:
            return
        coordinator.note_list(self.view.list_top)

    @Slot()
    def _selected(self) -> None:
        self.view.viewport().update()
        current = self.view.currentIndex()
        if current.isValid():
            self.model.dataChanged.emit(current, current, [Qt.ItemDataRole.CheckStateRole])
        self._word()

    @Slot()
    def _restyle(self) -> None:
        self.view.doItemsLayout()
        self.view.viewport().update()
        self._bars.update()
        self._word()

    @Slot()
    def _reword(self) -> None:
        self.model.forget_words()
        if self._shows_selection:
            self.show_selection()
        self._word()

    # ---------------------------------------------------------------- helpers

    def _place(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(14, 4, 8, 8)
        head.setSpacing(6)
        head.addWidget(FoldLine(self._count, self._leave, self._sort, parent=self))
        head.addWidget(self._chips)
        head.addWidget(self._notes)
        head.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(rule)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        coordinator = self._coordinator
        coordinator.archive_opened.connect(self._opened)
        coordinator.answer_changed.connect(self._answered)
        coordinator.searching.connect(self._searching)
        coordinator.moment_changed.connect(self._moved)
        coordinator.selection_changed.connect(self._selected)
        coordinator.language_changed.connect(self._reword)
        coordinator.theme_changed.connect(self._restyle)
        coordinator.text_size_changed.connect(self._restyle)
        self._bars_timer.timeout.connect(self._show_bars)
        self.model.page_wanted.connect(self._page_wanted)
        self.view.chosen.connect(coordinator.open_record)
        coordinator.handle("show-selection", self._bring_selection)
        self.view.hand_left.connect(self._settled)
        self.view.ranged.connect(self._ticking.tick)
        self.view.all_wanted.connect(partial(coordinator.run, "select-results"))
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        coordinator.handle("select-results", self._ticking.tick_all)
        self._leave.clicked.connect(self.show_results)
        self._suggestion.clicked.connect(self._ask_suggestion)
        self._sort_menu.aboutToShow.connect(self._fill_sorts)
        self._attach()

    def _attach(self) -> None:
        """The searcher may come after the pane."""
        searcher = self._coordinator.searcher
        if searcher is not None and searcher is not self._searcher:
            self._searcher = searcher
            searcher.paged.connect(self._paged)
            searcher.failed.connect(self._failed)
            searcher.suggested.connect(self._suggested)
            self._ticking.attach(searcher)

    def _bring_selection(self) -> None:
        """From any page: the rows are only seen beside the reader."""
        self._coordinator.mine.left.emit()
        self._coordinator.show_view("browse")
        self.show_selection()

    def _nothing_yet(self) -> None:
        if self._coordinator.store is None:
            self._notice.show_nothing_open()
            self._stack.setCurrentWidget(self._notice)
        else:
            self._stack.setCurrentWidget(self._bars)
        self._word()

    def _restore_current(self, before: str | None = None) -> None:
        """Make the record that is read the current row, else the one that was it `before`."""
        number = self.model.number(self._coordinator.moment.record)
        if number is None and before is not None:
            number = self.model.number(before)
        if number is not None and number != self.view.currentIndex().row():
            self.view.go(number)

    def _ask_suggestion(self) -> None:
        answer = self._answer
        if answer is not None and answer.suggestion:
            self._coordinator.ask(answer.suggestion, live=False)

    def _fill_sorts(self) -> None:
        self._sort_menu.clear()
        group = QActionGroup(self._sort_menu)
        for sort in _SORTS:
            action = self._sort_menu.addAction(self._coordinator.words(f"window.results.sort_{sort}"))
            action.setCheckable(True)
            action.setChecked(sort == self._coordinator.moment.sort)
            group.addAction(action)
            action.triggered.connect(partial(self._coordinator.sort_by, sort))
        self._sort_menu.addSeparator()
        groups = QActionGroup(self._sort_menu)
        setting = setting_of("group")
        for value in setting.choices:
            action = self._sort_menu.addAction(value_text(setting, value, self._coordinator.language))
            action.setCheckable(True)
            action.setChecked(value == self._coordinator.settings.text("group"))
            action.setEnabled(self._coordinator.can_change("group"))
            groups.addAction(action)
            action.triggered.connect(partial(self._coordinator.change, "group", value))

    def _word(self) -> None:
        """Say everything over the rows as it is now, in the language of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        answer = self._answer
        shows_rows = self._stack.currentWidget() is self.view
        self._count.setMinimumHeight(coordinator.length(CONTROL_HEIGHT))
        self.setAccessibleName(words("window.results.name"))
        self.view.setAccessibleName(words("window.results.list"))
        self._bars.setAccessibleName(words("window.results.loading"))
        self._notice.setAccessibleName(words("window.results.name"))
        if self._shows_selection:
            self._count.setText(words("window.results.selected_count", count=self.model.total))
        elif self._stack.currentWidget() is self._bars:
            self._count.setText(words("window.results.loading"))
        elif answer is not None and self._failure is None:
            self._count.setText(words("window.results.count", count=answer.total))
        else:
            self._count.setText(words("window.results.name"))
        self._leave.setText(words("window.results.back_to_results"))
        self._leave.setAccessibleName(self._leave.text())
        self._leave.setVisible(self._shows_selection)
        sort = words(f"window.results.sort_{coordinator.moment.sort}")
        group = coordinator.settings.text("group")
        told = words("window.results.sort", sort=sort)
        if group != "none":
            named = value_text(setting_of("group"), group, coordinator.language)
            told = words("window.results.grouped", sort=sort, group=named)
        self._sort.setText(sort)
        put_icon(coordinator, self._sort, "down", 12)
        self._sort.setAccessibleName(told)
        set_tooltip(self._sort, told)
        self._sort.setVisible(shows_rows and not self._shows_selection)
        self._chips.update_chips()
        self._chips.setVisible(self._chips.has_any and not self._shows_selection)
        is_told = answer is not None and self._failure is None and not self._shows_selection
        notes = [note.sentence(coordinator.language) for note in answer.notes] if answer is not None and is_told else []
        if is_told and coordinator.store is not None:
            notes += told_of(coordinator.moment.question[0], coordinator.store, coordinator.language)
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        # Where the answer is to the suggestion already, a note has said so.
        is_corrected = answer is not None and any(note.key == "search.corrected" for note in answer.notes)
        suggestion = answer.suggestion if answer is not None and is_told and shows_rows and not is_corrected else None
        self._suggestion.setVisible(bool(suggestion))
        if suggestion:
            text = words("window.results.did_you_mean", suggestion=suggestion)
            self._suggestion.setText(plain_mnemonic(text))
            self._suggestion.setAccessibleName(text)
