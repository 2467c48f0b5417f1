"""The settings file: what it may hold, and that a bad one never stops the program."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.errors import NotWrittenFault, UsageFault
from jasic_desktop.core.i18n import has
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.settings import FILE_NAME, SETTINGS, Settings, read_table, write_table

DEFAULTS = {setting.key: setting.default for setting in SETTINGS}


def load(folder, content: bytes) -> Settings:
    (folder / FILE_NAME).write_bytes(content)
    return Settings.load(folder)


def test_every_setting_takes_its_default_and_says_what_it_is_for():
    assert len(DEFAULTS) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.accepts(setting.default)
        assert has(setting.description)


def test_without_a_file_the_defaults_hold(tmp_path):
    assert Settings.load(tmp_path) == Settings.load(tmp_path / "nowhere") == Settings(DEFAULTS)


def test_what_was_chosen_holds_and_the_rest_stays(tmp_path):
    settings = load(tmp_path, b'\xef\xbb\xbf{"_note": "mine", "results": 25}')
    assert settings == Settings({**DEFAULTS, "results": 25})
    assert settings.number("results") == 25
    assert settings.text("language") == "system"


@pytest.mark.parametrize(
    ("entry", "value", "key"),
    [
        ("language", "fr", "settings.bad_value"),
        ("language", ["en"], "settings.bad_value"),
        ("language", None, "settings.bad_value"),
        ("results", 0, "settings.bad_value"),
        ("results", 201, "settings.bad_value"),
        ("results", True, "settings.bad_value"),
        ("results", "10", "settings.bad_value"),
        ("results", 10.0, "settings.bad_value"),
        ("colour", "red", "settings.unknown"),
    ],
)
def test_a_bad_entry_is_told_and_the_default_holds(tmp_path, entry, value, key):
    settings = load(tmp_path, json.dumps({entry: value, "_": 1}).encode())
    assert dict(settings.values) == DEFAULTS
    (fault,) = settings.faults
    assert isinstance(fault, UsageFault)
    assert fault.key == key
    for language in LANGUAGES:
        assert str(tmp_path / FILE_NAME) in fault.sentence(language)
        assert entry in fault.sentence(language)


LARGE = b'{"results": 25}' + b" " * (1 << 20)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"en"', b"\xff\xfe{}", b"[" * 100_000, b"1" * 5000, LARGE])
def test_a_file_that_cannot_be_read_is_told_and_the_defaults_hold(tmp_path, content):
    settings = load(tmp_path, content)
    assert dict(settings.values) == DEFAULTS
    assert [fault.key for fault in settings.faults] == ["settings.unreadable"]
    assert all(settings.faults[0].sentence(language) for language in LANGUAGES)


def test_a_folder_in_its_place_is_told(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    assert [fault.key for fault in Settings.load(tmp_path).faults] == ["settings.unreadable"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4))
def test_no_value_does_worse_than_a_fault(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("settings")
    for entry in ("language", "results"):
        settings = load(folder, json.dumps({entry: value}).encode())
        assert bool(settings.faults) == (dict(settings.values) == DEFAULTS != {**DEFAULTS, entry: value})
        assert all(map(str, settings.faults))


def test_a_changed_setting_is_kept_and_what_is_no_setting_stays(tmp_path):
    folder = tmp_path / "config" / "deep"
    Settings.load(folder).changed("results", 25).save(folder)
    assert Settings.load(folder) == Settings({**DEFAULTS, "results": 25})
    (folder / FILE_NAME).write_bytes(b'{"results": 25, "_note": "\\ud800 \xe6\x88\x91\xe7\x9a\x84", "later": 1}')
    Settings.load(folder).changed("language", "zh-Hant").changed("results", 10).save(folder)
    text = (folder / FILE_NAME).read_text("utf-8")
    assert "我的" in text
    assert json.loads(text) == {"_note": "\ud800 我的", "later": 1, "language": "zh-Hant"}
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_what_a_setting_does_not_take_cannot_be_chosen():
    with pytest.raises(ValueError, match="results takes 1 … 200, not 0"):
        Settings(DEFAULTS).changed("results", 0)


@pytest.mark.parametrize("content", [b"{", b"[]", b" " * ((1 << 20) + 1)])
def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(UsageFault) as refused:
        Settings(DEFAULTS).changed("results", 25).save(tmp_path)
    assert refused.value.key == "settings.unreadable"
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_settings_that_cannot_be_written_are_a_fault(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWrittenFault):
        write_table(tmp_path / "file" / FILE_NAME, {})


def test_a_small_table_is_read_back_or_taken_for_empty(tmp_path):
    write_table(tmp_path / "table.json", {"b": [1], "a": "岳昕"})
    assert list(json.loads((tmp_path / "table.json").read_text("utf-8"))) == ["a", "b"]
    assert read_table(tmp_path / "table.json") == {"a": "岳昕", "b": [1]}
    (tmp_path / "table.json").write_bytes(b"{")
    assert read_table(tmp_path / "table.json") == read_table(tmp_path / "nowhere") == {}


def test_a_change_is_kept_and_the_rest_of_the_file_stays(tmp_path):
    load(tmp_path, b'{"_note": "mine", "results": 25, "colour": "red"}')
    settings = Settings.load(tmp_path).changed("theme", "dark").changed("results", 10)
    settings.save(tmp_path)
    kept = json.loads((tmp_path / FILE_NAME).read_bytes())
    assert kept == {"_note": "mine", "colour": "red", "theme": "dark"}
    assert Settings.load(tmp_path).text("theme") == "dark"


def test_the_first_change_makes_the_file(tmp_path):
    Settings(DEFAULTS).changed("text_size", 150).save(tmp_path / "new" / "folder")
    assert Settings.load(tmp_path / "new" / "folder").number("text_size") == 150


@pytest.mark.parametrize(("entry", "value"), [("theme", "blue"), ("text_size", 400), ("results", "ten")])
def test_a_setting_takes_no_wrong_value(entry, value):
    with pytest.raises(ValueError, match=entry):
        Settings(DEFAULTS).changed(entry, value)


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path):
    settings = load(tmp_path, b"{ mine")
    with pytest.raises(UsageFault):
        settings.changed("theme", "dark").save(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"{ mine"


def test_where_nothing_can_be_written_it_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWrittenFault):
        Settings(DEFAULTS).changed("theme", "dark").save(tmp_path / "file" / "folder")
