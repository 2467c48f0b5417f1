"""Nothing leads out of a reading room: no command, key, click, menu, drag or dialog (JASIC_ROOM_FUZZ=20000)."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QProcess, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDesktopServices,
    QDragEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.app.room import COMMANDS as ROOMS
from jasic_desktop.app.room import Clipboard, Rules
from jasic_desktop.ui import files, printing
from jasic_desktop.ui.room.application import Room
from tests.ui.conftest import settle
from tests.ui.rooms import MakeRoom, ask, read

STEPS = int(os.environ.get("JASIC_ROOM_FUZZ", "700"))
SEED = int(os.environ.get("JASIC_ROOM_SEED", "9"))
_NO_KEYS = (Qt.Key.Key_unknown, Qt.Key.Key_Any, Qt.Key.Key_micro)
"""The last has a name that is deprecated, and a warning is an error in tests."""
KEYS = [key for key in Qt.Key if key not in _NO_KEYS]
LAST_PLAIN = Qt.Key.Key_F12.value
"""Of the keys behind it, such as those of keyboards for other scripts and for media, QTest knows no characters."""
MODIFIERS = [Qt.KeyboardModifier[name] for name in ("Control", "Alt", "Shift", "Meta") for name in (f"{name}Modifier",)]
BUTTONS = [Qt.MouseButton[f"{name}Button"] for name in ("Left", "Left", "Left", "Right", "Middle", "Back", "Forward")]


def escape(*_arguments: Any, **_options: Any) -> None:
    raise AssertionError("a way out of the room")


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would open something outside the window fails the test."""
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(escape))
    for kind in (QFileDialog, QDialog, QMenu, QProcess):
        monkeypatch.setattr(kind, "__init__", escape)
    for name in ("save_path", "open_path", "folder_path"):
        monkeypatch.setattr(files, name, escape, raising=False)
    monkeypatch.setattr(printing, "printer", escape, raising=False)


def test_there_is_no_action_no_shortcut_and_no_command_beyond_the_rooms(make_room: MakeRoom, tmp_path: Path) -> None:
    room = make_room(Rules(folders=(tmp_path,), clipboard=Clipboard(None)))
    ask(room, "mi jiuping")
    read(room)
    window = room.window
    assert window.findChildren(QAction) + window.findChildren(QShortcut) == []
    possible = {command.id for command in COMMANDS if room.coordinator.can(command.id)}
    assert possible <= ROOMS
    for command in COMMANDS:
        if command.id not in ROOMS:
            room.coordinator.run(command.id)
    outside(room)


def test_menus_drags_and_links_come_to_nothing(make_room: MakeRoom) -> None:
    room = make_room(Rules(clipboard=Clipboard(None)))
    ask(room, "mi jiuping")
    read(room)
    window, data = room.window, QMimeData()
    data.setUrls([QUrl.fromLocalFile("/etc/passwd")])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    for widget in shown:
        at = widget.rect().center()
        for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
            QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))
        drag = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none)
        drag.ignore()
        QApplication.sendEvent(widget, drag)
        QTest.mouseClick(widget, Qt.MouseButton.RightButton, none, at)
        QApplication.sendEvent(widget, QEvent(QEvent.Type.EnterWhatsThisMode))
    outside(room)
    assert window.field.text() == "mi jiuping"
    pages = window.reader.view
    for link in pages.links[:20]:
        pages.choose(link, new_tab=True)
        settle()
        outside(room)


def test_random_keys_and_clicks_find_no_way_out(make_room: MakeRoom, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    room = make_room(Rules(folders=(stick,), formats=("html",)))
    QGuiApplication.clipboard().clear()
    draw = random.Random(SEED)
    for number in range(STEPS):
        act = draw.choice((press, press, press, click, click, wheel))
        act(room, draw)
        if number % 50 == 49:
            QApplication.processEvents()
            outside(room)
        if number % 500 == 499 and room.coordinator.answer is None:
            room.coordinator.search()
    settle()
    outside(room)
    assert QGuiApplication.clipboard().text() == ""
    assert not (tmp_path / "config").exists()
    assert {path.suffix for path in stick.iterdir()} <= {".html"}


def press(room: Room, draw: random.Random) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for modifier in MODIFIERS:
        if draw.random() < 0.2:
            modifiers |= modifier
    target = QApplication.focusWidget() or room.window
    key = draw.choice(KEYS)
    if key.value <= LAST_PLAIN:
        QTest.keyClick(target, key, modifiers)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key.value, modifiers))


def click(room: Room, draw: random.Random) -> None:
    window = room.window
    at = QPoint(draw.randrange(window.width()), draw.randrange(window.height()))
    target = window.childAt(at) or window
    button, place = draw.choice(BUTTONS), target.mapFrom(window, at)
    how: Callable[..., None] = QTest.mouseDClick if draw.random() < 0.2 else QTest.mouseClick
    how(target, button, draw.choice((Qt.KeyboardModifier.NoModifier, *MODIFIERS)), place)


def wheel(room: Room, draw: random.Random) -> None:
    window = room.window
    at = QPoint(draw.randrange(window.width()), draw.randrange(window.height()))
    target = window.childAt(at) or window
    place, globally = QPointF(target.mapFrom(window, at)), QPointF(window.mapToGlobal(at))
    turn, none = QPoint(0, draw.choice((-120, 120))), Qt.MouseButton.NoButton
    held = draw.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier))
    event = QWheelEvent(place, globally, QPoint(), turn, none, held, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(target, event)


def outside(room: Room) -> None:
    """Fail where anything but the room's window is seen, or the room's window is another than it was."""
    seen = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    # A tooltip is a window to Qt; it takes no key and no click.
    windows = [widget for widget in seen if widget.windowType() != Qt.WindowType.ToolTip]
    assert [type(widget).__name__ for widget in windows] == ["RoomWindow"]
    assert QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None
    assert (room.window.width(), room.window.height()) == (1024, 768)
    assert not room.window.isMinimized()
