"""The index: what stands in it is what stock Whoosh finds there, and building ends cleanly."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query, scoring

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.localised import Localised
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import Step, Token, steps
from jasic_desktop.search.edits import within
from jasic_desktop.search.fields import INDEXED, MEANINGS, STEMMED, Field
from jasic_desktop.search.leaves import Budget, Scores
from jasic_desktop.search.terms import terms_of
from jasic_desktop.search.whoosh import open_engine
from jasic_desktop.search.whoosh.build import build_index
from jasic_desktop.search.whoosh.index import ArrayIndex
from jasic_desktop.search.whoosh.leaves import K1, ArrayLeaves, B
from jasic_desktop.search.whoosh.stem import stem
from jasic_desktop.search.whoosh.stock import StockLeaves
from tests.helpers.records import records

LONG = Budget(3600)
WITH_POSITIONS = st.sampled_from([field for field in INDEXED if MEANINGS[field].positions])


@pytest.fixture(scope="module")
def leaves(derived: Path) -> Iterator[ArrayLeaves]:
    opened = ArrayLeaves(derived / "index")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def stock(derived: Path) -> Iterator[Any]:
    """Whoosh's own searcher, with its own scoring, over the same index."""
    searcher = ArrayIndex(derived / "index").searcher(weighting=scoring.BM25F(B=B, K1=K1))
    yield searcher
    searcher.close()


@pytest.fixture(scope="module")
def stock_leaves(derived: Path) -> Iterator[StockLeaves]:
    opened = StockLeaves(derived / "index")
    yield opened
    opened.close()


def asked(stock: Any, wanted: query.Query) -> dict[int, float]:
    return {hit.docnum: hit.score for hit in stock.search(wanted, limit=None)}


def told(scores: Scores) -> dict[int, float]:
    assert (scores.ids[1:] > scores.ids[:-1]).all()
    assert len(scores.ids) == len(scores.values)
    return dict(zip(scores.ids.tolist(), scores.values.tolist(), strict=True))


@pytest.fixture(scope="module")
def words(leaves: ArrayLeaves) -> dict[Field, list[str]]:
    return {field: leaves.texts(field, _all(leaves, field)) for field in INDEXED}


def _all(leaves: ArrayLeaves, field: Field) -> Any:
    import numpy as np

    return np.arange(*leaves.range(field, ""))


@given(field=st.sampled_from(INDEXED), data=st.data())
def test_terms_have_the_scores_of_stock_whoosh(leaves, stock, words, field: Field, data) -> None:
    term = data.draw(st.sampled_from(words[field]))
    found = told(leaves.term(field, term))
    assert found == pytest.approx(asked(stock, query.Term(str(field), term)), rel=1e-9)
    assert found
    assert leaves.records(field, term).tolist() == list(found)
    assert leaves.frequency(field, term) == len(found) == stock.doc_frequency(str(field), term)


@given(field=WITH_POSITIONS, data=st.data())
def test_phrases_are_those_of_stock_whoosh(leaves, stock, words, field: Field, data) -> None:
    ordinal_terms = st.sampled_from(words[field])
    text = data.draw(
        st.sampled_from(["佳士工人", "深圳市公安局", "open letter to the", "trade unions", "yue xin", "北京大学"])
    )
    pair = data.draw(st.one_of(st.just(text), st.tuples(ordinal_terms, ordinal_terms).map(" ".join)))
    wanted = steps(pair)
    if any(step.prefix for step in wanted) or [step.offset for step in wanted] != list(range(len(wanted))):
        return
    expected = asked(stock, query.Phrase(str(field), [step.text for step in wanted]))
    assert set(told(leaves.phrase(field, wanted, LONG))) == set(expected)


def test_a_phrase_keeps_distances_and_beginnings(leaves: ArrayLeaves) -> None:
    near = told(leaves.phrase(Field.TITLE, (Step(0, "trade"), Step(1, "union", prefix=True)), LONG))
    assert near
    assert set(near) > set(told(leaves.phrase(Field.TITLE, (Step(0, "trade"), Step(1, "union")), LONG)))
    apart = told(leaves.phrase(Field.TITLE, (Step(0, "trade"), Step(3, "union")), LONG))
    assert not apart.keys() & near.keys()
    assert told(leaves.phrase(Field.TITLE, (Step(0, "qqqq"), Step(1, "zzzz")), LONG)) == {}
    with pytest.raises(ValueError, match="no positions"):
        leaves.phrase(Field.KEY_NAME, (Step(0, "trade"),), LONG)


@pytest.mark.parametrize("begin", ["de", "sol", "佳", "xyz"])
def test_beginnings_are_those_of_stock_whoosh(leaves: ArrayLeaves, stock: Any, begin: str) -> None:
    assert set(told(leaves.begun(Field.TEXT, begin, LONG))) == set(asked(stock, query.Prefix("text", begin)))


def test_patterns_and_likenesses_are_those_of_stock_whoosh(leaves: ArrayLeaves, stock: Any) -> None:
    fits = leaves.fitting(Field.TEXT, "de", re.compile(rb"^de[^\n]*ed$", re.MULTILINE))
    found = leaves.union(Field.TEXT, fits, LONG)
    assert set(told(found)) == set(asked(stock, query.Wildcard("text", "de*ed"))) != set()
    near, edits = leaves.near(Field.TEXT, "detaned", 1, "d")
    assert all(within("detaned", term, 1) for term in leaves.texts(Field.TEXT, near))
    assert set(edits.tolist()) == {1}
    fuzzy = query.FuzzyTerm("text", "detaned", maxdist=1, prefixlength=1)
    assert set(told(leaves.union(Field.TEXT, near, LONG))) == set(asked(stock, fuzzy)) != set()


# What is done many records at once, and what one posting at a time -----------------------------------------------


@pytest.mark.no_cover
@settings(max_examples=60)
@given(field=st.sampled_from(INDEXED), data=st.data())
def test_both_kinds_of_leaves_say_the_same(leaves, stock_leaves, words, field: Field, data) -> None:
    term = data.draw(st.sampled_from(words[field]))
    begin = term[: data.draw(st.integers(1, 3))]
    assert leaves.range(field, begin) == stock_leaves.range(field, begin)
    assert told(leaves.term(field, term)) == pytest.approx(told(stock_leaves.term(field, term)), rel=1e-9)
    one, other = (told(either.begun(field, begin, LONG)) for either in (leaves, stock_leaves))
    assert one == pytest.approx(other, rel=1e-9)
    if field in STEMMED and term.isascii() and term.isalpha():
        one, other = (
            told(either.union(field, either.akin(field, stem(term)), LONG)) for either in (leaves, stock_leaves)
        )
        assert one == pytest.approx(other, rel=1e-9)
    if MEANINGS[field].positions:
        row = (
            Step(0, term),
            Step(data.draw(st.integers(0, 2)), data.draw(st.sampled_from(words[field]))[:2], prefix=True),
        )
        one, other = (told(either.phrase(field, row, LONG)) for either in (leaves, stock_leaves))
        assert one == pytest.approx(other, rel=1e-9)


def test_the_index_is_one_segment_in_the_order_of_the_store(stock: Any, store: Store, leaves: ArrayLeaves) -> None:
    assert stock.reader().is_atomic()
    assert leaves.count == store.count
    for id_ in store.ids[:: store.count // 20]:
        assert leaves.records(Field.KEY_ID, id_).tolist() == [store.ordinals[id_]]
    assert stock.reader().stored_fields(0) == {}


def test_stock_whoosh_reads_the_index_in_every_way(stock: Any, leaves: ArrayLeaves, words) -> None:
    reader = stock.reader()
    assert [term.decode() for term in reader.lexicon("title")] == words[Field.TITLE]
    assert ("title", "union") in reader
    assert ("title", "qqqq") not in reader
    assert sum(1 for _ in reader.all_terms()) == sum(map(len, words.values()))
    assert sum(1 for name, _ in reader.terms_from("text", "zu") if name == "text") == len(
        [word for word in words[Field.TEXT] if word >= "zu"]
    )
    cursor = reader.cursor("title")
    assert cursor.first() == words[Field.TITLE][0]
    assert cursor.next() == words[Field.TITLE][1]
    assert set(reader.terms_within("title", "unionz", 1)) == {w for w in words[Field.TITLE] if within("unionz", w, 1)}
    both = query.And([query.Term("text", "police"), query.Term("text", "workers")])
    some = query.Or([query.Term("text", "police"), query.Term("text", "workers")])
    police, workers = (set(leaves.records(Field.TEXT, word).tolist()) for word in ("police", "workers"))
    assert set(asked(stock, both)) == police & workers
    assert set(asked(stock, some)) == police | workers
    ranked = [hit.docnum for hit in stock.search(some, limit=10)]
    assert ranked == [hit.docnum for hit in stock.search(some, limit=None)][:10]


# Building -------------------------------------------------------------------------------------------------------


def test_runs_of_any_size_make_the_same_index(store: Store, derived: Path, tmp_path: Path) -> None:
    build_index(store, tmp_path / "index", run_tokens=20_000)
    one, other = derived / "index", tmp_path / "index"
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    assert all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def test_words_and_places_beyond_one_and_two_bytes(tmp_path: Path) -> None:
    often = [Token("the", 2 * at) for at in range(70_000)]
    writer = ArrayIndex.create_in(tmp_path).writer()
    writer.add_document(text=[Token("the", 0), Token("end", 1)])
    writer.add_document(text=[*often, Token("end", 139_999)])
    writer.commit(merge=False)
    leaves = ArrayLeaves(tmp_path)
    the, end = leaves.term(Field.TEXT, "the"), leaves.term(Field.TEXT, "end")
    assert the.ids.tolist() == end.ids.tolist() == [0, 1]
    assert leaves.phrase(Field.TEXT, (Step(0, "the"), Step(1, "end")), LONG).ids.tolist() == [0, 1]
    assert leaves.phrase(Field.TEXT, (Step(0, "the"), Step(2, "the")), LONG).ids.tolist() == [1]
    searcher = ArrayIndex(tmp_path).searcher(weighting=scoring.BM25F(B=B, K1=K1))
    assert asked(searcher, query.Term("text", "the")) == pytest.approx(told(the), rel=1e-9)
    matcher = searcher.reader().postings("text", "the")
    matcher.skip_to(1)
    assert (matcher.weight(), matcher.value_as("positions")) == (70_000.0, [token.position for token in often])


def test_segments_are_merged_by_whoosh_itself(tmp_path: Path) -> None:
    index = ArrayIndex.create_in(tmp_path)
    for words in (["one", "two", "two"], ["two", "three"], ["one", "two"]):
        writer = index.writer()
        writer.add_document(text=[Token(word, at) for at, word in enumerate(words)])
        writer.commit(merge=False)
    assert index.segment is None
    with index.searcher() as several:
        before = asked(several, query.Phrase("text", ["one", "two"]))
    index.optimize()
    assert index.segment is not None
    assert len(list(tmp_path.glob("*.terms"))) == 1
    with index.searcher() as one:
        assert asked(one, query.Phrase("text", ["one", "two"])) == pytest.approx(before)
    leaves = ArrayLeaves(tmp_path)
    assert leaves.phrase(Field.TEXT, (Step(0, "one"), Step(1, "two")), LONG).ids.tolist() == [0, 2]
    assert leaves.texts(Field.TEXT, _all(leaves, Field.TEXT)) == ["one", "three", "two"]


def test_building_tells_how_far_it_is_and_can_be_cancelled(store: Store, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with pytest.raises(Cancelled):
        build_index(store, tmp_path / "index", Progress(lambda *step: told.append(step), lambda: len(told) > 2))
    assert [step for step, _, _ in told] == ["search.indexing"] * 3
    assert [total for _, _, total in told] == [store.count] * 3


UNPICKLED: list[str] = []


def _watch(event: str, details: tuple[object, ...]) -> None:
    if event == "pickle.find_class":
        UNPICKLED.append(str(details))


def test_nothing_is_unpickled_while_an_index_is_built_opened_and_asked(store: Store, tmp_path: Path) -> None:
    import pickle

    sys.addaudithook(_watch)
    pickle.loads(pickle.dumps(Path))
    assert UNPICKLED  # the hook hears what it is there for
    UNPICKLED.clear()
    build_index(store, tmp_path / "index")
    for name in ("fast", "stock"):
        engine = open_engine(store, tmp_path / "index", name)  # type: ignore[arg-type]
        from jasic_desktop.search.request import Request

        assert engine.search(Request("yue xin", facets=True)).total
        engine.close()
    assert UNPICKLED == []
    for path in (tmp_path / "index").iterdir():
        assert not path.read_bytes().startswith(b"\x80"), path


def test_an_index_of_another_archive_is_not_opened(derived: Path, store: Store) -> None:
    class Smaller:
        count = store.count - 1

    with pytest.raises(ValueError, match=str(store.count)):
        open_engine(Smaller(), derived / "index")  # type: ignore[arg-type]


@pytest.mark.no_cover
@settings(max_examples=40)
@given(record=records())
def test_any_record_becomes_terms_that_can_be_written(record) -> None:
    terms = terms_of(record, lambda id_: Localised(en=id_))
    assert Field.KEY_ID in terms
    for field, found in terms.items():
        assert field in INDEXED
        assert len(found)
        for token in found:
            assert token.text.encode()
            assert "\n" not in token.text
            assert token.position >= 0
        if MEANINGS[field].positions:
            assert found.positions == sorted(found.positions)
