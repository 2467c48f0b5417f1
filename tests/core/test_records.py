"""Records: what is taken, what is refused and with which path, and that JSON keeps them whole."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core import records as r
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RECORD_TYPES
from tests.helpers import records as made

FEWER = settings(max_examples=max(15, settings.default.max_examples // 3))  # a record takes long to draw

EVENT = {
    "type": "event",
    "id": "2018-07-27-mass-arrest",
    "kind": "detention",
    "title": {"en": "Mass arrest", "zh-Hans": "大规模抓捕"},
    "date": {"edtf": "2018-07-27", "earliest": "2018-07-27", "latest": "2018-07-27", "phrase": {"en": "27 July 2018"}},
    "people": ["mi-jiuping"],
    "statements": [
        {"id": "s1", "text": {"en": "Police detained workers."}, "sources": ["rfa-2018"]},
        {"id": "s2", "text": {"en": "They were beaten."}, "sources": ["jwsg-2018"], "alleged": True},
    ],
    "accounts": [
        {
            "id": "a1",
            "question": {"en": "How many?"},
            "statements": ["s1"],
            "answers": [
                {"text": {"en": "Twenty-nine."}, "sources": ["rfa-2018"]},
                {"text": {"en": "Thirty."}, "sources": ["jwsg-2018"]},
            ],
        }
    ],
    "links": [{"to": "huizhou-raid", "reason": "followed-by"}],
}


def read(value: object) -> r.Record:
    return msgspec.json.decode(json.dumps(value), type=r.Record)


def changed(*path: str | int, to: object) -> dict:
    """EVENT with the value at `path` replaced, or left out where `to` is ..."""
    copy = json.loads(json.dumps(EVENT))
    here = copy
    for step in path[:-1]:
        here = here[step]
    if to is ...:
        del here[path[-1]]
    elif isinstance(here, list) and path[-1] == len(here):
        here.append(to)
    else:
        here[path[-1]] = to
    return copy


@pytest.mark.no_cover
@pytest.mark.parametrize("record_type", RECORD_TYPES)
@given(data=st.data())
@FEWER
def test_json_keeps_every_type_of_record_whole(record_type, data):
    record = data.draw(made.BY_TYPE[record_type])
    line = msgspec.json.encode(record, order="sorted")
    again = msgspec.json.decode(line, type=r.Record)
    assert again == record
    assert type(again) is r.TYPES[record_type]
    assert again.type == json.loads(line)["type"] == record_type
    assert msgspec.json.encode(again, order="sorted") == line
    fields = json.loads(line)
    assert list(fields) == sorted(fields)
    assert [] not in fields.values()
    assert None not in fields.values()


@given(made.records())
@FEWER
def test_nothing_in_a_record_can_be_changed(record):
    for field in record.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(record, field, None)


def test_the_types_are_the_six_of_the_archive():
    assert set(r.TYPES) == set(RECORD_TYPES) == set(made.BY_TYPE)
    assert {name: record.type for name, record in r.TYPES.items()} == {name: name for name in RECORD_TYPES}


def test_the_example_is_taken():
    event = read(EVENT)
    assert isinstance(event, r.Event)
    assert [s.alleged for s in event.statements] == [False, True]
    assert event.statements[0].text == Localised(en="Police detained workers.")


@pytest.mark.parametrize(
    ("path", "to", "where"),
    [
        (("type",), "animal", "$.type"),
        (("type",), ..., "`type`"),
        (("colour",), "red", "`colour`"),
        (("title",), ..., "`title`"),
        (("title",), {}, "$.title"),
        (("title", "fr"), "oui", "$.title"),
        (("date",), ..., "`date`"),
        (("date", "earliest"), "2018-7-27", "$.date.earliest"),
        (("date", "earliest"), "2018-07-32", "$.date"),
        (("date", "latest"), "2018-07-26", "$.date"),
        (("date", "edtf"), "July", "$.date"),
        (("id",), "Mass Arrest", "$.id"),
        (("id",), "-a", "$.id"),
        (("id",), "a--b", "$.id"),
        (("id",), "a\n", "$.id"),
        (("id",), "a" * 101, "$.id"),
        (("kind",), "", "$.kind"),
        (("display",), "hidden", "$.display"),
        (("people", 1), "Mi Jiuping", "$.people[1]"),
        (("statements", 1, "id"), "s0", "$.statements[1].id"),
        (("statements", 1, "id"), "s1", "statement id s1 stands twice"),
        (("statements", 1, "sources"), [], "$.statements[1].sources"),
        (("statements", 0, "certainty"), "corroborated", "$.statements[0]"),
        (("statements", 0, "alleged"), "yes", "$.statements[0].alleged"),
        (("accounts", 0, "statements"), ["s3"], "account a1 names statement s3"),
        (("accounts", 0, "answers"), EVENT["accounts"][0]["answers"][:1], "$.accounts[0].answers"),
        (("accounts", 0, "answers", 0, "sources"), [], "$.accounts[0].answers[0].sources"),
        (("accounts", 1), EVENT["accounts"][0], "account id a1 stands twice"),
        (("accounts", 0, "id"), "s1", "$.accounts[0].id"),
        (("links", 0, "weight"), 3, "$.links[0]"),
        (("narrative",), {"en": [{"t": "script", "text": "x"}]}, "$.narrative.en[0]"),
    ],
)
def test_a_fault_is_refused_with_the_path_to_it(path, to, where):
    with pytest.raises(msgspec.ValidationError) as refused:
        read(changed(*path, to=to))
    assert where in str(refused.value)


@pytest.mark.parametrize("latitude", ["22.7", "22.712", "north", "1234.00", " 22.71", "22.71\n"])
def test_a_place_is_given_to_two_decimals(latitude):
    place = {"type": "place", "id": "p", "kind": "district", "title": {"en": "P"}, "names": {"display": "P"}}
    assert read({**place, "lat": "-22.71", "lon": "114.35"}).lat == "-22.71"
    with pytest.raises(msgspec.ValidationError, match=r"\$\.lat"):
        read({**place, "lat": latitude})


def test_many_statements_are_checked_in_reasonable_time():
    statement = EVENT["statements"][0]
    event = read(changed("statements", to=[{**statement, "id": f"s{n}"} for n in range(1, 20_001)]))
    assert len(event.statements) == 20_000
