"""What a dossier says of itself: the start page, the same as plain text, and the rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from jasic_desktop.core.archive import Medium
from jasic_desktop.core.i18n import translate
from jasic_desktop.export.html import closing, opening
from jasic_desktop.export.html_blocks import escape
from jasic_desktop.export.options import Options
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

_LISTED: Final = 200
"""So many records are named on the start page; the readable page has all of them."""
_MEDIA: Final = "data/media/"


class Start:
    """The start page of a dossier with the records `ids` and the `files` (paths in the bag), which cite `sources`."""

    def __init__(self, store: Store, ids: Sequence[str], files: Sequence[str], sources: int, options: Options) -> None:
        self._store, self._ids, self._options = store, ids, options
        self._files = [path for path in files if not path.startswith(_MEDIA)]
        self._media = [path for path in files if path.startswith(_MEDIA)]
        self._sources = sources

    def page(self) -> bytes:
        """The start page as HTML that asks for nothing outside it."""
        words = Words(self._options.language)
        lines = [opening(self._store, self._title(), words), "<main>\n<article>\n"]
        lines.append(f"<h2>{escape(self._title())}</h2>\n<p>{escape(self._counts())}</p>\n")
        lines.append(f"<h3>{escape(self._say('files'))}</h3>\n<dl>\n")
        for path, meaning in self._listed():
            lines.append(f'<dt><a href="{escape(path)}">{escape(path)}</a></dt>\n<dd>{escape(meaning)}</dd>\n')
        lines.append(f"</dl>\n<h3>{escape(self._say('records'))}</h3>\n<ul>\n")
        readable = "data/records.html"
        for record_id in self._ids[:_LISTED]:
            title = escape(self._store.title(record_id).show(words.language))
            lines.append(f'<li><a href="{readable}#{escape(record_id)}">{title}</a></li>\n')
        lines.append("</ul>\n")
        if len(self._ids) > _LISTED:
            lines.append(f'<p><a href="{readable}">{escape(self._say("more", count=len(self._ids)))}</a></p>\n')
        lines.append(f"<h3>{escape(self._say('check'))}</h3>\n<p>{escape(self._say('how'))}</p>\n</article>\n")
        return "".join([*lines, closing(self._store, words)]).encode()

    def text(self) -> bytes:
        """The same as plain text."""
        store, language = self._store, self._options.language
        lines = [self._title(), "", self._counts(), one_line(cite_archive(store, language)), store.fingerprint, ""]
        lines += [f"{path}\n    {meaning}" for path, meaning in self._listed()]
        lines += ["", self._say("check"), self._say("how"), "", one_line(store.archive.contact.show(language)), ""]
        return "\n".join(lines).encode("utf-8", "replace")

    def _title(self) -> str:
        store, language = self._store, self._options.language
        only = self._ids[0] if len(self._ids) == 1 else None
        title = store.title(only) if only is not None else store.archive.title
        return self._say("title", title=one_line(title.show(language)))

    def _counts(self) -> str:
        return self._say("counts", records=len(self._ids), sources=self._sources, media=len(self._media))

    def _listed(self) -> Iterable[tuple[str, str]]:
        """Each file with what it is; the media together."""
        for path in self._files:
            key = path.removeprefix("data/").replace("/", "_").replace(".", "_").lower()
            yield path, self._say(f"file.{key}")
        if self._media:
            yield _MEDIA, self._say("file.media")

    def _say(self, key: str, **values: object) -> str:
        return translate(f"export.dossier.{key}", self._options.language, **values)


def rights(store: Store, media: Iterable[Medium], options: Options) -> bytes:
    """What may be done with the files: the archive's own texts, the works of others, each picture."""
    archive, language = store.archive, options.language
    lines = [
        one_line(cite_archive(store, language)),
        "",
        one_line(archive.rights_note.show(language)),
        translate("export.dossier.others", language),
        "",
        *(one_line(f"{key}: {term.label.show(language)}") for key, term in sorted(archive.rights.items())),
    ]
    for medium in media:
        term = archive.rights.get(medium.rights)
        said = term.label.show(language) if term is not None else medium.rights
        lines += ["", f"{_MEDIA}{medium.file}", one_line(medium.caption.show(language)), one_line(medium.creator)]
        lines.append(one_line(said))
    return "\n".join([*lines, ""]).encode("utf-8", "replace")
