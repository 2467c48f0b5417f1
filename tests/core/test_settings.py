"""The settings file: what it may hold, and that a bad one never stops the program."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.errors import UsageFault
from jasic_desktop.core.i18n import has
from jasic_desktop.core.localised import LANGUAGES
from jasic_desktop.core.settings import FILE_NAME, SETTINGS, Settings

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
