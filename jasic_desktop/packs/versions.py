"""The versions of installed libraries, read from the names of their folders, without the cost of importlib.metadata."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

LIBRARIES: Final = ("edtf", "markdown-it-py", "msgspec", "opencc", "pypinyin", "PyYAML")
"""The libraries whose versions decide the bytes of a pack."""

_DIST_INFO: Final = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)\.dist-info")


def library_versions(names: Iterable[str]) -> dict[str, str]:
    """The version of each library by its name on the index, `unknown` where none is found (as in a bundle)."""
    known = _installed()
    return {name: known.get(_normal(name), "unknown") for name in names}


@cache
def _installed() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            entries = sorted(path.name for path in Path(folder or ".").iterdir())
        except OSError:
            continue
        for entry in entries:
            parts = _DIST_INFO.fullmatch(entry)
            if parts is not None:
                found.setdefault(_normal(parts["name"]), parts["version"])
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
