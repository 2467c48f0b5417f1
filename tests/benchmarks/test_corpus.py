"""The made-up archive of the benchmarks: always the same, whole, and with everything in it that it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from jasic_desktop.core.records import Person, Record
from jasic_desktop.packs.bag import open_pack, verify
from jasic_desktop.search.analysis import has_han
from jasic_desktop.search.texts import passages
from tests.benchmarks.corpus import NEEDLES, Corpus, id_of, write_corpus

COUNT = 600


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("corpus") / "pack"
    write_corpus(COUNT, target)
    return target


@pytest.fixture(scope="module")
def large() -> Corpus:
    return Corpus(100_000)


def texts(record: Record) -> list[str]:
    return [passage.text for passage in passages(record)]


def test_the_pack_is_whole_and_all_that_its_records_name_is_there(pack: Path) -> None:
    result = verify(pack)
    assert (result.state, result.problems) == ("complete", ())
    with open_pack(pack) as opened:
        assert sum(1 for _ in opened.records()) == COUNT


def test_the_same_numbers_give_the_same_bytes_and_another_seed_others(pack: Path, tmp_path: Path) -> None:
    fingerprint = verify(pack).fingerprint
    assert write_corpus(COUNT, tmp_path / "again").fingerprint == fingerprint
    assert write_corpus(COUNT, tmp_path / "other", seed=2).fingerprint != fingerprint


def test_a_small_archive_is_the_beginning_of_a_large_one(large: Corpus) -> None:
    small = Corpus(10)
    assert all(small.record(number) == large.record(number) for number in range(10))


def test_languages_have_their_shares_and_texts_their_length(pack: Path) -> None:
    with open_pack(pack) as opened:
        records = list(opened.records())
    kinds = [(any(map(has_han, found)), any(t.isascii() for t in found)) for found in map(texts, records)]
    english, chinese = (sum(kind == wanted for kind in kinds) / COUNT for wanted in ((False, True), (True, False)))
    assert 0.4 < english < 0.55  # of the 55 a few quote Chinese
    assert 0.18 < chinese < 0.32
    assert all(sum(map(len, found)) > 80 for found in map(texts, records))
    people = [record for record in records if isinstance(record, Person) and record.names.zh_hans]
    assert people
    assert all(record.readings[0].reviewed for record in people)


@pytest.mark.parametrize("needle", NEEDLES, ids=lambda needle: needle.text)
def test_needles_stand_where_they_are_said_to(large: Corpus, needle) -> None:
    corpus = large
    number = needle.offset + needle.period
    for at in (number, number + needle.period):
        record = corpus.record(at)
        assert record.id == id_of(at)
        assert any(needle.text in text for text in texts(record))
    assert not any(needle.text in text for text in texts(corpus.record(number + 1)))
    assert needle.count(number + 1) == 2
