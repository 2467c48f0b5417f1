#!/usr/bin/env python3
r"""Run the program or its tests from a checkout, making first whatever they need.

    python3 packaging/dev.py run [-- ARGUMENTS]        (Windows: py packaging\dev.py run)
    python3 packaging/dev.py test [PYTEST ARGUMENTS]

The libraries of requirements.lock go into .venv in the checkout, each file checked by its hash. That happens once, and
again when the lock or the Python changes. As root on Debian or Ubuntu missing system packages are installed too.

`run` hands ARGUMENTS to the program and ends with its exit code; only the program writes on standard output. Without
ARGUMENTS it opens the window; where there is no display it shows the main work in the terminal, a search in three
scripts, a profile and a part of the timeline, and draws the window into build/window.png.
`test` checks style and types, runs every test, three at a time, and holds coverage against its gates.
With arguments it hands them to pytest and runs nothing else.

Python 3.11 or newer with its standard library is all that has to be there. Exit codes of its own: 0 done; 1 a test or
check failed, or something is missing (one sentence says what); 2 wrong usage; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
MARK = "made-by-dev.py"  # stands in .venv from its first moment: what lacks it is somebody else's and is left alone
STAMP = "stamp"  # written last: without it .venv is half made
SERVED = "system-packages"  # the occasions whose system packages were seen to
OLDEST_PYTHON = (3, 11)

GATED_PACKAGES = ("core", "packs", "search", "export")
GATE = 90.0  # per cent, of the lines and of the branches of each package

PICTURE = Path("build", "window.png")
DEMONSTRATION = (
    ("search", "岳昕", "--limit", "3"),
    ("search", "yuexin", "--limit", "3"),
    ("search", "ACFTU", "--limit", "3"),
    ("show", "mi-jiuping"),
    ("timeline", "--from", "2018-07-20", "--to", "2018-08-31"),
)

NO_NETWORK = (
    "Temporary failure",
    "Name or service not known",
    "getaddrinfo failed",
    "nodename nor servname",
    "Network is unreachable",
    "NewConnectionError",
    "ConnectTimeout",
    "Connection refused",
    "Connection timed out",
    "Could not resolve",
    "Could not connect",
    "Max retries exceeded",
)


class Stop(Exception):
    """The one sentence that says why it cannot go on."""


class SystemPackage(NamedTuple):
    """A package of Debian and Ubuntu, the occasion it is needed on, and what for."""

    name: str
    needed_for: str
    why: str


VENV_PACKAGE = SystemPackage("python3-venv", "environment", "Debian's python3 cannot make an environment without it")
SYSTEM_PACKAGES = (
    SystemPackage("libegl1", "window", "Qt draws through EGL, offscreen too"),
    SystemPackage("libgl1", "window", "Qt's GUI library is linked to it"),
    SystemPackage("libx11-6", "window", "EGL is linked to it"),
    SystemPackage("libdbus-1-3", "window", "Qt talks to the desktop and to screen readers through it"),
    SystemPackage("libfontconfig1", "window", "Qt finds fonts through it"),
    SystemPackage("libfreetype6", "window", "Qt draws glyphs with it"),
    SystemPackage("libglib2.0-0", "window", "Qt's event loop is linked to it"),
    SystemPackage("libxkbcommon0", "window", "Qt reads the keyboard through it"),
    SystemPackage("fonts-inter", "window", "the face of the interface"),
    SystemPackage("fonts-noto-core", "window", "the face of running text"),
    SystemPackage("fonts-noto-cjk", "window", "Chinese, in both scripts"),
    SystemPackage("libxkbcommon-x11-0", "display", "the keyboard of an X display"),
    SystemPackage("libx11-xcb1", "display", "joins Xlib and XCB"),
    SystemPackage("libxcb-cursor0", "display", "the pointer"),
    SystemPackage("libxcb-icccm4", "display", "window titles and sizes"),
    SystemPackage("libxcb-image0", "display", "pictures"),
    SystemPackage("libxcb-keysyms1", "display", "key names"),
    SystemPackage("libxcb-randr0", "display", "screens and their sizes"),
    SystemPackage("libxcb-render-util0", "display", "drawing"),
    SystemPackage("libxcb-render0", "display", "drawing"),
    SystemPackage("libxcb-shape0", "display", "window outlines"),
    SystemPackage("libxcb-shm0", "display", "pictures in shared memory"),
    SystemPackage("libxcb-sync1", "display", "frames in step"),
    SystemPackage("libxcb-util1", "display", "what the other XCB libraries share"),
    SystemPackage("libxcb-xfixes0", "display", "the clipboard"),
    SystemPackage("libxcb-xkb1", "display", "keyboard layouts"),
    SystemPackage("xvfb", "tests", "a display for the tests that need a real one"),
)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; return the exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if command not in ("run", "test"):
        print("Usage: dev.py run [-- ARGUMENTS], or dev.py test [PYTEST ARGUMENTS]", file=sys.stderr)
        return 2
    if rest[:1] == ["--"]:
        rest = rest[1:]
    try:
        python = environment(occasions(command, rest, ROOT, os.environ))
        return run(python, rest) if command == "run" else test(python, rest)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"dev.py: {sentence(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    """Tell the person what takes time; standard output belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def sentence(error: OSError) -> str:
    """An error of the system in one sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: the environment in {VENV} could not be finished."
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"Cannot write {error.filename or ROOT}: the checkout has to be in a folder that you may write to."
    return f"{error.filename or ROOT}: {error.strerror or error}."


# ---------------------------------------------------------------------------------------------------- the two commands


def run(python: Path, arguments: Sequence[str]) -> int:
    """Run the program with `arguments`; without any, open the window or show what there is to see without one."""
    program = [str(python), "-P", "-m", "jasic_desktop"]
    has_window = (ROOT / "jasic_desktop" / "cli" / "window.py").exists()
    if arguments or (has_window and has_display(os.environ)):
        if os.name == "posix":  # takes this process's place, so that signals and the exit code are the program's own
            os.execve(program[0], [*program, *arguments], child_variables())  # noqa: S606
        return subprocess.run([*program, *arguments], env=child_variables(), check=False).returncode
    shown = list(DEMONSTRATION)
    if has_window:
        (ROOT / PICTURE).parent.mkdir(exist_ok=True)
        (ROOT / PICTURE).unlink(missing_ok=True)
        shown.append(("--open", "mi-jiuping", "--size", "1440x900", "--screenshot", str(ROOT / PICTURE)))
    for words in shown:
        print(f"\n$ jasic-desktop {' '.join(words)}\n", flush=True)
        code = subprocess.run([*program, *words], env=child_variables(), check=False).returncode
        if code:
            return code
    if has_window:
        print(f"There is no display here: the window was drawn into {ROOT / PICTURE}.", flush=True)
    return 0


def has_display(variables: Mapping[str, str], platform_name: str = sys.platform) -> bool:
    """Whether a window can be seen here."""
    return platform_name in ("win32", "darwin") or any(map(variables.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def test(python: Path, arguments: Sequence[str]) -> int:
    """Run the checks and the whole suite, or, with `arguments`, pytest alone with them."""
    if arguments:
        return module(python, "pytest", *arguments)
    failed: list[str] = []
    for name, *words in (("ruff check", "ruff", "check", "."), ("ruff format", "ruff", "format", "--check", ".")):
        if module(python, *words):
            failed.append(name)
    with tempfile.TemporaryDirectory(prefix="jasic-test-", ignore_cleanup_errors=True) as folder:
        junit, coverage = Path(folder, "junit.xml"), Path(folder, "coverage.json")
        with beside(python, Path(folder, "mypy.txt"), "mypy") as types:
            # Three, because tests wait: for a window, for a program they start.
            code = module(
                python,
                *("pytest", "-q", "-n", "3", "--dist", "worksteal", f"--junitxml={junit}"),
                *("--cov", "--cov-config=pyproject.toml", "--cov-report=", f"--cov-report=json:{coverage}"),
                COVERAGE_FILE=str(Path(folder, "coverage")),
                PYTHONDONTWRITEBYTECODE="",  # else each process, and each program it starts, compiles all anew
            )
        if types.returncode:
            failed.append("mypy")
        if code:
            failed.append("pytest")
        if coverage.exists():
            table, low = coverage_table(json.loads(coverage.read_bytes()))
            print("\n" + table)
            failed += [f"coverage of {package}" for package in low]
        counts = closing_line(junit.read_text(encoding="utf-8")) if junit.exists() else ""
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    if counts:
        print(f"\n{counts}")
    return code or int(bool(failed))


def module(python: Path, *words: str, **variables: str) -> int:
    """Run a module of the environment in the checkout; return its exit code."""
    print(f"\n$ {' '.join(words)}", flush=True)
    return subprocess.run(
        in_environment(python, *words), cwd=ROOT, env={**child_variables(), **variables}, check=False
    ).returncode


@contextlib.contextmanager
def beside(python: Path, said: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module while something else is done; what it said, kept in the file `said`, is shown when both are done."""
    command = in_environment(python, *words)
    with said.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, cwd=ROOT, env=child_variables())
    try:
        yield process
    except BaseException:
        process.kill()
        raise
    finally:
        process.wait()
    print(f"\n$ {' '.join(words)}\n{said.read_text(encoding='utf-8', errors='replace')}", end="", flush=True)


def in_environment(python: Path, *words: str) -> list[str]:
    """The command line of a module of the environment: nothing beside the person is imported."""
    return [str(python), "-P", "-m", *words]


def coverage_table(report: Mapping[str, Mapping[str, Mapping[str, Mapping[str, int]]]]) -> tuple[str, list[str]]:
    """Coverage by package, from coverage.py's JSON report, and the packages below the gate."""
    keys = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    sums: dict[str, list[int]] = {}
    for path, file in report["files"].items():
        parts = path.replace("\\", "/").split("/")
        package = parts[1] if len(parts) > 2 else "(top)"
        counts = sums.setdefault(package, [0, 0, 0, 0])
        for place, key in enumerate(keys):
            counts[place] += file["summary"].get(key, 0)  # no branches: no key
    rows, low = [f"{'coverage':12}{'lines':>8}{'branches':>10}"], []
    for package, (lines, all_lines, branches, all_branches) in sorted(sums.items()):
        line_rate = 100 * lines / all_lines if all_lines else 100.0
        branch_rate = 100 * branches / all_branches if all_branches else 100.0
        below = package in GATED_PACKAGES and min(line_rate, branch_rate) < GATE
        note = f"  below {GATE:.0f} %" if below else ""
        rows.append(f"{package:12}{line_rate:7.1f}%{branch_rate:9.1f}%{note}")
        if below:
            low.append(package)
    low += [package for package in GATED_PACKAGES if package not in sums]
    return "\n".join(rows), low


def closing_line(junit: str) -> str:
    """`N passed, N failed, N skipped`, from pytest's JUnit report (which this run has just written itself)."""
    suites = ET.fromstring(junit).iter("testsuite")  # noqa: S314
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", "0"))
        failed += int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        skipped += int(suite.get("skipped", "0"))
    return f"{total - failed - skipped} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


# ------------------------------------------------------------------------------------------------------ the environment


def environment(needed_for: Sequence[str]) -> Path:
    """The interpreter of .venv, which is made first where it is missing, half made or out of date."""
    if tuple(sys.version_info[:2]) < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        raise Stop(f"Python {wanted} or newer is needed, and this is {platform.python_version()} ({sys.executable}).")
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = fingerprint()
    if not (current(stamp) and python.exists() and served() >= set(needed_for)):
        with turn():
            if not served() >= set(needed_for):
                ready_system_packages(needed_for)
            if not (current(stamp) and python.exists()):
                make_environment(python, stamp)
            (VENV / SERVED).write_text("\n".join(sorted(served() | set(needed_for))), encoding="ascii")
    return python


def fingerprint() -> str:
    """What .venv was made from: the lock, the Python and the place."""
    parts = (platform.python_version(), platform.machine(), sys.platform, str(ROOT))
    return hashlib.sha256(LOCK.read_bytes() + "\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def served() -> set[str]:
    """The occasions whose system packages were seen to since .venv was made."""
    try:
        return set((VENV / SERVED).read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError):
        return set()


def current(stamp: str) -> bool:
    """Whether .venv was finished from the same things."""
    try:
        return (VENV / STAMP).read_text(encoding="ascii") == stamp
    except (OSError, UnicodeDecodeError):
        return False


def make_environment(python: Path, stamp: str) -> None:
    """Make .venv anew: what an earlier try or an older lock left is removed first."""
    say(f"Making the environment in {VENV.name}: this is done once.")
    (VENV / STAMP).unlink(missing_ok=True)
    for inside in VENV.iterdir():
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside)
        elif inside.name != MARK:
            inside.unlink()
    base = getattr(sys, "_base_executable", None) or sys.executable  # started from .venv itself: the Python behind it
    for command in (
        [base, "-I", "-m", "venv", "--without-pip", str(VENV)],
        [str(python), "-I", "-m", "ensurepip", "--default-pip"],  # by itself, so that it can say why it fails
    ):
        output, code = quietly(command)
        if code:
            raise Stop(reason(output, "The environment could not be made"))
    say("Installing the locked libraries…")
    command = [str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", str(LOCK)]
    output, code = quietly(command, PIP_USER="0")
    if code:
        raise Stop(reason(output, "The locked libraries could not be installed"))
    unfinished = VENV / f"{STAMP}.new"
    unfinished.write_text(stamp, encoding="ascii")
    unfinished.replace(VENV / STAMP)


def quietly(command: Sequence[str], **variables: str) -> tuple[str, int]:
    """Run a tool and keep what it says; return that and its exit code."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**child_variables(), **variables},
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.stdout, done.returncode


def reason(output: str, what: str) -> str:
    """Why a tool failed, in one sentence, from what it said."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return f"{what}: the disk is full."
    if "DO NOT MATCH THE HASHES" in output:
        return f"{what}: a file that came from the package index does not have the hash in requirements.lock."
    if any(sign in output for sign in NO_NETWORK):
        return f"{what}: there is no connection to the package index (it is needed this once)."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR:", "E:", "Error:"))]
    return f"{what}: {(errors or lines or ['no reason was given'])[-1]}"


def child_variables() -> dict[str, str]:
    """The variables for programs of the environment: ours can be imported, nothing of the person's own Python can."""
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "__PYVENV_LAUNCHER__")}
    variables["PYTHONPATH"] = str(ROOT)
    if os.name == "nt":
        variables["PYTHONUTF8"] = "1"
    return variables


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """One process at a time makes .venv; a second one waits for the first. What somebody else made is left alone."""
    if VENV.exists() and not (VENV / MARK).exists() and any(VENV.iterdir()):
        raise Stop(f"{VENV} was not made by this script; move it away and try again.")
    VENV.mkdir(exist_ok=True)
    with (VENV / MARK).open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


# ------------------------------------------------------------------------------------------------------ system packages


def occasions(command: str, arguments: Sequence[str], root: Path, variables: Mapping[str, str]) -> list[str]:
    """What this run needs system packages for: Qt's only where a window may open, so that a search needs none."""
    found = ["environment"]
    word = next(iter(arguments), "")
    may_open = command == "test" or not word or word.startswith("-") or word == "self-test"
    if (root / "jasic_desktop" / "ui").is_dir() and may_open and word not in ("--version", "--help", "-h"):
        found.append("window")
        if has_display(variables) or command == "test":
            found.append("display")
        if command == "test":
            found.append("tests")
    return found


def ready_system_packages(needed_for: Sequence[str]) -> None:
    """See that the system's packages for these occasions are there: install them, or say how."""
    missing = [] if can_make_environments() else [venv_package()]
    wanted = [package.name for package in SYSTEM_PACKAGES if package.needed_for in needed_for]
    if wanted and is_debian():
        there = installed(wanted)
        missing += [name for name in wanted if name not in there]
    if not missing:
        return
    if not is_debian():
        raise Stop("This Python has no ensurepip: install your system's package for Python's venv module.")
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise Stop(
            f"System packages are missing; run: sudo apt-get update && sudo apt-get install -y {' '.join(missing)}"
        )
    apt_install(missing)


def can_make_environments() -> bool:
    """Whether this Python can put pip into an environment: Debian's cannot until a package is installed."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return quietly([base, "-I", "-c", "import ensurepip, venv; ensurepip.version()"])[1] == 0


def venv_package() -> str:
    """The package that lets this Python make environments: another Python than the system's own has one by version."""
    own = Path("/usr/bin/python3")
    same = own.exists() and own.resolve() == Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()
    return VENV_PACKAGE.name if same else f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def is_debian() -> bool:
    """Whether this system is Debian or one of its children."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def installed(names: Sequence[str]) -> set[str]:
    """Those of `names` that are installed."""
    output, _ = quietly(["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\\n", *names])
    return {line.split()[1] for line in output.splitlines() if line.startswith("installed ")}


def apt_install(names: Sequence[str]) -> None:
    """Install packages as root; the lists of packages are fetched where there are none, or old ones that fail."""
    say(f"Installing system packages: {' '.join(names)}")
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends"]
    install += ["-o", "DPkg::Lock::Timeout=120", *names]
    variables = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")):
        _, code = quietly(install, **variables)
        if code == 0:
            return
    updated, _ = quietly(["apt-get", "update", "--quiet"], **variables)
    output, code = quietly(install, **variables)
    if code:
        raise Stop(reason(updated + output, f"The system packages {' '.join(names)} could not be installed"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
