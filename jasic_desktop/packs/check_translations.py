"""Rules on translations: each text exists, and says in Chinese the numbers, names and doubts of the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from jasic_desktop.core.blocks import Citation, Narrative, RecordLink
from jasic_desktop.core.dates import Date
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Names, Record
from jasic_desktop.packs.said_numbers import in_chinese, in_english
from jasic_desktop.packs.source import Loaded

_MIN_NAME: Final = 4
"""Letters of the shortest name looked for; a shorter one may be a word."""
_SHORTEST_PLACE: Final = 2
"""Characters of a place's name that is never cut: 惠州市 is also written 惠州, but 沙县 keeps its 县."""
_NUMBER: Final = (
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|\w+ty|dozens?|hundreds?|thousands?|"
    r"a dozen|a hundred)"
)
_DEGREES: Final[dict[str, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    "about": (
        re.compile(rf"\b(?:about|around|some|roughly|nearly|almost|approximately) {_NUMBER}", re.IGNORECASE),
        re.compile("[约近余几]|左右|前后|上下|大概|将近"),
    ),
    "more": (
        re.compile(rf"\b(?:more than|over|at least|upwards of) {_NUMBER}", re.IGNORECASE),
        re.compile("[超逾多余]|至少|不少于|以上|不止|起码"),
    ),
    "said": (
        re.compile(
            r"\b(?:alleg\w+|accus\w+|claim(?:s|ed)?|suspicion|suspected|reportedly|den(?:y|ies|ied)|said|says|according|"
            r"wrote|writes|reported|reports that|told(?! to\b))\b",
            re.IGNORECASE,
        ),
        re.compile(
            "[称说指据告诉讲写曰谓信函]|指控|控告|被控|嫌|疑|涉|否认|表示|认为|报道|声明|主张|透露|转述|介绍|叫|报告|通报|通知|提到|提及|回忆|记述|记载"
        ),
    ),
    "not": (
        re.compile(r"\b(?:not|no|never|nobody|none|nor|cannot|neither|without)\b|n’t\b", re.IGNORECASE),
        re.compile("[不没未无非否莫勿禁拒]|均无|缺"),
    ),
}


def examine(loaded: Loaded) -> None:
    """Add what an archive that says it exists in Chinese lacks, and where the two versions of a text differ."""
    names = _Names(record for _, record in loaded.written)
    complete = loaded.archive is not None and "zh-Hans" in loaded.archive.translated
    for file, record in loaded.written:
        for field, text in _localised(record, ""):
            work = isinstance(record, Document) and field == "title"
            if text.en and text.zh_hans and field not in ("title", "short"):
                _compare(loaded, file, field, text.en, text.zh_hans, names)
            elif complete and text.en and not text.zh_hans and not work and not _named(record, field):
                loaded.problems.add(file, field, "untranslated", "warning")
        if complete and record.narrative is not None and record.narrative.en:
            _running_text(loaded, file, record.narrative)


def _named(record: Record, field: str) -> bool:
    """Whether a title is a name, which a person or a foreign body may have in one script only."""
    return field == "title" and getattr(record, "names", None) is not None


def _localised(value: Any, field: str) -> Iterator[tuple[str, Localised]]:
    """Each text of a record that exists in languages, with its field; dates have phrases of their own making."""
    if isinstance(value, Localised):
        yield field, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _localised(item, f"{field}[{index}]")
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Date | Narrative):
        for name in value.__struct_fields__:
            yield from _localised(getattr(value, name), f"{field}.{name}".lstrip("."))


def _compare(loaded: Loaded, file: str, field: str, english: str, chinese: str, names: _Names) -> None:
    said, also = in_english(english), in_chinese(chinese)
    if lost := (said.stated - also.possible) | (also.stated - said.possible):
        told = ", ".join(map(str, sorted(lost)))
        loaded.problems.add(file, field, "translation_numbers", "warning", numbers=told)
    if missing := names.missing(english, chinese):
        loaded.problems.add(file, field, "translation_names", "warning", names=", ".join(missing))
    for degree, (in_the_english, in_the_chinese) in _DEGREES.items():
        if (found := in_the_english.search(english)) and not in_the_chinese.search(chinese):
            loaded.problems.add(file, field, f"translation_{degree}", "warning", words=found[0])


def _running_text(loaded: Loaded, file: str, narrative: Narrative) -> None:
    if not narrative.zh_hans:
        loaded.problems.add(file, "narrative", "untranslated", "warning")
        return
    english = [_led_to(block) for block in narrative.en or ()]
    chinese = [_led_to(block) for block in narrative.zh_hans]
    if len(english) != len(chinese):
        values = {"english": len(english), "chinese": len(chinese)}
        loaded.problems.add(file, "narrative", "translation_paragraphs", "warning", **values)
        return
    for number, (here, there) in enumerate(zip(english, chinese, strict=True), 1):
        if sorted(here) != sorted(there):
            differing = ", ".join(sorted(set(here) ^ set(there))) or ", ".join(sorted(here))
            loaded.problems.add(
                file, f"narrative[{number - 1}]", "translation_links", "warning", number=number, ids=differing
            )


def _led_to(value: Any) -> list[str]:
    """The records that a block leads to and the documents that it cites, in order."""
    if isinstance(value, Citation):
        return [source.id for source in value.sources]
    if isinstance(value, RecordLink):
        return [value.id]
    if isinstance(value, tuple):
        return [found for item in value for found in _led_to(item)]
    if isinstance(value, msgspec.Struct):
        return [found for name in value.__struct_fields__ for found in _led_to(getattr(value, name))]
    return []


class _Names:
    """The names of an archive that have a Chinese form, to be found in English sentences."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._chinese: dict[str, set[str]] = {}
        for record in records:
            names: Names | None = getattr(record, "names", None)
            if names is not None and names.zh_hans and len(names.display) >= _MIN_NAME:
                forms = {names.zh_hans, *(other.name for other in names.others)}
                if len(names.zh_hans) > _SHORTEST_PLACE:
                    forms.add(names.zh_hans.rstrip("省市县区镇"))
                self._chinese.setdefault(names.display, set()).update(forms)
        longest_first = sorted(self._chinese, key=lambda name: (-len(name), name))
        # South China is no China, and an All-China federation has a name of its own.
        self._pattern = (
            re.compile(rf"(?<![\w-])(?<!South )(?:{'|'.join(map(re.escape, longest_first))})\b")
            if longest_first
            else None
        )

    def missing(self, english: str, chinese: str) -> list[str]:
        """The names of the English sentence of which the Chinese one has no form."""
        found = dict.fromkeys(self._pattern.findall(english)) if self._pattern else {}
        return [name for name in found if not any(form in chinese for form in self._chinese[name])]
