"""What a reader does in a reading room, for tests of its window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest

from jasic_desktop.ui.room.application import Room
from tests.ui.conftest import wait_for

MakeRoom = Callable[..., Room]
READ = "2018-07-27-mass-arrest"


def ask(room: Room, text: str) -> None:
    room.window.field.setFocus()
    room.window.field.selectAll()
    QTest.keyClicks(room.window.field, text)
    assert wait_for(lambda: not room.coordinator.is_searching and room.coordinator.answer.query == text)
    assert wait_for(lambda: room.window.results.model.rowCount() == room.coordinator.answer.total)


def read(room: Room, record: str = READ) -> None:
    room.coordinator.open_record(record)
    assert wait_for(lambda: room.window.reader.view.is_whole and not room.window.reader.pictures.is_waiting)
