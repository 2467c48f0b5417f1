"""How long each key press takes: `python -m tests.benchmarks.search`.

Types questions letter by letter at the bundled archive, as the window does, with facets and 20 snippets, and asks
SQLite FTS5 the same words of the same tokens, with neither. Prints milliseconds, and ours as a multiple of FTS5's.
The first pass begins with nothing remembered; the second is somebody who types the same again.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jasic_desktop.core.paths import bundled_archive
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.build import build
from jasic_desktop.packs.store import Store, write_store
from jasic_desktop.search.analysis import pieces, steps
from jasic_desktop.search.fields import Field
from jasic_desktop.search.request import Request
from jasic_desktop.search.terms import terms_of
from jasic_desktop.search.whoosh import build_index, open_engine
from jasic_desktop.search.whoosh.stem import stem

QUESTIONS = (
    *(
        "yue xin",
        "mi jiuping",
        "mijiuping",
        "shen mengyu detained",
        "岳昕",
        "佳士工人聲援團",
        "中华全国总工会",
        "深圳市公安局",
    ),
    *(
        "ACFTU",
        "solidarity group statement",
        "picking quarrels and provoking trouble",
        "trade union rights",
        "lawyers visit",
    ),
    *("huizhou raid", "2018-07-27", "open letter to the party leadership", "Peking University Marxist society"),
    *(
        "detained workers in shenzhen",
        "the people of the republic",
        "date:2018-07..2018-08 police",
        "person:yue-xin letter",
    ),
)
COLUMNS = (Field.TITLE, Field.NAME_ZH, Field.OTHER, Field.PINYIN, Field.PINYIN_AUTO, Field.TEXT)
LIMIT = 20


def typed() -> list[str]:
    """What stands in the question box after each key press."""
    return [question[:length] for question in QUESTIONS for length in range(1, len(question) + 1)]


def fts5(store: Store) -> Callable[[str], object]:
    """The same tokens in SQLite FTS5, and how to ask it."""
    database = sqlite3.connect(":memory:")
    names = ", ".join(COLUMNS)
    database.execute(f"CREATE VIRTUAL TABLE record USING fts5({names}, tokenize='unicode61 remove_diacritics 0')")
    for ordinal, record in enumerate(store.many(store.ids)):
        terms = terms_of(record, store.title, stem)
        texts = [" ".join(token.text for token in terms.get(field, [])) for field in COLUMNS]
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        database.execute(f"INSERT INTO record (rowid, {names}) VALUES ({marks})", (ordinal, *texts))

    def ask(text: str) -> object:
        words = [" ".join(step.text for step in steps(piece)) for piece in pieces(text)]
        wanted = " AND ".join(f'"{word}"' for word in words) + "*"
        sql = "SELECT rowid FROM record WHERE record MATCH ? ORDER BY bm25(record, 8, 8, 5, 5, 2, 1) LIMIT ?"
        return database.execute(sql, (wanted, LIMIT)).fetchall() if words else []

    return ask


def measured(ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each key press."""
    times = []
    for text in typed():
        begun = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def percentile(times: list[float], share: float) -> float:
    """The time that `share` of all take at most."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main() -> int:
    """Build, measure, print."""
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(bundled_archive(), folder / "pack")
        write_store(open_pack(folder / "pack"), folder / "store")
        with Store.open(folder / "store") as store:
            begun, cpu = time.perf_counter(), time.process_time()
            build_index(store, folder / "index")
            seconds = time.process_time() - cpu
            size = sum(path.stat().st_size for path in (folder / "index").iterdir())
            say(f"{store.count} records, indexed in {time.perf_counter() - begun:.1f} s ")
            say(f"({store.count / seconds:.0f} a CPU second), {size / store.count / 1000:.1f} kB a record\n")
            begun = time.perf_counter()
            engine = open_engine(store, folder / "index")
            engine.search(Request("yue xin", facets=True))
            say(f"opened and answered first in {(time.perf_counter() - begun) * 1000:.0f} ms\n")
            engine.close()
            engine = open_engine(store, folder / "index")
            plain = measured(fts5(store))
            say(f"\n{len(typed())} key presses    p50 ms   p95 ms   max ms   p95 / FTS5's\n")
            ours = [("first pass", measured(lambda text: engine.search(Request(text, live=True, facets=True))))]
            ours += [("second pass", measured(lambda text: engine.search(Request(text, live=True, facets=True))))]
            ours += [("completions", measured(engine.suggest))]
            for label, times in (*ours, ("FTS5", plain)):
                p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
                say(f"{label:<16} {p50:8.1f} {p95:8.1f} {max(times):8.1f} {p95 / percentile(plain, 0.95):8.1f}\n")
            engine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
