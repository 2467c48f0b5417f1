"""`note …`: notes on records and on words of them, and taking them away."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import ExitCode, UsageFault
from jasic_desktop.core.folding import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.workspace.items import Note

_FORMATS: Final = ("markdown", "jsonl", "jsonld")
_SHORT: Final = 8


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of one `note` command."""
    from jasic_desktop.workspace.items import COLOURS

    match str(parser.get_default("command")).partition(" ")[2]:
        case "list":
            parser.add_argument("id", metavar="ID", nargs="?", help=words("notes_of"))
        case "add":
            parser.add_argument("id", metavar="ID", help=words("record_id"))
            parser.add_argument("text", metavar="TEXT", nargs="?", default="", help=words("note_text"))
            parser.add_argument("--quote", metavar="WORDS", help=words("note_quote"))
            parser.add_argument("--colour", choices=COLOURS, default=COLOURS[0], help=words("colour"))
        case "edit":
            parser.add_argument("note", metavar="NOTE", help=words("note_id"))
            parser.add_argument("text", metavar="TEXT", help=words("note_text"))
        case "remove":
            parser.add_argument("note", metavar="NOTE", nargs="+", help=words("note_id"))
        case "export":
            parser.add_argument("--format", choices=_FORMATS, default=_FORMATS[0], help=words("format"))
            parser.add_argument("--out", metavar="PATH", default="-", help=words("out"))
            parser.add_argument("--force", action="store_true", help=words("force"))


def run(session: Session) -> ExitCode:
    """Do one `note` command."""
    actions = {"list": _list, "add": _add, "edit": _edit, "remove": _remove, "export": _export}
    return actions[session.arguments.command.partition(" ")[2]](session)


def _list(session: Session) -> ExitCode:
    from jasic_desktop.app.noting import place

    if session.options.id:
        store = session.store
        record = session.find(session.options.id)
        notes = [note for note in session.workspace.notes.list(store.archive.id) if place(store, note).record == record]
    else:
        notes = list(session.workspace.notes.list())
    if session.output.json:
        session.output.document({"notes": [_row(session, note) for note in notes]})
    elif not notes:
        session.output.line("workspace.no_notes_yet")
    for note in () if session.output.json else notes:
        session.output.text(f"{note.id[:_SHORT]}  {note.record}  {note.title}\n")
        if note.anchor is not None:
            session.output.text(f"          “{note.anchor.exact}”{_where(session, note)}\n")
        for line in note.text.splitlines():
            session.output.text(f"          {line}\n")
    return ExitCode.DONE


def _add(session: Session) -> ExitCode:
    from jasic_desktop.app.noting import quoted_anchor

    options, store = session.options, session.store
    text = _text(options.text)
    if not text.strip() and not options.quote:
        raise UsageFault("workspace.need_text")
    record = session.find(options.id)
    quote = without_surrogates(options.quote) if options.quote else ""
    anchor = quoted_anchor(store, record, quote, session.language) if quote else None
    note = session.writable.notes.add(
        store.archive.id,
        record,
        text,
        version=store.archive.version,
        title=store.title(record).show(session.language),
        anchor=anchor,
        colour=options.colour,
    )
    return _told(session, "workspace.note_added", [note])


def _edit(session: Session) -> ExitCode:
    notes = session.writable.notes
    changed = notes.change(notes.find(session.options.note), text=_text(session.options.text))
    return _told(session, "workspace.note_changed", [changed])


def _remove(session: Session) -> ExitCode:
    notes = session.writable.notes
    gone = [notes.find(text) for text in dict.fromkeys(session.options.note)]
    for note in gone:
        notes.delete(note)
    return _told(session, "workspace.note_removed", gone)


def _export(session: Session) -> ExitCode:
    options = session.options
    session.may_write(options.out)
    notes = session.workspace.notes.list()
    data = b"".join(_written(session, notes))
    if options.out == "-":
        sys.stdout.buffer.write(data)
        return ExitCode.DONE
    path = Path(options.out)
    atomic.write(path, data, force=options.force)
    if session.output.json:
        session.output.document({"path": str(path), "format": options.format, "notes": len(notes), "bytes": len(data)})
    else:
        session.output.line("workspace.notes_written", path=path, count=len(notes))
    return ExitCode.DONE


def _written(session: Session, notes: Iterable[Note]) -> Iterable[bytes]:
    if session.options.format == "markdown":
        from jasic_desktop.app.noting import notes_as_markdown

        return notes_as_markdown(notes, session.language)
    if session.options.format == "jsonld":
        from jasic_desktop.workspace.annotations import to_annotations

        return (to_annotations(notes),)
    from jasic_desktop.workspace.transfer import lines

    return lines(notes)


def _row(session: Session, note: Note) -> dict[str, Any]:
    anchor = note.anchor
    row: dict[str, Any] = {
        "id": note.id,
        "archive": note.archive,
        "version": note.version,
        "record": note.record,
        "title": note.title,
        "text": note.text,
        "colour": note.colour,
        "quote": anchor.exact if anchor is not None else None,
        "field": anchor.field if anchor is not None else None,
        "created": note.created,
        "modified": note.modified,
    }
    if anchor is not None and session.options.id:
        from jasic_desktop.app.noting import place

        found = place(session.store, note).found
        row["found"] = found.how if found is not None else None
    return row


def _where(session: Session, note: Note) -> str:
    """What has become of the words of a note, where the archive is open and they are not the same."""
    if not session.options.id:
        return ""
    from jasic_desktop.app.noting import place

    found = place(session.store, note).found
    if found is None or found.how == "same":
        return ""
    return " (" + session.output.words(f"workspace.found.{found.how}") + ")"


def _told(session: Session, key: str, notes: list[Note]) -> ExitCode:
    if session.output.json:
        session.output.document({"notes": [{"id": note.id, "record": note.record} for note in notes]})
    else:
        for note in notes:
            session.output.line(key, id=note.id[:_SHORT], record=note.record)
    return ExitCode.DONE


def _text(text: str) -> str:
    """The text of a note; `-` reads it from standard input."""
    return without_surrogates(sys.stdin.read().rstrip("\n") if text == "-" else text)
