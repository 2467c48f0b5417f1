"""The first page of a reading room: what this archive is, questions to try, what it holds, and the languages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jasic_desktop.app.commands import command
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import clear_layout, plain_label, tint
from jasic_desktop.ui.room.controls import RoomButton, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.theme import GAP, ICON, SIDE
from jasic_desktop.ui.start_tiles import LaidButton

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

_TILE_HEIGHT: Final = 88
_ACROSS: Final = 3
_THEMES: Final = ("light", "dark")


class RoomTile(LaidButton):
    """How many records of one type there are; leads to them."""

    def __init__(self, coordinator: RoomCoordinator, record_type: RecordType) -> None:
        super().__init__("room-tile")
        self._coordinator, self.record_type = coordinator, record_type
        self._icon, self._word = self.face(QLabel()), self.face(plain_label())
        self._number = self.face(plain_label())
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(GAP)
        row.addWidget(self._icon)
        row.addWidget(self._word, 1)
        row.addWidget(self._number)
        self.setFixedHeight(_TILE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)

    def refresh(self, count: int) -> None:
        """Show a count."""
        coordinator = self._coordinator
        word = coordinator.words(f"render.types.{self.record_type}")
        color = coordinator.theme.type_color(self.record_type)
        self._icon.setPixmap(pixmap(self.record_type, color, ICON))
        interface_font(coordinator, self._word, 17)
        interface_font(coordinator, self._number, 22, strong=True)
        tint(self._word, color)
        self._word.setText(word)
        self._number.setText(str(count))
        self.setEnabled(bool(count))
        self.setAccessibleName(f"{word}: {count}")


class RoomStart(QScrollArea):
    """The page. The field of questions stands above it, as it does above every other."""

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._store: Store | None = None
        self._counts: dict[RecordType, int] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title, self._about, self._try = plain_label(wrap=True), plain_label(wrap=True), plain_label()
        self.samples = QHBoxLayout()
        self.tiles = tuple(RoomTile(coordinator, record_type) for record_type in RECORD_TYPES)
        self.languages = tuple(RoomButton(coordinator, "room-row") for _ in LANGUAGES)
        self.themes = tuple(RoomButton(coordinator, "room-row") for _ in _THEMES)
        self._lay_out()
        for tile in self.tiles:
            tile.clicked.connect(partial(self._show_type, tile.record_type))
        for language, button in zip(LANGUAGES, self.languages, strict=True):
            button.clicked.connect(partial(self._run, f"language-{language}"))
        for theme, button in zip(_THEMES, self.themes, strict=True):
            button.clicked.connect(partial(self._run, f"theme-{theme}"))
        coordinator.archive_opened.connect(self._opened)
        # A change of language brings a change of theme with it.
        coordinator.theme_changed.connect(self.refresh)
        self.refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def refresh(self) -> None:
        """Say everything in the language and the colours of now."""
        coordinator, words, store = self._coordinator, self._coordinator.words, self._store
        self._title.setFont(coordinator.theme.font("title"))
        for label in (self._about, self._try):
            interface_font(coordinator, label)
            tint(label, coordinator.theme.color("ink-2"))
        self._try.setText(words("window.start.try"))
        for language, button in zip(LANGUAGES, self.languages, strict=True):
            interface_font(coordinator, button)
            button.setCheckable(True)
            button.setChecked(language == coordinator.language)
            button.say(words(command(f"language-{language}").label))
            button.setVisible(coordinator.can(f"language-{language}"))
        for theme, button in zip(_THEMES, self.themes, strict=True):
            interface_font(coordinator, button)
            button.setCheckable(True)
            button.setChecked(theme == coordinator.theme.mode)
            button.say(words(f"window.room.theme.{theme}"))
            button.setVisible(coordinator.can(f"theme-{theme}"))
        if store is not None:
            self._tell_of(store)

    # ----------------------------------------------------------------------------------------------------- events

    def _opened(self) -> None:
        from jasic_desktop.app.overview import counts

        self._store = self._coordinator.store
        if self._store is not None:
            self._counts = counts(self._store)
        self.refresh()

    def _show_type(self, record_type: RecordType) -> None:
        self._coordinator.narrow(Filters(types=(record_type,)))

    def _run(self, command_id: str) -> None:
        self._coordinator.run(command_id)
        self.refresh()  # the one that was in force stays marked

    # ---------------------------------------------------------------------------------------------------- helpers

    def _tell_of(self, store: Store) -> None:
        from jasic_desktop.app.overview import samples

        coordinator, about = self._coordinator, store.archive
        self._title.setText(about.title.show(coordinator.language))
        self._about.setText(about.description.show(coordinator.language) if about.description else "")
        for tile in self.tiles:
            tile.refresh(self._counts.get(tile.record_type, 0))
        clear_layout(self.samples)
        for sample in samples(store):
            button = RoomButton(coordinator)
            interface_font(coordinator, button)
            button.say(sample.text[:40], coordinator.words("window.start.try_one", question=sample.text))
            button.clicked.connect(partial(self._ask, sample.text))
            self.samples.addWidget(button)

    def _ask(self, text: str) -> None:
        self._coordinator.ask(text, live=False)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("ground", "paper")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tries = QHBoxLayout()
        tries.setSpacing(GAP)
        tries.addWidget(self._try)
        self.samples.setSpacing(GAP)
        tries.addLayout(self.samples)
        tries.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for at, tile in enumerate(self.tiles):
            grid.addWidget(tile, at // _ACROSS, at % _ACROSS)
        last = QHBoxLayout()
        last.setSpacing(GAP)
        for button in self.languages:
            last.addWidget(button)
        last.addStretch(1)
        for button in self.themes:
            last.addWidget(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(SIDE, 20, SIDE, 20)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._about)
        column.addSpacing(16)
        column.addLayout(tries)
        column.addSpacing(16)
        column.addLayout(grid)
        column.addStretch(1)
        column.addSpacing(16)
        column.addLayout(last)
        self.setWidget(page)
