"""Makes resources/search/pinyin.txt: the characters of each syllable of Mandarin without tones, from pypinyin."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jasic_desktop.core.folding import fold  # noqa: E402

TARGET = ROOT / "resources" / "search" / "pinyin.txt"
CHARACTERS = range(0x4E00, 0xA000)
INTERJECTIONS = {"hm", "hng", "m", "n", "ng"}  # not written in names, and they would divide English words


def table() -> dict[str, str]:
    """The folded characters read as each syllable, in any tone and in any of their readings."""
    characters: dict[str, set[str]] = defaultdict(set)
    for code, readings in PINYIN_DICT.items():
        if code in CHARACTERS:
            for reading in readings.split(","):
                characters[fold(reading)].add(fold(chr(code)))
    return {
        syllable: "".join(sorted(characters[syllable]))
        for syllable in sorted(characters)
        if syllable not in INTERJECTIONS
    }


def main() -> int:
    """Write the table."""
    lines = [f"{syllable} {characters}\n" for syllable, characters in table().items()]
    TARGET.write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(lines)} syllables")
    return 0


if __name__ == "__main__":
    sys.exit(main())
