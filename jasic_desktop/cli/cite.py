"""`cite ID…`: citations of records, statements, passages and the archive, in the style asked for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import ExitCode, UsageFault

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session

_REFERENCE_MANAGERS = ("bibtex", "ris", "csl-json")


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `cite`."""
    parser.add_argument("ids", metavar="ID", nargs="+", help=words("cited_id"))
    # The keys of export.citation_styles.STYLES, which are not imported for --help; a test holds them together.
    parser.add_argument(
        "--style", choices=("house", "chicago", "apa", "mla", "gb7714"), default="house", help=words("style")
    )
    parser.add_argument("--form", choices=("entry", "note"), default="entry", help=words("form"))
    parser.add_argument("--quote", metavar="TEXT", help=words("quote"))
    formats = ("text", "html", "markdown", *_REFERENCE_MANAGERS, "json")
    parser.add_argument("--format", choices=formats, default="text", help=words("format"))


def run(session: Session) -> ExitCode:
    """Print the citations, one after the other, in the order asked for."""
    from jasic_desktop.export.citation_styles import cite, cited_as, subject
    from jasic_desktop.export.citation_text import written

    if session.options.format in _REFERENCE_MANAGERS:
        session.may_leave(session.options.format)
    store, output, options, language = session.store, session.output, session.options, session.language
    if options.quote is not None and len(options.ids) > 1:
        raise UsageFault("cli.quote_of_one")
    asked = [subject(store, text, options.quote) for text in options.ids]
    for text, found in zip(options.ids, asked, strict=True):
        if found.record is not None:
            session.find(text)
    if options.format in _REFERENCE_MANAGERS:
        if not all(found.record for found in asked):
            raise UsageFault("cli.archive_in_style_only", format=options.format)
        from jasic_desktop.export.registry import FORMATS, Options

        ids = tuple(dict.fromkeys(found.record for found in asked if found.record))
        for chunk in FORMATS[options.format].write(store, ids, Options(language=language)):
            output.text(chunk.decode())
        return ExitCode.DONE
    citations = [cite(store, found, options.style, language, options.form) for found in asked]
    if session.arguments.json:
        output.document(
            {
                "citations": [
                    {
                        "id": found.record,
                        "statement": found.statement,
                        "quote": found.quote,
                        "style": options.style,
                        "identifier": cited_as(store, found),
                        "text": written([citation], "text", language).rstrip("\n"),
                    }
                    for found, citation in zip(asked, citations, strict=True)
                ]
            }
        )
    else:
        output.text(written(citations, options.format, language))
    return ExitCode.DONE
