"""Records as one HTML page that stands alone: no script, no request, every text escaped; to read and to print."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256

from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.export.citation_styles import in_style
from jasic_desktop.export.html_blocks import HtmlBlocks, escape, picture_anchor, span
from jasic_desktop.export.html_style import style
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.pictures import drawn_files, image_type
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.page import Page, page
from jasic_desktop.render.wording import Words


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The page: archive, contents, the records, provenance. It is well formed as XML too."""
    wanted = tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))
    words = Words(options.language)
    yield _head(store, wanted, words, has_pictures=options.media is not None).encode()
    pictures: dict[str, str] = {}
    for record in records(store, wanted, options):
        drawn = in_style(page(store, record.id, options.language), store, options.style, options.language)
        fresh = _embedded(drawn, options, pictures)
        yield article(drawn, words, frozenset(wanted), pictures={**pictures, **fresh}).encode()
        pictures.update((file, f"#{picture_anchor(file)}") for file in fresh)
    yield closing(store, words).encode()


def article(
    drawn: Page,
    words: Words,
    present: frozenset[str],
    address: Callable[[str], str] = "#{}".format,
    pictures: Mapping[str, str] | None = None,
) -> str:
    """One record; links lead only to the records that are `present`, on the same page or at the `address` of each.

    `pictures` is what HtmlBlocks takes: without it a picture stands there in words.
    """
    blocks = HtmlBlocks(words, drawn.id, drawn.numbers, present, address, pictures)
    lines = [
        f'<article id="{escape(drawn.id)}" class="{escape(drawn.type)}">\n',
        f"<h2>{blocks.inlines(drawn.heading)}</h2>\n",
    ]
    if drawn.subtitle:
        lines.append(f'<p class="names">{blocks.inlines(drawn.subtitle)}</p>\n')
    lines.append(f'<p class="line">{blocks.inlines(drawn.line)}</p>\n')
    lines.extend(blocks.blocks(drawn.blocks))
    return "".join([*lines, "</article>\n"])


def _embedded(drawn: Page, options: Options, before: Mapping[str, str]) -> dict[str, str]:
    """The pictures of a page that were not `before`, as addresses that hold the whole file."""
    if options.media is None:
        return {}
    return {
        file: f"data:{image_type(file)};base64,{b64encode(options.media(file)).decode()}"
        for file in drawn_files(drawn)
        if file not in before
    }


def _head(store: Store, ids: Sequence[str], words: Words, *, has_pictures: bool) -> str:
    archive = store.archive
    title = store.title(ids[0]).show(words.language) if len(ids) == 1 else archive.title.show(words.language)
    contents = _contents(store, ids, words) if len(ids) > 1 else ""
    return f"{opening(store, title, words, has_pictures=has_pictures)}{contents}<main>\n"


def opening(store: Store, title: str, words: Words, *, has_pictures: bool = False) -> str:
    """What stands before the contents of a page of ours: its rules, which forbid every request, and the archive."""
    archive = store.archive
    css = style()
    digest = b64encode(sha256(css.encode()).digest()).decode()
    images = " img-src data:;" if has_pictures else ""
    policy = f"default-src 'none';{images} style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8" />\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        '<meta name="referrer" content="no-referrer" />\n'
        f"<title>{escape(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f'<header>\n<p class="archive">{_localised(archive.title.pick(words.language), words)}</p>\n'
        f'<p class="fingerprint">{escape(cite_archive(store, words.language))}</p>\n</header>\n'
    )


def _contents(store: Store, ids: Sequence[str], words: Words) -> str:
    lines = [f"<nav>\n<h1>{escape(words.say('contents'))}</h1>\n"]
    for kind in RECORD_TYPES:
        here = [record_id for record_id in ids if store.type(record_id) == kind]
        if here:
            lines.append(f"<h2>{escape(words.say(f'types.{kind}'))}</h2>\n<ul>\n")
            for record_id in here:
                title = _localised(store.title(record_id).pick(words.language), words)
                lines.append(f'<li><a href="#{escape(record_id)}">{title}</a></li>\n')
            lines.append("</ul>\n")
    return "".join([*lines, "</nav>\n"])


def closing(store: Store, words: Words) -> str:
    """What stands behind: provenance, rights, contact."""
    archive = store.archive
    return (
        f"</main>\n<footer>\n<p>{escape(cite_archive(store, words.language))}</p>\n"
        f'<p class="fingerprint">{escape(store.fingerprint)}</p>\n'
        f"<p>{_localised(archive.rights_note.pick(words.language), words)}</p>\n"
        f"<p>{_localised(archive.contact.pick(words.language), words)}</p>\n</footer>\n</body>\n</html>\n"
    )


def _localised(picked: tuple[str, str], words: Words) -> str:
    text, language = picked
    return escape(text) if language == words.language else span(language, escape(text))
