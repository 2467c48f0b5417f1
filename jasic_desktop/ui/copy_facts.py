"""What copy of the archive this is: version, state, maker, licence and fingerprint; and the window that says it all."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop import TITLE, __version__
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint


class CopyFacts(QWidget):
    """The short form on the start page."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, rights: str) -> None:
        """Show the open archive's facts; `rights` is the licence of its own texts, in a few words."""
        for at in reversed(range(self._grid.count())):
            item = self._grid.takeAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        coordinator, store = self._coordinator, self._coordinator.store
        words = coordinator.words
        if store is None:
            return
        version = words("window.start.version_records", version=store.archive.version, count=store.count)
        state = QWidget()
        row = QHBoxLayout(state)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        shield = QLabel()
        shield.setPixmap(pixmap("shield", coordinator.theme.color("verified"), 14))
        row.addWidget(shield)
        row.addWidget(self._value(words("window.start.complete"), "verified"), 1)
        facts: list[tuple[str, QWidget]] = [
            ("version", self._value(version)),
            ("state", state),
            ("maker", self._value(words("window.start.unsigned"))),
        ]
        if rights:
            facts.append(("text", self._value(rights)))
        print_of = store.fingerprint
        groups = [print_of[at : at + 4] for at in range(0, 28, 4)]
        fingerprint = self._value(f"{' '.join(groups[:4])}\n{' '.join(groups[4:])} …")
        fingerprint.setFont(coordinator.font("mono"))
        facts.append(("fingerprint", fingerprint))
        for at, (key, widget) in enumerate(facts):
            name = self._value(words(f"window.start.{key}"), "ink-3")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, at, 0)
            self._grid.addWidget(widget, at, 1)
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(-5, 0, 0, 0)  # a link's own edge: its words stand under the values
        row.setSpacing(4)
        for command_id, key in (("about", "show_whole"), ("verify", "verify_again")):
            link = _link(command_id, coordinator)
            link.setText(words(f"window.start.{key}"))
            row.addWidget(link)
        row.addStretch(1)
        self._grid.addWidget(links, len(facts), 1)

    def _value(self, text: str, color: str = "ink") -> QLabel:
        label = plain_label(text, wrap=True)
        label.setFont(self._coordinator.font("ui"))
        tint(label, self._coordinator.theme.color(color))
        return label


class AboutDialog(QDialog):
    """Everything the archive says of itself, to be read and copied, with the whole fingerprint."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = coordinator.words
        self.setWindowTitle(words("window.command.about"))
        size = QSize(coordinator.length(640), coordinator.length(560))
        self.resize(size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(16)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        store = coordinator.store
        if store is not None and coordinator.archive is not None:
            archive, say = store.archive, coordinator.language
            for key, text in (
                ("version", archive.version),
                ("edition", archive.date),
                ("records", str(store.count)),
                ("state", words("cli.archive.maker_unknown")),
                ("fingerprint", store.fingerprint),
                ("place", str(coordinator.archive.place)),
                ("editor", archive.editor),
                ("contact", archive.contact.show(say)),
                ("rights", archive.rights_note.show(say)),
                ("curation", archive.curation.show(say)),
            ):
                form.addRow(*_pair(coordinator, words(f"cli.archive.{key}"), text, mono=key == "fingerprint"))
            title = plain_label(archive.title.show(say), wrap=True)
            title.setFont(coordinator.font("section"))
            column.addWidget(title)
        form.addRow(*_pair(coordinator, words("window.about.program"), f"{TITLE} {__version__}"))
        holder = QWidget()
        holder.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        column.addWidget(area, 1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(words("window.about.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        if store is not None:
            copy = buttons.addButton(words("window.about.copy"), QDialogButtonBox.ButtonRole.ActionRole)
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(store.fingerprint))
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _pair(coordinator: Coordinator, name: str, text: str, *, mono: bool = False) -> tuple[QLabel, QLabel]:
    label, value = plain_label(name), plain_label(text, wrap=True)
    label.setProperty("role", "third")
    value.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    if mono:
        value.setFont(coordinator.font("mono"))
        value.setText(_grouped(text))
    label.setBuddy(value)
    return label, value


def _grouped(fingerprint: str) -> str:
    """A fingerprint in fours, to be compared by eye and broken into lines."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def _link(command_id: str, coordinator: Coordinator) -> QPushButton:
    button = QPushButton()
    button.setProperty("role", "link")
    button.clicked.connect(lambda: coordinator.run(command_id))
    return button
