"""The filter options that `search`, `timeline` and `export` share, and the request they make."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.records import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jasic_desktop.cli.parser import Words
    from jasic_desktop.packs.store import Store
    from jasic_desktop.search.request import Filters

_CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(RECORD_TYPES),
    "certainty": tuple(sign.value for sign in Certainty),
}
# Options whose values name records: the record may be given by id, old id or any of its names.
_RECORDS: dict[str, tuple[str, ...]] = {"place": ("place",), "person": ("person",), "topic": ("topic",)}


def add_filters(parser: argparse.ArgumentParser, words: Words, names: Sequence[str]) -> None:
    """Add the repeatable filter options of these names."""
    group = parser.add_argument_group(words("filters_title"))
    for name in names:
        group.add_argument(
            f"--{name}", action="append", default=[], choices=_CHOICES.get(name), help=words(f"filter_{name}")
        )


def filters(options: Any, store: Store) -> Filters:
    """The filters that the options ask for.

    Raises NotFoundFault for a record the archive does not have, UsageFault for a date or year that is none.
    """
    from jasic_desktop.search.request import Filters

    since, until = _dates(getattr(options, "date", []))
    return Filters(
        types=tuple(getattr(options, "type", ())),
        kinds=tuple(known(store, "kind", value) for value in getattr(options, "kind", ())),
        years=tuple(year(value) for value in getattr(options, "year", ())),
        places=tuple(record(store, value, "place") for value in getattr(options, "place", ())),
        people=tuple(record(store, value, "person") for value in getattr(options, "person", ())),
        topics=tuple(record(store, value, "topic") for value in getattr(options, "topic", ())),
        languages=tuple(getattr(options, "language", ())),
        certainties=tuple(getattr(options, "certainty", ())),
        since=since,
        until=until,
    )
