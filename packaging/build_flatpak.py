"""The Flatpak made of a bundle: one file to install, which asks for the freedesktop.org runtime.

The manifest in flatpak/ is the recipe; what it would have flatpak-builder do in the runtime, copying, is done here with
Flatpak's own tools for single files, which ask for no runtime and no network.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time as clock
from pathlib import Path

from build_bundle import PACKAGING, Bundle, tool_variables
from build_linux import ARCHITECTURE
from build_share import APP_ID, PROGRAM, write_share
from build_tree import settle
from dev import Stop, quietly, reason, say

MANIFEST = PACKAGING / "flatpak" / f"{APP_ID}.json"
_REMOTE = "https://dl.flathub.org/repo/flathub.flatpakrepo"
"""Where a machine that lacks the runtime is told to find it."""
_AROUND = 1 << 20
"""So many bytes at either end of the file are looked through for the hour."""


def make_flatpak(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """Pack `bundle` into one file in the folder `out`. Raises Stop where a tool fails."""
    if shutil.which("flatpak") is None:
        raise Stop("flatpak is missing; run: sudo apt-get install -y flatpak")
    target = out / f"{PROGRAM}-{version}-linux-{ARCHITECTURE}.flatpak"
    say(f"Packing {target.name}…")
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    folder = work / "flatpak"
    make_tree(bundle, folder / "files", version, time)
    kind = "{name}/{architecture}/{version}".format
    names = {"architecture": ARCHITECTURE, "version": manifest["runtime-version"]}
    (folder / "metadata").write_text(
        f"[Application]\nname={APP_ID}\nruntime={kind(name=manifest['runtime'], **names)}\n"
        f"sdk={kind(name=manifest['sdk'], **names)}\n",
        encoding="utf-8",
    )
    said = dt.datetime.fromtimestamp(time, dt.UTC).isoformat().replace("+00:00", "Z")
    store, part = work / "flatpak-store", target.with_suffix(".part")
    # It looks at the icon with the system's own loaders, and keeps nothing in the home of whoever builds.
    told = {**tool_variables(time), "XDG_DATA_DIRS": "/usr/share", "XDG_DATA_HOME": str(work / "flatpak-home")}
    for words in (
        ["build-finish", str(folder), f"--command={manifest['command']}", *manifest["finish-args"]],
        ["build-export", f"--timestamp={said}", "--disable-sandbox", "--no-update-summary", str(store), str(folder)],
        ["build-bundle", f"--runtime-repo={_REMOTE}", str(store), str(part), APP_ID],
    ):
        if words[0] == "build-export":
            settle(folder, time)
        began = int(clock.time())
        output, code = quietly(["flatpak", *words], **told)
        if code:
            raise Stop(reason(output, "The Flatpak could not be packed"))
    _set_hour(part, range(began, int(clock.time()) + 1), time)
    part.rename(target)
    return target


def _set_hour(path: Path, hours: range, time: int) -> None:
    """Put `time` in place of the hour at which OSTree packed a file, which nobody checks.

    It is a number of seconds in eight bytes, the high ones first, one of `hours`; it stands once, before or behind what
    was packed. Raises Stop where it is not found.
    """
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        found: set[int] = set()
        for start in {0, max(0, size - _AROUND) & ~7}:
            file.seek(start)
            piece = file.read(_AROUND)
            places = (start + piece.find(hour.to_bytes(8, "big")) for hour in hours if hour.to_bytes(8, "big") in piece)
            found |= {place for place in places if place % 8 == 0}
        if len(found) != 1:
            raise Stop("The Flatpak does not tell the hour of its packing where it is looked for.")
        file.seek(found.pop())
        file.write(time.to_bytes(8, "big"))


def make_tree(bundle: Bundle, tree: Path, version: str, time: int) -> Path:
    """What a Flatpak shows to the program as /app; what a desktop reads is named by the program's id."""
    shutil.copytree(bundle.folder, tree / "lib" / PROGRAM)
    write_share(tree / "share", bundle.folder, version, time, name_of_all=APP_ID)
    (tree / "bin").mkdir()
    (tree / "bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    settle(tree, time)
    return tree
