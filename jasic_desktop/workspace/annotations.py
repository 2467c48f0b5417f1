"""A workspace as W3C Web Annotations in JSON-LD, for other programs; and back, without loss where it is our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.workspace.anchors import CONTEXT
from jasic_desktop.workspace.items import Anchor, Collection, Entry, Item, Note, Selected

CONTEXT_ADDRESS: Final = "http://www.w3.org/ns/anno.jsonld"
_OURS: Final = "urn:jasic-desktop:"
_ITEM: Final = "jasic:item"
_ALSO: Final = "jasic:also"
_TARGET: Final = re.compile(
    r"([a-z0-9-]{1,100}):(?:[a-z]+/)?([a-z0-9]+(?:-[a-z0-9]+)*)(?:@([0-9.]{1,60}))?(?:#([a-z0-9-]{1,40}))?"
)
_EPOCH: Final = "1970-01-01T00:00:00Z"


def to_annotations(items: Iterable[Item]) -> bytes:
    """All `items` as one annotation page: notes, ticked records and entries as annotations, the rest beside them.

    Each carries what it is here as well, so that reading it back gives the same.
    """
    told = list(items)
    names = {item.id: item.name for item in told if isinstance(item, Collection)}
    page = {
        "@context": [CONTEXT_ADDRESS, {"jasic": _OURS}],
        "id": f"{_OURS}workspace",
        "type": "AnnotationPage",
        "items": [_annotation(item, names) for item in told if isinstance(item, Note | Entry | Selected)],
        _ALSO: [msgspec.to_builtins(item) for item in told if not isinstance(item, Note | Entry | Selected)],
    }
    return msgspec.json.format(msgspec.json.encode(page), indent=2) + b"\n"


def from_annotations(data: bytes, path: object) -> tuple[list[Item], int]:
    """The items of an annotation page, collection, array or single annotation, and how many could not be taken.

    An annotation of another program is taken for a note where its target is a record of an archive such as ours.
    Raises DamagedFault where it is no JSON-LD of annotations, or what it says of itself does not hold.
    """
    try:
        document = msgspec.json.decode(data)
        found = list(_annotations(document))
        items = [msgspec.convert(one, Item) for one in _also(document)]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError, TypeError) as error:
        raise DamagedFault("workspace.bad_annotations", path=path, reason=error) from error
    skipped = 0
    for one in found:
        item = _item(one)
        if item is None:
            skipped += 1
        else:
            items.append(item)
    return items, skipped


def _annotation(item: Note | Entry | Selected, names: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "Annotation"}
    bodies: list[dict[str, str]] = []
    if isinstance(item, Selected):
        told |= {"id": f"{_OURS}selected:{item.archive}:{item.record}", "motivation": "bookmarking"}
        told["target"] = f"{item.archive}:{item.record}"
    else:
        told |= {"id": f"urn:uuid:{item.id}", "created": item.created, "modified": item.modified}
        text = item.text if isinstance(item, Note) else item.note
        if text:
            bodies.append({"type": "TextualBody", "value": text, "format": "text/plain", "purpose": "commenting"})
        if isinstance(item, Note):
            told["motivation"] = "highlighting" if item.anchor is not None and not text else "commenting"
            told["target"] = _target(item)
        else:
            name = names.get(item.collection, "")
            bodies.append({"type": "TextualBody", "value": name, "format": "text/plain", "purpose": "tagging"})
            told |= {"motivation": "bookmarking", "target": f"{item.archive}:{item.record}"}
    if bodies:
        told["body"] = bodies
    return {**told, _ITEM: msgspec.to_builtins(item)}


def _target(note: Note) -> Any:
    source = f"{note.archive}:{note.record}" + (f"@{note.version}" if note.version else "")
    anchor = note.anchor
    if anchor is None:
        return source
    quote = {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    position = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
    return {"source": f"{source}#{anchor.field}", "language": anchor.language, "selector": [quote, position]}


def _annotations(document: Any) -> Iterable[dict[str, Any]]:
    found: Any
    if isinstance(document, list):
        found = document
    elif isinstance(document, dict) and document.get("type") == "Annotation":
        found = [document]
    elif isinstance(document, dict) and document.get("type") in ("AnnotationPage", "AnnotationCollection"):
        first = document.get("first")
        inner = first.get("items") if isinstance(first, dict) else None
        found = document.get("items", inner if inner is not None else [])
    else:
        raise ValueError("no annotations")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError("no list of annotations")
    return found


def _also(document: Any) -> list[Any]:
    also = document.get(_ALSO, []) if isinstance(document, dict) else []
    return also if isinstance(also, list) else []


def _item(annotation: dict[str, Any]) -> Item | None:
    """What an annotation is here; None where it is about nothing of an archive such as ours."""
    try:
        if _ITEM in annotation:
            own: Item = msgspec.convert(annotation[_ITEM], Item)
            return own
        return _foreign(annotation)
    except (msgspec.ValidationError, ValueError, TypeError, AttributeError, KeyError):
        return None


def _foreign(annotation: dict[str, Any]) -> Note | None:
    target = annotation.get("target")
    source = target.get("source") if isinstance(target, dict) else target
    match = _TARGET.fullmatch(source) if isinstance(source, str) else None
    if match is None:
        return None
    archive, record, version, field = match.groups()
    identity = str(annotation.get("id", ""))
    uuid = identity.removeprefix("urn:uuid:").lower()
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uuid):
        uuid = str(uuid5(NAMESPACE_URL, identity or msgspec.json.encode(annotation).decode()))
    created = _instant(annotation.get("created"))
    values = {
        "kind": Note.table,
        "id": uuid,
        "created": created,
        "modified": _instant(annotation.get("modified"), created),
        "archive": archive,
        "version": version or "",
        "record": record,
        "text": _text(annotation.get("body")),
        "anchor": _anchor(target, field),
    }
    return msgspec.convert(values, Note)


def _text(body: Any) -> str:
    bodies = body if isinstance(body, list) else [body]
    texts = [one if isinstance(one, str) else one.get("value", "") for one in bodies if isinstance(one, str | dict)]
    return "\n".join(text for text in texts if isinstance(text, str))


def _anchor(target: Any, field: str | None) -> dict[str, Any] | None:
    selectors = target.get("selector") if isinstance(target, dict) else None
    selectors = selectors if isinstance(selectors, list) else [selectors]
    by_type = {one.get("type"): one for one in selectors if isinstance(one, dict)}
    quote = by_type.get("TextQuoteSelector")
    if quote is None:
        return None
    position = by_type.get("TextPositionSelector", {})
    anchor = {
        "field": field or "text",
        "language": target.get("language", "en"),
        "start": position.get("start", 0),
        "end": position.get("end", 0),
        "exact": quote["exact"],
        "prefix": str(quote.get("prefix", ""))[-CONTEXT:],
        "suffix": str(quote.get("suffix", ""))[:CONTEXT],
    }
    msgspec.convert(anchor, Anchor)
    return anchor


def _instant(value: Any, default: str = _EPOCH) -> str:
    """A moment as items have it, of one that another program wrote."""
    match = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", value) if isinstance(value, str) else None
    return f"{match[1]}Z" if match is not None else default
