"""What an OpenDocument text has besides its paragraphs: styles, language, properties, the list of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from lxml import etree
from odfdo import Document

from jasic_desktop.export.odt_blocks import LANGUAGES, PICTURES
from jasic_desktop.export.pictures import image_type
from jasic_desktop.export.xml import DECLARATION, tag, text
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES: Final = {
    "office": f"{_ODF}office:1.0",
    "style": f"{_ODF}style:1.0",
    "text": f"{_ODF}text:1.0",
    "table": f"{_ODF}table:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "meta": f"{_ODF}meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_SPACES: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
_VERSION: Final = 'office:version="1.3"'


def _spoken(language: str) -> str:
    code, country = LANGUAGES[language]
    asian = f' style:language-asian="{code}" style:country-asian="{country}"' if code == "zh" else ""
    return f'fo:language="{code}" fo:country="{country}"{asian}'


def _style(name: str, family: str, properties: str, parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above}>{properties}</style:style>\n'


def _column(name: str, share: int) -> str:
    properties = f'<style:table-column-properties style:rel-column-width="{share}*"/>'
    return _style(name, "table-column", properties)


_BORDER: Final = '<style:table-cell-properties fo:border="0.5pt solid #8a9099" fo:padding="0.1cm"/>'
_AUTOMATIC: Final = "".join(
    (
        _style("Full", "table", '<style:table-properties style:rel-width="100%" table:align="margins"/>'),
        _column("Narrow", 1),
        _column("Wide", 3),
        _column("Even", 1),
        _style("Bordered", "table-cell", _BORDER),
        _style("Strong", "text", '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/>'),
        _style("Stressed", "text", '<style:text-properties fo:font-style="italic" style:font-style-asian="italic"/>'),
        _style("Raised", "text", '<style:text-properties style:text-position="super 66%"/>'),
        _style("Marked", "text", '<style:text-properties fo:background-color="#ffe08a"/>'),
        *(_style(f"In-{language}", "text", f"<style:text-properties {_spoken(language)}/>") for language in LANGUAGES),
    )
)
OPENING: Final = (
    f"{DECLARATION}<office:document-content {_SPACES} {_VERSION}>\n"
    f"<office:automatic-styles>\n{_AUTOMATIC}</office:automatic-styles>\n<office:body>\n<office:text>\n"
)
"""What stands before the paragraphs."""
CLOSING: Final = "</office:text>\n</office:body>\n</office:document-content>\n"
"""What stands behind them."""


def _set(name: str, size: float, after: float = 0.2, *, quiet: bool = False, bold: bool = False, more: str = "") -> str:
    look = f'fo:font-size="{size}pt" style:font-size-asian="{size}pt"'
    look += ' fo:color="#555b63"' if quiet else ""
    look += ' fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
    shape = f'<style:paragraph-properties fo:margin-bottom="{after}cm" {more}/>'
    return _style(name, "paragraph", f"{shape}<style:text-properties {look}/>", "Standard")


_HANGING: Final = 'fo:margin-left="1cm" fo:text-indent="-1cm"'
_KEEP: Final = 'fo:keep-with-next="always"'
_STYLES: Final = "".join(
    (
        _set("Title", 22, 0.3, bold=True),
        _set("Names", 12),
        _set("Line", 9.5, 0.3, quiet=True),
        _set("Fingerprint", 9, quiet=True),
        _set("ContentsHeading", 14, bold=True, more=f'fo:margin-top="0.4cm" {_KEEP}'),
        _set("ContentsGroup", 11, bold=True, more=f'fo:margin-top="0.2cm" {_KEEP}'),
        _set("ContentsEntry", 10.5, 0, more='fo:margin-left="0.6cm"'),
        _set("Text", 11),
        _set("Item", 11, 0.1),
        _set("Quoted", 11, more='fo:margin-left="1cm" fo:margin-right="1cm"'),
        _set("Statement", 11),
        _set("Question", 11, 0.1, bold=True, more=_KEEP),
        _set("Cell", 10.5, 0.1),
        _set("Source", 10, 0.1, more=_HANGING),
    )
)


def parts(store: Store, ids: Sequence[str], words: Words, pictures: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Every part of the file but its kind, its paragraphs and the files of its `pictures`, by name."""
    found = {
        "styles.xml": _styles(words),
        "meta.xml": _meta(store, ids, words).encode(),
    }
    yield from found.items()
    entries = [
        ("/", "application/vnd.oasis.opendocument.text"),
        *((name, "text/xml") for name in ("content.xml", *found)),
        *((f"{PICTURES}{file}", image_type(file)) for file in pictures),
    ]
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>\n' for name, kind in entries
    )
    manifest = (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0" manifest:version="1.3">\n'
        f"{listed}</manifest:manifest>\n"
    )
    yield "META-INF/manifest.xml", manifest.encode()


def _styles(words: Words) -> bytes:
    """The styles of odfdo's template, in the language of the reader, and ours."""
    template = BytesIO()
    Document("text").save(template)
    with ZipFile(template) as file:
        root = etree.fromstring(file.read("styles.xml"))
    ours = etree.fromstring(f"<styles {_SPACES}>{_STYLES}</styles>")
    known = root.find("office:styles", _NAMES)
    if known is None:
        raise RuntimeError("the template of odfdo has no styles")
    name = f"{{{_NAMES['style']}}}name"
    replaced = {style.get(name) for style in ours}
    for style in list(known):
        # Headings of the template are numbered: those of records are not.
        if style.get(name) in replaced or style.tag == f"{{{_NAMES['text']}}}outline-style":
            known.remove(style)
    code, country = LANGUAGES[words.language]
    asian = LANGUAGES["zh-Hant" if words.language == "zh-Hant" else "zh-Hans"]
    for default in known.findall("style:default-style/style:text-properties", _NAMES):
        default.set(f"{{{_NAMES['fo']}}}language", code)
        default.set(f"{{{_NAMES['fo']}}}country", country)
        default.set(f"{{{_NAMES['style']}}}language-asian", asian[0])
        default.set(f"{{{_NAMES['style']}}}country-asian", asian[1])
    known.extend(list(ours))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _meta(store: Store, ids: Sequence[str], words: Words) -> str:
    archive, language = store.archive, words.language
    title = store.title(ids[0]) if len(ids) == 1 else archive.title
    code, country = LANGUAGES[language]
    told = (
        tag("meta:generator", "Jasic Desktop"),
        tag("dc:title", text(one_line(title.show(language)))),
        tag("dc:subject", text(one_line(cite_archive(store, language)))),
        tag("dc:description", text(one_line(archive.rights_note.show(language)))),
        tag("meta:initial-creator", text(one_line(archive.editor))),
        tag("dc:creator", text(one_line(archive.editor))),
        tag("meta:creation-date", f"{archive.date}T00:00:00"),
        tag("dc:date", f"{archive.date}T00:00:00"),
        tag("dc:language", f"{code}-{country}"),
        tag("meta:user-defined", store.fingerprint, meta__name="fingerprint"),
        tag("meta:user-defined", text(archive.version), meta__name="version"),
    )
    return (
        f"{DECLARATION}<office:document-meta {_SPACES} {_VERSION}>\n{tag('office:meta', told)}</office:document-meta>\n"
    )
