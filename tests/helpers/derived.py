"""The store and index that a home holds after the program was used in it."""

from pathlib import Path

from jasic_desktop.core.paths import Places


def places_of(home: Path) -> Places:
    """The folders of the program in a home of the tests: its cache, and others that hold nothing."""
    return Places(home / "nothing" / "data", derived_in(home)[0].parents[2], home / "nothing" / "config")


def derived_in(home: Path) -> tuple[Path, Path]:
    """The store and the index of the archive that was searched in `home`."""
    (store,) = home.rglob("store.sqlite")
    return store, store.parent / "index"
