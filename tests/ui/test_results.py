"""The results: rows from real answers, by mouse and by keys; what is said where there are none."""

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from jasic_desktop.search.answer import Answer, Hit, Note, Span
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.chips import FilterChips
from jasic_desktop.ui.results import ResultsPane
from jasic_desktop.ui.results_delegate import ResultsDelegate
from jasic_desktop.ui.results_notice import ResultsNotice
from jasic_desktop.ui.results_view import LoadingRows, ResultsView
from tests.helpers.window import SOON


@pytest.fixture
def pane(qtbot, coordinator):
    made = ResultsPane(coordinator)
    qtbot.addWidget(made)
    made.tester = QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.resize(330, 640)
    made.show()
    return made


def shown(pane):
    return type(pane._stack.currentWidget())


def buttons(widget):
    return {
        button.accessibleName(): button for button in widget.findChildren(QPushButton) if button.isVisibleTo(widget)
    }


def picture(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colors(image):
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


# ------------------------------------------------------------------------------------------------------------- rows


def test_before_an_archive_is_open_the_pane_says_what_to_do(pane):
    assert shown(pane) is ResultsNotice
    assert "Open a pack" in pane._notice.sentence.text()


def test_an_answer_is_shown_with_all_that_a_row_tells(ask, pane, coordinator):
    answer = ask("yuexin")
    assert shown(pane) is ResultsView
    assert pane._count.text() == f"{answer.total} records"
    assert pane.model.rowCount() == answer.total
    row = pane.model.row(0)
    assert (row.words.type_word, row.words.others, row.how) == ("Person", ("岳昕", "Yuè Xīn"), "pinyin")
    spoken = pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Yue Xin; 岳昕; Yuè Xīn; Person; ")
    assert "selected" not in spoken
    coordinator.toggle("yue-xin")
    assert "; selected; " in pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert pane.model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_a_row_says_how_it_matched_where_its_marks_do_not(ask, pane, coordinator):
    ask("yuexin")
    first = pane.model.row(0)
    assert (first.hit.id, first.how, first.unmarked) == ("yue-xin", "pinyin", None)
    coordinator.set_language("zh-Hans")
    ask("yuexin")
    first = pane.model.row(0)
    assert first.hit.title[0].text == "岳昕"
    assert first.unmarked == "拼音"
    coordinator.set_language("en")
    ask("mijiuping")
    rows = [pane.model.row(number) for number in range(pane.model.rowCount())]
    named = [row for row in rows if row is not None and "related" in row.hit.matched]
    marked = [any(span.match for span in (*row.hit.title, *row.hit.snippet)) for row in named]
    assert {True, False} == set(marked)
    assert all(("linked record" in (row.unmarked or "")) is not seen for row, seen in zip(named, marked, strict=True))


def test_matches_types_and_ticks_are_painted_in_the_theme(ask, pane, coordinator):
    ask("union")
    theme = coordinator.theme
    ticked_off = picture(pane.view)
    before = colors(ticked_off)
    assert {theme.color(name).name() for name in ("match", "event", "line")} <= before
    coordinator.toggle(pane.model.id(0))
    assert picture(pane.view) != ticked_off
    coordinator.set_theme("dark")
    assert coordinator.theme.color("match").name() in colors(picture(pane.view))


def test_all_rows_are_of_one_height_that_follows_the_text(ask, pane, coordinator):
    ask("")
    heights = {pane.view.visualRect(pane.model.index(number, 0)).height() for number in (0, 1, 2)}
    assert len(heights) == 1
    coordinator.zoom_text(1)
    larger = {pane.view.visualRect(pane.model.index(number, 0)).height() for number in (0, 1, 2)}
    coordinator.zoom_text(0)
    assert len(larger) == 1
    assert larger.pop() > heights.pop()


def test_another_language_words_the_rows_anew(ask, pane, coordinator, qtbot):
    ask("yuexin")
    coordinator.set_language("zh-Hans")
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert pane.model.row(0).words.type_word == "人物"
    assert pane.model.row(0).words.others == ("Yue Xin",)
    assert "条记录" in pane._count.text()


def test_rows_beyond_the_first_hits_are_asked_for_when_they_are_seen(ask, pane, qtbot):
    answer = ask("")
    last = answer.total - 1
    assert pane.model.id(last) is None
    pane.view.go(last)
    pane.view.grab()
    qtbot.waitUntil(lambda: pane.model.id(last) is not None, timeout=SOON)
    assert pane.model.id(answer.total // 2) is None
    qtbot.waitUntil(lambda: pane.model.row(last) is not None, timeout=SOON)
    assert pane.model.spoken(last)


def test_a_hundred_thousand_rows_are_no_delay(pane, coordinator, ask):
    ask("")
    hits = tuple(Hit(f"record-{number}", 1.0, (Span(f"title {number}"),), (), ("text",)) for number in range(50))
    begun = time.perf_counter()
    pane._answered(Answer("", "", 100_000, hits, {}, None, (), 1.0))
    pane.view.grab()
    pane.view.go(99_999)
    pane.view.grab()
    assert time.perf_counter() - begun < 5  # a list of widgets would take minutes
    assert pane.model.rowCount() == 100_000
    assert pane.model.row(0).words is None  # no such record in the archive: the row shows what the answer says


@pytest.mark.parametrize(
    "text",
    ["x" * 300_000, "岳" * 300_000, "a\u202eb\u0000c\nd", "<b>&amp;</b><img src=file:///etc/passwd>", "", "😀" * 999],
)
def test_any_text_is_painted_as_it_is(pane, coordinator, ask, text):
    ask("")
    hit = Hit("yue-xin", 1.0, (Span(text[:9]), Span(text, match=True)), (Span(text),), ("pinyin",))
    pane._answered(Answer("", "", 1, (hit,), {}, None, (), 1.0))
    pane.view.grab()
    assert "\u202e" not in pane.model.spoken(0)


def test_an_archive_that_vanishes_leaves_what_the_answer_said(pane, coordinator, ask):
    ask("yuexin")
    pane.model.forget_words()
    coordinator.store.close()
    pane.view.grab()
    assert pane.model.row(0).words is None
    assert pane.model.spoken(0).startswith("Yue Xin")


# ------------------------------------------------------------------------------------------------------ keys and mouse


def test_keys_move_open_and_tick(ask, pane, coordinator, qtbot):
    ask("union")
    tabs = []
    coordinator.asked_for_tab.connect(tabs.append)
    pane.view.setFocus()
    qtbot.waitUntil(lambda: pane.view.currentIndex().row() == 0)
    for key, row in ((Qt.Key.Key_J, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_K, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_K, 0)):
        qtbot.keyClick(pane.view, key)
        assert pane.view.currentIndex().row() == row
    qtbot.keyClick(pane.view, Qt.Key.Key_J)
    qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    assert coordinator.selection.ids == (pane.model.id(1),)
    qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    assert coordinator.selection.ids == ()
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert coordinator.moment.record == pane.model.id(1)
    qtbot.keyClick(pane.view, Qt.Key.Key_End)
    assert pane.view.currentIndex().row() == pane.model.rowCount() - 1
    qtbot.keyClick(pane.view, Qt.Key.Key_Home)
    qtbot.keyClick(pane.view, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert tabs == [pane.model.id(0)]


def click(view, place, button=Qt.MouseButton.LeftButton, modifiers=Qt.KeyboardModifier.NoModifier, until=None):
    for kind, where in ((QEvent.Type.MouseButtonPress, place), (QEvent.Type.MouseButtonRelease, until or place)):
        glob = view.viewport().mapToGlobal(where)
        down = button if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        QApplication.sendEvent(
            view.viewport(), QMouseEvent(kind, where.toPointF(), glob.toPointF(), button, down, modifiers)
        )


def test_a_click_opens_and_one_on_the_box_ticks(ask, pane, coordinator):
    ask("union")
    tabs = []
    coordinator.asked_for_tab.connect(tabs.append)
    area = pane.view.visualRect(pane.model.index(1, 0))
    delegate = pane.view.itemDelegate()
    assert isinstance(delegate, ResultsDelegate)
    click(pane.view, delegate.box_area(area).center())
    assert coordinator.selection.ids == (pane.model.id(1),)
    assert coordinator.moment.record is None
    click(pane.view, area.center(), until=pane.view.visualRect(pane.model.index(3, 0)).center())
    click(pane.view, area.center(), Qt.MouseButton.RightButton)
    assert coordinator.moment.record is None
    click(pane.view, area.center())
    assert coordinator.moment.record == pane.model.id(1)
    click(pane.view, area.center() + QPoint(0, area.height()), modifiers=Qt.KeyboardModifier.ControlModifier)
    click(pane.view, area.center() + QPoint(0, 2 * area.height()), Qt.MouseButton.MiddleButton)
    assert tabs == [pane.model.id(2), pane.model.id(3)]


def test_the_record_that_is_read_is_the_current_row(ask, pane, coordinator):
    ask("union")
    coordinator.open_record(pane.model.id(4))
    assert pane.view.currentIndex().row() == 4


def test_an_answer_that_comes_while_the_list_is_hidden_is_seen_from_the_top(ask, pane):
    ask("union")
    pane.view.verticalScrollBar().setValue(900)
    pane.hide()
    ask("police")
    pane.show()
    assert pane.view.verticalScrollBar().value() == 0


def test_another_order_is_one_choice_away(ask, pane, coordinator, qtbot):
    ask("union")
    pane._sort_menu.aboutToShow.emit()
    actions = {action.text(): action for action in pane._sort_menu.actions()}
    assert [action.text() for action in actions.values() if action.isChecked()] == ["Relevance", "One list"]
    actions["Date"].trigger()
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert coordinator.moment.sort == "date"
    assert pane._sort.accessibleName() == "Order: Date"


# ------------------------------------------------------------------------------------------------------------- groups


def headings(pane):
    return [pane.model.index(row, 0).data() for row in pane.model.groups.headings]


def grouped(pane, coordinator, qtbot, group):
    coordinator.run(f"group-{group}")
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)


def test_results_stand_in_groups_on_request_and_that_is_remembered(ask, pane, coordinator, qtbot):
    total = ask("union").total
    grouped(pane, coordinator, qtbot, "type")
    assert headings(pane)[:3] == ["People", "Organisations", "Events"]
    assert pane.model.rowCount() == total + len(headings(pane)) and pane.model.total == total
    assert sum(count for _, count in pane.model.groups.groups) == total
    assert pane._count.text() == f"{total} records"
    assert pane._sort.text() == "Relevance" and pane._sort.accessibleName() == "Order: Relevance; By type"
    assert coordinator.settings.text("group") == "type"
    grouped(pane, coordinator, qtbot, "year")
    years = [name for name in headings(pane) if name != "No date"]
    assert years == sorted(years) and len(years) > 3 and headings(pane)[-1] == "No date"
    assert (
        pane.model.spoken(0)
        == f"{years[0]}, {coordinator.words('window.results.count', count=pane.model.groups.groups[0][1])}"
    )
    coordinator.set_language("zh-Hant")
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert headings(pane)[-1] == "無日期"
    pane._sort_menu.aboutToShow.emit()
    next(action for action in pane._sort_menu.actions() if action.text() == "不分組").trigger()
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert headings(pane) == [] and coordinator.settings.is_default("group")


def test_keys_pass_over_headings_and_every_row_is_where_it_is_seen(ask, pane, coordinator, qtbot):
    ask("union")
    grouped(pane, coordinator, qtbot, "type")
    view, model = pane.view, pane.model
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.go(0)
    assert view.currentIndex().row() == 1
    second = model.groups.headings[1]
    view.go(second - 1)
    for key, row in ((Qt.Key.Key_Down, second + 1), (Qt.Key.Key_Up, second - 1), (Qt.Key.Key_J, second + 1)):
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == row
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert view.currentIndex().row() == second - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 1 and view.verticalScrollBar().value() == 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.currentIndex().row() > 3
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == model.rowCount() - 1
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()
    seen = [
        row
        for row in range(model.rowCount())
        if view.visualRect(model.index(row, 0)).intersects(view.viewport().rect())
    ]
    tops = [view.visualRect(model.index(row, 0)).top() for row in seen]
    assert tops == sorted(tops) and len(seen) > 3
    for row in seen:
        assert view.indexAt(view.visualRect(model.index(row, 0)).center()).row() == row
    heading = view.visualRect(model.index(0, 0)).height()
    assert heading < view.visualRect(model.index(1, 0)).height()
    click(view, view.visualRect(model.index(0, 0)).center())
    assert coordinator.moment.record is None


def test_rows_of_groups_that_were_not_told_yet_are_asked_for(ask, pane, coordinator, qtbot):
    ask("")
    grouped(pane, coordinator, qtbot, "type")
    last = pane.model.rowCount() - 1
    pane.view.go(last)
    pane.view.grab()
    qtbot.waitUntil(lambda: pane.model.id(last) is not None, timeout=SOON)
    assert coordinator.store.type(pane.model.id(last)) == "topic"
    assert pane.model.number(pane.model.id(last)) == last


# ----------------------------------------------------------------------------------------------- many ticks, one place


def test_shift_ticks_a_stretch_by_keys_and_gives_back_what_it_leaves(ask, pane, coordinator, qtbot):
    ask("union")
    view, shift = pane.view, Qt.KeyboardModifier.ShiftModifier
    ids = [pane.model.id(row) for row in range(8)]
    coordinator.select([ids[3]])
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.go(1)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down, shift)
    assert set(coordinator.selection.ids) == set(ids[1:5])
    qtbot.keyClick(view, Qt.Key.Key_Up, shift)
    qtbot.keyClick(view, Qt.Key.Key_Up, shift)
    assert set(coordinator.selection.ids) == set(ids[1:4])  # the one that was ticked before stays
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down, shift)
    assert set(coordinator.selection.ids) == set(ids[1:6])


def test_shift_click_ticks_from_the_last_row_to_this_one(ask, pane, coordinator):
    ask("union")
    view, model = pane.view, pane.model
    box = view.itemDelegate().box_area
    click(view, box(view.visualRect(model.index(0, 0))).center())
    click(view, view.visualRect(model.index(3, 0)).center(), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert coordinator.selection.ids == tuple(model.id(row) for row in range(4))
    assert coordinator.moment.record is None
    click(view, view.visualRect(model.index(1, 0)).center(), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert len(coordinator.selection) == 4


def test_all_results_can_be_ticked_also_those_never_shown(ask, pane, coordinator, qtbot):
    total = ask("").total
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(coordinator.selection) == total, timeout=SOON)
    coordinator.clear_selection()
    pane.view.go(0)
    qtbot.keyClick(pane.view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(coordinator.selection) == total, timeout=SOON)
    coordinator.clear_selection()
    ask("yuexin")
    coordinator.run("select-results")
    qtbot.waitUntil(lambda: len(coordinator.selection) == coordinator.answer.total, timeout=SOON)


def test_back_brings_the_place_in_the_list_back(ask, pane, coordinator, qtbot):
    ask("union")
    coordinator.open_record(pane.model.id(2))
    bar = pane.view.verticalScrollBar()
    bar.setValue(777)
    place = pane.view.list_top
    pane.view.chosen.emit(pane.model.id(9), False)
    bar.setValue(0)
    coordinator.back()
    assert pane.view.list_top == pytest.approx(place, abs=0.02)
    ask("police")
    assert bar.value() == 0
    coordinator.back()
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert coordinator.moment.text == "union" and pane.view.list_top == pytest.approx(place, abs=0.02)
    coordinator.forward()
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert bar.value() == 0


# -------------------------------------------------------------------------------------------------------------- chips


def test_chips_show_filters_and_take_them_away(ask, pane, coordinator, qtbot):
    filters = Filters(years=("2018",), places=("shenzhen",), since="2018-07-01", until="2018-08-31", accounts=True)
    ask("police", filters)
    chips = pane.findChild(FilterChips)
    assert list(buttons(chips))[:5] == [
        "Take away Year: 2018",
        "Take away Place: Shenzhen",
        "Take away Accounts differ: accounts differ",
        "Take away Date: 1 July to 31 August 2018",
        "Narrow by Type",
    ]
    for name in list(buttons(chips))[:4]:
        buttons(chips)[name].setFocus()
        buttons(chips)[name].click()
        assert name not in buttons(chips)
    assert coordinator.moment.filters == Filters()
    coordinator.narrow(filters)
    buttons(chips)["Take away all filters"].click()
    assert coordinator.moment.filters == Filters()


def test_chips_add_filters(ask, pane, coordinator, qtbot):
    answer = ask("police")
    chips = pane.findChild(FilterChips)
    menu = buttons(chips)["Narrow by Year"].menu()
    menu.aboutToShow.emit()
    value, count = answer.facets["year"][0]
    assert menu.actions()[0].text() == f"{value}  ({count})"
    menu.actions()[0].trigger()
    assert coordinator.moment.filters.years == (value,)


# ------------------------------------------------------------------------------------------------ nothing, and faults


def test_where_nothing_is_found_filters_can_be_dropped(ask, pane, coordinator, qtbot):
    ask("yuexin", Filters(types=("place",), languages=("fi",)))
    assert shown(pane) is ResultsNotice
    assert pane._notice.sentence.text() == "No record answers “yuexin” with these filters."
    assert pane._count.text() == "0 records"
    assert "Take away all filters" in buttons(pane._notice)
    coordinator.narrow(Filters(types=("person",), years=("1931",)))
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    wanted = ["Without 1931", "Take away all filters"]
    qtbot.waitUntil(lambda: list(buttons(pane._notice)) == wanted, timeout=SOON)
    buttons(pane._notice)["Without 1931"].click()
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert coordinator.moment.filters == Filters(types=("person",))
    assert shown(pane) is ResultsView


def test_where_nothing_is_found_another_spelling_is_one_button(pane, coordinator, ask):
    ask("")
    pane._answered(Answer("unoin", "unoin", 0, (), {}, "union", (), 1.0))
    assert pane._notice.sentence.text() == "No record answers “unoin”."
    buttons(pane._notice)["Did you mean: union"].click()
    assert coordinator.moment.text == "union"


@pytest.mark.parametrize(
    ("text", "filters", "said"),
    [
        ("", Filters(years=("1650",), topics=("nothing",)), "No record fits these filters together."),
        ("&" * 200, Filters(), "No record answers “" + "&" * 80 + "…”."),
    ],
)
def test_nothing_is_said_in_fitting_words(ask, pane, text, filters, said):
    ask(text, filters)
    assert pane._notice.sentence.text() == said


def test_a_question_taken_otherwise_says_so_in_a_line(pane, coordinator, ask):
    ask('"union OR (strike')
    assert pane._notes.isVisibleTo(pane)
    assert "asked as they are" in pane._notes.text()
    ask("union")
    assert not pane._notes.isVisibleTo(pane)


def test_a_suggestion_stands_over_few_results_unless_they_are_its_own(pane, coordinator, ask):
    answer = ask("union")
    pane._answered(Answer("unon", "unon", 1, answer.hits[:1], {}, "union", (), 1.0))
    assert pane._suggestion.accessibleName() == "Did you mean: union"
    assert pane._suggestion.isVisibleTo(pane)
    note = Note("search.corrected", {"asked": "unon", "suggestion": "union"})
    pane._answered(Answer("unon", "unon", 1, answer.hits[:1], {}, "union", (note,), 1.0))
    assert not pane._suggestion.isVisibleTo(pane)
    coordinator.answer = Answer("unon", "unon", 1, answer.hits[:1], {}, "union", (), 1.0)
    pane._suggestion.click()
    assert coordinator.moment.text == "union"


def test_a_search_that_fails_says_so_and_can_be_asked_again(ask, pane, coordinator, qtbot):
    ask("union")
    coordinator.searcher.failed.emit(99, "It broke.")
    assert shown(pane) is ResultsNotice
    assert pane._notice.sentence.text() == "It broke."
    buttons(pane._notice)["Copy details"].click()
    assert QApplication.clipboard().text().startswith("It broke.")
    buttons(pane._notice)["Ask again"].click()
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    assert shown(pane) is ResultsView


def test_bars_stand_for_rows_that_take_longer(ask, pane, coordinator, qtbot):
    ask("union")
    coordinator._awaited = 10**9  # an answer that does not come
    coordinator.searching.emit(True)
    assert shown(pane) is ResultsView
    qtbot.waitUntil(lambda: shown(pane) is LoadingRows, timeout=SOON)
    assert pane._count.text() == "Searching…"
    assert coordinator.theme.color("chip").name() in colors(picture(pane))
    coordinator._awaited = None
    ask("police")
    assert shown(pane) is ResultsView


# ---------------------------------------------------------------------------------------------------------- selection


def test_the_selected_records_can_be_listed(ask, pane, coordinator, qtbot):
    ask("union")
    coordinator.run("show-selection")
    assert shown(pane) is ResultsNotice
    chosen = [pane.model.id(2), "yue-xin"]
    pane.show_results()
    ids = [pane.model.id(number) for number in (2, 0)]
    coordinator.select(ids)
    coordinator.run("show-selection")
    assert chosen
    assert [pane.model.id(number) for number in range(pane.model.rowCount())] == ids
    assert pane._count.text() == "2 selected records"
    assert pane.shows_selection
    pane.view.grab()
    coordinator.set_language("zh-Hans")
    assert pane._count.text() == "已选 2 条记录"
    qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
    coordinator.run("show-selection")
    pane._leave.click()
    assert not pane.shows_selection
    assert pane.model.rowCount() == coordinator.answer.total


def test_the_selection_is_shown_from_any_page(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.select(["yue-xin"])
    pane = window.panes.results
    for view in ("start", "timeline"):
        coordinator.show_view(view)
        coordinator.run("show-selection")
        assert coordinator.moment.view == "browse" and pane.isVisible()
        assert pane.shows_selection and pane.model.id(0) == "yue-xin"
