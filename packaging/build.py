#!/usr/bin/env python3
"""Build the installers of this commit.

    python3 packaging/build.py TARGET... [--out DIR] [--keep]

TARGET is `tar` (a folder that runs anywhere, packed), `deb` (a Debian package), `run` (a file that installs itself),
`appimage`, `flatpak`, `windows` (a setup.exe) or `all`; they are built on Linux, for x86_64. On a Mac it is `macos` (a
disk image for that Mac's processor), with `--data DIR`, the folder of a bundle for Linux: archive, index and fonts are
taken from there. All go into DIR, dist/ if none is named, with their checksums (SHA256SUMS) and a bill of materials for
each system (CycloneDX). What is built is the commit, not what is changed in the checkout; without git it is the folder
itself, and SOURCE_DATE_EPOCH has to say its time. `--keep` leaves the bundles in build/, for tests/packaged.

The tools come from packaging/build-requirements.lock, each file checked by its hash, into build/environment. Needed of
the system: Debian 12 with libpython3.11, binutils and git, and the system packages that dev.py names, which are
installed as it does; `appimage` asks for squashfs-tools too, `flatpak` for flatpak and librsvg2-common, `windows` for
gcc-mingw-w64-x86-64 and nsis. An AppImage is whole where JASIC_APPIMAGE_RUNTIME names the runtime that
appimage/runtime.lock states. Exit codes: 0 done; 1 something failed (one sentence says what); 2 wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.dont_write_bytecode = True
PACKAGING = Path(__file__).resolve().parent
sys.path.insert(0, str(PACKAGING))

import build_linux  # noqa: E402
import build_macos  # noqa: E402
import dev  # noqa: E402
from build_appimage import make_appimage  # noqa: E402
from build_bundle import Bundle, make_bundle  # noqa: E402
from build_components import bill_of_materials  # noqa: E402
from build_flatpak import make_flatpak  # noqa: E402
from build_share import PROGRAM  # noqa: E402
from build_tree import copy, digest  # noqa: E402
from build_windows_setup import make_setup  # noqa: E402
from build_windows_tree import make_tree  # noqa: E402
from dev import Stop, quietly, reason  # noqa: E402

ROOT = PACKAGING.parent
BUILT_WITH = (3, 11)
SOURCES = ("jasic_desktop", "resources", "archive", "LICENSE")
Maker = Callable[[Bundle, Path, Path, str, int], Path]
TARGETS: dict[str, Maker] = {
    "tar": build_linux.make_tar,
    "deb": build_linux.make_deb,
    "run": build_linux.make_run,
    "appimage": make_appimage,
    "flatpak": make_flatpak,
    "windows": make_setup,
    "macos": build_macos.make_image,
}
SYSTEMS = {"windows": "windows", "macos": "macos"}
"""What a target is for, where that is not Linux."""


def main(arguments: Sequence[str]) -> int:
    """Build what is asked for; the exit code."""
    parser = argparse.ArgumentParser(
        "build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", metavar="TARGET", nargs="+", choices=(*TARGETS, "all"))
    parser.add_argument("--out", metavar="DIR", type=Path, default=ROOT / "dist")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--data", metavar="DIR", type=Path)
    options = parser.parse_args(arguments)
    here = [target for target in TARGETS if (target == "macos") == (sys.platform == "darwin")]
    wanted = here if "all" in options.targets else list(dict.fromkeys(options.targets))
    try:
        if elsewhere := [target for target in wanted if target not in here]:
            raise Stop(f"{elsewhere[0]} is not built on this system: {', '.join(here)} are.")
        if "macos" in wanted and options.data is None:
            raise Stop("macos takes archive, index and fonts from a bundle for Linux: name its folder with --data.")
        build(wanted, options.out.absolute(), data=options.data, keep=options.keep)
    except Stop as stop:
        print(f"build.py: {stop}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"build.py: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def build(targets: Sequence[str], out: Path, *, data: Path | None, keep: bool) -> None:
    """Build `targets` into the folder `out`; `data` is the bundle for Linux that macOS needs. Raises Stop, OSError."""
    check_machine()
    time = commit_time()
    python = environment()
    out.mkdir(parents=True, exist_ok=True)
    with workshop() as work:
        source = stage(work / "source")
        version = version_of(source)
        made: list[Path] = []
        for system in dict.fromkeys(SYSTEMS.get(target, "linux") for target in targets):
            if system == "windows":
                bundle = make_tree(source, work, python, version, time)
            elif system == "macos" and data is not None:
                bundle = build_macos.make_app(source, data.absolute(), work, python, version, time)
            else:
                bundle = make_bundle(source, work, python, time)
            mine = [target for target in targets if SYSTEMS.get(target, "linux") == system]
            made += _made(bundle, mine, system, work, out, version, time, keep=keep)
    sums = out / "SHA256SUMS"
    sums.write_text("".join(f"{digest(path)}  {path.name}\n" for path in sorted(made)), encoding="utf-8")
    for path in (*made, sums):
        print(f"{path.stat().st_size / 1_000_000:8.1f} MB  {path}")


def _made(
    bundle: Bundle, targets: Sequence[str], system: str, work: Path, out: Path, version: str, time: int, *, keep: bool
) -> list[Path]:
    """The files made of one bundle in the folder `out`, its bill of materials last."""
    print(bundle.table, flush=True)
    if keep:
        kept = ROOT / "build" / ("bundle" if system == "linux" else system)
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(bundle.folder, kept, symlinks=True)
    made = [TARGETS[target](bundle, work, out, version, time) for target in targets]
    bill = out / f"{PROGRAM}-{version}-{system}-{platform.machine()}.cdx.json"
    said = dt.datetime.fromtimestamp(time, dt.UTC).isoformat().replace("+00:00", "Z")
    text = bill_of_materials(PROGRAM, version, said, digest(bundle.seal), bundle.components)
    bill.write_text(text, encoding="utf-8")
    return [*made, bill]


def check_machine() -> None:
    """See that this is a machine on which the targets can be built. Raises Stop."""
    if sys.platform != "darwin" and (sys.platform != "linux" or platform.machine() != build_linux.ARCHITECTURE):
        raise Stop("The installers are built on Linux on x86_64, and that for macOS on a Mac.")
    if tuple(sys.version_info[:2]) != BUILT_WITH:
        raise Stop(f"Python {'.'.join(map(str, BUILT_WITH))} is needed, and this is {sys.version.split()[0]}.")


def commit_time() -> int:
    """The time given to everything in the build: SOURCE_DATE_EPOCH, else that of the commit. Raises Stop."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said and (ROOT / ".git").exists():
        said, code = quietly(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"])
        if code:
            raise Stop(reason(said, "git does not say when the commit was made"))
    if not said.strip().isdigit():
        raise Stop("There is no commit here: set SOURCE_DATE_EPOCH to the time of the source, in seconds.")
    return int(said)


def environment() -> Path:
    """The interpreter of the build environment, made as dev.py makes .venv, from the build's own lock."""
    dev.VENV = ROOT / "build" / "environment"
    dev.LOCK = PACKAGING / "build-requirements.lock"
    dev.VENV.parent.mkdir(exist_ok=True)
    return dev.environment(["environment", "window", "display"])  # the libraries of a display go into the bundle


@contextlib.contextmanager
def workshop() -> Iterator[Path]:
    """A folder for one build, whatever an earlier one left in it taken away first and it afterwards."""
    work = ROOT / "build" / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def stage(target: Path) -> Path:
    """A copy of the sources that are built: those of the commit, or those of the folder where there is no git."""
    target.mkdir()
    if (ROOT / ".git").exists():
        packed = target.with_suffix(".tar")
        output, code = quietly(["git", "-C", str(ROOT), "archive", "-o", str(packed), "HEAD", *SOURCES])
        if not code:
            output, code = quietly(["tar", "-C", str(target), "-xf", str(packed)])
        if code:
            raise Stop(reason(output, "The commit could not be read"))
        packed.unlink()
    else:
        for name in SOURCES:
            copy(ROOT / name, target / name)
    return target


def version_of(source: Path) -> str:
    """The version of the program in `source`."""
    names: dict[str, str] = {}
    exec((source / "jasic_desktop" / "__init__.py").read_text(encoding="utf-8"), names)  # noqa: S102 - our own
    return names["__version__"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
