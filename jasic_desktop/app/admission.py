"""What the policy lets in and out: which archives may be opened, which formats and folders records may leave by."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.policy import Policy
from jasic_desktop.core.regular import printable

STANDARD_OUTPUT: Final = Path("-")


def restricts_archives(policy: Policy) -> bool:
    """Whether the policy leaves out any archive at all."""
    listed = policy.names("archives_allowed") is not None or policy.names("pack_states") is not None
    return listed or not policy.flag("downgrade")


def require_archive(policy: Policy, archive: Archive, fingerprint: str, *, signed: bool) -> None:
    """Go on if an archive other than the one that came with the program may be opened. Raises RefusedFault.

    `fingerprint` is empty for a source, which has none; `signed` says whether a key that counts here signed it.
    """
    allowed = policy.names("archives_allowed")
    names = {archive.id, f"{archive.id}@{archive.version}"}
    if allowed is not None and not any(name in names or _begins(fingerprint, name) for name in allowed):
        raise policy.refused("archives_allowed", "policy.archive", name=archive.id, version=archive.version)
    if not policy.has("pack_states", "signed" if signed else "unsigned"):
        key = "policy.signed" if signed else "policy.unsigned"
        raise policy.refused("pack_states", key, name=archive.id, version=archive.version)


def require_newest(policy: Policy, archive: Archive, newer: str) -> None:
    """Go on if an edition may be used where this machine has had `newer`. Raises RefusedFault."""
    if not policy.flag("downgrade"):
        raise policy.refused("downgrade", "policy.older", name=archive.id, version=archive.version, newer=newer)


def require_format(policy: Policy, key: str) -> None:
    """Go on if records may leave in this format of export.registry. Raises RefusedFault."""
    policy.require("export")
    if not policy.has("export_formats", key):
        raise policy.refused("export_formats", "policy.format", format=key)


def allows_format(policy: Policy, key: str) -> bool:
    """Whether records may leave in this format of export.registry."""
    return policy.allows("export") and policy.has("export_formats", key)


def require_place(policy: Policy, path: Path) -> None:
    """Go on if a file may be written to `path`, or to standard output. Raises RefusedFault."""
    folders = policy.names("export_folders")
    if folders is None or (path != STANDARD_OUTPUT and policy.allows_folder(path.absolute().parent)):
        return
    left = ", ".join(printable(folder) for folder in folders) or "–"
    raise policy.refused("export_folders", "policy.folder", path=printable(str(path)), folders=left)


def _begins(fingerprint: str, name: str) -> bool:
    return len(name) >= 16 and fingerprint.startswith(name)
