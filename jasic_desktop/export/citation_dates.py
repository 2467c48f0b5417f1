"""The date of a work in the words of a citation style: whole, and in the parts that a style asks for."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from jasic_desktop.core.dates import Point, points
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language

Part = Literal["full", "year", "year-month", "month-day"]
Order = Literal["month-first", "day-first", "numeric"]

_SHORT: Final = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_DASH: Final = "–"


class Custom(NamedTuple):
    """How one style writes dates: in what order, and what stands around a date that is about right or in doubt."""

    order: Order
    about: str
    doubtful: str


CHICAGO: Final = Custom("month-first", "[ca. {date}]", "[{date}?]")
APA: Final = Custom("month-first", "ca. {date}", "{date}?")
MLA: Final = Custom("day-first", "circa {date}", "[{date}?]")
GB: Final = Custom("numeric", "[{date}]", "[{date}?]")
_CHINESE: Final = Custom("month-first", "约{date}", "{date}？")
_TRADITIONAL: Final = Custom("month-first", "約{date}", "{date}？")


def date_texts(edtf: str, custom: Custom, language: Language) -> dict[Part, str]:
    """The texts of the date `edtf`. An open end is a dash with nothing on its other side.

    What is not known is left out; only `full` and `year` are never empty.
    """
    start, end = points(edtf)
    year_only = custom is APA
    if custom.order != "numeric" and language != "en":
        custom = _CHINESE if language == "zh-Hans" else _TRADITIONAL
    texts: dict[Part, str] = {
        "full": _span(start, end, custom, language, ("year", "month", "day")),
        "year": _span(start, end, custom, language, ("year",)),
        "year-month": _span(start, end, custom, language, ("year", "month")),
    }
    within_a_year = start is not None and end is not None and start.year == end.year
    if within_a_year:
        texts["month-day"] = _span(start, end, custom, language, ("month", "day"))
    # APA says it of the year, and does not say it twice.
    return {
        part: text if not text or (year_only and part == "month-day") else _qualified(text, edtf, custom)
        for part, text in texts.items()
    }


def _qualified(text: str, edtf: str, custom: Custom) -> str:
    if "?" in edtf or "%" in edtf:
        return custom.doubtful.format(date=text)
    return custom.about.format(date=text) if "~" in edtf else text


def _span(start: Point | None, end: Point | None, custom: Custom, language: Language, wanted: tuple[str, ...]) -> str:
    if start == end and start is not None:
        return _point(start, custom, language, wanted)
    if start is None or end is None:
        one = start or end
        known = _point(one, custom, language, wanted) if one else ""
        return f"{known}{_DASH}" if start else f"{_DASH}{known}"
    if custom.order == "numeric":
        ends = [_point(point, custom, language, wanted) for point in (start, end)]
        return ends[0] if ends[0] == ends[1] else "/".join(ends)
    return _between(start, end, custom, language, wanted)


def _between(start: Point, end: Point, custom: Custom, language: Language, wanted: tuple[str, ...]) -> str:
    """Both ends, with what they share told once."""
    same_year, same_month = start.year == end.year, (start.year, start.month) == (end.year, end.month)
    whole = [_point(point, custom, language, wanted) for point in (start, end)]
    if whole[0] == whole[1]:
        return whole[0]
    if not same_year or start.unit != end.unit or start.unit not in ("day", "month"):
        return _DASH.join(whole)
    inner = tuple(part for part in wanted if part != "year")
    if language != "en":
        # The year stands first; of the end only what differs.
        rest = _point(end, custom, language, ("day",) if same_month else inner)
        return f"{whole[0]}{_DASH}{rest}"
    first, last = (_point(point, custom, language, inner) for point in (start, end))
    if same_month and custom.order == "month-first":
        return _with_year(f"{first}{_DASH}{end.day}", end, custom, wanted)
    if same_month:
        return _with_year(f"{start.day}{_DASH}{last}", end, custom, wanted)
    return _with_year(f"{first}{_DASH}{last}", end, custom, wanted)


def _with_year(text: str, point: Point, custom: Custom, wanted: tuple[str, ...]) -> str:
    if "year" not in wanted:
        return text
    has_day = point.day is not None and "day" in wanted
    return f"{text}, {point.year}" if custom.order == "month-first" and has_day else f"{text} {point.year}"


def _point(point: Point, custom: Custom, language: Language, wanted: tuple[str, ...]) -> str:
    """One day, month, season, year or decade: the parts that are wanted and known."""
    month = point.month if "month" in wanted else None
    day = point.day if "day" in wanted else None
    year = "year" in wanted
    if point.unit == "decade":
        return translate("dates.decade", language, year=point.year) if year else ""
    if custom.order == "numeric":
        return "-".join([f"{point.year}", *(f"{part:02}" for part in (month, day) if part is not None)])
    season = translate(f"dates.seasons.{point.season}", language) if point.season and "month" in wanted else ""
    if language != "en":
        # A year alone is a number in every style.
        alone = year and not (month or season)
        told = [f"{point.year}" if alone else f"{point.year}年" if year else "", f"{month}月" if month else season]
        return "".join([*told, f"{day}日" if day else ""])
    named = ""
    if month is not None:
        named = _SHORT[month - 1] if custom.order == "day-first" else translate(f"dates.months.{month}", language)
    elif season:
        named = season.capitalize()
    if day is not None:
        named = f"{named} {day}".strip() if custom.order == "month-first" else f"{day} {named}".strip()
    if not year:
        return named
    return _with_year(named, point, custom, wanted) if named else f"{point.year}"
