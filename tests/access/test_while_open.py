"""Dialogs that are open while the language changes: nothing of the language before stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from jasic_desktop.core.i18n import translate
from tests.helpers.access import shown
from tests.helpers.shown import DIALOGS, Shown, Stage, _idle, settle

OPEN = tuple(row for row in DIALOGS if row.name in ("cite", "print", "export", "settings"))


def words_of(top: QWidget) -> set[str]:
    """All that can be read in a dialog: labels, buttons, every line of a box, and its title."""
    found = {top.windowTitle()}
    for widget in shown(top):
        if isinstance(widget, QComboBox):
            found |= {widget.itemText(at) for at in range(widget.count())}
        elif isinstance(widget, QLabel | QAbstractButton):
            found |= {widget.text(), widget.accessibleName()}
    return found


@pytest.mark.parametrize("row", OPEN, ids=str)
def test_a_dialog_speaks_the_language_that_is_chosen_while_it_is_open(stage: Stage, row: Shown) -> None:
    stage.clear()
    dialog = row.show(stage)
    english = words_of(dialog)
    stage.dress(language="zh-Hans")
    assert stage.wait(lambda: _idle(dialog))
    settle()
    switched = words_of(dialog)
    stage.clear()
    dialog = row.show(stage)
    fresh = words_of(dialog)
    stage.clear()
    stage.dress()
    # What both languages write alike is in a dialog that is opened in Chinese too.
    assert english & switched - fresh == set()
    assert translate("window.about.close", "zh-Hans") in switched or row.name in ("export", "print", "settings")
