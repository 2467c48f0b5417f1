"""The keep-list: which of the files that PyInstaller finds stay in the bundle, by part, and how large a part may be."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from dev import Stop

MB = 1_000_000
OTHER = "(other)"


@dataclass(frozen=True)
class Part:
    """A part of the bundle: its name, what it is there for, the most MB it may take, patterns of its files' paths."""

    name: str
    why: str
    budget: float
    files: tuple[str, ...]


@dataclass(frozen=True)
class Keep:
    """The parts in the order in which they are printed, what is dropped from them, modules left out altogether.

    `system` holds the libraries that the system has to have, with the Debian package of each, and `optional` those for
    which only a plug-in asks that is left aside where they are missing. Of the libraries in
    `data_of` the files beside the modules are taken too, and of those in `metadata_of` what says their version.
    `hidden` are modules that only compiled ones ask for.
    """

    parts: tuple[Part, ...]
    dropped: tuple[str, ...]
    excluded: list[str]
    system: Mapping[str, str]
    data_of: tuple[str, ...] = ()
    metadata_of: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    optional: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: str | Path) -> Keep:
        """The list in a TOML file. Raises OSError, KeyError, tomllib.TOMLDecodeError."""
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        parts = tuple(Part(part["name"], part["why"], part["budget"], tuple(part["files"])) for part in table["part"])
        data_of, metadata_of, hidden = (
            tuple(table.get(key, ())) for key in ("data_of", "metadata_of", "hidden_modules")
        )
        return cls(
            parts=parts,
            dropped=tuple(table["dropped"]),
            excluded=list(table["excluded_modules"]),
            system=table["system"],
            data_of=data_of,
            metadata_of=metadata_of,
            hidden=hidden,
            optional=table.get("optional", {}),
        )

    def part(self, name: str) -> str | None:
        """The part to which the file at `name`, below the program's folder, belongs; None if it does not stay."""
        if any(fnmatchcase(name, pattern) for pattern in self.dropped):
            return None
        return next(
            (part.name for part in self.parts if any(fnmatchcase(name, pattern) for pattern in part.files)), None
        )

    def sizes(self, files: Iterable[tuple[str, int]]) -> dict[str, int]:
        """The bytes of each part, `files` being paths and sizes; what is in no part counts as `(other)`."""
        sums = {part.name: 0 for part in self.parts}
        for name, size in files:
            part = self.part(name) or OTHER
            sums[part] = sums.get(part, 0) + size
        return sums

    def over_budget(self, sizes: Mapping[str, int]) -> list[str]:
        """One sentence for each part that is too large, or has files that nobody listed, or none at all."""
        faults = []
        for part in self.parts:
            if sizes[part.name] > part.budget * MB:
                faults.append(f"{part.name} takes {sizes[part.name] / MB:.1f} MB, its budget is {part.budget} MB")
            elif not sizes[part.name]:
                faults.append(f"{part.name} is empty")
        if sizes.get(OTHER):
            faults.append(f"{sizes[OTHER]} bytes belong to no part")
        return faults

    def within_budget(self, files: Iterable[tuple[str, Path]]) -> str:
        """The table of the sizes of `files`, given with their names. Raises Stop where `over_budget` finds a fault."""
        sizes = self.sizes((name, path.stat().st_size) for name, path in files)
        table = self.table(sizes)
        if faults := self.over_budget(sizes):
            raise Stop(f"{'; '.join(faults)}.\n{table}")
        return table

    def table(self, sizes: Mapping[str, int]) -> str:
        """The sizes as lines of text, in MB of a million bytes, with the budgets and what each part is there for."""
        rows = [f"{'part':14}{'MB':>8}{'budget':>8}  why"]
        rows += [f"{part.name:14}{sizes[part.name] / MB:8.1f}{part.budget:8.1f}  {part.why}" for part in self.parts]
        total = sum(sizes.values())
        return "\n".join([*rows, f"{'total':14}{total / MB:8.1f}{sum(part.budget for part in self.parts):8.1f}"])
