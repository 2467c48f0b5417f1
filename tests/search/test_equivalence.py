"""The engine and stock Whoosh answer alike, and SQLite FTS5 counts alike, for archives and questions made up."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Record
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import steps
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.fields import Field
from jasic_desktop.search.leaves import Budget
from jasic_desktop.search.request import Filters, Request
from jasic_desktop.search.terms import terms_of
from jasic_desktop.search.whoosh import open_engine
from jasic_desktop.search.whoosh.build import build_index
from jasic_desktop.search.whoosh.leaves import ArrayLeaves
from tests.helpers.records import _IDS, records
from tests.helpers.stores import bundled_store, forged_store

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "12"))
"""Stock Whoosh takes its time."""
WORDS = (
    *("police", "detained", "worker", "workers", "the", "of", "xin", "yue", "yuexin", "mi jiuping", "o'clock", "a-b"),
    *("岳昕", "米久平", "声援团", "聲援", "岳", "２０１８", "2018", "solidarity", "group", "shenzhen", "letter", "29"),
)
JOINS = (" ", " ", " ", " OR ", " AND ", " -", " NOT ")
FORMS = ("{}", "{}", "{}", '"{}"', "{}*", "{}~1", "{}~2", "title:{}", "name:{}", "({})", "so*{}", "like:{}", "place:{}")

QUESTIONS = st.lists(
    st.tuples(st.sampled_from(JOINS), st.sampled_from(FORMS), st.sampled_from(WORDS)), min_size=1, max_size=4
).map(lambda parts: "".join(join + form.format(word) for join, form, word in parts).strip())
REQUESTS = st.builds(
    Request,
    text=st.one_of(QUESTIONS, st.text(max_size=20)),
    filters=st.builds(
        Filters,
        types=st.lists(st.sampled_from(["person", "event", "document"]), unique=True, max_size=2).map(tuple),
        since=st.sampled_from([None, None, "2018-07-01"]),
        accounts=st.sampled_from([None, None, True, False]),
    ),
    sort=st.sampled_from(["relevance", "date", "title"]),
    limit=st.just(100),
    facets=st.booleans(),
    live=st.booleans(),
    language=st.sampled_from(["en", "zh-Hans", "zh-Hant"]),
)


def _called(id_: str, record: Record) -> Record:
    """The record by another id: what one record names is there, as in every pack."""
    return msgspec.structs.replace(record, id=id_)


@cache
def _archive() -> Archive:
    return bundled_store().archive


def alike(fast: Engine, stock: Engine, request: Request) -> None:
    """The same records with the same scores, marks, reasons, counts and notes, in the same order."""
    one, other = fast.search(request), stock.search(request)
    assert (one.total, one.facets, one.events) == (other.total, other.facets, other.events)
    assert (one.understood, one.suggestion, one.notes) == (other.understood, other.suggestion, other.notes)
    scores, others = ({hit.id: hit.score for hit in answer.hits} for answer in (one, other))
    if one.total <= request.limit:
        assert scores == pytest.approx(others, abs=0.0011)  # scores are told to the third place
    for hit, twin in zip(one.hits, other.hits, strict=True):
        # Where two scores are one to the last place but a few, rounding may exchange them.
        assert hit.score == pytest.approx(twin.score, abs=0.0011)
        if hit.id == twin.id:
            assert (hit.matched, hit.title, hit.snippet) == (twin.matched, twin.title, twin.snippet)


@pytest.fixture(scope="module")
def stock(store: Store, derived: Path) -> Iterator[Engine]:
    opened = open_engine(store, derived / "index", "stock")
    yield opened
    opened.close()


@settings(max_examples=EXAMPLES)
@given(request_=REQUESTS)
def test_both_engines_answer_alike_on_the_bundled_archive(engine: Engine, stock: Engine, request_: Request) -> None:
    alike(engine, stock, request_)


@pytest.mark.no_cover
@settings(
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.generate),  # to make a failing archive smaller would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    made=st.tuples(*(records().map(partial(_called, id_)) for id_ in _IDS)),
    asked=st.lists(REQUESTS, min_size=1, max_size=4),
    run=st.sampled_from([7, 50, 10**6]),
)
def test_both_engines_answer_alike_on_any_archive(made: tuple[Record, ...], asked: list[Request], run: int) -> None:
    with tempfile.TemporaryDirectory() as name, forged_store(_archive(), made, Path(name)) as store:
        build_index(store, Path(name) / "index", run_tokens=run)
        fast, stock = (open_engine(store, Path(name) / "index", which) for which in ("fast", "stock"))
        for request in asked:
            alike(fast, stock, request)
        check_counts(store, Path(name) / "index")
        fast.close()
        stock.close()


COUNTED = (Field.TITLE, Field.NAME_ZH, Field.OTHER, Field.PINYIN, Field.TEXT, Field.RELATED)


def fts5(store: Store) -> sqlite3.Connection:
    """The same tokens in SQLite FTS5, its own tokeniser cutting at the spaces between them and nowhere else."""
    database = sqlite3.connect(":memory:")
    columns = ", ".join(COUNTED)
    every = "".join(sorted({c for c in map(chr, range(0x21, 0x80)) if not c.isalnum() and c not in "\"'"}))
    database.execute(
        f"CREATE VIRTUAL TABLE record USING fts5({columns}, "
        f"tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* S* P* Co' tokenchars '{every}'\")"
    )
    for ordinal, record in enumerate(store.records()):
        terms = terms_of(record, lambda id_: _title(store, id_))
        texts = [" ".join(terms[field].texts) if field in terms else "" for field in COUNTED]
        marks = ", ".join("?" * (len(COUNTED) + 1))
        database.execute(f"INSERT INTO record (rowid, {columns}) VALUES ({marks})", (ordinal, *texts))
    return database


def _title(store: Store, id_: str) -> Localised:
    return store.title(id_) if id_ in store.ordinals else Localised(en=id_)


def found_by_fts5(database: sqlite3.Connection, field: Field, words: list[str]) -> set[int]:
    asked = f'{field} : "{" ".join(words)}"'
    return {row[0] for row in database.execute("SELECT rowid FROM record WHERE record MATCH ?", (asked,))}


def check_counts(store: Store, index: Path) -> None:
    """Terms and phrases of single tokens are in as many records as FTS5 says."""
    leaves, database = ArrayLeaves(index), fts5(store)
    for field in COUNTED:
        first, last = leaves.range(field, "")
        step = max(1, (last - first) // 40)
        for number in range(first, last, step):
            import numpy as np

            (word,) = leaves.texts(field, np.array([number]))
            assert set(leaves.records(field, word).tolist()) == found_by_fts5(database, field, [word]), (field, word)
    database.close()
    leaves.close()


@pytest.mark.no_cover
def test_counts_are_those_of_fts5(store: Store, derived: Path) -> None:
    check_counts(store, derived / "index")
    leaves, database = ArrayLeaves(derived / "index"), fts5(store)
    found = 0
    for text in ("佳士工人", "北京大学", "深圳市公安局", "声援团"):
        wanted = steps(text)
        ours = leaves.phrase(Field.TEXT, wanted, Budget(60)).ids.tolist()
        assert set(ours) == found_by_fts5(database, Field.TEXT, [step.text for step in wanted])
        found += len(ours)
    assert found
    database.close()


def test_records_that_are_like_one(engine: Engine) -> None:
    answer = engine.search(Request("like:mi-jiuping", limit=20))
    ids = [hit.id for hit in answer.hits]
    assert "mi-jiuping" not in ids
    assert "yu-juncong" in ids
    assert answer.notes == ()
    assert [hit.id for hit in engine.search(Request("like:米久平", limit=20)).hits] == ids
    people = engine.search(Request("like:mi-jiuping type:person", limit=5))
    assert {hit.id for hit in people.hits} <= {hit.id for hit in engine.search(Request("type:person", limit=500)).hits}
    assert engine.search(Request("like:nobody-at-all")).notes[0].key == "search.unknown_value"
