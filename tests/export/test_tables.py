"""Tables: read back by another program, and no cell acts as a formula."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.export.tables import GUARDED, guard, rows
from jasic_desktop.export.timeline_csv import timeline_csv
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported


def read(data: bytes | str) -> list[dict[str, str]]:
    text = data if isinstance(data, str) else data.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def unguarded(row: dict[str, str]) -> dict[str, str]:
    """A row without the apostrophes that were put in."""
    return {
        column: re.sub(r"(?m)^'", "", cell) if column in row[GUARDED].split() else cell for column, cell in row.items()
    }


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"),
        *('"=1', "'=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "“=1", "=cmd|' /C calc'!A0", "|x", "%x", "−1"),
        *("a\n=1", "a\r\n+1", "a\r-1", "-", "--1", "+", "\x00=1", "\U000e0041=1"),
    ],
)
def test_a_formula_is_guarded(cell: str) -> None:
    safe = guard(cell)
    assert safe != cell
    assert re.sub(r"'(?=[^\n\r]*)", "", safe).replace("'", "") == cell.replace("'", "")


@pytest.mark.parametrize(
    "cell", ["", "text", "-114.35", "22.69", "2018-07-27", "a=b", "米久平", "a - b", "1982", "(=1)", "…"]
)
def test_what_is_harmless_stays(cell: str) -> None:
    assert guard(cell) == cell


_CELLS = st.text(
    st.sampled_from("=+-@|%\t\r\n＝－ '\"“a1米,;\u200b\u00a0\x00") | st.characters(codec="utf-8"), max_size=12
)


@given(st.lists(st.fixed_dictionaries({"a": _CELLS, "b": _CELLS}), max_size=4))
def test_tables_are_read_back_and_are_safe(cells: list[dict[str, str]]) -> None:
    found = read(b"".join(rows(("a", "b"), cells)))
    assert len(found) == len(cells)
    for row, wanted in zip(found, cells, strict=True):
        for column in ("a", "b"):
            original = wanted[column].replace("\x00", "\ufffd")
            if column in row[GUARDED].split():
                assert len(row[column]) > len(original)
            else:
                assert row[column] == original
            for line in re.split(r"\r\n|\r|\n", row[column]):
                start = line.lstrip(' \t\u00a0\u200b"“”‘’`')
                harmless = not start or start[0] not in "=+-@|%＝＋－＠" or re.fullmatch(r"-?[0-9.]+", row[column])
                assert harmless, row[column]


def test_every_line_ends_as_the_standard_says(store: Store) -> None:
    data = exported(store, FORMATS["csv"])
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == store.count + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_row_a_record(bundled: Store, language: str) -> None:
    found = read(exported(bundled, FORMATS["csv"], language=language))
    assert [row["id"] for row in found] == list(bundled.ids)
    for row in found:
        record = bundled.get(row["id"])
        plain = unguarded(row)
        assert (plain["type"], plain["statements"]) == (record.type, str(len(record.statements)))
        assert plain["title_en"] == (record.title.en or "")
        assert plain["fingerprint"] == bundled.fingerprint
        assert all(source in bundled.ordinals for source in filter(None, plain["sources"].split("; ")))


def test_one_row_a_statement(bundled: Store) -> None:
    found = read(exported(bundled, FORMATS["csv-statements"]))
    wanted = [(r.id, s.id) for r in bundled.many(bundled.ids) for s in r.statements]
    assert [(row["record"], row["statement"]) for row in found] == wanted
    signs = {record_id: bundled.certainties(record_id) for record_id, _ in wanted}
    assert all(row["certainty"] == signs[row["record"]][row["statement"]] for row in found)
    assert found[0]["identifier"].endswith(f"#{found[0]['statement']}")


def test_the_fields_of_each_type(store: Store) -> None:
    found = {row["id"]: row for row in read(exported(store, FORMATS["csv"]))}
    assert (found["pingshan"]["lat"], found["pingshan"]["lon"]) == ("22.69", "-114.35")
    assert found["mi-jiuping"]["other_names"] == "Uncle Jiu; 阿九"
    assert found["mi-jiuping"]["roles"] == "worker; organiser"
    assert found["2018-07-27-mass-arrest"]["date_words"] == "27 July 2018"
    assert found["2018-07-protest"]["date"] == "2018-07~/2018-08-24"
    assert found["profile"]["authors"] == "余浚聪; Concern Group"
    assert found["quarrels"]["parent"] == "charges"
    assert found["jasic"]["title_zh_hans"] == "佳士科技"
    assert found["letter"]["date"] == ""


def test_the_timeline_as_a_table(store: Store) -> None:
    found = read(timeline_csv(store, store.events(), "zh-Hant"))
    assert [row["id"] for row in found] == ["2018-07-protest", "2018-07-27-mass-arrest"]
    assert found[1]["title_zh"] == "7·27大抓捕"
    assert found[1]["identifier"] == "sample:event/2018-07-27-mass-arrest@1.2"
    assert found[1]["people"] == "mi-jiuping"
    assert found[0]["date_words"].startswith("2018年7月")
