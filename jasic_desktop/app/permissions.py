"""The policy in force: the keys of all commands, the machine's file, and what the command line tightens."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.core.policy import FILE_NAME, Layer, Policy, read_layer
from jasic_desktop.core.policy_keys import Key, command_key
from jasic_desktop.core.regular import printable
from jasic_desktop.core.settings import Settings

READING: Final = frozenset(
    {
        *(
            "search",
            "show",
            "timeline",
            "cite",
            "archive list",
            "archive info",
            "archive verify",
            "policy",
            "session end",
            "session prove-clean",
            "self-test",
        ),
        # By these an administrator mends a bad policy; the system asks for their rights.
        *("fleet apply", "fleet report", "fleet compare"),
        *("close-tab", "quit", "find-in-page", "find-next", "find-previous", "verify", "show-policy"),
        *("palette", "keys", "menu", "about"),
        # What says how something is shown, or goes elsewhere, keeps nothing; the tabs of a person are kept.
        *(entry.id for entry in COMMANDS if entry.menu in ("view", "go") and entry.id != "keep-tabs"),
    }
)
"""The commands that only read: they stay open where the policy is bad."""

UNDER: Final[dict[str, tuple[str, ...]]] = {
    "save-timeline": ("export",),
    "print-timeline": ("print",),
    "workspace export": ("export",),
    "note export": ("export",),
    "export-mine": ("workspace export",),
    "import-mine": ("workspace import",),
    "backups": ("workspace backup",),
    "undelete": ("workspace trash",),
    "open-pack": ("open",),
    "collect": ("collection add",),
    "note": ("note add",),
    "highlight": ("note add",),
    "record-notes": ("note list",),
    "show-notes": ("note list",),
    "show-history": ("history list",),
    "keep-history": ("history on",),
    "clear-history": ("history clear",),
    "keep-log": ("log on",),
    "archives": ("archive list",),
    "verify": ("archive verify",),
    "rebuild": ("archive rebuild",),
    "copy-citation": ("cite",),
    "show-policy": ("policy",),
    "edit-keys": ("settings",),
}
"""What a command is a part of: it is closed with it."""


def command_keys() -> tuple[Key, ...]:
    """A key for each command, and `archive *` and the like for each group of commands of the command line."""
    groups = {entry.id.partition(" ")[0] for entry in COMMANDS if " " in entry.id}
    keys = [
        command_key(f"{group} *", f"cli.help.{group}_group", reads=group in _READING_GROUPS) for group in sorted(groups)
    ]
    for entry in COMMANDS:
        head, _, tail = entry.id.partition(" ")
        under = (*UNDER.get(entry.id, ()), *((f"{head} *",) if tail else ()))
        description = entry.text if entry.group else entry.label
        keys.append(command_key(entry.id, description, under, reads=entry.id in READING))
    return tuple(keys)


_READING_GROUPS: Final = frozenset(name.partition(" ")[0] for name in READING if " " in name)


def policy_in_force(machine: Path, file: Path | None = None, *, kiosk: bool = False) -> Policy:
    """The policy of the file in the folder `machine`, tightened by the file and the kiosk of the command line."""
    none = Policy(command_keys())
    layer = read_layer(machine / FILE_NAME, "machine", none.keys, administrators=True)
    asked = []
    if file is not None:
        asked_layer = read_layer(file, "command_line", none.keys, administrators=False)
        asked += [asked_layer] if asked_layer is not None else []
    if kiosk:
        asked.append(Layer("command_line", None, {"kiosk": True}))
    return Policy(none.keys.values(), layer, asked)


def settings_in_force(settings: Settings, policy: Policy) -> Settings:
    """The person's settings with what the policy locks, and with its defaults where they chose nothing."""
    origins = {}
    for key in policy.locks:
        path = policy.held(key).path
        origins[key] = printable(str(path)) if path is not None else "--kiosk"
    return settings.laid_down(policy.locks, origins, policy.defaults)
