"""Hits, facets, events and tables drawn for a terminal, or for a pipe without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Document, Event, Person
from jasic_desktop.packs.coverage import Coverage
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.labels import facet_label, how_matched, other_title, roles
from jasic_desktop.render.terminal_page import DATE_WIDTH, LABEL_WIDTH, Drawer, Trimmed, columns
from jasic_desktop.render.visible import one_line, visible
from jasic_desktop.render.wording import Words

_TYPE_STYLES: Final[dict[RecordType, str]] = {
    "person": "blue",
    "organisation": "magenta",
    "event": "red",
    "place": "green",
    "document": "yellow",
    "topic": "cyan",
}


class Span(Protocol):
    """A run of a snippet, and whether it matched the question."""

    @property
    def text(self) -> str:
        """Its characters."""

    @property
    def match(self) -> bool:
        """Whether they matched."""


class Hit(Protocol):
    """A record found."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def snippet(self) -> Sequence[Span]:
        """A piece of its text."""

    @property
    def matched(self) -> Sequence[str]:
        """In what it matched: `text`, `title`, `name-zh`, `pinyin`, `other-name`, `spelling`, `id`."""


def render_hits(store: Store, hits: Iterable[Hit], language: Language) -> RenderableType:
    """Records found, each with type, title in both scripts, date or role, snippet, and why where that is not plain."""
    words = Words(language)
    parts: list[RenderableType] = []
    for hit in hits:
        if parts:
            parts.append(Line(""))
        parts.extend(_hit(store, hit, words))
    return Trimmed(Group(*parts))


def _hit(store: Store, hit: Hit, words: Words) -> Iterator[RenderableType]:
    record = store.get(hit.id)
    head = Line()
    head.append(f"{words.say(f'type.{record.type}')}  ", _TYPE_STYLES[record.type])
    head.append(one_line(record.title.show(words.language)), "bold")
    other = other_title(record, words)
    if other is not None:
        head.append(f"  {other}")
    detail = []
    if isinstance(record, Event | Document) and record.date:
        detail.append(record.date.phrase.show(words.language))
    if isinstance(record, Person):
        detail += filter(None, [roles(store, record, words)])
    if isinstance(record, Document) and (publisher := record.publisher_in(words.language)):
        detail.append(publisher)
    yield head
    detail.append(record.id)
    yield Line("  " + " · ".join(map(one_line, detail)), "dim")
    snippet = Line()
    for span in hit.snippet:
        snippet.append(visible(span.text.replace("\n", " ")), "bold yellow" if span.match else "")
    if snippet.plain.strip():
        yield Padding(snippet, (0, 0, 0, 2))
    how = how_matched(hit.matched, words)
    if how:
        yield Line(f"  {how}", "italic dim")


def render_facets(
    store: Store, facets: Mapping[str, Sequence[tuple[str, int]]], language: Language, most: int = 8
) -> RenderableType:
    """The facets with their first `most` values and how many records each would leave."""
    words = Words(language)
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(width=LABEL_WIDTH, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for name, counts in facets.items():
        if not counts:
            continue
        values = [f"{facet_label(store, name, value, words)} {count}" for value, count in counts[:most]]
        if len(counts) > most:
            values.append(words.say("more", number=len(counts) - most))
        table.add_row(Line(one_line(words.known(f"facet.{name}", name)), style="bold"), Line(" · ".join(values)))
    return Trimmed(table)


def render_timeline(store: Store, rows: Iterable[EventRow], language: Language) -> RenderableType:
    """Events in order: date, title in both scripts, and the sign where it is not plain."""
    words = Words(language)
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(width=DATE_WIDTH, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    lanes = {lane.id: one_line(lane.label.show(language)) for lane in store.archive.lanes}
    draw = Drawer(words, {})
    for row in rows:
        title, shown = row.title.pick(language)
        line = Line(one_line(title), "bold")
        other = row.title.en if shown != "en" else row.title.zh_hans or row.title.zh_hant
        if other is not None and other != title:
            line.append(f"  {one_line(other)}", "not bold")
        line.append("\n")
        if row.certainty is not None:
            line.append_text(draw.sign(row.certainty)[1:])
            line.append(" · ", "not bold dim")
        line.append(" · ".join(filter(None, (lanes.get(row.lane or "", row.lane), row.id))), "not bold dim")
        table.add_row(Line(one_line(row.date.phrase.show(language))), line)
    return Trimmed(table)


def render_facts(title: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    """A title and labelled values."""
    return Trimmed(Group(Line(one_line(title), style="bold"), _facts(rows)))


def _facts(rows: Iterable[tuple[str, str]]) -> RenderableType:
    lines = [(one_line(label), visible(value)) for label, value in rows]
    width = min(max((cell_len(label) for label, _ in lines), default=1), 2 * LABEL_WIDTH)
    return columns([(Line(label, "dim"), Line(value)) for label, value in lines], width)


def render_coverage(coverage: Coverage, language: Language) -> RenderableType:
    """The tables of coverage: by type, and statements and people by voices and certainty."""
    words = Words(language)
    types = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for column in ("type", "records", "in_chinese", "with_summary"):
        types.add_column(words.say(f"coverage.{column}"), justify="left" if column == "type" else "right")
    for name, counts in coverage.types.items():
        numbers = (counts.records, counts.in_chinese, counts.with_summary)
        types.add_row(words.known(f"types.{name}", name), *map(str, numbers))
    rows = [
        ("statements", str(coverage.statements)),
        ("statements_by_voices", _counts(coverage.statements_by_voices)),
        (
            "statements_by_certainty",
            _counts({words.known(f"certainty.{key}", key): n for key, n in coverage.statements_by_certainty.items()}),
        ),
        ("people_by_voices", _counts(coverage.people_by_voices)),
        ("accounts", str(coverage.accounts)),
        ("documents_with_voice", str(coverage.documents_with_voice)),
        ("documents_cited", str(coverage.documents_cited)),
    ]
    labelled = [(words.say(f"coverage.{key}"), value) for key, value in rows]
    return Trimmed(Group(Line(words.say("coverage.title"), style="bold"), types, Line(""), _facts(labelled)))


def _counts(counts: Mapping[str, int]) -> str:
    return "   ".join(f"{key}: {count}" for key, count in counts.items())
