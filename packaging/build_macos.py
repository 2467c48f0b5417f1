"""The bundle for macOS and the disk image made of it; runs on a Mac, for the processor of that Mac.

Archive, index and fonts are those of a bundle for Linux, byte for byte: nothing in them asks for a system.
"""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from build_bundle import DATA, LIBRARIES, PACKAGING, Bundle, prove, run_tool, site_packages, tool_variables
from build_components import of_fonts, of_python, write_licences
from build_keep import Keep
from build_share import APP_ID, PROGRAM
from build_tree import copy, digest, files, settle, write_list
from dev import Stop, quietly, reason, say

MACOS = PACKAGING / "macos"
KEEP = MACOS / "keep.toml"
OLDEST = "14.0"
"""The oldest macOS that all the wheels are for: numpy's for Apple's own library of linear algebra ask for it."""
APP = "Jasic Desktop.app"


def make_app(source: Path, data: Path, work: Path, python: Path, version: str, time: int) -> Bundle:
    """Make the application of the program in `source` below `work`, with the tools of the environment of `python`.

    `data` is the folder of a bundle for Linux. Raises Stop where a tool fails, a library is missing or a part grows.
    """
    check_data(data)
    keep = Keep.read(KEEP)
    app = _freeze(source, work, python, version, time)
    resources = app / "Contents" / "Resources"
    copy(source / "resources", resources / "resources")
    for name in DATA:
        copy(data / "program" / name, resources / name)
    copy(PACKAGING / "policies", resources / "policies")
    # The program looks where its libraries are; data belongs beside them, where a signature seals it.
    for name in ("resources", *DATA):
        (app / "Contents" / "Frameworks" / name).symlink_to(f"../Resources/{name}")
    components = (*of_python(site_packages(python)), *of_fonts(data))
    write_licences(components, resources / "licences")
    copy(source / "LICENSE", resources / "licences" / "LICENSE.txt")
    said, code = quietly([str(python), "-P", str(PACKAGING / "build_macos_needs.py"), str(app)])
    if code:
        raise Stop(reason(said, "The bundle for macOS is not whole"))
    contents = app / "Contents"
    # The program file holds the seal, which states the list: it cannot stand in there.
    write_list(contents, resources / "FILES.sha256", contents / "MacOS", contents / "_CodeSignature")
    settle(app, time)
    # Signed by nobody: the seal lets a Mac see that nothing was changed, and asks for no rights.
    sign = ["codesign", "--force", "--sign", "-", "--timestamp=none", str(app)]
    for words in (sign, ["codesign", "--verify", "--deep", "--strict", str(app)]):
        said, code = quietly(words)
        if code:
            raise Stop(reason(said, "The bundle for macOS could not be sealed"))
    prove(app / "Contents" / "MacOS" / PROGRAM, work)
    settle(app, time)
    seal = app / "Contents" / "_CodeSignature" / "CodeResources"
    return Bundle(app, components, (), keep.within_budget((part_name(app, path), path) for path in files(app)), seal)


def make_image(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """Pack the application into a disk image in the folder `out`. Raises Stop.

    `hdiutil` draws the number of the file system by lot and writes the hour into it: what is inside is the same from
    one build to the next, the image is not.
    """
    target = out / f"{PROGRAM}-{version}-macos-{platform.machine()}.dmg"
    say(f"Packing {target.name}…")
    stage = work / "image"
    stage.mkdir()
    said, code = quietly(["ditto", str(bundle.folder), str(stage / APP)])
    copy(MACOS / "README.txt", stage / "README.txt")
    (stage / "Applications").symlink_to("/Applications")
    os.utime(stage / "README.txt", (time, time))
    if not code:
        words = ["-volname", f"Jasic Desktop {version}", "-srcfolder", str(stage), "-fs", "HFS+", "-format", "UDZO"]
        said, code = quietly(["hdiutil", "create", "-quiet", "-ov", *words, str(target)])
    if code:
        raise Stop(reason(said, "The disk image could not be made"))
    return target


def check_data(data: Path) -> None:
    """See that `data` is the folder of a bundle as it was built. Raises Stop."""
    listed = data / "FILES.sha256"
    if not listed.is_file():
        raise Stop(f"{data} is not the folder of a bundle for Linux: name one with --data.")
    lines = [line.partition("  ") for line in listed.read_text(encoding="utf-8").splitlines()]
    wanted = {name: stated for stated, _, name in lines if name.startswith(tuple(f"program/{part}/" for part in DATA))}
    there = {path.relative_to(data).as_posix() for part in DATA for path in files(data / "program" / part)}
    changed = sorted(there ^ wanted.keys())
    changed += [name for name in sorted(there & wanted.keys()) if digest(data / name) != wanted[name]]
    if changed or not wanted:
        raise Stop(f"{data} is not as it was built: {changed[0] if changed else 'it holds no archive'}.")


def part_name(app: Path, path: Path) -> str:
    """A file of an application under the name that the keep-list knows it by."""
    parts = path.relative_to(app / "Contents").parts
    inside = parts[1:] if parts[0] in ("Frameworks", "MacOS", "Resources") and len(parts) > 1 else parts
    return "/".join(inside).replace("__dot__", ".")


def _freeze(source: Path, work: Path, python: Path, version: str, time: int) -> Path:
    say("Freezing the program with PyInstaller…")
    icon = work / f"{PROGRAM}.icns"
    drawing = PACKAGING / "linux" / f"{PROGRAM}.svg"
    variables = tool_variables(time)
    run_tool("The icon could not be drawn", python, "build_icon.py", drawing, icon, **variables)
    told = {
        **variables,
        "JASIC_SOURCE": str(source),
        "JASIC_PACKAGING": str(PACKAGING),
        "JASIC_KEEP": str(KEEP),
        "JASIC_LIBRARIES": " ".join(LIBRARIES),
        "JASIC_APP_ID": APP_ID,
        "JASIC_VERSION": version,
        "JASIC_ICON": str(icon),
        "JASIC_MACOS": OLDEST,
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    command = [str(python), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(work / "dist"), "--workpath", str(work / "freeze")]
    output, code = quietly([*command, str(MACOS / f"{PROGRAM}.spec")], **told)
    if code:
        raise Stop(reason(output, "The program could not be frozen"))
    shutil.rmtree(work / "dist" / PROGRAM)
    return work / "dist" / APP
