"""Makes resources/search/t2s.txt, the one-to-one traditional-to-simplified table, from opencc's data."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import opencc

RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
TARGET = Path(__file__).resolve().parent.parent / "resources" / "search" / "t2s.txt"


def table() -> tuple[str, str]:
    """Two strings of one length: traditional characters, and the simplified form of each."""
    convert = opencc.OpenCC("t2s").convert
    pairs: dict[str, str] = {}
    for first, last in RANGES:
        for code in range(first, last):
            char = unicodedata.normalize("NFKD", chr(code))
            simplified = convert(char)
            if len(char) == 1 and len(simplified) == 1 and simplified != char:
                pairs[char] = simplified
    # A character whose simplified form is itself converted would fold differently the second time.
    settled = {old: pairs.get(new, new) for old, new in pairs.items()}
    settled = {old: new for old, new in settled.items() if old != new and new not in settled}
    return "".join(settled), "".join(settled.values())


def main() -> int:
    """Write the table."""
    traditional, simplified = table()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(f"{traditional}\n{simplified}\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(traditional)} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
