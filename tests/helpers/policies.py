"""Policies for tests, as if an administrator of this machine had laid them down."""

from pathlib import Path
from typing import Any

from jasic_desktop.app.permissions import command_keys
from jasic_desktop.core.policy import Layer, Policy

FILE = Path("/etc/jasic-desktop/policies.json")


def laid_down(**values: Any) -> Policy:
    """A policy with these values; `**{"a b": False}` gives a command whose id is no name in Python."""
    keys = Policy(command_keys()).keys
    read = {name: keys[name].kind.read(value) for name, value in values.items()}
    return Policy(command_keys(), Layer("machine", FILE, read))
