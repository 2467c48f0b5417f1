"""Spans of days as people write them in a question: 2018, 2018-07, 2018年7月27日, 2018-07..2018-08, 2018-07.. ."""

from __future__ import annotations

import calendar
import re
from datetime import date

import msgspec

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


class DaySpan(msgspec.Struct, frozen=True):
    """The days from `since` to `until`, ISO, both included; None for an open end. At least one end is given."""

    since: str | None
    until: str | None

    def overlaps(self, earliest: str | None, latest: str | None) -> bool:
        """Whether something that happened between these days, None for an open end, may fall into the span."""
        return (self.since is None or latest is None or latest >= self.since) and (
            self.until is None or earliest is None or earliest <= self.until
        )

    def __str__(self) -> str:
        first = _shortest(self.since, 0) if self.since else ""
        last = _shortest(self.until, 1) if self.until else ""
        return first if first == last else f"{first}..{last}"


def day_span(text: str) -> DaySpan | None:
    """The span that `text` names, or None where it names none."""
    first, dots, last = text.strip().partition("..")
    if not dots:
        days = _days(first)
        return DaySpan(*days) if days else None
    begin, end = _days(first), _days(last)
    if (first.strip() and not begin) or (last.strip() and not end) or not (begin or end):
        return None
    since, until = begin[0] if begin else None, end[1] if end else None
    if since and until and since > until:
        return None
    return DaySpan(since, until)


def _days(text: str) -> tuple[str, str] | None:
    """The first and last day of a year, month or day."""
    text = text.strip()
    if not text.isascii() and not set("年月日号").intersection(text):
        return None
    match = _COMPACT.fullmatch(text) or _DAY.fullmatch(text) or _CHINESE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or calendar.monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()


def _shortest(day: str, end: int) -> str:
    """The year, month or day of which `day` is the first (end 0) or last day (end 1)."""
    return next(text for text in (day[:4], day[:7], day) if (days := _days(text)) and days[end] == day)
