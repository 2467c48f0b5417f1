"""Workbooks, read by openpyxl and LibreOffice: the cells of the CSV tables, and none is a formula."""

import csv as csv_reader
import io
import zipfile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.localised import Localised
from jasic_desktop.export import csv, xlsx
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.export.tables import GUARDED
from jasic_desktop.packs.store import Store
from jasic_desktop.render.visible import visible
from tests.export.test_formats import exported
from tests.export.test_tables import read
from tests.helpers.office import converted
from tests.helpers.sample import ARCHIVE, MI, RECORDS
from tests.helpers.stores import forged_store

SHEETS = ["Records", "Statements", "Accounts", "Sources", "About"]


def sheets(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of each sheet as heading to text; every cell that is not empty has to be a text."""
    found = {}
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        rows = list(sheet.iter_rows())
        for row in rows:
            assert {cell.data_type for cell in row if cell.value is not None} <= {"s", "inlineStr"}
        heads, *rest = [[cell.value or "" for cell in row] for row in rows]
        found[sheet.title] = [dict(zip(heads, row, strict=True)) for row in rest]
    return found


def test_the_sheets_hold_what_the_tables_hold(bundled: Store) -> None:
    found = sheets(exported(bundled, FORMATS["xlsx"]))
    assert list(found) == SHEETS
    for name, key, columns in (("Records", "csv", csv.RECORD), ("Statements", "csv-statements", csv.STATEMENT)):
        wanted = read(exported(bundled, FORMATS[key]))
        assert [[row[c] for c in columns] for row in found[name]] == [[row[c] for c in columns] for row in wanted]
    answers = [(r.id, a.id, n) for r in bundled.many(bundled.ids) for a in r.accounts for n in range(len(a.answers))]
    assert [(row["record"], row["account"], int(row["answer"]) - 1) for row in found["Accounts"]] == answers
    cited = {source for row in found["Records"] for source in filter(None, row["sources"].split("; "))}
    assert {row["id"] for row in found["Sources"]} == cited
    about = {row["name"]: row["value"] for row in found["About"]}
    assert (about["fingerprint"], about["version"]) == (bundled.fingerprint, bundled.archive.version)


def test_libreoffice_reads_the_same_cells_from_both(store: Store, tmp_path) -> None:
    out = []
    for key, read_as in (("xlsx", None), ("csv", "Text - txt - csv (StarCalc):44,34,76,1,,0,true,false")):
        folder = tmp_path / key
        folder.mkdir()
        data = exported(store, FORMATS[key], language="zh-Hant")
        # The first sheet as text: comma, quotation mark, UTF-8, from line 1, every cell quoted and as shown.
        to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,1"
        rows = list(csv_reader.DictReader(io.StringIO(converted(data, key, to, folder, read_as), newline="")))
        out.append([{column: row[column] for column in csv.RECORD} for row in rows])
    assert len(out[0]) == store.count
    assert out[0] == out[1]
    wanted = read(exported(store, FORMATS["csv"], language="zh-Hant"))
    assert out[0] == [{column: row[column] for column in csv.RECORD} for row in wanted]


def test_nothing_calculates_and_nothing_is_lost(tmp_path) -> None:
    attack = "=cmd|' /C calc'!A0\n@SUM(1)\x00\x07\u202e\u200b"
    record = msgspec.structs.replace(MI, title=Localised(en=attack), summary=Localised(en="x" * 40_000 + "𠮷" * 10))
    with forged_store(ARCHIVE, [record, *RECORDS[1:]], tmp_path) as store:
        data = exported(store, FORMATS["xlsx"], ("mi-jiuping",))
    row = sheets(data)["Records"][0]
    assert row["title_en"].replace("'", "") == visible(attack).replace("'", "")
    assert "title_en" in row[GUARDED].split()
    assert row["summary_en"].endswith(" […]")
    assert len(row["summary_en"].encode("utf-16-le")) // 2 <= xlsx.MOST_CHARACTERS
    assert row[xlsx.SHORTENED] == "summary_en"
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if "externalLink" in name or "vba" in name.lower()]
        assert all(b"<f>" not in file.read(name) for name in file.namelist())


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(st.sampled_from("=+-@'\"\t\n\r𠮷a米\x00\x1f\ufffe\u202e_x0041 ") | st.characters(codec="utf-8"), min_size=1)
)
def test_any_text_is_a_text_that_says_what_it_is(tmp_path_factory, text: str) -> None:
    if not text.strip():
        text += "x"
    record = msgspec.structs.replace(MI, title=Localised(en=text), statements=(), accounts=())
    with forged_store(ARCHIVE, [record], tmp_path_factory.mktemp("any")) as store:
        row = sheets(exported(store, FORMATS["xlsx"]))["Records"][0]
    shown = row["title_en"]
    if "title_en" in row[GUARDED].split():
        assert shown[:1] not in "=+-@"
        shown = shown.replace("'", "")
    assert shown == visible(text.replace("\r\n", "\n").replace("\r", "\n")).replace("'" if "'" not in shown else "", "")


def test_when_one_sheet_is_full_another_begins(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    found = sheets(exported(store, FORMATS["xlsx"]))
    assert [len(found[name]) for name in ("Records", "Records 2", "Records 3", "Records 4")] == [3, 3, 3, 1]


def test_cancelling_in_the_middle_leaves_no_file(bundled: Store, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    steps = iter([False] * 50 + [True] * 1000)
    with pytest.raises(Cancelled):
        exported(bundled, FORMATS["xlsx"], progress=Progress(cancelled=lambda: next(steps)))
    assert list(tmp_path.iterdir()) == []
