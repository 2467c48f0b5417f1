"""Every view and every dialog, one after another: names, roles, the way of Tab, rings, sizes (cases A1, A2, A9)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QComboBox, QProgressBar, QWidget

from tests.helpers.access import (
    PLAIN,
    SMALLEST,
    described,
    kind_fits,
    name_of,
    press,
    ring_of,
    role_of,
    shown,
    stops,
    tabbed,
    targets,
)
from tests.helpers.shown import ALL, Shown, Stage, settle

RINGED: set[tuple[type, str, type, bool]] = set()
"""The kinds of widgets whose ring was looked at: what looks alike in the same place is looked at once."""


@pytest.fixture(scope="module", params=ALL, ids=str)
def seen(request: pytest.FixtureRequest, stage: Stage) -> Iterator[tuple[Shown, QWidget]]:
    """Each view in turn, and the window that it is in, which has the keyboard."""
    row: Shown = request.param
    stage.clear()
    top = row.show(stage)
    settle()
    top.activateWindow()
    yield row, top
    stage.clear()


def test_a1_whatever_takes_the_keyboard_has_a_name_and_a_role(seen: tuple[Shown, QWidget]) -> None:
    _, top = seen
    found = [*stops(top), *targets(top)]
    assert found
    assert [described(widget) for widget in found if not name_of(widget).strip()] == []
    assert [(role_of(widget), described(widget)) for widget in found if role_of(widget) in PLAIN] == []
    assert [(role_of(widget), described(widget)) for widget in found if not kind_fits(widget)] == []


def test_a1_nothing_is_described_in_markup(seen: tuple[Shown, QWidget]) -> None:
    _, top = seen
    told = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Description) for one in shown(top)]
    assert [words for words in told if words.startswith("<")] == []


def test_a1_a_screen_reader_hears_what_is_disabled_ticked_or_has_the_keyboard(seen: tuple[Shown, QWidget]) -> None:
    _, top = seen
    for widget in shown(top):
        if isinstance(widget, QAbstractButton):
            state = QAccessible.queryAccessibleInterface(widget).state()
            assert bool(state.disabled) == (not widget.isEnabled()), described(widget)
            assert bool(state.checkable) == widget.isCheckable(), described(widget)
            assert bool(state.checked) == widget.isChecked(), described(widget)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.window() is top
    assert QAccessible.queryAccessibleInterface(focus).state().focused


def test_a1_no_two_things_of_a_dialog_have_the_same_name(seen: tuple[Shown, QWidget]) -> None:
    row, top = seen
    if not row.modal:
        pytest.skip("a window has its commands in more than one place")
    # On Linux Qt gives the chosen value of a box as its name, whatever name it was given.
    names = [(name_of(widget), role_of(widget)) for widget in stops(top) if not isinstance(widget, QComboBox)]
    assert sorted(names) == sorted(set(names))


def test_a2_tab_reaches_everything_both_ways_and_shift_tab_goes_back(seen: tuple[Shown, QWidget]) -> None:
    _, top = seen
    begun = QApplication.focusWidget()
    assert begun is not None, "the keyboard is nowhere"
    way, back = tabbed(top), tabbed(top, back=True)
    for reached in (set(way), set(back)):
        missed = [widget for widget in stops(top) if widget not in reached and not arrows_reach(widget, reached)]
        assert [described(widget) for widget in missed] == []
    assert [described(widget) for widget in way if not widget.isEnabled() or not widget.isVisible()] == []
    at = back.index(way[0])
    assert [*back[at:], *back[:at]] == [way[0], *way[:0:-1]]
    begun.setFocus()


def arrows_reach(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether arrow keys go to a button from another one of its group, of which one is on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if not isinstance(group, QButtonGroup) or not group.exclusive():
        return False
    first = next((one for one in group.buttons() if one in reached), None)
    if first is None:
        return False
    first.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(key)
        if QApplication.focusWidget() is widget:
            first.click()
            return True
    return False


def test_a2_the_keyboard_is_always_seen(seen: tuple[Shown, QWidget]) -> None:
    row, top = seen
    stops_here = stops(top)
    if len(stops_here) < 2:
        pytest.skip("one thing alone always has the keyboard")
    begun = QApplication.focusWidget()
    unseen = []
    for widget in stops_here:
        look = type(widget), str(widget.property("role")), type(widget.parentWidget()), row.modal
        if look in RINGED:
            continue
        RINGED.add(look)
        other = next(one for one in stops_here if one is not widget)
        ring = ring_of(widget, other)
        if ring is not None and not ring.is_seen:
            unseen.append(f"{described(widget)}: {ring}")
    assert unseen == []
    if begun is not None:
        begun.setFocus()


def test_a9_every_target_is_large_enough(seen: tuple[Shown, QWidget]) -> None:
    _, top = seen
    small = [
        f"{described(widget)}: {widget.width()}x{widget.height()}"
        for widget in targets(top)
        if min(widget.width(), widget.height()) < SMALLEST and not isinstance(widget, QProgressBar)
    ]
    assert small == []
