"""Where a record that has the whole window belongs: the archive, its type, its title; each step leads there."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from jasic_desktop.core.record_types import RecordType
from jasic_desktop.render.page import Page
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, plain_mnemonic

_LONGEST = 80
_SHORT = 24
"""Characters of an archive's name that stand here; a longer one is called the archive."""


class Crumbs(QWidget):
    """Two buttons and the title."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._type: RecordType = "person"
        self.archive, self.kind = QPushButton(), QPushButton()
        self._title = ElidedLabel(least=60)
        self._title.setProperty("role", "strong")
        self._arrows: list[QLabel] = [plain_label(), plain_label()]
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(2)
        for widget in (self.archive, self._arrows[0], self.kind, self._arrows[1], self._title):
            row.addWidget(widget)
        for button in (self.archive, self.kind):
            button.setProperty("role", "link")
        self.archive.clicked.connect(lambda *_: coordinator.run("go-start"))
        self.kind.clicked.connect(lambda *_: coordinator.narrow(Filters(types=(self._type,))))

    def show_page(self, page: Page) -> None:
        """Say where a page belongs."""
        coordinator, store = self._coordinator, self._coordinator.store
        self._type = page.type
        name = store.archive.title.show(coordinator.language) if store is not None else ""
        # A long name would leave no room for the tabs: the page is what matters here.
        short = name if len(name) <= _SHORT else coordinator.words("window.page.archive")
        self.archive.setText(plain_mnemonic(short))
        self.archive.setAccessibleName(name)
        self.kind.setText(coordinator.words(f"render.types.{page.type}"))
        self._title.setText(page.title[:_LONGEST])
        for arrow in self._arrows:
            arrow.setPixmap(pixmap("right", coordinator.theme.color("ink-3"), coordinator.length(10)))
