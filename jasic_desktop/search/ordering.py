"""The order of titles, alphabetical in English and by reading in Chinese: made with the index, read when asked for."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
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
_HELD: Final = 50_000
"""Titles held in memory before they are sorted and written out."""

_Row = tuple[str, int]
"""What a title is sorted by, and the ordinal of its record."""
_ROW: Final = msgspec.json.Decoder(_Row)


class OrderWriter:
    """Takes records; `write` writes for each language the rank of each by title.

    Titles are sorted by and by, and kept in `folder` meanwhile, in files whose names begin with `name`.
    """

    def __init__(self, folder: Path, name: str = "", held: int = _HELD) -> None:
        self._folder = folder
        self._name = name
        self._most = held
        self._rows: dict[str, list[_Row]] = {"en": [], "zh": []}
        self._runs: list[str] = []
        self._own = 0

    def take(self, ordinal: int, record: Record) -> None:
        """Take a record. Raises OSError."""
        self._rows["en"].append((_words(record.title.show("en")), ordinal))
        self._rows["zh"].append((_reading(record), ordinal))
        if len(self._rows["en"]) >= self._most:
            self._save()

    def hand_over(self) -> list[str]:
        """The names of its runs, for `adopt` of another in the same folder; this begins anew. Raises OSError."""
        self._save()
        runs, self._runs = self._runs, []
        return runs

    def adopt(self, runs: Sequence[str]) -> None:
        """Take the runs of another."""
        self._runs.extend(runs)

    def _save(self) -> None:
        if not self._rows["en"]:
            return
        run = f"{self._name}{self._own}"
        self._own += 1
        for language, rows in self._rows.items():
            rows.sort()
            with self._path(run, language).open("xb") as file:
                file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
            rows.clear()
        self._runs.append(run)

    def _path(self, run: str, language: str) -> Path:
        return self._folder / f"{run}.{language}.titles"

    def write(self, folder: Path, count: int) -> None:
        """Write the order of all, which are `count`, into `folder`. Raises OSError."""
        ranks: dict[str, NDArray[Any]] = {}
        for language, rows in self._rows.items():
            rows.sort()
            own = np.empty(count, fitting(count))
            with ExitStack() as files:
                runs = [files.enter_context(self._path(run, language).open("rb")) for run in self._runs]
                for rank, (_, ordinal) in enumerate(heapq.merge(rows, *map(_read, runs))):
                    own[ordinal] = rank
            ranks[language] = own
        write_arrays(folder / FILE, ranks, {})


def _read(file: BinaryIO) -> Iterator[_Row]:
    return map(_ROW.decode, file)


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
