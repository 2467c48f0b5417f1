"""Whether an installed program is the one that was installed: its list of files, and who else could change them."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jasic_desktop.core.errors import Fault, RefusedFault
from jasic_desktop.core.ownership import may_change, may_replace
from jasic_desktop.core.regular import UnreadableError, open_regular, printable, read_at, read_regular

LIST: Final = "FILES.sha256"
"""The list of the files of an installed program, in the form of sha256sum; a build writes it."""
_LONGEST_LIST: Final = 1 << 20
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\0\n]+)")
_AT_ONCE: Final = 1 << 20
_ADDED: Final = frozenset(
    {
        *(LIST, "portable", "uninstall.sh", "uninstall.exe"),
        *(f"installed-{what}.txt" for what in ("files", "folders", "links", "share")),
    }
)
"""What installers and people put beside the files of the list; no library or module is ever looked for in it."""
_ADDED_FOLDERS: Final = frozenset({"share", "data"})
_SEALED: Final = frozenset({"_CodeSignature"})


@dataclass(frozen=True)
class Installed:
    """An installed program: `folder` with all its files, `listed` the list of them.

    `unlisted` are the names below `folder` of what has to be there and cannot stand in the list.
    """

    folder: Path
    listed: Path
    unlisted: frozenset[str] = frozenset()


def installed() -> Installed | None:
    """The program that runs, as it was installed; None where it runs from its source, which has no list."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve()
    if program.parts[-3:-1] == ("Contents", "MacOS"):
        # The seal of an application states the list, and stands in the program file: the list cannot state that file.
        contents = program.parents[1]
        return Installed(contents, contents / "Resources" / LIST, frozenset({f"MacOS/{program.name}"}))
    return Installed(program.parent, program.parent / LIST)


def require_unchanged(own: Installed, sums: Collection[str] | None, policy: str) -> None:
    """Go on if every file of a program is as it was installed, none is beside them, and this person could change none.

    `sums` are the SHA-256 of the lists that the file `policy` allows; None allows each. Raises RefusedFault.
    """
    try:
        changeable = next(_changeable(own), None)
        if changeable is not None:
            raise _refused("writable", changeable)
        stated, digest = _stated(own)
        if sums is not None and digest not in sums:
            raise _refused("not_allowed", own.listed, sum=digest, policy=printable(policy))
        fault = next(_differences(own, stated), None)
    except OSError as error:  # it is being changed now
        raise _refused("changed", Path(error.filename or own.folder)) from error
    if fault is not None:
        raise fault


def differences(own: Installed) -> tuple[int, list[Fault]]:
    """How many files the list of a program states, and what of them is not as it states. Raises RefusedFault."""
    stated, _ = _stated(own)
    return len(stated), list(_differences(own, stated))


def _stated(own: Installed) -> tuple[Mapping[str, str], str]:
    """The SHA-256 of each file by its name, and that of the list. Raises RefusedFault."""
    try:
        data = read_regular(own.listed, _LONGEST_LIST)
        lines = data.decode("utf-8").splitlines()
    except (UnreadableError, UnicodeDecodeError) as error:
        raise _refused("no_list", own.listed) from error
    stated = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or {"", ".", ".."} & set(match[2].split("/")) or "\\" in match[2]:
            raise _refused("no_list", own.listed)
        stated[match[2]] = match[1]
    if not stated:
        raise _refused("no_list", own.listed)
    return stated, hashlib.sha256(data).hexdigest()


def _differences(own: Installed, stated: Mapping[str, str]) -> Iterator[Fault]:
    for name, wanted in stated.items():
        path = own.folder / name
        try:
            found = _digest(path)
        except UnreadableError as error:
            yield _refused("missing" if error.what == "missing" else "changed", path)
            continue
        if found != wanted:
            yield _refused("changed", path)
    for path in _files(own.folder):
        name = path.relative_to(own.folder).as_posix()
        if name not in stated and name not in own.unlisted and path != own.listed and not _belongs(own, path):
            yield _refused("strange", path)


def _belongs(own: Installed, path: Path) -> bool:
    """Whether a file that the list does not state is one that installers and people put there."""
    parts = path.relative_to(own.folder).parts
    if len(parts) == 1:
        return parts[0] in _ADDED and not path.is_symlink()
    if own.unlisted and path.is_symlink():  # an application's folders are tied together; a link out of it is strange
        return path.resolve().is_relative_to(own.folder)
    return parts[0] in (_SEALED if own.unlisted else _ADDED_FOLDERS)


def _changeable(own: Installed) -> Iterator[Path]:
    """What this person, or everybody, could change of a program: its files, its folders, or the way to it."""
    for folder, folders, names in os.walk(own.folder):
        if Path(folder) == own.folder:
            folders[:] = [name for name in folders if name not in _ADDED_FOLDERS]
        for name in (".", *names):
            path = Path(folder, name)
            if not path.is_symlink() and may_change(path):
                yield path
    way = [own.folder]
    image = os.environ.get("APPIMAGE", "")
    if image and hasattr(os, "statvfs") and os.statvfs(own.folder).f_flag & os.ST_RDONLY:
        # What is shown of the file of an AppImage cannot be written to; the file may be.
        way.append(Path(image).resolve())
        if may_change(way[-1]):
            yield way[-1]
    for place in way:
        for above, below in zip(place.parents, (place, *place.parents), strict=False):
            if may_replace(above, below):
                yield above


def _files(folder: Path) -> Iterator[Path]:
    """All below a folder that is no folder, links among them."""
    for above, folders, names in os.walk(folder):
        folders.sort()
        links = (name for name in folders if Path(above, name).is_symlink())
        yield from (Path(above, name) for name in sorted((*names, *links)))


def _digest(path: Path) -> str:
    """The SHA-256 of a regular file. Raises UnreadableError."""
    handle = open_regular(path)
    try:
        made, start = hashlib.sha256(), 0
        while data := read_at(handle, start, _AT_ONCE):
            made.update(data)
            start += len(data)
    finally:
        os.close(handle)
    return made.hexdigest()


def _refused(what: str, path: Path, **values: object) -> RefusedFault:
    return RefusedFault(f"room.program.{what}", path=printable(str(path)), **values)
