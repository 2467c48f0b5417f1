"""A record with the whole window: what stands where, that it is given back, and that it leads on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jasic_desktop.core.blocks import AccountsBlock, StatementBlock
from jasic_desktop.render.bare import bare, certainties
from jasic_desktop.render.page import page

MI = "mi-jiuping"
RAID = "2018-08-24-huizhou-raid"


@pytest.fixture
def window(make_window):
    window = make_window()
    window.coordinator.open_record(MI)
    window.coordinator.run("go-page")
    QApplication.processEvents()
    return window


def left_of(widget, window):
    return widget.mapTo(window, widget.rect().topLeft()).x()


def test_facts_statements_and_connections_stand_side_by_side_and_sources_below(window):
    panes = window.panes
    parts = (panes.profile, panes.reader.view, panes.profile.connections)
    assert all(part.isVisible() for part in (*parts, panes.profile.network, panes.page.sources))
    assert not panes.sidebar.isVisible() and not panes.results.isVisible() and not panes.timeline.isVisible()
    assert [left_of(part, window) for part in parts] == sorted(left_of(part, window) for part in parts)
    whole = page(window.coordinator.store, MI, "en")
    assert panes.page.sources.model().rowCount() == len(whole.sources)
    read = panes.reader.view.page
    assert read.is_bare and read.sources == whole.sources
    kinds = {type(block) for block in read.blocks[:14]}
    assert kinds <= {StatementBlock, AccountsBlock}
    assert panes.profile.shown.id == MI
    panes.page.timeline_chip.click()
    assert panes.timeline.isVisible() and not panes.page.sources.isVisible()
    panes.page.sources_chip.click()
    assert not panes.timeline.isVisible() and panes.page.sources.isVisible()


def test_below_1200_pixels_the_connections_stand_below_the_facts(window):
    panes = window.panes
    window.resize(1024, 768)
    QApplication.processEvents()
    assert panes.profile.isAncestorOf(panes.profile.connections) and not panes.profile.aside.isVisible()
    window.resize(1440, 900)
    QApplication.processEvents()
    assert panes.profile.aside.isAncestorOf(panes.profile.connections) and panes.profile.aside.isVisible()


def test_what_is_chosen_leads_on_in_the_same_view_and_back_returns(window):
    coordinator, panes = window.coordinator, window.panes
    other = panes.profile.network.nodes[0].id
    panes.profile.network.followed.emit(other, False)
    assert (coordinator.moment.view, coordinator.moment.record) == ("page", other)
    assert panes.profile.shown.id == panes.reader.view.page.id == other
    coordinator.back()
    assert (coordinator.moment.view, coordinator.moment.record) == ("page", MI)
    panes.page.sources.setFocus()
    QTest.keyClick(panes.page.sources, Qt.Key.Key_J)
    QTest.keyClick(panes.page.sources, Qt.Key.Key_Return)
    assert coordinator.moment.record == page(coordinator.store, MI, "en").sources[1].id


def test_every_way_out_gives_the_panes_back(window):
    coordinator, panes = window.coordinator, window.panes
    ways = (
        lambda: coordinator.run("go-page"),
        lambda: coordinator.run("go-browse"),
        lambda: coordinator.ask("union", live=False),
        lambda: panes.reader.close_tab(0),
    )
    for number, leave in enumerate(ways):
        coordinator.open_record(MI)
        coordinator.show_view("page")
        leave()
        QApplication.processEvents()
        assert coordinator.moment.view == "browse", number
        assert all(part.isVisible() for part in (panes.sidebar, panes.reader, panes.profile, panes.timeline))
        assert panes.reader.isAncestorOf(panes.reader.row) and panes.profile.isAncestorOf(panes.profile.connections)
        assert panes.profile.width() > 200 and panes.reader.width() > panes.profile.width()
        if coordinator.moment.record is not None:
            assert not panes.reader.view.page.is_bare


def test_statements_of_one_certainty_and_all_again(window):
    reader = window.panes.reader
    counts = certainties(page(window.coordinator.store, MI, "en"))
    assert set(reader.statements.chips) == {None, *counts}
    for certainty, count in counts.items():
        reader.statements.chips[certainty].click()
        shown = [block.certainty for block in reader.view.page.blocks if isinstance(block, StatementBlock)]
        assert shown == [certainty] * count
        assert any(isinstance(block, AccountsBlock) for block in reader.view.page.blocks) == (certainty == "disputed")
    window.coordinator.open_record("yu-juncong")
    assert reader.statements.certainty is None


def test_nothing_of_a_record_of_any_type_is_lost(window):
    """What the bare page leaves out stands beside or below it."""
    for record in ("jasic-technology", RAID, "pingshan-district", "essay-petition-to-dismissal", "rsdl"):
        whole = page(window.coordinator.store, record, "en")
        window.coordinator.open_record(record)
        kept = bare(whole).blocks
        statements = [block for block in whole.blocks if isinstance(block, StatementBlock | AccountsBlock)]
        assert [block for block in kept if isinstance(block, StatementBlock | AccountsBlock)] == statements
        assert window.panes.profile.shown.id == record and window.panes.reader.view.page.id == record
        assert window.panes.page.sources.model().rowCount() == len(whole.sources)


def test_in_another_language_all_parts_speak_it(window):
    window.coordinator.set_language("zh-Hans")
    panes = window.panes
    assert panes.profile.head.title.text == "米久平"
    assert panes.page.sources_chip.text() == window.coordinator.words("render.section.sources")
    assert panes.reader.view.page.language == "zh-Hans" and panes.reader.view.page.is_bare
