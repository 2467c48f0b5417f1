"""The Windows installer made of a bundle, by NSIS: one file that installs it, with an uninstaller inside."""

from __future__ import annotations

import shutil
from pathlib import Path

from build_bundle import Bundle, tool_variables
from build_share import PROGRAM
from build_tree import entries, files, write
from build_windows_tree import WINDOWS, numbers
from dev import Stop, quietly, reason, say

STAGE = "$Stage"
"""The variable of the script that names where the files are unpacked before anything is changed."""


def make_setup(bundle: Bundle, work: Path, out: Path, version: str, time: int) -> Path:
    """Pack `bundle` into an installer in the folder `out`. Raises Stop."""
    if shutil.which("makensis") is None:
        raise Stop("makensis is missing; run: sudo apt-get install -y nsis")
    target = out / f"{PROGRAM}-{version}-windows-x86_64-setup.exe"
    say(f"Packing {target.name}…")
    part = target.with_suffix(".part")
    listed = work / "windows" / "files.nsh"
    write(listed, file_list(bundle.folder))
    words = {
        "VERSION": version,
        "NUMBERS": ".".join(numbers(version)),
        "SIZE": str(-(-sum(path.stat().st_size for path in files(bundle.folder)) // 1024)),
        "OUT": str(part),
        "ICON": str(work / "windows" / "launchers" / f"{PROGRAM}.ico"),
        "LICENCE": str(bundle.folder / "licences" / "LICENSE.txt"),
        "FILES": str(listed),
    }
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{key}={word}" for key, word in words.items())]
    output, code = quietly([*command, str(WINDOWS / "setup.nsi")], **tool_variables(time))
    if code:
        part.unlink(missing_ok=True)
        raise Stop(reason(output, "The installer for Windows could not be packed"))
    part.rename(target)
    return target


def file_list(folder: Path) -> str:
    """What is below a folder as the macros of NSIS that unpack it beside its place, put it there and remove it."""
    folders = [path.relative_to(folder).parts for path in entries(folder) if path.is_dir()]
    names = [path.relative_to(folder).parts for path in files(folder)]
    install: list[str] = []
    last: tuple[str, ...] | None = None
    for parts in names:
        if parts[:-1] != last:
            last = parts[:-1]
            install.append(f'SetOutPath "{_there(last, STAGE)}"')
        install.append(f'File "{_quoted(str(folder.joinpath(*parts)))}"')
    macros = {
        "MAKE_FOLDERS": [f'CreateDirectory "{_there(parts, STAGE)}"' for parts in folders],
        "UNPACK_FILES": install,
        "PLACE_ALL": [f'!insertmacro putInPlace "{_quoted(path.name)}"' for path in sorted(folder.iterdir())],
        "REMOVE_FILES": [f'Delete "{_there(parts)}"' for parts in names],
        "REMOVE_FOLDERS": [f'RMDir "{_there(parts)}"' for parts in reversed(folders)],
    }
    return "".join(
        f"!macro {name}\n" + "".join(f"{line}\n" for line in lines) + "!macroend\n" for name, lines in macros.items()
    )


def _there(parts: tuple[str, ...], base: str = "$INSTDIR") -> str:
    return "\\".join((base, *map(_quoted, parts)))


def _quoted(text: str) -> str:
    """A name as it stands between the quotation marks of NSIS. Raises Stop where it cannot stand there."""
    if any(sign in text for sign in '"$\n'):
        raise Stop(f"{text!r} cannot be the name of a file in the installer for Windows.")
    return text
