"""`workspace …`: all that a person made, backed up, brought back, taken away and taken in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import ExitCode, NotFoundFault

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.workspace.items import Kept

_FORMATS: Final = ("jsonl", "jsonld")
_SHORT: Final = 8


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of one `workspace` command."""
    match str(parser.get_default("command")).partition(" ")[2]:
        case "backup":
            parser.add_argument("--list", action="store_true", help=words("list_backups"))
        case "restore":
            parser.add_argument("backup", metavar="NUMBER", nargs="?", help=words("backup_number"))
            parser.add_argument("--empty", action="store_true", help=words("restore_empty"))
        case "export":
            parser.add_argument("path", metavar="PATH", type=Path, help=words("workspace_out"))
            parser.add_argument("--format", choices=_FORMATS, default=_FORMATS[0], help=words("workspace_format"))
            parser.add_argument("--force", action="store_true", help=words("force"))
        case "import":
            parser.add_argument("path", metavar="PATH", type=Path, help=words("workspace_in"))
        case "trash":
            parser.add_argument("--bring-back", metavar="ID", nargs="+", default=[], help=words("bring_back"))


def run(session: Session) -> ExitCode:
    """Do one `workspace` command."""
    actions = {"backup": _backup, "restore": _restore, "export": _export, "import": _import, "trash": _trash}
    return actions[session.arguments.command.partition(" ")[2]](session)


def _backup(session: Session) -> ExitCode:
    from jasic_desktop.workspace.backups import contents, is_sound, list_backups, make_backup

    folder, output = session.arguments.places.workspace, session.output
    if not session.options.list:
        # Another program may have it open: a backup only reads.
        made = make_backup(folder, session.workspace.database.tools, force=True)
        if output.json:
            told = {"number": made.number, "made": made.made, "path": str(made.path)} if made is not None else {}
            output.document(told)
        elif made is None:
            output.line("workspace.nothing_made")
        else:
            output.line("workspace.backed_up", number=made.number, path=made.path)
        return ExitCode.DONE
    rows: list[dict[str, Any]] = []
    for backup in list_backups(folder):
        row: dict[str, Any] = {"number": backup.number, "made": backup.made, "path": str(backup.path)}
        row["sound"] = is_sound(backup)
        if row["sound"]:
            held = contents(backup)
            row |= {"collections": held.collections, "notes": held.notes}
        rows.append(row)
    if output.json:
        output.document({"backups": rows})
    elif not rows:
        output.line("workspace.no_backup_yet")
    for row in () if output.json else rows:
        if row["sound"]:
            shown = {name: row[name] for name in ("number", "made", "collections", "notes")}
            output.line("workspace.backup_row", **shown)
        else:
            output.line("workspace.backup_row_damaged", number=row["number"], made=row["made"])
    return ExitCode.DONE


def _restore(session: Session) -> ExitCode:
    from jasic_desktop.workspace.backups import find_backup
    from jasic_desktop.workspace.restoring import begin_anew, restore

    folder, output, options = session.arguments.places.workspace, session.output, session.options
    backup = None
    if options.empty:
        done = begin_anew(folder)
    else:
        backup = find_backup(folder, options.backup)
        done = restore(folder, backup)
    if output.json:
        output.document(
            {
                "backup": backup.number if backup is not None else None,
                "aside": str(done.aside) if done.aside is not None else None,
                "saved": str(done.saved) if done.saved is not None else None,
            }
        )
        return ExitCode.DONE
    if backup is not None:
        output.line("workspace.restored", number=backup.number, made=backup.made)
    else:
        output.line("workspace.begun_anew")
    if done.aside is not None:
        output.line("workspace.set_aside", path=done.aside)
    if done.saved is not None:
        output.line("workspace.saved_from", path=done.saved)
    return ExitCode.DONE


def _export(session: Session) -> ExitCode:
    session.may_write(session.options.path)
    from jasic_desktop.workspace.transfer import everything, lines

    options = session.options
    items = everything(session.workspace.database)
    if options.format == "jsonld":
        from jasic_desktop.workspace.annotations import to_annotations

        data = to_annotations(items)
    else:
        data = b"".join(lines(items))
    atomic.write(options.path, data, force=options.force)
    if session.output.json:
        session.output.document({"path": str(options.path), "format": options.format, "items": len(items)})
    else:
        session.output.line("workspace.exported", path=options.path, count=len(items))
    return ExitCode.DONE


def _import(session: Session) -> ExitCode:
    from jasic_desktop.app.taking_in import read_items
    from jasic_desktop.workspace.transfer import Merged, merge

    path: Path = session.options.path
    items, skipped = read_items(path)
    done: Merged = merge(session.writable.database, items, path)._replace(skipped=skipped)
    if session.output.json:
        session.output.document(done._asdict())
    else:
        session.output.line("workspace.imported", path=path, added=done.added, changed=done.changed, same=done.same)
        if done.skipped:
            session.output.line("workspace.import_skipped", count=done.skipped)
    return ExitCode.DONE


def _trash(session: Session) -> ExitCode:
    output, wanted = session.output, session.options.bring_back
    trash = (session.writable if wanted else session.workspace).trash
    there = trash.list()
    if wanted:
        found = []
        for text in wanted:
            matching = [item for item in there if item.id.startswith(text.lower())]
            if len(matching) != 1:
                raise NotFoundFault("workspace.not_in_trash", id=text[:40])
            found += matching
        trash.bring_back(found)
        there = tuple(found)
    if output.json:
        rows = [{"id": one.id, "kind": one.table, "text": _told(one), "deleted": one.deleted} for one in there]
        output.document({"brought_back" if wanted else "trash": rows})
    elif wanted:
        output.line("workspace.brought_back", count=len(there))
    elif not there:
        output.line("workspace.trash_empty")
    for one in () if output.json else there:
        output.text(f"{one.id[:_SHORT]}  {one.deleted}  {output.words(f'workspace.kind.{one.table}')}  {_told(one)}\n")
    return ExitCode.DONE


def _told(item: Kept) -> str:
    """A deleted thing in a few words."""
    named = getattr(item, "name", "") or getattr(item, "text", "") or getattr(item, "title", "")
    return " ".join(str(named or getattr(item, "record", "")).split())[:80]
