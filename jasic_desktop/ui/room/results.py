"""The results of a reading room: how many, in which order, and large rows that open with one touch."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final, get_args

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import Sort
from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.results_model import ResultsModel
from jasic_desktop.ui.results_view import ResultsView
from jasic_desktop.ui.room.controls import RoomButton, RuledRow, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.results_delegate import HEIGHT, RoomDelegate
from jasic_desktop.ui.room.sheet import Sheet
from jasic_desktop.ui.room.theme import ASIDE, LIST_HEAD_HEIGHT, SIDE
from jasic_desktop.ui.searching import Searcher

_SORTS: Final[tuple[Sort, ...]] = get_args(Sort)


class RoomRows(ResultsView):
    """The rows; a record is opened in one way only, and nothing is ticked."""

    pixels_a_row: ClassVar[int] = HEIGHT

    def __init__(self, coordinator: RoomCoordinator, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, model, parent)
        self.setItemDelegate(RoomDelegate(coordinator, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens, as Enter does."""
        if event.key() == Qt.Key.Key_Space:
            self.open_current()
        else:
            super().keyPressEvent(event)


class RoomResults(QWidget):
    """The list at the left. `sorting` asks for a sheet with the orders there are."""

    sorting = Signal()

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._searcher: Searcher | None = None
        self._page_awaited = 0
        self._failure = ""
        self._held: Answer | None = None
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = plain_label()
        self.sort = RoomButton(coordinator, "room-quiet", "down", behind=True)
        self.model = ResultsModel(coordinator, self)
        self.view = RoomRows(coordinator, self.model, self)
        self._notice = _Notice(coordinator)
        self._stack = QStackedWidget()
        for page in (self.view, self._notice):
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()
        self._word()

    # ------------------------------------------------------------------------------------------------------ slots

    def choose_sort(self, over: QWidget) -> Sheet:
        """A sheet over `over` with the orders there are."""
        coordinator = self._coordinator
        sheet = Sheet(coordinator, over, coordinator.words("window.room.order"), 420)
        for sort in _SORTS:
            choice = RoomButton(coordinator, "room-row")
            choice.setCheckable(True)
            choice.setChecked(sort == coordinator.moment.sort)
            choice.say(coordinator.words(f"window.room.sort_{sort}"))
            choice.clicked.connect(partial(self._sort_by, sort, sheet))
            sheet.body.addWidget(choice)
        sheet.open()
        return sheet

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        self._page_awaited = 0
        if self.view.hand_in and self._stack.currentWidget() is self.view:
            self._held = answer
            self.view.wait_for_hand()
        else:
            self._show(answer)

    @Slot()
    def _settled(self) -> None:
        if self._held is not None:
            self._show(self._held)

    @Slot(int, str)
    def _failed(self, number: int, sentence: str) -> None:
        if number == self._page_awaited:
            self._page_awaited = 0
            return
        self._failure = sentence
        self._notice.show_error(sentence)
        self._stack.setCurrentWidget(self._notice)
        self._word()

    @Slot(int)
    def _page_wanted(self, offset: int) -> None:
        if self._searcher is not None and not self._page_awaited and self._held is None:
            self._page_awaited = self._searcher.more(offset)

    @Slot(int, int, object)
    def _paged(self, number: int, offset: int, answer: Answer) -> None:
        if number == self._page_awaited:
            self._page_awaited = 0
            self.model.add(offset, answer.hits)

    @Slot(bool)
    def _searching(self, _under_way: bool) -> None:
        searcher = self._coordinator.searcher
        if searcher is not None and searcher is not self._searcher:
            self._searcher = searcher
            searcher.paged.connect(self._paged)
            searcher.failed.connect(self._failed)

    @Slot(object, object)
    def _moved(self, old: Moment, new: Moment) -> None:
        self._word()
        if old.record != new.record:
            number = self.model.number(new.record)
            if number is not None:
                self.view.go(number)
            self.view.viewport().update()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        head = RuledRow(self._coordinator)
        head.setFixedHeight(LIST_HEAD_HEIGHT)
        row = QHBoxLayout(head)
        row.setContentsMargins(SIDE, 0, SIDE - 8, 0)
        row.addWidget(self._count, 1)
        row.addWidget(self.sort)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        coordinator = self._coordinator
        coordinator.answer_changed.connect(self._answered)
        coordinator.searching.connect(self._searching)
        coordinator.moment_changed.connect(self._moved)
        coordinator.language_changed.connect(self._reword)
        for signal in (coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._restyle)
        self.model.page_wanted.connect(self._page_wanted)
        self.view.chosen.connect(coordinator.open_record)
        self.view.hand_left.connect(self._settled)
        self.sort.clicked.connect(self.sorting)

    def _show(self, answer: Answer) -> None:
        self._held, self._failure = None, ""
        self.model.show(answer.total, answer.hits)
        self.view.take_groups()
        if answer.total:
            self._stack.setCurrentWidget(self.view)
            number = self.model.number(self._coordinator.moment.record)
            if number is not None:
                self.view.go(number)
        else:
            self._notice.show_nothing(answer)
            self._stack.setCurrentWidget(self._notice)
        self._word()

    def _sort_by(self, sort: Sort, sheet: Sheet) -> None:
        sheet.close_sheet()
        self._coordinator.sort_by(sort)

    def _reword(self) -> None:
        self.model.forget_words()
        self._word()

    def _restyle(self) -> None:
        # The rows are laid out in the next turn, when everything has its new size.
        QTimer.singleShot(0, self.view, self.view.doItemsLayout)
        self.view.viewport().update()
        self._word()

    def _word(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        answer = coordinator.answer
        interface_font(coordinator, self._count, strong=True)
        interface_font(coordinator, self.sort, ASIDE)
        self.setAccessibleName(words("window.results.name"))
        self.view.setAccessibleName(words("window.results.list"))
        told = answer is not None and not self._failure
        self._count.setText(words("window.room.results", count=answer.total) if told and answer else "")
        sort = words(f"window.room.sort_{coordinator.moment.sort}")
        self.sort.say(sort, words("window.results.sort", sort=sort))
        self.sort.setVisible(self._stack.currentWidget() is self.view)
        self._notice.word()


class _Notice(QWidget):
    """What stands in place of rows: one sentence, what to do, and at most one button for it."""

    def __init__(self, coordinator: RoomCoordinator) -> None:
        super().__init__()
        self._coordinator = coordinator
        self._answer: Answer | None = None
        self._error = ""
        self._sentence, self._hint = plain_label(wrap=True), plain_label(wrap=True)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hint.setProperty("role", "second")
        self._act = RoomButton(coordinator)
        self._act.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 20, SIDE, 20)
        column.setSpacing(12)
        for widget in (self._sentence, self._hint, self._act):
            column.addWidget(widget)
        column.addStretch(1)

    def show_nothing(self, answer: Answer) -> None:
        """Nothing was found."""
        self._answer, self._error = answer, ""
        self.word()

    def show_error(self, sentence: str) -> None:
        """The search failed."""
        self._answer, self._error = None, sentence
        self.word()

    def word(self) -> None:
        """Say it in the language of now."""
        coordinator, words, answer = self._coordinator, self._coordinator.words, self._answer
        interface_font(coordinator, self._sentence, strong=True)
        interface_font(coordinator, self._hint, ASIDE)
        asked = answer.query.strip()[:60] if answer is not None else ""
        none = words("window.results.none", question=asked) if asked else words("window.results.none_at_all")
        self._sentence.setText(self._error or none)
        self._sentence.setAccessibleName(self._sentence.text())
        self._hint.setText(words("window.results.error_hint" if self._error else "window.results.hint_words"))
        suggestion = answer.suggestion if answer is not None else None
        if suggestion:
            self._act.say(words("window.results.did_you_mean", suggestion=suggestion[:40]))
        else:
            self._act.say(words("window.results.ask_again"))
        self._act.setVisible(bool(suggestion or self._error))

    def _go(self) -> None:
        if self._answer is not None and self._answer.suggestion:
            self._coordinator.ask(self._answer.suggestion, live=False)
        else:
            self._coordinator.search()
