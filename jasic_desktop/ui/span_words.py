"""A stretch of days in words: as months, as days where it is short, as years where it is long."""

from __future__ import annotations

from datetime import date
from typing import Final

from jasic_desktop.core.date_phrases import phrase_in
from jasic_desktop.core.dates import FIRST_DAY, LAST_DAY, point
from jasic_desktop.ui.coordinator import Coordinator

_DAYS: Final = 45
_YEARS: Final = 365 * 12


def iso(day: float) -> str:
    """The ISO day of a number of days; one that the archive's dates could not name becomes the nearest."""
    least, most = (date.fromisoformat(limit).toordinal() for limit in (FIRST_DAY, LAST_DAY))
    return date.fromordinal(min(max(int(day), least), most)).isoformat()


def span_words(coordinator: Coordinator, first: float, last: float) -> str:
    """From the first to the last day, such as `January 2018 to February 2019`."""
    length = 7 if last - first > _DAYS else 10
    if last - first > _YEARS:
        return year_words(coordinator, first, last)
    ends = [point(iso(day)[:length]) for day in (first, last)]
    return phrase_in(ends[0], ends[1], coordinator.language)


def year_words(coordinator: Coordinator, first: float, last: float) -> str:
    """From the year of the first to that of the last day."""
    ends = [point(iso(day)[:4]) for day in (first, last)]
    return phrase_in(ends[0], ends[1], coordinator.language)
