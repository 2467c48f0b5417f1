"""What leaves in an export is what is said before, the preview is its beginning, and it is written whole or not."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from jasic_desktop.app import exporting
from jasic_desktop.app.export_preview import CHARACTERS, preview
from jasic_desktop.app.exporting import CARRIES, Contents
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.search.request import Filters, Request
from tests.helpers.derived import derived_in
from tests.helpers.exported import readable
from tests.helpers.sample import ARCHIVE, RECORDS
from tests.helpers.stores import bundled_store, store_of

OPTIONS = Options()
TEXTS = tuple(key for key in FORMATS if key not in ("pdf", "dossier"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with store_of(ARCHIVE, RECORDS, tmp_path_factory.mktemp("sample")) as opened:
        yield opened


def written(store, ids, key):
    return b"".join(FORMATS[key].write(store, ids, OPTIONS))


def test_every_format_says_what_it_carries():
    assert set(CARRIES) == set(FORMATS)


@pytest.mark.parametrize("key", TEXTS)
def test_a_format_carries_what_is_said_and_nothing_else(store, key):
    ids = ["mi-jiuping"]
    text = readable(written(store, ids, key))
    assert ("He was dismissed." in text) == CARRIES[key].statements
    assert ("When was he dismissed?" in text) == CARRIES[key].accounts
    cited = exporting.sources(store.get("mi-jiuping"))
    assert any(store.title(source).show("en") in text for source in cited) == CARRIES[key].sources


def test_the_counts_are_those_of_the_records(store):
    assert exporting.contents(store, ["mi-jiuping"]) == Contents(1, 4, 1, 2, 3)
    twice = exporting.contents(store, ["mi-jiuping", "jasic", "mi-jiuping"])
    assert (twice.records, twice.statements) == (2, 4)
    assert exporting.contents(store, []) == Contents()
    with pytest.raises(NotFoundFault):
        exporting.contents(store, ["nobody"])


def test_counting_ends_when_it_is_cancelled():
    bundled = bundled_store()
    left = [3]

    def enough():
        left[0] -= 1
        return left[0] < 0

    with pytest.raises(Cancelled):
        exporting.contents(bundled, bundled.ids, Progress(cancelled=enough))


@pytest.mark.parametrize("key", TEXTS)
def test_the_size_is_true_for_few_and_near_for_many(key):
    bundled = bundled_store()
    few = bundled.ids[:5]
    assert exporting.size(bundled, few, key, OPTIONS) == (len(written(bundled, few, key)), True)
    many = bundled.ids[::3]
    told, exact = exporting.size(bundled, many, key, OPTIONS)
    assert exact == (key in ("svg", "graphml", "zim"))
    assert 0.5 < told / len(written(bundled, many, key)) < 2


@pytest.mark.parametrize("key", TEXTS)
def test_the_preview_is_the_beginning_of_the_file(store, key):
    ids = ["mi-jiuping", "jasic"]
    shown = preview(store, ids, key, OPTIONS)
    assert shown.lines
    key = FORMATS[key].shown_as or key
    text = written(store, ids, key).decode("utf-8-sig")
    if key == "html":
        assert {"title", "text", "item"} <= {line.look for line in shown.lines}
        assert [line.text for line in shown.lines if line.look == "title"][:1] == ["Mi Jiuping"]
        assert any("He was dismissed." in line.text for line in shown.lines)
        assert not any("{" in line.text or "<" in line.text for line in shown.lines)
    else:
        assert text.splitlines()[: len(shown.lines) - 1] == [line.text for line in shown.lines[:-1]]
    assert sum(len(line.text) for line in shown.lines) <= CHARACTERS


def test_a_preview_says_whether_it_is_all():
    bundled = bundled_store()
    document = next(i for i in bundled.ids if bundled.type(i) == "document")
    assert preview(bundled, [document], "ris", OPTIONS).whole
    assert not preview(bundled, bundled.ids, "ris", OPTIONS).whole
    assert not preview(bundled, bundled.ids[:3], "json", OPTIONS).whole


def test_names_of_files_are_made_of_what_leaves(store):
    assert exporting.proposed_name(store, ["mi-jiuping"], "html") == "mi-jiuping.html"
    assert exporting.proposed_name(store, ["mi-jiuping", "jasic"], "csl-json") == "sample-2-records.csl.json"
    assert exporting.proposed_name(store, ["mi-jiuping"], "csv-statements") == "mi-jiuping-statements.csv"
    assert exporting.proposed_name(store, ["con"], "csv") == "_con.csv"


def test_the_list_of_contents_names_each_record_and_the_archive(store):
    first, *rest = exporting.listed(store, ["mi-jiuping", "jasic"], "en").splitlines()
    assert "Sample Archive" in first
    assert rest == ["Mi Jiuping\tsample:person/mi-jiuping@1.2", "Jasic Technology\tsample:organisation/jasic@1.2"]


def test_all_results_are_found_however_few_were_asked_for(used_home):
    store_path, index = derived_in(used_home)
    with exporting.reading(store_path) as store:
        assert set(exporting.found(store, index, Request("", limit=1))) == set(store.ids)
        people = exporting.found(store, index, Request("", Filters(types=("person",)), limit=50, offset=50))
        assert {store.type(found) for found in people} == {"person"}
        assert len(people) == sum(store.type(found) == "person" for found in store.ids)


@pytest.mark.parametrize("key", TEXTS)
def test_a_file_is_written_as_the_exporter_has_it(store, tmp_path, key):
    path = tmp_path / "out"
    ids, others = ["mi-jiuping"], ["jasic"]
    if FORMATS[key].types == {"event"}:
        ids, others = ["2018-07-27-mass-arrest"], ["2018-07-protest"]
    size = exporting.write(store, ids, key, OPTIONS, path)
    assert path.read_bytes() == written(store, ids, key)
    assert size == path.stat().st_size
    with pytest.raises(NotWrittenFault, match="exists"):
        exporting.write(store, others, key, OPTIONS, path)
    exporting.write(store, others, key, OPTIONS, path, force=True)
    assert path.read_bytes() == written(store, others, key)


@pytest.mark.parametrize("key", [key for key in FORMATS if len(FORMATS[key].types) < 6])
def test_what_a_format_has_no_place_for_is_counted(store, tmp_path, key):
    fits = [i for i in store.ids if store.type(i) in FORMATS[key].types]
    rest = [i for i in store.ids if store.type(i) not in FORMATS[key].types]
    assert fits and exporting.left_out(store, store.ids, key) == len(rest)
    with pytest.raises(NotFoundFault, match="has a place for"):
        exporting.write(store, rest, key, OPTIONS, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    assert exporting.left_out(store, rest, "html") == 0


@pytest.mark.parametrize("name", ["gone/a.csv", "x" * 300 + ".csv", "y" * 300 + "/a.csv", "."])
def test_where_nothing_can_be_written_nothing_is_left(store, tmp_path, name):
    with pytest.raises(NotWrittenFault):
        exporting.write(store, ["jasic"], "csv", OPTIONS, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_what_was_there(tmp_path):
    bundled = bundled_store()
    path = tmp_path / "out.html"
    path.write_text("before")
    steps = iter([False] * 5 + [True] * 1000)
    options = Options(progress=Progress(cancelled=lambda: next(steps)))
    with pytest.raises(Cancelled):
        exporting.write(bundled, bundled.ids, "html", options, path, force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["out.html"]
    assert path.read_text() == "before"


def test_a_store_that_breaks_while_it_is_read_is_told_as_damaged(used_home, tmp_path):
    store_path, _ = derived_in(used_home)
    copy = tmp_path / "store.sqlite"
    shutil.copy(store_path, copy)
    with pytest.raises(DamagedFault), exporting.reading(copy):
        raise sqlite3.DatabaseError("malformed")
    with pytest.raises(DamagedFault), exporting.reading(tmp_path / "gone.sqlite"):
        pass
