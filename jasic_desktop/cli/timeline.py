"""`timeline`: the events of the archive in order of date."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from jasic_desktop.cli.filters import add_filters, events
from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


_FORMATS: Final = {"svg": "svg", "png": "svg", "csv": "timeline-csv"}
"""The formats in which events leave, as export.registry calls them."""


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `timeline`."""
    parser.add_argument("--from", dest="since", metavar="DATE", help=words("from"))
    parser.add_argument("--to", dest="until", metavar="DATE", help=words("to"))
    parser.add_argument("--query", metavar="QUERY", help=words("query"))
    parser.add_argument("--format", choices=("text", "json", "svg", "png", "csv"), default="text", help=words("format"))
    add_filters(parser, words, ("kind", "place", "person", "topic"))


def run(session: Session) -> ExitCode:
    """Show the events."""
    if session.options.format in _FORMATS:
        session.may_leave(_FORMATS[session.options.format])
    store, output = session.store, session.output
    rows = events(session)
    if session.arguments.json:
        from jasic_desktop.render.timeline import timeline_json

        output.document(timeline_json(store, rows))
    elif session.options.format == "svg":
        from jasic_desktop.export.timeline_svg import timeline_svg

        output.text(timeline_svg(store, rows, session.language))
    elif session.options.format == "png":
        from jasic_desktop.cli.press import find_brush
        from jasic_desktop.export.timeline_svg import timeline_svg

        draw = find_brush(session.language)
        sys.stdout.buffer.write(draw(timeline_svg(store, rows, session.language).encode()))
        sys.stdout.buffer.flush()
    elif session.options.format == "csv":
        from jasic_desktop.export.timeline_csv import timeline_csv

        output.text(timeline_csv(store, rows, session.language))
    elif not rows:
        output.line("cli.timeline_none")
    else:
        from jasic_desktop.render.terminal import render_timeline

        output.show(render_timeline(store, rows, session.language))
        output.line("cli.events", count=len(rows))
    return ExitCode.DONE
