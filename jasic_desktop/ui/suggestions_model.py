"""What the list under the search field offers: questions asked before, and records that the words may mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jasic_desktop.core.errors import Fault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.render.labels import row_words
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.search.answer import Suggestion
from jasic_desktop.ui.coordinator import Coordinator

Index = QModelIndex | QPersistentModelIndex


class Offer(NamedTuple):
    """One row: the words to ask, the record they name with its type, its other names, and why it is offered.

    A question asked before names no record: `id` and `type` are None.
    """

    text: str
    id: str | None
    type: RecordType | None
    others: str
    why: str

    @property
    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        return "; ".join(filter(None, (self.text, self.others, self.why)))


class SuggestionsModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.offers: tuple[Offer, ...] = ()

    def show(self, past: Sequence[str], found: Sequence[Suggestion]) -> None:
        """Offer these: questions asked before, then records."""
        language = self._coordinator.language
        asked = translate("window.suggestions.past", language)
        offers = [Offer(one_line(question), None, None, "", asked) for question in past]
        offers += map(self._offer, found)
        self.beginResetModel()
        self.offers = tuple(offers)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's signature
        """How many are offered."""
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        """The words of a row, and what is said of it."""
        if not index.isValid():
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return offer.spoken
        return None

    # ---------------------------------------------------------------------------------------------------- helpers

    def _offer(self, suggestion: Suggestion) -> Offer:
        """A record, with its name in other scripts, its type, and how the words found it."""
        store, language = self._coordinator.store, self._coordinator.language
        shown, others, kind, record_type = one_line(suggestion.text), "", suggestion.type, None
        try:
            if store is not None:
                told = row_words(store, store.get(suggestion.id), Words(language))
                # What was found may be any of the names: it stands once, and the title stands beside it.
                names = dict.fromkeys((one_line(store.title(suggestion.id).show(language)), *told.others))
                others = " · ".join(name for name in names if name != shown)
                kind, record_type = told.type_word, told.type
        except (Fault, sqlite3.Error, OSError):
            pass  # the archive vanished while it was open: what the answer itself says is still shown
        key = "means" if suggestion.matched == "spelling" else "why"
        how = translate(f"search.matched.{suggestion.matched}", language)
        why = translate(f"window.suggestions.{key}", language, type=kind, how=how)
        return Offer(shown, suggestion.id, record_type, one_line(others), why)
