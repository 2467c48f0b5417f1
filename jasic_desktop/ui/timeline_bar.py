"""The lines of controls over the timeline: a short one over the strip, a whole toolbar over the whole timeline."""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.ui.chips import FilterChips
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.icons import icon
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, set_tooltip, tint

LANES: Final = ("lane", "place", "topic", "person")
_OFFERED: Final = ("place", "person", "topic", "certainty")
_STEP: Final = 1.5
"""How much closer or wider one press of plus or minus draws."""
_SIDE: Final = 16


class BarState(Struct, frozen=True):
    """What the controls say: how lanes are made, whether only matches are drawn, how many events of how many match
    (where the question is `narrowed`) or are in view, the stretch in words, and whether the table is shown.
    """

    lanes_by: str = "lane"
    matches_only: bool = False
    shown: int = 0
    total: int = 0
    narrowed: bool = False
    span: str = ""
    as_table: bool = False


class _Bar(QWidget):
    """What both have: lanes, matches, plus and minus."""

    lanes_chosen = Signal(str)
    matches_toggled = Signal(bool)
    zoomed = Signal(float)

    def __init__(self, coordinator: Coordinator, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._ground = ground
        self.state = BarState()
        self._lanes = QToolButton(self)
        self._lanes.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lanes.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lanes.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the words
        self._menu = QMenu(self._lanes)
        self._menu.aboutToShow.connect(self._fill)
        self._lanes.setMenu(self._menu)
        self._matches = QPushButton(self)
        self._matches.setProperty("role", "chip")
        self._matches.setCheckable(True)
        self._matches.clicked.connect(self.matches_toggled)
        self._minus, self._plus = QToolButton(self), QToolButton(self)
        self._minus.clicked.connect(partial(self.zoomed.emit, 1 / _STEP))
        self._plus.clicked.connect(partial(self.zoomed.emit, _STEP))

    def show_state(self, state: BarState) -> None:
        """Say how things are, in the language, colours and size of now."""
        self.state = state
        coordinator, words = self._coordinator, self._coordinator.words
        color = coordinator.theme.color("ink-2")
        by = words(f"window.timeline.by.{state.lanes_by}")
        self._lanes.setText(plain_mnemonic(words(self._lanes_key, by=by)))
        self._picture(self._lanes, "down", color, 12)
        self._lanes.setAccessibleName(words("window.timeline.lanes", by=by))
        self._matches.setText(words("window.timeline.matches_only"))
        self._matches.setAccessibleName(self._matches.text())
        self._matches.setChecked(state.matches_only)
        for button, name, key in ((self._minus, "minus", "wider"), (self._plus, "plus", "closer")):
            self._picture(button, name, color)
            button.setAccessibleName(words(f"window.timeline.{key}"))
            set_tooltip(button, words("window.top.with_key", name=button.accessibleName(), key=_KEYS[key]))

    @property
    def _lanes_key(self) -> str:
        return "window.timeline.lanes"

    def minimumSizeHint(self) -> QSize:
        """It never keeps the window from becoming narrower: what stands in it goes to another line or gives way."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and a line below."""
        painter = QPainter(self)
        theme = self._coordinator.theme
        painter.fillRect(self.rect(), theme.color(self._ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        painter.end()

    def _picture(self, button: QAbstractButton, name: str, color: QColor, size: int = 16) -> None:
        """Give a button an icon that follows the text size."""
        scaled = self._coordinator.length(size)
        button.setIcon(icon(name, color, scaled))
        button.setIconSize(QSize(scaled, scaled))

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for by in LANES:
            action = self._menu.addAction(self._coordinator.words(f"window.timeline.by.{by}"))
            action.setCheckable(True)
            action.setChecked(by == self.state.lanes_by)
            group.addAction(action)
            action.triggered.connect(partial(self.lanes_chosen.emit, by))


_KEYS: Final = {"wider": "-", "closer": "+"}


class StripBar(_Bar):
    """Over the strip below the panes: title, chips, the stretch shown in words. `whole_wanted` asks for the view."""

    whole_wanted = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, "sunken", parent)
        self._said: object = None
        self._title = plain_label(parent=self)
        self._lanes.setProperty("role", "chip")
        self._span = ElidedLabel(parent=self, least=60)
        self._whole = QToolButton(self)
        self._whole.clicked.connect(self.whole_wanted)
        for button in (self._minus, self._plus, self._whole):
            button.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 8, 3)
        row.setSpacing(8)
        for widget in (self._title, self._lanes, self._matches):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._span)
        row.addSpacing(4)
        for widget in (self._minus, self._plus, self._whole):
            row.addWidget(widget)

    @property
    def _lanes_key(self) -> str:
        return "window.timeline.by_chip"

    def show_state(self, state: BarState) -> None:
        """Say how things are; what is said already, as while somebody types, is not said again."""
        said = (state, self._coordinator.theme, self._coordinator.text_scale)
        if said == self._said:
            return
        self._said = said
        super().show_state(state)
        coordinator, theme = self._coordinator, self._coordinator.theme
        self._title.setFont(coordinator.font("ui-strong"))
        self._title.setText(coordinator.words("window.timeline.title"))
        self._span.setFont(coordinator.font("small"))
        self._span.setText(state.span)
        tint(self._span, theme.color("ink-2"))
        self._picture(self._whole, "timeline", theme.color("ink-2"))
        self._whole.setAccessibleName(coordinator.words("window.command.go_timeline"))
        set_tooltip(self._whole, self._whole.accessibleName())


class WholeBar(_Bar):
    """Over the whole timeline. Where one line is too narrow it takes two or three; the title gives way first."""

    table_wanted = Signal(bool)
    fit_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, "paper", parent)
        self._arranged = 0
        self._title = plain_label()
        self._drawing, self._table = QPushButton(), QPushButton()
        self._choice = QButtonGroup(self)
        for place, (button, role) in enumerate(((self._drawing, "segment-first"), (self._table, "segment-last"))):
            button.setCheckable(True)
            button.setProperty("role", role)
            self._choice.addButton(button, place)
        self._choice.idClicked.connect(lambda place: self.table_wanted.emit(place == 1))
        self.chips = FilterChips(coordinator, None, _OFFERED)
        self._count = plain_label()
        self._fit, self._save = QPushButton(), QPushButton()
        self._fit.clicked.connect(self.fit_wanted)
        self._save.clicked.connect(self.save_wanted)
        for square in (self._minus, self._plus):
            square.setProperty("role", "square")
        switch = QWidget()
        _row(switch, (self._drawing, self._table), 0)
        self._left, self._middle, self._right = QWidget(), QWidget(), QWidget()
        _row(self._left, (self._title, switch, self._lanes), 12)
        _row(self._middle, (self._matches, self.chips), 6, stretched=self.chips)
        _row(self._right, (self._count, self._minus, self._plus, self._fit, self._save), 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 9, _SIDE, 10)
        column.setSpacing(8)
        self._lines = tuple(QHBoxLayout() for _ in range(3))
        for line in self._lines:
            line.setSpacing(12)
            column.addLayout(line)
        self._arrange()

    def show_state(self, state: BarState) -> None:
        """Say how things are."""
        super().show_state(state)
        coordinator, words, theme = self._coordinator, self._coordinator.words, self._coordinator.theme
        font = coordinator.font("section")
        self._title.setFont(font)
        self._title.setText(words("window.timeline.title"))
        for button, name, on in (
            (self._drawing, "timeline", not state.as_table),
            (self._table, "table", state.as_table),
        ):
            key = "as_table" if name == "table" else "drawing"
            button.setText(words(f"window.timeline.{key}"))
            button.setChecked(on)
            self._picture(button, name, theme.color("accent" if on else "ink-2"))
            button.setAccessibleName(button.text())
            set_tooltip(button, words("window.top.with_key", name=button.text(), key="T"))
        key = "match" if state.narrowed else "in_view"
        self._count.setText(words("window.timeline.count", shown=state.shown, count=state.total))
        self._count.setAccessibleName(words(f"window.timeline.{key}", shown=state.shown, count=state.total))
        set_tooltip(self._count, self._count.accessibleName())
        self._count.setFont(coordinator.font("ui"))
        tint(self._count, theme.color("ink-2"))
        self._fit.setText(words("window.timeline.fit"))
        self._save.setText(words("window.timeline.save"))
        for button in (self._fit, self._save):
            button.setAccessibleName(button.text())
        for widget in (self._minus, self._plus, self._fit):
            widget.setVisible(not state.as_table)
        self._save.setEnabled(coordinator.can("save-timeline"))
        self.chips.update_chips()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find out how many lines it takes."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._title.setVisible(True)
        room = self.width() - 2 * _SIDE
        left, right = self._left.sizeHint().width(), self._right.sizeHint().width()
        middle = self._matches.sizeHint().width() + self.chips.wide + 6
        if left + middle + right + 24 <= room:
            wanted = 1
        elif left + right + 12 <= room:
            wanted = 2
        else:
            wanted = 3
            self._title.setVisible(left <= room)
        if wanted == self._arranged:
            return
        self._arranged = wanted
        for line in self._lines:
            while line.takeAt(0) is not None:
                pass
        first, second, third = self._lines
        first.addWidget(self._left)
        if wanted == 1:
            first.addWidget(self._middle, 1, Qt.AlignmentFlag.AlignVCenter)
            first.addWidget(self._right)
        else:
            first.addStretch(1)
            (first if wanted == 2 else second).addWidget(self._right)
            if wanted == 3:
                second.addStretch(1)
            (second if wanted == 2 else third).addWidget(self._middle, 1)
        self.updateGeometry()


def _row(holder: QWidget, widgets: tuple[QWidget, ...], gap: int, stretched: QWidget | None = None) -> None:
    """Put widgets side by side; where one is stretched it may have several lines, and the others stand by its first."""
    aligned = Qt.AlignmentFlag.AlignTop if stretched is not None else Qt.AlignmentFlag.AlignVCenter
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretched else 0, aligned)
