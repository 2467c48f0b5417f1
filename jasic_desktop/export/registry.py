"""The table of formats: what `export` writes and what its dialog lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jasic_desktop.export import (
    bibtex,
    csl_json,
    csv,
    docx,
    dossier,
    html,
    json,
    jsonl,
    jsonld,
    markdown,
    pdf,
    ris,
    xlsx,
)
from jasic_desktop.export.options import FolderWriter, Format, Group, Options, Writer

# Modules of formats that need a library load it when they write.
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAPER: Final = ("press", "paper", "side_by_side", "sources_at_end", "style")


def _format(
    group: Group,
    key: str,
    extension: str,
    media_type: str,
    write: Writer,
    *,
    heeds: Iterable[str] = (),
    shown_as: str | None = None,
    write_folder: FolderWriter | None = None,
) -> Format:
    label = f"export.format.{key}"
    return Format(key, extension, label, media_type, write, group, frozenset(heeds), shown_as, write_folder)


FORMATS: Final[dict[str, Format]] = {
    entry.key: entry
    for entry in (
        _format("reading", "pdf", "pdf", "application/pdf", pdf.write, heeds=_PAPER),
        _format(
            "reading",
            "dossier",
            "zip",
            "application/zip",
            dossier.write,
            heeds=(*_PAPER, "media", "notes"),
            shown_as="html",
            write_folder=dossier.write_folder,
        ),
        _format("reading", "html", "html", "text/html", html.write, heeds=("style",)),
        _format("reading", "docx", "docx", _WORD, docx.write, shown_as="html"),
        _format("reading", "markdown", "md", "text/markdown", markdown.write, heeds=("style",)),
        _format("tables", "xlsx", "xlsx", _EXCEL, xlsx.write, shown_as="csv"),
        _format("tables", "csv", "csv", "text/csv", csv.write),
        _format("tables", "csv-statements", "csv", "text/csv", csv.write_statements),
        _format("references", "bibtex", "bib", "application/x-bibtex", bibtex.write),
        _format("references", "ris", "ris", "application/x-research-info-systems", ris.write),
        _format("references", "csl-json", "csl.json", "application/vnd.citationstyles.csl+json", csl_json.write),
        _format("programs", "json", "json", "application/json", json.write),
        _format("programs", "jsonl", "jsonl", "application/jsonl", jsonl.write),
        _format("programs", "jsonld", "jsonld", "application/ld+json", jsonld.write),
    )
}
"""Every format by key, in the order listed."""

__all__ = ["FORMATS", "Format", "Options", "Writer"]
