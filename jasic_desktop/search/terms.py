"""A record as terms of the index, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jasic_desktop.core.folding import fold
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Record
from jasic_desktop.search.analysis import Token, Tokens, has_han, key
from jasic_desktop.search.fields import Field
from jasic_desktop.search.pinyin import Spoken, spoken
from jasic_desktop.search.texts import asides, names_of, passages, related

TitleOf = Callable[[str], Localised]
Stem = Callable[[str], str]
"""The stem of a folded English word."""

_GAP = 10
"""Positions between two texts of a field, so that no phrase reaches from one into the next."""

Terms = dict[Field, Tokens]


def terms_of(record: Record, title_of: TitleOf) -> Terms:
    """Every term of `record` by field, with its position (0 where positions do not count).

    `title_of` gives the title of another record by id.
    """
    names, chinese = _names(record)
    others = _others(record)
    texts = _distinct([*(passage.text for passage in passages(record)), *asides(record)])
    reviewed, automatic = _readings(record, reviewed=True), _readings(record, reviewed=False)
    terms: Terms = {
        Field.TITLE: _written(names),
        Field.NAME_ZH: _written(chinese),
        Field.OTHER: _written(others),
        Field.PINYIN: _said(reviewed),
        Field.PINYIN_AUTO: _said(automatic),
        Field.TEXT: _written(texts),
        Field.RELATED: _written(_distinct(_all_names(title_of(id_) for id_ in related(record)))),
        Field.KEY_NAME: _keys([*names, *chinese]),
        Field.KEY_OTHER: _keys(others),
        Field.KEY_PINYIN: Tokens.at_once([reading.joined for reading in reviewed]),
        Field.KEY_AUTO: Tokens.at_once([reading.joined for reading in automatic]),
        Field.KEY_ID: Tokens.at_once([record.id, *record.aliases]),
    }
    if names_of(record):
        initials = [reading.initials for reading in reviewed if len(reading.syllables) > 1]
        terms[Field.INITIALS] = Tokens.at_once(initials)
    if isinstance(record, Document):
        publisher = [record.publisher_in(language) for language in LANGUAGES]
        terms[Field.KEY_SOURCE] = _keys(list(dict.fromkeys(text for text in (*publisher, record.voice) if text)))
    return {field: found for field, found in terms.items() if found.texts}


def _readings(record: Record, *, reviewed: bool) -> list[Spoken]:
    said = [spoken(reading.pinyin) for reading in record.readings if reading.reviewed == reviewed]
    return [reading for reading in said if reading.words]


def _all_names(texts: Iterable[Localised]) -> list[str]:
    return [text for localised in texts for _, text in localised.items()]


def _names(record: Record) -> tuple[list[str], list[str]]:
    """Titles and names as displayed, and names in Chinese; a title in Chinese of what has no name is a title."""
    titles = [text for _, text in record.title.items()]
    if isinstance(record, Document) and record.original_title:
        titles.append(record.original_title)
    if isinstance(record, Event) and record.short is not None:
        titles += (text for _, text in record.short.items())
    names = names_of(record)
    if names is None:
        return _distinct(titles), []
    every = [*titles, names.display, *(name for name in (names.zh_hans, names.zh_hant) if name)]
    return _distinct(t for t in every if not has_han(t)), _distinct(t for t in every if has_han(t))


def _others(record: Record) -> list[str]:
    names = names_of(record)
    others = [other.name for other in names.others] if names else []
    if names and record.short is not None:
        others += (text for _, text in record.short.items())
    return _distinct(others)


def _distinct(texts: Iterable[str]) -> list[str]:
    """`texts` folded, each once: most traditional forms fold to what was there before."""
    return list(dict.fromkeys(map(fold, reversed(list(texts)))))[::-1]


def _written(folded: Iterable[str]) -> Tokens:
    found = Tokens()
    for text in folded:
        found.add_folded(text, found.positions[-1] + _GAP if found.positions else 0)
    return found


def _said(readings: Iterable[Spoken]) -> Tokens:
    """The tokens of readings: each syllable as it may be typed; each word, and the whole, joined."""
    found: list[Token] = []
    at = 0
    for reading in readings:
        if len(reading.syllables) > 1:
            found.append(Token(reading.joined, at))
        for word in reading.words:
            if 1 < len(word) < len(reading.syllables):
                found.append(Token("".join(syllable.plain for syllable in word), at))
            for syllable in word:
                found.extend(Token(spelling, at) for spelling in syllable.spellings)
                at += 1
        at += _GAP
    return Tokens.of(found)


def _keys(texts: Iterable[str]) -> Tokens:
    return Tokens.at_once([found for text in texts if (found := key(text))])


def stemmable(word: str) -> bool:
    """Whether a folded word can be English and long enough to have a stem."""
    return len(word) > 2 and word.isascii() and word.isalpha()
