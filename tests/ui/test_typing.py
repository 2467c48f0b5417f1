"""What a key press leads to: nothing is said, drawn or laid out again that did not change, nor anything hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from jasic_desktop.app.commands import COMMANDS
from tests.ui.conftest import wait_for


class Eye(QObject):
    """Counts how often each of some widgets is painted or laid out."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.seen: list[tuple[str, QEvent.Type]] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        """Note what comes."""
        if event.type() in (QEvent.Type.Paint, QEvent.Type.LayoutRequest):
            self.seen.append((type(watched).__name__, event.type()))
        return False


@pytest.fixture
def window(make_window):
    """A window in which somebody has begun to type, and nothing is under way."""
    made = make_window()
    made.activateWindow()
    type_in(made, "solidarit")
    return made


def type_in(window, keys):
    coordinator = window.coordinator
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)
        assert wait_for(lambda: not coordinator.is_searching)
    sidebar, canvas = window.panes.sidebar, window.panes.timeline.canvas
    assert wait_for(lambda: not sidebar.is_counting and not canvas.placing)
    for _ in range(3):
        QApplication.processEvents()


def test_a_key_changes_no_action_but_those_that_became_possible(window):
    actions = {entry.id: window.actions_table[entry.id] for entry in COMMANDS if entry.menu is not None}
    changed = []
    for name, action in actions.items():
        action.changed.connect(lambda name=name: changed.append(name))
    type_in(window, "y")
    assert window.coordinator.answer.query == "solidarity"
    assert changed == []
    type_in(window, "zzqq")
    assert window.coordinator.answer.total == 0
    assert changed and len(changed) == len(set(changed))
    assert not any(actions[name].isEnabled() for name in changed)


def test_a_key_leaves_the_bars_as_they_are(window):
    notice = window.panes.reader.notice
    buttons = notice.findChildren(QPushButton)
    eye = Eye(window.top_bar._selection, window.top_bar._more, window.status_bar._archive, notice)
    type_in(window, "y")
    # The list of suggestions lies over the notice: where it gets shorter, what is under it comes to light.
    assert [seen for seen in eye.seen if seen != ("ReaderNotice", QEvent.Type.Paint)] == []
    assert notice.findChildren(QPushButton) == buttons


def test_the_start_page_and_what_is_shut_do_nothing(window):
    panes = window.panes
    panes.switch("timeline-pane")
    assert not panes.timeline.isVisible()
    canvas = panes.timeline.canvas
    drawn = canvas._picture
    eye = Eye(window.start_page, *window.start_page.findChildren(QWidget), canvas, panes.timeline.strip_bar)
    matches = canvas._model.matches
    type_in(window, "y zz")
    assert canvas._model.matches != matches
    assert canvas._picture is drawn
    assert [seen for seen in eye.seen if seen[1] == QEvent.Type.Paint] == []
    panes.switch("timeline-pane")
    assert canvas._picture is not drawn


def test_only_rows_that_are_seen_are_worded(window):
    model, view = window.panes.results.model, window.panes.results.view
    type_in(window, "y")
    fit = view.viewport().height() // view.sizeHintForRow(0) + 2
    assert 0 < len(model._rows) <= fit < len(window.coordinator.answer.hits)
