"""The index: what stands in it is what stock Whoosh finds there, and building ends cleanly."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query, scoring
from whoosh.filedb.filestore import FileStorage

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import Step, steps
from jasic_desktop.search.edits import within
from jasic_desktop.search.fields import MEANINGS, Field
from jasic_desktop.search.leaves import Budget
from jasic_desktop.search.terms import terms_of
from jasic_desktop.search.whoosh import build_index, open_engine
from jasic_desktop.search.whoosh.postings import K1, B, WhooshLeaves
from jasic_desktop.search.whoosh.schema import schema
from jasic_desktop.search.whoosh.stem import stem
from tests.helpers.records import records

LONG = Budget(3600)
WITH_POSITIONS = st.sampled_from([field for field, meaning in MEANINGS.items() if meaning.positions])


@pytest.fixture(scope="module")
def leaves(derived: Path) -> Iterator[WhooshLeaves]:
    opened = WhooshLeaves(derived / "index")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def stock(derived: Path) -> Iterator[Any]:
    """Whoosh's own searcher, with its own scoring, over the same index."""
    index = FileStorage(str(derived / "index")).open_index(schema=schema())
    searcher = index.searcher(weighting=scoring.BM25F(B=B, K1=K1))
    yield searcher
    searcher.close()
    index.close()


def asked(stock: Any, wanted: query.Query) -> dict[int, float]:
    return {hit.docnum: hit.score for hit in stock.search(wanted, limit=None)}


@pytest.fixture(scope="module")
def words(leaves: WhooshLeaves) -> dict[Field, list[str]]:
    return {field: list(leaves.terms(field, "")) for field in Field}


@given(field=st.sampled_from(Field), data=st.data())
def test_terms_have_the_scores_of_stock_whoosh(leaves, stock, words, field: Field, data) -> None:
    term = data.draw(st.sampled_from(words[field]))
    found = leaves.term(field, term)
    assert found == pytest.approx(asked(stock, query.Term(str(field), term)), rel=1e-6)
    assert found


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
    assert set(leaves.phrase(field, wanted, LONG)) == set(expected)


def test_a_phrase_keeps_distances_and_beginnings(leaves: WhooshLeaves) -> None:
    near = leaves.phrase(Field.TITLE, (Step(0, "trade"), Step(1, "union", prefix=True)), LONG)
    assert near
    assert set(near) > set(leaves.phrase(Field.TITLE, (Step(0, "trade"), Step(1, "union")), LONG))
    assert not leaves.phrase(Field.TITLE, (Step(0, "trade"), Step(3, "union")), LONG).keys() & near.keys()
    assert leaves.phrase(Field.TITLE, (Step(0, "qqqq"), Step(1, "zzzz")), LONG) == {}
    with pytest.raises(ValueError, match="no positions"):
        leaves.phrase(Field.STEM_TEXT, (Step(0, "trade"),), LONG)


@pytest.mark.parametrize("begin", ["de", "sol", "佳", "xyz"])
def test_beginnings_are_those_of_stock_whoosh(leaves: WhooshLeaves, stock: Any, begin: str) -> None:
    expected = set(asked(stock, query.Prefix("text", begin)))
    assert set(leaves.union(Field.TEXT, leaves.terms(Field.TEXT, begin), LONG)) == expected


def test_patterns_and_likenesses_are_those_of_stock_whoosh(leaves: WhooshLeaves, stock: Any) -> None:
    pattern = re.compile("de.*ed")
    fits = [term for term in leaves.terms(Field.TEXT, "de") if pattern.fullmatch(term)]
    assert set(leaves.union(Field.TEXT, fits, LONG)) == set(asked(stock, query.Wildcard("text", "de*ed")))
    near = [term for term in leaves.terms(Field.TEXT, "d") if within("detaned", term, 1)]
    fuzzy = query.FuzzyTerm("text", "detaned", maxdist=1, prefixlength=1)
    assert set(leaves.union(Field.TEXT, near, LONG)) == set(asked(stock, fuzzy)) != set()


def test_the_index_is_one_segment_in_the_order_of_the_store(stock: Any, store: Store, leaves: WhooshLeaves) -> None:
    assert stock.reader().is_atomic()
    assert leaves.count == store.count
    for id_ in store.ids[:: store.count // 20]:
        assert list(leaves.term(Field.KEY_ID, id_)) == [store.ordinals[id_]]
    assert stock.reader().stored_fields(0) == {}


def test_postings_are_forgotten_when_they_are_too_many(leaves: WhooshLeaves, monkeypatch) -> None:
    before = leaves.term(Field.TEXT, "police"), leaves.phrase(Field.TEXT, steps("the police"), LONG)
    monkeypatch.setattr("jasic_desktop.search.whoosh.postings._MAX_KEPT", 10)
    again = leaves.term(Field.TEXT, "workers"), leaves.phrase(Field.TEXT, steps("the workers"), LONG)
    assert all(again)
    assert before == (leaves.term(Field.TEXT, "police"), leaves.phrase(Field.TEXT, steps("the police"), LONG))


def test_building_tells_how_far_it_is_and_can_be_cancelled(store: Store, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with pytest.raises(Cancelled):
        build_index(store, tmp_path / "index", Progress(lambda *step: told.append(step), lambda: len(told) > 2))
    assert [step for step, _, _ in told] == ["search.indexing"] * 3
    assert [total for _, _, total in told] == [store.count] * 3


def test_an_index_of_another_archive_is_not_opened(derived: Path, store: Store) -> None:
    class Smaller:
        count = store.count - 1

    with pytest.raises(ValueError, match=str(store.count)):
        open_engine(Smaller(), derived / "index")  # type: ignore[arg-type]


@settings(max_examples=40)
@given(record=records())
def test_any_record_becomes_terms_that_can_be_written(record) -> None:
    from jasic_desktop.core.localised import Localised

    terms = terms_of(record, lambda id_: Localised(en=id_), stem)
    assert Field.KEY_ID in terms
    for field, found in terms.items():
        assert found
        for token in found:
            assert token.text.encode()
            assert token.position >= 0
        if MEANINGS[field].positions:
            assert [token.position for token in found] == sorted(token.position for token in found)
