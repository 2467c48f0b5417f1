"""Cuts the bundled fonts out of Debian's font packages; runs in the build environment, which has fonttools.

    build_fonts.py SOURCE-TEXT-FOLDER... TARGET

The Chinese faces keep GB 2312, the first level of Big5 and every character of the files in the folders named first;
the Latin ones keep the European scripts. The same sources give the same bytes, whatever the machine.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont


class Face(NamedTuple):
    """A face: its file in the bundle, the file it is cut from, the number of the font in that, its new family."""

    name: str
    source: str
    sha256: str
    number: int = -1
    family: str = ""

    @property
    def is_chinese(self) -> bool:
        """Whether it is here for Chinese."""
        return bool(self.family)


# Of Debian 12: fonts-inter 4.0~beta7+ds-1, fonts-noto-core 20201225-1, fonts-noto-cjk 1:20220127+repack1-1.
FACES: Final = (
    Face(
        "Inter-Regular",
        "/usr/share/fonts/opentype/inter/Inter-Regular.otf",
        "a7e791e8f5a0fb02b65663f7fca73e1d1ca9543f772ad480cbd76f4e3fe3f8cc",
    ),
    Face(
        "Inter-SemiBold",
        "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
        "8c1990b6012254ea2b487161697d107357dd0ee55811cfd91c8c11227bbef457",
    ),
    Face(
        "NotoSerif-Regular",
        "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
        "9d7583b7dc9e812afd32a14280c5cac3160012efe50c8d08938f4fea266ff67f",
    ),
    Face(
        "NotoSerif-Bold",
        "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf",
        "0af0ff2be8f84910fb21ec5fe1b6b7395e3073250502a334baf6ca2f860c88fe",
    ),
    Face(
        "NotoSansSC-Regular",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
        2,
        "Noto Sans SC",
    ),
    Face(
        "NotoSerifSC-Regular",
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
        2,
        "Noto Serif SC",
    ),
)
PACKAGES: Final = ("fonts-inter", "fonts-noto-core", "fonts-noto-cjk")
"""The Debian packages of the sources."""

_TEXTS: Final = (".json", ".jsonl", ".toml", ".txt")
"""How the names end of the files of a pack and of the catalogues that hold text; a pack has pictures too."""
_EUROPEAN: Final = (range(0x20, 0x530), range(0x1E00, 0x2000), range(0x2000, 0x2400), range(0x2460, 0x2600))
_CHINESE_SIGNS: Final = (range(0x2000, 0x2070), range(0x3000, 0x3040), range(0x3100, 0x3130), range(0xFF00, 0xFFF0))
_LATIN_FEATURES: Final = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "case", "calt"]

_VERTICAL: Final = ["vhea", "vmtx", "VORG", "BASE"]


def main(arguments: Sequence[str]) -> int:
    """Cut every face; the exit code."""
    *folders, target = map(Path, arguments)
    used = characters(path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _TEXTS)
    target.mkdir(parents=True)
    for face in FACES:
        try:
            found = hashlib.sha256(Path(face.source).read_bytes()).hexdigest()
        except OSError:
            print(f"{face.source} is missing: install {' '.join(PACKAGES)} of Debian 12.", file=sys.stderr)
            return 1
        if found != face.sha256:
            print(f"{face.source} is not the file of Debian 12 that this build is made of.", file=sys.stderr)
            return 1
        cut(face, wanted(used) if face.is_chinese else {code for block in _EUROPEAN for code in block}, target)
    return 0


def characters(files: Iterable[Path]) -> set[int]:
    """Every character of some text files."""
    return {ord(char) for path in files for char in path.read_text(encoding="utf-8")}


def wanted(used: Iterable[int]) -> set[int]:
    """What a Chinese face keeps: the two standard sets, and of `used` all that is no European letter."""
    codes = {code for block in _CHINESE_SIGNS for code in block}
    codes |= set(_standard("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    codes |= set(_standard("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))))
    return codes | {code for code in used if code >= 0x2E80}


def cut(face: Face, codes: set[int], target: Path) -> None:
    """Write one face with the characters of `codes`."""
    options = subset.Options()
    options.layout_features = [] if face.is_chinese else _LATIN_FEATURES
    options.hinting = not face.is_chinese
    options.desubroutinize = False
    options.notdef_outline = True
    options.drop_tables += _VERTICAL if face.is_chinese else []
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.recalc_timestamp = False
    with TTFont(face.source, fontNumber=face.number, recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=codes)
        cutter.subset(font)
        if face.is_chinese:
            _rename(font, face)
        font.save(target / f"{face.name}.otf")


def _rename(font: TTFont, face: Face) -> None:
    """Give a cut face a name of its own: the machine may have the whole face, under its own name."""
    names = {1: face.family, 4: f"{face.family} Regular", 6: face.name, 16: face.family}
    table = font["name"]
    table.names = [entry for entry in table.names if entry.nameID not in (3, 16, 17, 21, 22)]
    for entry in table.names:
        if entry.nameID in names:
            entry.string = names[entry.nameID]
    font["CFF "].cff.fontNames = [face.name]


def _standard(codec: str, leads: Iterable[int], trails: Iterable[int]) -> Iterable[int]:
    trails = tuple(trails)
    for lead in leads:
        for trail in trails:
            try:
                text = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                yield ord(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
