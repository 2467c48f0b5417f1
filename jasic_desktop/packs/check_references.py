"""Rules on what records say of one another: no dangling id, no orphan, no circle, topics that carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from jasic_desktop.core.records import Document, Event, Record
from jasic_desktop.packs.references import references
from jasic_desktop.packs.source import Loaded

_CARRIERS_OF_A_TOPIC: Final = 2


def examine(loaded: Loaded) -> None:
    """Add what is wrong with references, aliases and topics."""
    _aliases(loaded)
    _withdrawn(loaded)
    mentioned: set[str] = set()
    carriers: Counter[str] = Counter()
    for file, record in loaded.written:
        seen: set[str] = set()
        for reference in references(record):
            found = loaded.declared.get(reference.target)
            if found is None:
                loaded.problems.add(file, reference.field, "dangling", id=reference.target)
            elif reference.wanted is not None and found != reference.wanted:
                loaded.problems.add(
                    file, reference.field, "wrong_reference", id=reference.target, type=found, wanted=reference.wanted
                )
            if reference.target == record.id and not isinstance(record, Document):
                loaded.problems.add(file, reference.field, "names_itself", id=record.id)
            if reference.target != record.id:
                seen.add(reference.target)
        mentioned |= seen
        carriers.update(target for target in seen if loaded.declared.get(target) == "topic")
        _twice(file, record, loaded)
    for file, record in loaded.written:
        if record.type == "topic" and carriers[record.id] < _CARRIERS_OF_A_TOPIC:
            loaded.problems.add(file, "", "topic_not_carried", count=carriers[record.id])
        elif record.id not in mentioned and not _leads_on(record):
            loaded.problems.add(file, "", "orphan", "warning")
    for field in ("parent", "broader"):
        _circles(loaded, field)


def _leads_on(record: Record) -> bool:
    """Whether a record names another one, its sources apart."""
    return any(
        reference.wanted != "document" and reference.target != record.id for reference in references(record)
    ) or (isinstance(record, Document) and any(reference.target != record.id for reference in references(record)))


def _aliases(loaded: Loaded) -> None:
    owners: dict[str, str] = {}
    for file, record in loaded.written:
        for index, alias in enumerate(record.aliases):
            if alias in loaded.declared:
                loaded.problems.add(file, f"aliases[{index}]", "alias_is_id", alias=alias)
            elif owners.setdefault(alias, record.id) != record.id:
                loaded.problems.add(file, f"aliases[{index}]", "alias_twice", alias=alias, id=owners[alias])


def _withdrawn(loaded: Loaded) -> None:
    """What was withdrawn is neither there nor the old id of what is."""
    old = {alias for _, record in loaded.written for alias in record.aliases}
    for withdrawn in loaded.archive.withdrawn if loaded.archive is not None else ():
        if withdrawn in loaded.declared or withdrawn in old:
            loaded.problems.add("archive.toml", f"withdrawn.{withdrawn}", "withdrawn_is_here", id=withdrawn)


def _twice(file: str, record: Record, loaded: Loaded) -> None:
    """The same thing named twice in one list or linked twice for one reason."""
    lists: dict[str, tuple[str, ...]] = {f"statements[{n}].sources": s.sources for n, s in enumerate(record.statements)}
    if isinstance(record, Event):
        lists |= {name: getattr(record, name) for name in ("places", "people", "organisations", "topics")}
    if isinstance(record, Document):
        lists |= {name: getattr(record, name) for name in ("about", "topics", "authors")}
    for field, ids in lists.items():
        for target, times in Counter(ids).items():
            if times > 1:
                loaded.problems.add(file, field, "named_twice", "warning", id=target)
    links = Counter((link.to, link.reason) for link in record.links)
    for index, link in enumerate(record.links):
        if links[link.to, link.reason] > 1:
            loaded.problems.add(file, f"links[{index}]", "named_twice", "warning", id=link.to)


def _circles(loaded: Loaded, field: str) -> None:
    above = {record.id: getattr(record, field, None) for _, record in loaded.written}
    files = {record.id: file for file, record in loaded.written}
    reported: dict[str, set[str]] = defaultdict(set)
    for start in above:
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in path:
            path.append(here)
            here = above.get(here)
        if here is not None:
            circle = path[path.index(here) :]
            first = min(circle)
            if len(circle) > 1 and first not in reported[field]:
                reported[field].add(first)
                loaded.problems.add(files[first], field, "circle", path=" → ".join([*circle, here]))
