"""The window of a reading room: what it shows and how large, how one moves in it, and what a session keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QMenuBar, QTabBar, QWidget

from jasic_desktop.app.room import Clipboard, Rules
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.ui.room.application import Room
from jasic_desktop.ui.room.copies import CopySheet
from jasic_desktop.ui.room.idle import IdleWatch
from jasic_desktop.ui.room.theme import TARGET
from tests.ui.conftest import settle, wait_for
from tests.ui.rooms import READ, MakeRoom, ask, read

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
OPEN_RULES = Rules(clipboard=Clipboard(None))


# ------------------------------------------------------------------------------------------------- looks and measures


def test_it_is_laid_out_as_pictured(make_room: MakeRoom) -> None:
    room = make_room(language="zh-Hans")
    ask(room, "mi jiuping")
    read(room)
    window = room.window
    settle()
    assert (window.banner.height(), window.field.parentWidget().height(), window.footer.height()) == (44, 92, 84)
    assert window.field.height() == 56
    assert window.results.width() + 1 == 376
    assert window.results.view.visualRect(window.results.model.index(0, 0)).height() == 124
    for button in (window.back, window.timeline_button, window.footer.end, window.footer.smaller):
        assert button.height() == 56, button.text()
    assert window.findChildren(QMenuBar) + window.findChildren(QTabBar) + window.findChildren(QMenu) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_target_is_large_enough_and_nothing_is_cut(make_room: MakeRoom, tmp_path: Path, language: str) -> None:
    rules = Rules(folders=(tmp_path, tmp_path / "gone"), clipboard=Clipboard(None))
    room = make_room(rules, language=language)
    window = room.window
    looked_at(room, "start")
    ask(room, "mi jiuping")
    read(room)
    looked_at(room, "browse")
    window.results.sort.click()
    looked_at(room, "sort")
    window.sheet.close_sheet()
    window.copy_record()
    looked_at(room, "copy")
    window.sheet.close_sheet()
    room.coordinator.tell("window.room.copied_part", "warn", count=1000)
    looked_at(room, "message")
    window.footer.count_down(60)
    looked_at(room, "countdown")
    room.coordinator.run("go-timeline")
    looked_at(room, "timeline")


def looked_at(room: Room, page: str) -> None:
    """Look at all that is seen: targets of a size, with names; words with the room that they need."""
    settle()
    window = room.window
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    targets = [widget for widget in seen if isinstance(widget, QAbstractButton | QLineEdit)]
    assert len(targets) >= 6, page
    small = [(w.accessibleName(), w.width(), w.height()) for w in targets if min(w.width(), w.height()) < TARGET]
    assert small == [], page
    assert [w for w in targets if not w.accessibleName()] == [], page
    for widget in seen:
        if isinstance(widget, QAbstractButton):
            assert window.rect().contains(QPoint(widget.mapTo(window, widget.rect().center()))), (page, widget.text())
            assert widget.width() >= widget.sizeHint().width(), (page, widget.accessibleName())
        elif isinstance(widget, QLabel) and widget.text() and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), (page, widget.text())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signs_carry_their_word_and_letters_are_large(make_room: MakeRoom, theme: str) -> None:
    room = make_room(theme=theme)
    read(room, "mi-jiuping")
    text = room.window.reader.view.toPlainText().replace("\u00a0", " ")
    assert "single source" in text and "disputed" in text
    coordinator = room.coordinator
    assert coordinator.theme.mode == theme
    assert coordinator.font("reading").pixelSize() == 18 and coordinator.font("title").pixelSize() == 30
    assert round(coordinator.theme.line_heights["reading"] * 18) == 32


# ------------------------------------------------------------------------------------------------------------- moving


def test_a_reader_searches_reads_follows_and_comes_back(make_room: MakeRoom) -> None:
    room = make_room()
    window, coordinator = room.window, room.coordinator
    assert window.start.isVisible() and not window.back.isEnabled()
    assert QApplication.focusWidget() is window.field
    ask(room, "mi jiuping")
    assert window.results.isVisible()
    QTest.keyClick(window.field, Qt.Key.Key_Return)
    first = coordinator.moment.record
    assert first is not None and window.reader.view.page.id == first
    link = next(link for link in window.reader.view.links if link.record not in (None, first))
    window.reader.view.choose(link, new_tab=True)
    assert window.reader.view.page.id == link.record
    assert coordinator.moment.record == link.record
    window.back.click()
    assert window.reader.view.page.id == first
    QTest.keyClick(window, Qt.Key.Key_Home, ALT)
    assert window.start.isVisible()


def test_the_timeline_leads_to_its_events(make_room: MakeRoom) -> None:
    room = make_room()
    room.window.timeline_button.click()
    assert room.window.timeline.isVisible()
    room.window.timeline.canvas.pointed.emit(READ)
    assert room.window.reader.isVisible() and room.window.reader.view.page.id == READ
    room.window.timeline_button.click()
    room.window.timeline_button.click()
    assert room.window.results.isVisible()


def test_the_order_is_chosen_in_a_sheet_that_keys_can_leave(make_room: MakeRoom) -> None:
    room = make_room()
    ask(room, "shenzhen")
    window = room.window
    window.results.sort.click()
    sheet = window.sheet
    assert sheet is not None and not window.field.isEnabled()
    choices = [button for button in sheet.findChildren(QAbstractButton) if button.isCheckable()]
    assert [choice.isChecked() for choice in choices] == [True, False, False]
    choices[1].click()
    assert room.coordinator.moment.sort == "date" and window.sheet is None
    window.results.sort.click()
    QTest.keyClick(window.sheet, Qt.Key.Key_Escape)
    assert window.sheet is None and window.field.isEnabled()


def test_text_size_language_and_looks_change_at_once_and_are_never_written(make_room: MakeRoom, tmp_path: Path) -> None:
    room = make_room()
    coordinator, start = room.coordinator, room.window.start
    for _ in range(12):
        room.window.footer.larger.click()
    assert coordinator.text_scale == 2.0
    for _ in range(12):
        room.window.footer.smaller.click()
    assert coordinator.text_scale == 0.8
    start.languages[2].click()
    assert coordinator.language == "zh-Hant" and "結束" in room.window.footer.end.text()
    start.themes[1].click()
    assert coordinator.theme.mode == "dark"
    assert not (tmp_path / "config").exists()


def test_what_a_policy_locks_is_not_there(make_room: MakeRoom) -> None:
    rules = Rules(locked=frozenset({"language", "theme", "text_size"}), closed=frozenset({"timeline"}))
    room = make_room(rules)
    window = room.window
    assert not any(button.isVisible() for button in (*window.start.languages, *window.start.themes))
    assert not window.timeline_button.isVisible()
    assert not window.footer.larger.isEnabled() and not window.footer.smaller.isEnabled()
    assert not window.footer.copy.isVisible() and not window.footer.cite.isVisible()


def test_what_is_wrong_with_the_room_is_seen_all_the_time(make_room: MakeRoom) -> None:
    room = make_room(Rules(faults=("The policy is bad: mend it.",)))
    assert room.window.notices.isVisible()
    assert "The policy is bad" in QAccessible.queryAccessibleInterface(
        room.window.notices.findChildren(QLabel)[1]
    ).text(QAccessible.Text.Name)


def test_the_next_reader_sees_what_the_first_one_saw(make_room: MakeRoom) -> None:
    """K7: the next session is another process; here, that nothing of this one stays in places, settings or memory."""
    before_it_blinked = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    first = make_room()
    before = picture(first)
    ask(first, "mi jiuping")
    read(first)
    first.window.footer.larger.click()
    first.window.start.themes[1].click()
    first.close()
    second = make_room()
    second.window.activateWindow()
    assert wait_for(lambda: picture(second) == before)
    QApplication.setCursorFlashTime(before_it_blinked)


def picture(room: Room) -> QImage:
    settle()
    image = QImage(room.window.size(), QImage.Format.Format_RGB32)
    room.window.render(image)
    return image


# ---------------------------------------------------------------------------------------------------------- idle time


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(qapp: QApplication) -> IdleWatch:
    clock = Clock()
    made = IdleWatch(600, 60, clock=clock)
    made.clock = clock
    made.heard = []
    made.counted.connect(lambda seconds: made.heard.append(("left", seconds)))
    made.spoken.connect(lambda seconds: made.heard.append(("spoken", seconds)))
    made.resumed.connect(lambda: made.heard.append(("resumed", 0)))
    made.elapsed.connect(lambda: made.heard.append(("elapsed", 0)))
    yield made
    made.stop()


def pass_time(watch: IdleWatch, seconds: float, step: float = 0.25) -> None:
    until = watch.clock.now + seconds
    while watch.clock.now < until:
        watch.clock.now += step
        watch.look()


def test_it_counts_down_in_the_last_minute_and_is_read_aloud_three_times(watch: IdleWatch) -> None:
    watch.note()
    pass_time(watch, 539)
    assert watch.heard == []
    pass_time(watch, 61)
    assert [seconds for kind, seconds in watch.heard if kind == "left"] == list(range(60, 0, -1))
    assert [seconds for kind, seconds in watch.heard if kind == "spoken"] == [60, 30, 10]
    assert watch.heard[-1] == ("elapsed", 0)


def test_before_anybody_was_there_nothing_is_counted(watch: IdleWatch) -> None:
    pass_time(watch, 10_000, 60)
    assert watch.heard == []


def test_any_key_stops_it_and_a_trembling_pointer_does_not(watch: IdleWatch, qapp: QApplication) -> None:
    widget = QWidget()
    watch.note()
    pass_time(watch, 560)
    assert watch.counting_down
    for x in (10, 400):
        watch.eventFilter(widget, moved_to(x))
    assert watch.counting_down
    watch.eventFilter(widget, QEvent(QEvent.Type.KeyPress))
    assert not watch.counting_down and watch.heard[-1] == ("resumed", 0)
    watch.heard.clear()
    pass_time(watch, 539)
    assert watch.heard == []
    widget.deleteLater()


def test_a_pointer_that_moves_far_is_a_reader_and_one_that_trembles_is_none(watch: IdleWatch) -> None:
    widget = QWidget()
    watch.note()
    watch.eventFilter(widget, moved_to(10))
    pass_time(watch, 500)
    watch.eventFilter(widget, moved_to(14))
    pass_time(watch, 45)
    assert watch.counting_down
    watch.note()
    pass_time(watch, 500)
    watch.eventFilter(widget, moved_to(300))
    pass_time(watch, 500)
    assert not watch.counting_down
    widget.deleteLater()


def test_a_machine_that_slept_ends_the_session_when_it_wakes(watch: IdleWatch) -> None:
    watch.note()
    watch.clock.now += 8 * 3600
    watch.look()
    assert watch.heard == [("elapsed", 0)]


def moved_to(x: float) -> QMouseEvent:
    place = QPointF(x, 10)
    none = Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)


def test_the_window_counts_down_and_goes_on_with_a_key_or_the_button(make_room: MakeRoom) -> None:
    room = make_room()
    clock = Clock()
    room.idle._clock = clock
    footer = room.window.footer
    QTest.keyClicks(room.window.field, "a")
    clock.now += 545
    room.idle.look()
    assert footer.resume.isVisible() and "55" in footer.findChild(type(footer._bar)).accessibleName()
    QTest.keyClick(room.window.field, Qt.Key.Key_Left)
    assert not footer.resume.isVisible()
    clock.now += 545
    room.idle.look()
    footer.resume.click()
    assert not footer.resume.isVisible() and not room.idle.counting_down
    ended: list[int] = []
    room.idle.elapsed.connect(lambda: ended.append(1))
    clock.now += 601
    room.idle.look()
    assert ended == [1]


# -------------------------------------------------------------------------------------------------- clipboard, copies


def test_nothing_can_be_copied_where_the_policy_has_it_off(make_room: MakeRoom) -> None:
    QGuiApplication.clipboard().setText("of another program")
    room = make_room()
    read(room)
    view = room.window.reader.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    ask(room, "mi")
    room.window.field.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        QTest.keyClick(room.window.field, key, CONTROL)
    assert QGuiApplication.clipboard().text() == "of another program"
    assert room.window.field.text() == "mi"


def test_so_many_characters_can_be_copied_and_the_end_takes_them_away(make_room: MakeRoom) -> None:
    room = make_room(Rules(clipboard=Clipboard(12)))
    read(room)
    view = room.window.reader.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert len(data.text()) == 12 and "text/html" not in data.formats()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    room.window.copy_citation()
    assert len(QGuiApplication.clipboard().text()) == 12
    room.close()
    assert QGuiApplication.clipboard().text() == ""


def copy_sheet(room: Room) -> CopySheet:
    room.window.copy_record()
    assert isinstance(room.window.sheet, CopySheet)
    return room.window.sheet


@pytest.mark.parametrize("form", [0, 1, 2])
def test_a_copy_goes_to_the_policys_folder_under_a_name_of_the_programs(
    make_room: MakeRoom, tmp_path: Path, form: int
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    room = make_room(Rules(folders=(stick,)))
    read(room)
    for _ in range(2):
        sheet = copy_sheet(room)
        sheet.formats.button(form).click()
        count = len(list(stick.iterdir()))
        sheet.save.click()
        assert wait_for(lambda: sheet.save.isEnabled() and len(list(stick.iterdir())) > count)  # noqa: B023
        sheet.close_sheet()
        settle()
    suffix = ("pdf", "html", "docx")[form]
    assert sorted(path.name for path in stick.iterdir()) == [f"jasic-{READ}-2.{suffix}", f"jasic-{READ}.{suffix}"]


def test_a_stick_that_vanishes_is_told_and_taken_again_when_it_is_back(make_room: MakeRoom, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    room = make_room(Rules(folders=(stick,)))
    read(room)
    sheet = copy_sheet(room)
    assert not sheet.save.isEnabled() and "not there" in sheet.folders.button(0).accessibleName()
    stick.mkdir()
    sheet.look()
    assert sheet.save.isEnabled()
    stick.rmdir()  # pulled between the look and the press
    sheet.save.click()
    assert wait_for(lambda: "stick" in sheet._outcome.text())
    assert not sheet.save.isEnabled()
    stick.mkdir()
    sheet.look()
    sheet.formats.button(1).click()
    sheet.save.click()
    assert wait_for(lambda: len(list(stick.iterdir())) == 1)
    assert wait_for(lambda: "Saved" in sheet._outcome.text())


def test_only_formats_of_the_policy_are_offered_and_what_it_closes_is_not(make_room: MakeRoom, tmp_path: Path) -> None:
    room = make_room(Rules(folders=(tmp_path,), formats=("html", "csv")))
    read(room)
    sheet = copy_sheet(room)
    assert [button.accessibleName() for button in sheet.formats.buttons()] == ["Web page: opens in any browser"]
    sheet.close_sheet()
    settle()
    closed = make_room(Rules(folders=(tmp_path,), closed=frozenset({"export"})))
    read(closed)
    closed.window.copy_record()
    closed.coordinator.run("export")
    assert closed.window.sheet is None and not closed.window.footer.copy.isVisible()
