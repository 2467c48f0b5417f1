"""Which character a shape in a PDF's font stands for, where the printer took another one of the same shape."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Radicals of dictionaries and the characters that are written with their shapes, as in the Unicode Character
# Database (Equivalent_Unified_Ideograph); of those from U+2F00 on the decomposition says it.
_RADICALS: Final = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_MEANT: Final = {ord(radical): ord(plain) for radical, plain in zip(*_RADICALS, strict=True)} | {
    code: ord(unicodedata.normalize("NFKC", chr(code))) for code in range(0x2F00, 0x2FD6)
}
_SPACES: Final = {0x09: 0x20, 0x0A: 0x20, 0x0D: 0x20, 0xA0: 0x20, 0x2010: 0x2D, 0x2011: 0x2D}
_LIST: Final = re.compile(rb"\[[^\]]*\]")
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]{4})>")


def meant(table: bytes) -> bytes:
    """A font's table from shapes to characters (a ToUnicode CMap) with the characters that are meant.

    The printer takes the lowest of several characters of one shape: the tab for the space, and for many of the
    commonest Chinese characters a radical, which no search would find. Tables of another form stay as they are. What is
    beyond the basic plane has no entry in it: such a character is seen, and cannot be copied.
    """
    return _LIST.sub(lambda found: _HEX.sub(_one, found[0]), table)


def _one(found: re.Match[bytes]) -> bytes:
    code = int(found[1], 16)
    return b"<%04X>" % _MEANT.get(code, _SPACES.get(code, code))
