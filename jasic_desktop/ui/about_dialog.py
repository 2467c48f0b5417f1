"""Everything that this copy of the archive, and the program around it, say of themselves, to be read and copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop import TITLE, __version__
from jasic_desktop.app.components import components, licences_folder
from jasic_desktop.app.overview import own_rights
from jasic_desktop.render.citation import short_fingerprint
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.fingerprints import grouped
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, tint

_PROGRAM_LICENCE = "MIT"


class AboutDialog(QDialog):
    """One column: the archive, the program, what others made. Buttons copy the fingerprint or all of it."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._told: list[str] = []
        words = coordinator.words
        self.setWindowTitle(words("window.command.about"))
        size = QSize(coordinator.length(680), coordinator.length(600))
        self.resize(size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(12, 8, 12, 8)  # the ring of the focus is drawn around it
        self._column.setSpacing(8)
        self._archive()
        self._program()
        self._others()
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("role", "page")
        area.setAccessibleName(words("window.command.about"))
        area.setWidget(holder)
        buttons = QDialogButtonBox()
        close = buttons.addButton(words("window.about.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        store = coordinator.store
        if store is not None:
            copy = buttons.addButton(words("window.about.copy"), QDialogButtonBox.ButtonRole.ActionRole)
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(store.fingerprint))
            verify = buttons.addButton(
                plain_mnemonic(words("window.command.verify")), QDialogButtonBox.ButtonRole.ActionRole
            )
            verify.clicked.connect(self._verify)
        everything = buttons.addButton(words("window.about.copy_all"), QDialogButtonBox.ButtonRole.ActionRole)
        everything.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(self._told)))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(16)
        column.addWidget(area, 1)
        column.addWidget(buttons)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _verify(self) -> None:
        self.reject()
        self._coordinator.run("verify")

    def _archive(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        store, opened = coordinator.store, coordinator.archive
        if store is None or opened is None:
            return
        archive, say, standing = store.archive, coordinator.language, opened.standing
        self._heading(one_line(archive.title.show(say)))
        facts = [
            ("version", archive.version),
            ("sequence", str(archive.sequence)),
            ("edition", archive.date),
            ("records", str(store.count)),
            ("state", standing.words(say)),
            ("maker", standing.maker(say)),
        ]
        if standing.signed is not None and standing.signed.comment:
            facts.append(("comment", standing.signed.comment))
        facts += [
            ("short_fingerprint", short_fingerprint(store.fingerprint)),
            ("fingerprint", store.fingerprint),
            ("place", str(opened.place)),
            ("editor", archive.editor_in(say)),
            ("contact", archive.contact.show(say)),
            ("text_licence", own_rights(store, say)),
            ("rights", archive.rights_note.show(say)),
            ("curation", archive.curation.show(say)),
        ]
        values = self._form((words(f"cli.archive.{key}"), text) for key, text in facts if text)
        state = values[words("cli.archive.state")]
        tint(state, coordinator.theme.color("warn" if standing.state == "damaged" else "verified"))
        for key in ("fingerprint", "short_fingerprint"):
            label = values[words(f"cli.archive.{key}")]
            label.setFont(coordinator.font("mono"))
            if key == "fingerprint":
                label.setText(grouped(store.fingerprint))

    def _program(self) -> None:
        words = self._coordinator.words
        self._heading(TITLE)
        self._form(
            (
                (words("window.about.program"), f"{TITLE} {__version__}"),
                (words("window.about.licence"), _PROGRAM_LICENCE),
                (words("window.about.network"), words("window.about.no_network")),
            )
        )

    def _others(self) -> None:
        words = self._coordinator.words
        self._heading(words("window.about.others"))
        folder = licences_folder()
        if folder is not None:
            told = plain_label(words("window.about.licences_in", path=_breakable(str(folder))), wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(told)
        self._form((f"{one.name} {one.version}".strip(), one.licence or "–") for one in components())

    def _heading(self, text: str) -> None:
        label = plain_label(text, wrap=True)
        label.setFont(self._coordinator.font("section"))
        label.setContentsMargins(0, 12 if self._column.count() else 0, 0, 0)
        self._column.addWidget(label)
        self._told += ([""] if self._told else []) + [text]

    def _form(self, rows: Iterable[tuple[str, str]]) -> dict[str, QLabel]:
        """Rows of a name and a text; the labels of the texts by the names."""
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        values = {}
        for name, text in rows:
            label, value = plain_label(one_line(name)), plain_label(_breakable(one_line(text)), wrap=True)
            label.setProperty("role", "third")
            label.setMinimumWidth(self._coordinator.length(150))
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setBuddy(value)
            form.addRow(label, value)
            values[name] = value
            self._told.append(f"{name}: {one_line(text)}")
        self._column.addLayout(form)
        return values


def _breakable(text: str) -> str:
    """A path can be broken into lines."""
    return "".join(char + "\u200b" if char in "/\\" else char for char in text)
