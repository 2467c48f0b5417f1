"""Reads the width and height that a JPEG or PNG file tells at its beginning; nothing is decoded."""

from __future__ import annotations

import struct
from typing import Final

MOST: Final = 65_535
"""The largest side that is told, in pixels."""
_PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The marks of JPEG that begin a frame."""


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, as the file tells them; None where it tells none, or more than MOST."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    else:
        width, height = _jpeg(data) if data.startswith(b"\xff\xd8") else (0, 0)
    return (width, height) if 0 < width <= MOST and 0 < height <= MOST else None


def _jpeg(data: bytes) -> tuple[int, int]:
    """Goes from segment to segment until one begins a frame."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 1 if mark == 0xFF else 2 + max(length, 2)
    return 0, 0
