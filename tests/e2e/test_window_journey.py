"""The whole journey on a real screen, by keys only and then by mouse only: search, read, narrow, select, export.

JOURNEY_PICTURES=FOLDER keeps a picture of the screen after each step.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from jasic_desktop.app.context import open_archive
from jasic_desktop.core.records import TYPES
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.search.request import Filters, Request
from jasic_desktop.ui.export_dialog import ExportDialog
from jasic_desktop.ui.sidebar_model import FIRST
from jasic_desktop.ui.start_tiles import SamplePill
from jasic_desktop.ui.window import MainWindow
from tests.e2e.running import OpenWindow, is_gone, wait_for
from tests.e2e.screen import MISSING, SIZE, WHEEL_DOWN, Screen
from tests.helpers.derived import places_of
from tests.ui.conftest import make_window, qapp  # noqa: F401 - fixtures
from tests.ui.conftest import wait_for as wait_here

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

QUESTION = "mi jiuping union"
YEAR = "2018"
TITLE = "Jasic dispute"
OWN = re.compile(r"(\.config|\.cache|\.local/share)/jasic-desktop(/|$)")


@dataclass
class Travelled:
    """What a journey left: how each step looked, the records exported, the files in its home, what strace wrote."""

    home: Path
    before: set[str]
    looks: dict[str, int] = field(default_factory=dict)
    exported: list[str] = field(default_factory=list)
    code: int = -1
    errors: str = ""
    trace: str | None = None
    worker: int = 0

    @property
    def new_files(self) -> set[str]:
        """What is below the home now and was not before."""
        return files_in(self.home) - self.before


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def strace(report: Path) -> list[str]:
    """The command that watches another one's connections; empty where that is not possible."""
    if shutil.which("strace") is None:
        return []
    command = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(report)]
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else []


def ids_in(path: Path) -> list[str]:
    """The records in an export of JSON lines."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [line["id"] for line in lines if line.get("type") in TYPES]


@contextmanager
def travelling(home: Path, *words: str, wrap: tuple[str, ...] = ()) -> Iterator[tuple[Screen, Travelled]]:
    """The window open on a screen of its own; it must have ended when the block ends."""
    folder = os.environ.get("JOURNEY_PICTURES")
    pictures = Path(folder) / home.name if folder else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    travelled = Travelled(home, files_in(home))
    with Screen(pictures=pictures) as screen:
        environment = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "QT_ACCESSIBILITY": "0"}
        window = OpenWindow(home, "--lang", "en", "--theme", "light", *words, env=environment, wrap=list(wrap))
        try:
            screen.find(TITLE, 60)
            travelled.worker = window.worker()
            travelled.looks["start"] = screen.look("start")
            yield screen, travelled
            travelled.code = window.wait()
            travelled.errors = window.errors
        finally:
            window.kill()


@pytest.fixture(scope="module")
def by_keys(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Travelled:
    """The journey with nothing but keys, watched by strace where that is possible."""
    folder = tmp_path_factory.mktemp("journey")
    home, target = folder / "by-keys", folder / "by-keys" / "three.jsonl"
    shutil.copytree(used_home, home)
    report = folder / "strace.txt"
    watch = strace(report)
    with travelling(home, wrap=tuple(watch)) as (screen, travelled):

        def step(name: str, *keys: str, text: str = "") -> None:
            screen.press(*keys) if keys else screen.type(text)
            travelled.looks[name] = screen.look(name)

        step("typed", text=QUESTION)
        step("opened", "Down", "Return")
        step("reader", "F6")
        step("name", "Tab")
        step("profile", "Return")
        step("back", "alt+Left")
        step("sidebar", "shift+F6", "shift+F6")
        step("year", "Home", *["Down"] * (len(TYPES) + 1 + years_before(YEAR, used_home)))
        step("filtered", "space")
        step("timeline", *["F6"] * 4)
        step("brush-begun", "bracketleft")
        step("brushed", *["Right"] * 30, "bracketright")
        step("results", *["F6"] * 3)
        step("selected", "Home", "space", "Down", "space", "Down", "space")
        step("export", "ctrl+e")
        screen.find("Export")
        step("format", *["Down"] * list(FORMATS).index("jsonl"))
        step("named", "Tab", "Tab", "Tab", "ctrl+a")
        step("path", text=str(target))
        screen.press("Return")
        assert wait_for(target.exists, 20)
        travelled.looks["exported"] = screen.look("exported")
        screen.press("Escape")
        screen.find(TITLE)
        screen.press("ctrl+q")
    travelled.exported = ids_in(target)
    travelled.trace = report.read_text("utf-8", "replace") if watch else None
    return travelled


def years_before(year: str, home: Path) -> int:
    """How many rows lead to `year` among the years that are shown at first: of those the latest comes first."""
    with open_archive(None, places_of(home)) as archive:
        answer = archive.engine.search(Request(QUESTION, facets=True))
    return sum(other >= year for other, _ in answer.facets["year"][:FIRST])


def found_in_the_year(home: Path, question: str) -> set[str]:
    with open_archive(None, places_of(home)) as archive:
        answer = archive.engine.search(Request(question, Filters(years=(YEAR,)), limit=200))
    return {hit.id for hit in answer.hits}


def test_the_journey_by_keys_ends_in_the_three_records(by_keys: Travelled, used_home: Path) -> None:
    assert len(by_keys.exported) == 3 == len(set(by_keys.exported))
    assert set(by_keys.exported) <= found_in_the_year(used_home, QUESTION)
    assert (by_keys.code, by_keys.errors) == (0, "")
    assert wait_for(lambda: is_gone(by_keys.worker))


def test_each_key_of_the_journey_shows(by_keys: Travelled) -> None:
    names, looks = list(by_keys.looks), list(by_keys.looks.values())
    same = [
        f"{before} = {after}"
        for before, after, one, two in zip(names, names[1:], looks, looks[1:], strict=False)
        if one == two
    ]
    assert same == []


def test_the_journey_leaves_files_only_where_the_program_keeps_its_own(by_keys: Travelled) -> None:
    assert {name for name in by_keys.new_files if not OWN.match(name)} == {"three.jsonl"}
    assert any(name.endswith("window.json") for name in by_keys.new_files)


def test_the_journey_makes_no_connection(by_keys: Travelled) -> None:
    if by_keys.trace is None:
        pytest.skip("strace is missing, or nobody may be traced here")
    assert "AF_UNIX" in by_keys.trace  # the screen: the watch sees what it watches for
    assert not re.search("AF_INET6?|AF_PACKET|AF_NETLINK", by_keys.trace)


# ------------------------------------------------------------------------------------------------------------ the mouse


class Hand:
    """Clicks on a screen where the same window without a screen, in this process, has what is looked for."""

    def __init__(self, screen: Screen, window: MainWindow, travelled: Travelled) -> None:
        self._screen = screen
        self._window = window
        self._travelled = travelled
        self.coordinator = window.coordinator

    def click(self, name: str, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget, at a place in it or in its middle, there and here."""
        place = at or widget.rect().center()
        self.click_there(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self._settle(name)

    def click_there(self, widget: QWidget, place: QPoint) -> None:
        """Click on the screen only."""
        left, top = self._screen.corner
        at = widget.mapTo(widget.window(), place)
        self._screen.click(left + at.x(), top + at.y())

    def drag(self, name: str, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Brush over a widget: with Shift, as there is no density band in the strip."""
        first, last = (widget.mapTo(self._window, place) for place in (start, end))
        self._screen.drag((first.x(), first.y()), (last.x(), last.y()), "shift")
        shift = Qt.KeyboardModifier.ShiftModifier
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, shift, start)
        for place in ((start + end) / 2, end):
            QTest.mouseMove(widget, place)
            wait_here(lambda: True)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, shift, end)
        self._settle(name)

    def scroll_to_end(self, name: str, view: QAbstractScrollArea) -> None:
        """Turn the wheel over a view until its end is seen, there and here."""
        left, top = self._screen.corner
        at = view.viewport().mapTo(view.window(), view.viewport().rect().center())
        self._screen.click(left + at.x(), top + at.y(), WHEEL_DOWN, times=60)
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        self._settle(name)

    def _settle(self, name: str) -> None:
        panes = self._window.panes
        assert wait_here(lambda: not (self.coordinator.is_searching or panes.sidebar.is_counting))
        self._travelled.looks[name] = self._screen.look(name)


def place_of_name(window: MainWindow) -> QPoint:
    """Where the first name in the text of the reader is."""
    view = window.panes.reader.view
    link = next(link for link in view.links if link.record is not None)
    rect = QRect()
    for at in (link.start, link.start + 2):
        cursor = QTextCursor(view.document())
        cursor.setPosition(at)
        rect = rect.united(view.cursorRect(cursor))
    return rect.center()


def place_of_row(window: MainWindow, label: str) -> QPoint:
    """Where the row of this label is in the sidebar."""
    tree, model = window.panes.sidebar.tree, window.panes.sidebar.model
    index = model.index(0, 0)
    while index.isValid() and model.node(index).label != label:
        index = tree.indexBelow(index)
    return tree.visualRect(index).center()


def test_the_journey_by_mouse_ends_in_the_three_records(
    used_home: Path,
    tmp_path: Path,
    make_window,  # noqa: F811 - the fixture
) -> None:
    home = tmp_path / "by-mouse"
    shutil.copytree(used_home, home)
    mirror: MainWindow = make_window(size=SIZE)
    mirror.move(0, 0)
    coordinator = mirror.coordinator
    with travelling(home) as (screen, travelled):
        hand = Hand(screen, mirror, travelled)
        pill = mirror.start_page.findChildren(SamplePill)[-1]
        question = pill.sample.text
        hand.click("searched", pill)
        results, timeline = mirror.panes.results, mirror.panes.timeline
        hand.click("opened", results.view.viewport(), results.view.visualRect(results.model.index(0, 0)).center())
        read = coordinator.moment.record
        assert read is not None
        hand.click("profile", mirror.panes.reader.view.viewport(), place_of_name(mirror))
        assert coordinator.moment.record == read and coordinator.moment.profile != read
        hand.click("back", mirror.top_bar.findChild(QWidget, "back"))
        assert coordinator.moment.profile == read
        hand.click("filtered", mirror.panes.sidebar.tree.viewport(), place_of_row(mirror, YEAR))
        assert coordinator.moment.filters.years == (YEAR,)
        canvas = timeline.canvas
        hand.drag("brushed", canvas, QPoint(canvas.width() // 4, 12), QPoint(canvas.width() - 20, 12))
        assert coordinator.moment.filters.since is not None
        for row in range(3):
            box = results.view.itemDelegate().box_area(results.view.visualRect(results.model.index(row, 0)))
            hand.click(f"ticked-{row + 1}", results.view.viewport(), box.center())
        wanted = coordinator.selection.ids
        assert len(wanted) == 3
        hand.click("export", mirror.top_bar.findChild(QWidget, "export"))
        dialog = mirror.findChild(ExportDialog)
        assert wait_here(lambda: dialog.path is not None)
        screen.find("Export")
        formats = dialog.form.formats
        hand.scroll_to_end("formats", formats)
        row = next(row for row in range(formats.count()) if formats.item(row).data(Qt.ItemDataRole.UserRole) == "jsonl")
        hand.click("format", formats.viewport(), formats.visualItemRect(formats.item(row)).center())
        assert formats.format == "jsonl"
        name = dialog.path.name
        hand.click_there(dialog.form.export, dialog.form.export.rect().center())
        assert wait_for((home / name).exists, 20), files_in(home)
        travelled.looks["exported"] = screen.look("exported")
        dialog.reject()
        screen.press("Escape")
        screen.find(TITLE)
        screen.press("ctrl+q")
    assert ids_in(home / name) == list(wanted)
    assert set(wanted) <= found_in_the_year(used_home, question)
    assert (travelled.code, travelled.errors) == (0, "")
    assert len(set(travelled.looks.values())) >= len(travelled.looks) - 1


def test_a_screen_that_goes_away_takes_the_program_with_it(used_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(used_home, home)
    with Screen() as screen:
        window = OpenWindow(home, env={"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"})
        try:
            worker = window.worker()
            screen.end_server()
            assert window.wait(20) != 0
            assert wait_for(lambda: is_gone(worker))
            assert "Traceback" not in window.errors
        finally:
            window.kill()
