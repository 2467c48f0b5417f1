"""The list under the search field: what the words typed so far may mean, chosen by keys while the cursor stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QVBoxLayout, QWidget

from jasic_desktop.core.folding import fold
from jasic_desktop.search.answer import Suggestion
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.hand import WatchedList
from jasic_desktop.ui.search_field import SearchField
from jasic_desktop.ui.searching import Searcher
from jasic_desktop.ui.speaking import announce
from jasic_desktop.ui.suggestions_delegate import ROW, SuggestionsDelegate
from jasic_desktop.ui.suggestions_model import SuggestionsModel

PAUSE_MS: Final = 90
"""The list follows when the keys pause for so long: while they come it stays, and the results have the time."""
MOST: Final = 8
_PAST: Final = 3
_LEAST_WIDTH: Final = 420
_FRAME: Final = 6
"""Pixels above and below the rows, the line around them included."""
_EDGE: Final = 8
_MOVES: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

Past = Callable[[str], Sequence[str]]
"""Questions asked before that a text may be the beginning of, the best first; none where no history is kept."""


def no_past(_text: str) -> Sequence[str]:
    """Nothing is kept of what was asked."""
    return ()


class SuggestionList(QFrame):
    """Lies over the page of the window below the search field, beside the results and never over them.

    The keyboard stays in the field: Down and Up mark a row, Enter takes it, Esc puts the list away, Tab goes on.
    A list that the hand is in is not replaced. `past` is asked for questions that were asked before.
    """

    def __init__(self, coordinator: Coordinator, field: SearchField, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._coordinator = coordinator
        self._field = field
        self._beside: QWidget | None = None
        self._searcher: Searcher | None = None
        self._awaited = 0
        self._waiting: tuple[Suggestion, ...] | None = None
        self._dismissed = False
        self.past: Past = no_past
        self.model = SuggestionsModel(coordinator, self)
        self.view = WatchedList(self)
        self.view.hand_left.connect(self._settled)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        field.installEventFilter(self)
        field.textEdited.connect(self._typed)
        page.installEventFilter(self)
        coordinator.archive_opened.connect(self.dismiss)
        coordinator.moment_changed.connect(self._moment_changed)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self.dismiss)
        coordinator.language_changed.connect(self._word)
        self._word()
        self.hide()

    def keep_beside(self, widget: QWidget) -> None:
        """Leave a widget in sight, where it is shown."""
        self._beside = widget

    def follow(self, field: SearchField) -> None:
        """Go on from what is typed into another field, from which the cursor comes into this one."""
        field.textEdited.connect(self._typed)

    # ------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def dismiss(self) -> None:
        """Put the list away until something else is typed."""
        self._pause.stop()
        self._awaited = 0
        self._waiting = None
        self.view.forget_hand()
        if self.isVisible():
            self.hide()
            self._mark(-1)

    def choose(self, row: int, *, new_tab: bool = False) -> None:
        """Ask the words of a row, and read the record they name."""
        if not 0 <= row < len(self.model.offers):
            return
        offer = self.model.offers[row]
        self.dismiss()
        self._coordinator.ask(offer.text, live=False)
        if offer.id is not None:
            self._coordinator.open_record(offer.id, new_tab)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._waiting = None
        self._awaited = 0
        self._mark(-1)
        if text.strip():
            self._pause.start()
        else:
            self.dismiss()

    @Slot()
    def _ask(self) -> None:
        coordinator, searcher = self._coordinator, self._coordinator.searcher
        if searcher is None or not self._field.hasFocus() or self._field.is_composing:
            return
        if searcher is not self._searcher:
            self._searcher = searcher
            searcher.suggested.connect(self._suggested)
        self._awaited = searcher.suggest(self._field.text(), MOST, coordinator.language)

    @Slot(int, object)
    def _suggested(self, number: int, found: tuple[Suggestion, ...]) -> None:
        if number != self._awaited:
            return
        self._awaited = 0
        if self.isVisible() and self.view.hand_in:
            self._waiting = found
            self.view.wait_for_hand()
        else:
            self._show(found)

    @Slot()
    def _settled(self) -> None:
        if self._waiting is not None:
            found, self._waiting = self._waiting, None
            self._show(found)

    def _moment_changed(self, _old: object, _new: object) -> None:
        # What was typed changes the moment as well; anything else than that makes the list out of date.
        if self._coordinator.moment.text != self._field.text() or not self._field.hasFocus():
            self.dismiss()

    # ----------------------------------------------------------------------------------------------------- events

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Keys of the field that are the list's while it is there; the field's and the page's place."""
        kind = event.type()
        if watched is self._field:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.isVisible():
                return self._takes(event)
            if kind == QEvent.Type.FocusOut:
                self.dismiss()
        elif kind == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key that is pressed in the field was for the list."""
        key, row = Qt.Key(event.key()), self.view.currentIndex().row()
        if self._field.is_composing:
            return False
        if key in _MOVES:
            # Above the first row is the field itself.
            self._mark(max(-1, min(row + _MOVES[key], len(self.model.offers) - 1)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0:
                self.choose(row, new_tab=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
            self.dismiss()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.dismiss()
        return False

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setModel(self.model)
        self.view.setItemDelegate(SuggestionsDelegate(self._coordinator, self))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda index: self.choose(index.row()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, _FRAME - 1, 1, _FRAME - 1)
        layout.addWidget(self.view)

    @Slot()
    def _word(self) -> None:
        name = self._coordinator.words("window.suggestions.name")
        self.setAccessibleName(name)
        self.view.setAccessibleName(name)

    def _show(self, found: Sequence[Suggestion]) -> None:
        """Offer these, where they say more than the field does."""
        text = self._field.text()
        past = [question for question in self.past(text) if fold(question) != fold(text)][:_PAST]
        found = found[: MOST - len(past)]
        if len(found) == 1 and not past and fold(found[0].text) == fold(text.strip()):
            found = ()
        if not past and not found:
            self.dismiss()
            return
        self.model.show(past, found)
        self._mark(-1)
        self._fit()
        if not self.isVisible():
            self.show()
            self.raise_()
            self._say(self._coordinator.words("window.suggestions.there"))

    def _mark(self, row: int) -> None:
        """Mark a row, or none; what is marked is told where the cursor is."""
        self.view.setCurrentIndex(self.model.index(row))
        spoken = self.model.offers[row].spoken if row >= 0 else ""
        self._field.setAccessibleDescription(spoken)
        if spoken:
            self._say(spoken)

    def _say(self, text: str) -> None:
        announce(self._field, text)

    def _fit(self) -> None:
        """Below the field, as wide as it is, but to the right of what must stay in sight; inside the page."""
        page, length = self._page, self._coordinator.length
        corner = self._field.mapTo(page, QPoint(0, self._field.height()))
        left, right = corner.x(), corner.x() + self._field.width()
        beside = self._beside
        if beside is not None and beside.isVisible():
            left = max(left, beside.mapTo(page, QPoint(beside.width(), 0)).x() + _EDGE)
        right = min(max(right, left + length(_LEAST_WIDTH)), page.width() - _EDGE)
        height = length(ROW) * len(self.model.offers) + 2 * _FRAME
        top = corner.y() + _EDGE // 2
        self.setGeometry(left, top, right - left, min(height, page.height() - top - _EDGE))
