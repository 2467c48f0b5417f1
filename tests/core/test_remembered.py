"""How the window was left: kept and found again; a bad file counts as none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.remembered import FILE_NAME, Remembered, forget

LEFT = Remembered(1200, 800, True, {"across": (200, 300, 700)}, ("profile",), "f" * 8, ("yue-xin", "mi-jiuping"))


def test_what_was_left_is_found(tmp_path):
    LEFT.save(tmp_path / "config")
    assert Remembered.load(tmp_path / "config") == LEFT
    forget(tmp_path / "config")
    assert Remembered.load(tmp_path / "config") == Remembered()
    forget(tmp_path / "config")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff"])
def test_a_bad_file_is_no_memory(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    assert Remembered.load(tmp_path) == Remembered()


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=4)


@given(st.dictionaries(st.sampled_from(["width", "height", "maximized", "splits", "hidden", "tabs"]), JSON))
def test_any_value_gives_a_window(tmp_path_factory, table):
    folder = tmp_path_factory.mktemp("window")
    (folder / FILE_NAME).write_text(json.dumps(table))
    found = Remembered.load(folder)
    assert 0 <= found.width <= 100_000 and 0 <= found.height <= 100_000
    assert all(isinstance(record_id, str) for record_id in (*found.tabs, *found.hidden))


def test_where_nothing_can_be_kept_nobody_is_stopped(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    LEFT.save(tmp_path / "file")
    forget(tmp_path / "file")
