"""`collection …`: records put together under a name, in an order, with notes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.cli.filters import answer_ids
from jasic_desktop.core.errors import ExitCode, NotFoundFault, UsageFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.workspace.collections import Member
    from jasic_desktop.workspace.items import Collection, Entry

_NEEDS_RECORDS: Final = ("create", "add")


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of one `collection` command."""
    verb = _verb(str(parser.get_default("command")))
    if verb == "list":
        return
    parser.add_argument("name", metavar="NAME", help=words("collection"))
    if verb in _NEEDS_RECORDS:
        parser.add_argument("ids", metavar="ID", nargs="*", help=words("ids"))
        parser.add_argument("--query", metavar="QUERY", help=words("query"))
        parser.add_argument("--selection", action="store_true", help=words("from_selection"))
    elif verb == "remove":
        parser.add_argument("ids", metavar="ID", nargs="+", help=words("ids"))
    elif verb == "rename":
        parser.add_argument("new_name", metavar="NEW-NAME", help=words("new_name"))
    elif verb in ("move", "note"):
        parser.add_argument("id", metavar="ID", help=words("record_id"))
        if verb == "move":
            parser.add_argument("place", metavar="PLACE", type=int, help=words("place"))
        else:
            parser.add_argument("text", metavar="TEXT", help=words("note_text"))


def run(session: Session) -> ExitCode:
    """Do one `collection` command."""
    actions = {
        "list": _list,
        "create": _create,
        "add": _add,
        "remove": _remove,
        "show": _show,
        "move": _move,
        "rename": _rename,
        "note": _note,
        "delete": _delete,
    }
    return actions[_verb(session.arguments.command)](session)


def collected(session: Session, name: str) -> tuple[str, ...]:
    """The records of the open archive in the collection `name`; what is not in this archive is told."""
    from jasic_desktop.app.collecting import resolved

    collection = session.workspace.collections.find(name)
    found = resolved(session.store, session.workspace.collections.entries(collection.id))
    for entry in found.missing:
        session.output.note("workspace.not_in_archive", id=f"{entry.archive}:{entry.record}", name=collection.name)
    return found.ids


def _list(session: Session) -> ExitCode:
    known = session.workspace.collections
    rows = [{"id": one.id, "name": one.name, "records": known.count(one.id)} for one in known.list()]
    if session.output.json:
        session.output.document({"collections": rows})
    elif not rows:
        session.output.line("workspace.none_yet")
    for row in () if session.output.json else rows:
        session.output.line("workspace.collection_row", name=row["name"], count=row["records"])
    return ExitCode.DONE


def _create(session: Session) -> ExitCode:
    options = session.options
    wanted = _members(session) if options.ids or options.query or options.selection else []
    made = session.writable.collections.create(options.name, wanted)
    return _told(session, made, "workspace.created", len(wanted))


def _add(session: Session) -> ExitCode:
    collection = session.writable.collections.find(session.options.name)
    wanted = _members(session)
    if not wanted:
        raise UsageFault("workspace.need_records")
    return _told(session, collection, "workspace.added", session.writable.collections.add(collection.id, wanted))


def _remove(session: Session) -> ExitCode:
    known = session.writable.collections
    collection = known.find(session.options.name)
    gone = [_entry(session, collection, text) for text in session.options.ids]
    known.remove(gone)
    return _told(session, collection, "workspace.taken_out", len(gone))


def _show(session: Session) -> ExitCode:
    known, output = session.workspace.collections, session.output
    collection = known.find(session.options.name)
    entries = known.entries(collection.id)
    if output.json:
        rows = [
            {"archive": one.archive, "id": one.record, "title": one.title, "note": one.note, "added": one.created}
            for one in entries
        ]
        output.document({"id": collection.id, "name": collection.name, "entries": rows})
        return ExitCode.DONE
    output.line("workspace.collection_row", name=collection.name, count=len(entries))
    for number, one in enumerate(entries, start=1):
        output.text(f"{number:>4}  {one.record}  {one.title}\n")
        for line in one.note.splitlines():
            output.text(f"      {line}\n")
    return ExitCode.DONE


def _move(session: Session) -> ExitCode:
    known = session.writable.collections
    collection = known.find(session.options.name)
    entry = _entry(session, collection, session.options.id)
    entries = known.entries(collection.id)
    at = next(number for number, one in enumerate(entries) if one.id == entry.id)
    wanted = min(max(session.options.place, 1), len(entries)) - 1
    known.move(entry, wanted - at)
    return _told(session, collection, "workspace.moved", wanted + 1)


def _rename(session: Session) -> ExitCode:
    known = session.writable.collections
    changed = known.rename(known.find(session.options.name), session.options.new_name)
    return _told(session, changed, "workspace.renamed", known.count(changed.id))


def _note(session: Session) -> ExitCode:
    known = session.writable.collections
    collection = known.find(session.options.name)
    known.annotate(_entry(session, collection, session.options.id), session.options.text)
    return _told(session, collection, "workspace.noted", 1)


def _delete(session: Session) -> ExitCode:
    known = session.writable.collections
    collection = known.find(session.options.name)
    count = known.count(collection.id)
    known.delete(collection)
    return _told(session, collection, "workspace.deleted", count)


def _told(session: Session, collection: Collection, key: str, count: int) -> ExitCode:
    if session.output.json:
        records = session.workspace.collections.count(collection.id)
        document: dict[str, Any] = {"id": collection.id, "name": collection.name, "records": records, "count": count}
        session.output.document(document)
    else:
        session.output.line(key, name=collection.name, count=count)
    return ExitCode.DONE


def _members(session: Session) -> Sequence[Member]:
    """The records that the options name, find, or that are ticked in the window."""
    from jasic_desktop.app.collecting import members

    options, store = session.options, session.store
    ids = [session.find(text) for text in options.ids]
    if options.selection:
        ids += [one for one in session.writable.selection.ids(store.archive.id) if one in store.ordinals]
    if options.query:
        ids += answer_ids(session)
    return members(store, dict.fromkeys(ids), session.language)


def _entry(session: Session, collection: Collection, text: str) -> Entry:
    """The entry of a collection for a record: by id, whether the archive is at hand or not."""
    wanted = text.rpartition(":")[2].rpartition("/")[2].partition("@")[0]
    for one in session.writable.collections.entries(collection.id):
        if wanted in (one.record, one.id):
            return one
    raise NotFoundFault("workspace.no_entry", id=text[:100], name=collection.name)


def _verb(command: str) -> str:
    return command.partition(" ")[2]
