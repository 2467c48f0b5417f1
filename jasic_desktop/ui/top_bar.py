"""The bar at the top of the window: back and forward, the title, the search field, the selection, the menus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from jasic_desktop.app.commands import command
from jasic_desktop.ui.actions import Actions
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, set_tooltip, tint
from jasic_desktop.ui.search_field import SearchField
from jasic_desktop.ui.theme import TOP_BAR_HEIGHT

_FIELD: Final = 620
"""The most pixels that the search field takes."""
_SHARES: Final = (10, 14, 10)
"""How title, field and buttons part the width, where there is room for all."""
_LISTED: Final = 20
"""Records of the selection that its menu names; all of them stand in the sidebar's list."""


class TopBar(QWidget):
    """Stands above every view; on the start page without its search field, which is larger there."""

    spoken_role = "ToolBar"

    left_down = Signal()
    left = Signal()

    def __init__(self, coordinator: Coordinator, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._actions = actions
        self._back = self._tool("back")
        self._forward = self._tool("forward")
        self._title = ElidedLabel(least=80)
        self.search = SearchField(coordinator)
        self.search.setMaximumWidth(_FIELD)
        self.search.left_down.connect(self.left_down)
        self.search.left.connect(self.left)
        self._open = self._button("open-pack")
        self._selection = CountButton(coordinator)
        self._selection.clicked.connect(self._show_selection)
        self._cite = self._button("copy-citation")
        self._export = self._button("export")
        self._more = self._tool("menu")
        self._look: object = None
        self._fitted: object = None
        self._more.clicked.disconnect()
        self._more.clicked.connect(self.show_menu)
        coordinator.handle("menu", self.show_menu)
        self._lay_out()
        for signal in (
            coordinator.archive_opened,
            coordinator.moment_changed,
            coordinator.selection_changed,
            coordinator.commands_changed,
            coordinator.language_changed,
            coordinator.theme_changed,
            coordinator.text_size_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def show_menu(self) -> None:
        """Open all menus below the last button."""
        menu = self._actions.menu(self)
        self._popup(menu, self._more)

    def _show_selection(self) -> None:
        coordinator, store = self._coordinator, self._coordinator.store
        menu = QMenu(self)
        menu.setAccessibleName(coordinator.words("window.menu.selection"))
        if store is not None:
            ids = coordinator.selection.ids
            for record_id in ids[:_LISTED]:
                title = plain_mnemonic(store.title(record_id).show(coordinator.language))
                menu.addAction(title).triggered.connect(lambda *_, shown=record_id: coordinator.open_record(shown))
            if len(ids) > _LISTED:
                menu.addAction(coordinator.words("render.more", number=len(ids) - _LISTED)).setEnabled(False)
            if ids:
                menu.addSeparator()
        for action in self._actions.of_menu("selection"):
            menu.addAction(action)
        menu.addAction(self._actions["export"])
        self._popup(menu, self._selection)

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it gets tight, what also stands in the menus gives way."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and the line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("paper"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._coordinator.theme.color("line"))
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        left, right = QHBoxLayout(), QHBoxLayout()
        for widget in (self._back, self._forward, self._title):
            left.addWidget(widget)
        left.addStretch(1)
        right.addStretch(1)
        for button in (self._open, self._selection, self._cite, self._export, self._more):
            right.addWidget(button)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(12, 0, 12, 1)
        grid.setHorizontalSpacing(16)
        for at, part in ((0, left), (2, right)):
            part.setSpacing(8)
            grid.addLayout(part, 0, at)
        grid.addWidget(self.search, 0, 1)

    def _tool(self, command_id: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda: self._coordinator.run(command_id))
        button.setObjectName(command_id)
        return button

    def _button(self, command_id: str) -> QPushButton:
        button = QPushButton(self)
        button.clicked.connect(lambda: self._coordinator.run(command_id))
        button.setObjectName(command_id)
        return button

    def _popup(self, menu: QMenu, button: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        corner = button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4))
        menu.popup(corner)

    def _fit(self) -> None:
        on_start = self._coordinator.moment.view == "start"
        wanted = [self._export, self._open if on_start else self._cite]
        for button in (self._open, self._cite, self._export):
            button.setVisible(button in wanted)
        # Both sides are as wide as one another where there is room, so that the field stands in the middle; the title
        # takes what there is up to the field. Without a field it goes up to the buttons.
        for at, share in enumerate((1, 0, 0) if on_start else _SHARES):
            self._grid.setColumnStretch(at, share)
        field = min(_FIELD, self.width() * _SHARES[1] // sum(_SHARES))
        tools = sum(tool.sizeHint().width() + 8 for tool in (self._back, self._forward))
        side = self.width() if on_start else (self.width() - field) // 2 - 32
        self._title.setMaximumWidth(max(self._title.minimumSizeHint().width(), side - tools))
        room = self.width() - (0 if on_start else self.search.minimumSizeHint().width()) - 80
        room -= self._title.minimumSizeHint().width()
        room -= sum(part.sizeHint().width() + 8 for part in (self._back, self._forward, self._selection, self._more))
        for button in reversed(wanted):
            room -= button.sizeHint().width() + 16
        for button in reversed(wanted):
            if room < 0:
                room += button.sizeHint().width() + 16
                button.hide()

    def _refresh(self) -> None:
        """Bring up to date what changed: this is asked several times for every key that is typed."""
        coordinator = self._coordinator
        look = (coordinator.theme, coordinator.text_scale)
        is_dressed = look == self._look
        if not is_dressed:
            self._look = look
            self._dress()
        for button in (self._open, self._cite, self._export, self._back, self._forward, self._more):
            possible = coordinator.can(button.objectName())
            if not is_dressed or possible != button.isEnabledTo(self):
                button.setEnabled(possible)
                set_tooltip(button, self._actions.hint(button.objectName()))
        store, on_start = coordinator.store, coordinator.moment.view == "start"
        fitted = (look, store, on_start, len(coordinator.selection))
        if fitted != self._fitted:
            self._fitted = fitted
            self._title.setText(store.archive.title.show(coordinator.language) if store is not None else "")
            self.search.setVisible(not on_start)
            self._selection.refresh()
            self._fit()

    def _dress(self) -> None:
        """Say and draw everything in the language, the colours and the size of now."""
        coordinator = self._coordinator
        words, theme = coordinator.words, coordinator.theme
        self.setFixedHeight(max(TOP_BAR_HEIGHT, coordinator.length(TOP_BAR_HEIGHT - 16)))
        font = coordinator.font("statement")
        font.setFamilies(theme.families("reading"))
        font.setWeight(font.Weight.Bold)
        self._title.setFont(font)
        for tool in (self._back, self._forward, self._more):
            entry = command(tool.objectName())
            put_icon(coordinator, tool, entry.icon, disabled="edge")
        for button in (self._open, self._cite, self._export):
            label = "window.top.cite" if button is self._cite else command(button.objectName()).label
            button.setText(words(label))
        for widget in (self._open, self._cite, self._export, self._back, self._forward, self._more):
            widget.setAccessibleName(words(command(widget.objectName()).label))


class CountButton(QPushButton):
    """Says how many records are selected; its number in the accent."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._word = plain_label()
        self._number = plain_label()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for label in (self._word, self._number):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The room for word and number."""
        return QSize(self._row.sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As much: a number is never cut."""
        return self.sizeHint()

    def refresh(self) -> None:
        """Show the number in the language, theme and size of the window."""
        coordinator = self._coordinator
        count = len(coordinator.selection)
        self._word.setText(coordinator.words("window.menu.selection"))
        self._number.setText(str(count))
        self._word.setFont(coordinator.font("ui"))
        self._number.setFont(coordinator.font("ui-strong"))
        self.setEnabled(count > 0 or (coordinator.archive is not None and coordinator.moment.view != "start"))
        on = self.isEnabled()
        tint(self._word, coordinator.theme.color("ink" if on else "ink-3"))
        tint(self._number, coordinator.theme.color("accent" if count else "ink-2" if on else "ink-3"))
        spoken = coordinator.words("window.top.selected", count=count)
        self.setAccessibleName(spoken)
        set_tooltip(self, spoken)
        self.updateGeometry()
