"""What a Word document has besides its text: styles, language, footer and properties; and its parts to be zipped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Cm, Emu, Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree
from lxml.etree import _Element

from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

BODY: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROOM: Final = Cm(16), Cm(20)
"""For a picture."""
_PIXEL: Final = Inches(1) / 96
"""A pixel is no larger than on a screen."""
_LONGEST: Final = 255  # characters of a property
_INK: Final = RGBColor(0x1F, 0x23, 0x28)
_QUIET: Final = RGBColor(0x55, 0x5B, 0x63)
_TAGS: Final = {"en": "en-GB", "zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
_KNOWN_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?", re.ASCII)


def tag(language: str) -> str | None:
    """The tag by which Word knows a language; None where it would not know it."""
    return _TAGS.get(language) or (language if _KNOWN_TAG.fullmatch(language) else None)


def put(parent: _Element, name: str, /, **attributes: str) -> _Element:
    """A new element of WordprocessingML, such as `r`, at the end of `parent`; attributes are of its namespace."""
    return etree.SubElement(parent, f"{_W}{name}", {f"{_W}{key}": value for key, value in attributes.items()})


class DocxDocument:
    """An empty document in one language. What is added to `body` is given out by `drawn` and forgotten."""

    def __init__(self, store: Store, ids: Sequence[str], words: Words) -> None:
        self._document = Document()
        self._pictures = 0
        self._style(words)
        self._footer(store, words)
        self._properties(store, ids, words)
        self._forget_the_template()
        self.body: _Element = self._document.element.body
        whole = etree.tostring(self._document.element, encoding="UTF-8", standalone=True)
        start = whole.index(b"<w:body>") + len(b"<w:body>")
        self.opening: bytes = whole[:start]
        """What stands before the text."""
        self.closing: bytes = whole[start:]
        """What stands behind it: the shape of the page."""
        for child in list(self.body):
            self.body.remove(child)

    def drawn(self) -> bytes:
        """What was added to `body` since the last time, as it stands in the file."""
        whole = etree.tostring(self.body, encoding="UTF-8")
        for child in list(self.body):
            self.body.remove(child)
        return whole[whole.index(b">") + 1 : whole.rindex(b"<")] if b"</w:body>" in whole else b""

    def ordered_list(self) -> str:
        """The number of a new list that begins with 1."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element
        pattern = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        new = numbering.add_num(pattern)
        new.add_lvlOverride(0).add_startOverride(1)
        return str(new.numId)

    def picture(self, file: str, data: bytes, size: tuple[int, int], alt: str) -> _Element:
        """A PNG or JPEG of `size` pixels as what stands in a run; its bytes are in the file once."""
        width, height = size
        scale = min(_ROOM[0] / width, _ROOM[1] / height, _PIXEL)
        relation, _ = self._document.part.get_or_add_image(BytesIO(data))
        self._pictures += 1
        inline = CT_Inline.new_pic_inline(
            self._pictures, relation, one_line(file), Emu(round(width * scale)), Emu(round(height * scale))
        )
        inline.docPr.set("descr", one_line(alt))
        drawing = etree.Element(f"{_W}drawing")
        drawing.append(inline)
        return drawing

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Every other part of the file, by name."""
        saved = BytesIO()
        self._document.save(saved)
        with ZipFile(saved) as file:
            for name in file.namelist():
                if name != BODY:
                    yield name, file.read(name)

    def _style(self, words: Words) -> None:
        styles = self._document.styles
        for style in styles:
            if isinstance(style, ParagraphStyle) and style.name and style.name.startswith(("Heading", "Title")):
                style.font.color.rgb = _INK
        normal = styles["Normal"]
        normal.paragraph_format.space_after = Pt(6)
        self._add("Names", quiet=False, size=12)
        self._add("Line", size=9.5, after=8)
        self._add("Fingerprint", size=9)
        self._add("Contents Heading", quiet=False, size=14, before=12).font.bold = True
        self._add("Contents Group", quiet=False, size=11, before=6, keep=True).font.bold = True
        self._add("Contents Entry", quiet=False, size=10.5, after=0).paragraph_format.left_indent = Cm(0.6)
        self._add("Statement", quiet=False, size=11)
        self._add("Question", quiet=False, size=11, after=3, keep=True).font.bold = True
        self._add("Cell", quiet=False, size=10.5, after=3)
        source = self._add("Source", quiet=False, size=10, after=3).paragraph_format
        source.left_indent, source.first_line_indent = Cm(1), Cm(-1)
        source.tab_stops.add_tab_stop(Cm(1))
        for page in self._document.sections:
            page.page_width, page.page_height = Cm(21), Cm(29.7)
            page.left_margin = page.right_margin = Cm(2.5)
        self._speak(words)

    def _add(
        self, name: str, *, size: float, quiet: bool = True, before: float = 0, after: float = 6, keep: bool = False
    ) -> ParagraphStyle:
        style = self._document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - tells the type
        style.base_style = self._document.styles["Normal"]
        style.font.size = Pt(size)
        if quiet:
            style.font.color.rgb = _QUIET
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep
        return style

    def _speak(self, words: Words) -> None:
        """Set the language that everything is in where nothing else is said."""
        chinese = _TAGS["zh-Hant" if words.language == "zh-Hant" else "zh-Hans"]
        for root in (self._document.styles.element, self._document.settings.element):
            for found in root.iter(qn("w:lang"), qn("w:themeFontLang")):
                found.set(qn("w:val"), _TAGS[words.language])
                found.set(qn("w:eastAsia"), chinese)

    def _footer(self, store: Store, words: Words) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.style = self._document.styles["Fingerprint"]
        paragraph.add_run(f"{one_line(cite_archive(store, words.language))}  ·  ")
        put(put(paragraph.part.element[-1], "fldSimple", instr="PAGE"), "r")

    def _properties(self, store: Store, ids: Sequence[str], words: Words) -> None:
        archive, language = store.archive, words.language
        told = self._document.core_properties
        made = datetime.fromisoformat(archive.date)
        title = store.title(ids[0]) if len(ids) == 1 else archive.title
        told.title = one_line(title.show(language))[:_LONGEST]
        told.author = told.last_modified_by = one_line(archive.editor)[:_LONGEST]
        told.subject = one_line(cite_archive(store, language))[:_LONGEST]
        told.comments = one_line(archive.rights_note.show(language))[:_LONGEST]
        told.identifier = store.fingerprint
        told.version, told.language = archive.version, _TAGS[language]
        told.created = told.modified = made
        told.revision = 1
        told.keywords = told.category = ""

    def _forget_the_template(self) -> None:
        """Leave out the picture and the notes of whoever made the template."""
        unwanted = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML)
        for holder in (self._document.part.package, self._document.part):
            for key, relation in list(holder.rels.items()):
                if relation.reltype in unwanted:
                    holder.rels.pop(key)
