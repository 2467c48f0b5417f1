"""The source of the bundled archive, read once. What the archive says is tested here, not the code that reads it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from jasic_desktop.core.records import Record
from jasic_desktop.packs.source import Source, read_source

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage counts nothing of these tests: it would take twice the time and cover nothing new."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def source(root: Path) -> Source:
    """The archive as its source says it."""
    return read_source(root / "archive")


@pytest.fixture(scope="session")
def records(source: Source) -> Mapping[str, Record]:
    """The records of the archive by id."""
    return {record.id: record for record in source.records}
