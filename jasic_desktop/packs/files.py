"""What stands in folders that others filled: regular files, and what is none, found without opening anything."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from jasic_desktop.core.regular import in_brackets

Oddness = Literal["link", "not_regular", "unreadable", "too_deep", "too_many"]


class Oddity(NamedTuple):
    """Something that is no readable regular file, and what it is instead."""

    name: str
    what: Oddness
    system: str = ""


@dataclass
class Listing:
    """What stands below a folder: the size in bytes and the time (ns) of each file by its path, the folders, the rest.

    Paths are written with `/` and are relative to the folder.
    """

    files: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def listing(folder: Path, *, most: int, depth: int) -> Listing:
    """Everything below `folder`, found without opening a file.

    Stops after `most` entries and does not enter folders whose path has more than `depth` names; both are oddities.
    """
    found = Listing()
    waiting = [("", folder)]
    while waiting:
        prefix, path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if len(found.files) + len(found.folders) + len(found.oddities) >= most:
                        found.oddities.append(Oddity("", "too_many"))
                        waiting.clear()
                        break
                    if _note(entry, prefix, depth, found):
                        waiting.append((f"{prefix}{entry.name}/", path / entry.name))
        except OSError as error:
            found.oddities.append(Oddity(prefix.rstrip("/"), "unreadable", in_brackets(error.strerror or "")))
    found.files = dict(sorted(found.files.items()))
    found.folders.sort()
    found.oddities.sort()
    return found


def _note(entry: os.DirEntry[str], prefix: str, depth: int, found: Listing) -> bool:
    """Sort one entry into `found`; whether it is a folder to enter."""
    name = prefix + entry.name
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        found.oddities.append(Oddity(name, "unreadable", in_brackets(error.strerror or "")))
        return False
    # A junction of Windows is a folder to stat and a link in truth.
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", None):
        found.oddities.append(Oddity(name, "link"))
    elif stat.S_ISREG(status.st_mode):
        found.files[name] = status.st_size
        found.times[name] = status.st_mtime_ns
    elif not stat.S_ISDIR(status.st_mode):
        found.oddities.append(Oddity(name, "not_regular"))
    elif name.count("/") >= depth:
        found.oddities.append(Oddity(name, "too_deep"))
    else:
        found.folders.append(name)
        return True
    return False
