"""The day or month that a question of plain words names, as people write it: 27 July 2018, 2018年7月, 2018-07-27."""

from __future__ import annotations

import re
from typing import Final

from jasic_desktop.core.folding import fold
from jasic_desktop.search.dayspan import DaySpan, day_span

_YEAR: Final = r"(?P<year>[12]\d{3})"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NUMBERS: Final = re.compile(
    r"(?<!\d)[12]\d{3}(?:[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)(?![\d/-])"
)


_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH: Final = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r")\.?"
_DAY_FIRST: Final = re.compile(rf"\b(?:{_DAY}\s+)?(?P<month>{_MONTH})[\s,]+{_YEAR}\b")
_MONTH_FIRST: Final = re.compile(rf"\b(?P<month>{_MONTH})\s+{_DAY}[\s,]+{_YEAR}\b")


def days_asked(text: str) -> DaySpan | None:
    """The days of the first date in `text` that names a month at least; None where there is none."""
    folded = fold(text)
    if found := _NUMBERS.search(folded):
        return day_span(re.sub(r"\s", "", found.group()))
    written = _MONTH_FIRST.search(folded) or _DAY_FIRST.search(folded)
    if written is None:
        return None
    month = next(number for number, name in enumerate(_MONTHS, 1) if written["month"][:3] == name[:3])
    return day_span(f"{written['year']}-{month}" + (f"-{written['day']}" if written["day"] else ""))
