"""How PDF and dossier bear many records: `python -m tests.benchmarks.pages [N] [FORMAT…]`.

Makes a store of N (10,000) copies of events beside the records of the bundled archive and writes them all in each
format (json, pdf), each in a process of its own. Prints seconds of processor time, the most memory the process had (MB
of a million bytes; Linux only) and what it had before it wrote, the size of the file, and its pages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from jasic_desktop.app.exporting import write
from jasic_desktop.export.options import Options
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store


def most() -> float:
    """The most memory this process has had, in MB; what its parent had does not count, as it does for getrusage."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6


def one(folder: Path, key: str) -> None:
    """Write everything in one format and print the figures."""
    from jasic_desktop.ui.paper.press import press
    from jasic_desktop.ui.toolkit import make_application

    make_application()
    with Store.open(folder / "records.sqlite") as store:
        before, began = most(), time.process_time()
        target = folder / f"out-{key}.{FORMATS[key].extension}"
        size = write(store, store.ids, key, Options(press=press), target)
        took = time.process_time() - began
        memory = f"{most():.0f} MB at most ({before:.0f} before)"
        pages = ""
        if key == "pdf":
            from pypdf import PdfReader

            pages = f", {PdfReader(target).get_num_pages()} pages"
        sys.stdout.write(f"{key:8} {store.count} records: {took:7.1f} s, {memory}, {size / 1e6:7.1f} MB{pages}\n")
        target.unlink()


def main() -> int:
    """Make the store, then measure each format."""
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), sys.argv[3])
        return 0
    from tests.benchmarks.export_dialog import copies

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        copies(count, Path(name))
        for key in sys.argv[2:] or ("json", "pdf"):
            subprocess.run([sys.executable, "-m", "tests.benchmarks.pages", "--one", name, key], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
