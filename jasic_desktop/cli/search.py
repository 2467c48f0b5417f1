"""`search QUERY`: ranked records with the words that matched."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jasic_desktop.cli.filters import FILTERS, add_filters, filters
from jasic_desktop.cli.saved import add_saved, delete_saved, keep_request, list_saved, log_request, saved_request
from jasic_desktop.core.errors import ExitCode, UsageFault
from jasic_desktop.core.folding import without_surrogates

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session
    from jasic_desktop.packs.store import Store
    from jasic_desktop.search.answer import Answer


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `search`."""
    parser.add_argument("words", metavar="QUERY", nargs="*", help=words("question"))
    add_filters(parser, words, FILTERS)
    add_saved(parser, words)
    parser.add_argument("--sort", choices=("relevance", "date", "title"), default="relevance", help=words("sort"))
    parser.add_argument("--limit", type=whole_number(1, 10_000), metavar="N", help=words("limit"))
    parser.add_argument("--offset", type=whole_number(0, 10_000_000), default=0, metavar="N", help=words("offset"))
    parser.add_argument("--facets", action="store_true", help=words("facets"))
    parser.add_argument("--explain", action="store_true", help=words("explain"))
    # For who wants to compare, and in no list: README.md tells of it.
    parser.add_argument("--engine", choices=("fast", "stock"), default="fast", help=argparse.SUPPRESS)


def run(session: Session) -> ExitCode:
    """Ask the question and show the answer."""
    from jasic_desktop.packs.identifiers import is_whole
    from jasic_desktop.search.request import Request

    options, output = session.options, session.output
    if options.list_saved:
        return list_saved(session)
    if options.delete_saved:
        return delete_saved(session, options.delete_saved)
    if not options.words and not options.saved:
        raise UsageFault("cli.need_question")
    store = session.store
    request = Request(
        text=without_surrogates(" ".join(options.words)),
        filters=filters(options, store),
        sort=options.sort,
        limit=options.limit or session.arguments.settings.number("results"),
        offset=options.offset,
        facets=options.facets or output.json,
        explain=options.explain,
        language=session.language,
    )
    if options.saved:
        request = saved_request(session, options.saved, request)
    if is_whole(request.text):
        session.find(request.text)
    engine = session.engine if options.engine == "fast" else session.archive.stock_engine
    answer = engine.search(request)
    log_request(session, request, answer.total)
    if options.save:
        keep_request(session, options.save, request)
    if output.json:
        output.document(answer_json(answer, store))
    else:
        _show(session, answer, request.offset)
    return ExitCode.DONE


def answer_json(answer: Answer, store: Store) -> dict[str, Any]:
    """The answer in the shape that `--json` promises."""
    hits = []
    for hit in answer.hits:
        record = store.get(hit.id)
        date = getattr(record, "date", None)
        hits.append(
            {
                "id": hit.id,
                "type": record.type,
                "title": record.title.show("en"),
                "title_zh": record.title.zh_hans or record.title.zh_hant,
                "date": date.edtf if date else None,
                "snippet": [{"text": span.text, "match": span.match} for span in hit.snippet],
                "matched": list(hit.matched),
                "score": round(hit.score, 4),
                **({"explanation": hit.explanation} if hit.explanation else {}),
            }
        )
    return {
        "query": answer.query,
        "understood": answer.understood,
        "total": answer.total,
        "took_ms": answer.took_ms,
        "hits": hits,
        "facets": {name: [list(pair) for pair in counts] for name, counts in answer.facets.items()},
        "suggestion": answer.suggestion,
        "notes": [{"key": note.key, **note.values} for note in answer.notes],
    }


def _show(session: Session, answer: Answer, offset: int) -> None:
    from jasic_desktop.render.terminal import render_facets, render_hits

    output = session.output
    for note in answer.notes:
        output.note(note.key, **note.values)
    if answer.total == 0:
        output.line("cli.no_hits", question=answer.query)
    else:
        output.line("cli.hits", count=answer.total)
    if answer.suggestion:
        output.line("cli.suggestion", suggestion=answer.suggestion)
    if answer.hits:
        output.show(render_hits(session.store, answer.hits, session.language))
        if len(answer.hits) < answer.total:
            output.line("cli.hits_shown", first=offset + 1, last=offset + len(answer.hits), total=answer.total)
    if session.options.facets:
        output.show(render_facets(session.store, answer.facets, session.language))


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Reads an option that is a whole number from `low` to `high`."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and low <= int(text[:12]) <= high:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")

    return read
