"""EDTF strings of a source judged by the edtf library, with the margins of doubtful dates; not for plain reading."""

from __future__ import annotations

import re
from datetime import date, timedelta

from edtf import EDTFParseException, parse_edtf

from jasic_desktop.core import date_phrases
from jasic_desktop.core.dates import FIRST_DAY, LAST_DAY, Date, DateFault, Point, points

_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_MONTHS = {"month": 1, "year": 12, "decade": 120}


def read(edtf: str) -> Date:
    """The date `edtf` names. Raises DateFault."""
    # Our own reading comes first: it refuses what the archive has no words for (times, sets, years of five digits),
    # finds days that never were, which the library lets pass (29 February 2019), and says in which way it is wrong.
    start, end = points(edtf)
    # The library judges each end by itself (it knows, for one, no doubtful seasons): of some intervals (2018-XX/2019)
    # it prints a complaint and breaks down. What is a year, a month or a day and no more, our reading has seen whole;
    # its grammar was what most of reading a source took.
    for part in edtf.split("/"):
        try:
            if part != ".." and not _PLAIN.fullmatch(part):
                parse_edtf(part)
        except EDTFParseException:
            raise DateFault("dates.not_edtf", part) from None
    return Date(
        edtf,
        start and max(FIRST_DAY, _moved(start.first, start, -1)),
        end and min(LAST_DAY, _moved(end.last, end, 1)),
        date_phrases.phrase(start, end),
    )


def _moved(day: str, point: Point, direction: int) -> str:
    """`day`, the first or last of `point`, moved by the margin; an ISO day, FIRST_DAY or LAST_DAY at the limits."""
    units = (point.uncertain + point.approximate) * direction
    if not units:
        return day
    if point.unit == "day":
        here = date.fromisoformat(day)
        try:
            return (here + timedelta(days=units)).isoformat()
        except OverflowError:
            return LAST_DAY
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + units * _MONTHS[point.unit], 12)
    if year < 1000:
        return FIRST_DAY
    if year > 9999:
        return LAST_DAY
    return Point("month", year, month + 1).first if direction < 0 else Point("month", year, month + 1).last
