"""The self-test that needs no window: it passes on a good archive, and sees a wrong format, style or signature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jasic_desktop.app import selftest, selftest_reading
from jasic_desktop.app.context import open_archive
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs import minisign
from tests.helpers.derived import places_of


@pytest.fixture
def opened(used_home):
    with open_archive(None, places_of(used_home)) as archive:
        yield archive


def outcomes(opened) -> dict[str, tuple[bool, str]]:
    return {one.check.rpartition(".")[2]: (one.passed, one.detail) for one in selftest.self_test(opened)}


def test_a_good_archive_passes(opened):
    said = outcomes(opened)
    assert list(said) == ["program", "verify", "search", "show", "cite", "export", "sign"]
    assert all(passed for passed, _ in said.values()), said
    assert {"docx", "xlsx", "html"} <= set(said["export"][1].split(", "))


@pytest.mark.parametrize("key", ["docx", "xlsx", "html"])
def test_a_format_that_cannot_be_read_back_is_seen(opened, monkeypatch, key):
    good, broken = FORMATS[key], b"PK\x03\x04 nothing that was asked for"
    only = {key: replace(good, write=lambda *_: iter([broken]))}
    monkeypatch.setattr(selftest, "FORMATS", only)
    passed, detail = outcomes(opened)["export"]
    assert not passed
    assert detail


def test_a_format_that_differs_the_second_time_is_seen(opened, monkeypatch):
    title = opened.store.title(selftest._some(opened.store)[0]).show("en")
    texts = iter((f"{title} 1", f"{title} 2"))
    only = {"html": replace(FORMATS["html"], write=lambda *_: iter([next(texts).encode()]))}
    monkeypatch.setattr(selftest, "FORMATS", only)
    assert outcomes(opened)["export"] == (False, "html: differs the second time")


def test_a_style_that_says_nothing_and_a_signature_that_is_always_good_are_seen(opened, monkeypatch):
    monkeypatch.setattr(selftest, "cite", lambda *_: ())
    monkeypatch.setattr(minisign, "is_good", lambda *_: True)
    said = outcomes(opened)
    assert (said["cite"][0], said["sign"][0]) == (False, False)


def test_each_format_that_is_no_text_has_a_reader():
    """A format of an office program or of paper is read back by a library; the others are text."""
    text = {"html", "md", "svg", "csv", "bib", "ris", "json", "jsonl", "jsonld", "ndjson", "graphml", "xml"}
    extensions = {form.extension.rpartition(".")[2] for form in FORMATS.values()}
    assert extensions - text <= selftest_reading.READERS.keys()
