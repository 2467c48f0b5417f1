"""The timeline in the real window: strip and view, table and card, brush and filters, saving, narrow and empty."""

import csv
import errno
import os
from dataclasses import replace
from datetime import date

import pytest
from msgspec.structs import replace as replace_struct
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from jasic_desktop.core import atomic
from jasic_desktop.core import records as r
from jasic_desktop.core.dates import parse
from jasic_desktop.export.timeline_csv import timeline_csv
from jasic_desktop.export.timeline_svg import timeline_svg
from jasic_desktop.render.timeline_scale import ordinal
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.certainty_sign import CertaintySign
from jasic_desktop.ui.inline_text import InlineText
from jasic_desktop.ui.timeline_pane import TimelinePane
from jasic_desktop.ui.timeline_save import save
from tests.helpers.sample import ARCHIVE, RECORDS, text
from tests.helpers.stores import forged_store
from tests.helpers.window import still_coordinator
from tests.ui.conftest import wait_for

RAID, ARREST = "2018-08-24-huizhou-raid", "2018-07-27-mass-arrest"
SUMMER = (float(ordinal("2018-07-01")), float(ordinal("2018-08-31")))


@pytest.fixture
def whole(make_window):
    """The pane as the whole timeline, in a window of 1440x900."""
    return timeline_of(make_window())


@pytest.fixture
def alone(qtbot, used_home, tmp_path):
    """The pane as the whole timeline by itself: sooner, for what needs neither an answer nor another pane."""
    coordinator = still_coordinator(used_home, tmp_path / "config")
    pane = TimelinePane(coordinator)
    qtbot.addWidget(pane)
    pane.coordinator = coordinator
    coordinator.show_view("timeline")
    pane.resize(1440, 820)
    pane.show()
    pane.canvas.setFocus()
    QApplication.processEvents()
    yield pane
    coordinator.close()


def timeline_of(window, view="timeline"):
    window.coordinator.show_view(view)
    pane = window.panes.timeline
    pane.coordinator = window.coordinator
    assert wait_for(lambda: pane.isVisible() and answered(window.coordinator))
    QApplication.processEvents()
    return pane


def answered(coordinator):
    return coordinator.answer is not None and not coordinator.is_searching


def narrow(pane, **changes):
    pane.coordinator.narrow(replace(pane.coordinator.moment.filters, **changes))
    assert wait_for(lambda: answered(pane.coordinator))


def texts(widget):
    """All words that a card shows."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return labels + [text.text for text in widget.findChildren(InlineText) if text.isVisible()]


def buttons(widget):
    return {found.accessibleName(): found for found in widget.findChildren(QPushButton) if found.isVisible()}


def told(coordinator):
    heard = []
    coordinator.told.connect(lambda text, kind: heard.append((kind, text)))
    return heard


# -------------------------------------------------------------------------------------------------------- two modes


def test_below_the_panes_it_is_a_strip_that_opens_what_is_clicked(make_window):
    pane = timeline_of(make_window(), "browse")
    assert pane.strip_bar.isVisible() and not pane.canvas.full
    for part in (pane.whole_bar, pane.card, pane.minimap, pane.hints):
        assert not part.isVisible()
    first, last = pane.canvas.span
    # Which months these are, the events of the archive decide; the words are those of the days shown.
    ends = [date.fromordinal(int(day)).strftime("%B %Y") for day in (first, last)]
    assert pane.strip_bar._span.text() == " to ".join(ends)
    pane.strip_bar._plus.click()
    assert pane.canvas.span[1] - pane.canvas.span[0] < last - first
    pane.strip_bar._minus.click()
    pane.canvas.pointed.emit(RAID)
    assert (pane.coordinator.moment.record, pane.coordinator.moment.view) == (RAID, "browse")
    pane.strip_bar._whole.click()
    assert pane.is_whole and pane.canvas.full and pane.whole_bar.isVisible() and not pane.strip_bar.isVisible()


def test_in_the_view_a_click_marks_and_shows_the_card_and_another_opens(alone):
    alone.canvas.pointed.emit(RAID)
    assert (alone.coordinator.moment.record, alone.coordinator.moment.view) == (RAID, "timeline")
    assert alone.card.id == RAID
    alone.canvas.pointed.emit(ARREST)
    assert alone.card.id == ARREST
    alone.coordinator.back()
    assert alone.card.id == RAID
    alone.canvas.pointed.emit(RAID)
    assert alone.coordinator.moment.view == "browse"


def test_the_card_follows_the_keyboard_at_once_and_the_mark_when_it_rests(alone):
    alone.coordinator.mark(ARREST)
    QTest.keyClick(alone.canvas, Qt.Key.Key_Right)
    assert alone.card.id == alone.canvas.current != ARREST
    for _ in range(2):
        QTest.keyClick(alone.canvas, Qt.Key.Key_Right)
    assert alone.coordinator.moment.record == ARREST
    assert wait_for(lambda: alone.coordinator.moment.record == alone.canvas.current == alone.card.id)
    alone.coordinator.back()  # three keys were one step
    assert alone.coordinator.moment.record == ARREST
    QTest.keyClick(alone.canvas, Qt.Key.Key_Left)
    current = alone.canvas.current
    QTest.keyClick(alone.canvas, Qt.Key.Key_Return)
    assert (alone.coordinator.moment.record, alone.coordinator.moment.view) == (current, "browse")


def test_space_ticks_and_lanes_are_chosen_in_the_bar(alone):
    alone.canvas.go(RAID)
    QTest.keyClick(alone.canvas, Qt.Key.Key_Space)
    assert alone.coordinator.selection.ids == (RAID,)
    bar = alone.whole_bar
    bar._fill()
    actions = {action.text(): action for action in bar._menu.actions()}
    assert list(actions) == ["type", "place", "topic", "person"] and actions["type"].isChecked()
    actions["place"].trigger()
    assert alone.canvas.lanes_by == "place" and bar._lanes.text() == "Lanes: place"


# ---------------------------------------------------------------------------------------------------- brush and filters


def test_the_brush_narrows_all_and_stands_where_the_filters_are(whole):
    whole.canvas.brushed.emit(SUMMER)
    assert whole.coordinator.moment.filters == Filters(since="2018-07-01", until="2018-08-31")
    assert wait_for(lambda: answered(whole.coordinator))
    found = len(whole.coordinator.answer.events)
    assert 0 < found < len(whole.canvas.rows)
    assert whole.whole_bar._count.text() == f"{found} of {len(whole.canvas.rows)} events"
    assert whole.canvas.brush == SUMMER
    chips = buttons(whole.whole_bar.chips)
    assert "Take away Date: July to August 2018" in chips or any("Date" in name for name in chips)
    whole.coordinator.back()
    assert whole.canvas.brush is None
    whole.coordinator.forward()
    assert whole.canvas.brush == SUMMER
    whole.canvas.brushed.emit(None)
    assert whole.coordinator.moment.filters == Filters() and whole.canvas.brush is None


def test_one_end_of_the_brush_may_be_open(whole):
    narrow(whole, since="2018-08-24")
    assert whole.canvas.brush[0] == ordinal("2018-08-24") and whole.canvas.brush[1] > ordinal("2100-01-01")
    whole.grab()


def test_matches_only_leaves_the_others_out_everywhere(whole):
    narrow(whole, since="2018-07-01", until="2018-08-31")
    every = len(whole.canvas.rows)
    whole.whole_bar._matches.click()
    assert len(whole.canvas.rows) == len(whole.coordinator.answer.events) < every
    whole.show_table(True)
    assert whole.table.events.rowCount() == len(whole.canvas.rows)
    assert whole.strip_bar is not whole.whole_bar
    whole.coordinator.show_view("browse")
    assert whole.strip_bar._matches.isChecked()


def test_where_no_event_answers_one_button_shows_all(whole):
    whole.canvas.set_matches_only(True)
    whole.coordinator.ask("zzzzqqqq", live=False)
    assert wait_for(lambda: answered(whole.coordinator))
    assert whole.notice.isVisible() and "No event answers" in whole.notice._sentence.text()
    buttons(whole.notice)["Show all events"].click()
    assert whole.canvas.isVisible() and not whole.canvas.matches_only and len(whole.canvas.rows) > 100


# ------------------------------------------------------------------------------------------------- table and minimap


def test_the_table_takes_the_drawings_place_with_its_events_and_its_current_one(alone):
    shown = []
    alone.table_shown.connect(shown.append)
    alone.canvas.go(RAID)
    QTest.keyClick(alone.canvas, Qt.Key.Key_T)
    assert alone.as_table and alone.table.isVisible() and alone.table.hasFocus() and shown == [True]
    assert alone.table.current == RAID
    rows = [alone.table.events.id(row) for row in range(alone.table.events.rowCount())]
    assert rows == [row.id for row in alone.canvas.rows]
    assert not alone.minimap.isVisible() and not alone.whole_bar._fit.isVisible()
    QTest.keyClick(alone.table, Qt.Key.Key_J)
    current = alone.table.current
    assert wait_for(lambda: alone.coordinator.moment.record == current)
    alone.coordinator.back()
    QTest.keyClick(alone.table, Qt.Key.Key_T)
    assert not alone.as_table and alone.canvas.hasFocus() and shown == [True, False]


def test_the_command_shows_the_table_from_any_view(make_window):
    window = make_window()
    pane = timeline_of(window, "browse")
    window.coordinator.run("timeline-table")
    assert pane.as_table and pane.is_whole and pane.table.isVisible()
    window.coordinator.mark(RAID)
    assert pane.table.current == RAID
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert window.coordinator.moment.view == "browse"
    window.coordinator.back()
    assert pane.as_table
    window.coordinator.run("timeline-table")
    assert not pane.as_table and pane.canvas.isVisible()


def test_the_minimap_shows_and_moves_what_the_drawing_shows(alone):
    assert alone.minimap.isVisible() and alone.minimap.span == alone.canvas.span
    alone.whole_bar._plus.click()
    assert alone.minimap.span == alone.canvas.span
    before = alone.canvas.span
    QTest.keyClick(alone.minimap, Qt.Key.Key_Right)
    assert alone.canvas.span[0] > before[0] and alone.minimap.span == alone.canvas.span
    assert alone.whole_bar._count.text().startswith(f"{alone.canvas.count_in_span()} of ")
    alone.whole_bar._fit.click()
    assert alone.canvas.count_in_span() == len(alone.canvas.rows)
    # The bars stand below the drawing's axis.
    assert alone.minimap._left == pytest.approx(alone.canvas.axis_left, abs=40)


# -------------------------------------------------------------------------------------------------------------- card


def test_the_card_tells_when_where_what_and_by_whom(alone):
    alone.coordinator.mark(RAID)
    QApplication.processEvents()
    shown = texts(alone.card)
    for expected in ("Event · Raid", "Police raid the supporters’ lodging in Huizhou", "8·24清场", "24 August 2018"):
        assert expected in shown
    assert any(text.startswith("Accounts differ: ") for text in shown)
    assert "Same day" in shown and "Sources" in shown
    signs = [sign.certainty for sign in alone.card.findChildren(CertaintySign) if sign.isVisible()]
    assert signs.count("disputed") >= 2
    places = next(text for text in alone.card.findChildren(InlineText) if text.text.startswith("Huizhou,"))
    assert [target.kind for target in places.targets] == ["record"] * 5
    more = next(name for name in buttons(alone.card) if name.endswith(" more"))
    before = len(alone.card.findChildren(InlineText))
    buttons(alone.card)[more].click()
    assert len(alone.card.findChildren(InlineText)) > before


def test_the_cards_links_and_buttons_lead_on(whole):
    whole.coordinator.mark(RAID)
    same = [row.id for row in whole.canvas.rows if row.date.edtf == "2018-08-24" and row.id != RAID]
    link = next(
        text for text in whole.card.findChildren(InlineText) if text.targets and text.targets[0].value == same[0]
    )
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert whole.coordinator.moment.record == whole.card.id == same[0] and whole.is_whole
    assert whole.card.isAncestorOf(QApplication.focusWidget())  # the keyboard stays where it was
    QApplication.processEvents()
    buttons(whole.card)["Add to selection"].click()
    assert whole.coordinator.selection.ids == (same[0],)
    assert "Take from selection" in buttons(whole.card)
    buttons(whole.card)["Cite"].click()
    assert same[0] in QApplication.clipboard().text()
    buttons(whole.card)["Open"].click()
    assert whole.coordinator.moment.view == "browse"
    whole.coordinator.back()
    cites = next(
        text for text in whole.card.findChildren(InlineText) if any(target.kind == "source" for target in text.targets)
    )
    cites.setFocus(Qt.FocusReason.TabFocusReason)
    document = cites.current.value
    assert whole.card._citation.isVisible() and whole.card._citation.document == document
    QTest.keyClick(cites, Qt.Key.Key_Escape)
    assert not whole.card._citation.isVisible() and whole.is_whole
    QTest.keyClick(cites, Qt.Key.Key_Right)
    document = cites.current.value
    assert whole.card._citation.document == document
    QTest.keyClick(cites, Qt.Key.Key_Return)
    assert not whole.card._citation.isVisible()
    assert whole.coordinator.moment.record == document


def test_a_record_that_is_no_event_leaves_the_card_with_a_sentence(alone):
    alone.coordinator.mark("yue-xin")
    assert alone.card.id is None
    assert any("No event is chosen" in text for text in texts(alone.card))
    assert not alone.card._buttons.isVisible()


def test_the_card_and_the_bar_speak_the_language_of_the_window(alone):
    alone.coordinator.mark(RAID)
    alone.coordinator.set_language("zh-Hans")
    QApplication.processEvents()
    assert "8·24清场" in texts(alone.card) and "来源" in "".join(texts(alone.card))
    assert alone.whole_bar._drawing.text() == "图" and alone.whole_bar._title.text() == "时间线"
    assert "事件" in texts(alone.hints)


# -------------------------------------------------------------------------------------------------------------- room


@pytest.mark.parametrize(("size", "text_size"), [((1440, 900), 100), ((1024, 768), 100), ((1024, 768), 200)])
def test_everything_of_the_view_has_room(make_window, size, text_size):
    window = make_window(size=size)
    coordinator = window.coordinator
    pane = timeline_of(window)
    coordinator.mark(RAID)
    coordinator.settings = coordinator.settings.changed("text_size", text_size)
    coordinator.text_size_changed.emit()
    narrow(pane, since="2018-07-01", until="2018-08-31")
    for as_table in (False, True):
        pane.show_table(as_table)
        QApplication.processEvents()
        bar = pane.whole_bar
        inside = bar.rect()
        for found in bar.findChildren(QPushButton):
            if found.isVisible() and not bar.chips.isAncestorOf(found):
                place = found.rect().translated(found.mapTo(bar, QPoint(0, 0)))
                assert inside.contains(place), found.text()
                assert found.width() >= found.sizeHint().width(), found.text()
        assert pane._stack.height() >= 120 and window.width() == size[0]
    assert pane.card.isVisible() == (size[0] >= 1100 * text_size / 100)


def test_where_the_card_has_no_room_a_click_opens(alone):
    alone.resize(700, 700)
    QApplication.processEvents()
    assert alone.width() == 700 and not alone.card.isVisible()
    alone.canvas.pointed.emit(RAID)
    assert (alone.coordinator.moment.record, alone.coordinator.moment.view) == (RAID, "browse")


def test_before_an_archive_is_open_a_sentence_stands_there(coordinator, qtbot):
    pane = TimelinePane(coordinator)
    qtbot.addWidget(pane)
    pane.show()
    assert pane.notice.isVisible() and "No archive is open" in pane.notice._sentence.text()
    assert not coordinator.can("save-timeline")
    assert not coordinator.can("timeline-table")


# ----------------------------------------------------------------------------------------------------- other archives


@pytest.fixture
def foreign(alone, tmp_path):
    """Opens a store of the test's own with these records."""

    def one(*records, archive=ARCHIVE):
        coordinator = alone.coordinator
        coordinator.archive.close()
        coordinator.open(Foreign(forged_store(archive, records, tmp_path)))
        coordinator.show_view("timeline")
        QApplication.processEvents()

    return one


class Foreign:
    """An archive of somebody else's."""

    store_path = index_folder = None

    def __init__(self, store):
        self.store = store

    def close(self):
        self.store.close()


def hostile_event(number):
    long, acting = "A" * 300_000, "\u202egnp.exe <b>bold</b> <img src='file:///etc/passwd'>"
    answers = (r.Answer(text(acting), ("wire",)),) * 20
    return r.Event(
        id=f"hostile-{number}",
        kind="unheard-of",
        title=text(f"{acting} {long}", long),
        date=parse("2018-07-27"),
        places=("gone", "pingshan"),
        statements=(r.Statement("s1", text(f"{acting} {long}"), ("gone", "wire")),),
        accounts=tuple(r.Account(f"a{at}", text(acting), answers) for at in range(1, 40)),
    )


def test_hostile_words_stand_as_they_are_in_card_and_table(alone, foreign):
    foreign(*RECORDS, *(hostile_event(number) for number in range(3)))
    alone.coordinator.mark("hostile-1")
    QApplication.processEvents()
    shown = texts(alone.card)
    assert sum(text.startswith("⟨U+202E⟩gnp.exe <b>bold</b>") for text in shown) >= 2
    assert max(map(len, shown)) < 5000 and alone.card.width() == 330
    alone.show_table(True)
    alone.grab()
    assert alone.table.current == "hostile-1"
    assert alone.table.events.words(alone.table.currentIndex().row()).places.startswith("gone")


def test_an_archive_without_lanes_or_events_says_so_and_goes_on_working(alone, foreign):
    bare = r.Event(id="bare", kind="nothing-known", title=text(zh="无名"), date=parse("1950/.."))
    foreign(bare, archive=replace_struct(ARCHIVE, lanes=(), kinds={}))
    alone.coordinator.mark("bare")
    assert "无名" in texts(alone.card) and alone.card.id == "bare"
    alone.show_table(True)
    assert alone.table.events.rowCount() == 1
    alone.grab()
    alone.show_table(False)


def test_an_archive_without_any_event_says_so(alone, foreign):
    foreign(r.Organisation(id="only", kind="company", title=text("Only"), names=r.Names("Only")))
    assert alone.notice.isVisible() and alone.notice._sentence.text() == "This archive holds no event."
    assert not alone.coordinator.can("save-timeline") and not alone.minimap.isVisible()
    assert not alone.notice._all.isVisible()
    alone.switch_table()
    assert alone.notice.isVisible()


# ------------------------------------------------------------------------------------------------------------ saving


@pytest.mark.parametrize("form", ["svg", "csv", "png"])
def test_it_is_saved_as_the_command_line_saves_it(alone, tmp_path, form):
    coordinator, heard = alone.coordinator, told(alone.coordinator)
    target = tmp_path / f"timeline.{form}"

    def choose():
        dialog = QApplication.activeModalWidget()
        assert dialog.findChild(QLineEdit).text().endswith("timeline.svg")
        dialog.findChild(QLineEdit).setText(str(target))
        dialog.accept()

    QTimer.singleShot(100, alone, choose)
    alone.whole_bar._save.click()
    data = target.read_bytes()
    rows = alone.canvas.rows
    if form == "svg":
        assert data.decode() == timeline_svg(coordinator.store, rows, "en")
    elif form == "csv":
        assert data.decode() == timeline_csv(coordinator.store, rows, "en")
        assert len(list(csv.reader(data.decode().splitlines()))) == len(rows) + 1
    else:
        picture = QImage.fromData(data)
        assert picture.size() == alone.canvas.size() * 2
    assert heard == [("info", f"Saved {len(rows)} events: {target}")]


def test_only_what_is_shown_is_saved(whole, tmp_path):
    narrow(whole, since="2018-08-01", until="2018-08-31")
    whole.canvas.set_matches_only(True)
    save(whole.coordinator, whole.canvas, whole.canvas.rows, tmp_path / "august.csv")
    saved = list(csv.DictReader((tmp_path / "august.csv").read_text("utf-8-sig").splitlines()))
    assert [row["id"] for row in saved] == [row.id for row in whole.canvas.rows]


def test_a_name_without_an_ending_gets_one_and_replaces_nothing(alone, tmp_path):
    heard = told(alone.coordinator)
    (tmp_path / "picture.svg").write_text("mine")
    save(alone.coordinator, alone.canvas, alone.canvas.rows, tmp_path / "picture")
    assert (tmp_path / "picture.svg").read_text() == "mine" and heard[0][0] == "error"
    save(alone.coordinator, alone.canvas, alone.canvas.rows, tmp_path / "other")
    assert (tmp_path / "other.svg").read_text().startswith("<svg")


def test_what_cannot_be_written_is_one_sentence_and_leaves_nothing(alone, tmp_path, monkeypatch):
    heard = told(alone.coordinator)
    rows = alone.canvas.rows
    save(alone.coordinator, alone.canvas, rows, tmp_path / "missing" / "a.svg")
    assert heard[0][0] == "error" and "missing" in heard[0][1]

    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "b.svg").write_text("mine")
    monkeypatch.setattr(atomic.os, "fsync", full)
    save(alone.coordinator, alone.canvas, rows, tmp_path / "b.svg")
    assert heard[1][0] == "error" and "disk is full" in heard[1][1]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.svg"]
    assert (tmp_path / "b.svg").read_text() == "mine"


def test_a_dialog_that_is_cancelled_saves_nothing(alone, tmp_path):
    heard = told(alone.coordinator)
    QTimer.singleShot(100, alone, lambda: QApplication.activeModalWidget().reject())
    alone.coordinator.run("save-timeline")
    assert heard == []
