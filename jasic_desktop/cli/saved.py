"""The saved searches of `search`, and the research log it writes where the person wants one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import ExitCode, NotWrittenFault

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.search.request import Request


def add_saved(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options about saved searches."""
    group = parser.add_argument_group(words("saved_title"))
    group.add_argument("--save", metavar="NAME", help=words("save"))
    group.add_argument("--saved", metavar="NAME", help=words("saved"))
    group.add_argument("--list-saved", action="store_true", help=words("list_saved"))
    group.add_argument("--delete-saved", metavar="NAME", help=words("delete_saved"))


def list_saved(session: Session) -> ExitCode:
    """List the saved searches of all archives."""
    known, output = session.workspace.searches.list(), session.output
    if output.json:
        rows = [
            {
                "name": one.name,
                "archive": one.archive,
                "question": one.question,
                "filters": one.filters,
                "sort": one.sort,
            }
            for one in known
        ]
        output.document({"saved": rows})
    elif not known:
        output.line("workspace.no_searches_yet")
    for one in () if output.json else known:
        output.text(f"{one.name}  {one.question}\n")
    return ExitCode.DONE


def delete_saved(session: Session, name: str) -> ExitCode:
    """Put a saved search into the trash."""
    session.arguments.places.policy.require("save-search")
    searches = session.writable.searches
    found = searches.find(name)
    searches.delete(found)
    if session.output.json:
        session.output.document({"deleted": found.name})
    else:
        session.output.line("workspace.search_deleted", name=found.name)
    return ExitCode.DONE


def saved_request(session: Session, name: str, request: Request) -> Request:
    """The request that was saved under `name`, with the number of hits and the language of `request`."""
    from dataclasses import replace
    from typing import get_args

    from jasic_desktop.app.questions import filters_of
    from jasic_desktop.search.request import Sort

    found = session.workspace.searches.find(name, session.store.archive.id)
    sort = next((one for one in get_args(Sort) if one == found.sort), request.sort)
    return replace(request, text=found.question, filters=filters_of(found.filters), sort=sort)


def keep_request(session: Session, name: str, request: Request) -> None:
    """Save a request under `name`."""
    from jasic_desktop.app.questions import plain_filters

    session.arguments.places.policy.require("save-search")
    archive = session.store.archive.id
    session.writable.searches.save(name, archive, request.text, plain_filters(request.filters), request.sort)
    if not session.output.json:
        session.output.line("workspace.search_saved", name=name)


def log_request(session: Session, request: Request, total: int) -> None:
    """Write a request into the research log, where the person switched it on; the answer is shown in any case."""
    if session.arguments.settings.text("research_log") != "on" or request.offset:
        return
    from jasic_desktop.app.questions import log_question

    try:
        log_question(session.writable, session.store, request, total)
    except NotWrittenFault as fault:
        session.output.warn(fault)
