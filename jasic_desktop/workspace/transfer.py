"""A workspace as JSON Lines, one thing a line, to be read without this program; and back, merged with what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.core.folding import fold
from jasic_desktop.workspace.database import Database, Edit
from jasic_desktop.workspace.items import KINDS, Collection, Entry, Item, Selected, Visit

FORMAT: Final = 1
_HEAD: Final = {"jasic-desktop": "workspace", "format": FORMAT}
_ITEM: Final = msgspec.json.Decoder(Item)


class Merged(NamedTuple):
    """What an import did: how many things came new, how many were changed, how many were there or newer already.

    `skipped` are those that could not be taken, such as annotations of another archive program.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0


def everything(database: Database) -> list[Item]:
    """All there is, the trash included, in the order in which it was made. Raises DamagedFault."""
    return [item for kind in KINDS for item in database.items(kind)]


def lines(items: Iterable[Item]) -> Iterator[bytes]:
    """The lines that hold `items`, each with its end, after one that says what they are."""
    yield msgspec.json.encode(_HEAD) + b"\n"
    for item in items:
        yield msgspec.json.encode(item) + b"\n"


def read_lines(data: bytes, path: object) -> list[Item]:
    """The items of `data`; `path` is where it came from. Raises DamagedFault with the number of a bad line."""
    items: list[Item] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            if number == 1 and b'"jasic-desktop"' in line:
                _check_head(line)
            else:
                items.append(_ITEM.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DamagedFault("workspace.bad_line", path=path, line=number, reason=error) from error
    return items


def merge(database: Database, items: Iterable[Item], path: object) -> Merged:
    """Take `items` into a workspace in one edit. Of two states of one thing, the one that was changed later stays.

    Raises DamagedFault where one names what is not there, and the faults of an edit; nothing is taken in then.
    """
    new = list(items)
    there = {_key(item): item for item in everything(database)}
    _check_entries(new, there, path)
    counts = {"added": 0, "changed": 0, "same": 0}
    with database.edit() as edit:
        taken: list[Item] = []
        for item in new:
            before = there.get(_key(item))
            if before is None:
                counts["added"] += 1
            elif before == item or not _is_later(item, before):
                counts["same"] += 1
                continue
            else:
                counts["changed"] += 1
            there[_key(item)] = item
            taken.append(item)
        _put(edit, _named_apart(taken, there))
    return Merged(**counts)


def _put(edit: Edit, items: list[Item]) -> None:
    for kind in KINDS:
        edit.put(item for item in items if type(item) is kind)


def _key(item: Item) -> tuple[object, ...]:
    return (item.table, *(getattr(item, name) for name in item.key))


def _is_later(item: Item, before: Item) -> bool:
    if isinstance(item, Selected):
        return False
    if isinstance(item, Visit):
        return item.seen > before.seen if isinstance(before, Visit) else True
    return str(getattr(item, "modified", "")) > str(getattr(before, "modified", ""))


def _named_apart(items: list[Item], there: dict[tuple[object, ...], Item]) -> list[Item]:
    """The items, with a number after the name of each collection that two would have."""
    ids = {item.id for item in items if isinstance(item, Collection)}
    live = (one for one in there.values() if isinstance(one, Collection) and one.deleted is None)
    names = {fold(one.name) for one in live if one.id not in ids}
    told: list[Item] = []
    for item in items:
        if isinstance(item, Collection) and item.deleted is None:
            name, number = item.name, 2
            while fold(name) in names:
                name, number = f"{item.name[:190]} ({number})", number + 1
            names.add(fold(name))
            item = msgspec.structs.replace(item, name=name)
        told.append(item)
    return told


def _check_head(line: bytes) -> None:
    head = msgspec.json.decode(line, type=dict[str, object])
    if head.get("jasic-desktop") != "workspace" or head.get("format") != FORMAT:
        raise msgspec.ValidationError(f"not a workspace of format {FORMAT}")


def _check_entries(items: list[Item], there: dict[tuple[object, ...], Item], path: object) -> None:
    known = {key[1] for key in there if key[0] == Collection.table}
    known |= {item.id for item in items if isinstance(item, Collection)}
    for number, item in enumerate(items, start=2):
        if isinstance(item, Entry) and item.collection not in known:
            reason = f"collection {item.collection}"
            raise DamagedFault("workspace.bad_line", path=path, line=number, reason=reason)
