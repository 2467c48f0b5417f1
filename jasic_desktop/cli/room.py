"""`session end|prove-clean`: ends the session of a reading room, and shows what the program left on this account."""

from __future__ import annotations

import argparse
import os
import signal
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from jasic_desktop.core.errors import ExitCode, NotWrittenFault
from jasic_desktop.core.private_folder import Left, left_behind, sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session

_PATIENCE: Final = 15.0
"""Seconds within which a window that was asked to end has to be gone; after that it is ended by force."""


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of the asked command."""
    if parser.prog.endswith(" end"):
        parser.add_argument("--close", action="store_true", help=words("session_close"))


def run(session: Session) -> ExitCode:
    """Do the asked one."""
    return {"session end": end, "session prove-clean": prove_clean}[session.arguments.command](session)


def end(session: Session) -> ExitCode:
    """End the sessions of this account and wipe what is left of any; the rooms open again unless they are closed."""
    output, close = session.output, session.options.close
    alive = [left for left in left_behind() if left.alive]
    for left in alive:
        _end(left, close=close)
    swept = sweep()
    if output.json:
        output.document({"ended": len(alive), "swept": swept})
    elif alive:
        output.line("cli.session.closed" if close else "cli.session.ended", count=len(alive))
    elif swept:
        output.line("cli.session.swept", count=swept)
    else:
        output.line("cli.session.none")
    return ExitCode.DONE


def prove_clean(session: Session) -> ExitCode:
    """List every file that the program wrote on this account; 1 where there is one that no session holds."""
    from jasic_desktop.app.traces import traces

    output = session.output
    found = traces(session.arguments.places)
    left = [trace for trace in found if trace.kind != "running"]
    if output.json:
        told = [asdict(trace) | {"path": str(trace.path)} for trace in found]
        output.document({"clean": not left, "files": told})
    else:
        for trace in found:
            output.text(f"{trace.path}  ({output.words(f'cli.session.kind.{trace.kind}')}, {trace.size})\n")
        output.line("cli.session.left" if left else "cli.session.clean", count=len(left))
        if len(found) > len(left):
            output.line("cli.session.running", count=len(found) - len(left))
    return ExitCode.PROGRAM_FAULT if left else ExitCode.DONE


def _end(left: Left, *, close: bool) -> None:
    """End the window of a session, or the whole room, and wait until it is gone. Raises NotWrittenFault."""
    number = left.process if close or not left.window else left.window
    _send(number, signal.SIGTERM)
    if not _gone(left, number):
        _send(number, getattr(signal, "SIGKILL", signal.SIGTERM))
        if not _gone(left, number):
            raise NotWrittenFault("room.not_wiped", path=left.path)


def _gone(left: Left, number: int) -> bool:
    def is_gone() -> bool:
        now = next((one for one in left_behind() if one.path == left.path), None)
        return now is None or number not in (now.process, now.window)

    return _wait(is_gone)


def _wait(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _send(number: int, what: int) -> None:
    try:
        os.kill(number, what)
    except ProcessLookupError:
        return  # it went by itself
    except OSError as error:
        raise NotWrittenFault("room.not_ended", process=number, system=error.strerror or "") from error
