"""Says which libraries the compiled files of a bundle for macOS lack; runs in the build environment, on any system.

    build_macos_needs.py FOLDER

A library is there if the folder has a file of its name, or if it stands where macOS keeps its own. The exit code is 1
where one is missing, or where one is asked for by a path that only the machine of its maker has.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

OWN = ("/usr/lib/", "/System/Library/")
RELATIVE = ("@rpath/", "@loader_path/", "@executable_path/")
_MAGIC = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def main(arguments: Sequence[str]) -> int:
    """Look and say; the exit code."""
    (folder,) = map(Path, arguments)
    missing = lacking(path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    for name, by in missing.items():
        print(f"Error: it lacks {name} ({by} asks for it)")
    return 1 if missing else 0


def lacking(files: Iterable[Path]) -> dict[str, str]:
    """What the compiled ones among `files` ask for and nobody has, and who asks."""
    from macholib.MachO import MachO

    compiled = [path for path in files if path.open("rb").read(4) in _MAGIC]
    inside = {path.name for path in compiled}
    missing: dict[str, str] = {}
    for path in compiled:
        for header in MachO(str(path)).headers:
            for _, _, name in header.walkRelocatables():
                own = name.startswith(OWN)
                if not own and not (name.startswith(RELATIVE) and name.rpartition("/")[2] in inside):
                    missing.setdefault(name, path.name)
    return missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
