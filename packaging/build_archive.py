"""Builds the pack of the bundled archive and all that is derived from it; runs in the build environment.

    build_archive.py SOURCE-FOLDER TARGET

TARGET then holds `pack` and `derived`, made by the program's own code: what a first start would make, with nothing in
it that differs from one build to the next.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

# The names of Whoosh's segments are drawn by lot, and its files remember when they were written.
random.seed(0)


def main(arguments: Sequence[str]) -> int:
    """Build, derive and say the fingerprint; the exit code."""
    source, target = map(Path, arguments)
    sys.path.insert(0, str(source.parent))
    from whoosh.filedb.filestore import FileStorage

    from jasic_desktop.app.cache import Cache
    from jasic_desktop.app.derive import derive
    from jasic_desktop.packs.bag import open_pack
    from jasic_desktop.packs.build import build

    time = float(os.environ["SOURCE_DATE_EPOCH"])
    setattr(FileStorage, "file_modified", lambda _storage, _name: time)  # noqa: B010 - mypy forbids the plain way
    built = build(source, target / "pack")
    cache = Cache(target)
    cache.derived.mkdir()
    with open_pack(built.path) as pack:
        derive(pack, cache)
    print(built.fingerprint)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
