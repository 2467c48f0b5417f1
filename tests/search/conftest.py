"""The bundled archive, built and indexed once for the whole run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jasic_desktop.core.paths import bundled_archive
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.build import build
from jasic_desktop.packs.store import Store, write_store
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.whoosh import build_index, open_engine
from tests.conftest import Turn


@pytest.fixture(scope="session")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `store` and `index` of the bundled archive; the processes of a parallel run share it."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp().parent if parallel else tmp_path_factory.getbasetemp()
    folder = base / "searched"
    with Turn(base / "searched.turn"):
        if not (folder / "ready").exists():
            folder.mkdir()
            build(bundled_archive(), folder / "pack")
            write_store(open_pack(folder / "pack"), folder / "store")
            with Store.open(folder / "store") as store:
                build_index(store, folder / "index")
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def store(derived: Path) -> Iterator[Store]:
    """The store of the bundled archive."""
    with Store.open(derived / "store") as opened:
        yield opened


@pytest.fixture(scope="session")
def engine(store: Store, derived: Path) -> Iterator[Engine]:
    """An engine over the bundled archive."""
    opened = open_engine(store, derived / "index")
    yield opened
    opened.close()
