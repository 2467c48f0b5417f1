"""What the compiled files of a bundle ask of the system: libraries by name, and the version of the C library."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_SEARCHED = re.compile(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]")
_C_LIBRARY = re.compile(r"\bGLIBC_(\d+)\.(\d+)(?:\.\d+)?\b")


@dataclass(frozen=True)
class Demands:
    """What the system has to have: libraries by name with the file that asks, the oldest C library that will do.

    `astray` are the files, with their search paths, that search for libraries outside the bundle.
    """

    libraries: Mapping[str, str]
    c_library: tuple[int, int]
    astray: Mapping[Path, str]


def is_elf(path: Path) -> bool:
    """Whether a file is compiled for Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def demands(folder: Path, files: Iterable[Path]) -> Demands:
    """What the compiled ones among `files`, all below `folder`, ask for beyond one another."""
    compiled = [path for path in files if is_elf(path)]
    inside = {path.name for path in compiled}
    libraries: dict[str, str] = {}
    newest, astray = (0, 0), dict[Path, str]()
    for path in compiled:
        name = path.relative_to(folder).as_posix()
        said = _readelf("--dynamic", "--version-info", path)
        for library in _NEEDED.findall(said):
            if library not in inside:
                libraries.setdefault(library, name)
        for searched in _SEARCHED.findall(said):
            if any(not entry.startswith("$ORIGIN") for entry in searched.split(":")):
                astray[path] = searched
        for major, minor in _C_LIBRARY.findall(said):
            newest = max(newest, (int(major), int(minor)))
    return Demands(libraries, newest, astray)


def _readelf(*words: str | Path) -> str:
    command = ["readelf", "--wide", *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=True).stdout
