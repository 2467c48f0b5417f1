"""Rules on names: complete, read aloud by a person's reading, and spelled alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from jasic_desktop.core.clean import has_han
from jasic_desktop.core.folding import fold
from jasic_desktop.core.records import Names, Organisation, Person
from jasic_desktop.packs.redact import remains, withheld
from jasic_desktop.packs.source import Loaded
from jasic_desktop.packs.texts import iter_texts

_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PLACES_TO_LOOK: Final = ("summary", "statements", "accounts", "narrative", "scope_note", "abstract", "note")
_LONGEST_NAME: Final = 4


def examine(loaded: Loaded) -> None:
    """Add names that are not complete, spellings that differ, and ids that give a withheld name away."""
    for file, record in loaded.written:
        names: Names | None = getattr(record, "names", None)
        if names is not None:
            _complete(loaded, file, names, isinstance(record, Person), record.display == "full")
        for field, text, language in iter_texts(record):
            if language == "en" and has_han(text) and not _has_latin(text):
                loaded.problems.add(file, field, "chinese_as_english", "warning", text=text[:40])
    _spellings(loaded)
    names_out = withheld(record for _, record in loaded.written)
    files = {record.id: file for file, record in loaded.written}
    for whose, where, field in remains((record for _, record in loaded.written), names_out):
        if field in ("id", "aliases"):
            loaded.problems.add(files[where], field, "id_gives_away", id=whose)


def _has_latin(text: str) -> bool:
    return re.search("[A-Za-z]{2}", text) is not None


def _complete(loaded: Loaded, file: str, names: Names, person: bool, shown: bool) -> None:
    for field, text in (("names.zh-Hans", names.zh_hans), ("names.zh-Hant", names.zh_hant)):
        if text is not None and not has_han(text):
            loaded.problems.add(file, field, "name_not_chinese", name=text)
    if names.zh_hant is not None and names.zh_hans is None:
        loaded.problems.add(file, "names.zh-Hans", "missing_simplified", name=names.zh_hant)
    if names.zh_hans is not None and names.pinyin is None and shown:
        loaded.problems.add(file, "names.pinyin", "no_pinyin", "error" if person else "warning", name=names.zh_hans)
    if names.pinyin is not None:
        if names.zh_hans is None:
            loaded.problems.add(file, "names.pinyin", "pinyin_alone", pinyin=names.pinyin)
        if names.pinyin.isascii() and person:
            loaded.problems.add(file, "names.pinyin", "pinyin_without_tones", "warning", pinyin=names.pinyin)


def _spellings(loaded: Loaded) -> None:
    """Find in the running text what folds to a known name but is written in another way."""
    known: dict[str, set[str]] = {}
    for _, record in loaded.written:
        names: Names | None = getattr(record, "names", None)
        if names is not None and isinstance(record, Person | Organisation):
            for name in (names.display, names.pinyin, *(other.name for other in names.others)):
                for written, key in _windows(name or ""):
                    if len(_WORDS.findall(written)) == len(_WORDS.findall(name or "")) > 1:
                        known.setdefault(key, set()).add(written)
    for file, record in loaded.written:
        for field, text, language in iter_texts(record):
            if language == "en" and field.startswith(_PLACES_TO_LOOK):
                for written, key in _windows(text):
                    if key in known and written not in known[key]:
                        shown = min(known[key])
                        loaded.problems.add(file, field, "name_spelled", "warning", written=written, name=shown)


def _windows(text: str) -> Iterator[tuple[str, str]]:
    """The runs of one to four words that begin with a capital, as written and as compared."""
    words = list(_WORDS.finditer(text))
    for start, first in enumerate(words):
        if not first[0][0].isupper():
            continue
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            run = words[start:end]
            gaps = (text[a.end() : b.start()] for a, b in pairwise(run))
            if any(len(gap) > 1 or gap not in " -" for gap in gaps):
                break
            yield text[first.start() : run[-1].end()], fold("".join(word[0] for word in run))
