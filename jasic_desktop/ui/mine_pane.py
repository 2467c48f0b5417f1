"""A collection, all notes or the history where the results stand: in order, with a note on each entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jasic_desktop.app.collecting import current_id
from jasic_desktop.app.commands import command
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.fold_line import FoldLine
from jasic_desktop.ui.note_editor import NoteEditor
from jasic_desktop.ui.notice import Notice
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, tint

if TYPE_CHECKING:
    from jasic_desktop.workspace.items import Collection, Entry, Note, Visit

_AT: Final = Qt.ItemDataRole.UserRole
_SHOWN: Final = 160
_EDITOR: Final = 132
_LEAST_EDITOR: Final = 84
_LEAST_LIST: Final = 76
_BUTTONS: Final = ("up", "down", "take_out", "rename", "select_all", "delete")
_ON_ROWS: Final = frozenset({"up", "down", "take_out", "select_all"})
"""The buttons that have something to do only where there are rows."""
_FIRST: Final = {"collection": "collect", "notes": "note", "history": "keep-history"}
"""The command that brings a first row into each list."""


class MinePane(QWidget):
    """Shows what `coordinator.mine` asks for. Enter opens a record; Alt+Up and Alt+Down move an entry; `left` tells
    that the results are wanted again.
    """

    spoken_role = "Grouping"

    left = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._kind, self._identity = "", ""
        self._rows: list[Entry | Note | Visit] = []
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = plain_label(parent=self, wrap=True)
        self.title.setProperty("role", "strong")
        self.hint = plain_label(parent=self, wrap=True)
        self.hint.setProperty("role", "note")
        self.back = QPushButton(self)
        self.back.setProperty("role", "link")
        self.list = _Rows(self)
        self.list.setProperty("role", "rows")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notice = _Nothing(coordinator, self)
        self._said: object = None
        self.editor = NoteEditor(coordinator, self)
        self._note_name = plain_label(parent=self)
        self._note_name.setProperty("role", "note")
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()
        self._restyle()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def first_focus(self) -> QWidget:
        """What F6 brings the keyboard to."""
        return self.list if self._rows else self.notice

    @property
    def shown(self) -> tuple[str, str]:
        """What is shown: `collection` with its id, `notes`, `history`, or nothing."""
        return self._kind, self._identity

    # ------------------------------------------------------------------------------------------------------ slots

    def show_list(self, kind: str, identity: str) -> None:
        """Show another list, if what was written could be saved."""
        if self.editor.put_away():
            self._kind, self._identity = kind, identity
            self._fill()
            if self.list.count():
                self.list.setCurrentRow(0)

    def leave(self) -> None:
        """Show the results again, if what was written could be saved."""
        if self._kind and self.editor.put_away():
            self._kind, self._identity = "", ""
            self.left.emit()

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move an entry, Delete takes it out, Esc leaves."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._kind == "collection":
            self._move(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and self.list.hasFocus():
            self._take_out()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if self._kind:
            self._fill()

    def _current_changed(self) -> None:
        row = self._current
        name = self._coordinator.words("window.mine.note")
        if row is None or self._kind == "history":
            self.editor.put_away()
        elif self._kind == "collection":
            self.editor.edit(row.note, partial(self._annotate, row.id), name)  # type: ignore[union-attr]
        else:
            self.editor.edit(row.text, partial(self._change_note, row.id), name)  # type: ignore[union-attr]
        self._refresh_buttons()

    def _open(self, item: QListWidgetItem | None) -> None:
        """Read the record of a row; a note is shown beside it."""
        if item is None:
            return
        row, coordinator = self._rows[item.data(_AT)], self._coordinator
        store = coordinator.store
        found = current_id(store, row.archive, row.record) if store is not None else None
        if found is None:
            coordinator.tell("window.mine.not_here", kind="warn", id=f"{row.archive}:{row.record}")
            return
        coordinator.open_record(found)
        if self._kind == "notes":
            coordinator.mine.noted.emit(getattr(row, "id", ""))

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _current(self) -> Entry | Note | Visit | None:
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _lay_out(self) -> None:
        tools = QWidget(self)
        flow = FlowLayout(tools)
        for name in _BUTTONS:
            button = QPushButton(tools)
            button.setProperty("role", "chip")
            self.buttons[name] = button
            flow.addWidget(button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 4, 8, 8)
        column.setSpacing(6)
        column.addWidget(FoldLine(self.title, self.back, parent=self))
        column.addWidget(tools)
        column.addWidget(self.hint)
        column.addWidget(self.list, 3)
        column.addWidget(self.notice, 3)
        column.addWidget(self._note_name)
        column.addWidget(self.editor, 2)
        # With large texts in a low window there is not the room for all of it.
        area = _Area(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        coordinator = self._coordinator
        coordinator.mine.changed.connect(self._changed)
        coordinator.setting_changed.connect(lambda key: self._say_nothing() if key == "history" else None)
        coordinator.moment_changed.connect(self._say_nothing)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._restyle)
        self.back.clicked.connect(self.leave)
        self.list.currentRowChanged.connect(lambda _row: self._current_changed())
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        acts: dict[str, Callable[[], None]] = {
            "up": partial(self._move, -1),
            "down": partial(self._move, 1),
            "take_out": self._take_out,
            "rename": self._rename,
            "select_all": self._select_all,
            "delete": self._delete,
        }
        for name, act in acts.items():
            self.buttons[name].clicked.connect(act)

    def _fill(self) -> None:
        """Read the list anew; the row that is current stays."""
        current = self._current
        key = _key(current) if current is not None else None
        title = self._read()
        self.list.blockSignals(True)
        self.list.clear()
        store = self._coordinator.store
        for at, row in enumerate(self._rows):
            found = current_id(store, row.archive, row.record) if store is not None else None
            # A title is kept for where its record is not here; else it is said in the language of the window.
            name = store.title(found).show(self._coordinator.language) if store is not None and found else row.title
            item = QListWidgetItem(self._line(at, row, one_line(name or row.record)))
            item.setData(_AT, at)
            if store is not None and found is None:
                item.setForeground(self._coordinator.theme.color("ink-3"))
            self.list.addItem(item)
            if _key(row) == key:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.title.setText(one_line(title))
        self.hint.setText(self._coordinator.mine.refusal)
        self.hint.setVisible(bool(self.hint.text()))
        had_focus = self.list.hasFocus()
        self.list.setVisible(bool(self._rows))
        self.notice.setVisible(not self._rows)
        self._say_nothing()
        if had_focus and not self._rows:
            self.notice.setFocus()
        # What could not be written stays in sight.
        is_written = self._kind != "history" and bool(self._rows or not self.editor.is_saved)
        self.editor.setVisible(is_written)
        self._note_name.setVisible(is_written)
        if current is not None and self._current is None:
            self._current_changed()
        self._refresh_buttons()

    def _read(self) -> str:
        """Take the rows of what is shown; how it is called, with how many there are."""
        mine, words = self._coordinator.mine, self._coordinator.words
        entries: tuple[Entry, ...] = ()
        notes: tuple[Note, ...] = ()
        visits: tuple[Visit, ...] = ()
        if self._kind == "collection":
            collection = self._collection()
            self._rows = list(mine.look(lambda workspace: workspace.collections.entries(self._identity), entries))
            name = collection.name if collection is not None else ""
            return words("workspace.collection_row", name=name, count=len(self._rows))
        if self._kind == "notes":
            self._rows = list(mine.look(lambda workspace: workspace.notes.list(), notes))
            return words("window.mine.notes_count", count=len(self._rows))
        self._rows = list(mine.look(lambda workspace: workspace.history.list(mine.archive_id), visits))
        return words("window.mine.history_count", count=len(self._rows))

    def _collection(self) -> Collection | None:
        nothing: tuple[Collection, ...] = ()
        known = self._coordinator.mine.look(lambda workspace: workspace.collections.list(), nothing)
        return next((one for one in known if one.id == self._identity), None)

    def _say_nothing(self, *_: object) -> None:
        """Where there is no row: why, and the one thing that brings a first one, where it can be done."""
        if self._rows or not self._kind:
            return
        coordinator, first = self._coordinator, _FIRST[self._kind]
        is_kept = self._kind == "history" and coordinator.settings.text("history") == "on"
        said = (coordinator.language, self._kind, is_kept, can := coordinator.can(first), coordinator.key(first))
        if said == self._said:
            return
        self._said = said
        key = "window.mine.nothing_read_yet" if is_kept else f"window.mine.empty_{self._kind}"
        hint = self._kind == "history" and can and not is_kept
        self.notice.say(
            coordinator.words(key, key=coordinator.way(first)),
            coordinator.words("window.mine.empty_history_hint") if hint else "",
        )
        if can and not is_kept:
            name = coordinator.words(command(first).label)
            button = self.notice.add_button(name, partial(coordinator.run, first))
            if hint:  # what it does was just said
                button.setText(coordinator.words("window.mine.switch_on"))
                button.setAccessibleName(f"{button.text()}: {name}")

    def _line(self, at: int, row: Entry | Note | Visit, title: str) -> str:
        """A row as it is read and spoken: number and title, then its note or quote."""
        if self._kind == "collection":
            under = row.note  # type: ignore[union-attr]
            return f"{at + 1}. {title}" + (f"\n{_short(under)}" if under else "")
        if self._kind == "notes":
            anchor = row.anchor  # type: ignore[union-attr]
            parts = [f"“{_short(anchor.exact)}”"] if anchor is not None else []
            text = row.text  # type: ignore[union-attr]
            return "\n".join([title, *parts, *([_short(text)] if text else [])])
        return title

    def _refresh_buttons(self) -> None:
        row, count, at = self._current, len(self._rows), self.list.currentRow()
        is_collection = self._kind == "collection"
        shown = {
            "up": is_collection,
            "down": is_collection,
            "take_out": self._kind != "history",
            "rename": is_collection,
            "select_all": True,
            "delete": is_collection,
        }
        enabled = {
            "up": row is not None and at > 0,
            "down": row is not None and at < count - 1,
            "take_out": row is not None,
            "select_all": count > 0,
        }
        for name, button in self.buttons.items():
            button.setVisible(shown[name] and (count > 0 or name not in _ON_ROWS))
            button.setEnabled(enabled.get(name, True))

    def _restyle(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        self.setAccessibleName(words("window.mine.name_of_pane"))
        self.list.setAccessibleName(words("window.mine.list"))
        self.list.setFont(coordinator.font("ui"))
        self.back.setText(words("window.results.back_to_results"))
        self._note_name.setText(words("window.mine.note"))
        self.list.setMinimumHeight(coordinator.length(_LEAST_LIST))
        self.editor.setMinimumHeight(coordinator.length(_LEAST_EDITOR))
        self.editor.setMaximumHeight(coordinator.length(_EDITOR))
        tint(self.hint, coordinator.theme.color("ink-2"))
        for name, button in self.buttons.items():
            button.setText(plain_mnemonic(words(f"window.mine.{name}")))
        if self._kind:
            self._fill()

    def _annotate(self, identity: str, text: str) -> None:
        collections = self._coordinator.mine.workspace.collections
        self._coordinator.places.policy.require("collection note")
        entry = next((one for one in collections.entries(self._identity) if one.id == identity), None)
        if entry is not None:
            collections.annotate(entry, text)

    def _change_note(self, identity: str, text: str) -> None:
        self._coordinator.places.policy.require("note edit")
        notes = self._coordinator.mine.workspace.notes
        notes.change(notes.find(identity), text=text)

    def _move(self, step: int) -> None:
        row = self._current
        if row is not None and self.editor.flush():
            fresh = next((one for one in self._rows if _key(one) == _key(row)), row)
            self._coordinator.mine.do(
                lambda workspace: workspace.collections.move(fresh, step),  # type: ignore[arg-type]
                "collection move",
            )

    def _take_out(self) -> None:
        row, mine = self._current, self._coordinator.mine
        if row is None or not self.editor.put_away():
            return
        if self._kind == "collection":
            mine.do(lambda workspace: workspace.collections.remove([row]), "collection remove")  # type: ignore[list-item]
        elif self._kind == "notes":
            found = row.id  # type: ignore[union-attr]
            mine.do(lambda workspace: workspace.notes.delete(workspace.notes.find(found)), "note remove")

    def _rename(self) -> None:
        from jasic_desktop.ui.collect_dialog import NameDialog

        collection = self._collection()
        if collection is None:
            return
        dialog = NameDialog(self._coordinator, self._coordinator.words("window.mine.rename"), collection.name, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(
            lambda: self._coordinator.mine.do(
                lambda workspace: workspace.collections.rename(collection, dialog.chosen), "collection rename"
            )
        )
        dialog.open()

    def _select_all(self) -> None:
        store = self._coordinator.store
        if store is not None:
            ids = [current_id(store, row.archive, row.record) for row in self._rows]
            self._coordinator.select([one for one in ids if one is not None])

    def _delete(self) -> None:
        collection = self._collection()
        if collection is None or not self.editor.put_away():
            return
        if self._coordinator.mine.do(lambda workspace: workspace.collections.delete(collection), "collection delete"):
            self._coordinator.tell("window.mine.collection_deleted", name=collection.name)
            self.leave()


class _Area(QScrollArea):
    """Scrolls where the pane is low; keys are the pane's, and move entries."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the pane have it."""
        event.ignore()


class _Nothing(Notice):
    """Begins where the title of the list does."""

    margins: ClassVar[tuple[int, int, int, int]] = (0, 12, 0, 8)


class _Rows(QListWidget):
    """A list whose letters are keys of ours: j and k move as the arrows do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Alt with an arrow go to the pane."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif event.text() in ("j", "k") and not event.modifiers():
            row = self.currentRow() + (1 if event.text() == "j" else -1)
            self.setCurrentRow(max(0, min(row, self.count() - 1)))
        else:
            super().keyPressEvent(event)


def _key(row: Entry | Note | Visit) -> str:
    return getattr(row, "id", "") or f"{row.archive}:{row.record}"


def _short(text: str) -> str:
    shown = one_line(" ".join(text.split()))
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
