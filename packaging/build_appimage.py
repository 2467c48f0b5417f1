"""The AppImage made of a bundle: the AppImage project's runtime, and the program behind it as a packed file system."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from build_bundle import PACKAGING, Bundle, tool_variables
from build_linux import ARCHITECTURE
from build_share import PROGRAM, write_share
from build_tree import copy, digest, settle
from dev import Stop, quietly, reason, say

LOCK = PACKAGING / "appimage" / "runtime.lock"
RUNTIME = "JASIC_APPIMAGE_RUNTIME"
"""The variable that names the file of the runtime. The build fetches none: no package index has it."""
_MAGIC = b"AI\x02"


def make_appimage(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """Pack `bundle` into the folder `out`: an AppImage where the runtime is at hand, else what comes behind it.

    Raises Stop where a tool fails or the runtime is not the one of the lock.
    """
    if shutil.which("mksquashfs") is None:
        raise Stop("mksquashfs is missing; run: sudo apt-get install -y squashfs-tools")
    runtime = _runtime()
    name = f"{PROGRAM}-{version}-linux-{ARCHITECTURE}"
    target = out / (f"{name}.AppImage" if runtime else f"{name}.appimage.squashfs")
    say(f"Packing {target.name}…")
    payload = work / "payload.squashfs"
    words = ["-noappend", "-quiet", "-no-progress", "-all-root", "-no-xattrs", "-comp", "zstd"]
    words += ["-Xcompression-level", "15", "-b", "256K", "-processors", "1"]
    tree = make_tree(bundle, work / "appdir", version, time)
    # It takes the time of the file system from SOURCE_DATE_EPOCH.
    output, code = quietly(["mksquashfs", str(tree), str(payload), *words], **tool_variables(time))
    if code:
        raise Stop(reason(output, "The AppImage could not be packed"))
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        for piece in (runtime, payload):
            if piece is not None:
                with piece.open("rb") as source:
                    shutil.copyfileobj(source, file)
    payload.unlink()
    part.chmod(0o755 if runtime else 0o644)
    part.rename(target)
    return target


def make_tree(bundle: Bundle, tree: Path, version: str, time: int) -> Path:
    """The folder that an AppImage holds: what it starts, its entry for menus and its icon at the top."""
    shutil.copytree(bundle.folder, tree / "usr" / "lib" / PROGRAM)
    share = tree / "usr" / "share"
    write_share(share, bundle.folder, version, time)
    copy(share / "applications" / f"{PROGRAM}.desktop", tree / f"{PROGRAM}.desktop")
    copy(share / "icons" / "hicolor" / "scalable" / "apps" / f"{PROGRAM}.svg", tree / f"{PROGRAM}.svg")
    (tree / ".DirIcon").symlink_to(f"{PROGRAM}.svg")
    (tree / "AppRun").symlink_to(f"usr/lib/{PROGRAM}/{PROGRAM}")
    settle(tree, time)
    return tree


def _runtime() -> Path | None:
    """The file that RUNTIME names, checked; None where it names none."""
    named = os.environ.get(RUNTIME)
    if not named:
        say(f"{RUNTIME} names no runtime: packing what comes behind it.")
        return None
    path = Path(named)
    locked = [line.split()[0] for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    if not path.is_file() or digest(path) not in locked or path.read_bytes()[8:11] != _MAGIC:
        raise Stop(f"{path} is not the runtime that {LOCK.relative_to(PACKAGING)} states.")
    return path
