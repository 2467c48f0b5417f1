"""What the compiled files of the Windows bundle ask of the system: libraries by name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from dev import Stop, quietly, reason

_NEEDED = re.compile(r"^\s*DLL Name: (\S+)", re.MULTILINE)
_RUNTIME = ("api-ms-win-", "ext-ms-")
"""How the names begin under which Windows offers the parts of its own interface and of the C library."""


def is_pe(path: Path) -> bool:
    """Whether a file is compiled for Windows."""
    with path.open("rb") as file:
        return file.read(2) == b"MZ"


def imports(path: Path) -> list[str]:
    """The libraries that a compiled file names, in lower case. Raises Stop."""
    if shutil.which("objdump") is None:
        raise Stop("objdump is missing; run: sudo apt-get install -y binutils")
    said, code = quietly(["objdump", "-p", str(path)], LC_ALL="C.UTF-8")
    if code:
        raise Stop(reason(said, f"{path.name} is no file that Windows can run"))
    return sorted({name.lower() for name in _NEEDED.findall(said)})


def lacking(files: Iterable[Path], system: Collection[str]) -> dict[str, str]:
    """The libraries that the compiled ones among `files` ask for beyond one another and `system`, and who asks."""
    compiled = [path for path in files if is_pe(path)]
    inside = {path.name.lower() for path in compiled}
    known = {name.lower() for name in system}
    missing: dict[str, str] = {}
    for path in compiled:
        for name in imports(path):
            if name not in inside and name not in known and not name.startswith(_RUNTIME):
                missing.setdefault(name, path.name)
    return missing
