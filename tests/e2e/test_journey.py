"""A researcher's way through the bundled archive, command by command."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.conftest import Run


@pytest.mark.parametrize(
    ("question", "first", "reason"),
    [
        ("岳昕", "yue-xin", "name-zh"),
        ("yuexin", "yue-xin", "pinyin"),
        ("Yuè Xīn", "yue-xin", "pinyin"),
        ("佳士工人聲援團", "jasic-workers-solidarity-group", "name-zh"),
        ("ACFTU", "acftu", "other-name"),
        ("mijiuping", "mi-jiuping", "pinyin"),
        ("picking quarrels", "picking-quarrels", "title"),
    ],
)
def test_a_question_in_any_script_finds_its_record_first_and_says_why(
    run: Run, question: str, first: str, reason: str
) -> None:
    answer = run("search", question, "--json").document
    assert answer["hits"][0]["id"] == first
    assert reason in answer["hits"][0]["matched"]


def test_search_json_has_the_promised_shape(run: Run) -> None:
    answer = run("search", "huizhou", "--json", "--limit", "3").document
    assert set(answer) == {"query", "understood", "total", "took_ms", "hits", "facets", "suggestion", "notes"}
    hit = answer["hits"][0]
    assert set(hit) == {"id", "type", "title", "title_zh", "date", "snippet", "matched", "score"}
    assert all(set(span) == {"text", "match"} for span in hit["snippet"])
    assert sum(count for _, count in answer["facets"]["type"]) == answer["total"] > 3
    assert len(answer["hits"]) == 3


def test_filters_narrow_the_answer(run: Run) -> None:
    every = run("search", "detained", "--json").document["total"]
    events = run("search", "detained", "--type", "event", "--json").document
    assert 0 < events["total"] < every
    assert {hit["type"] for hit in events["hits"]} == {"event"}
    dated = run("search", "detained", "--type", "event", "--date", "2018-07", "--limit", "50", "--json").document
    assert 0 < dated["total"] < events["total"]
    assert all(hit["date"][:4] == "2018" for hit in dated["hits"])


def test_a_page_follows_the_one_before(run: Run) -> None:
    whole = [h["id"] for h in run("search", "workers", "--limit", "10", "--json").document["hits"]]
    parts = [
        hit["id"]
        for offset in ("0", "5")
        for hit in run("search", "workers", "--limit", "5", "--offset", offset, "--json").document["hits"]
    ]
    assert parts == whole


def test_search_for_people_names_the_record_and_why(run: Run) -> None:
    said = run("search", "yuexin")
    assert said.code == 0
    assert "Yue Xin" in said.out
    assert "岳昕" in said.out
    assert "pinyin" in said.out.lower()


def test_show_puts_accounts_side_by_side_with_their_documents(run: Run) -> None:
    said = run("show", "2018-07-27-mass-arrest")
    assert said.code == 0
    assert "Accounts differ" in said.out
    record = run("show", "2018-07-27-mass-arrest", "--json").document
    assert {"statements", "accounts", "sources", "connections", "fingerprint"} <= set(record)
    for account in record["accounts"]:
        assert len(account["answers"]) >= 2
        assert all(answer["sources"] for answer in account["answers"])


def test_show_opens_a_person_in_each_language_and_format(run: Run) -> None:
    for language, word in (("en", "Mi Jiuping"), ("zh-Hans", "米久平"), ("zh-Hant", "米久平")):
        assert word in run("show", "mi-jiuping", "--lang", language).out
    assert run("show", "mi-jiuping", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert "\n# Mi Jiuping" in run("show", "mi-jiuping", "--format", "markdown").out


def test_a_stable_identifier_opens_its_record(run: Run) -> None:
    cited = run("cite", "mi-jiuping").out
    identifier = next(word.strip(".,;()") for word in cited.split() if word.startswith("jasic:person/"))
    assert run("show", identifier, "--json").document["id"] == "mi-jiuping"


def test_timeline_holds_every_event_in_order(run: Run) -> None:
    timeline = run("timeline", "--json").document
    assert timeline["total"] == len(timeline["events"]) > 130
    keys = {"id", "title", "short", "date", "earliest", "latest", "phrase", "kind", "lane", "certainty"}
    assert all(set(event) == keys for event in timeline["events"])


def test_timeline_narrows_by_date_and_question(run: Run) -> None:
    part = run("timeline", "--from", "2018-07-27", "--to", "2018-07-27", "--json").document["events"]
    assert "2018-07-27-mass-arrest" in [event["id"] for event in part]
    assert len(part) < 20
    asked = run("timeline", "--query", "huizhou", "--json").document
    assert 0 < asked["total"] < 130


def test_timeline_leaves_as_table_and_drawing(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("timeline", "--format", "csv").out.lstrip("\ufeff"))))
    assert len(rows) > 130
    assert run("timeline", "--format", "svg").out.lstrip().startswith("<")


def test_timeline_leaves_as_a_picture_in_pixels(profile: Path, root: Path) -> None:
    command = [sys.executable, "-m", "jasic_desktop", "--profile", str(profile)]
    words = ("timeline", "--from", "2018-07", "--format", "png")
    done = subprocess.run([*command, *words], capture_output=True, check=False, cwd=root)
    assert done.returncode == 0, done.stderr
    image = Image.open(io.BytesIO(done.stdout))
    image.load()
    assert image.format == "PNG"
    assert image.width > 1000
    assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 20


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json"])
def test_cite_speaks_to_other_programs(run: Run, form: str) -> None:
    said = run("cite", "mi-jiuping", "2018-07-27-mass-arrest", "--format", form)
    assert said.code == 0
    assert "Mi Jiuping" in said.out
    if form == "csl-json":
        assert len(json.loads(said.out)) == 2


def test_each_format_is_written_whole_and_the_same_twice(run: Run, tmp_path: Path) -> None:
    for entry in run("export", "--list-formats", "--json").document["formats"]:
        form = entry["format"]
        targets = [tmp_path / f"{form}-{n}.{entry['extension']}" for n in (1, 2)]
        for target in targets:
            said = run("export", "--ids", "mi-jiuping", "2018-07-27-mass-arrest", "--format", form, "--out", target)
            assert said.code == 0, said.err
        assert targets[0].read_bytes() == targets[1].read_bytes() != b""
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_export_of_a_question_holds_what_it_found(run: Run, tmp_path: Path) -> None:
    total = run("search", "cornell", "--json").document["total"]
    target = tmp_path / "cornell.jsonl"
    assert run("export", "--query", "cornell", "--format", "jsonl", "--out", target).code == 0
    records = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert (
        sum(
            1
            for record in records
            if record.get("type") in {"person", "organisation", "event", "place", "document", "topic"}
        )
        == total
        > 1
    )


def test_self_test_passes(run: Run) -> None:
    report = run("self-test", "--json")
    assert report.code == 0, report.out
    assert report.document["passed"]
    assert len(report.document["checks"]) == 11
