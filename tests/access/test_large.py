"""Texts twice as large, and a screen of half the points: nothing is cut off in any view or dialog (cases A5, A12)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from jasic_desktop.core.i18n import catalogue
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.tabs import ReaderTabs
from tests.helpers.access import described, name_of, shown
from tests.helpers.shown import ALL, Shown, Stage, settle

LARGE = ((1280, 720), 200)
SMALL = ((960, 540), 100)
WORDY = ((1024, 768), 100)
"""Sizes in points with the size of texts: an old screen with texts of 200 %, 1920x1080 at a scale of 2, and an old
screen in a language whose words are a third longer and which is read from right to left.
"""
LONG = ("What", "Which records", "Citation style")
"""Boxes that offer titles of any length: cut with an ellipsis, and whole in the tooltip."""
TEXTS = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
LEAST_LETTERS, LEAST_ICON = 22, 24
"""Pixels with texts of 200 %: of headings in capitals, and of the icon that closes something."""
SLACK = 2
"""Pixels by which the measure of a text may be larger than what its letters cover."""


@contextmanager
def longer_words(stage: Stage) -> Iterator[None]:
    """Let the window speak a language that needs a third more room: what stands in its catalogue is drawn out."""
    texts = catalogue("en")
    assert isinstance(texts, dict)
    before = dict(texts)
    for key, text in before.items():
        if key.startswith("window.") and text[-1:].isalpha() and "{" not in text[-len(text) // 3 :]:
            more = 1 + len(text) // 3
            texts[key] = text + (text[-1] * more if len(text) < 20 or "{" in text else " " + text[:more])
    stage.dress(language="zh-Hans")
    stage.dress()
    yield
    texts.update(before)
    stage.dress(language="zh-Hans")
    stage.dress()


@pytest.fixture(
    scope="module",
    params=(LARGE, SMALL, WORDY),
    ids=("texts of 200 %", "scale of 2", "long, mirrored"),
)
def wide(request: pytest.FixtureRequest, stage: Stage) -> Iterator[Stage]:
    """The window in that size; put back in the end."""
    (width, height), percent = request.param
    before = stage.window.size()
    stage.clear()
    stage.window.resize(width, height)
    stage.dress(percent=percent)
    assert (stage.window.width(), stage.window.height()) == (width, height), "the window does not fit the screen"
    with longer_words(stage) if request.param == WORDY else nullcontext():
        if request.param == WORDY:
            stage.application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        yield stage
    stage.application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    stage.clear()
    stage.dress()
    stage.window.resize(before)


@pytest.fixture(autouse=True)
def qt_is_silent() -> None:
    """The window keeps its size of texts from view to view."""


def cut(top: QWidget) -> Iterator[str]:
    """What does not have the room that its text needs."""
    for widget in shown(top):
        room, needed = widget.contentsRect(), None
        metrics = widget.fontMetrics()
        if isinstance(widget, QScrollArea) and widget.widget() is not None:
            never = widget.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if never and widget.widget().width() > widget.viewport().width():
                yield f"{described(widget)}: {widget.widget().width()} wide in {widget.viewport().width()}"
        if isinstance(widget, ElidedLabel | ReaderTabs):
            continue  # cuts by itself, and says so with an ellipsis and the whole in its tooltip
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                tall = widget.heightForWidth(widget.width())
                if tall > widget.height() + SLACK:
                    yield f"{described(widget)}: {tall} high in {widget.height()}"
                continue
            needed = max(metrics.horizontalAdvance(line) for line in widget.text().split("\n")) + 2 * widget.margin()
        elif isinstance(widget, QComboBox):
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            field = widget.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
            )
            needed, room = metrics.horizontalAdvance(widget.currentText()), field
            if isinstance(widget, ChoiceBox) and widget.whole and name_of(widget).startswith(LONG):
                continue  # cuts by itself, and has the whole in its tooltip
        elif isinstance(widget, QTabBar):
            for at in range(widget.count()):
                if metrics.horizontalAdvance(widget.tabText(at)) > widget.tabRect(at).width():
                    yield f"{described(widget)}: tab {at}"
            continue
        elif isinstance(widget, QCheckBox | QRadioButton | QAbstractButton):
            if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
                continue
            if widget.text() and widget.sizeHint().width() > widget.width() + SLACK:
                yield f"{described(widget)}: {widget.sizeHint().width()} wide in {widget.width()}"
            continue
        if needed is not None and needed > room.width() + SLACK:
            yield f"{described(widget)}: {needed} wide in {room.width()}"
        if needed is not None and metrics.height() > room.height() + SLACK:
            yield f"{described(widget)}: {metrics.height()} high in {room.height()}"


def over(top: QWidget) -> Iterator[str]:
    """Labels and buttons of one parent that lie on one another."""
    for parent in shown(top):
        parts = [
            child
            for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child.isVisible() and isinstance(child, QLabel | QAbstractButton | QComboBox) and not child.isWindow()
        ]
        for at, one in enumerate(parts):
            for other in parts[:at]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > SLACK and shared.height() > SLACK:
                    yield f"{described(one)} over {described(other)}"


def small(top: QWidget) -> Iterator[str]:
    """What kept the size that it has without larger texts."""
    for widget in shown(top):
        letters = widget.viewport() if isinstance(widget, QPlainTextEdit) else widget
        is_silent = isinstance(widget, QLabel | QAbstractButton) and not widget.text()
        if isinstance(widget, TEXTS) and not is_silent and QFontInfo(letters.font()).pixelSize() < LEAST_LETTERS:
            yield f"{described(widget)}: letters of {QFontInfo(letters.font()).pixelSize()}"
        has_icon = isinstance(widget, QAbstractButton) and not widget.icon().isNull()
        if has_icon and widget.iconSize().height() < LEAST_ICON:
            yield f"{described(widget)}: an icon of {widget.iconSize().height()}"


@pytest.mark.parametrize("row", ALL, ids=str)
def test_a5_nothing_is_cut_off_or_covered(wide: Stage, row: Shown) -> None:
    wide.clear()
    top = row.show(wide)
    settle()
    assert [*cut(top), *over(top), *(small(top) if wide.coordinator.text_scale == 2 else ())] == []
    assert top.width() <= wide.window.width() and top.height() <= wide.window.height(), "larger than the screen"
