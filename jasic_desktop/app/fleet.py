"""Makes one machine of many as a folder says: keys, archives for all users and the policy, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path
from typing import Final, Literal

from jasic_desktop.app import archives
from jasic_desktop.app.permissions import command_keys
from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import DamagedFault, Fault, NotFoundFault, NotWrittenFault
from jasic_desktop.core.ownership import is_administrators, make_open
from jasic_desktop.core.paths import Places
from jasic_desktop.core.policy import FILE_NAME, MOST_BYTES, Layer, Policy, layer_of, read_layer
from jasic_desktop.core.regular import UnreadableError, read_regular
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.library import Library
from jasic_desktop.packs.minisign import KEY_BYTES, MinisignFault, read_public_key
from jasic_desktop.packs.trust import ENDING, FOLDER

PACK_ENDING: Final = ".jasicpack"
_MEMORY_BYTES: Final = 1 << 20

What = Literal["key", "archive", "policy"]
State = Literal["new", "changed", "same"]


@dataclass(frozen=True)
class Done:
    """One thing of the folder: what it is, its name, its fingerprint if it is an archive, and whether it was there."""

    what: What
    name: str
    state: State
    fingerprint: str = ""


@dataclass(frozen=True)
class Plan:
    """What a folder holds, read and found good: keys by file name, packs, and the policy with its bytes."""

    keys: dict[str, bytes]
    packs: tuple[Path, ...]
    policy: bytes | None
    rules: Policy


def plan(folder: Path) -> Plan:
    """What is in `folder`: `policies.json`, packs, and public keys in `keys`; nothing is changed.

    Raises NotFoundFault where there is none of these, DamagedFault for a bad key, and the fault of a bad policy.
    """
    keys: dict[str, bytes] = {}
    for path in sorted((folder / FOLDER).glob(f"*{ENDING}")):
        try:
            data = read_regular(path, KEY_BYTES)
            read_public_key(data)
        except (UnreadableError, MinisignFault) as error:
            raise DamagedFault("packs.no_key", path=path) from error
        keys[path.name] = data
    packs = tuple(sorted(path for path in folder.glob(f"*{PACK_ENDING}")))
    policy, rules = None, Policy(command_keys())
    path = folder / FILE_NAME
    if path.is_symlink() or path.exists():
        try:
            policy = read_regular(path, MOST_BYTES)
            layer: Layer | None = layer_of(policy, path, "machine", rules.keys)
        except UnreadableError:
            layer = read_layer(path, "machine", rules.keys, administrators=False)  # which tells why
        rules = Policy(command_keys(), layer)
        if rules.faults:
            raise rules.faults[0]
    if not keys and not packs and policy is None:
        raise NotFoundFault("fleet.nothing", path=folder)
    return Plan(keys, packs, policy, rules)


def apply(folder: Path, places: Places, *, force: bool = False, progress: Progress = SILENT) -> tuple[Done, ...]:
    """Make this machine as `folder` says; what is so already stays. What was done is taken back where it fails.

    The packs are judged by the policy that comes with them, so that no machine is left with a policy that shuts its
    own archive out; one that comes alone is the one in use. `force` takes an older edition. Raises as `plan` and
    `archives.install`, and NotWrittenFault without an administrator's rights.
    """
    planned = plan(folder)
    meant = replaced(places, policy=planned.rules)
    with _taken_back() as undo:
        done = [_lay(places.machine / FOLDER / name, data, "key", undo) for name, data in planned.keys.items()]
        alone = len(planned.packs) == 1
        done += [_install(pack, meant, undo, progress, alone=alone, force=force) for pack in planned.packs]
        if planned.policy is not None:
            done.append(_lay(places.machine / FILE_NAME, planned.policy, "policy", undo))
    return tuple(done)


Undo = list[Callable[[], object]]


@contextmanager
def _taken_back() -> Iterator[Undo]:
    """A list of what takes back each step; it is gone through from its end where the block does not end well."""
    undo: Undo = []
    try:
        yield undo
    except BaseException:
        for step in reversed(undo):
            with suppress(Fault, OSError):
                step()
        raise


def _lay(target: Path, data: bytes, what: What, undo: Undo) -> Done:
    """Write a file that everybody may read and only an administrator write. Raises NotWrittenFault."""
    name = target.name
    try:
        before = read_regular(target, MOST_BYTES)
    except UnreadableError as error:
        before = None
        if error.what != "missing":
            atomic.discard(target)
    if before == data and is_administrators(target):
        return Done(what, name, "same")
    try:
        make_open(target.parent)
        atomic.write(target, data, force=True)
        undo.append(target.unlink if before is None else lambda: _put(target, before))
        target.chmod(0o644)
    except OSError as error:
        raise atomic.fault(error, target) from error
    if not is_administrators(target) or not is_administrators(target.parent):
        raise NotWrittenFault("fleet.not_administrators", path=target)
    return Done(what, name, "new" if before is None else "changed")


def _put(target: Path, data: bytes) -> None:
    atomic.write(target, data, force=True)
    target.chmod(0o644)


def _install(path: Path, places: Places, undo: Undo, progress: Progress, *, alone: bool, force: bool) -> Done:
    library = Library(places)
    with open_pack(path) as pack:
        fingerprint = pack.fingerprint
    there = next((entry for entry in library.list() if entry.fingerprint == fingerprint), None)
    memory = places.system / "library.json"
    try:
        before = read_regular(memory, _MEMORY_BYTES)
    except UnreadableError:
        before = None
    if there is None or there.origin != "system":
        # First, so that what is installed and what was remembered of it both go where the next step fails.
        undo.append(lambda: _forget(places, fingerprint, memory, before))
    arrival = archives.install(path, places, system=True, force=force, progress=progress)
    if alone:
        library.use(fingerprint, origin="system")
    entry = arrival.entry
    is_new = there is None or there.origin != "system"
    name = f"{entry.archive.id}@{entry.archive.version}"
    return Done("archive", name, "new" if is_new else "same", fingerprint)


def _forget(places: Places, fingerprint: str, memory: Path, before: bytes | None) -> None:
    with suppress(Fault):
        archives.remove(fingerprint, places)
    if before is None:
        memory.unlink(missing_ok=True)
    else:
        _put(memory, before)
