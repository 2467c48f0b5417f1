"""A reading room for who has no mouse, sight or fine hand: names, roles, Tab, sizes, texts (A1, A2, A5, A9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from jasic_desktop.app.room import Rules
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.ui import tasks
from jasic_desktop.ui.application import Wish
from jasic_desktop.ui.citation_card import CitationCard
from jasic_desktop.ui.room.application import Room
from tests.access.test_large import cut, over
from tests.helpers.access import PLAIN, described, kind_fits, name_of, role_of, shown, stops, tabbed, targets
from tests.helpers.derived import places_of
from tests.helpers.shown import EVENT, settle, wait_for

SMALLEST = 44
"""The least side of a target here, in pixels."""


def start(_room: Room) -> None:
    """The first page."""


def results(room: Room) -> None:
    """Results beside a record."""
    room.coordinator.ask("mi jiuping", False)
    assert wait_for(lambda: not room.coordinator.is_searching)
    room.coordinator.open_record(EVENT)
    assert wait_for(lambda: room.window.reader.view.is_whole)


def timeline(room: Room) -> None:
    """The whole timeline."""
    room.coordinator.show_view("timeline")


VIEWS: tuple[Callable[[Room], None], ...] = (start, results, timeline)


@pytest.fixture(scope="module", params=LANGUAGES)
def room(request: pytest.FixtureRequest, used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room in each language."""
    language: Language = request.param
    places = replace(places_of(used_home), config=tmp_path_factory.mktemp("room"))
    made = Room(places, Rules(), language, Wish(size=(1024, 768)))
    made.begin(cover=False)
    assert wait_for(lambda: made.coordinator.answer is not None and not made.coordinator.is_searching)
    yield made
    made.window.close()
    tasks.end_all()
    made.close()
    for thing in (made.window, made.opener, made.coordinator):
        thing.deleteLater()
    settle()


@pytest.fixture(autouse=True)
def qt_is_silent() -> None:
    """There is no stage here."""


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: view.__name__)
def top(request: pytest.FixtureRequest, room: Room) -> QWidget:
    """The window of the room with a view."""
    request.param(room)
    settle()
    room.window.activateWindow()
    settle()
    return room.window


def test_whatever_takes_the_keyboard_has_a_name_and_a_role(top: QWidget) -> None:
    found = [*stops(top), *targets(top)]
    assert found
    assert [described(one) for one in found if not name_of(one).strip()] == []
    assert [described(one) for one in found if role_of(one) in PLAIN or not kind_fits(one)] == []
    told = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Description) for one in shown(top)]
    assert [words for words in told if words.startswith("<")] == []


def test_tab_reaches_everything(top: QWidget) -> None:
    if QApplication.focusWidget() is None:
        stops(top)[0].setFocus()
    reached = set(tabbed(top))
    assert [described(one) for one in stops(top) if one not in reached] == []
    settle()


def test_every_target_is_large_enough(top: QWidget) -> None:
    kinds = (QAbstractButton, QLineEdit)
    # What is on a card of a source is done by Enter on its number as well, which is in the line of a text.
    found = [one for one in targets(top) if isinstance(one, kinds) and not isinstance(one.parentWidget(), CitationCard)]
    assert [described(one) for one in found if min(one.width(), one.height()) < SMALLEST] == []


def test_nothing_is_cut_off_or_covered(top: QWidget) -> None:
    assert [*cut(top), *over(top)] == []
