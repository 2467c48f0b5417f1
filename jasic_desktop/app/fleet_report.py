"""What one machine holds, as a small file in a shared folder, and such files of many machines compared."""

from __future__ import annotations

import hashlib
import platform
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from jasic_desktop import __version__
from jasic_desktop.app.archives import archives
from jasic_desktop.app.context import pack_to_verify
from jasic_desktop.app.maker import Standing, standing_of
from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import DamagedFault, Fault, NotFoundFault
from jasic_desktop.core.paths import Places
from jasic_desktop.core.policy import FILE_NAME
from jasic_desktop.core.regular import UnreadableError, printable, read_regular
from jasic_desktop.packs.bag import verify
from jasic_desktop.packs.trust import trusted_keys

ENDING: Final = ".machine.json"
_REPORT_BYTES: Final = 1 << 20
_MOST: Final = 10_000


class Held(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An archive of a machine: `state` is verified, complete or damaged, or empty where it was never prepared."""

    name: str
    version: str
    fingerprint: str
    whose: str
    in_use: bool
    state: str


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One machine on one day. `policy` is the SHA-256 of its policy, empty for none; `looked` says whether every byte
    of its archives was looked at.
    """

    machine: str
    program: str
    made: str
    policy: str
    policy_good: bool
    archives: tuple[Held, ...]
    looked: bool = False


@dataclass(frozen=True)
class Line:
    """One machine in a comparison; `differs` names what is not as on most machines: archives, policy or program."""

    report: Report
    differs: tuple[str, ...]


def report(places: Places, made: datetime, *, look: bool = False, progress: Progress = SILENT) -> Report:
    """What this machine holds; with `look` every byte of each archive is looked at."""
    found = []
    for entry in archives(places):
        state = ""
        if look:
            path = pack_to_verify(str(entry.path), places, progress)
            state = Standing.of(verify(path, progress, trusted_keys(places).keys)).state
        elif entry.fingerprint and entry.whose != "program":
            state = standing_of(entry.path, entry.fingerprint, places).state
        found.append(Held(entry.archive.id, entry.archive.version, entry.fingerprint, entry.whose, entry.in_use, state))
    try:
        digest = hashlib.sha256(read_regular(places.machine / FILE_NAME, _REPORT_BYTES)).hexdigest()
    except UnreadableError:
        digest = ""
    policy = places.policy
    return Report(
        platform.node() or "?",
        __version__,
        made.isoformat(timespec="seconds"),
        digest,
        not policy.faults,
        tuple(found),
        looked=look,
    )


def write(made: Report, folder: Path) -> Path:
    """Write a report into a folder, in place of an older one of the machine; its path. Raises NotWrittenFault."""
    name = re.sub(r"[^A-Za-z0-9._-]", "-", made.machine).strip(".-")[:80] or "machine"
    target = folder / f"{name}{ENDING}"
    atomic.write(target, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n", force=True)
    return target


def read(folder: Path) -> tuple[tuple[Report, ...], tuple[Fault, ...]]:
    """The reports in a folder, by machine, and what is wrong with the files that are none. Raises NotFoundFault."""
    found: list[Report] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob(f"*{ENDING}"))[:_MOST]:
        try:
            found.append(msgspec.json.decode(read_regular(path, _REPORT_BYTES), type=Report))
        except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            faults.append(DamagedFault("fleet.no_report", path=printable(str(path))))
    if not found and not faults:
        raise NotFoundFault("fleet.no_reports", path=folder)
    return tuple(sorted(found, key=lambda made: made.machine)), tuple(faults)


def compare(reports: Iterable[Report]) -> tuple[Line, ...]:
    """Each machine with what is not as on most of them; what is damaged differs from anything."""
    every = tuple(reports)
    sides: dict[str, list[Any]] = {
        "archives": [tuple(sorted(held.fingerprint for held in made.archives)) for made in every],
        "policy": [(made.policy, made.policy_good) for made in every],
        "program": [made.program for made in every],
    }
    usual: dict[str, Any] = {side: _usual(values) for side, values in sides.items()}
    lines = []
    for at, made in enumerate(every):
        differs = [side for side, values in sides.items() if values[at] != usual[side]]
        damaged = any(held.state == "damaged" for held in made.archives)
        if damaged and "archives" not in differs:
            differs.insert(0, "archives")
        if not made.policy_good and "policy" not in differs:
            differs.append("policy")
        lines.append(Line(made, tuple(differs)))
    return tuple(lines)


def _usual(values: list[Any]) -> Any:
    """The value that most have; of as many the one that sorts first, so that the answer is the same each time."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None
