"""How soon the window is there, and how even it runs: `python -m tests.benchmarks.startup [ROUNDS]`.

Starts this program and its peers from Debian (recoll, zeal, goldendict, kiwix, gramps) in turns on one Xvfb without a
window manager, each with an empty home of its own that one run before has made. All are measured alike, from outside:
from the start of the process until the screen shows a window with some content, looked at every few milliseconds. For
this program two marks from within stand beside it: the frame painted, and the answer to a first question there. Medians
in milliseconds; the ratio is to the fastest peer. Memory is that of all processes of a program a moment later. Then 40
keys are typed into the window, and a tick of 16 ms is timed. Cold means that the page cache was dropped before each
start, by the kernel where it lets us, else file by file. JASIC_BUNDLE names the folder of a built program, which is
then measured beside the one of this environment.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.conftest import ROOT, home_variables

SIZE: Final = (1440, 900)
ROUNDS: Final = 5
PATIENCE: Final = 12.0
_SETTLED: Final = 0.8
"""Seconds after the first content at which memory is looked at."""
KEYS: Final = "mi jiuping union solidarity group letter"
PEERS: Final[Mapping[str, tuple[str, ...]]] = {
    "recoll": ("recoll",),
    "zeal": ("zeal",),
    "goldendict": ("goldendict-ng", "goldendict"),
    "kiwix": ("kiwix-desktop", "kiwix"),
    "gramps": ("gramps",),
}
BUNDLE: Final = "JASIC_BUNDLE"
DROP: Final = Path("/proc/sys/vm/drop_caches")

EYE: Final = """
import sys, time
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(["eye", "-platform", "xcb"])
screen = application.primaryScreen()
for line in sys.stdin:
    until, mapped = time.monotonic() + float(line), 0.0
    while time.monotonic() < until:
        now = time.monotonic()
        picture = screen.grabWindow(0).toImage()
        colours = {picture.pixel(x, y) for y in range(2, picture.height(), 9) for x in range(2, picture.width(), 9)}
        if len(colours) > 1 and not mapped:
            mapped = now
        if len(colours) >= 12:
            print(mapped, now, flush=True)
            break
    else:
        print(mapped, 0.0, flush=True)
"""

INSIDE: Final = """
import sys, time
from jasic_desktop.core.garbage import search_seldom
search_seldom()
from jasic_desktop.cli.parser import prefer
from jasic_desktop.app.standby import Standby

begun, question = float(sys.argv[1]), "yuexin"
told = prefer([])
standby = Standby()
from jasic_desktop.ui.application import Program, Wish, make_application
from jasic_desktop.ui.first_paint import FirstPaint

application = make_application()
program = Program(told.places, told.settings, "en", Wish(question=question), standby)
say = lambda name: print(name, (time.monotonic() - begun) * 1000, flush=True)
FirstPaint(program.window.status_bar).done.connect(lambda: say("painted"))


def answered(answer):
    if answer.query == question:
        say("answered")
        program.window.close()


program.coordinator.answer_changed.connect(answered)
program.begin()
application.exec()
program.close()
"""

TYPING: Final = """
import sys, time
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from jasic_desktop.core.garbage import search_seldom
search_seldom()
from jasic_desktop.cli.parser import prefer
from jasic_desktop.ui.application import Program, Wish, make_application
from jasic_desktop.ui.waiting import wait

keys, tick, pause = sys.argv[1], 16, 90
told = prefer([])
application = make_application()
program = Program(told.places, told.settings, "en", Wish())
program.begin()
coordinator = program.coordinator
wait(lambda: coordinator.answer is not None and not coordinator.is_searching, 500)
late, last = [], [time.perf_counter()]


def ticked():
    now = time.perf_counter()
    late.append(max(0.0, (now - last[0]) * 1000 - tick))
    last[0] = now


left = list(keys)


def press():
    QTest.keyClick(QApplication.focusWidget() or program.window, left.pop(0))
    if not left:
        typing.stop()


program.window.activateWindow()
program.window.start_page.take_focus()
timer, typing = QTimer(), QTimer()
timer.setTimerType(Qt.TimerType.PreciseTimer)
timer.timeout.connect(ticked)
typing.timeout.connect(press)
def tell(*more):
    timer.stop()
    late.sort()
    print(len(late), late[len(late) // 2], late[int(len(late) * 0.95)], late[-1], *more)
    late.clear()


timer.start(tick)
last[0] = time.perf_counter()
wait(lambda: len(late) >= 100)
tell(0.0, True)
timer.start(tick)
last[0], cpu = time.perf_counter(), time.process_time()
typing.start(pause)
wait(lambda: not left and not coordinator.is_searching, 500)
tell((time.process_time() - cpu) * 1000 / len(keys), coordinator.moment.text == keys)
program.window.close()
program.close()
"""


class Bench:
    """A screen, an eye on it, and the programs that are started there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        told, tell = os.pipe()
        screen = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "x".join(map(str, SIZE)) + "x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(screen, pass_fds=(tell,), stderr=subprocess.DEVNULL)
        os.close(tell)
        with os.fdopen(told) as file:
            self._display = f":{file.readline().strip()}"
        self._eye = subprocess.Popen(
            [sys.executable, "-P", "-c", EYE],
            env={**os.environ, "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._files: dict[str, set[str]] = {}
        self.memory: dict[str, list[tuple[float, float]]] = {}

    def close(self) -> None:
        """End the screen and the eye."""
        for process in (self._eye, self._server):
            process.kill()
            process.wait()

    def variables(self, name: str) -> dict[str, str]:
        """The environment of a program: a home of its own, and the screen."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
        # Installed programs have their bytecode; here it is kept from the first start on.
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        homes = home_variables(self._folder / name)
        if name != "jasic-desktop":
            # What the system keeps for all programs they look up there: gramps does not start without its settings.
            for shared in ("XDG_DATA_DIRS", "XDG_CONFIG_DIRS"):
                homes.pop(shared)
        return {
            **kept,
            **homes,
            "DISPLAY": self._display,
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            # The browser inside zeal and kiwix does not start for root otherwise.
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
        }

    def seen(self, name: str, command: list[str], patience: float = PATIENCE) -> float | None:
        """Milliseconds until the screen shows content of a program that is started now; None if it never does."""
        assert self._eye.stdin is not None and self._eye.stdout is not None
        self._eye.stdin.write(f"{patience}\n")
        self._eye.stdin.flush()
        begun = time.monotonic()
        with self._running(name, command):
            _, content = map(float, self._eye.stdout.readline().split())
            time.sleep(_SETTLED)
        return (content - begun) * 1000 if content else None

    def marks(self, name: str) -> dict[str, float]:
        """Milliseconds until this program's own marks."""
        command = [sys.executable, "-P", "-c", INSIDE, str(time.monotonic())]
        done = subprocess.run(
            command, env=self.variables(name), capture_output=True, encoding="utf-8", timeout=PATIENCE * 3, check=False
        )
        return {word: float(value) for word, value in (line.split() for line in done.stdout.splitlines())}

    def typed(self, name: str) -> str:
        """How late a tick of 16 ms comes while somebody types."""
        done = subprocess.run(
            [sys.executable, "-P", "-c", TYPING, KEYS],
            env=self.variables(name),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE * 3,
            check=True,
        )
        return done.stdout

    def drop(self, name: str) -> str:
        """Drop what the system keeps of files in memory; how."""
        os.sync()
        try:
            DROP.write_text("3\n")
            return "by the kernel, all of it"
        except OSError:
            for path in self._files.get(name, set()):
                with suppress(OSError):
                    handle = os.open(path, os.O_RDONLY)
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                    os.close(handle)
            return "file by file, where nobody else has a file open"

    @contextmanager
    def _running(self, name: str, command: list[str]) -> Iterator[None]:
        process = subprocess.Popen(
            command,
            env=self.variables(name),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield
            self.memory.setdefault(name, []).append(_memory_of(process.pid))
            self._files.setdefault(name, set()).update(_files_of(process.pid), _files_below(self._folder / name))
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(3)
            time.sleep(0.2)  # until the screen is empty again


def _memory_of(number: int) -> tuple[float, float]:
    """Megabytes of a program and all its processes: what they share counted in parts (PSS), and each whole (RSS)."""
    own, found = {number}, [0.0, 0.0]
    ancestry = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = path.read_text().rpartition(")")[2].split()
            ancestry[int(path.parent.name)] = (int(fields[1]), int(fields[3]))
    for _ in range(6):
        own |= {child for child, (parent, session) in ancestry.items() if parent in own or session == number}
    for one in own:
        with suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith(("Pss:", "Rss:")):
                    found[line.startswith("Rss:")] += int(line.split()[1]) / 1024
    return found[0], found[1]


def _files_of(number: int) -> set[str]:
    """The files that a process has mapped, and those of Python's modules that stand beside them."""
    try:
        lines = Path(f"/proc/{number}/maps").read_text().splitlines()
    except OSError:
        return set()
    found = {line.split(maxsplit=5)[5] for line in lines if line.count("/") and len(line.split(maxsplit=5)) == 6}
    ours = _files_below(ROOT / "jasic_desktop") if any("python" in path for path in found) else set()
    return {path for path in found if path.startswith("/")} | ours


def _files_below(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file()}


def median(times: list[float]) -> float | None:
    return statistics.median(times) if times else None


def programs() -> tuple[dict[str, list[str]], list[str]]:
    """The commands that are measured, ours first, and the names of the peers that are not installed."""
    found = {"jasic-desktop": [sys.executable, "-P", "-m", "jasic_desktop", "--lang", "en"]}
    if bundle := os.environ.get(BUNDLE):
        found["jasic-desktop, built"] = [str(Path(bundle).resolve() / "jasic-desktop"), "--lang", "en"]
    missing = []
    for name, commands in PEERS.items():
        path = next(filter(None, map(shutil.which, commands)), None)
        if path is None:
            missing.append(name)
        else:
            found[name] = [path]
    return found, missing


def main() -> int:
    """Measure, print."""
    say = sys.stdout.write
    if shutil.which("Xvfb") is None:
        say("Xvfb is not installed: nothing can be measured\n")
        return 1
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    commands, missing = programs()
    ours = next(iter(commands))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        bench = Bench(Path(name))
        try:
            prepare = [*commands["jasic-desktop"], "search", "yuexin"]
            subprocess.run(prepare, env=bench.variables("jasic-desktop"), stdout=subprocess.DEVNULL, check=True)
            shown = {program: bench.seen(program, command) for program, command in list(commands.items())}
            unseen = [program for program, seen in shown.items() if seen is None]
            commands = {program: command for program, command in commands.items() if program not in unseen}
            for temperature in ("warm", "cold"):
                how = _measure(bench, commands, rounds, temperature)
                say(f"\n{temperature}{how[1]}, median of {rounds}\n{'':<32}{'ms':>8}{'ratio':>8}\n")
                for label, value, ratio in how[0]:
                    say(f"{label:<32}{value:>8}{ratio:>8}\n")
            say(f"\nmemory when the window stands, MB{'PSS':>8}{'RSS':>8}\n")
            for program, found in bench.memory.items():
                if program in commands:
                    pss, rss = (statistics.median(values) for values in zip(*found, strict=True))
                    say(f"{program:<32}{pss:>8.0f}{rss:>8.0f}\n")
            say(f"\nticks of 16 ms, late by ms{'':<6}{'ticks':>8}{'p50':>8}{'p95':>8}{'worst':>8}\n")
            for doing, line in zip(("nothing is done", "keys are typed"), bench.typed(ours).splitlines(), strict=True):
                count, p50, p95, worst, cpu, whole = line.split()
                say(f"while {doing:<26}{count:>8}{float(p50):>8.1f}{float(p95):>8.1f}{float(worst):>8.1f}\n")
            say(f"{len(KEYS)} keys, one in 90 ms, {float(cpu):.1f} ms of the processor each")
            say("\n" if whole == "True" else "; not every one arrived\n")
        finally:
            bench.close()
    if missing:
        say(f"not installed, so not measured: {', '.join(missing)}\n")
    if unseen:
        say(f"showed nothing within {PATIENCE:.0f} s, so not measured: {', '.join(unseen)}\n")
    return 0


def _measure(
    bench: Bench, commands: Mapping[str, list[str]], rounds: int, temperature: str
) -> tuple[list[tuple[str, str, str]], str]:
    times: dict[str, list[float]] = {}
    how = ""
    for _ in range(rounds):
        for program, command in commands.items():
            if temperature == "cold":
                how = f" (page cache dropped {bench.drop(program)})"
            seen = bench.seen(program, command)
            times.setdefault(program, []).extend([] if seen is None else [seen])
        if temperature == "cold":
            bench.drop("jasic-desktop")
        for mark, value in bench.marks("jasic-desktop").items():
            times.setdefault(f"  jasic-desktop, {mark}", []).append(value)
    medians = {name: median(values) for name, values in times.items()}
    peers = [value for name, value in medians.items() if name in PEERS and value is not None]
    fastest = min(peers, default=None)
    rows = [
        (name, f"{value:.0f}" if value is not None else "never", f"{value / fastest:.2f}" if value and fastest else "")
        for name, value in medians.items()
    ]
    return rows, how


if __name__ == "__main__":
    sys.exit(main())
