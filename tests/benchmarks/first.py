"""Opens one engine and asks it once: `python -m tests.benchmarks.first NAME FOLDER`, for who times a fresh process.

It loads what that engine needs and nothing else, neither the other engines nor the making of archives.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jasic_desktop.core.garbage import search_seldom
from tests.benchmarks.asked import Question

STORE: Final = "store"
"""The store of an archive, in the folder where its indexes are."""
_QUESTION: Final = Question("all", ("years", "much"), full=True)


def first_answer(name: str, folder: Path) -> int | None:
    """How many records the engine `name` of PEERS finds when it is first asked, with facets and snippets."""
    from tests.benchmarks.peers import PEERS

    peer = PEERS[name]()
    if name != "ours":
        peer.open(None, folder / peer.name)
        found = peer.ask(_QUESTION)
    else:
        from jasic_desktop.packs.store import Store

        with Store.open(folder / STORE) as store:
            peer.open(store, folder / peer.name)
            found = peer.ask(_QUESTION)
    peer.close()
    return found


def main(arguments: Sequence[str]) -> int:
    """Ask, and say what was found; the exit code."""
    search_seldom()
    name, folder = arguments
    sys.stdout.write(f"{first_answer(name, Path(folder))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
