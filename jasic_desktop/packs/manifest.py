"""The tag files of a bag: manifests of SHA-512 digests and bag-info.txt, written and read in one form only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

BAGIT_TEXT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE: Final = re.compile(r"([0-9a-f]{128})  ([!-~]{1,500})")
_LABEL: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}): (\S.{0,4000})")


class LineFault(ValueError):
    """A line that has not the one form; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def write_manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest of files by path, with the SHA-512 of each in lower-case hexadecimal; sorted by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode("ascii")


def read_manifest(data: bytes) -> dict[str, str]:
    """The digest of each file by path. Raises LineFault for anything that write_manifest would not write."""
    found: dict[str, str] = {}
    last = ""
    for number, line in enumerate(_lines(data), 1):
        parts = _LINE.fullmatch(line)
        if parts is None or parts[2] <= last:
            raise LineFault(number)
        last = parts[2]
        found[last] = parts[1]
    return found


def write_info(values: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of bag-info.txt; a label may come several times."""
    return "".join(f"{label}: {value}\n" for label, value in values).encode("utf-8")


def read_info(data: bytes) -> dict[str, tuple[str, ...]]:
    """The values of each label in bag-info.txt. Raises LineFault."""
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(_lines(data), 1):
        parts = _LABEL.fullmatch(line)
        if parts is None:
            raise LineFault(number)
        found[parts[1]] = (*found.get(parts[1], ()), parts[2])
    return found


def oxum(sizes: Mapping[str, int]) -> str:
    """The Payload-Oxum of the payload files by their sizes: bytes in all, a dot, their number."""
    return f"{sum(sizes.values())}.{len(sizes)}"


def _lines(data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineFault(data[: error.start].count(b"\n") + 1) from error
    if not text.endswith("\n"):
        raise LineFault(text.count("\n") + 1)
    return text[:-1].split("\n")
