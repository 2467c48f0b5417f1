"""The parts of the start page that lead somewhere: tiles with counts, records to begin with, questions to try."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jasic_desktop.app.overview import Entry, Sample
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint


class LaidButton(QPushButton):
    """A button whose face is a layout of labels; it is as large as they need."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)

    def face(self, label: QLabel) -> QLabel:
        """A label for the face, which leaves clicks to the button."""
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def sizeHint(self) -> QSize:
        """What the face needs."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the face needs at least."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()


class Tile(LaidButton):
    """How many records of one type there are; leads to them."""

    def __init__(self, coordinator: Coordinator, record_type: RecordType) -> None:
        super().__init__("tile")
        self._coordinator = coordinator
        self.record_type: RecordType = record_type
        self._icon = self.face(QLabel())
        self._word = self.face(ElidedLabel(least=30))
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._number = self.face(plain_label())
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0)
        grid.addWidget(self._word, 0, 1)
        grid.addWidget(self._number, 1, 0, 1, 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def refresh(self, count: int | None) -> None:
        """Show a count; None while there is none."""
        coordinator = self._coordinator
        word = coordinator.words(f"render.types.{self.record_type}")
        color = coordinator.theme.type_color(self.record_type)
        self._icon.setPixmap(pixmap(self.record_type, color, coordinator.length(16)))
        self._word.setText(word)
        self._word.setFont(coordinator.font("ui"))
        tint(self._word, coordinator.theme.color(self.record_type))
        font = coordinator.font("title")
        font.setPixelSize(coordinator.length(24))
        self._number.setFont(font)
        self._number.setText("" if count is None else str(count))
        self.setEnabled(bool(count))
        self.setAccessibleName(f"{word}: {count}" if count is not None else word)


class EntryRow(LaidButton):
    """A record to begin with: title, what it is, and its first words on one line."""

    def __init__(self, coordinator: Coordinator, entry: Entry) -> None:
        super().__init__("row")
        self.entry = entry
        picture = self.face(QLabel())
        picture.setPixmap(pixmap(entry.type, coordinator.theme.type_color(entry.type), coordinator.length(16)))
        title, aside = self.face(ElidedLabel(entry.title, least=120)), self.face(plain_label(entry.aside))
        summary = self.face(ElidedLabel(entry.summary, least=120))
        summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        title.setFont(coordinator.font("ui-strong"))
        for label, token in ((aside, "ink-3"), (summary, "ink-2")):
            label.setFont(coordinator.font("small"))
            tint(label, coordinator.theme.color(token))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(picture, 0, 0)
        grid.addWidget(title, 0, 1)
        grid.addWidget(aside, 0, 2)
        grid.addWidget(summary, 1, 1, 1, 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{entry.title}, {entry.aside}")
        self.setAccessibleDescription(entry.summary)


class SamplePill(LaidButton):
    """A question to try, with the script it is in."""

    def __init__(self, coordinator: Coordinator, sample: Sample) -> None:
        super().__init__("pill")
        self._coordinator = coordinator
        self.sample = sample
        words, script = self.face(plain_label(sample.text)), self.face(plain_label())
        script.setText(coordinator.words(f"window.start.{sample.script}"))
        font = coordinator.font("small")
        font.setPixelSize(coordinator.length(11))
        script.setFont(font)
        tint(script, coordinator.theme.color("ink-3"))
        words.setFont(coordinator.font("ui"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(8)
        row.addWidget(words)
        row.addWidget(script)
        self.setAccessibleName(coordinator.words("window.start.try_one", question=sample.text))

    def sizeHint(self) -> QSize:
        """What the face needs, and the height of a pill."""
        face = super().sizeHint()
        return QSize(face.width(), max(face.height(), self._coordinator.length(28)))


class SignLegend(QWidget):
    """The four signs of certainty with their words."""

    def __init__(self, coordinator: Coordinator) -> None:
        super().__init__()
        from jasic_desktop.ui.icons import sign

        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for at, key in enumerate(("corroborated", "single-source", "disputed", "alleged")):
            picture, name = QLabel(), plain_label(coordinator.words(f"window.start.sign.{key}"))
            meaning = plain_label(coordinator.words(f"window.start.sign_means.{key}"), wrap=True)
            picture.setPixmap(sign(coordinator.theme, key))
            picture.setAlignment(Qt.AlignmentFlag.AlignTop)
            picture.setContentsMargins(0, 3, 0, 0)
            name.setFont(coordinator.font("ui-strong"))
            meaning.setFont(coordinator.font("small"))
            meaning.setContentsMargins(0, 0, 0, 8)
            tint(meaning, coordinator.theme.color("ink-2"))
            block = QVBoxLayout()
            block.setSpacing(0)
            block.addWidget(name)
            block.addWidget(meaning)
            grid.addWidget(picture, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(block, at, 1)
