"""The notes of the record that is read: a list of them below the text, and a field in which one is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.core.errors import Fault
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.document_view import DocumentView
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.looks import native
from jasic_desktop.ui.marked_text import NoteMark, draw_marks, placed_notes, selected_anchors
from jasic_desktop.ui.note_editor import NoteEditor
from jasic_desktop.ui.plain import plain_label, set_tooltip

if TYPE_CHECKING:
    from jasic_desktop.workspace.items import Anchor, Note

_NOTE: Final = Qt.ItemDataRole.UserRole
_COLOURS: Final = ("yellow", "green", "blue", "pink")
_HEIGHT: Final = 176
_LINE: Final = 34
"""Pixels in which one line can be written: all there is with large texts in a low window."""
_SHOWN: Final = 90


class NotePanel(QWidget):
    """Comes when a note is wanted and goes with Esc. It marks the words of notes in the text, seen or not.

    `closed` tells that it went.
    """

    spoken_role = "Grouping"

    closed = Signal()

    def __init__(self, coordinator: Coordinator, view: DocumentView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._view = view
        self._marks: list[NoteMark] = []
        self._current = ""
        self._draft: tuple[str, list[Anchor]] | None = None
        self._quoted: tuple[str, NoteMark | None] = ("", None)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = plain_label(parent=self)
        self.title.setProperty("role", "strong")
        self._listed = QWidget(self)
        self.list = QListWidget(self)
        self.list.setProperty("role", "rows")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.quote = plain_label(parent=self, wrap=True)
        self.quote.setProperty("role", "note")
        self.editor = NoteEditor(coordinator, self)
        self._colours: dict[str, QPushButton] = {}
        self._delete = QPushButton(self)
        self._close = QToolButton(self)
        self._close.setProperty("role", "quiet")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._lay_out()
        self._connect()
        self.reword()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    # ------------------------------------------------------------------------------------------------- properties

    def sizeHint(self) -> QSize:
        """High enough to write some lines."""
        return QSize(super().sizeHint().width(), self._coordinator.length(_HEIGHT))

    @property
    def current(self) -> str:
        """The id of the note that is edited; nothing for none, or for one that is not written yet."""
        return self._current

    # ------------------------------------------------------------------------------------------------------ slots

    def write(self) -> None:
        """Begin a note: on the words that are selected, else on the whole record."""
        record = self._coordinator.moment.record
        if record is None or not self.editor.flush():
            return
        anchors = self._selected(record)
        self.list.setCurrentRow(-1)
        self._current, self._draft = "", (record, anchors)
        self.editor.edit("", partial(self._write_new, record, anchors), self._coordinator.words("window.mine.note"))
        self._show_quote(anchors[0].exact if anchors else "")
        self._refresh_buttons()
        self.show()
        self.editor.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def highlight(self) -> None:
        """Mark the words that are selected."""
        coordinator, record = self._coordinator, self._coordinator.moment.record
        if record is None:
            return
        anchors = self._selected(record)
        if not anchors:
            coordinator.tell("window.mine.select_words", kind="warn")
            return
        if coordinator.mine.do(lambda _workspace: [self._add(record, "", anchor) for anchor in anchors]):
            cursor = self._view.textCursor()
            cursor.clearSelection()
            self._view.setTextCursor(cursor)
            coordinator.tell("window.mine.highlighted", count=len(anchors))

    def show_note(self, identity: str) -> None:
        """Show a note of the record that is read, and bring its words into sight."""
        self._place()
        for row in range(self.list.count()):
            if self.list.item(row).data(_NOTE) == identity:
                self.show()
                self.list.setCurrentRow(row)
                return

    def open_panel(self) -> None:
        """Come, with the first note, or a new one where there is none."""
        self._place()
        if not self.list.count():
            self.write()
            return
        self.show()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def close_panel(self) -> None:
        """Go, if what was written could be saved."""
        if not self.editor.put_away():
            return
        self._current, self._draft = "", None
        self.list.setCurrentRow(-1)
        self.hide()
        self._draw()
        self.closed.emit()

    def reword(self) -> None:
        """Say and draw everything anew."""
        coordinator, words = self._coordinator, self._coordinator.words
        self.setAccessibleName(words("window.mine.notes_of_record"))
        self.list.setAccessibleName(words("window.mine.notes_of_record"))
        self.list.setFont(coordinator.font("ui"))
        self.editor.field.setMinimumHeight(coordinator.length(_LINE))
        self.list.setMinimumHeight(coordinator.length(_LINE))
        self.updateGeometry()
        for colour, button in self._colours.items():
            name = words(f"window.mine.colour.{colour}")
            button.setText(name)
            button.setAccessibleName(name)
        self.editor.field.setAccessibleName(words("window.mine.note"))
        self._show_quote(*self._quoted)
        self._delete.setText(words("window.mine.delete_note"))
        put_icon(coordinator, self._close, "close", 12)
        close = words("window.mine.close_notes")
        self._close.setAccessibleName(close)
        set_tooltip(self._close, words("window.top.with_key", name=close, key=native("Esc")))
        self._place()

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Delete takes the note away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._delete_current()
        else:
            super().keyPressEvent(event)

    def _record_shown(self) -> None:
        """Another record is read: what was written belongs to the one before."""
        if self.isVisible() and not self.editor.put_away():
            return
        self._current, self._draft = "", None
        self.hide()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        mark = next((one for one in self._marks if item is not None and one.note.id == item.data(_NOTE)), None)
        if mark is None or mark.note.id == self._current:
            return
        note = mark.note
        if not self.editor.edit(note.text, partial(self._edit, note.id), self._coordinator.words("window.mine.note")):
            return
        self._current, self._draft = note.id, None
        self._show_quote(note.anchor.exact if note.anchor is not None else "", mark)
        self._refresh_buttons()
        self._draw()
        if mark.start >= 0:
            self._view.go_to(mark.start, mark.end)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        left = QVBoxLayout(self._listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(4)
        left.addLayout(head)
        left.addWidget(self.list, 1)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        group = QButtonGroup(self)
        for colour in _COLOURS:
            button = QPushButton(self)
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.clicked.connect(partial(self._recolour, colour))
            group.addButton(button)
            self._colours[colour] = button
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self._delete)
        tools.addWidget(self._close)
        self._delete.setProperty("role", "link")
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(tools)
        right.addWidget(self.quote)
        right.addWidget(self.editor, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._listed, 2)
        row.addLayout(right, 3)

    def _connect(self) -> None:
        coordinator = self._coordinator
        self._view.filled.connect(self._later.start)
        self._later.timeout.connect(self._place)
        coordinator.mine.changed.connect(self._later.start)
        coordinator.mine.noted.connect(self.show_note)
        coordinator.record_shown.connect(self._record_shown)
        self.list.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self._delete.clicked.connect(self._delete_current)
        self._close.clicked.connect(self.close_panel)

    def _selected(self, record: str) -> list[Anchor]:
        store = self._coordinator.store
        return selected_anchors(self._view, store, record) if store is not None else []

    def _place(self) -> None:
        """Find the words of all notes of the record on the page, list and mark them."""
        coordinator, page = self._coordinator, self._view.page
        store = coordinator.store
        if page is None or store is None or not self._view.is_whole or not coordinator.mine.is_open:
            return
        nothing: list[Note] = []
        notes = coordinator.mine.look(lambda workspace: list(workspace.notes.list(store.archive.id)), nothing)
        from jasic_desktop.app.collecting import current_id

        own = [note for note in notes if current_id(store, note.archive, note.record) == page.id]
        self._marks = placed_notes(self._view, store, page.id, own)
        self._fill()
        self._draw()

    def _fill(self) -> None:
        words = self._coordinator.words
        self.title.setText(words("window.mine.notes_count", count=len(self._marks)))
        self.list.blockSignals(True)
        self.list.clear()
        for mark in self._marks:
            item = QListWidgetItem(self._line(mark))
            item.setData(_NOTE, mark.note.id)
            self.list.addItem(item)
            if mark.note.id == self._current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._listed.setVisible(bool(self._marks))
        self._refresh_buttons()

    def _line(self, mark: NoteMark) -> str:
        """A note in the list: its quote, how the words fare, and its text."""
        note, words = mark.note, self._coordinator.words
        parts = []
        if note.anchor is not None:
            parts.append(f"“{_short(note.anchor.exact)}”")
            if mark.found is not None and mark.found.how != "same":
                parts.append(words(f"workspace.found.{mark.found.how}"))
            elif mark.start < 0:
                parts.append(words("window.mine.other_language"))
        if note.text:
            parts.append(_short(note.text))
        return " – ".join(parts) or words("window.mine.empty_note")

    def _draw(self) -> None:
        if self._view.page is None:
            self._marks = []  # the page that they stood on was closed
        draw_marks(self._view, self._marks, self._coordinator.theme, self._current)

    def _show_quote(self, quote: str, mark: NoteMark | None = None) -> None:
        self._quoted = (quote, mark)
        text = f"“{_short(quote)}”" if quote else self._coordinator.words("window.mine.on_record")
        if mark is not None and mark.found is not None and mark.found.how != "same":
            text += f" ({self._coordinator.words(f'workspace.found.{mark.found.how}')})"
        self.quote.setText(text)

    def _refresh_buttons(self) -> None:
        mark = next((one for one in self._marks if one.note.id == self._current), None)
        colour = mark.note.colour if mark is not None else _COLOURS[0]
        is_marked = (mark is not None and mark.note.anchor is not None) or bool(self._draft and self._draft[1])
        for name, button in self._colours.items():
            button.setChecked(name == colour)
            button.setVisible(is_marked)
        self._delete.setEnabled(mark is not None)

    def _add(self, record: str, text: str, anchor: Anchor | None) -> Note:
        coordinator, store = self._coordinator, self._coordinator.store
        assert store is not None  # noqa: S101 - a record is read
        colour = next((name for name, button in self._colours.items() if button.isChecked()), _COLOURS[0])
        return coordinator.mine.workspace.notes.add(
            store.archive.id,
            record,
            text,
            version=store.archive.version,
            title=store.title(record).show(coordinator.language),
            anchor=anchor,
            colour=colour,
        )

    def _write_new(self, record: str, anchors: list[Anchor], text: str) -> None:
        """Write a note for the first time; from then on it is changed."""
        if self._current:
            self._change(self._current, text)
            return
        made = [self._add(record, text if not at else "", anchor) for at, anchor in enumerate(anchors or [None])]
        self._current, self._draft = made[0].id, None

    def _edit(self, identity: str, text: str) -> None:
        """Change a note that was there before. Raises RefusedFault where the policy closes that."""
        self._coordinator.places.policy.require("note edit")
        self._change(identity, text)

    def _change(self, identity: str, text: str) -> None:
        notes = self._coordinator.mine.workspace.notes
        notes.change(notes.find(identity), text=text)

    def _recolour(self, colour: str) -> None:
        if not self._current:
            return
        identity = self._current
        try:
            self._coordinator.places.policy.require("note edit")
            notes = self._coordinator.mine.workspace.notes
            notes.change(notes.find(identity), colour=colour)
        except Fault as fault:
            self._coordinator.tell_fault(fault)
            return
        self._coordinator.mine.changed.emit()

    def _delete_current(self) -> None:
        mark = next((one for one in self._marks if one.note.id == self._current), None)
        if mark is None:
            return
        note = mark.note
        self.editor.flush()
        if self._coordinator.mine.do(
            lambda workspace: workspace.notes.delete(workspace.notes.find(note.id)), "note remove"
        ):
            self._current = ""
            self.editor.put_away()
            self._refresh_buttons()
            self._coordinator.tell("window.mine.note_deleted")


def _short(text: str) -> str:
    shown = one_line(" ".join(text.split()))
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
