"""The parts of the profile that are always there: the head with the record's names, and the buttons at its foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jasic_desktop.app.profile import Profile
from jasic_desktop.core.blocks import Text
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.inline_text import InlineText
from jasic_desktop.ui.plain import set_tooltip

_AVATAR = 54
_LARGE_AVATAR = 72
_LONG_NAME = 24
_GAP = 12
_LONGEST_TITLE = 300
_LONGEST_NAME = 120


class Avatar(QWidget):
    """A square in the tint of a type, with a character of the name or the type's picture. It says nothing aloud."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._type = "person"
        self._mark = ""
        self.side = _AVATAR

    def show_mark(self, record_type: str, mark: str) -> None:
        """Show another."""
        self._type, self._mark = record_type, mark
        self.update()

    def sizeHint(self) -> QSize:
        """A square that follows the text size, as far as the pane has room."""
        side = min(self._coordinator.length(self.side), 2 * self.side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and character."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._coordinator.theme
        color = theme.type_color(self._type)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.mixed(self._type, "surface", 0.14))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._mark:
            font = QFont(theme.font("section"))
            font.setWeight(QFont.Weight.Normal)
            font.setPixelSize(round(self.width() * 0.46))
            painter.setFont(font)
            painter.setPen(color)
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._mark)
        else:
            size = round(self.width() * 0.48)
            picture = pixmap(self._type, color, size, ratio=self.devicePixelRatioF())
            painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)
        painter.end()


class ProfileHead(QWidget):
    """Avatar, name, the names in other scripts, and what the record is. `followed` is that of InlineText."""

    followed = Signal(str, bool)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.avatar = Avatar(coordinator, self)
        self.title = InlineText(coordinator, "section", "ink", self)
        self.names = InlineText(coordinator, "ui", "ink-2", self)
        self.line = InlineText(coordinator, "small", "ink-3", self)
        self._is_large = False
        self.names.followed.connect(self.followed)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # ------------------------------------------------------------------------------------------------------ slots

    def set_large(self, large: bool) -> None:
        """Be as large as the record of a whole page, or as one that stands beside."""
        self.avatar.side = _LARGE_AVATAR if large else _AVATAR
        self._is_large = large
        self._size_title()
        self.updateGeometry()
        self._place(self.width(), move=True)

    def show_profile(self, shown: Profile) -> None:
        """Show the names of another record."""
        self.avatar.show_mark(shown.type, shown.mark)
        self._size_title(shown.title)
        self.title.show_inlines((Text(shown.title),), longest=_LONGEST_TITLE)
        self.names.show_inlines(shown.names, longest=_LONGEST_NAME)
        self.line.show_text(shown.line, _LONGEST_TITLE)
        self.updateGeometry()
        self._place(self.width(), move=True)

    # ----------------------------------------------------------------------------------------------------- events

    def hasHeightForWidth(self) -> bool:
        """Names wrap."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height at `width`."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """As high as the names are at the width it has."""
        return QSize(200, self._place(max(1, self.width()), move=False))

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(100, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the names anew."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _size_title(self, title: str = "") -> None:
        """A name is large in a page; a title of many words is not, it would push all else out of sight."""
        is_long = len(title or self.title.text) > _LONG_NAME
        self.title.set_role("title" if self._is_large and not is_long else "section")

    def _place(self, width: int, *, move: bool) -> int:
        side = self.avatar.sizeHint().width()
        # Where the letters are large and the pane is narrow, the names stand below the square.
        below = width - side - _GAP < 2 * side
        left, top = (0, side + 8) if below else (side + _GAP, 0)
        texts = [text for text in (self.title, self.names, self.line) if text.text]
        heights = [text.heightForWidth(max(20, width - left)) for text in texts]
        if not below:
            top = max(0, (side - sum(heights)) // 2)
        if move:
            self.avatar.setGeometry(0, 0, side, side)
            for text in (self.title, self.names, self.line):
                text.setVisible(bool(text.text))
        for text, height in zip(texts, heights, strict=True):
            if move:
                text.setGeometry(left, top, max(20, width - left), height)
            top += height
        return max(side, top)


class ProfileFoot(QWidget):
    """The buttons: open, select or unselect, cite, and the record alone; where it has the whole window, print instead
    of those that lead there. They wrap where they have no room side by side.
    """

    opened = Signal()
    printed = Signal()
    widened = Signal()
    toggled = Signal()
    cited = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.open = QPushButton(self)
        self.select = QPushButton(self)
        self.cite = QPushButton(self)
        self.print = QPushButton(self)
        self.widen = QPushButton(self)
        self._is_whole = False
        holder = QWidget(self)
        flow = FlowLayout(holder, 8)
        for button, signal in (
            (self.open, self.opened),
            (self.select, self.toggled),
            (self.cite, self.cited),
            (self.print, self.printed),
            (self.widen, self.widened),
        ):
            flow.addWidget(button)
            button.clicked.connect(lambda *_, signal=signal: signal.emit())
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.addWidget(holder)
        column.addLayout(inner)
        self.set_whole(False)

    def set_whole(self, whole: bool) -> None:
        """Offer what there is to do with a record that has the whole window; or with one beside."""
        self._is_whole = whole
        for button, there in ((self.open, not whole), (self.widen, not whole), (self.print, whole)):
            button.setVisible(there)
        self.select.setProperty("role", "primary" if whole else "")
        self.select.style().unpolish(self.select)
        self.select.style().polish(self.select)

    def show_state(self, record_id: str, title: str) -> None:
        """Say what the buttons do for a record now."""
        coordinator, words = self._coordinator, self._coordinator.words
        moment = coordinator.moment
        is_selected = record_id in coordinator.selection
        is_open = moment.record == record_id and moment.view == "browse"
        self.open.setText(words("window.profile.open"))
        self.select.setText(words("window.profile.unselect" if is_selected else "window.profile.select"))
        self.cite.setText(words("window.top.cite"))
        self.print.setText(words("window.command.print"))
        self.widen.setText(words("window.command.go_page"))
        self.open.setEnabled(not is_open)
        set_tooltip(self.open, words("window.profile.is_open") if is_open else "")
        # The key means the record that is read; only where that is this one does it do the same.
        key = coordinator.key("select")
        with_key = words("window.top.with_key", name=self.select.text(), key=key) if key else ""
        set_tooltip(self.select, with_key if coordinator.target == record_id else "")
        for button in (self.open, self.select, self.cite, self.print, self.widen):
            button.setAccessibleName(f"{button.text()}: {title[:100]}")
            if not button.toolTip():
                set_tooltip(button, f"{button.text()}: {title[:100]}")
