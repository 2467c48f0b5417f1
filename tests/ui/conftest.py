"""What the tests of the panes share: a coordinator on the bundled archive, and a way to ask it."""

from __future__ import annotations

import pytest

from tests.helpers.window import SOON, coordinator_in, open_bundled


@pytest.fixture
def coordinator(qtbot, used_home):
    """A coordinator with its search, and no archive yet."""
    made = coordinator_in(used_home)
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
        return coordinator.answer

    return one
