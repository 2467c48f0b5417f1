"""The description of an archive."""

import json

import msgspec
import pytest

from jasic_desktop.core.archive import Archive

ARCHIVE = {
    "id": "jasic",
    "title": {"en": "The Jasic Archive", "zh-Hans": "佳士档案"},
    "version": "1.0",
    "sequence": 1,
    "date": "2026-11-23",
    "rights_note": {"en": "CC BY 4.0"},
    "curation": {"en": "Made from public sources."},
    "languages": ["en", "zh-Hans", "zh-Hant"],
    "editor": "The editors",
    "contact": {"en": "Write to us."},
    "kinds": {"event": {"detention": {"label": {"en": "Detention"}}, "rally": {"label": {"en": "Rally"}}}},
    "lanes": [
        {"id": "state", "label": {"en": "State"}, "kinds": ["detention"]},
        {"id": "support", "label": {"en": "Support"}, "kinds": ["rally"]},
    ],
    "reasons": {"followed-by": {"label": {"en": "followed by"}, "inverse": {"en": "preceded by"}}},
}


def read(value: object) -> Archive:
    return msgspec.json.decode(json.dumps(value), type=Archive)


def test_json_keeps_the_description_whole():
    archive = read(ARCHIVE)
    line = msgspec.json.encode(archive, order="sorted")
    assert msgspec.json.decode(line, type=Archive) == archive
    assert json.loads(line) == ARCHIVE


def test_a_kind_of_event_has_its_lane():
    archive = read(ARCHIVE)
    assert archive.lane_of("rally") == "support"
    assert archive.lane_of("detention") == "state"
    assert archive.lane_of("trial") is None


def test_the_stable_identifier_names_archive_type_record_version_and_statement():
    archive = read(ARCHIVE)
    assert archive.identifier("event", "huizhou-raid") == "jasic:event/huizhou-raid@1.0"
    assert archive.identifier("event", "huizhou-raid", "s1") == "jasic:event/huizhou-raid@1.0#s1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", "1.0-beta"),
        ("version", "1.0\n"),
        ("sequence", 0),
        ("sequence", "1"),
        ("date", "2026"),
        ("languages", ["fr"]),
        ("kinds", {"animal": {}}),
        ("kinds", {"event": {"Mass Arrest": {"label": {"en": "x"}}}}),
        ("lanes", [{"id": "state", "label": {"en": "x"}, "kinds": [], "colour": "red"}]),
        ("id", "Jasic"),
        ("index", "made elsewhere"),
    ],
)
def test_a_fault_is_refused_with_the_path_to_it(field, value):
    with pytest.raises(msgspec.ValidationError, match=field):
        read({**ARCHIVE, field: value})
