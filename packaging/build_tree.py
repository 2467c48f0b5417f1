"""Files and folders of a build: copied, listed, and given the modes and times that every build gives them."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def files(folder: Path) -> list[Path]:
    """The regular files below a folder, in order."""
    return [path for path in entries(folder) if path.is_file() and not path.is_symlink()]


def entries(folder: Path) -> list[Path]:
    """All that stands below a folder, folders before what is in them, in the order of the bytes of their names."""
    return sorted(folder.rglob("*"), key=lambda path: [os.fsencode(part) for part in path.relative_to(folder).parts])


def copy(source: Path, target: Path) -> None:
    """A copy of a folder's or a file's content, without its times and owners."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write(path: Path, text: str, *, executable: bool = False) -> None:
    """A text file, in UTF-8 with plain line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    path.chmod(0o755 if executable else 0o644)


def settle(folder: Path, time: int) -> None:
    """Give all that is below a folder, and itself, the time of the build, and modes without a trace of the umask."""
    for path in (*reversed(entries(folder)), folder):
        if not path.is_symlink():
            runs = path.is_dir() or bool(path.stat().st_mode & 0o100)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (time, time), follow_symlinks=False)


def write_list(folder: Path, target: Path, *left_out: Path) -> None:
    """Write the list of the files below a folder, as `sha256sum` does, without those in the folders `left_out`."""
    left = tuple(f"{path.relative_to(folder).as_posix()}/" for path in left_out)
    write(target, "".join(f"{made}  {name}\n" for name, made in digests(folder) if not name.startswith(left)))


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """The path below a folder and the SHA-256 of each of its files, in order."""
    for path in files(folder):
        yield path.relative_to(folder).as_posix(), digest(path)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
