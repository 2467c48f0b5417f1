"""The table of formats: what `export` writes and what its dialog lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.export import (
    bibtex,
    bulk,
    csl_json,
    csv,
    docx,
    dossier,
    dublin_core,
    eac_cpf,
    ead3,
    graphml,
    html,
    json,
    jsonl,
    jsonld,
    markdown,
    odt,
    pdf,
    ris,
    timeline,
    xlsx,
    zim,
)
from jasic_desktop.export.options import FolderWriter, Format, Group, Options, Writer

# Modules of formats that need a library load it when they write.
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITER: Final = odt.MIMETYPE.decode()
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AGENTS: Final[tuple[RecordType, ...]] = ("person", "organisation")
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
    types: Iterable[RecordType] = RECORD_TYPES,
) -> Format:
    label = f"export.format.{key}"
    return Format(
        key, extension, label, media_type, write, group, frozenset(heeds), shown_as, write_folder, frozenset(types)
    )


FORMATS: Final[dict[str, Format]] = {
    entry.key: entry
    for entry in (
        _format("reading", "pdf", "pdf", "application/pdf", pdf.write, heeds=(*_PAPER, "media")),
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
        _format("reading", "html", "html", "text/html", html.write, heeds=("style", "media")),
        _format("reading", "docx", "docx", _WORD, docx.write, heeds=("style", "media"), shown_as="html"),
        _format("reading", "odt", "odt", _WRITER, odt.write, heeds=("style", "media"), shown_as="html"),
        _format("reading", "zim", "zim", "application/x-zim", zim.write, heeds=("style", "media"), shown_as="html"),
        _format("reading", "markdown", "md", "text/markdown", markdown.write, heeds=("style",)),
        _format("reading", "svg", "svg", "image/svg+xml", timeline.write_svg, types=("event",)),
        _format("tables", "xlsx", "xlsx", _EXCEL, xlsx.write, shown_as="csv"),
        _format("tables", "csv", "csv", "text/csv", csv.write),
        _format("tables", "csv-statements", "csv", "text/csv", csv.write_statements),
        _format("tables", "timeline-csv", "csv", "text/csv", timeline.write_csv, types=("event",)),
        _format("references", "bibtex", "bib", "application/x-bibtex", bibtex.write),
        _format("references", "ris", "ris", "application/x-research-info-systems", ris.write),
        _format("references", "csl-json", "csl.json", "application/vnd.citationstyles.csl+json", csl_json.write),
        _format("archives", "ead3", "ead.xml", "application/xml", ead3.write),
        _format("archives", "eac-cpf", "eac.zip", "application/zip", eac_cpf.write, shown_as="dc", types=_AGENTS),
        _format("archives", "dc", "dc.xml", "application/xml", dublin_core.write),
        _format("programs", "json", "json", "application/json", json.write),
        _format("programs", "jsonl", "jsonl", "application/jsonl", jsonl.write),
        _format("programs", "jsonld", "jsonld", "application/ld+json", jsonld.write),
        _format("programs", "graphml", "graphml", "application/graphml+xml", graphml.write),
        _format("programs", "bulk", "ndjson", "application/x-ndjson", bulk.write),
        _format("programs", "bulk-solr", "ndjson", "application/x-ndjson", bulk.write_solr),
    )
}
"""Every format by key, in the order listed."""

__all__ = ["FORMATS", "Format", "Options", "Writer"]
