"""The start page's words: true counts, records that exist, questions that find something."""

import pytest

from jasic_desktop.app.overview import counts, entries, own_rights, samples
from jasic_desktop.core.record_types import RECORD_TYPES
from tests.helpers.stores import bundled_store


def test_counts_are_those_of_the_store():
    store = bundled_store()
    found = counts(store)
    assert tuple(found) == RECORD_TYPES
    assert sum(found.values()) == store.count
    assert found["event"] == len(store.events())


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_essays_come_first_and_every_entry_says_what_it_is(language):
    store = bundled_store()
    found = entries(store, language)
    assert len(found) == 3
    essays = [store.get(entry.id).kind == "essay" for entry in found]
    assert essays == sorted(essays, reverse=True) and essays[0]
    for entry in found:
        assert entry.title and entry.aside and entry.summary
        assert entry.type == store.type(entry.id)


def test_a_summary_in_another_language_says_so():
    store = bundled_store()
    texts = {entry.id: entry for entry in entries(store, "zh-Hans")}
    for record_id, entry in texts.items():
        record = store.get(record_id)
        said = getattr(record, "abstract", None) or record.summary
        assert entry.summary.startswith("（") == (said.exact("zh-Hans") is None and said.exact("zh-Hant") is None)


def test_one_question_for_each_script():
    found = samples(bundled_store())
    assert [sample.script for sample in found] == ["english", "chinese", "pinyin"]
    assert found[2].text.isascii()
    assert all("\u4e00" <= char <= "\u9fff" for char in found[1].text)


def test_the_licence_is_that_of_the_essays():
    assert "CC BY 4.0" in own_rights(bundled_store(), "en")
