"""Where the keyboard is after Down and F6: in what a pane is about, not on the first button in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import wait_for


def test_down_goes_from_the_field_into_the_results_and_enter_opens_one(make_window):
    window = make_window()
    coordinator = window.coordinator
    QTest.keyClicks(window.start_page.search, "yuexin")
    assert wait_for(lambda: not coordinator.is_searching)
    window.suggestions.dismiss()  # where names are offered, Down goes through them first
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.panes.results.view
    QTest.keyClick(window.panes.results.view, Qt.Key.Key_Return)
    assert coordinator.moment.record == "yue-xin"


def test_f6_goes_to_what_each_pane_is_about_and_back(make_window):
    window = make_window()
    coordinator, panes = window.coordinator, window.panes
    coordinator.ask("yuexin", False)
    assert wait_for(lambda: not coordinator.is_searching)
    coordinator.open_record("yue-xin")
    window.top_bar.search.setFocus()
    wanted = [panes.sidebar.first_focus, panes.results.first_focus, panes.reader.first_focus, panes.profile]
    wanted += [panes.timeline.first_focus, window.top_bar.search]
    for there in wanted:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is there or there.isAncestorOf(focus), there
    for there in reversed(wanted[:-1]):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        focus = QApplication.focusWidget()
        assert focus is there or there.isAncestorOf(focus), there
