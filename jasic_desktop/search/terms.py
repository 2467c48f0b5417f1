"""A record as terms of the index, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jasic_desktop.core.folding import fold
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Record
from jasic_desktop.search.analysis import Token, has_han, key, tokens
from jasic_desktop.search.fields import NAMES, START_LENGTH, Field, start_term
from jasic_desktop.search.pinyin import Spoken, spoken
from jasic_desktop.search.texts import asides, names_of, passages, related

TitleOf = Callable[[str], Localised]
Stem = Callable[[str], str]
"""The stem of a folded English word."""

_GAP = 10
"""Positions between two texts of a field, so that no phrase reaches from one into the next."""

Terms = dict[Field, list[Token]]


def terms_of(record: Record, title_of: TitleOf, stem: Stem) -> Terms:
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
        Field.KEY_PINYIN: [Token(reading.joined, 0) for reading in reviewed],
        Field.KEY_AUTO: [Token(reading.joined, 0) for reading in automatic],
        Field.KEY_ID: [Token(id_, 0) for id_ in (record.id, *record.aliases)],
    }
    terms[Field.STEM_TITLE] = list(_stems([*terms[Field.TITLE], *terms[Field.OTHER]], stem))
    terms[Field.STEM_TEXT] = list(_stems(terms[Field.TEXT], stem))
    terms[Field.START] = sorted(
        {
            Token(start_term(field, token.text[:length]), 0)
            for field in NAMES
            for token in terms[field]
            for length in range(1, min(START_LENGTH, len(token.text)) + 1)
        }
    )
    if names_of(record):
        terms[Field.INITIALS] = [Token(reading.initials, 0) for reading in reviewed if len(reading.syllables) > 1]
    if isinstance(record, Document):
        terms[Field.KEY_SOURCE] = _keys([text for text in (record.publisher, record.voice) if text])
    return {field: found for field, found in terms.items() if found}


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
    """`texts` without those that fold to what was there before, as most traditional forms do."""
    return list({fold(text): text for text in reversed(list(texts))}.values())[::-1]


def _written(texts: Iterable[str]) -> list[Token]:
    found: list[Token] = []
    for text in texts:
        found.extend(tokens(text, found[-1].position + _GAP if found else 0))
    return found


def _said(readings: Iterable[Spoken]) -> list[Token]:
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
    return found


def _keys(texts: Iterable[str]) -> list[Token]:
    return [Token(found, 0) for text in texts if (found := key(text))]


def _stems(found: Iterable[Token], stem: Stem) -> Iterator[Token]:
    return (Token(stem(token.text), 0) for token in found if stemmable(token.text))


def stemmable(word: str) -> bool:
    """Whether a folded word can be English and long enough to have a stem."""
    return len(word) > 2 and word.isascii() and word.isalpha()
