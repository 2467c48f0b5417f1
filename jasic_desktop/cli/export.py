"""`export`: records taken away in another format, whole or not at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jasic_desktop.cli.filters import add_filters, answer_ids, asks
from jasic_desktop.cli.press import find_press
from jasic_desktop.core.errors import ExitCode, NotFoundFault, UsageFault

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.export.notes import Note


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `export`."""
    from jasic_desktop.export.citation_styles import HOUSE, STYLES
    from jasic_desktop.export.options import PAPER_SIZES
    from jasic_desktop.export.registry import FORMATS

    parser.add_argument("--ids", metavar="ID", nargs="+", default=[], help=words("ids"))
    parser.add_argument("--query", metavar="QUERY", help=words("query"))
    parser.add_argument("--collection", metavar="NAME", help=words("collection"))
    parser.add_argument("--format", choices=tuple(FORMATS), default="html", help=words("format"))
    parser.add_argument("--style", choices=STYLES, default=HOUSE, help=words("style"))
    parser.add_argument("--out", metavar="PATH", help=words("out"))
    parser.add_argument("--force", action="store_true", help=words("force"))
    parser.add_argument("--paper", choices=PAPER_SIZES, default="a4", help=words("paper"))
    parser.add_argument("--stacked", action="store_true", help=words("stacked"))
    parser.add_argument("--sources-under-records", action="store_true", help=words("sources_under_records"))
    parser.add_argument("--without-pdf", action="store_true", help=words("without_pdf"))
    parser.add_argument("--media", choices=("yes", "no"), default="no", help=words("media"))
    parser.add_argument("--notes", choices=("yes", "no"), default="no", help=words("notes_leave"))
    parser.add_argument("--list-formats", action="store_true", help=words("list_formats"))
    add_filters(parser, words, ("type", "kind", "year", "date", "place", "person", "topic", "language", "certainty"))


def run(session: Session) -> ExitCode:
    """Write the export, or list the formats."""
    from jasic_desktop.app import exporting

    options = session.options
    if options.list_formats:
        return _list_formats(session)
    if not options.out:
        raise UsageFault("cli.need_out")
    if not options.ids and not options.collection and not asks(options):
        raise UsageFault("cli.need_ids")
    session.may_leave(options.format, options.out)
    ids = _selected(session)
    if not ids:
        raise NotFoundFault("cli.empty_selection")
    if options.out == "-":
        _write(session, ids, None)
        return ExitCode.DONE
    path = Path(options.out)
    written = _write(session, ids, path)
    left = exporting.left_out(session.store, ids, options.format)
    told = {"path": str(path), "format": options.format, "records": len(ids) - left, "bytes": written}
    if session.output.json:
        session.output.document({**told, "left_out": left})
    else:
        session.output.line("cli.written", path=path, records=len(ids) - left, bytes=written)
        if left:
            session.output.note("cli.left_out", count=left, format=options.format)
    return ExitCode.DONE


def _list_formats(session: Session) -> ExitCode:
    from jasic_desktop.app.admission import allows_format
    from jasic_desktop.core.record_types import RECORD_TYPES
    from jasic_desktop.export.bulk import MAPPING
    from jasic_desktop.export.registry import FORMATS

    output, policy = session.output, session.arguments.places.policy
    if output.json:
        formats = [
            {
                "format": f.key,
                "group": f.group,
                "extension": f.extension,
                "media_type": f.media_type,
                "label": output.words(f.label),
                "types": [kind for kind in RECORD_TYPES if kind in f.types],
                "allowed": allows_format(policy, f.key),
                **({"mapping": MAPPING} if f.key == "bulk" else {}),
            }
            for f in FORMATS.values()
        ]
        output.document({"formats": formats})
        return ExitCode.DONE
    width = max(map(len, FORMATS))
    group = ""
    for f in FORMATS.values():
        if f.group != group:
            output.text("\n" * bool(group) + f"{output.words(f'export.group.{f.group}')}\n")
            group = f.group
        closed = "" if allows_format(policy, f.key) else f" ({output.words('policy.value.shut')})"
        output.text(f"  {f.key:<{width}}  .{f.extension:<8} {output.words(f.label)}{closed}\n")
    return ExitCode.DONE


def _selected(session: Session) -> tuple[str, ...]:
    """The ids to export: those named, those of the collection, those that question and filters find, each once."""
    options = session.options
    named = tuple(session.find(text) for text in options.ids)
    if options.collection:
        from jasic_desktop.cli.collections import collected

        named += collected(session, options.collection)
    return tuple(dict.fromkeys((*named, *answer_ids(session)))) if asks(options) else tuple(dict.fromkeys(named))


def _notes(session: Session) -> tuple[Note, ...]:
    from jasic_desktop.app.noting import to_leave

    return to_leave(session.store, session.workspace.notes.list(session.store.archive.id))


def _write(session: Session, ids: tuple[str, ...], path: Path | None) -> int:
    """Write the export to `path`, or to standard output; returns the number of bytes."""
    from jasic_desktop.app import exporting
    from jasic_desktop.export.registry import FORMATS, Options

    asked, store = session.options, session.store
    key = asked.format
    pressed = "press" in FORMATS[key].heeds and not asked.without_pdf
    press = find_press(session.language) if pressed else None
    with session.output.progress() as progress:
        options = Options(
            language=session.language,
            style=asked.style,
            progress=progress,
            press=press,
            media=exporting.media_of(session.archive.place) if asked.media == "yes" else None,
            paper=asked.paper,
            side_by_side=not asked.stacked,
            sources_at_end=not asked.sources_under_records,
            notes=_notes(session) if asked.notes == "yes" else (),
        )
        if path is None:
            return sum(sys.stdout.buffer.write(chunk) for chunk in FORMATS[key].write(store, ids, options))
        return exporting.write(store, ids, key, options, path, force=session.options.force)
