"""The table of formats: what `export` writes and what its dialog lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jasic_desktop.export import bibtex, csl_json, csv, html, json, jsonl, markdown, pdf, ris
from jasic_desktop.export.options import Format, Options, Writer


def _format(key: str, extension: str, media_type: str, write: Writer, heeds: Iterable[str] = ()) -> Format:
    return Format(key, extension, f"export.format.{key}", media_type, write, frozenset(heeds))


FORMATS: Final[dict[str, Format]] = {
    entry.key: entry
    for entry in (
        _format("pdf", "pdf", "application/pdf", pdf.write, ("press", "paper", "side_by_side", "sources_at_end")),
        _format("html", "html", "text/html", html.write),
        _format("markdown", "md", "text/markdown", markdown.write),
        _format("csv", "csv", "text/csv", csv.write),
        _format("csv-statements", "csv", "text/csv", csv.write_statements),
        _format("json", "json", "application/json", json.write),
        _format("jsonl", "jsonl", "application/jsonl", jsonl.write),
        _format("bibtex", "bib", "application/x-bibtex", bibtex.write),
        _format("ris", "ris", "application/x-research-info-systems", ris.write),
        _format("csl-json", "csl.json", "application/vnd.citationstyles.csl+json", csl_json.write),
    )
}
"""Every format by key, in the order listed."""

__all__ = ["FORMATS", "Format", "Options", "Writer"]
