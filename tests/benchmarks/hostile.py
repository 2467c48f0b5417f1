"""Questions that only ask for trouble: `python -m tests.benchmarks.hostile --records 100000`.

Each is asked of an archive of any size, as it stands and as if it were still being typed, with facets and a page of
hits, and completed. Whatever is asked is answered: an exception ends the run with it. Then: the slowest, by the clock
and in processor time, how many took more than two seconds, and what the answers said was left out. `--folder DIR` as
in tests.benchmarks.search.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from jasic_desktop.packs.store import Store
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.request import Request
from jasic_desktop.search.whoosh import build_index, open_engine
from tests.benchmarks.search import make_archive
from tests.benchmarks.typing import kept_folder

LIMIT_S: Final = 2.0
_PAGE: Final = 50
_COMMON: Final = "the of and to in"
QUESTIONS: Final = (
    *("*", "**", "?", "a*", "e*", "t*", "t*n", "*ing", "a*e*i*o", "title:*", "year:*", "w~9", "the~2", "s~1"),
    *("[a TO z]", "[* TO *]", "date:0000..9999", "type:event type:person", "like:person-0000001", "like:nobody"),
    *("(" * 1000 + "union" + ")" * 1000, "(" * 100 + "union" + ")" * 100, "(" * 1000, ")" * 1000),
    *('"' * 999, '"union police', 'union"police"x"', "-" * 999, "NOT " * 600 + "a", "NOT the", "-the -of"),
    *(" ".join(f"word{number}" for number in range(10_000)), " ".join(f"w{number}" for number in range(300))),
    *("a " * 3000, "ab* " * 99, "x" * 5000, "中" * 900, "的", "的 " * 200, "e\u0301\u0300\u0302" * 500),
    *(_COMMON, f'"{_COMMON}"', '"the of and"', '"of the" OR "in the"', f'"{" ".join([_COMMON] * 40)}"'),
    *(" OR ".join(_COMMON.split()), "(the OR of) (and OR in) -(to OR for)", "near~1 thos~1 whic~1 tha~1 fro~1"),
    *("\x00\x1b[31m\x07union", "\ud800\udfff", "\u202eunion\u200b", "\t\n\r", "%s {0} <b>", "'; DROP TABLE record;--"),
    *("t", "th", "the", "s", "sh", "st", "zhang", "zhangsan", "zhangjianguo"),
    *(" ".join("abcdefghijklmnopqrstuvwxyz"), " OR ".join("abcdefghijklmnopqrstuvwxyz")),
)


class Taken(NamedTuple):
    """What one question took, in seconds by the clock and of the processor, and what it found."""

    clock: float
    cpu: float
    text: str
    total: int


def ask_all(engine: Engine) -> tuple[list[Taken], Counter[str]]:
    """What every question took, the slowest first; and how many answers said what of themselves, by key."""
    taken: list[Taken] = []
    told: Counter[str] = Counter()
    for text in QUESTIONS:
        for live in (False, True):
            clock, cpu = time.perf_counter(), time.process_time()
            answer = engine.search(Request(text, facets=True, live=live, limit=_PAGE))
            taken.append(Taken(time.perf_counter() - clock, time.process_time() - cpu, text, answer.total))
            told.update(note.key for note in answer.notes)
            engine.suggest(text)
    return sorted(taken, reverse=True), told


def main(arguments: Sequence[str]) -> int:
    """Make what is not there, ask, print; 1 where a question took too long."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hostile", description="Asks for trouble.")
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--folder", type=Path, help="keep what is made in this folder")
    told = parser.parse_args(arguments)
    with kept_folder(told.folder) as folder:
        folder = folder / str(told.records)
        folder.mkdir(exist_ok=True)
        make_archive(folder, told.records)
        with Store.open(folder / "store") as store:
            if not (folder / "ours").exists():
                build_index(store, folder / "ours")
            taken, notes = ask_all(open_engine(store, folder / "ours"))
    late = sum(one.clock > LIMIT_S for one in taken)
    say = sys.stdout.write
    say(f"{told.records} records, {len(taken)} questions, all answered, {late} in more than {LIMIT_S:.0f} seconds\n\n")
    say(f"{'ms':>8}{'cpu':>8}{'found':>9}  question\n")
    for one in taken[:8]:
        say(f"{one.clock * 1000:>8.0f}{one.cpu * 1000:>8.0f}{one.total:>9}  {ascii(one.text)[:60]}\n")
    say("\nwhat the answers said:\n" + "".join(f"{count:>8}  {key}\n" for key, count in notes.most_common()))
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
