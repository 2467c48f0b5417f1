"""Keys that lead somewhere: none means two things, all are listed, and a picture can be looked at by them (A3, A10)."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from jasic_desktop.app.commands import COMMANDS
from tests.helpers.access import name_of, shown
from tests.helpers.shown import DIALOGS, Shown, Stage


def test_a3_no_keys_do_two_things() -> None:
    keys = Counter(QKeySequence(one).toString() for command in COMMANDS for one in command.keys)
    assert [one for one, count in keys.items() if count > 1] == []


def test_a3_no_letter_alone_is_a_key_of_a_command() -> None:
    """So none has to be switched off: what is pressed by chance while somebody speaks or types does nothing."""
    held = [QKeySequence(one)[0] for command in COMMANDS for one in command.keys]
    letters = [one for one in held if not one.keyboardModifiers() and one.key() < Qt.Key.Key_Escape]
    assert letters == []


def test_a3_mnemonics_of_a_window_differ(stage: Stage) -> None:
    for row in DIALOGS:
        stage.clear()
        top = row.show(stage)
        texts = [one.text() for one in shown(top) if isinstance(one, QAbstractButton | QLabel)]
        letters = Counter(
            QKeySequence.mnemonic(text).toString() for text in texts if not QKeySequence.mnemonic(text).isEmpty()
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], str(row)
    stage.clear()


def test_a3_the_sheet_lists_every_command_with_keys(stage: Stage) -> None:
    stage.clear()
    dialog = stage.dialog("keys")
    told = " ".join(one.accessibleDescription() for one in shown(dialog))
    words = stage.coordinator.words
    missing = [one.id for one in COMMANDS if one.keys and words(one.label).rstrip("…") not in told]
    stage.clear()
    assert missing == []


def test_a10_a_picture_has_words_and_is_zoomed_and_moved_by_keys(stage: Stage) -> None:
    stage.clear()
    row: Shown = next(one for one in DIALOGS if one.name == "picture")
    dialog = row.show(stage)
    canvas = dialog.focusWidget()
    assert canvas is not None and len(name_of(canvas)) > 10
    before = canvas.area
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.area.width() > before.width()
    larger = canvas.area
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.area != larger
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.area == before
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert not dialog.isVisible()
    stage.clear()
