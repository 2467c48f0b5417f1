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
    # Forms that only some regions write: 著 for 着 in Taiwan, 衞 for 衛 in Hong Kong, the surname 锺 for 钟.
    for config in ("s2t", "s2tw", "s2hk"):
        convert = opencc.OpenCC(config).convert
        for char in map(chr, range(0x4E00, 0xA000)):
            regional = convert(char)
            if len(regional) != 1 or _settled(pairs, regional) == _settled(pairs, char):
                continue
            if regional in pairs or regional in pairs.values():
                pairs[_settled(pairs, char)] = _settled(pairs, regional)
            else:
                pairs[regional] = char
    # A character whose simplified form is itself converted would fold differently the second time.
    settled = {old: _settled(pairs, old) for old in sorted(pairs)}
    return "".join(settled), "".join(settled.values())


def _settled(pairs: dict[str, str], char: str) -> str:
    """The form at the end of the chain that begins with `char`."""
    seen = {char}
    while (char := pairs.get(char, char)) not in seen:
        seen.add(char)
    return char


def main() -> int:
    """Write the table."""
    traditional, simplified = table()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(f"{traditional}\n{simplified}\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(traditional)} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
