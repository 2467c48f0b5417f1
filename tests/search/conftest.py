"""The bundled archive and an engine over it, derived once for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jasic_desktop.packs.store import Store
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.whoosh import open_engine
from tests.helpers.derived import derived_in


@pytest.fixture(scope="session")
def derived(used_home: Path) -> Path:
    """A folder with `store.sqlite` and `index` of the bundled archive. Not to be changed."""
    return derived_in(used_home)[0].parent


@pytest.fixture(scope="session")
def store(derived: Path) -> Iterator[Store]:
    """The store of the bundled archive."""
    with Store.open(derived / "store.sqlite") as opened:
        yield opened


@pytest.fixture(scope="session")
def engine(store: Store, derived: Path) -> Iterator[Engine]:
    """An engine over the bundled archive."""
    opened = open_engine(store, derived / "index")
    yield opened
    opened.close()
