"""Where things are: the program's own data in a checkout or an installation, and this person's folders."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import appdirs

_NAME = "jasic-desktop"


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
    """The source form of the archive that comes with the program."""
    return program_data() / "archive"


@dataclass(frozen=True)
class Places:
    """The folders one run of the program may use; `profile` puts them all under one folder.

    `data` is what the person would miss (installed packs, notes), `cache` what can be made again, `config` settings.
    """

    data: Path
    cache: Path
    config: Path

    @classmethod
    def of(cls, profile: Path | None = None) -> Places:
        """The folders of this person, or those under `profile`. Makes none of them."""
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
    def derived(self) -> Path:
        """Where stores and indexes stand, each in a folder named by fingerprint and maker."""
        return self.cache / "derived"
