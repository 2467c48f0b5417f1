"""The order of titles, alphabetical in English and by reading in Chinese: made with the index, read when asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from jasic_desktop.core.folding import fold
from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Record
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import runs
from jasic_desktop.search.pinyin import sounds, spoken

_FILE: Final = "title-order.json"
_BATCH: Final = 256


def write_order(store: Store, folder: Path) -> None:
    """Write for each language the rank of every record by title, by ordinal."""
    english: list[tuple[object, ...]] = []
    chinese: list[tuple[object, ...]] = []
    for begin in range(0, store.count, _BATCH):
        for record in store.many(store.ids[begin : begin + _BATCH]):
            english.append(_words(record.title.show("en")))
            chinese.append(_reading(record))
    ranks = {"en": _ranks(english), "zh": _ranks(chinese)}
    (folder / _FILE).write_bytes(msgspec.json.encode(ranks))


def _ranks(keys: list[tuple[object, ...]]) -> list[int]:
    ranks = [0] * len(keys)
    for rank, ordinal in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[ordinal] = rank
    return ranks


def _words(title: str) -> tuple[object, ...]:
    """Words without signs; numbers by their value would surprise a librarian: digits sort as digits."""
    return tuple(run.joined for run in runs(title))


def _reading(record: Record) -> tuple[object, ...]:
    """The title shown to a Chinese reader, syllable by syllable, then by character: homophones stay together."""
    title = record.title.show("zh-Hans")
    reading = next((r for r in record.readings if r.han == title), None)
    said = [s.plain + str(s.tone) for s in spoken(reading.pinyin).syllables] if reading else []
    chars = [char for run in runs(title) if run.han for char in run.text]
    syllables = iter(said if len(said) == len(chars) else [next(iter(sounds(char)), char) for char in chars])
    parts: list[str] = []
    for run in runs(title):
        parts.extend(next(syllables) for _ in run.text) if run.han else parts.append(run.joined)
    return (*parts, fold(title))


class Ordering:
    """The ranks of the records of one index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _ranks(self) -> dict[str, list[int]]:
        return msgspec.json.decode((self._folder / _FILE).read_bytes(), type=dict[str, list[int]])

    def ranks(self, language: Language) -> list[int]:
        """The rank of each record by the title a reader of `language` sees, by ordinal."""
        return self._ranks["en" if language == "en" else "zh"]
