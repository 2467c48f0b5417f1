"""What tests of the window get: one application without a screen; nothing unexpected said, and nothing left behind."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from jasic_desktop.app.room import Rules
from jasic_desktop.core.languages import Language
from jasic_desktop.core.policy import OPEN, Policy
from jasic_desktop.core.remembered import Remembered
from jasic_desktop.ui import tasks
from jasic_desktop.ui.application import Wish
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.room.application import Room
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.window import MainWindow
from tests.helpers.derived import places_of
from tests.helpers.window import SOON, coordinator_in, open_bundled, silent_qt

SECONDS = 10.0


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    application = make_application()
    assert application.platformName() == "offscreen"  # no test opens a window on a real screen
    return application


@pytest.fixture(autouse=True)
def qt_is_silent(qapp: QApplication) -> Iterator[list[str]]:
    """Fails a test in which Qt said anything that was not expected."""
    with silent_qt() as said:
        yield said


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication, qt_is_silent: list[str]) -> Iterator[None]:
    """Fails a test that leaves a window, a thread, a running timer or a child process."""
    before = set(map(id, QApplication.topLevelWidgets()))
    threads = set(threading.enumerate())
    yield
    settle()
    tasks.end_all()
    settle()
    wait_for(lambda: not children())
    assert [repr(left) for left in QApplication.topLevelWidgets() if id(left) not in before and is_open(left)] == []
    assert [thread.name for thread in threading.enumerate() if thread not in threads] == []
    assert children() == []
    timers = [timer for timer in gc.get_objects() if type(timer) is QTimer and isValid(timer) and timer.isActive()]
    assert [repr(timer.parent()) for timer in timers] == []
    gc.freeze()  # what outlives a test is kept on purpose: the next ones need not look through it


def settle() -> None:
    """Let everything that was to be deleted be deleted."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        if not gc.collect():  # what nobody holds can itself have more to be deleted; to look was two fifths of a test
            return


def is_open(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible()


def children() -> list[str]:
    """The numbers of this process's children, where the system tells."""
    found: list[str] = []
    for path in Path("/proc/self/task").glob("*/children"):
        found += path.read_text().split()
    return [number for number in found if not is_helper(number)]


def is_helper(number: str) -> bool:
    """Whether a child is Python's own keeper of shared memory and semaphores."""
    try:
        return b"resource_tracker" in Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return True


def wait_for(condition: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Run the event loop until `condition` holds; tells whether it does."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    return condition()


@pytest.fixture
def make_window(qapp: QApplication, used_home: Path, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Makes the whole window on the bundled archive, shown and ready; settings go to a folder of the test's own."""
    made: list[tuple[MainWindow, Opener, Coordinator]] = []

    def make(
        size: tuple[int, int] = (1440, 900),
        language: Language = "en",
        theme: str = "light",
        remembered: Remembered | None = None,
        selector: str | None = None,
        ready: bool = True,
        policy: Policy = OPEN,
    ) -> MainWindow:
        coordinator = coordinator_in(used_home, tmp_path / "config", language, theme, policy)
        opener = Opener(coordinator, selector)
        window = MainWindow(coordinator, opener, remembered)
        made.append((window, opener, coordinator))
        window.coordinator = coordinator
        window.opener = opener
        window.resize(*size)
        window.show()
        opener.open()
        if ready:
            assert wait_for(lambda: coordinator.answer is not None and not coordinator.is_searching)
        return window

    yield make
    for window, opener, coordinator in made:
        window.close()
        tasks.end_all()
        coordinator.close()
        for thing in (window, opener, coordinator):
            thing.deleteLater()
    made.clear()
    settle()


@pytest.fixture
def coordinator(qtbot, used_home, tmp_path):
    """A coordinator with its search, and no archive yet."""
    made = coordinator_in(used_home, tmp_path / "config")
    yield made
    made.close()


@pytest.fixture
def ask(qtbot, coordinator, pane):
    """Asks and waits for the answer to be shown in the `pane` of the test's module."""

    def one(text="", filters=None):
        if coordinator.archive is None:
            open_bundled(coordinator)
        coordinator.ask(text, live=False)
        if filters is not None:
            coordinator.narrow(filters)
        qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
        qtbot.waitUntil(lambda: not getattr(pane, "is_counting", False), timeout=SOON)
        return coordinator.answer

    return one


@pytest.fixture
def make_room(qapp: QApplication, used_home: Path, tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """Makes a room on the bundled archive, shown and ready."""
    made: list[Room] = []

    def make(
        rules: Rules | None = None,
        language: Language = "en",
        theme: str = "light",
        size: tuple[int, int] = (1024, 768),
        ready: bool = True,
    ) -> Room:
        places = replace(places_of(used_home), config=tmp_path / "config")
        room = Room(places, rules or Rules(), language, Wish(theme=theme, size=size))
        made.append(room)
        room.begin(cover=False)
        if ready:
            assert wait_for(lambda: room.coordinator.answer is not None and not room.coordinator.is_searching)
            assert wait_for(room.window.start.isVisible)
        return room

    yield make
    for room in made:
        room.window.close()
        room.close()
        for thing in (room.window, room.opener, room.coordinator):
            thing.deleteLater()
    made.clear()
    settle()
