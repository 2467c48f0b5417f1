"""Somebody who has nothing but a keyboard and eyes: presses keys as the window system brings them, and sees."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from tests.helpers.access import described, name_of, shown
from tests.helpers.shown import PATIENCE, Stage

MOST_TABS = 90
"""No task should need as many steps to come to anything in the window."""


class Words(str):
    """Text that is typed, where keys are pressed one after another."""

    __slots__ = ()


class Person:
    """Presses keys, as the window system brings them to the window in front, and sees what the window shows.

    Nothing else is done to the program. After each key something that can be seen has the keyboard: where it is lost,
    the task fails.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._left: deque[str] = deque()
        self._under_way: list[QWidget | None] = []
        self._stuck = self._lost = False
        self.pressed: list[str] = []

    def press(self, *keys: str) -> None:
        """Press keys one after another, each in Qt's portable words; Words are typed.

        A key that opens a dialog which waits (a file dialog) comes back only when the dialog is gone: the keys for it
        belong into the same call.
        """
        self._left.extend(keys)
        patience = QTimer(singleShot=True, interval=round(PATIENCE * 1000))
        patience.timeout.connect(self._give_up)
        patience.start()
        self._next()
        assert self._stage.wait(lambda: not self._left)
        patience.stop()
        assert not self._stuck, f"a dialog was not left after {self.pressed[-5:]}"
        assert self._stage.wait(self._is_calm)
        self._look_where()

    def type(self, text: str) -> None:
        """Type words into what has the keyboard."""
        self.press(Words(text))

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab until the keyboard is on what has a name that begins so."""
        seen: list[str] = []
        for _ in range(MOST_TABS):
            if self.focus.startswith(name):
                return
            seen.append(self.focus)
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not come to {name!r}, but to {seen}")

    def pane(self, name: str) -> None:
        """Press F6 until the keyboard is in what has a name that begins so."""
        seen: list[str] = []
        for _ in range(9):
            if self.focus.startswith(name) or any(within.startswith(name) for within in self._around()):
                return
            seen.append(self.focus)
            self.press("F6")
        raise AssertionError(f"F6 does not come to {name!r}, but to {seen}")

    def menu(self, *labels: str) -> None:
        """Choose in the menu that is open what has these labels, by the arrow keys."""
        for at, label in enumerate(labels):
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), f"no menu is open for {label!r}"
            for _ in range(len(menu.actions()) + 1):
                action = menu.activeAction()
                if action is not None and plain(action).startswith(label):
                    break
                self.press("Down")
            else:
                raise AssertionError(f"{label!r} is not among {[plain(action) for action in menu.actions()]}")
            self.press("Right" if at < len(labels) - 1 else "Return")

    def command(self, words: str) -> None:
        """Find a command in the palette by its words, and do it."""
        self.press("Ctrl+Shift+P", Words(words), "Return")

    def row(self, text: str, *, most: int = 80) -> None:
        """Press Down in a list until a row that begins so is the current one."""
        seen: list[str] = []
        self.press("Home")
        for _ in range(most):
            seen.append(self.current)
            if self.current.startswith(text):
                return
            self.press("Down")
            if self.current == seen[-1]:
                break
        raise AssertionError(f"no row begins with {text!r}: {seen}")

    def waits_for(self, condition: Callable[[], object]) -> bool:
        """Looks on until something is so."""
        return self._stage.wait(lambda: bool(condition()))

    # ------------------------------------------------------------------------------------------------ what is seen

    @property
    def focus(self) -> str:
        """The name of what has the keyboard."""
        return name_of(self._place())

    @property
    def current(self) -> str:
        """The current row of the list that has the keyboard, as it is spoken."""
        view = self._place()
        assert isinstance(view, QAbstractItemView), f"{described(view)} has no rows"
        spoken = QAccessible.queryAccessibleInterface(view).focusChild()
        return str(spoken.text(QAccessible.Text.Name)) if spoken is not None else ""

    @property
    def window(self) -> QWidget:
        """The window or dialog in front."""
        front = QApplication.activeModalWidget() or QApplication.activeWindow()
        assert front is not None, "no window is in front"
        return front

    @property
    def words(self) -> list[str]:
        """The words of all labels, buttons and fields that are seen, without the marks at which a path may break."""
        kinds = (QLabel, QAbstractButton, QLineEdit)
        widgets = [widget for widget in shown(self.window) if isinstance(widget, kinds)]
        found = [*(widget.text() for widget in widgets), *map(name_of, widgets)]
        return [words.replace("\u200b", "") for words in dict.fromkeys(found) if words]

    def sees(self, begin: str) -> bool:
        """Whether a label, button or field begins with some words."""
        return any(words.startswith(begin) for words in self.words)

    @property
    def reads(self) -> str:
        """The text in the reader."""
        view = self._stage.window.panes.reader.view
        return view.toPlainText() if view.isVisible() else ""

    @property
    def selected(self) -> str:
        """The words that are selected in the reader."""
        return self._stage.window.panes.reader.view.selected_text()

    @property
    def rows(self) -> int:
        """How many results there are."""
        model = self._stage.window.panes.results.view.model()
        return model.rowCount()

    @property
    def clipboard(self) -> str:
        """What was copied."""
        return QGuiApplication.clipboard().text()

    @property
    def told(self) -> str:
        """What a screen reader is told of what has the keyboard, beside its name."""
        return self._place().accessibleDescription()

    @property
    def value(self) -> str:
        """What stands in the field or box that has the keyboard."""
        return str(QAccessible.queryAccessibleInterface(self._place()).text(QAccessible.Text.Value))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _next(self) -> None:
        """Press the next key that is left when the window is calm. Asked again before, as a key may open a dialog that
        comes back only when it is gone; a key that is still under way otherwise is waited for.
        """
        if not self._left:
            return
        front = QApplication.activeModalWidget()
        if not self._is_calm() or (self._under_way and front is self._under_way[-1]):
            QTimer.singleShot(2, self._next)
            return
        self._look_where()
        key = self._left.popleft()
        if self._left:
            QTimer.singleShot(0, self._next)
        self._under_way.append(front)
        self._send(key)
        self._under_way.pop()

    def _look_where(self) -> None:
        place = QApplication.activePopupWidget() or QApplication.focusWidget()
        self._lost |= place is None or not place.isVisible()
        assert not self._lost, f"the keyboard is nowhere after {self.pressed[-5:]}"

    def _give_up(self) -> None:
        """A dialog that waits and is not left by the keys that were given for it."""
        front = QApplication.activeModalWidget()
        self._left.clear()
        self._stuck = True
        if isinstance(front, QDialog):
            front.reject()

    def _send(self, key: str) -> None:
        self.pressed.append(key)
        handle = QGuiApplication.focusWindow()
        assert handle is not None, "no window has the keyboard"
        if not isinstance(key, Words):
            pressed = QKeySequence(key)[0]
            QTest.keyClick(handle, pressed.key(), pressed.keyboardModifiers())
            return
        for letter in key:
            if letter.isascii():
                QTest.keyClick(handle, letter)
            else:  # as an input method brings it
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(QGuiApplication.focusObject(), event)

    def _is_calm(self) -> bool:
        """Whether nothing is under way, and the window in front has the keyboard."""
        front, at = QApplication.activeModalWidget() or self._stage.window, QGuiApplication.focusWindow()
        if at is not front.windowHandle() and QApplication.activePopupWidget() is None:
            # A window manager gives the keyboard to a dialog that comes, and to what stood below one that goes.
            front.activateWindow()
            return False
        return self._stage.calm()

    def _place(self) -> QWidget:
        place = QApplication.focusWidget()
        assert place is not None, f"the keyboard is nowhere after {self.pressed[-5:]}"
        return place

    def _around(self) -> Iterator[str]:
        widget: QWidget | None = self._place()
        while widget is not None:
            if widget.accessibleName():
                yield widget.accessibleName()
            widget = widget.parentWidget()


def plain(action: QAction) -> str:
    """The label of a line of a menu, without the sign of its mnemonic."""
    return action.text().replace("&", "")
