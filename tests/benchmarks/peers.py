"""Search engines side by side, built from the same tokens and asked the same questions: ours, SQLite FTS5, Tantivy.

The peers are spared what ours does at the same time: they are handed tokens that are cut already, know no stems, no
reasons and no readings that they were not given, and mark a snippet with one regular expression.
"""

from __future__ import annotations

import gc
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from jasic_desktop.search.analysis import has_han, steps
from jasic_desktop.search.fields import MEANINGS, NAMES, Field
from tests.benchmarks.asked import PAGE, Question

# What only some of the engines need is loaded by them: a fresh process is timed, too.
if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

COLUMNS: Final = (Field.TITLE, Field.NAME_ZH, Field.OTHER, Field.PINYIN, Field.PINYIN_AUTO, Field.TEXT, Field.RELATED)
"""What the peers index: all but the stems and keys that are ours alone."""
_SNIPPET: Final = 160
_WRITER_BYTES: Final = 200_000_000


@dataclass(frozen=True)
class Entry:
    """A record as the peers are given it: its tokens by column, and what they count, filter and show."""

    ordinal: int
    columns: tuple[str, ...]
    type: str
    year: int
    day: int
    shown: bytes


def entries(store: Store) -> Iterator[Entry]:
    """Every record of a store."""
    from jasic_desktop.search.terms import terms_of
    from jasic_desktop.search.texts import passages

    title_of = lru_cache(maxsize=10_000)(store.title)
    for ordinal, record in enumerate(store.many(store.ids)):
        terms = terms_of(record, title_of)
        columns = tuple(" ".join(token.text for token in terms.get(field, [])) for field in COLUMNS)
        first = min((day for span in store.dates(ordinal) for day in span if day), default="0000-00-00")
        text = " ".join(passage.text for passage in passages(record))
        shown = zlib.compress(json.dumps([record.title.show("en"), text], ensure_ascii=False).encode(), 1)
        yield Entry(ordinal, columns, record.type, int(first[:4]), int(first.replace("-", "")), shown)


class Peer(Protocol):
    """One engine over one archive."""

    name: str

    def build(self, store: Store, given: Iterable[Entry], folder: Path) -> None:
        """Write the index into `folder`, from the store or from the entries given."""
        ...

    def open(self, store: Store | None, folder: Path) -> None:
        """Make ready to be asked; only ours reads the store."""
        ...

    def prepare(self) -> None:
        """What it does once it is open, before it is asked."""
        ...

    def ask(self, question: Question) -> int | None:
        """Answer; how many records were found, as far as the engine counts them. None for what it does not know."""
        ...

    def rest(self) -> None:
        """What it does once it has answered, before it is asked again."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class Ours:
    """The engine of the program."""

    name = "ours"

    def build(self, store: Store, given: Iterable[Entry], folder: Path) -> None:
        """The program's own build, which cuts the tokens itself, in one process as the peers are built."""
        from jasic_desktop.search.whoosh.build import build_index

        build_index(store, folder, two=False)

    def open(self, store: Store | None, folder: Path) -> None:
        """As the worker does it."""
        from jasic_desktop.search.whoosh import open_engine

        if store is None:
            raise ValueError("there is no store")
        self._engine = open_engine(store, folder)

    def prepare(self) -> None:
        """As the worker does it until somebody asks."""
        from jasic_desktop.app.worker import settle

        settle()
        for _ in self._engine.prepare():
            pass

    def ask(self, question: Question) -> int | None:
        """As the window does it."""
        if question.form == "complete":
            return len(self._engine.suggest(question.text))
        return self._engine.search(question.request).total

    def rest(self) -> None:
        """As the worker does it."""
        from jasic_desktop.app.worker import tidy

        tidy()

    def close(self) -> None:
        """Let go of the files, and of what was kept of them: what was settled would else be kept for ever."""
        self._engine.close()
        del self._engine
        gc.unfreeze()
        gc.collect()


def terms_asked(text: str) -> list[str]:
    """A question's words as tokens that follow each other: pairs of characters, or words."""
    return [step.text for step in steps(text)]


def is_begun(word: str, question: Question) -> bool:
    """Whether tokens are wanted that only begin with `word`, the last of a question."""
    return steps(word)[-1].prefix or (question.form in ("prefix", "complete") and not has_han(word))


def snippet(shown: bytes, words: Iterable[str]) -> str:
    """The title, and the text around the first word found."""
    title, text = json.loads(zlib.decompress(shown))
    pattern = "|".join(re.escape(word) if has_han(word) else rf"\b{re.escape(word)}" for word in words)
    match = re.search(pattern, text, re.IGNORECASE)
    begin = max(0, match.start() - _SNIPPET // 3) if match else 0
    marked = re.sub(pattern, r"[\g<0>]", text[begin : begin + _SNIPPET], flags=re.IGNORECASE)
    return f"{title}: {marked}"


class Fts5:
    """SQLite's full-text index, with its own index of prefixes."""

    name = "FTS5"

    def build(self, store: Store, given: Iterable[Entry], folder: Path) -> None:
        """A contentless table of tokens, and a table with the rest."""
        import sqlite3

        folder.mkdir(parents=True)
        database = sqlite3.connect(folder / "fts5")
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
            database.execute(f"PRAGMA {pragma}")
        names = ", ".join(COLUMNS)
        tokenizer = "unicode61 remove_diacritics 0"
        database.execute(
            f"CREATE VIRTUAL TABLE f USING fts5({names}, content='', tokenize='{tokenizer}', prefix='1 2 3')"
        )
        database.execute("CREATE TABLE d(id INTEGER PRIMARY KEY, day INT, year INT, type TEXT, shown BLOB)")
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        for entry in given:
            database.execute(f"INSERT INTO f (rowid, {names}) VALUES ({marks})", (entry.ordinal, *entry.columns))
            row = (entry.ordinal, entry.day, entry.year, entry.type, entry.shown)
            database.execute("INSERT INTO d VALUES (?, ?, ?, ?, ?)", row)
        database.execute("INSERT INTO f (f) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self, store: Store | None, folder: Path) -> None:
        """Read only."""
        import sqlite3

        self._database = sqlite3.connect(f"file:{folder / 'fts5'}?mode=ro", uri=True)

    def prepare(self) -> None:
        """Nothing: it needs nothing."""

    def ask(self, question: Question) -> int | None:
        """One SELECT for the best, one for the counts, one for what is shown."""
        if question.form in ("wildcard", "fuzzy"):
            return None
        match = self._match(question)
        rows = self._select(question, match)
        if question.full or question.facets:
            counts = "SELECT type, year, count(*) FROM f JOIN d ON d.id = f.rowid WHERE f MATCH ? GROUP BY 1, 2"
            self._database.execute(counts, (match,)).fetchall()
        if question.full:
            for (ordinal,) in rows:
                (shown,) = self._database.execute("SELECT shown FROM d WHERE id = ?", (ordinal,)).fetchone()
                snippet(shown, question.words)
        return len(rows)

    def rest(self) -> None:
        """Nothing: it leaves nothing behind."""

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _select(self, question: Question, match: str) -> list[tuple[int]]:
        joined, values = "", list[object]()
        if question.years or question.types or question.by_date:
            joined = "JOIN d ON d.id = f.rowid "
        where = "WHERE f MATCH ? "
        if question.years:
            where += "AND d.year BETWEEN ? AND ? "
            values += question.years
        if question.types:
            where += f"AND d.type IN ({', '.join('?' * len(question.types))}) "
            values += question.types
        weights = ", ".join(str(MEANINGS[field].weight) for field in COLUMNS)
        order = "d.day DESC" if question.by_date else f"bm25(f, {weights})"
        sql = f"SELECT f.rowid FROM f {joined}{where}ORDER BY {order} LIMIT {PAGE}"
        return self._database.execute(sql, (match, *values)).fetchall()

    @staticmethod
    def _match(question: Question) -> str:
        words = ['"' + " ".join(terms_asked(word)) + '"' for word in question.words]
        if question.form == "phrase":
            words = ['"' + " ".join(question.words) + '"']
        if is_begun(question.words[-1], question):
            words[-1] += "*"
        asked = (" OR " if question.form == "any" else " AND ").join(words)
        if question.names:
            return "{" + " ".join(NAMES) + "}: " + f"({asked})"
        if question.form == "spoken":
            return "{" + f"{Field.PINYIN} {Field.PINYIN_AUTO}" + "}: " + f"({asked})"
        return asked


class Tantivy:
    """The search library behind Quickwit, in Rust."""

    name = "Tantivy"

    def build(self, store: Store, given: Iterable[Entry], folder: Path) -> None:
        """One index, merged."""
        import tantivy

        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        for field in COLUMNS:
            builder.add_text_field(field, stored=False, tokenizer_name="ws")
        builder.add_unsigned_field("day", fast=True, indexed=True)
        builder.add_unsigned_field("year", fast=True, indexed=True)
        builder.add_text_field("type", tokenizer_name="raw", fast=True)
        builder.add_bytes_field("shown", stored=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        self._register(index)
        writer = index.writer(_WRITER_BYTES, 1)
        for entry in given:
            document = tantivy.Document()
            for field, tokens in zip(COLUMNS, entry.columns, strict=True):
                document.add_text(field, tokens)
            document.add_unsigned("day", entry.day)
            document.add_unsigned("year", entry.year)
            document.add_text("type", entry.type)
            document.add_bytes("shown", entry.shown)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, store: Store | None, folder: Path) -> None:
        """Map the files."""
        import tantivy

        self._tantivy = tantivy
        index = tantivy.Index.open(str(folder))
        self._register(index)
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()

    def prepare(self) -> None:
        """Nothing: it needs nothing."""

    def ask(self, question: Question) -> int | None:
        """One search, one aggregation, and the stored texts."""
        query = self._filtered(question)
        if question.by_date:
            found = self._searcher.search(query, PAGE, order_by_field="day")
        else:
            found = self._searcher.search(query, PAGE)
        if question.full or question.facets:
            buckets = {name: {"terms": {"field": name, "size": 100}} for name in ("type", "year")}
            self._searcher.aggregate(query, buckets)
        if question.full:
            for _, address in found.hits:
                snippet(bytes(self._searcher.doc(address)["shown"][0]), question.words)
        return int(found.count)

    def rest(self) -> None:
        """Nothing: it leaves nothing behind."""

    def close(self) -> None:
        """Let go of the files."""
        del self._searcher

    def _register(self, index: Any) -> None:
        import tantivy

        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("ws", spaces)

    def _filtered(self, question: Question) -> Any:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        parts = [(occur.Must, self._query(question))]
        if question.years:
            years = query.range_query(self._schema, "year", self._tantivy.FieldType.Unsigned, *question.years)
            parts.append((occur.Must, query.const_score_query(years, 0.0)))
        if question.types:
            types = query.term_set_query(self._schema, "type", list(question.types))
            parts.append((occur.Must, query.const_score_query(types, 0.0)))
        return query.boolean_query(parts) if len(parts) > 1 else parts[0][1]

    def _query(self, question: Question) -> Any:
        occur = self._tantivy.Occur
        if question.form == "phrase":
            return self._anywhere(question, lambda field: self._row(field, list(question.words)))
        kind = occur.Should if question.form == "any" else occur.Must
        parts = []
        for number, word in enumerate(question.words):
            last = number == len(question.words) - 1
            parts.append((kind, self._anywhere(question, lambda field: self._word(field, word, question, last))))  # noqa: B023
        return self._tantivy.Query.boolean_query(parts) if len(parts) > 1 else parts[0][1]

    def _anywhere(self, question: Question, make: Any) -> Any:
        """The best of the columns asked."""
        fields: Iterable[Field] = COLUMNS
        if question.form == "spoken":
            fields = (Field.PINYIN, Field.PINYIN_AUTO)
        elif question.names:
            fields = NAMES
        query = self._tantivy.Query
        return query.disjunction_max_query([query.boost_query(make(f), MEANINGS[f].weight) for f in fields], 0.15)

    def _word(self, field: Field, word: str, question: Question, last: bool) -> Any:
        query = self._tantivy.Query
        if question.form == "wildcard":
            return query.regex_query(self._schema, field, word.replace("*", ".*"))
        if question.form == "fuzzy":
            return query.fuzzy_term_query(self._schema, field, word, distance=1)
        if last and is_begun(word, question):
            return query.regex_query(self._schema, field, re.escape(word) + ".*")
        return self._row(field, terms_asked(word))

    def _row(self, field: Field, terms: list[str]) -> Any:
        query = self._tantivy.Query
        if len(terms) == 1:
            return query.term_query(self._schema, field, terms[0])
        return query.phrase_query(self._schema, field, terms)


PEERS: Final[dict[str, type[Peer]]] = {"ours": Ours, "fts5": Fts5, "tantivy": Tantivy}
