"""Every fact of the encyclopaedia article from which the archive began stands in it, after that article."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.core.records import Document, Person, Record, Topic

ROOT = Path(__file__).resolve().parents[2]
SEED: dict[str, Any] = tomllib.loads((ROOT / "tests" / "data" / "seed-facts.toml").read_text("utf-8"))


def said_after_the_seed(record: Record, carried: str) -> str:
    """The text of a statement, or of the answers of an account, that cites the article; empty if none does."""
    texts = [s.text for s in record.statements if s.id == carried and SEED["source"] in s.sources]
    for account in record.accounts:
        if account.id == carried:
            texts += [answer.text for answer in account.answers if SEED["source"] in answer.sources]
    return " ".join(text.en or "" for text in texts)


@pytest.mark.parametrize("fact", SEED["facts"], ids=lambda fact: f"{fact['record']}-{fact['carried']}")
def test_a_fact_stands_where_it_is_said_to_stand(records: dict[str, Record], fact: dict[str, Any]) -> None:
    text = said_after_the_seed(records[fact["record"]], fact["carried"])
    assert [words for words in fact["words"] if words not in text] == [], fact["fact"]


def test_the_article_is_one_source_under_both_its_ids(records: dict[str, Record]) -> None:
    article = records[SEED["source"]]
    assert isinstance(article, Document)
    assert set(SEED["aliases"]) <= set(article.aliases)
    assert article.voice is None, "an encyclopaedia is no voice of its own"


def test_all_eight_members_have_a_record_that_cites_the_article(records: dict[str, Record]) -> None:
    assert len(SEED["members"]) == 8
    listed = {fact["record"] for fact in SEED["facts"]}
    for member in SEED["members"]:
        assert isinstance(records[member], Person)
        assert member in listed


def test_the_related_subjects_are_topics_of_the_article(records: dict[str, Record]) -> None:
    article = records[SEED["source"]]
    assert isinstance(article, Document)
    for subject in SEED["subjects"]:
        topic = records[subject]
        assert isinstance(topic, Topic)
        assert "related subject" in (topic.scope_note.en or "")
        assert subject in article.topics


def test_a_disputed_fact_of_the_article_stands_beside_other_answers(records: dict[str, Record]) -> None:
    accounts = [fact for fact in SEED["facts"] if fact["carried"].startswith("a")]
    for fact in accounts:
        account = next(a for a in records[fact["record"]].accounts if a.id == fact["carried"])
        assert any(SEED["source"] not in answer.sources for answer in account.answers), fact["fact"]
