"""Takes withheld names out of every text of an archive, so that a pack never carries them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from jasic_desktop.core.clean import HAN, has_han
from jasic_desktop.core.folding import fold, fold_with_offsets
from jasic_desktop.core.i18n import localised
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Names, Record
from jasic_desktop.packs.texts import iter_texts, map_texts

_WORD: Final = re.compile(r"[^\W_]+")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "the", "of"})


@dataclass(frozen=True)
class Withheld:
    """One name to be taken out: how it may be written (folded), and what stands in its place in each language."""

    record: str
    pattern: re.Pattern[str]
    label: Localised


def withheld(records: Iterable[Record]) -> tuple[Withheld, ...]:
    """What must be taken out of an archive for the records that say `display: initials` or `withheld`."""
    found = []
    for record in records:
        if record.display == "full":
            continue
        written = sorted(
            {form for name in _written(record) for form in _forms(name)}, key=lambda form: (-len(form), form)
        )
        if written:
            found.append(Withheld(record.id, re.compile("|".join(written)), _label(record)))
    return tuple(found)


def _written(record: Record) -> Iterator[str]:
    names: Names | None = getattr(record, "names", None)
    if names is not None:
        yield from (name for name in (names.display, names.zh_hans, names.zh_hant, names.pinyin) if name)
        yield from (other.name for other in names.others)
    yield from (text for _, text in record.title.items())


def _forms(name: str) -> Iterator[str]:
    """Patterns over folded text for one name: Chinese as it is, Latin words in either order, joined or apart."""
    folded = fold(name)
    if has_han(name):
        yield r"[\s·_-]*".join(re.escape(c) for c in folded if not c.isspace())
        return
    words = [word for word in _WORD.findall(folded) if word not in _TITLES]
    if not words:
        return
    for order in {tuple(words), (*words[1:], words[0])}:
        yield r"(?<![a-z0-9])" + r"[\s'’.,_-]*".join(map(re.escape, order)) + r"(?![a-z0-9])"


def _label(record: Record) -> Localised:
    names: Names | None = getattr(record, "names", None)
    plain = localised("packs.name_withheld")
    if record.display == "withheld" or names is None:
        return plain
    initials = " ".join(f"{word[0].upper()}." for word in names.display.replace("-", " ").split() if word[0].isalnum())
    hans = f"{names.zh_hans[0]}某" if names.zh_hans and HAN.match(names.zh_hans) else plain.zh_hans
    hant = f"{names.zh_hant[0]}某" if names.zh_hant else hans
    return Localised(en=initials or plain.en, zh_hans=hans, zh_hant=hant if names.zh_hans else plain.zh_hant)


def redact(records: Sequence[Record], names: Sequence[Withheld]) -> tuple[Record, ...]:
    """`records` without the names; records that do not hold one are the same objects."""
    if not names:
        return tuple(records)
    own = {name.record: name for name in names}
    return tuple(_record(record, own.get(record.id), names) for record in records)


def _record(record: Record, own: Withheld | None, names: Sequence[Withheld]) -> Record:
    if own is not None:
        record = _without_own_names(record, own)
    if isinstance(record, Document) and record.url and any(name.pattern.search(fold(record.url)) for name in names):
        # An address cannot be changed and still lead there.
        record = msgspec.structs.replace(record, url=None)
    return map_texts(record, lambda text, language: _taken_out(text, language, names))


def _without_own_names(record: Record, own: Withheld) -> Record:
    given: Names | None = getattr(record, "names", None)
    languages = {language for language, _ in record.title.items()}
    if given is None:
        return record
    hans = own.label.zh_hans if given.zh_hans else None
    hant = own.label.zh_hant if given.zh_hant else None
    title = Localised(
        en=own.label.en if "en" in languages else None,
        zh_hans=own.label.zh_hans if "zh-Hans" in languages else None,
        zh_hant=own.label.zh_hant if "zh-Hant" in languages else None,
    )
    names = Names(display=own.label.en or "", zh_hans=hans, zh_hant=hant)
    return msgspec.structs.replace(record, title=title, names=names, short=None)


def _taken_out(text: str, language: Language | None, names: Sequence[Withheld]) -> str:
    folded, offsets = fold_with_offsets(text)
    spans: list[tuple[int, int, Localised]] = []
    for name in names:
        found = name.pattern.finditer(folded)
        spans += [(offsets[match.start()], offsets[match.end() - 1] + 1, name.label) for match in found]
    parts, last = [], 0
    for start, end, label in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            parts += [text[last:start], label.show(language or ("zh-Hans" if HAN.match(text[start]) else "en"))]
            last = end
    return "".join([*parts, text[last:]]) if spans else text


def remains(records: Iterable[Record], names: Sequence[Withheld]) -> Iterator[tuple[str, str, str]]:
    """Where a withheld name still stands: the record whose name it is, the record that holds it, the field.

    Ids and addresses count: an id made from a name gives it away.
    """
    for record in records if names else ():
        places = [*((field, text) for field, text, _ in iter_texts(record)), ("id", record.id)]
        places += [("aliases", alias) for alias in record.aliases]
        for field, text in places:
            folded = fold(text)
            for name in names:
                if name.pattern.search(folded):
                    yield name.record, record.id, field
