"""Records as BibTeX: UTF-8, one entry each, keyed by the record's id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from jasic_desktop.export.bibliography import Entry, entry
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.visible import strip_acting

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces are counted by every reader of BibTeX, even after a backslash: they are written as commands instead.
_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "#$%&_"},
        # An @ or a quotation mark at the wrong place would begin something for some readers.
        "@": r"{@}",
        '"': r"{\textquotedbl}",
    }
)
_URL: Final = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", '"': "%22", "@": "%40", " ": "%20"})


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """A comment with the archive and its fingerprint, then one entry a record."""
    # Escaped too: some readers find an entry at any @, even in a comment.
    yield f"% {escape(cite_archive(store, options.language))}\n".encode()
    for record in records(store, ids, options):
        yield _entry(entry(store, record, options.language)).encode()


def _entry(work: Entry) -> str:
    lines = [f"\n@{work.genre.bibtex}{{{work.id},\n"]
    for name, value in _fields(work):
        lines.append(f"  {name} = {value},\n")
    return "".join([*lines, "}\n"])


def _fields(work: Entry) -> Iterator[tuple[str, str]]:
    if work.authors:
        # Each name in braces of its own: whole names, which no program may part or turn round.
        yield "author", "{" + " and ".join(f"{{{escape(author)}}}" for author in work.authors) + "}"
    yield "title", f"{{{{{escape(work.title)}}}}}"
    if work.other_title:
        yield "titleaddon", f"{{{escape(work.other_title)}}}"
    if work.publisher:
        yield work.genre.publisher_field, f"{{{escape(work.publisher)}}}"
    if work.edtf:
        yield "date", f"{{{work.edtf}}}"
    if work.issued:
        yield "year", f"{{{work.issued[0].year}}}"
        if work.issued[0].month:
            yield "month", _MONTHS[work.issued[0].month - 1]
    if work.url:
        yield "url", f"{{{_line(work.url).translate(_URL)}}}"
    if work.language:
        yield "language", f"{{{escape(work.language)}}}"
    if work.abstract:
        yield "abstract", f"{{{escape(work.abstract)}}}"
    yield "note", f"{{{escape(work.note)}}}"
    yield "copyright", f"{{{escape(work.rights)}}}"


def escape(text: str) -> str:
    """`text` as it stands in a field: one line, nothing in it a command, braces in balance."""
    return _line(text).translate(_ESCAPES)


def _line(text: str) -> str:
    return strip_acting(" ".join(text.split()))
