"""`log …` and `history …`: what was asked and what was read, where the person wants it remembered."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.workspace.items import Logged

_SETTING: Final = {"log": "research_log", "history": "history"}


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """These commands have no options of their own."""


def run(session: Session) -> ExitCode:
    """Do one `log` or `history` command."""
    head, _, verb = session.arguments.command.partition(" ")
    if verb in ("on", "off"):
        return _switch(session, head, verb)
    if verb == "clear":
        kept = session.writable.log if head == "log" else session.writable.history
        count = kept.clear()
        if session.output.json:
            session.output.document({"cleared": count})
        else:
            session.output.line("workspace.cleared", count=count)
        return ExitCode.DONE
    if head == "history":
        return _history(session)
    return _replay(session) if verb == "replay" else _log(session)


def _switch(session: Session, head: str, verb: str) -> ExitCode:
    key = _SETTING[head]
    session.arguments.settings.changed(key, verb).save(session.arguments.places.config)
    if session.output.json:
        session.output.document({key: verb})
    else:
        session.output.line(f"workspace.{head}_{verb}")
    return ExitCode.DONE


def _history(session: Session) -> ExitCode:
    visits = session.workspace.history.list()
    if session.output.json:
        rows = [{"archive": v.archive, "id": v.record, "title": v.title, "seen": v.seen} for v in visits]
        session.output.document({"history": rows, "on": session.arguments.settings.text("history") == "on"})
    elif not visits:
        session.output.line("workspace.history_empty")
    for visit in () if session.output.json else visits:
        session.output.text(f"{visit.seen}  {visit.record}  {visit.title}\n")
    return ExitCode.DONE


def _log(session: Session) -> ExitCode:
    logged = session.workspace.log.list()
    if session.output.json:
        on = session.arguments.settings.text("research_log") == "on"
        session.output.document({"log": [_row(one) for one in logged], "on": on})
    elif not logged:
        session.output.line("workspace.log_empty")
    for one in () if session.output.json else logged:
        session.output.text(f"{one.asked}  {one.archive} {one.version}  {one.total:>6}  {_asked(one)}\n")
    return ExitCode.DONE


def _replay(session: Session) -> ExitCode:
    from jasic_desktop.app.questions import replay

    output, logged = session.output, session.workspace.log.list()
    again = list(replay(logged, session.store, session.engine, session.language)) if logged else []
    asked = [one for one in again if one.total is not None]
    same = sum(one.is_same for one in asked)
    if output.json:
        rows = [{**_row(one.logged), "now": one.total, "same": one.is_same} for one in again]
        output.document({"replayed": rows, "asked": len(asked), "same": same})
        return ExitCode.DONE
    for one in again:
        now = output.words("workspace.other_archive") if one.total is None else str(one.total)
        output.text(f"{one.logged.total:>6} {'=' if one.is_same else '≠'} {now:>6}  {_asked(one.logged)}\n")
    output.line("workspace.replayed", asked=len(asked), same=same)
    return ExitCode.DONE


def _row(one: Logged) -> dict[str, Any]:
    return {
        "asked": one.asked,
        "archive": one.archive,
        "version": one.version,
        "fingerprint": one.fingerprint,
        "question": one.question,
        "filters": one.filters,
        "total": one.total,
    }


def _asked(one: Logged) -> str:
    """A question and its filters on one line."""
    filters = [
        f"{name}={'|'.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in one.filters.items()
    ]
    return " ".join(filter(None, (" ".join(one.question.split()), *filters))) or "*"
