"""Records as Markdown in Pandoc's dialect, with its citations; nothing in a text can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Address,
    Block,
    Citation,
    Emphasis,
    Facts,
    Heading,
    InLanguage,
    Inline,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    RecordLink,
    Sign,
    SourceList,
    StatementBlock,
    Text,
)
from jasic_desktop.export.citation_styles import in_style
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.page import Page, page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

# What has a meaning within a line in CommonMark, GitHub's dialect or Pandoc's; addresses, which some make links of.
_WITHIN: Final = re.compile(r"([\\`*_{}\[\]<>#|~$^@&]|:(?=//)|(?<=www)\.|--)", re.IGNORECASE)
# What has a meaning at the start of one: lists, headings, rules, definitions, numbered items.
_AT_START: Final = re.compile(
    r"^(?P<before>\(?(?:[0-9]{1,9}|[a-z]|[ivxlcdm]{1,9})(?=[.)])|(?=[-+=:%]))(?P<sign>.)", re.I
)


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """A header with the provenance, then each record under a heading that carries its id."""
    wanted = tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))
    words = Words(options.language)
    yield _head(store, wanted, words).encode()
    for record in records(store, wanted, options):
        drawn = in_style(page(store, record.id, options.language), store, options.style, options.language)
        yield article(drawn, words, frozenset(wanted)).encode()


def _head(store: Store, ids: Sequence[str], words: Words) -> str:
    archive = store.archive
    title = store.title(ids[0]) if len(ids) == 1 else archive.title
    fields = {
        "title": title.show(words.language),
        "lang": words.language,
        "archive": cite_archive(store, words.language),
        "fingerprint": store.fingerprint,
        "rights": archive.rights_note.show(words.language),
    }
    # A JSON string is a YAML string too, whatever it holds.
    lines = [f"{key}: {msgspec.json.encode(one_line(value)).decode()}\n" for key, value in fields.items()]
    return "".join(["---\n", *lines, "---\n"])


def article(drawn: Page, words: Words, present: frozenset[str]) -> str:
    """One record; links lead only to the records that are `present` in the same text."""
    draw = _Drawer(words, drawn.numbers, present)
    parts = [f"# {begin(draw.line(drawn.heading))} {{#{drawn.id}}}"]
    parts += [begin(draw.line(inlines)) for inlines in (drawn.subtitle, drawn.line) if inlines]
    parts += [text for block in drawn.blocks if (text := draw.block(block))]
    return "".join(f"\n{part}\n" for part in parts)


def line(inlines: Iterable[Inline], words: Words) -> str:
    """A paragraph of one line, whose beginning means nothing; links in it lead nowhere."""
    return begin(_Drawer(words, {}, frozenset()).line(inlines))


def escape(text: str) -> str:
    """`text` on one line, with a backslash before every character that could mean something."""
    return _WITHIN.sub(lambda found: "".join(f"\\{char}" for char in found[0]), one_line(text))


def begin(line: str) -> str:
    """A finished line of words so that its beginning means nothing."""
    return _AT_START.sub(r"\g<before>\\\g<sign>", line.strip())


def code(text: str) -> str:
    """`text` as a code span: shown as it is, and no program makes a link of it."""
    plain = one_line(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    space = " " if plain[:1] in ("`", " ") or plain[-1:] in ("`", " ") else ""
    return f"{fence}{space}{plain}{space}{fence}" if plain else ""


class _Drawer:
    def __init__(self, words: Words, numbers: Mapping[str, int], present: frozenset[str]) -> None:
        self._words = words
        self._numbers = numbers
        self._present = present

    def line(self, inlines: Iterable[Inline]) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Text):
            return escape(inline.text)
        if isinstance(inline, Emphasis):
            return _around(self.line(inline.inlines), "**" if inline.strong else "*")
        if isinstance(inline, RecordLink):
            inside = self.line(inline.inlines)
            return f"[{inside}](#{inline.id})" if inline.id in self._present and inside else inside
        if isinstance(inline, InLanguage):
            return self.line(inline.inlines)
        if isinstance(inline, Citation):
            parts = (f"@{s.id}" + (f", {escape(s.locator)}" if s.locator else "") for s in inline.sources)
            return f" [{'; '.join(parts)}]"
        if isinstance(inline, Sign):
            return escape(f" ({self._words.known(f'certainty.{inline.certainty}', inline.certainty)})")
        if isinstance(inline, Address):
            return code(inline.url)
        return _around(escape(inline.text), "**")

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph | PictureBlock):
            return begin(self.line(block.inlines))
        if isinstance(block, Heading):
            return f"{'#' * min(max(block.level, 2), 6)} {begin(self.line(block.inlines))}"
        if isinstance(block, ListBlock):
            return "\n".join(
                self._item(item, f"{n}. " if block.ordered else "- ") for n, item in enumerate(block.items, 1)
            )
        if isinstance(block, Quote):
            return _indented("\n\n".join(map(self.block, block.blocks)), "> ", "> ")
        if isinstance(block, Facts):
            return "\n".join(f"- **{escape(label)}**: {self.line(value)}" for label, value in block.rows)
        if isinstance(block, StatementBlock):
            date = f"**{escape(block.date)}** " if block.date else ""
            return f"- {date}{begin(self.line(block.inlines))}"
        if isinstance(block, AccountsBlock):
            return self._accounts(block)
        return self._sources(block)

    def _item(self, item: tuple[Block, ...], mark: str) -> str:
        return _indented("\n\n".join(map(self.block, item)), mark, " " * len(mark))

    def _accounts(self, block: AccountsBlock) -> str:
        question = escape(self._words.say("accounts_differ", question=block.question))
        answers = "\n".join(f"> - {begin(self.line(answer))}" for answer in block.answers)
        return f"> **{question}**\n>\n{answers}"

    def _sources(self, block: SourceList) -> str:
        return "\n".join(f"{entry.number}. `@{entry.id}`: {self.line(entry.inlines)}" for entry in block.entries)


def _around(text: str, mark: str) -> str:
    """`text` between marks of emphasis, which must touch it."""
    inside = text.strip()
    if not inside:
        return text
    before, _, after = text.partition(inside)
    return f"{before}{mark}{inside}{mark}{after}"


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        (first if number == 0 else rest) + line if line or rest.strip() else "" for number, line in enumerate(lines)
    )
