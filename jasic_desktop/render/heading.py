"""What stands at the top of a page under the title: names in the other scripts, and type, kind, date and place."""

from __future__ import annotations

from collections.abc import Iterator

from jasic_desktop.core.blocks import InLanguage, Text
from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.packs.store import Store
from jasic_desktop.render.wording import Inlines, Words


def subtitle(record: Record, words: Words) -> Inlines:
    """The names that the title is not: Chinese with its reviewed reading, the other Chinese form, English."""
    return words.join("dot", ((inline,) for inline in _names(record, words)))


def _names(record: Record, words: Words) -> Iterator[InLanguage]:
    shown, _ = record.title.pick(words.language)
    names = record.names if isinstance(record, Person | Organisation | Place | Topic) else None
    forms: list[tuple[str | None, Language]] = [
        (names.zh_hans if names and names.zh_hans else record.title.zh_hans, "zh-Hans"),
        (names.zh_hant if names and names.zh_hant else record.title.zh_hant, "zh-Hant"),
        (names.display if names else record.title.en, "en"),
    ]
    if words.language == "zh-Hant":
        forms[0], forms[1] = forms[1], forms[0]
    seen = {shown}
    for text, language in forms:
        if text is not None and text not in seen:
            seen.add(text)
            yield InLanguage(language, (Text(text),))
        if language == forms[1][1] and names and names.pinyin:
            yield InLanguage("zh-Latn-pinyin", (Text(names.pinyin),))


def heading_line(store: Store, record: Record, words: Words) -> Inlines:
    """Type, kind, and what places the record: roles, date and place, publisher and date."""
    parts: list[Inlines] = [(Text(words.say(f"type.{record.type}")),)]
    kind = store.archive.kinds.get(record.type, {}).get(record.kind)
    described = [words.bare(kind.label) if kind else (Text(record.kind),)]
    if isinstance(record, Person):
        roles = [words.bare(role.label) for key in record.roles if (role := store.archive.roles.get(key))]
        described = roles if described[0] in roles else [*described, *roles]
    if described != parts:
        parts.append(words.join("list", described))
    if isinstance(record, Document) and (publisher := record.publisher_in(words.language)):
        parts.append((Text(publisher),))
    if isinstance(record, Event | Document) and record.date:
        parts.append((Text(record.date.phrase.show(words.language)),))
    if isinstance(record, Event) and record.places:
        parts.append(words.links(store, record.places))
    if isinstance(record, Place | Organisation) and record.parent:
        parts.append(words.link(store, record.parent))
    mark = words.mark(record.title)
    return (*words.join("dot", parts), *mark)
