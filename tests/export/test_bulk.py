"""Lines for search servers: every field in the mapping, the ids those of the archive."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.bulk import MAPPING, document
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported
from tests.helpers.records import records
from tests.helpers.sample import ARCHIVE
from tests.helpers.stores import forged_store


def lines(data: bytes) -> list[dict]:
    assert data.endswith(b"\n")
    assert b"\n\n" not in data
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_an_action_and_a_document(bundled: Store, language: str) -> None:
    found = lines(exported(bundled, FORMATS["bulk"], language=language))
    actions, documents = found[::2], found[1::2]
    assert actions == [{"index": {"_index": "jasic", "_id": record_id}} for record_id in bundled.ids]
    assert [fields["id"] for fields in documents] == list(bundled.ids)
    assert set().union(*documents) <= set(MAPPING["properties"])
    assert set(MAPPING["properties"]) <= set().union(*documents), "a field that no record has"


def test_the_fields(store: Store) -> None:
    found = {fields["id"]: fields for fields in lines(exported(store, FORMATS["bulk"]))[1::2]}
    mi = found["mi-jiuping"]
    assert mi["names"] == ["Mi Jiuping", "米久平", "Mǐ Jiǔpíng", "Uncle Jiu", "阿九"]
    assert (mi["alleged"], mi["certainty"]) == (["s3"], ["disputed", "single-source", "alleged", "corroborated"])
    assert "He was dismissed." in mi["text_en"]
    assert "When was he dismissed?" in mi["text_en"]
    assert "他生于湖南。" in mi["text_zh_hans"]
    assert found["pingshan"]["location"] == "22.69,-114.35"
    arrest = found["2018-07-27-mass-arrest"]
    assert (arrest["earliest"], arrest["latest"], arrest["people"]) == ("2018-07-27", "2018-07-27", ["mi-jiuping"])
    assert "We are workers." in arrest["text_en"]
    assert arrest["fingerprint"] == store.fingerprint


def test_solr_knows_each_field_by_its_ending(store: Store) -> None:
    found = {fields["id"]: fields for fields in lines(exported(store, FORMATS["bulk-solr"]))}
    endings = ("_s", "_ss", "_txt_en", "_txt_cjk", "_dt", "_t", "_p")
    assert all(name == "id" or name.endswith(endings) for fields in found.values() for name in fields)
    assert found["2018-07-27-mass-arrest"]["earliest_dt"] == "2018-07-27T00:00:00Z"
    assert found["mi-jiuping"]["title_zh_hans_txt_cjk"] == "米久平"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(records())
def test_any_record_is_one_document(tmp_path_factory, record) -> None:
    with forged_store(ARCHIVE, [record], tmp_path_factory.mktemp("any")) as store:
        action, fields = lines(exported(store, FORMATS["bulk"]))
        assert (action["index"]["_id"], fields["id"]) == (record.id, record.id)
        assert fields == json.loads(json.dumps(document(store, record, "en")))
        assert set(fields) <= set(MAPPING["properties"])
