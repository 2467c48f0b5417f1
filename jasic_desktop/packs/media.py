"""Media of a source archive: each file with its sidecar, pictures known by how they begin."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from jasic_desktop.core.archive import Medium
from jasic_desktop.core.regular import UnreadableError, read_regular
from jasic_desktop.packs import layout
from jasic_desktop.packs.convert import FAULTY, Converter
from jasic_desktop.packs.picture_size import picture_size
from jasic_desktop.packs.problems import Problems
from jasic_desktop.packs.yaml_text import YamlFault, read_yaml

FOLDER: Final = "media/"
SIDECAR: Final = ".yaml"


def read_media(folder: Path, files: Mapping[str, int], problems: Problems) -> tuple[Medium, ...]:
    """The media below `folder`; `files` are the names in it (with `media/`) and their sizes."""
    names = [name for name in files if name.startswith(FOLDER)]
    found = []
    for name in names:
        if name.endswith(SIDECAR):
            if name.removesuffix(SIDECAR) not in files:
                problems.add(name, "", "sidecar_alone", medium=name.removesuffix(SIDECAR))
        elif not layout.is_allowed_path("data/" + name) or name.count("/") != 1:
            problems.add(name, "", "bad_file_name")
        elif name + SIDECAR not in files:
            problems.add(name, "", "no_sidecar", sidecar=name + SIDECAR)
        else:
            medium = _medium(folder, name, problems)
            if medium is not None:
                found.append(medium)
    return tuple(found)


def _medium(folder: Path, name: str, problems: Problems) -> Medium | None:
    convert = Converter(name + SIDECAR, problems)
    try:
        data = read_regular(folder / name, layout.MEDIUM_BYTES)
        about = read_yaml(read_regular(folder / (name + SIDECAR), layout.SOURCE_FILE_BYTES).decode("utf-8"))
    except UnreadableError as error:
        problems.add(name, "", f"file_{error.what}", system=error.system, most=layout.MEDIUM_BYTES >> 20)
        return None
    except UnicodeDecodeError:
        convert.fault("", "not_utf8", line=1)
        return None
    except YamlFault as error:
        convert.fault(f"line {error.line}", error.code, **error.values)
        return None
    if not layout.looks_like(name, data[:16]):
        problems.add(name, "", "not_picture", ending=Path(name).suffix)
        return None
    if not isinstance(about, dict):
        convert.fault("", "not_map")
        return None
    for taken in about.keys() & {"file", "sha512", "size"}:
        convert.fault(taken, "unknown_field", known="caption, alt, creator, rights, date, people, about")
        return None
    digest = hashlib.sha512(data).hexdigest()
    medium = convert.struct({**about, "file": name.removeprefix(FOLDER), "sha512": digest}, Medium, "")
    if medium is FAULTY:
        return None
    size = picture_size(data) if layout.is_picture(name) else None
    return msgspec.structs.replace(msgspec.convert(medium, Medium), size=size)
