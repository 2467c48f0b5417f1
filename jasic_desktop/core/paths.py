"""Where things are: the program's own data in a checkout or an installation, and this person's folders."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import appdirs

if TYPE_CHECKING:
    from jasic_desktop.core.policy import Policy

_NAME = "jasic-desktop"
_PORTABLE = "portable"


@cache
def program_data() -> Path:
    """The folder that holds `resources/` and `archive/`: a bundle, an installed package or a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent.parent
    candidates = (Path(bundle) if bundle else None, package / "_data", package.parent)
    for candidate in candidates:
        if candidate is not None and (candidate / "resources").is_dir():
            return candidate
    raise RuntimeError("the program's resources folder is missing: install the program again")


def resource(*parts: str) -> Path:
    """A file of the program's own data, such as `resource("translations", "en.toml")`."""
    return program_data().joinpath("resources", *parts)


def bundled_archive() -> Path:
    """The source form of the archive that comes with the program; an installer's bundle has `bundled_pack` instead."""
    return program_data() / "archive"


def bundled_pack() -> Path | None:
    """The pack of the archive that came with an installer; None in a checkout and an installed package."""
    pack = program_data() / "pack"
    try:
        return pack if pack.is_dir() else None
    except PermissionError:  # a folder that may not be looked into holds nothing for this person
        return None


def bundled_derived() -> Path:
    """Where the store and index of `bundled_pack` stand, in a folder named as those of `Places.derived` are."""
    return program_data() / "derived"


def bundled_fonts() -> tuple[Path, ...]:
    """The font files that came with an installer, in order; none elsewhere."""
    return tuple(sorted(program_data().joinpath("fonts").glob("*.otf")))


def machine_policy() -> Path:
    """Where the administrator of this machine lays down the policy."""
    return machine_folder() / "policies.json"


def machine_folder() -> Path:
    """Where the administrator of this machine lays down what holds for all users: the policy, and `keys`."""
    return _shared_folder() or Path("/etc", _NAME)


def system_folder() -> Path:
    """Where the archives stand that an administrator installed for all users, with what is derived from them."""
    shared = _shared_folder()
    return shared / "archives" if shared is not None else Path("/var/lib", _NAME)


def _shared_folder() -> Path | None:
    """The one folder for what all users share, on systems that have one."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), "Jasic Desktop")
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Jasic Desktop")
    return None


def portable_folder() -> Path | None:
    """The folder that holds everything where the program is carried about: a file `portable` beside it says so.

    A machine's policy is not evaded by that, unless the program's folder is the person's own.
    """
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve().parent
    if program.parts[-2:] == ("Contents", "MacOS"):  # what is beside an application for macOS is beside its folder
        program = program.parents[2]
    if not (program / _PORTABLE).is_file():
        return None
    if _is_there(machine_policy()) and not _is_own(program):
        return None
    return program / "data"


def _is_there(path: Path) -> bool:
    """Whether a path leads to anything, be it a link to nowhere or what may not be looked at."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _no_policy() -> Policy:
    from jasic_desktop.core.policy import OPEN  # which words its faults, and so reads this program's own data

    return OPEN


def _is_own(folder: Path) -> bool:
    return sys.platform != "win32" and folder.stat().st_uid == os.geteuid() != 0


@dataclass(frozen=True)
class Places:
    """The folders one run of the program may use, and the policy in force; `profile` puts all under one folder.

    `data` is what the person would miss (installed packs, notes), `cache` what can be made again, `config` settings.
    `system` and `machine` are an administrator's: archives for all users, and what holds for all of them.
    """

    data: Path
    cache: Path
    config: Path
    system: Path = field(default_factory=system_folder)
    machine: Path = field(default_factory=machine_folder)
    policy: Policy = field(default_factory=_no_policy, compare=False, repr=False)

    @classmethod
    def of(cls, profile: Path | None = None) -> Places:
        """The folders of this person, or those under `profile` or of a portable program. Makes none of them."""
        profile = profile or portable_folder()
        if profile is not None:
            root = profile.absolute()
            return cls(root / "data", root / "cache", root / "config")
        return cls(
            Path(appdirs.user_data_dir(_NAME, appauthor=False)),
            Path(appdirs.user_cache_dir(_NAME, appauthor=False)),
            Path(appdirs.user_config_dir(_NAME, appauthor=False)),
        )

    @property
    def library(self) -> Path:
        """Where installed packs stand, each in a folder named by its fingerprint."""
        return self.data / "packs"

    @property
    def workspace(self) -> Path:
        """Where what the person makes stands, with its backups."""
        return self.data / "workspace"

    @property
    def derived(self) -> Path:
        """Where stores and indexes stand, each in a folder named by fingerprint and maker."""
        return self.cache / "derived"
