"""The profile: what it shows of every type of record, and all that can be reached by mouse and by keys."""

import sqlite3
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from jasic_desktop.core import records as r
from jasic_desktop.core.dates import parse
from jasic_desktop.core.settings import Settings
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from jasic_desktop.ui.certainty_sign import CertaintySign
from jasic_desktop.ui.connection_model import FIRST
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.profile import ProfilePane
from tests.helpers.derived import derived_in, places_of
from tests.helpers.sample import ARCHIVE, RECORDS, text
from tests.helpers.stores import forged_store, store_of

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Foreign:
    """An open archive of somebody else, without a search."""

    def __init__(self, store):
        self.store = store

    def close(self):
        self.store.close()


@pytest.fixture
def coordinator(qtbot, used_home, tmp_path):
    """A coordinator without a search: the profile asks none."""
    places = replace(places_of(used_home), config=tmp_path / "config")
    made = Coordinator(places, Settings.load(places.config), "en", "light")
    yield made
    made.close()


@pytest.fixture
def bundled(coordinator, used_home):
    """Opens the bundled archive."""

    def one():
        coordinator.archive = Foreign(Store.open(derived_in(used_home)[0]))
        coordinator.archive_opened.emit()

    return one


@pytest.fixture
def pane(qtbot, coordinator):
    made = ProfilePane(coordinator)
    qtbot.addWidget(made)
    made.resize(330, 640)
    made.show()
    QTest.qWaitForWindowExposed(made)
    return made


@pytest.fixture
def show(pane, coordinator, bundled):
    """Opens the bundled archive and shows the profile of a record."""

    def one(record_id):
        if coordinator.archive is None:
            bundled()
        coordinator.show_profile(record_id)
        QApplication.processEvents()
        return pane.shown

    return one


@pytest.fixture
def foreign(pane, coordinator):
    """Opens a store of the test's own, and shows the profile of one of its records."""

    def one(store, record_id):
        coordinator.archive = Foreign(store)
        coordinator.archive_opened.emit()
        coordinator.show_profile(record_id)
        QApplication.processEvents()
        return pane.shown

    return one


def facts(pane):
    """Label, value and sign of each row as it is shown."""
    rows = [row for row in pane.facts._rows if row.value.isVisibleTo(pane)]
    signs = [row.sign.certainty if row.sign.isVisibleTo(pane) else None for row in rows]
    return [(row.label.text, row.value.text, sign) for row, sign in zip(rows, signs, strict=True)]


def words(pane):
    rows = pane.connections.rows
    return [rows.words(number) for number in range(rows.rowCount())]


def row_of(pane, record_id):
    rows = pane.connections.rows
    return next(number for number in range(rows.rowCount()) if rows.id(number) == record_id)


def click_row(pane, number, modifiers=Qt.KeyboardModifier.NoModifier, button=LEFT):
    rows = pane.connections
    QTest.mouseClick(rows.viewport(), button, modifiers, rows.visualRect(rows.rows.index(number)).center())


def target(text_widget, kind):
    return next(target for target in text_widget.targets if target.kind == kind)


def value_with(pane, kind):
    return next(value for value in pane.facts.values if any(target.kind == kind for target in value.targets))


def click_target(text_widget, kind, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(text_widget, LEFT, modifiers, text_widget.area_of(target(text_widget, kind)).center())


# ------------------------------------------------------------------------------------------------------- what it says


def test_before_an_archive_is_open_a_sentence_says_what_to_do(pane):
    assert pane.shown is None and "No archive is open" in pane.notice.text
    assert not pane.foot.isVisible() and not pane.connections.isVisibleTo(pane)


def test_with_nothing_beside_a_sentence_says_what_to_do(pane, coordinator, bundled):
    bundled()
    assert "open a record" in pane.notice.text
    coordinator.set_language("zh-Hans")
    assert "打开一条记录" in pane.notice.text


def test_a_person_has_names_facts_with_signs_times_and_people(show, pane):
    shown = show("mi-jiuping")
    assert (shown.mark, pane.head.title.text, pane.head.names.text) == ("米", "Mi Jiuping", "米久平 · Mǐ Jiǔpíng")
    assert pane.head.line.text == "Person · Worker, Labour organiser"
    found = {label: (value.split("\u202f")[0], sign) for label, value, sign in facts(pane)}
    assert found["Born"] == ("1982, Hunan", "single-source")
    assert found["Dismissed"][1] == "disputed"
    assert pane.strip.isVisibleTo(pane) and pane.strip.heading.startswith("In the record, 2018–")
    assert words(pane)[0] == "In the same events"
    member = pane.connections.rows.member(1)
    assert (member.title, member.other) == ("Yu Juncong", "余浚聪") and member.aside.endswith(" events")
    assert "Documents that mention it" in words(pane)


def test_the_numbers_are_those_of_the_page_and_say_what_they_cite(show, pane, coordinator):
    for record_id in ("mi-jiuping", "yue-xin", "peking-university"):
        show(record_id)
        numbers = page(coordinator.store, record_id, "en").numbers
        for value in pane.facts.values:
            for found in value.targets:
                if found.kind == "source":
                    assert found.words.startswith(f"Source {numbers[found.value]}: ") and len(found.words) > 20


def test_an_event_tells_when_where_and_how_many_accounts(show, pane):
    show("2018-07-27-mass-arrest")
    found = {label: value for label, value, _ in facts(pane)}
    assert found["Date"] == "27 July 2018" and found["Accounts differ"] == "on 2 questions"
    assert pane.head.line.text == "Event · Arrests" and pane.shown.mark == ""
    assert [link.value for link in value_with(pane, "record").targets][:1] == ["pingshan-district"]
    assert "People: Took part or was concerned" in words(pane) and "Places" not in words(pane)


def test_a_document_tells_its_bibliographic_data_and_its_address_is_copied(show, pane, coordinator):
    show("ituc-survey-thirty-detained")
    found = {label: value for label, value, _ in facts(pane)}
    assert {"Publisher", "Date", "Language", "Independence", "Rights", "Address"} <= set(found)
    assert "About" not in found and "Is about" in words(pane)
    told = []
    coordinator.told.connect(lambda sentence, kind: told.append((sentence, kind)))
    address = value_with(pane, "address")
    click_target(address, "address")
    assert QGuiApplication.clipboard().text() == found["Address"]
    assert told[-1][0] == f"Address copied: {found['Address']}"


def test_a_topic_shows_its_scope_and_a_place_its_parent(show, pane):
    topic = show("picking-quarrels")
    assert pane.about.text and pane.about.text[:20] in str(topic.about)
    show("shenzhen")
    assert "Part of" in [label for label, _, _ in facts(pane)]
    assert any(line.startswith("Events") for line in words(pane))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_type_is_shown_in_every_language(language, show, pane, coordinator, bundled):
    bundled()
    coordinator.set_language(language)
    store = coordinator.store
    for record_type in ("person", "organisation", "event", "place", "document", "topic"):
        ids = [record_id for record_id in store.ids if store.type(record_id) == record_type]
        for record_id in (ids[0], ids[-1]):
            shown = show(record_id)
            assert pane.head.title.text == store.title(record_id).show(language)
            assert shown.type == record_type and pane.notice.text == ""
            assert not pane.grab().isNull()


def test_a_fact_with_several_values_has_a_line_and_a_sign_for_each(foreign, pane, tmp_path):
    twice = r.Person(
        id="twice",
        kind="worker",
        title=text("Twice"),
        names=r.Names("Twice"),
        statements=(
            r.Statement("s1", text("Held in May."), ("wire",), parse("2018-05"), fact="born"),
            r.Statement("s2", text("Held in June."), ("wire", "profile"), parse("2018-06"), fact="born"),
        ),
    )
    foreign(store_of(ARCHIVE, (*RECORDS, twice), tmp_path), "twice")
    shown = [(label, value.split("\u202f")[0].split(" (")[0], sign) for label, value, sign in facts(pane)]
    assert shown == [("Born", "Held in May.", "single-source"), ("", "Held in June.", "corroborated")]


# ------------------------------------------------------------------------------------------------ following and doing


def test_a_connection_is_shown_beside_by_a_click_and_in_a_tab_with_ctrl(show, pane, coordinator, qtbot):
    show("mi-jiuping")
    coordinator.open_record("2018-07-27-mass-arrest")
    show("mi-jiuping")
    with qtbot.waitSignal(coordinator.asked_for_tab) as asked:
        click_row(pane, row_of(pane, "yu-juncong"), CTRL)
    assert asked.args == ["yu-juncong"]
    coordinator.back()
    click_row(pane, row_of(pane, "yu-juncong"))
    assert (coordinator.moment.profile, coordinator.moment.record) == ("yu-juncong", "2018-07-27-mass-arrest")
    assert pane.head.title.text == "Yu Juncong"
    coordinator.back()
    assert pane.head.title.text == "Mi Jiuping"


def test_the_rows_are_walked_by_letters_and_arrows_and_followed_by_enter(show, pane, coordinator):
    show("mi-jiuping")
    rows = pane.connections
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    assert rows.currentIndex().row() == 1  # a heading is no stop
    for key, expected in ((Qt.Key.Key_J, 2), (Qt.Key.Key_Down, 3), (Qt.Key.Key_K, 2), (Qt.Key.Key_Up, 1)):
        QTest.keyClick(rows, key)
        assert rows.currentIndex().row() == expected
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert rows.currentIndex().row() == 1
    wanted = rows.rows.id(1)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert wanted in coordinator.selection
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert coordinator.moment.profile == wanted


def test_the_row_with_the_keys_is_always_in_view(show, pane):
    show("jasic-workers-solidarity-group")
    rows = pane.connections
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(25):
        QTest.keyClick(rows, Qt.Key.Key_J)
        QApplication.processEvents()
        here = rows.visualRect(rows.currentIndex())
        top = rows.mapTo(pane, here.topLeft()).y()
        assert top >= 0 and top + here.height() <= pane.foot.y(), rows.currentIndex().row()


def test_a_long_group_shows_its_first_and_all_of_it_in_place(show, pane):
    show("jasic-workers-solidarity-group")
    QAbstractItemModelTester(pane.connections.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, pane)
    rows, before = pane.connections.rows, pane.connections.rows.rowCount()
    group = pane.shown.groups[0]
    assert words(pane)[1 + FIRST] == f"All {len(group.members)}…"
    height = pane.connections.height()
    pane.connections.setFocus(Qt.FocusReason.TabFocusReason)
    pane.connections.go(1 + FIRST)
    QTest.keyClick(pane.connections, Qt.Key.Key_Return)
    assert rows.rowCount() == before + len(group.members) - FIRST
    assert pane.connections.height() > height
    assert pane.connections.currentIndex().row() == 1 + FIRST  # the first of those that are new
    assert [rows.id(1 + at) for at in range(len(group.members))] == [member.to for member in group.members]
    fewer = 1 + len(group.members)
    assert words(pane)[fewer] == "Fewer"
    click_row(pane, fewer)
    assert rows.rowCount() == before and pane.connections.height() == height


def test_a_link_and_a_number_in_a_fact_are_followed_by_mouse_and_keys(show, pane, coordinator):
    show("mi-jiuping")
    link = value_with(pane, "record")
    click_target(link, "record")
    assert coordinator.moment.profile == "jasic-technology"
    show("mi-jiuping")
    cited = value_with(pane, "source")
    cited.setFocus(Qt.FocusReason.TabFocusReason)
    assert cited.current.kind == "source" and cited.current.words == cited.accessibleDescription()
    QApplication.processEvents()
    assert pane.card.isVisible() and pane.card.document == cited.current.value
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    assert not pane.card.isVisible()
    document = cited.current.value
    QTest.keyClick(cited, Qt.Key.Key_Return)
    assert coordinator.moment.record == document


def test_tab_goes_through_every_number_and_link_of_a_value_and_back(show, pane):
    show("mi-jiuping")
    several = next(value for value in pane.facts.values if len(value.targets) > 1)
    spoken = several.accessibleName()
    assert spoken.startswith("Detained or taken: 27 July 2018") and spoken.endswith("single source; sources 2, 3")
    several.setFocus(Qt.FocusReason.TabFocusReason)
    for expected in several.targets:
        assert several.current == expected
        QTest.keyClick(several, Qt.Key.Key_Tab)
    assert not several.hasFocus() and several.accessibleName() == spoken
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert several.hasFocus() and several.current == several.targets[-1]


def test_every_part_is_reached_by_tab_in_the_order_of_the_eye(show, pane):
    show("mi-jiuping")
    pane.facts.values[0].setFocus()
    first = next(value for value in pane.facts.values if value.targets)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        if not seen or seen[-1] is not widget:
            seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    order = [seen.index(part) for part in (pane.strip, pane.connections, pane.foot.select, pane.foot.cite)]
    assert order == sorted(order)
    assert all(widget.accessibleName() for widget in seen)


def test_open_reads_the_record_and_is_then_not_offered(show, pane, coordinator):
    show("mi-jiuping")
    assert pane.foot.open.isEnabled()
    pane.foot.open.click()
    assert coordinator.moment.record == "mi-jiuping"
    assert not pane.foot.open.isEnabled() and "open in the reader" in pane.foot.open.toolTip()


def test_select_ticks_and_unticks_and_says_which(show, pane, coordinator):
    show("mi-jiuping")
    pane.foot.select.click()
    assert "mi-jiuping" in coordinator.selection and pane.foot.select.text() == "Unselect"
    coordinator.clear_selection()
    assert pane.foot.select.text() == "Select"
    coordinator.open_record("2018-07-27-mass-arrest")
    coordinator.show_profile("mi-jiuping")
    assert "Ctrl+D" not in pane.foot.select.toolTip()  # the key means the record that is read
    coordinator.open_record("mi-jiuping")
    assert "Ctrl+D" in pane.foot.select.toolTip()


def test_cite_copies_the_citation_of_this_record(show, pane, coordinator):
    coordinator_told = []
    coordinator.told.connect(lambda sentence, kind: coordinator_told.append(kind))
    show("mi-jiuping")
    coordinator.open_record("2018-07-27-mass-arrest")
    coordinator.show_profile("mi-jiuping")
    pane.foot.cite.click()
    assert "jasic:person/mi-jiuping@" in QGuiApplication.clipboard().text()
    assert coordinator_told == ["info"]


# ---------------------------------------------------------------------------------------------------------- the strip


def test_the_strip_tells_each_month_by_keys_and_by_mouse(show, pane):
    show("mi-jiuping")
    strip = pane.strip
    assert sum(bucket.count for bucket in strip.buckets) <= len(pane.shown.dates)
    assert f"{len(pane.shown.dates)} events by month" in strip.accessibleName()
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip, Qt.Key.Key_End)
    last = strip.words_of(strip.buckets[-1])
    assert strip.caption == last == strip.accessibleDescription()
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert strip.caption == strip.words_of(strip.buckets[-2])
    QTest.mouseMove(strip, strip._bar(strip.buckets[0]).center().toPoint())
    QApplication.processEvents()
    assert strip.caption == strip.words_of(strip.buckets[0])


def test_a_bar_narrows_everything_to_its_month(show, pane, coordinator):
    show("mi-jiuping")
    strip = pane.strip
    july = next(bucket for bucket in strip.buckets if strip.words_of(bucket).startswith("July 2018"))
    QTest.mouseClick(strip, LEFT, Qt.KeyboardModifier.NoModifier, strip._bar(july).center().toPoint())
    filters = coordinator.moment.filters
    assert (filters.since, filters.until) == ("2018-07-01", "2018-07-31")
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Home)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert coordinator.moment.filters.since != "2018-07-01"


def test_without_events_there_is_no_strip(foreign, pane, tmp_path):
    foreign(store_of(ARCHIVE, RECORDS, tmp_path), "charges")
    assert not pane.strip.isVisibleTo(pane) and pane.strip.buckets == ()


# ----------------------------------------------------------------------------------------------- what could go wrong


@pytest.mark.parametrize(("width", "scale"), [(240, 100), (330, 100), (330, 200), (240, 200), (900, 100)])
def test_nothing_is_wider_than_the_pane_and_nothing_lies_over_another(width, scale, show, pane, coordinator, bundled):
    bundled()
    coordinator.settings = coordinator.settings.changed("text_size", scale)
    coordinator.text_size_changed.emit()
    pane.resize(width, 640)
    for record_id in ("mi-jiuping", "ituc-survey-thirty-detained"):
        show(record_id)
        for _ in range(3):
            QApplication.processEvents()
        assert pane.width() == width and pane._content.width() <= width
        parts = [pane.head, pane.facts, pane.about, pane.strip, pane.connections]
        seen = [part.geometry() for part in parts if part.isVisibleTo(pane)]
        for above, below in pairwise(seen):
            assert above.bottom() < below.top()
        for part in (pane.head.title, pane.head.names, pane.about, *pane.facts.values):
            if part.isVisibleTo(pane):
                assert part.height() >= part.heightForWidth(part.width())
                right = part.mapTo(pane._content, part.rect().topRight()).x()
                assert right <= pane._content.width()


def test_a_word_of_300000_letters_and_signs_that_act_do_no_harm(foreign, pane, tmp_path):
    long = "A" * 300_000
    acting = "\u202egnp.exe <b>bold</b> <img src='file:///etc/passwd'>"
    hostile = r.Document(
        id="hostile",
        kind="report",
        title=text(long),
        original_title=acting,
        rights="nothing",
        authors=(long, acting),
        publisher=acting,
        url="file:///etc/passwd",
        abstract=text(long),
        about=("mi-jiuping", "gone"),
    )
    began = time.monotonic()
    shown = foreign(forged_store(ARCHIVE, (*RECORDS, hostile), tmp_path), "hostile")
    pane.grab()
    assert shown is not None and time.monotonic() - began < 5
    assert pane._content.width() <= 330 and pane.width() == 330
    values = {label: value for label, value, _ in facts(pane)}
    assert "⟨U+202E⟩" in values["Publisher"] and "<b>bold</b>" in values["Publisher"]
    assert len(pane.head.title.text) < 400 and len(pane.about.text) < 5000
    assert pane.head.title.text.endswith("…")


def test_a_record_without_anything_but_a_name_is_shown(foreign, pane, tmp_path):
    bare = r.Organisation(id="bare", kind="nothing-known", title=text(zh="无名"), names=r.Names("?!"))
    shown = foreign(forged_store(ARCHIVE, (bare,), tmp_path), "bare")
    assert (shown.mark, shown.facts, shown.groups) == ("", (), ())
    assert pane.head.title.text == "无名" and not pane.facts.isVisibleTo(pane)
    assert not pane.grab().isNull()


def test_a_store_that_fails_is_a_sentence_and_the_rest_goes_on(show, pane, coordinator, used_home):
    show("mi-jiuping")
    store = coordinator.store
    store._database.close()
    pane.refresh()
    assert pane.shown is None and "is damaged" in pane.notice.text
    assert not pane.foot.isVisible()
    store._database = sqlite3.connect(derived_in(used_home)[0])
    pane.refresh()
    assert pane.shown is not None and pane.notice.text == ""


def test_a_pane_that_is_not_seen_does_nothing_until_it_is(pane, coordinator, show):
    show("mi-jiuping")
    pane.hide()
    coordinator.show_profile("yue-xin")
    assert pane.head.title.text == "Mi Jiuping"
    pane.show()
    assert pane.head.title.text == "Yue Xin"


def test_colours_and_sizes_follow_the_theme(show, pane, coordinator):
    show("mi-jiuping")
    height = pane.connections.height()
    coordinator.zoom_text(1)
    assert pane.connections.height() > height
    coordinator.zoom_text(0)
    coordinator.set_theme("dark")
    image = pane.head.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    theme = coordinator.theme
    assert {theme.color("ink").name(), theme.mixed("person", "surface", 0.14).name()} <= colors


def test_a_sign_says_its_word_in_the_language_of_the_window(qtbot, coordinator):
    sign = CertaintySign(coordinator, "disputed")
    qtbot.addWidget(sign)
    assert (sign.accessibleName(), sign.width() >= 0) == ("disputed", True)
    coordinator.set_language("zh-Hans")
    assert sign.accessibleName() == sign.word != "disputed"
    sign.show_certainty("alleged")
    assert sign.certainty == "alleged" and sign.toolTip()


def test_the_mouse_on_a_number_brings_its_card_and_leaving_takes_it_away(show, pane, qtbot):
    show("mi-jiuping")
    cited = value_with(pane, "source")
    area = cited.area_of(target(cited, "source"))
    assert isinstance(area, QRect) and isinstance(cited, QWidget)
    QTest.mouseMove(cited, area.center())
    qtbot.waitUntil(pane.card.isVisible, timeout=3000)
    QTest.mouseMove(cited, QPoint(1, 1))
    assert cited._at(QPointF(1, 1)) < 0
    qtbot.waitUntil(lambda: not pane.card.isVisible(), timeout=3000)
