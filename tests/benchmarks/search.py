"""How fast the search is beside others: `python -m tests.benchmarks.search --records 10000`.

Makes an archive (tests.benchmarks.corpus), builds our index, SQLite FTS5 and Tantivy from the same tokens, asks all of
them the same questions, and prints for each class of questions the median and the 95th percentile in milliseconds, and
ours as a multiple of theirs. Then: records built a CPU second, disk, memory, and the time of a fresh process to its
first answer with nothing of the index in the system's cache. Ours is built by one process and by two, by the clock, and
the files of both must be the same. Each engine is built and asked in a process of its own;
each round opens it anew, so that little is remembered from one question to the next. The planted needles must be found.

`--cpu` counts the processor's time instead of the clock's, for a machine that does other things as well.
`--folder DIR` keeps what was made there for the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.folding import fold
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.store import Store, write_store
from jasic_desktop.search.whoosh.build import build_index
from tests.benchmarks.asked import PAGE, Asker, Question
from tests.benchmarks.corpus import NEEDLES, Corpus, write_corpus
from tests.benchmarks.first import STORE
from tests.benchmarks.peers import PEERS, Entry, Peer, entries
from tests.benchmarks.typing import kept_folder

QUESTIONS: Final = 40
ROUNDS: Final = 3
_PACK: Final = "pack"
_QUESTIONS: Final = "questions.json"
_LIMIT_S: Final = 30.0
"""After so many seconds a class is not asked any further: the percentiles are of what was asked."""

Clock = Callable[[], float]


# In a process of its own ------------------------------------------------------------------------------------------


def make_archive(folder: Path, records: int) -> None:
    """The pack and its store, unless they are there."""
    if not (folder / _PACK).exists():
        write_corpus(records, folder / _PACK)
    if not (folder / STORE).exists():
        with open_pack(folder / _PACK) as pack:
            write_store(pack, folder / STORE)


def make_questions(folder: Path, records: int, count: int) -> None:
    """The questions as a file: whoever is asked them does not hold the words of the archive in memory as well."""
    (folder / _QUESTIONS).write_bytes(msgspec.json.encode(Asker(Corpus(records), count).classes()))


def build(peer: Peer, folder: Path) -> dict[str, float]:
    """Build one engine; CPU seconds without those of cutting the tokens it is given, peak memory in MB, and seconds by
    the clock, cutting included.
    """
    cut = 0.0
    clock = time.perf_counter()
    with Store.open(folder / STORE) as store:

        def given() -> Iterator[Entry]:
            nonlocal cut
            found = entries(store)
            while True:
                begun = time.process_time()
                entry = next(found, None)
                cut += time.process_time() - begun
                if entry is None:
                    return
                yield entry

        begun = time.process_time()
        peer.build(store, given(), folder / peer.name)
        seconds = time.process_time() - begun - cut
    return {"seconds": seconds, "peak": _memory("VmHWM"), "clock": time.perf_counter() - clock}


def build_by_two(folder: Path) -> dict[str, float]:
    """Build ours in two processes: seconds by the clock, and the most memory that both held together, in MB.

    Raises SystemExit where the files are others than those of one process, which stand in `folder`.
    """
    made = folder / "ours-by-two"
    shutil.rmtree(made, ignore_errors=True)
    most = 0.0

    def look(_step: str, _done: int, _total: int) -> None:
        nonlocal most
        most = max(most, sum(map(_share, ("self", *_children()))))

    clock = time.perf_counter()
    with Store.open(folder / STORE) as store:
        build_index(store, made, Progress(look), two=True)
    clock = time.perf_counter() - clock
    names = sorted(path.name for path in (folder / "ours").iterdir())
    same = names == sorted(path.name for path in made.iterdir())
    if not same or any((made / name).read_bytes() != (folder / "ours" / name).read_bytes() for name in names):
        raise SystemExit("two processes built another index than one")
    shutil.rmtree(made)
    # When the runs are joined, the second process is gone.
    return {"peak": max(most, _memory("VmHWM")), "clock": clock}


def _share(process: str) -> float:
    """What a process holds in memory, its share of what it has in common with others: MB."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in told.splitlines() if line.startswith("Pss:")), 0.0)


def _children() -> list[str]:
    try:
        return Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    except OSError:
        return []


def ask(peer: Peer, folder: Path, wanted: Sequence[str], rounds: int, clock: Clock) -> dict[str, Any]:
    """Ask one engine everything; by class the milliseconds of each question, and memory in MB."""
    classes = msgspec.json.decode((folder / _QUESTIONS).read_bytes(), type=dict[str, list[Question]])
    times: dict[str, list[float]] = {name: [] for name in classes if not wanted or name in wanted}
    with Store.open(folder / STORE) as store:
        for _ in range(rounds):
            peer.open(store, folder / peer.name)
            peer.prepare()
            _find_needles(peer, store.count)
            for name, taken in times.items():
                until = time.perf_counter() + _LIMIT_S
                for question in classes[name]:
                    begun = clock()
                    if peer.ask(question) is None:
                        break
                    taken.append((clock() - begun) * 1000)
                    peer.rest()
                    if time.perf_counter() > until:
                        break
            peer.close()
    return {"times": times, "memory": _memory("VmRSS")}


def _find_needles(peer: Peer, records: int) -> None:
    """Every planted needle is found as often as it was planted: an engine that finds less is fast for nothing."""
    for text in {fold(needle.text) for needle in NEEDLES}:
        # Two needles are one another's other form, and found by the same question.
        planted = sum(needle.count(records) for needle in NEEDLES if fold(needle.text) == text)
        found = peer.ask(Question("phrase" if text.isascii() else "han", tuple(text.split())))
        if found is None or found < min(planted, PAGE):
            raise SystemExit(f"{peer.name} finds {found} of {planted} records with {text}")


def _memory(what: str) -> float:
    """VmHWM, the most this process ever held in memory, or VmRSS, what it holds now: MB; 0 where nobody tells."""
    try:
        told = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1000 for line in told.splitlines() if line.startswith(f"{what}:"))


# The run ----------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description="Times the search.")
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--peers", default="fts5,tantivy", metavar="NAMES", help="fts5, tantivy; none: ours alone")
    parser.add_argument("--classes", default="", metavar="NAMES", help="classes of questions, with semicolons between")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="of each class")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--cpu", action="store_true", help="the processor's time instead of the clock's")
    parser.add_argument("--no-window", action="store_true", help="leave out the window that types")
    parser.add_argument("--folder", type=Path, help="keep what is made in this folder")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.step:
        return _step(*told.step, told)
    with kept_folder(told.folder) as folder:
        _run(folder, told)
    return 0


def _step(step: str, name: str, told: argparse.Namespace) -> int:
    """One thing with one engine, for the process that measures; what was measured as JSON."""
    peer: Peer = PEERS[name]()
    result: object
    if step == "build":
        result = build(peer, told.folder)
    elif step == "build-by-two":
        result = build_by_two(told.folder)
    else:
        clock = time.process_time if told.cpu else time.perf_counter
        wanted = [part.strip() for part in told.classes.split(";") if part.strip()]
        result = ask(peer, told.folder, wanted, told.rounds, clock)
    sys.stdout.write(json.dumps(result))
    return 0


def _run(folder: Path, told: argparse.Namespace) -> None:
    say = sys.stdout.write
    names = ["ours", *(name for name in told.peers.split(",") if name in PEERS)]
    shown = {name: PEERS[name]().name for name in names}
    # A folder that is kept holds several archives.
    folder = folder / str(told.records)
    folder.mkdir(exist_ok=True)
    make_archive(folder, told.records)
    make_questions(folder, told.records, told.questions)
    own = [sys.executable, "-m", "tests.benchmarks.search", "--records", str(told.records), "--folder", str(folder)]
    own += ["--questions", str(told.questions), "--rounds", str(told.rounds), "--classes", told.classes]
    own += ["--cpu"] if told.cpu else []

    def step(what: str, name: str) -> Any:
        done = subprocess.run([*own, "--step", what, name], stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    built = {name: step("build", name) for name in names if not (folder / shown[name]).exists()}
    by_two = step("build-by-two", "ours") if "ours" in built else None
    asked = {name: step("ask", name) for name in names}
    say(f"{told.records} records; milliseconds of {'processor' if told.cpu else 'clock'} time\n\n")
    say_classes(say, shown, {name: result["times"] for name, result in asked.items()})
    say(f"\n{'':<28}" + "".join(f"{shown[name]:>14}" for name in names) + "\n")

    def line(label: str, values: dict[str, float]) -> None:
        say(
            f"{label:<28}"
            + "".join(f"{values[name]:>14.1f}" if name in values else f"{'-':>14}" for name in names)
            + "\n"
        )

    line(
        "built, records a CPU s", {name: told.records / max(1e-9, result["seconds"]) for name, result in built.items()}
    )
    if by_two is not None:
        # The peers are given tokens that are cut while they are built: by the clock that cannot be told apart.
        line("built by one, records a s", {"ours": told.records / built["ours"]["clock"]})
        line("built by two, records a s", {"ours": told.records / by_two["clock"]})
        line("built by two, peak MB", {"ours": by_two["peak"]})
    line("built, peak MB", {name: result["peak"] for name, result in built.items()})
    line("answering, MB", {name: result["memory"] for name, result in asked.items()})
    line("index, kB a record", {name: size(folder / shown[name]) / told.records / 1000 for name in names})
    line("index and text, kB a record", {"ours": (size(folder / "ours") + size(folder / STORE)) / told.records / 1000})
    line("first answer, ms", {name: _first(folder, name, shown[name]) for name in names})
    if not told.no_window:
        say("\nthe window, while somebody types:\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", "tests.benchmarks.typing", "--archive", str(folder / _PACK)], check=True)


def say_classes(say: Callable[[str], object], shown: dict[str, str], times: dict[str, dict[str, list[float]]]) -> None:
    """Write the table: for each class ours, and each peer with ours as a multiple of its 95th percentile."""
    others = [name for name in shown if name != "ours"]
    say(f"{'class':<26}{'p50':>8}{'p95':>8}{'max':>8}")
    say("".join(f" | {shown[name]:>8} p50{'p95':>8}{'ratio':>7}" for name in others) + "\n")
    for name, own in times["ours"].items():
        mine = percentile(own, 0.95)
        say(f"{name:<26}{percentile(own, 0.5):>8.2f}{mine:>8.2f}{max(own):>8.2f}")
        for other in others:
            theirs = times[other][name]
            if not theirs:
                say(f" | {'-':>12}{'-':>8}{'-':>7}")
                continue
            last = percentile(theirs, 0.95)
            say(f" | {percentile(theirs, 0.5):>12.2f}{last:>8.2f}{mine / last:>7.2f}")
        say("\n")


def percentile(times: Sequence[float], share: float) -> float:
    """The time that `share` of all take at most."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def _first(folder: Path, name: str, shown: str) -> float:
    """Milliseconds from the start of a process to the end of it, after its first answer, its files not in the cache:
    the median of five.
    """
    command = [sys.executable, "-m", "tests.benchmarks.first", name, str(folder)]
    taken = []
    for _ in range(5):
        _forget([folder / STORE, *(folder / shown).rglob("*")])
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append((time.perf_counter() - begun) * 1000)
    return percentile(taken, 0.5)


def _forget(paths: Sequence[Path]) -> None:
    """Ask the system to keep nothing of these files in memory, where it can be asked."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
