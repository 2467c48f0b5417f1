"""Chinese made when an archive is built: traditional forms from simplified ones, and how names are read aloud."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final

import msgspec

from jasic_desktop.core.blocks import Narrative, Text
from jasic_desktop.core.clean import HAN, has_han
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Names, Person, Reading, Record

# Surnames that keep a form which the converter would change: 余 is not 餘, 岳 not 嶽.
_SURNAMES: Final = frozenset("余岳范于沈姜谷丑游郁后卜种仇朴曲党征台干")
_COMPOUND: Final = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "司徒",
        "长孙",
        "慕容",
        "夏侯",
        "端木",
        "南宫",
    )
)
_MOST_READINGS: Final = 6
_SURE: Final = {
    "只好": "只好",
    "只是": "只是",
    "只有": "只有",
    "只能": "只能",
    "只要": "只要",
    "只会": "只會",
    "冲击": "衝擊",
    "冲突": "衝突",
    "几天": "幾天",
    "发出": "發出",
    "发起": "發起",
    "发言": "發言",
    "天后": "天後",
    "签发": "簽發",
    "联系": "聯繫",
    "获准": "獲准",
    "歌后": "歌後",
}
"""Words that the converter takes for parts of others, such as the hair (髮) in 学生发出."""
_LATER: Final = {"天后": "(?<=[0-9一二三四五六七八九十百几数两多半])天后", "歌后": "(?<=唱)歌后"}
"""Of those, the ones that mean it only behind some characters: days, not the goddess; a song, not its queen."""
_WORDS: Final = re.compile(r"\w+")
_QUOTES: Final = str.maketrans("“”", "「」")
"""The marks around what is quoted, as they are printed beside traditional characters."""
_WITHIN: Final = re.compile("‘([^‘’]*)’")
"""A quotation within another; ’ alone is an apostrophe."""


@cache
def _converter() -> Callable[[str], str]:
    import opencc

    # Taiwan's characters without Taiwan's vocabulary: forms that Hong Kong reads too, and every term as it was written.
    converter: Any = opencc.OpenCC("s2tw")

    def convert(text: str) -> str:
        return _WITHIN.sub(r"『\1』", str(converter.convert(text)).translate(_QUOTES))

    return convert


class Traditional:
    """Makes traditional texts; names come out as their reviewed forms, wherever they stand, and so do some words."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._names: dict[str, str] = {}
        for record in records:
            names = getattr(record, "names", None)
            if isinstance(names, Names) and names.zh_hans and len(names.zh_hans) > 1:
                self._names.setdefault(names.zh_hans, self.name(names, isinstance(record, Person)))
        self._forms = {**_SURE, **self._names}
        by_length = sorted(self._forms, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(_LATER.get(name) or re.escape(name) for name in by_length))

    @staticmethod
    def name(names: Names, person: bool) -> str:
        """The traditional form of a name: the reviewed one, else a converted one that keeps the surname."""
        if names.zh_hant:
            return names.zh_hant
        hans = names.zh_hans or ""
        if person and hans[:1] in _SURNAMES:
            return hans[0] + _converter()(hans[1:])
        return _converter()(hans)

    def text(self, simplified: str) -> str:
        """`simplified` in traditional characters."""
        parts, last = [], 0
        for found in self._pattern.finditer(simplified):
            parts += [_converter()(simplified[last : found.start()]), self._forms[found[0]]]
            last = found.end()
        return "".join([*parts, _converter()(simplified[last:])])

    def fill(self, value: Any, person: bool = False) -> Any:
        """`value` (a record or a part of one) with a traditional form beside every simplified text that has none."""
        if isinstance(value, Localised):
            if value.zh_hans is None or value.zh_hant is not None:
                return value
            return msgspec.structs.replace(value, zh_hant=self.text(value.zh_hans))
        if isinstance(value, tuple):
            return tuple(self.fill(item, person) for item in value)
        if isinstance(value, dict):
            return {key: self.fill(item, person) for key, item in value.items()}
        if not isinstance(value, msgspec.Struct):
            return value
        new = {name: self.fill(old, person) for name in value.__struct_fields__ if (old := getattr(value, name))}
        if isinstance(value, Names) and value.zh_hans:
            new["zh_hant"] = self.name(value, person)
        if isinstance(value, Narrative) and value.zh_hans and not value.zh_hant:
            new["zh_hant"] = self._blocks(value.zh_hans)
        return msgspec.structs.replace(value, **new)

    def _blocks(self, value: Any) -> Any:
        if isinstance(value, Text):
            return Text(self.text(value.text))
        if isinstance(value, tuple):
            return tuple(self._blocks(item) for item in value)
        if not isinstance(value, msgspec.Struct):
            return value
        new = {name: self._blocks(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **new)

    def record(self, record: Record) -> Record:
        """`record` with all its Chinese in both forms."""
        filled: Record = self.fill(record, isinstance(record, Person))
        return filled


def readings(record: Record) -> tuple[Reading, ...]:
    """How the Chinese names and titles of `record` are read: reviewed readings first, then automatic ones.

    A person's surname is given in every reading the character has, because a reader may know another one than we do.
    """
    found: dict[tuple[str, str], Reading] = {}
    names: Names | None = getattr(record, "names", None)
    if names is not None and names.zh_hans and names.pinyin:
        found[names.zh_hans, _bare(names.pinyin)] = Reading(names.zh_hans, names.pinyin, reviewed=True)
    for han, is_name in _chinese(record, names):
        if not any(known == han for known, _ in found):
            _keep(found, Reading(han, " ".join(_syllables(han))))
        if is_name and isinstance(record, Person) and names is not None and han[0] == (names.zh_hans or han)[0]:
            for reading in _other_surnames(han):
                _keep(found, reading)
    return tuple(found.values())


def _chinese(record: Record, names: Names | None) -> Iterator[tuple[str, bool]]:
    """The Chinese names and titles of a record, and whether each is a name."""
    if names is not None:
        candidates = [names.zh_hans, *(other.name for other in names.others), names.display]
        yield from ((text, True) for text in candidates if text and has_han(text))
    if record.title.zh_hans and (names is None or record.title.zh_hans != names.zh_hans):
        yield record.title.zh_hans, False
    if isinstance(record, Document) and record.original_title and has_han(record.original_title):
        yield record.original_title, False


def _keep(found: dict[tuple[str, str], Reading], reading: Reading) -> None:
    found.setdefault((reading.han, _bare(reading.pinyin)), reading)


def _bare(pinyin: str) -> str:
    """Pinyin without spaces and case, to tell whether two readings are one; tones count."""
    return re.sub(r"[\s'’-]", "", unicodedata.normalize("NFC", pinyin)).casefold()


def _syllables(text: str) -> list[str]:
    """The syllables of `text` with tone marks; other words stay as they are."""
    from pypinyin import Style, lazy_pinyin

    def others(run: str) -> Any:
        return _WORDS.findall(run.lower()) or None

    return [part for part in lazy_pinyin(text, style=Style.TONE, errors=others) if part]


def _other_surnames(han: str) -> Iterator[Reading]:
    from pypinyin import Style, pinyin

    if not HAN.match(han) or not 2 <= len(han) <= 4 or han[:2] in _COMPOUND or not all(map(HAN.match, han)):
        return
    given = _syllables(han)[1:]
    for surname in pinyin(han[0], style=Style.TONE, heteronym=True)[0][:_MOST_READINGS]:
        yield Reading(han, " ".join([surname, *given]))
