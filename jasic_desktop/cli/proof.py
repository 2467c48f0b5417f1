"""`archive verify|sign`: whether a copy is whole, and who says that it is theirs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jasic_desktop.core.errors import DisplayFault, ExitCode, NotWrittenFault, UsageFault

if TYPE_CHECKING:
    from jasic_desktop.cli.session import Session
    from jasic_desktop.packs.bag import Verification
    from jasic_desktop.packs.minisign import SecretKey
    from jasic_desktop.packs.trust import Signed


def verify(session: Session) -> ExitCode:
    """Look at every byte of an archive and say what it is."""
    from jasic_desktop.app.context import pack_to_verify
    from jasic_desktop.app.maker import Standing
    from jasic_desktop.packs.bag import verify as verify_pack
    from jasic_desktop.packs.trust import trusted_keys

    output, places = session.output, session.arguments.places
    target = session.options.certificate
    write = _certificate_writer(target, session) if target is not None else None
    trust = trusted_keys(places)
    for fault in trust.faults:
        output.warn(fault)
    with output.progress() as progress:
        path = pack_to_verify(session.options.name or session.arguments.archive, places, progress)
        result = verify_pack(path, progress, trust.keys)
    standing = Standing.of(result)
    if write is not None:
        write(result, path)
    if output.json:
        problems = [{"file": p.file, "code": p.code, "text": p.sentence(session.language)} for p in result.problems]
        state: dict[str, Any] = {"state": result.state, "fingerprint": result.fingerprint, "files": result.files}
        state |= {"bytes": result.size, "problems": problems, "signature": signature_facts(result.signed)}
        state["certificate"] = str(target) if target is not None else None
        output.document({"path": str(path), **state})
    elif not result.problems:
        output.line("cli.archive.complete", files=result.files, fingerprint=result.fingerprint)
        output.text(f"{standing.words(session.language)}\n{standing.maker(session.language)}\n")
    else:
        for problem in result.problems:
            output.text(f"{problem.file}: {problem.sentence(session.language)} [{problem.code}]\n")
        output.line("cli.archive.damaged", count=len(result.problems))
    if target is not None and not output.json:
        output.line("cli.archive.certificate_written", path=target)
    return ExitCode.DAMAGED if result.problems else ExitCode.DONE


def sign(session: Session) -> ExitCode:
    """Sign a pack, or make the keys for it."""
    options = session.options
    if options.new_key is not None:
        if options.pack is not None or options.key is not None:
            raise UsageFault("cli.archive.key_or_pack")
        return _new_key(session)
    if options.pack is None or options.key is None:
        raise UsageFault("cli.archive.key_or_pack")
    from jasic_desktop.packs.minisign import write_public_key
    from jasic_desktop.packs.signing import sign_pack

    key = _secret_key(options.key, session)
    with session.output.progress() as progress:
        signature = sign_pack(options.pack, key, force=options.force, progress=progress)
    public = write_public_key(key.public_key).decode().splitlines()[1]
    if session.output.json:
        facts = {"path": str(options.pack), "key": signature.id, "comment": signature.trusted_comment}
        session.output.document({**facts, "public_key": public})
    else:
        session.output.line("cli.archive.signed", path=options.pack, number=signature.id, public=public)
    return ExitCode.DONE


def signature_facts(signed: Signed | None) -> dict[str, Any] | None:
    """A signature as a program reads it."""
    if signed is None:
        return None
    signer = signed.signer
    facts = {"key": signed.key, "comment": signed.comment}
    return {**facts, "signer": signer.name if signer else None, "trusted_by": signer.whose if signer else None}


def _certificate_writer(target: Path, session: Session) -> Callable[[Verification, Path], None]:
    """What writes the certificate. Raises Fault now for what would fail after a long check."""
    if target.suffix.lower() != ".pdf":
        raise UsageFault("cli.not_pdf", path=target)
    session.may_write(target)
    if os.path.lexists(target) and not session.options.force:
        raise NotWrittenFault("core.exists", path=target)
    # A page needs no display, and must look the same on every machine.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from jasic_desktop.ui.certificate import write_certificate
        from jasic_desktop.ui.toolkit import make_application
    except ImportError as error:
        raise DisplayFault("cli.no_qt_certificate", reason=error) from error
    make_application(session.language)

    def write(result: Verification, path: Path) -> None:
        from jasic_desktop.app.certificate import certificate

        made = certificate(result, path, session.language, datetime.now().astimezone())
        write_certificate(made, target, force=session.options.force)

    return write


def _new_key(session: Session) -> ExitCode:
    from jasic_desktop.app.keys import make_keys

    password = _ask("cli.archive.new_password", session)
    if password and sys.stdin.isatty() and _ask("cli.archive.password_again", session) != password:
        raise UsageFault("cli.archive.passwords_differ")
    if not password:
        session.output.note("cli.archive.no_password")
    made = make_keys(session.options.new_key, password)
    if session.output.json:
        session.output.document({"key": made.key.id, "secret": str(made.secret), "public": str(made.public)})
    else:
        session.output.line("cli.archive.keys_made", number=made.key.id, secret=made.secret, public=made.public)
    return ExitCode.DONE


def _secret_key(path: Path, session: Session) -> SecretKey:
    from jasic_desktop.app.keys import needs_password, secret_key

    return secret_key(path, _ask("cli.archive.password", session) if needs_password(path) else "")


def _ask(key: str, session: Session) -> str:
    """A line that is not shown where somebody types it; the first line of a pipe. Nothing where there is neither."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    import getpass

    try:
        return getpass.getpass(session.output.words(key), stream=sys.stderr)
    except EOFError:
        return ""
