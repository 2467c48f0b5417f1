"""The filter options that `search`, `timeline` and `export` share, and what they leave of an archive."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.dates import DateFault, parse_range
from jasic_desktop.core.errors import NotFoundFault, UsageFault
from jasic_desktop.core.folding import fold, without_surrogates
from jasic_desktop.core.record_types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.core.record_types import RecordType
    from jasic_desktop.core.records import Record
    from jasic_desktop.packs.store import EventRow, Store
    from jasic_desktop.search.request import Filters

FILTERS: Final = ("type", "kind", "year", "date", "place", "person", "topic", "language", "certainty")
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "type": tuple(RECORD_TYPES),
    "certainty": tuple(sign.value for sign in Certainty),
}


def add_filters(parser: argparse.ArgumentParser, words: Words, names: Sequence[str]) -> None:
    """Add the repeatable filter options of these names."""
    group = parser.add_argument_group(words("filters_title"))
    for name in names:
        told = words(f"filter_{name}")
        group.add_argument(f"--{name}", action="append", default=[], choices=_CHOICES.get(name), help=told)


def asks(options: Any) -> bool:
    """Whether the options hold a question or a filter."""
    return bool(getattr(options, "query", None)) or any(getattr(options, name, None) for name in FILTERS)


def filters(options: Any, store: Store) -> Filters:
    """The filters that the options ask for.

    Raises NotFoundFault for a record, kind, year or language that the archive does not have, UsageFault for what is
    no date.
    """
    from jasic_desktop.search.request import Filters

    def values(name: str) -> Iterator[str]:
        return map(without_surrogates, getattr(options, name, ()))

    since, until = _span(options)
    return Filters(
        types=tuple(values("type")),
        kinds=tuple(_kind(store, value) for value in values("kind")),
        years=tuple(_known(store, "year", value) for value in values("year")),
        places=tuple(_named(store, "place", "place", value) for value in values("place")),
        people=tuple(_named(store, "person", "person", value) for value in values("person")),
        topics=tuple(_named(store, "topic", "topic", value) for value in values("topic")),
        languages=tuple(_known(store, "language", value) for value in values("language")),
        certainties=tuple(values("certainty")),
        since=since,
        until=until,
    )


def events(session: Session) -> tuple[EventRow, ...]:
    """The events that the options leave, in order of date."""
    from jasic_desktop.search.request import Filters

    store = session.store
    wanted = filters(session.options, store)
    if session.options.query:
        left = frozenset(answer_ids(session))
    elif wanted == Filters():
        return store.events()
    else:
        from jasic_desktop.search.columns import Columns

        left = frozenset(store.ids[ordinal] for ordinal in Columns(store).left(wanted))
    return tuple(row for row in store.events() if row.id in left)


def answer_ids(session: Session) -> tuple[str, ...]:
    """The ids of all records that the question and the filters of the options find, the best first."""
    from jasic_desktop.search.request import Request

    store = session.store
    text = without_surrogates(session.options.query or "")
    request = Request(text=text, filters=filters(session.options, store), language=session.language)
    found = session.engine.listed(request)
    for note in found.notes:
        session.output.note(note.key, **note.values)
    return found.ids


def _span(options: Any) -> tuple[str | None, str | None]:
    """The first and last day asked for, by `--date`, or by `--from` and `--to`."""
    dates = getattr(options, "date", ())
    if len(dates) > 1:
        raise UsageFault("cli.one_date")
    if dates:
        return _range("--date", dates[0])
    since, until = getattr(options, "since", None), getattr(options, "until", None)
    first = _range("--from", since)[0] if since else None
    last = _range("--to", until)[1] if until else None
    if first and last and first > last:
        raise UsageFault("cli.bad_span", since=since, until=until)
    return first, last


def _range(option: str, text: str) -> tuple[str | None, str | None]:
    try:
        return parse_range(without_surrogates(text))
    except DateFault as fault:
        raise UsageFault("cli.bad_date", option=option, value=text, reason=fault) from fault


def _known(store: Store, facet: str, value: str) -> str:
    """A value that records of the archive have."""
    values = store.facet(facet).values
    if value not in values:
        raise NotFoundFault("cli.unknown_value", option=f"--{facet}", value=value, known=", ".join(sorted(values)))
    return value


def _kind(store: Store, value: str) -> str:
    """A kind by its key, or by its label in any language."""
    wanted = fold(value)
    for kinds in store.archive.kinds.values():
        for key, term in kinds.items():
            if wanted in (key, *(fold(text) for _, text in term.label.items())):
                return key
    return _known(store, "kind", value)


def _named(store: Store, option: str, type_: RecordType, value: str) -> str:
    """The id of a record of this type, by its id, an old id, or one of its names in any script."""
    try:
        record_id = store.resolve(value)
    except NotFoundFault:
        wanted = _bare(value)
        record_id = next((r.id for r in _of_type(store, type_) if wanted in map(_bare, _names(r))), "")
    if not record_id or store.type(record_id) != type_:
        raise NotFoundFault("cli.unknown_record", option=f"--{option}", value=value)
    return record_id


def _of_type(store: Store, type_: RecordType) -> list[Record]:
    return store.many(record_id for record_id in store.ids if store.type(record_id) == type_)


def _names(record: Record) -> Iterator[str]:
    yield from (text for _, text in record.title.items())
    yield from (reading.pinyin for reading in record.readings)
    names = getattr(record, "names", None)
    if names is not None:
        yield from (other.name for other in names.others)


def _bare(name: str) -> str:
    """A name without case, accents and spaces, so that `Yuè Xīn` and `yuexin` are one."""
    return "".join(c for c in fold(name) if c.isalnum())
