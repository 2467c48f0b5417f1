"""The order of titles, alphabetical in English and by reading in Chinese: made with the index, read when asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.core.folding import fold
from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Record
from jasic_desktop.search.analysis import runs
from jasic_desktop.search.arrays import ArrayFile, fitting, write_arrays
from jasic_desktop.search.pinyin import sounds, spoken
from jasic_desktop.search.wordlist import Numbers

FILE: Final = "title-order"
_BETWEEN: Final = "\0"
"""Between the words of a title, which are compared word by word."""


class OrderWriter:
    """Takes the records in the order of the store; `write` writes for each language the rank of each by title."""

    def __init__(self) -> None:
        self._english: list[str] = []
        self._chinese: list[str] = []

    def take(self, record: Record) -> None:
        """Take the next record."""
        self._english.append(_words(record.title.show("en")))
        self._chinese.append(_reading(record))

    def write(self, folder: Path) -> None:
        """Write the order into `folder`. Raises OSError."""
        ranks = {"en": _ranks(self._english), "zh": _ranks(self._chinese)}
        write_arrays(folder / FILE, ranks, {})


def _ranks(keys: list[str]) -> NDArray[Any]:
    ranks = np.empty(len(keys), fitting(len(keys)))
    ranks[np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)] = np.arange(len(keys))
    return ranks


def _words(title: str) -> str:
    """Words without signs; numbers by their value would surprise a librarian: digits sort as digits."""
    return _BETWEEN.join(run.joined for run in runs(title))


def _reading(record: Record) -> str:
    """The title shown to a Chinese reader, syllable by syllable, then by character: homophones stay together."""
    title = record.title.show("zh-Hans")
    reading = next((r for r in record.readings if r.han == title), None)
    said = [s.plain + str(s.tone) for s in spoken(reading.pinyin).syllables] if reading else []
    chars = [char for run in runs(title) if run.han for char in run.text]
    syllables = iter(said if len(said) == len(chars) else [next(iter(sounds(char)), char) for char in chars])
    parts: list[str] = []
    for run in runs(title):
        parts.extend(next(syllables) for _ in run.text) if run.han else parts.append(run.joined)
    return _BETWEEN.join((*parts, fold(title)))


class Ordering:
    """The ranks of the records of one index. Raises DamagedFault."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _file(self) -> ArrayFile:
        return ArrayFile(self._folder / FILE)

    def ranks(self, language: Language) -> Numbers:
        """The rank of each record by the title a reader of `language` sees, by ordinal."""
        return self._file.array("en" if language == "en" else "zh")
