"""`cite ID…`: citations of records, statements and documents."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `cite`."""
    parser.add_argument("ids", metavar="ID", nargs="+", help=words("record_id"))
    parser.add_argument("--style", choices=("house",), default="house", help=words("style"))
    formats = ("text", "bibtex", "ris", "csl-json", "json")
    parser.add_argument("--format", choices=formats, default="text", help=words("format"))


def run(session: Session) -> ExitCode:
    """Print the citations, one after the other, in the order asked for."""
    store, output = session.store, session.output
    asked = [(text, store.resolve(text)) for text in session.options.ids]
    if session.options.format in ("bibtex", "ris", "csl-json"):
        from jasic_desktop.export.registry import FORMATS, Options

        ids = tuple(dict.fromkeys(record_id for _, record_id in asked))
        for chunk in FORMATS[session.options.format].write(store, ids, Options(language=session.language)):
            output.text(chunk.decode())
        return ExitCode.DONE
    from jasic_desktop.render.citation import cite

    citations = []
    for text, record_id in asked:
        statement = text.partition("#")[2] or None
        citations.append(
            {"id": record_id, "statement": statement, "text": cite(store, record_id, statement, session.language)}
        )
    if session.arguments.json:
        output.document({"citations": citations})
    else:
        output.text("\n\n".join(str(citation["text"]) for citation in citations) + "\n")
    return ExitCode.DONE
