"""`archive list|install|remove|use|diff`: which archives this machine has, and what changes from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.app.archives import Shelved
    from jasic_desktop.cli.output import Output
    from jasic_desktop.cli.session import Session
    from jasic_desktop.packs.difference import Difference

_SHOWN: Final = 50
"""Records of each list that an installation names; `archive diff` names all."""


def show_list(session: Session) -> ExitCode:
    """List the archives of this machine."""
    from jasic_desktop.app.archives import archives

    output = session.output
    rows = archives(session.arguments.places)
    if output.json:
        output.document({"archives": [_facts(entry, session) for entry in rows]})
        return ExitCode.DONE
    for entry in rows:
        told = [output.words(f"cli.archive.whose.{entry.whose}")]
        if entry.in_use:
            told.append(output.words("cli.archive.in_use"))
        title = entry.archive.title.show(session.language)
        fingerprint = entry.fingerprint[:16] or output.words("cli.archive.not_prepared")
        output.text(f"{entry.name}  {title} {entry.archive.version}  {fingerprint}  ({', '.join(told)})\n")
    return ExitCode.DONE


def install(session: Session) -> ExitCode:
    """Install a pack, and say what changes where it is an update."""
    from jasic_desktop.app.archives import install as install_pack

    options, output = session.options, session.output
    with output.progress() as progress:
        arrival = install_pack(
            options.pack, session.arguments.places, system=options.system, force=options.force, progress=progress
        )
    entry, before, changes = arrival.entry, arrival.before, arrival.changes
    if output.json:
        facts = _facts(entry, session)
        facts["changes"] = _document(changes) if changes is not None else None
        output.document({**facts, "before": before.name if before is not None else None})
        return ExitCode.DONE
    facts = {"title": entry.archive.title.show(session.language), "version": entry.archive.version, "name": entry.name}
    output.line("cli.archive.installed", fingerprint=entry.fingerprint, **facts)
    if changes is not None:
        _show(changes, session, _SHOWN)
    if arrival.used and before is not None:
        again = f"{before.archive.id}@{before.archive.version}"
        output.line("cli.archive.updated", name=entry.name, before=again)
    return ExitCode.DONE


def remove(session: Session) -> ExitCode:
    """Remove an installed archive."""
    from jasic_desktop.app.archives import remove as remove_archive

    return _said(session, "cli.archive.removed", remove_archive(session.options.name, session.arguments.places))


def use(session: Session) -> ExitCode:
    """Choose the archive to use."""
    from jasic_desktop.app.archives import use as use_archive

    return _said(session, "cli.archive.using", use_archive(session.options.name, session.arguments.places))


def diff(session: Session) -> ExitCode:
    """Tell what changes from one archive to another."""
    from jasic_desktop.app.context import pack_to_verify
    from jasic_desktop.packs.bag import open_pack
    from jasic_desktop.packs.difference import difference

    options, output, places = session.options, session.output, session.arguments.places
    with output.progress() as progress:
        old, new = (pack_to_verify(name, places, progress) for name in (options.old, options.new))
        with open_pack(old) as was, open_pack(new) as now:
            changes = difference(was, now, progress)
    if output.json:
        output.document(_document(changes))
    else:
        _show(changes, session, changes.count)
    return ExitCode.DONE


def _said(session: Session, key: str, entry: Shelved) -> ExitCode:
    if session.output.json:
        session.output.document({"name": entry.name})
    else:
        session.output.line(key, name=entry.name)
    return ExitCode.DONE


def _facts(entry: Shelved, session: Session) -> dict[str, Any]:
    return {
        "name": entry.name,
        "title": entry.archive.title.show(session.language),
        "version": entry.archive.version,
        "sequence": entry.archive.sequence,
        "fingerprint": entry.fingerprint,
        "path": str(entry.path),
        "whose": entry.whose,
        "in_use": entry.in_use,
    }


def _document(changes: Difference) -> dict[str, Any]:
    sides = {
        side: {"id": archive.id, "version": archive.version, "sequence": archive.sequence}
        for side, archive in (("from", changes.old), ("to", changes.new))
    }
    return {**sides, "added": changes.added, "changed": changes.changed, "withdrawn": changes.withdrawn}


def _show(changes: Difference, session: Session, most: int) -> None:
    output, say = session.output, session.language
    output.line(
        "cli.archive.changes",
        old=f"{changes.old.id} {changes.old.version}",
        new=f"{changes.new.id} {changes.new.version}",
        added=len(changes.added),
        changed=len(changes.changed),
        withdrawn=len(changes.withdrawn),
    )
    # What is gone comes first: it is what nobody would find by reading on.
    for gone in changes.withdrawn[:most]:
        if gone.replaced_by is not None:
            why = output.words("cli.archive.replaced_by", id=gone.replaced_by)
        elif gone.reason is not None:
            why = gone.reason.show(say)
        else:
            why = output.words("cli.archive.no_reason")
        _line(output, "withdrawn", id=gone.id, title=gone.title.show(say), why=why)
    for new in changes.added[:most]:
        _line(output, "added", id=new.id, title=new.title.show(say))
    for other in changes.changed[:most]:
        fields = ", ".join(other.fields)
        _line(output, "changed", id=other.id, title=other.title.show(say), fields=fields)
    left = sum(max(0, len(part) - most) for part in (changes.added, changes.changed, changes.withdrawn))
    if left:
        output.line("cli.archive.more_changes", count=left)


def _line(output: Output, what: str, **values: object) -> None:
    output.text(f"  {output.words(f'cli.archive.{what}', **values)}\n")
