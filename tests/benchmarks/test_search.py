"""The benchmark of the search, made small: every engine is built, finds what was planted, and is asked everything."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from jasic_desktop.packs.store import Store
from tests.benchmarks import hostile, search
from tests.benchmarks.first import first_answer
from tests.benchmarks.peers import PEERS

RECORDS = 250


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("benchmark")
    search.make_archive(made, RECORDS)
    search.make_questions(made, RECORDS, 2)
    return made


@pytest.mark.parametrize("name", PEERS)
def test_an_engine_is_built_and_asked_every_class(folder: Path, name: str) -> None:
    peer = PEERS[name]()
    built = search.build(peer, folder)
    assert built["seconds"] > 0
    asked = search.ask(peer, folder, [], 1, time.perf_counter)
    unknown = {"wildcard", "fuzzy, 1 edit"} if name == "fts5" else set()
    assert {kind for kind, times in asked["times"].items() if not times} == unknown
    assert len(asked["times"]) == 19
    assert search.size(folder / peer.name) > RECORDS * 500
    assert first_answer(name, folder)


def test_classes_are_chosen_and_the_table_names_ratios(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ours", "fts5"):
        if not (folder / PEERS[name]().name).exists():
            search.build(PEERS[name](), folder)
    times = {
        name: search.ask(PEERS[name](), folder, ["phrase"], 1, time.perf_counter)["times"] for name in ("ours", "fts5")
    }
    assert list(times["ours"]) == ["phrase"]
    lines: list[str] = []
    search.say_classes(lines.append, {"ours": "ours", "fts5": "FTS5"}, times)
    table = "".join(lines)
    assert table.splitlines()[0].split() == ["class", "p50", "p95", "max", "|", "FTS5", "p50", "p95", "ratio"]
    assert float(table.split()[-1]) > 0


def test_two_processes_are_timed_if_they_build_the_same(folder: Path) -> None:
    ours = folder / PEERS["ours"].name
    if not ours.exists():
        search.build(PEERS["ours"](), folder)
    measured = search.build_by_two(folder)
    assert measured["clock"] > 0
    assert not (folder / "ours-by-two").exists()
    path = ours / "contents.json"
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    with pytest.raises(SystemExit, match="another index"):
        search.build_by_two(folder)
    path.write_bytes(before)


def test_an_engine_that_misses_what_was_planted_is_not_timed(folder: Path) -> None:
    class Blind(PEERS["fts5"]):
        def open(self, store, folder):
            """Nothing to open."""

        def ask(self, question):
            """Nothing is found."""
            return 0

    with pytest.raises(SystemExit, match="finds 0 of"):
        search.ask(Blind(), folder, [], 1, time.perf_counter)


def test_one_step_tells_what_it_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--records", str(RECORDS), "--folder", str(folder), "--classes", "rare term", "--rounds", "1", "--cpu"]
    if not (folder / "FTS5").exists():
        search.build(PEERS["fts5"](), folder)
    assert search.main([*arguments, "--step", "ask", "fts5"]) == 0
    assert list(json.loads(capsys.readouterr().out)["times"]) == ["rare term"]


def test_what_only_asks_for_trouble_is_answered(folder: Path) -> None:
    ours = PEERS["ours"]()
    if not (folder / ours.name).exists():
        search.build(ours, folder)
    with Store.open(folder / "store") as store:
        taken, notes = hostile.ask_all(hostile.open_engine(store, folder / ours.name))
    assert len(taken) == 2 * len(hostile.QUESTIONS)
    assert notes.keys() >= {"search.too_long", "search.too_many_terms", "search.wildcard_too_wide", "search.too_fuzzy"}
