"""Every text of a record that a reader may see, to look at or to change, in one place so that none is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import msgspec

from jasic_desktop.core import blocks
from jasic_desktop.core.dates import Date
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Byline, Document, Names, OtherName, Reading

T = TypeVar("T")
Change = Callable[[str, Language | None], str]
"""From a text and its language (None where it may be in any) to what stands in its place."""

_PLAIN: Final[dict[type, tuple[str, ...]]] = {
    Document: ("authors", "publisher", "original_title", "url"),
    Byline: ("name",),
    OtherName: ("name",),
    Reading: ("han", "pinyin"),
    blocks.CitedSource: ("locator",),
}
_BY_LANGUAGE: Final[dict[type, dict[str, Language]]] = {
    Localised: {"en": "en", "zh_hans": "zh-Hans", "zh_hant": "zh-Hant"},
    Names: {"display": "en", "zh_hans": "zh-Hans", "zh_hant": "zh-Hant", "pinyin": "en"},
}


def map_texts(value: T, change: Change) -> T:
    """`value` (a record or a part of one) with every text put through `change`; the same object if nothing changed.

    Ids, keys and dates are not texts. Running text is given piece by piece, as its blocks hold it.
    """
    result: T = _map(value, change, None)
    return result


def _map(value: Any, change: Change, language: Language | None) -> Any:
    if isinstance(value, tuple):
        items = tuple(_map(item, change, language) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if not isinstance(value, msgspec.Struct) or isinstance(value, Date):
        return value
    if isinstance(value, blocks.Text):
        return _replaced(value, {"text": change(value.text, language)})
    new: dict[str, Any] = {}
    for name in value.__struct_fields__:
        old = getattr(value, name)
        if old is None or old == ():
            continue
        spoken = _BY_LANGUAGE.get(type(value), {}).get(name)
        if spoken is not None:
            new[name] = change(old, spoken)
        elif name in _PLAIN.get(type(value), ()):
            new[name] = tuple(change(item, None) for item in old) if isinstance(old, tuple) else change(old, None)
        else:
            new[name] = _map(old, change, _narrative_language(value, name) or language)
    return _replaced(value, new)


def _replaced(value: msgspec.Struct, new: dict[str, Any]) -> Any:
    changed = {name: item for name, item in new.items() if item != getattr(value, name)}
    return msgspec.structs.replace(value, **changed) if changed else value


def _narrative_language(value: object, field: str) -> Language | None:
    if not isinstance(value, blocks.Narrative):
        return None
    return next(language for language in LANGUAGES if language.replace("-", "_").lower() == field)


def iter_texts(value: object) -> Iterator[tuple[str, str, Language | None]]:
    """Every text of `value` with its field, such as `statements[0].text`, and its language."""
    yield from _iter(value, "", None)


def _iter(value: Any, field: str, language: Language | None) -> Iterator[tuple[str, str, Language | None]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _iter(item, f"{field}[{index}]", language)
    elif isinstance(value, blocks.Text):
        yield field, value.text, language
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Date):
        for name in value.__struct_fields__:
            old = getattr(value, name)
            where = field if isinstance(value, Localised) else f"{field}.{name}".lstrip(".")
            spoken = _BY_LANGUAGE.get(type(value), {}).get(name)
            if old is None:
                continue
            if spoken is not None:
                yield where, old, spoken
            elif name in _PLAIN.get(type(value), ()):
                for item in old if isinstance(old, tuple) else (old,):
                    yield where, item, None
            else:
                yield from _iter(old, where, _narrative_language(value, name) or language)
