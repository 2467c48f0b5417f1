"""Rules on dates: in order, not after the edition, and near the event they belong to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from jasic_desktop.core.dates import Date
from jasic_desktop.core.records import Document, Event, Record
from jasic_desktop.packs.source import Loaded

_OLDEST: Final = "1800-01-01"
_BEFORE: Final = timedelta(days=366)
_AFTER: Final = timedelta(days=3 * 366)
"""How far a statement of an event may lie from it before one asks whether a digit is wrong."""
_AHEAD: Final = timedelta(days=1)
"""How far a statement may lie after its source: a text written west of the event bears the day before."""


def examine(loaded: Loaded) -> None:
    """Add the dates that cannot be, and those that are hardly meant."""
    published = {record.id: record.date for _, record in loaded.written if isinstance(record, Document)}
    edition = loaded.archive.date if loaded.archive is not None else None
    for file, record in loaded.written:
        dates = [("date", record.date)] if isinstance(record, Event | Document) else []
        dates += [(f"statements[{index}].date", s.date) for index, s in enumerate(record.statements)]
        for field, when in dates:
            if when is not None:
                _plausible(loaded, file, field, when, edition)
        _statements(loaded, file, record, published)


def _plausible(loaded: Loaded, file: str, field: str, when: Date, edition: str | None) -> None:
    if when.earliest and when.latest and when.earliest > when.latest:
        loaded.problems.add(file, field, "date_reversed", date=when.edtf)
    first = when.earliest or when.latest
    if edition is not None and first is not None and first > edition:
        loaded.problems.add(file, field, "date_after_edition", date=when.edtf, edition=edition)
    last = when.latest or when.earliest
    if last is not None and last < _OLDEST:
        loaded.problems.add(file, field, "date_old", "warning", date=when.edtf)


def _statements(loaded: Loaded, file: str, record: Record, published: dict[str, Date | None]) -> None:
    event = record.date if isinstance(record, Event) else None
    for index, statement in enumerate(record.statements):
        when = statement.date
        if when is None or when.earliest is None:
            continue
        field = f"statements[{index}].date"
        if event is not None and not _near(when, event):
            loaded.problems.add(file, field, "date_far_from_event", "warning", date=when.edtf, event=event.edtf)
        for source in statement.sources:
            source_date = published.get(source)
            # The ends of both dates already hold what "about" and a month leave open. A source that announces what is
            # to come supports a statement of the announcement, which bears the day on which it was announced.
            if source_date is not None and _written_before(source_date, when.earliest):
                loaded.problems.add(
                    file, field, "source_older", "warning", date=when.edtf, id=source, source=source_date.edtf
                )


def _written_before(source: Date, day: str) -> bool:
    return source.latest is not None and _day(source.latest) + _AHEAD < _day(day)


def _near(when: Date, event: Date) -> bool:
    after, before = event.latest or event.earliest, event.earliest or event.latest
    first, last = when.earliest, when.latest or when.earliest
    if after is None or before is None or first is None or last is None:
        return True
    return _day(first) <= _day(after) + _AFTER and _day(last) >= _day(before) - _BEFORE


def _day(iso: str) -> date:
    return min(date.fromisoformat(iso), date(9990, 1, 1))
