"""What a reader, a librarian or an exporter does, each from the start page to its end with keys alone (case A2)."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from PySide6.QtGui import QColor

from tests.helpers.person import Person, Words
from tests.helpers.shown import EVENT, Stage


def test_1_find_a_person_by_pinyin_read_and_copy_a_citation(person: Person) -> None:
    person.type("yuexin")
    person.press("Return")
    assert person.reads.startswith("Yue Xin")
    person.press("Ctrl+Shift+C")
    assert "Yue Xin" in person.clipboard and "jasic:person/yue-xin@" in person.clipboard


def test_2_compare_accounts_that_differ(person: Person) -> None:
    person.press("Ctrl+K")
    person.type("has:accounts police")
    person.press("Return", "Ctrl+F")
    person.type("accounts differ")
    assert person.sees("1 of ")
    person.press("Esc")
    assert "Accounts differ" in person.reads
    # From there Tab goes to the first document of an account, and Enter opens it.
    begun = person.reads
    person.press("Tab")
    assert person.told.startswith("Source")
    person.press("Return")
    assert person.reads != begun
    person.press("Alt+Left")
    assert person.reads == begun


def test_3_narrow_by_facets_and_widen_again(person: Person) -> None:
    person.press("Alt+1")
    before = person.rows
    person.pane("Sidebar")
    person.row("Events")
    person.press("Return")
    events = person.rows
    assert 0 < events < before
    assert "chosen" in person.current
    person.row("2018")
    person.press("Space")
    events_of_2018 = person.rows
    assert 0 < events_of_2018 < events
    person.tab_to("Narrow by Place")
    person.press("Space")
    person.press("Down", "Return")
    assert 0 < person.rows < events_of_2018
    person.tab_to("Take away Place")
    person.press("Space")
    assert person.rows == events_of_2018 and person.focus
    person.tab_to("Take away all filters")
    person.press("Space")
    assert person.rows == before and person.focus


def test_4_follow_a_connection_and_come_back(person: Person) -> None:
    person.type("mi jiuping")
    person.press("Return")
    begun = person.reads
    person.pane("Profile")
    person.tab_to("Connections")
    person.row("In the same events: Yu")
    person.press("Return")
    assert person.sees("Select: Yu")
    person.tab_to("Open")
    person.press("Space")
    followed = person.reads
    assert followed.startswith("Yu") and person.focus
    person.press("Alt+Left", "Alt+Left")
    person.pane("Mi Jiuping")
    assert person.reads == begun
    person.press("Alt+Right", "Alt+Right")
    assert person.reads == followed


def test_5_put_what_is_ticked_into_a_collection_and_order_it(person: Person) -> None:
    person.type("yuexin")
    person.pane("Records found")
    person.press("Home", "Space", "Down", "Space", "Ctrl+G")
    person.tab_to("New collection")
    person.press(Words("Chapter 3"), "Return")
    person.pane("Sidebar")
    person.row("Chapter 3")
    person.press("Return")
    assert person.sees("Chapter 3")
    person.press("Home")
    assert person.current.startswith("1. ")
    name = person.current[3:]
    person.press("Alt+Down")
    assert person.current == f"2. {name}"


def test_6_write_a_note_on_selected_words_and_highlight_others(person: Person, stage: Stage) -> None:
    assert stage.coordinator.store is not None
    event = stage.coordinator.store.get(EVENT)
    person.type(event.title.show("en"))
    person.press("Return")
    # Words of a statement that stand nowhere else on the page; of others the person would go on to the next.
    begins = (" ".join(statement.text.show("en").split()[:4]) for statement in event.statements)
    first, second = [words for words in begins if person.reads.count(words) == 1][:2]
    person.press("Ctrl+F", Words(first), "Esc")
    assert person.selected == first
    person.press(*["Shift+Right"] * 3)
    assert len(person.selected) == len(first) + 3
    person.press("Ctrl+M")
    person.type("Ask the archive.")
    assert person.waits_for(lambda: person.sees("Saved")) and person.sees(f"“{first}")
    person.press("Esc")
    assert person.focus == event.title.show("en")
    person.press("Ctrl+F", Words(second), "Esc", "Ctrl+H", "Ctrl+Shift+M")
    assert person.sees("2 notes")
    person.press("Esc", "Alt+3")
    person.press("Home")
    title, quote, text = person.current.splitlines()
    assert title == event.title.show("en") and quote.startswith(f"“{first}") and text == "Ask the archive."


def test_7_find_a_word_in_the_page(person: Person) -> None:
    person.type("mass arrest")
    person.press("Return", "Ctrl+F")
    person.type("police")
    count = next(words for words in person.words if words.startswith("1 of "))
    person.press("F3")
    assert count.replace("1 of", "2 of") in person.words
    person.press("Shift+F3", "Esc")
    assert "rrest" in person.focus and person.selected.casefold() == "police"
    person.press("Ctrl+C")
    assert person.clipboard.casefold() == "police"


def test_8_go_to_a_date_on_the_timeline_and_read_the_event(person: Person) -> None:
    person.press("Alt+2")
    assert person.focus == "Timeline"
    person.press("Home")
    for _ in range(300):
        if "27 July 2018" in person.told:
            break
        person.press("Right")
    assert "27 July 2018" in person.told
    person.press("+", "+", "Return")
    if not person.reads:
        person.press("Return")
    assert "27 July 2018" in person.reads
    person.press("Alt+Left")
    assert person.focus == "Timeline"


def test_9_read_the_timeline_as_a_table_and_sort_it(person: Person) -> None:
    person.press("Ctrl+Shift+T", "Home", "Down")
    first = person.current
    person.press("Space", "2", "Home")
    assert person.current != first
    person.press("Return")
    assert person.reads
    person.press("Ctrl+E")
    assert person.sees("Export 1 record")
    person.press("Esc")
    assert person.sees("1 record selected")


def test_10_take_a_dossier_away_as_a_file(person: Person, tmp_path: Path) -> None:
    person.type("yuexin")
    person.press("Return", "Ctrl+D", "Ctrl+E")
    assert person.sees("Export 1 record")
    target = tmp_path / "one.pdf"
    person.tab_to("Save to")
    person.press("Ctrl+A", Words(str(target)), "Return")
    assert person.waits_for(lambda: target.exists() and any(str(target) in words for words in person.words))
    assert "Yue Xin" in PdfReader(target).pages[0].extract_text()
    person.press("Esc")
    assert person.reads.startswith("Yue Xin")


def test_11_change_language_theme_and_size_in_the_settings(person: Person) -> None:
    person.press("Ctrl+,")
    person.tab_to("Language")
    person.press("Home", "Down", "Down")
    assert person.waits_for(lambda: person.window.windowTitle() == "设置")
    assert "语言" in person.focus
    person.press("Up")
    assert person.waits_for(lambda: person.window.windowTitle() == "Settings")
    person.press("Esc")
    person.command("dark")
    assert QColor(person.window.grab().toImage().pixel(2, 2)).lightnessF() < 0.2
    person.press("Ctrl++", "Ctrl+0")


def test_12_verify_the_copy_and_save_the_certificate(person: Person, tmp_path: Path) -> None:
    person.command("verify")
    assert person.waits_for(lambda: person.sees("Complete"))
    target = tmp_path / "certificate.pdf"
    person.tab_to("Save a certificate")
    person.press("Space", Words(str(target)), "Return")
    assert person.waits_for(target.exists)
    person.press("Esc")
    assert not person.sees("Save a certificate")


def test_13_look_at_the_pages_and_save_them(person: Person, tmp_path: Path) -> None:
    person.type("yuexin")
    person.press("Return", "Ctrl+P")
    assert person.waits_for(lambda: person.focus.startswith("page 1 of"))
    target = tmp_path / "pages.pdf"
    person.tab_to("Save as PDF")
    person.press("Space", Words(str(target)), "Return")
    assert person.waits_for(target.exists)
    person.press("Esc")
    assert person.reads.startswith("Yue Xin")


def test_14_go_through_tabs_and_back_to_the_start(person: Person) -> None:
    person.type("yuexin")
    person.press("Return")
    first = person.reads
    person.pane("Records found")
    person.press("Down", "Ctrl+Return")
    assert person.reads not in ("", first)
    person.press("Ctrl+Tab")
    assert person.reads == first
    person.press("Ctrl+Tab", "Ctrl+W")
    assert person.reads == first
    person.press("Alt+Home")
    assert person.focus == "Search the archive"


def test_15_every_pane_is_come_to_and_left_again(person: Person) -> None:
    person.type("yuexin")
    person.press("Return")
    begun, way = person.focus, []
    for _ in range(12):
        person.press("F6")
        way.append(person.focus)
        if person.focus == begun:
            break
    back = []
    for _ in way:
        person.press("Shift+F6")
        back.append(person.focus)
    assert begun in way and len(set(way)) == len(way) >= 6
    assert back == [*way[-2::-1], begun]


def test_16_use_the_menu_without_a_shortcut(person: Person) -> None:
    person.press("F10")
    person.menu("Help", "About")
    assert "about" in person.window.windowTitle().casefold()
    person.press("Esc")
    assert person.focus


def test_17_tab_goes_as_one_reads(person: Person) -> None:
    person.type("mi jiuping")
    person.press("Return", "Ctrl+K")
    way = [person.focus]
    for _ in range(11):
        person.press("Tab")
        way.append(person.focus)
    # Chips are made with each answer, and stand above the rows.
    wanted = ["Search the archive", "Copy citation", "All menus", "Sidebar", "Narrow by Year", "Records found"]
    assert [name for name in way if name in wanted] == wanted
    person.pane("Profile")
    way = []
    for _ in range(40):
        way.append(person.focus.split(":")[0])
        person.press("Tab")
    # So are facts, with each record.
    assert way.index("Role") < way.index("Born") < way.index("Connections") < way.index("Select")
