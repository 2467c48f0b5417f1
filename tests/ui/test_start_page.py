"""The start page and the bar above it, where letters are large or the title is long."""

from PySide6.QtWidgets import QApplication, QPushButton

from jasic_desktop.ui.start_page import StartPage
from tests.helpers.window import still_coordinator


def test_with_large_letters_the_field_is_seen_and_nothing_is_cut(make_window):
    window = make_window((1024, 768))
    page = window.start_page
    side_by_side = {tile.y() for tile in page.body.tiles}
    assert {tile.height() for tile in page.body.tiles} == {72}
    window.coordinator.settings = window.coordinator.settings.changed("text_size", 200)
    window.coordinator.text_size_changed.emit()
    for _ in range(5):
        QApplication.processEvents()
    assert len(side_by_side) == 1 < len({tile.y() for tile in page.body.tiles})
    assert page.search.mapTo(page, page.search.rect().bottomLeft()).y() < page.height()
    assert page._area.isAncestorOf(page.foot.strip)
    right = page.foot.strip.mapTo(page, page.foot.strip.rect().topRight()).x()
    assert right <= page.width()
    headings = [heading.mapTo(page._content, heading.rect().topLeft()) for heading in page.body.headings.values()]
    assert len({place.x() for place in headings}) == 1 and headings[0].y() < headings[1].y() < headings[2].y()
    window.coordinator.settings = window.coordinator.settings.changed("text_size", 100)
    window.coordinator.text_size_changed.emit()
    for _ in range(5):
        QApplication.processEvents()
    assert len({tile.y() for tile in page.body.tiles}) == 1 and not page._area.isAncestorOf(page.foot.strip)


def test_tab_goes_down_the_page(make_window):
    page = make_window((1440, 900)).start_page
    passed, heights = page.search, []
    while page.isAncestorOf(passed := passed.nextInFocusChain()) or not heights:
        if isinstance(passed, QPushButton) and passed.isVisible():
            heights.append((type(passed).__name__, passed.mapTo(page, passed.rect().topLeft()).y()))
    kinds = [name for name, _ in heights]
    assert kinds == sorted(kinds, key=("SamplePill", "Tile", "EntryRow", "QPushButton").index)
    assert kinds.count("Tile") == 6 and heights[-1][1] == max(height for _, height in heights)


def test_the_title_in_the_bar_takes_the_room_there_is(make_window):
    window = make_window((1440, 900))
    bar, title = window.top_bar, window.top_bar._title
    assert title.width() >= title.sizeHint().width() and title.toolTip() == ""
    window.coordinator.show_view("browse")
    for _ in range(5):
        QApplication.processEvents()
    assert 0 <= bar.search.x() - title.geometry().right() < 40
    assert abs(bar.search.geometry().center().x() - bar.width() // 2) < 8


def test_what_is_postponed_is_made_when_somebody_comes_to_the_page(qtbot, used_home, tmp_path):
    coordinator = still_coordinator(used_home, tmp_path / "config")
    archive = coordinator.archive
    coordinator.archive = None
    page = StartPage(coordinator)
    qtbot.addWidget(page)
    page.show()
    page.postpone()
    coordinator.archive = archive
    coordinator.archive_opened.emit()
    coordinator.language_changed.emit()
    assert page.body is None
    page.hide()
    page.show()
    assert page.body is not None and page.body.counts["person"] > 1
    coordinator.close()
