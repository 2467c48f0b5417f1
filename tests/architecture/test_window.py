"""What the window loads before it is seen, and what it is made of when it stands: commands, keys, labels, names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.waiting import wait
from jasic_desktop.ui.window import MainWindow
from tests.architecture.test_loading import CURATORS, HEAVY
from tests.conftest import home_variables
from tests.helpers.window import coordinator_in

FIRST_PAINT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject

from jasic_desktop.cli.parser import prefer
from jasic_desktop.ui.application import Wish, make_application, run

report = Path(sys.argv[1])
application = make_application()


class Spy(QObject):
    def __init__(self):
        super().__init__()
        self.painted = set()

    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint and not report.exists():
            # Each part of the frame is painted once; what comes after that may load what it likes.
            self.painted.add(type(seen).__name__)
            if {"TopBar", "StatusBar", "StartPage"} <= self.painted:
                report.write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
        return False


spy = Spy()
application.installEventFilter(spy)
told = prefer([])
run(told.places, told.settings, "en", Wish(screenshot=report.with_suffix(".png")))
"""


def first_paint(root: Path, home: Path) -> set[str]:
    """The modules that are loaded when the frame has been painted for the first time."""
    report = home / "report.json"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-P", "-c", FIRST_PAINT, str(report)],
        env={**os.environ, "PYTHONPATH": str(root), **home_variables(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(report.read_text(encoding="utf-8")))


def test_the_window_is_seen_before_anything_slow_is_loaded(root: Path, tmp_path: Path) -> None:
    loaded = first_paint(root, tmp_path / "home")
    assert "PySide6.QtWidgets" in loaded and "jasic_desktop.ui.window" in loaded
    assert {name.partition(".")[0] for name in loaded} & (HEAVY - {"PySide6"} | CURATORS | {"rich"}) == set()
    ours = {name for name in loaded if name.startswith("jasic_desktop.")}
    assert not {name for name in ours if name.startswith(("jasic_desktop.search.whoosh", "jasic_desktop.export."))}
    assert not ours & {f"jasic_desktop.{name}" for name in ("packs.build", "packs.source", "packs.bag", "app.derive")}
    # The panes come when the frame is on the screen, and what reads an archive, or tells of one, when it is opened.
    assert not ours & {f"jasic_desktop.ui.{name}" for name in ("panes", "start_body", "start_foot", "month_strip")}
    assert not ours & {f"jasic_desktop.{name}" for name in ("packs.store", "core.records", "app.overview")}
    assert loaded & {"subprocess", "multiprocessing", "asyncio", "ssl", "msgspec", "sqlite3"} == set()


# --------------------------------------------------------------------------------------------------- where it stands


@pytest.fixture(scope="module")
def window(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """The whole window without a screen, with a record read and a text found in it."""
    application = make_application()
    config = tmp_path_factory.mktemp("config")
    coordinator = coordinator_in(used_home, config)
    opener = Opener(coordinator)
    made = MainWindow(coordinator, opener)
    made.coordinator = coordinator  # type: ignore[attr-defined]
    made.resize(1440, 900)
    made.show()
    opener.open()
    wait(lambda: coordinator.answer is not None and not coordinator.is_searching)
    coordinator.ask("mi jiuping", False)
    coordinator.open_record("yue-xin")
    coordinator.select(["mi-jiuping", "yue-xin"])
    wait(lambda: not coordinator.is_searching, 100)
    yield made
    made.close()
    coordinator.close()
    for thing in (made, opener, coordinator):
        thing.deleteLater()
    application.processEvents()


def test_every_command_of_the_menus_can_be_done(window: MainWindow) -> None:
    coordinator: Coordinator = window.coordinator  # type: ignore[attr-defined]
    asked = {entry.id for entry in COMMANDS if entry.menu}
    later = {"forward", "find-next", "find-previous"}  # there is nothing to find and nowhere to go
    assert {command for command in asked - later if not coordinator.can(command)} == set()


def test_no_label_takes_its_text_for_markup(window: MainWindow) -> None:
    shown = [label for label in window.findChildren(QLabel) if label.text()]
    assert len(shown) > 20
    assert [label.text() for label in shown if label.textFormat() != Qt.TextFormat.PlainText] == []


def test_no_tooltip_is_read_as_markup_that_a_record_wrote(window: MainWindow) -> None:
    tips = [widget.toolTip() for widget in window.findChildren(QWidget) if widget.toolTip()]
    assert tips
    assert [tip for tip in tips if not (tip.startswith("<qt>") and tip.endswith("</qt>"))] == []


def test_whatever_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not (widget.accessibleName() or QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))
    ]
    assert nameless == []


def test_no_document_of_the_window_opens_anything(window: MainWindow) -> None:
    """Qt asks a document for what its text names; ours gives nothing, whatever it is asked for."""
    documents = [view.document() for view in window.findChildren(QTextEdit)]
    assert documents
    for document in documents:
        for name in ("file:///etc/passwd", "//server/share/x.png", "http://example.org/x.png", "x.png"):
            given = document.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(name))
            assert not given or given.isNull() or given.size() == QSize(1, 1), name
