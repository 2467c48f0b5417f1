"""`archive …`: the archives of this machine, the proof that a copy is whole, and making new ones."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jasic_desktop.cli import proof, shelf
from jasic_desktop.core.errors import ExitCode, NotFoundFault

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of one `archive` command."""
    match str(parser.get_default("command")).partition(" ")[2]:
        case "info":
            parser.add_argument("name", metavar="NAME|PATH", nargs="?", help=words("info_name"))
        case "verify":
            parser.add_argument("name", metavar="NAME|PATH", nargs="?", help=words("verify_path"))
            parser.add_argument("--certificate", metavar="FILE.pdf", type=Path, help=words("certificate"))
            parser.add_argument("--force", action="store_true", help=words("force"))
        case "install":
            parser.add_argument("pack", metavar="PACK", type=Path, help=words("pack"))
            parser.add_argument("--system", action="store_true", help=words("system"))
            parser.add_argument("--force", action="store_true", help=words("force"))
        case "diff":
            parser.add_argument("old", metavar="A", help=words("diff_old"))
            parser.add_argument("new", metavar="B", help=words("diff_new"))
        case "remove" | "use":
            parser.add_argument("name", metavar="NAME", help=words("archive_name"))
        case "rebuild":
            parser.add_argument("name", metavar="NAME|PATH", nargs="?", help=words("info_name"))
        case "sign":
            parser.add_argument("pack", metavar="PACK", type=Path, nargs="?", help=words("pack"))
            parser.add_argument("--key", metavar="FILE", type=Path, help=words("sign_key"))
            parser.add_argument("--new-key", metavar="FILE", type=Path, help=words("sign_new_key"))
            parser.add_argument("--force", action="store_true", help=words("force"))
        case "check":
            parser.add_argument("source", metavar="SOURCE", type=Path, help=words("source"))
        case "build":
            parser.add_argument("source", metavar="SOURCE", type=Path, help=words("source"))
            parser.add_argument("target", metavar="PACK", type=Path, help=words("build_target"))
            parser.add_argument("--force", action="store_true", help=words("force"))


def run(session: Session) -> ExitCode:
    """Do one `archive` command."""
    actions = {
        "list": shelf.show_list,
        "info": _info,
        "verify": proof.verify,
        "install": shelf.install,
        "remove": shelf.remove,
        "use": shelf.use,
        "diff": shelf.diff,
        "sign": proof.sign,
        "rebuild": _rebuild,
        "check": _check,
        "build": _build,
    }
    return actions[session.arguments.command.partition(" ")[2]](session)


def _info(session: Session) -> ExitCode:
    opened = _open_named(session)
    store, output = opened.store, session.output
    archive = store.archive
    types = Counter(store.type(record_id) for record_id in store.ids)
    if output.json:
        facts: dict[str, Any] = {"archive": archive, "fingerprint": store.fingerprint, "records": store.count}
        signature = proof.signature_facts(opened.standing.signed)
        output.document({**facts, "types": dict(types), "place": str(opened.place), "signature": signature})
        return ExitCode.DONE
    say = session.language
    rows = (
        ("version", archive.version),
        ("edition", archive.date),
        ("records", str(store.count)),
        ("types", ", ".join(f"{output.words(f'render.types.{kind}')} {count}" for kind, count in types.items())),
        ("state", opened.standing.words(say)),
        ("maker", opened.standing.maker(say)),
        ("fingerprint", store.fingerprint),
        ("place", str(opened.place)),
        ("editor", archive.editor),
        ("contact", archive.contact.show(say)),
        ("rights", archive.rights_note.show(say)),
        ("curation", archive.curation.show(say)),
    )
    from jasic_desktop.render.terminal import render_facts

    output.show(
        render_facts(archive.title.show(say), [(output.words(f"cli.archive.{key}"), text) for key, text in rows])
    )
    return ExitCode.DONE


def _rebuild(session: Session) -> ExitCode:
    from jasic_desktop.app.context import rebuild

    selector = session.options.name or session.arguments.archive
    with session.output.progress() as progress:
        opened = rebuild(selector, session.arguments.places, progress)
    store = opened.store
    if session.output.json:
        session.output.document({"records": store.count, "fingerprint": store.fingerprint})
    else:
        title = store.archive.title.show(session.language)
        session.output.line("cli.archive.rebuilt", title=title, records=store.count)
    opened.close()
    return ExitCode.DONE


def _check(session: Session) -> ExitCode:
    from jasic_desktop.packs.check import check

    output = session.output
    if not session.options.source.exists():
        raise NotFoundFault("cli.no_source", path=session.options.source)
    with output.progress() as progress:
        report = check(session.options.source, progress)
    errors = sum(problem.severity == "error" for problem in report.problems)
    if output.json:
        problems = [
            {
                "file": p.file,
                "field": p.field,
                "severity": p.severity,
                "fault": p.fault_text(session.language),
                "mend": p.mend_text(session.language),
            }
            for p in report.problems
        ]
        output.document({"problems": problems, "coverage": report.coverage})
    else:
        for problem in report.problems:
            output.text(problem.sentence(session.language) + "\n")
        from jasic_desktop.render.terminal import render_coverage

        if report.coverage is not None:
            output.show(render_coverage(report.coverage, session.language))
    return ExitCode.DAMAGED if errors else ExitCode.DONE


def _build(session: Session) -> ExitCode:
    from jasic_desktop.packs.build import build

    options = session.options
    with session.output.progress() as progress:
        built = build(options.source, options.target, force=options.force, progress=progress)
    facts = {"path": str(built.path), "records": built.records, "files": built.files, "fingerprint": built.fingerprint}
    if session.output.json:
        session.output.document(facts)
    else:
        session.output.line("cli.archive.built", **facts)
    return ExitCode.DONE


def _open_named(session: Session) -> Any:
    """The archive a command names, else the one of `--archive`, else the one in use."""
    if session.options.name:
        session.arguments.archive = session.options.name
    return session.archive
