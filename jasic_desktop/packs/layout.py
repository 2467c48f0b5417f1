"""The shape of a source and of a pack: folders, names and the limits that both are held to."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

RECORDS_PER_FILE: Final = 256
RECORD_FILE_BYTES: Final = 4 << 20
RECORD_BYTES: Final = 1 << 20
ARCHIVE_BYTES: Final = 4 << 20
TAG_BYTES: Final = 16 << 20
MEDIUM_BYTES: Final = 256 << 20
PACK_BYTES: Final = (4 << 30) - 1
MOST_FILES: Final = 50_000
MOST_RECORDS: Final = 2_000_000
DEPTH: Final = 4
"""Names in the path of a file in a pack, at most."""

BAGIT: Final = "bagit.txt"
BAG_INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha512.txt"
TAG_MANIFEST: Final = "tagmanifest-sha512.txt"
SIGNATURE: Final = "tagmanifest-sha512.txt.minisig"
SIGNATURE_BYTES: Final = 4096
ARCHIVE: Final = "data/archive.json"
RECORDS: Final = "data/records/"
MEDIA: Final = "data/media/"
TAGS: Final = (BAG_INFO, BAGIT, MANIFEST)
"""The files that the tag manifest lists, in its order."""
FOLDERS: Final = frozenset({"data", "data/records", "data/media"})

SOURCE_FILE_BYTES: Final = 1 << 20
JSONL_BYTES: Final = 1 << 30
PICTURES: Final = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
"""The endings of pictures that are shown, and how such a file begins; other media are carried for export only."""

_NAME: Final = re.compile(r"[a-z0-9_][a-z0-9._-]{0,98}[a-z0-9_]|[a-z0-9_]")
# Names that Windows gives to devices, with any ending.
_DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})
_RECORD_FILE: Final = re.compile(r"data/records/([0-9]{4,5})\.jsonl")


def is_allowed_name(name: str) -> bool:
    """Whether one name of a path may stand in a pack: `[a-z0-9._-]`, no dot at its ends, no device of Windows."""
    return _NAME.fullmatch(name) is not None and ".." not in name and name.split(".", 1)[0] not in _DEVICES


def is_allowed_path(path: str) -> bool:
    """Whether a path with `/` may stand in a pack."""
    names = path.split("/")
    return len(names) <= DEPTH and all(map(is_allowed_name, names))


def twin(path: str) -> str:
    """What two paths share that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def record_file(number: int) -> str:
    """The name of the record file with this number, from 1."""
    return f"{RECORDS}{number:04}.jsonl"


def record_file_number(path: str) -> int | None:
    """The number of a record file, None for any other path."""
    found = _RECORD_FILE.fullmatch(path)
    return int(found[1]) if found and record_file(int(found[1])) == path else None


def is_picture(path: str) -> bool:
    """Whether a medium is a picture that is shown, by its ending."""
    return path.endswith(tuple(PICTURES))


def looks_like(path: str, start: bytes) -> bool:
    """Whether a medium begins as a file of its ending does; true for endings that are only carried."""
    wanted = next((magic for ending, magic in PICTURES.items() if path.endswith(ending)), b"")
    return start.startswith(wanted)
