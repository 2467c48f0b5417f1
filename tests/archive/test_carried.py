"""What the bundled archive says is carried: statements, answers and each sentence of an essay lead to documents."""

import re
from pathlib import Path

import pytest

from jasic_desktop.core.records import Document, Record
from jasic_desktop.packs.check import check

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = ROOT / "archive"
OF_ITSELF = {"how-to-read-this-archive"}
"""Essays that tell of the archive and not of what happened; they cite where they give examples."""
ESSAYS = sorted(path for path in (ARCHIVE / "records" / "document").glob("*.md") if "kind: essay" in path.read_text())
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[“])|(?<=[。！？])")


def sentences(path: Path) -> list[str]:
    """The sentences of a narrative, links reduced to their words."""
    body = path.read_text("utf-8").split("\n---\n", 1)[-1]
    paragraphs = [" ".join(part.split()) for part in body.split("\n\n") if not part.startswith("#")]
    plain = [re.sub(r"\[([^\]@]+)\]\(record:[a-z0-9-]+\)", r"\1", paragraph) for paragraph in paragraphs]
    return [sentence for paragraph in plain for sentence in SENTENCE_END.split(paragraph) if sentence.strip()]


def test_the_check_finds_nothing_to_say() -> None:
    assert [problem.sentence() for problem in check(ARCHIVE).problems] == []


def test_every_statement_and_every_answer_resolves_to_a_document(records: dict[str, Record]) -> None:
    for record in records.values():
        parts = [*record.statements, *(answer for account in record.accounts for answer in account.answers)]
        for part in parts:
            assert part.sources
            assert all(isinstance(records[source], Document) for source in part.sources), (record.id, part)


def test_the_answers_of_an_account_come_from_different_voices(records: dict[str, Record]) -> None:
    voice = {record.id: record.voice or record.id for record in records.values() if isinstance(record, Document)}
    for record in records.values():
        for account in record.accounts:
            assert len({answer.sources for answer in account.answers}) > 1, (record.id, account.id)
            voices = {voice[source] for answer in account.answers for source in answer.sources}
            assert len(voices) > 1, (record.id, account.id)


def test_no_address_is_told_of_by_two_documents(records: dict[str, Record]) -> None:
    addresses = [record.url for record in records.values() if isinstance(record, Document) and record.url]
    bare = [address.removeprefix("https://").removeprefix("http://").rstrip("/") for address in addresses]
    assert len(bare) == len(set(bare))


def test_there_are_an_introduction_a_guide_and_eight_essays() -> None:
    names = {path.stem for path in ESSAYS}
    assert {"archive-introduction", "how-to-read-this-archive"} <= names
    assert len(names) >= 10


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_every_sentence_of_an_essay_cites_a_document_in_both_languages(path: Path) -> None:
    both = [path, path.with_suffix(".zh-Hans.md")]
    for version in both:
        told = sentences(version)
        assert told
        if path.stem not in OF_ITSELF:
            assert [sentence for sentence in told if "[@" not in sentence] == []


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_an_essay_is_as_long_as_one_sits_through(path: Path) -> None:
    words = len(re.sub(r"\[@[^\]]*\]|\(record:[^)]*\)", "", " ".join(sentences(path))).split())
    assert 150 <= words <= 800
