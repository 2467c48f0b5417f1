"""Dates as historians write them: EDTF in, the earliest and latest day and a phrase in each language out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Annotated, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta

from jasic_desktop.core.errors import UsageFault
from jasic_desktop.core.localised import Localised

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Precision = Literal["day", "month", "season", "year", "decade", "interval"]
Unit = Literal["day", "month", "season", "year", "decade"]

FIRST_DAY: Final = "1000-01-01"
LAST_DAY: Final = "9999-12-31"

_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<sign>[?~%])?", re.ASCII
)
_SEASONS = range(21, 25)


class DateFault(UsageFault, ValueError):
    """A text that is no date of the kind asked for; the sentence says what is wrong and how to write it."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(key, text=text if len(text) <= 40 else f"{text[:40]}…")


class Point(NamedTuple):
    """One date or one end of an interval, as it was written; what was not said is None.

    `season` is 21 (spring) to 24 (winter). `unknown` tells that the next smaller part was marked unknown (XX).
    """

    unit: Unit
    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    unknown: Literal["month", "day"] | None = None
    uncertain: bool = False
    approximate: bool = False

    @property
    def first(self) -> str:
        """The first day the words name, ISO."""
        return f"{self.year:04}-{self._months[0]:02}-{self.day or 1:02}"

    @property
    def last(self) -> str:
        """The last day the words name, ISO. Winter runs to the end of the following February."""
        year = self.year + (9 if self.unit == "decade" else 1 if self.season == 24 and self.year < 9999 else 0)
        month = 12 if self.season == 24 and year == self.year else self._months[1]
        return f"{year:04}-{month:02}-{self.day or monthrange(year, month)[1]:02}"

    @property
    def _months(self) -> tuple[int, int]:
        if self.season is not None:
            first = 3 * (self.season - 20)
            return first, (first + 1) % 12 + 1
        return (1, 12) if self.month is None else (self.month, self.month)


class Date(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A date as it was written, with what can be said of it.

    `edtf` is the original string; `earliest` and `latest` are ISO days, None for an open end; `phrase` are its words.
    For a date marked uncertain or approximate `earliest` and `latest` stand off from the days it names by a margin:
    one unit of its precision (a day, month, year or decade), two where it is both. `stated` is without it.
    Raises ValueError when made from what is no date.
    """

    edtf: str
    earliest: Day | None
    latest: Day | None
    phrase: Localised

    def __post_init__(self) -> None:
        points(self.edtf)
        for day in (self.earliest, self.latest):
            if day is not None and date.fromisoformat(day).isoformat() != day:
                raise ValueError(f"{day} is not a day written as 2018-07-27")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"the earliest day of {self.edtf} comes after its latest")

    @property
    def precision(self) -> Precision:
        """How closely the date was given."""
        if "/" in self.edtf:
            return "interval"
        start = points(self.edtf)[0]
        return start.unit if start else "interval"

    @property
    def is_uncertain(self) -> bool:
        """Whether the date, or an end of it, is marked as uncertain (`?` or `%`)."""
        return "?" in self.edtf or "%" in self.edtf

    @property
    def is_approximate(self) -> bool:
        """Whether the date, or an end of it, is marked as approximate (`~` or `%`)."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def stated(self) -> tuple[str | None, str | None]:
        """The first and last day the words name, ISO, without the margin; None for an open end."""
        start, end = points(self.edtf)
        return start and start.first, end and end.last

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Puts dates in the order a reader expects: by the first day named, else the last; the shorter first."""
        first, last = self.stated
        return first or last or LAST_DAY, last or LAST_DAY, self.edtf

    def overlaps(self, since: str | None, until: str | None) -> bool:
        """Whether the date may lie between two ISO days (both counted in, None for no limit)."""
        return (until is None or self.earliest is None or self.earliest <= until) and (
            since is None or self.latest is None or self.latest >= since
        )

    def years(self) -> range:
        """The years the words name; of a date with an open end only the year of the other end."""
        first, last = self.stated
        return range(int((first or last or LAST_DAY)[:4]), int((last or first or LAST_DAY)[:4]) + 1)


def point(text: str) -> Point:
    """One date without an interval. Raises DateFault when `text` is none, or names a day that never was."""
    found = _POINT.fullmatch(text)
    if found is None:
        raise DateFault("dates.not_edtf", text)
    year, month, day, sign = found.group("year", "month", "day", "sign")
    uncertain, approximate = sign in ("?", "%"), sign in ("~", "%")
    if year[0] == "0":
        raise DateFault("dates.year_range", text)
    if year[3] == "X":
        if month is not None:
            raise DateFault("dates.not_edtf", text)
        return Point("decade", int(year[:3]) * 10, uncertain=uncertain, approximate=approximate)
    here = Point("year", int(year), uncertain=uncertain, approximate=approximate)
    if month is None:
        return here
    if month == "XX":
        if day not in (None, "XX"):
            raise DateFault("dates.not_edtf", text)
        return here._replace(unknown="day" if day else "month")
    if int(month) in _SEASONS and day is None:
        return here._replace(unit="season", season=int(month))
    if not 1 <= int(month) <= 12:
        raise DateFault("dates.impossible", text)
    here = here._replace(unit="month", month=int(month))
    if day is None:
        return here
    if day == "XX":
        return here._replace(unknown="day")
    if not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        raise DateFault("dates.impossible", text)
    return here._replace(unit="day", day=int(day))


@lru_cache(maxsize=4096)
def points(text: str) -> tuple[Point | None, Point | None]:
    """Both ends of a date: the same one twice where it is no interval, None for an open end (`..`).

    Raises DateFault.
    """
    if text in ("XXXX", "XXXX-XX", "XXXX-XX-XX", "../..", ".."):
        raise DateFault("dates.none", text)
    if text[:1] in ("[", "{"):
        raise DateFault("dates.set", text)
    parts = text.split("/")
    if len(parts) == 1:
        only = point(text)
        return only, only
    if len(parts) > 2:
        raise DateFault("dates.not_edtf", text)
    if "" in parts:
        raise DateFault("dates.open", text)
    start, end = (None if part == ".." else point(part) for part in parts)
    if start and end and start.first > end.last:
        raise DateFault("dates.reversed", text)
    return start, end


@lru_cache(maxsize=4096)
def parse(edtf: str) -> Date:
    """The date that an EDTF string names (ISO 8601-2, levels 0 and 1), for `archive check` and `archive build`.

    Taken: years 1000 to 9999, months, days, seasons (`2018-21`), decades (`201X`), unknown months and days
    (`2018-XX`), `~` about, `?` uncertain, `%` both, intervals and open ends (`2018-08/..`).
    Raises DateFault for everything else, which says what is wrong and how to write it.
    """
    from jasic_desktop.core.edtf_dates import read

    return read(edtf)


def parse_range(text: str) -> tuple[str | None, str | None]:
    """The first and last day, ISO, of a range as a question or an option gives it; None for an open end.

    Takes `2018`, `2018-07`, `2018-07-27`, and two of them as `a..b` or `a/b`, one of which may be left out.
    Raises DateFault.
    """
    parts = re.split(r"\.\.|/", text.strip())
    if len(parts) > 2 or not any(parts):
        raise DateFault("dates.not_range", text)
    ends = []
    for part in parts:
        if part and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", part, re.ASCII):
            raise DateFault("dates.not_range", text)
        ends.append(point(part) if part else None)
        if part and point(part).unit == "season":
            raise DateFault("dates.impossible", text)
    first, last = ends[0] and ends[0].first, ends[-1] and ends[-1].last
    if first and last and first > last:
        raise DateFault("dates.reversed", text)
    return first, last
