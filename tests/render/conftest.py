"""The stores these tests read: a small archive, and the bundled one."""

from collections.abc import Iterator

import pytest

from jasic_desktop.packs.store import Store
from tests.helpers.sample import ARCHIVE, RECORDS
from tests.helpers.stores import bundled_store, store_of


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small archive with a record of every type."""
    with store_of(ARCHIVE, RECORDS, tmp_path_factory.mktemp("sample")) as opened:
        yield opened


@pytest.fixture(scope="session")
def bundled() -> Store:
    """The archive that comes with the program."""
    return bundled_store()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage counts the small archive, which holds every type; the bundled one takes twice the time if counted."""
    for item in items:
        if "bundled" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.no_cover)
