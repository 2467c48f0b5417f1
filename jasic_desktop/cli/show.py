"""`show ID`: one record as the reader shows it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `show`."""
    parser.add_argument("id", metavar="ID", help=words("record_id"))
    parser.add_argument("--format", choices=("text", "markdown", "html", "json"), default="text", help=words("format"))


def run(session: Session) -> ExitCode:
    """Show the record."""
    if session.options.format in ("html", "markdown"):
        session.may_leave(session.options.format)
    store = session.store
    record_id = session.find(session.options.id)
    if session.arguments.json:
        from jasic_desktop.export.json import record_json

        session.output.document(record_json(store, record_id))
    elif session.options.format == "text":
        from jasic_desktop.render.page import page
        from jasic_desktop.render.terminal import render_page

        session.output.show(render_page(page(store, record_id, session.language)))
    else:
        from jasic_desktop.export.registry import FORMATS, Options

        for chunk in FORMATS[session.options.format].write(store, (record_id,), Options(language=session.language)):
            session.output.text(chunk.decode())
    return ExitCode.DONE
