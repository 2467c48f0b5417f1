"""Names of exported files that every system takes: Windows, macOS and Linux, sticks and zip files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

from jasic_desktop.render.visible import strip_acting

MOST_BYTES: Final = 120
_DEVICES: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
_REFUSED: Final = re.compile(r'[\s<>:"/\\|?*`$;&!\'{}%#~^\[\]=,@+]+')


def safe_name(text: str, extension: str = "", taken: Container[str] = ()) -> str:
    """A file name made of `text`: no device, no hidden file, no character a system refuses, at most MOST_BYTES bytes.

    `taken` holds names in use, in casefolded form; a number is added until the name is none of them.
    """
    plain = strip_acting(unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8")))
    # Beyond the basic plane there are emoji and rare characters that old tools cut in two.
    plain = "".join(c for c in plain if c <= "\uffff" and unicodedata.category(c)[0] != "C")
    stem = re.sub(r"-{2,}", "-", _REFUSED.sub("-", plain)).strip("-. _")
    if not any(c.isalnum() for c in stem):
        stem = "export"
    # Windows takes a device's name for the device with any extension behind it.
    if _DEVICES.fullmatch(stem.split(".", 1)[0].strip()):
        stem = f"_{stem}"
    suffix = f".{extension}" if extension else ""
    number = 1
    while True:
        end = (f"-{number}" if number > 1 else "") + suffix
        name = _cut(stem, MOST_BYTES - len(end.encode())) + end
        if name.casefold() not in taken:
            return name
        number += 1


def _cut(text: str, most: int) -> str:
    """`text` without what goes beyond `most` bytes, and not ending in what a system drops."""
    return text.encode()[:most].decode("utf-8", "ignore").rstrip("-. ")
