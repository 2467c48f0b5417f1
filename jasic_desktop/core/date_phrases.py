"""The words of a date in each language; what both ends of an interval share is told once."""

from __future__ import annotations

from jasic_desktop.core.dates import Point
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.localised import Localised


def phrase(start: Point | None, end: Point | None) -> Localised:
    """The words for a date from `start` to `end`: the same one twice where it is no interval, None for an open end."""
    en, zh_hans, zh_hant = (phrase_in(start, end, language) for language in LANGUAGES)
    return Localised(en=en, zh_hans=zh_hans, zh_hant=zh_hant)


def phrase_in(start: Point | None, end: Point | None, language: Language) -> str:
    """The words of `phrase` in one language, for which no other language's catalogue is read."""
    if start is None or end is None:
        if start is not None:
            return translate("dates.from", language, start=_point(start, language))
        if end is not None:
            return translate("dates.until", language, end=_point(end, language))
        raise ValueError("a date has at least one end")
    if start == end:
        return _point(start, language)
    shared = None if _qualified(start) or _qualified(end) else _shared(start, end)
    if shared is not None:
        values = {**_values(start, language), **{f"last_{k}": v for k, v in _values(end, language).items()}}
        return translate(f"dates.{shared}", language, **values)
    key = "dates.between_doubtful" if _qualified(start) or _qualified(end) else "dates.between"
    return translate(key, language, start=_point(start, language), end=_point(end, language))


def _shared(start: Point, end: Point) -> str | None:
    """The catalogue entry for an interval within one year or month, else None."""
    if start.unit != end.unit or start.year != end.year or start.unit not in ("day", "month"):
        return None
    if start.unit == "month":
        return "months_in_year"
    return "days_in_month" if start.month == end.month else "days_in_year"


def _qualified(point: Point) -> bool:
    return point.uncertain or point.approximate or point.unknown is not None


def _values(point: Point, language: Language) -> dict[str, object]:
    """The numbers and names of a point for the placeholders of the catalogue."""
    values: dict[str, object] = {"year": point.year, "day": point.day}
    if point.month is not None:
        values["month"] = translate(f"dates.months.{point.month}", language)
    if point.season is not None:
        values["season"] = translate(f"dates.seasons.{point.season}", language)
    return values


def _point(point: Point, language: Language) -> str:
    words = translate(f"dates.{point.unit}", language, **_values(point, language))
    if point.unknown is not None:
        words = translate(f"dates.unknown_{point.unknown}", language, date=words)
    if point.approximate:
        words = translate("dates.about", language, date=words)
    if point.uncertain:
        words = translate("dates.uncertain", language, date=words)
    return words
