"""What the dialog of archives has done in the background, each piece of work by a function for a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jasic_desktop.app.archives import Shelved, archives, changes_to
from jasic_desktop.app.archives import install as install_pack
from jasic_desktop.app.archives import remove as remove_archive
from jasic_desktop.app.archives import use as use_archive
from jasic_desktop.app.maker import Standing, standing_of
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.paths import Places
from jasic_desktop.ui.tasks import Work


@dataclass(frozen=True)
class Row:
    """One archive of the list, with what is known of who made it."""

    entry: Shelved
    standing: Standing


@dataclass(frozen=True)
class Look:
    """All archives of the machine."""

    rows: tuple[Row, ...]


def look(places: Places) -> Work:
    """Reads which archives there are; its outcome is Look."""
    return partial(_look, places)


def compare(pack: Path, places: Places) -> Work:
    """Finds out what a pack would change; its outcome is a Difference, or None for an archive that is new here."""
    return partial(_compare, pack, places)


def install(pack: Path, places: Places, *, force: bool) -> Work:
    """Installs a pack; its outcome is an Arrival."""
    return partial(_install, pack, places, force)


def use(name: str, places: Places) -> Work:
    """Makes an archive the one in use; its outcome is the archive."""
    return partial(_use, name, places)


def remove(name: str, places: Places) -> Work:
    """Removes an archive; its outcome is what was removed."""
    return partial(_remove, name, places)


def _look(places: Places, progress: Progress) -> Look:
    rows: list[Row] = []
    for entry in archives(places):
        progress.step("packs.step_reading", len(rows))
        # A source that comes with the program has no signature, and its pack may not be built yet.
        from_source = entry.whose == "program" and (entry.path / "archive.toml").is_file()
        standing = Standing("complete") if from_source else standing_of(entry.path, entry.fingerprint, places)
        rows.append(Row(entry, standing))
    return Look(tuple(rows))


def _compare(pack: Path, places: Places, progress: Progress) -> object:
    return changes_to(pack, places, progress)


def _install(pack: Path, places: Places, force: bool, progress: Progress) -> object:
    return install_pack(pack, places, force=force, progress=progress)


def _use(name: str, places: Places, _progress: Progress) -> object:
    return use_archive(name, places)


def _remove(name: str, places: Places, _progress: Progress) -> object:
    return remove_archive(name, places)
