"""The table of formats: what `export` writes and what its dialog lists."""

from __future__ import annotations

from typing import Final

from jasic_desktop.export import bibtex, csl_json, csv, html, json, jsonl, markdown, ris
from jasic_desktop.export.options import Format, Options, Writer


def _format(key: str, extension: str, media_type: str, write: Writer) -> Format:
    return Format(key, extension, f"export.format.{key}", media_type, write)


FORMATS: Final[dict[str, Format]] = {
    entry.key: entry
    for entry in (
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
