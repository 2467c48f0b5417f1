"""Opens the archive a person means, by name, path or none, with all that is derived for reading and searching."""

from __future__ import annotations

import atexit
import os
import sys
import tomllib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from jasic_desktop.app.admission import require_archive, require_newest, restricts_archives
from jasic_desktop.app.cache import Cache, Note, open_cache
from jasic_desktop.app.derive import derive, find_derived, find_supplied, forget
from jasic_desktop.app.derived_files import Derived
from jasic_desktop.app.sources import forget_pack, known_pack, source_pack, stated_fingerprint
from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import Fault, NotFoundFault, RefusedFault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.core.paths import Places, bundled_archive, bundled_derived, bundled_pack
from jasic_desktop.packs.layout import ARCHIVE
from jasic_desktop.packs.library import Library
from jasic_desktop.packs.store import Store

if TYPE_CHECKING:
    from jasic_desktop.app.maker import Standing
    from jasic_desktop.search.engine import Engine

_ARCHIVE_FILE = "archive.toml"


class _Meant(NamedTuple):
    """What a selector means: a pack with its fingerprint where it is known already, or a source to build one from."""

    path: Path
    fingerprint: str | None = None
    is_source: bool = False


class Bundled(NamedTuple):
    """The archive that came with the program; `fingerprint` is empty for a source that was never built."""

    archive: Archive
    path: Path
    fingerprint: str


class OpenedArchive:
    """An archive ready to be read and searched; a context manager.

    `place` is its pack, `notes` what the person should be told about how it was opened.
    """

    def __init__(
        self, place: Path, derived: Derived, places: Places, cache: Cache | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        self.place = place
        self._places = places
        self.store = Store.open(derived.store_path)
        self.notes = (*notes, cache.note) if cache is not None and cache.note is not None else notes
        self._derived = derived
        self._cache = cache

    @property
    def store_path(self) -> Path:
        """The file of the store, for another process that reads the same archive."""
        return self._derived.store_path

    @property
    def index_folder(self) -> Path:
        """The index of the search, for another process that searches the same archive."""
        return self._derived.index_folder

    @cached_property
    def engine(self) -> Engine:
        """The search engine, opened when first asked for."""
        from jasic_desktop.search.whoosh import open_engine

        return open_engine(self.store, self._derived.index_folder)

    @cached_property
    def standing(self) -> Standing:
        """Who made it, as far as that is known; its bytes were looked at when it was prepared."""
        from jasic_desktop.app.maker import standing_of

        return standing_of(self.place, self.store.fingerprint, self._places)

    @cached_property
    def stock_engine(self) -> Engine:
        """Whoosh's own reader and searcher over the same index: slow, and the measure of the other."""
        from jasic_desktop.search.whoosh import open_engine

        return open_engine(self.store, self._derived.index_folder, "stock")

    def close(self) -> None:
        """Let go of all files, and remove what was made for this run only."""
        for name in ("engine", "stock_engine"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.close()
        self.store.close()
        if self._cache is not None:
            self._cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Prepared:
    """An archive with all that is derived, not opened yet: what one thread prepared another can open."""

    def __init__(
        self, place: Path, derived: Derived, places: Places, cache: Cache | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        self.place = place
        self._places = places
        self._derived = derived
        self._cache = cache
        self._notes = notes

    def open(self) -> OpenedArchive:
        """Open it for the calling thread, once; the cache then belongs to what was opened. Raises DamagedFault."""
        return OpenedArchive(self.place, self._derived, self._places, self._cache, self._notes)

    def close(self) -> None:
        """Remove what was made for this run only, where it was never opened."""
        if self._cache is not None:
            self._cache.close()


def open_archive(selector: str | None, places: Places, progress: Progress = SILENT) -> OpenedArchive:
    """The archive that `selector` means: the name or fingerprint of an installed one, the path of a pack or of a
    source folder, the id of the bundled one; None for the one in use, else the bundled one.

    Derives what is missing. Raises NotFoundFault, DamagedFault, NotWrittenFault, Cancelled.
    """
    return _opened(prepare(selector, places, progress))


def prepare(selector: str | None, places: Places, progress: Progress = SILENT) -> Prepared:
    """What `open_archive` opens, ready to be opened. Raises as it does."""
    meant, notes = _admitted(selector, places)
    ready = _ready(meant, places, progress)
    notes = (*notes, *_older(meant, places))
    if ready is not None:
        return Prepared(*ready, places, notes=notes)
    return _with_cache(places, lambda cache: _derived(meant, places, cache, progress), notes)


def rebuild(selector: str | None, places: Places, progress: Progress = SILENT) -> OpenedArchive:
    """The archive that `selector` means, with all that is derived made anew. Raises as `open_archive` does."""
    return _opened(prepare_anew(selector, places, progress))


def prepare_anew(selector: str | None, places: Places, progress: Progress = SILENT) -> Prepared:
    """What `rebuild` opens, ready to be opened. Raises as `open_archive` does."""
    meant, notes = _admitted(selector, places)

    def anew(cache: Cache) -> tuple[Path, Derived]:
        path, fingerprint = _pack(meant, places, cache, progress)
        forget(cache, fingerprint)
        return _derived(_Meant(path, fingerprint), places, cache, progress)

    return _with_cache(places, anew, notes)


def pack_to_verify(selector: str | None, places: Places, progress: Progress = SILENT) -> Path:
    """The pack that `selector` means; a source is built first. Raises as `open_archive` does."""
    meant = _meant(selector, places)
    if not meant.is_source:
        return meant.path
    cache = open_cache(places)
    # The pack must outlive this call, and a temporary one must not outlive the program.
    atexit.register(cache.close)
    return _pack(meant, places, cache, progress)[0]


def _opened(prepared: Prepared) -> OpenedArchive:
    try:
        return prepared.open()
    except BaseException:
        prepared.close()
        raise


def _with_cache(
    places: Places, work: Callable[[Cache], tuple[Path, Derived]], notes: tuple[Note, ...] = ()
) -> Prepared:
    cache = open_cache(places)
    try:
        path, derived = work(cache)
        return Prepared(path, derived, places, cache, notes)
    except BaseException:
        cache.close()
        raise


def _ready(meant: _Meant, places: Places, progress: Progress) -> tuple[Path, Derived] | None:
    """What was derived before, found without writing anything."""
    path, fingerprint = meant.path, meant.fingerprint
    if meant.is_source:
        known = known_pack(path, Cache(places.cache).sources)
        if known is None:
            return None
        path, fingerprint = known
    if fingerprint is None:
        fingerprint = _fingerprint(path, places, progress)
    found = find_derived(Cache(places.cache).derived, fingerprint)
    if found is None and path == bundled_pack():
        found = find_supplied(bundled_derived(), fingerprint)
    # On Windows nothing proves that users cannot write there: see app.archives.
    if found is None and sys.platform != "win32":
        found = find_derived(Cache(places.system).derived, fingerprint)
    return (path, found) if found is not None else None


def _admitted(selector: str | None, places: Places) -> tuple[_Meant, tuple[Note, ...]]:
    """What a selector means, if the policy lets it be opened. Where none was named, what came with the program takes
    the place of one that is not. Raises RefusedFault, and as `open_archive`.
    """
    meant = _meant(selector, places)
    try:
        _admit(meant, places)
    except RefusedFault as fault:
        if selector is not None:
            raise
        return _that_came_with_it(), (Note(fault.key, fault.values),)
    return meant, ()


def _admit(meant: _Meant, places: Places) -> None:
    """Go on if the policy lets an archive be opened; the one that came with the program always is."""
    if not restricts_archives(places.policy) or meant.path == _that_came_with_it().path:
        return
    if meant.is_source:
        from jasic_desktop.packs.archive_file import read_archive
        from jasic_desktop.packs.problems import Problems

        described = read_archive((meant.path / _ARCHIVE_FILE).read_bytes(), Problems())
        if described is not None:  # what is none is told when it is built
            require_archive(places.policy, described, "", signed=False)
        return
    admit_pack(meant.path, places)


def admit_pack(path: Path, places: Places) -> None:
    """Go on if the policy lets the pack at `path` be opened; one that came with the program always may.

    Raises RefusedFault, DamagedPack.
    """
    if not restricts_archives(places.policy):
        return
    from jasic_desktop.packs.bag import open_pack
    from jasic_desktop.packs.trust import trusted_keys

    own = bundled(places)
    with open_pack(path) as pack:
        if own is None or own.fingerprint != pack.fingerprint:
            signed = pack.signed(trusted_keys(places).keys)
            is_signed = signed is not None and signed.signer is not None
            require_archive(places.policy, pack.archive, pack.fingerprint, signed=is_signed)


def _older(meant: _Meant, places: Places) -> tuple[Note, ...]:
    """A warning where a pack that is read in place is an older edition than one this machine has had."""
    if meant.is_source or meant.fingerprint is not None:
        return ()
    from jasic_desktop.packs.bag import open_pack

    with open_pack(meant.path) as pack:
        archive = pack.archive
    sequence, version = Library(places).highest(archive.id)
    own = bundled(places)
    if own is not None and own.archive.id == archive.id and own.archive.sequence > sequence:
        sequence, version = own.archive.sequence, own.archive.version
    if archive.sequence >= sequence:
        return ()
    require_newest(places.policy, archive, version)
    return (Note("packs.older_opened", {"name": archive.id, "version": archive.version, "newer": version}),)


def _derived(meant: _Meant, places: Places, cache: Cache, progress: Progress) -> tuple[Path, Derived]:
    from jasic_desktop.packs.bag import open_pack
    from jasic_desktop.packs.refusals import DamagedPack

    for last in (not meant.is_source, True):
        path, _ = _pack(meant, places, cache, progress)
        try:
            with open_pack(path) as pack:
                return path, derive(pack, cache, progress)
        except DamagedPack:
            if last:
                raise
            # Our own copy of a source that is whole: nobody needs to hear of it.
            forget_pack(meant.path, cache)
    raise AssertionError("the last attempt returns or raises")


def _pack(meant: _Meant, places: Places, cache: Cache, progress: Progress) -> tuple[Path, str]:
    if meant.is_source:
        return source_pack(meant.path, cache, progress)
    return meant.path, meant.fingerprint or _fingerprint(meant.path, places, progress)


def _fingerprint(path: Path, places: Places, progress: Progress) -> str:
    """The fingerprint of a pack that is read where it stands: as nobody verified it for us, each byte is looked at."""
    from jasic_desktop.packs.bag import open_pack
    from jasic_desktop.packs.trust import trusted_keys

    with open_pack(path) as pack:
        pack.signed(trusted_keys(places).keys)
        pack.check_files(progress)
        return pack.fingerprint


def _meant(selector: str | None, places: Places) -> _Meant:
    library = Library(places)
    if selector is None:
        current = library.current
        if current is None:
            return _that_came_with_it()
        selector = current
    try:
        entry = library.find(selector)
    except Fault as fault:
        meant = (_looks_like_path(selector) and _path(selector)) or _bundled(selector) or _path(selector)
        if meant is not None:
            return meant
        if isinstance(fault, NotFoundFault) and fault.key == "packs.not_installed" and _looks_like_path(selector):
            raise NotFoundFault("packs.nothing_there", path=without_surrogates(selector)) from fault
        raise
    return _Meant(entry.path, entry.fingerprint)


def _path(selector: str) -> _Meant | None:
    try:
        path = Path(selector)
        if (path / _ARCHIVE_FILE).is_file():
            return _Meant(path, is_source=True)
        return _Meant(path) if selector and path.exists() else None
    except (OSError, ValueError):
        return None


def _that_came_with_it() -> _Meant:
    pack = bundled_pack()
    if pack is None:
        return _Meant(bundled_archive(), is_source=True)
    return _Meant(pack, stated_fingerprint(pack))


def bundled(places: Places) -> Bundled | None:
    """The archive that came with the program, as far as it can be read without building anything."""
    meant = _that_came_with_it()
    try:
        if not meant.is_source:
            archive = msgspec.json.decode((meant.path / ARCHIVE).read_bytes(), type=Archive)
            return Bundled(archive, meant.path, meant.fingerprint or "")
        known = known_pack(meant.path, Cache(places.cache).sources)
        if known is not None:
            return Bundled(msgspec.json.decode((known[0] / ARCHIVE).read_bytes(), type=Archive), meant.path, known[1])
        from jasic_desktop.packs.archive_file import read_archive
        from jasic_desktop.packs.problems import Problems

        described = read_archive((meant.path / _ARCHIVE_FILE).read_bytes(), Problems())
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    return Bundled(described, meant.path, "") if described is not None else None


def _bundled(selector: str) -> _Meant | None:
    """The bundled archive, if it has this id, or this id and version: `jasic@1.0`."""
    meant = _that_came_with_it()
    try:
        if meant.is_source:
            about = tomllib.loads((meant.path / _ARCHIVE_FILE).read_text("utf-8")).get("archive", {})
        else:
            about = msgspec.json.decode((meant.path / ARCHIVE).read_bytes())
        archive_id, version = about.get("id"), about.get("version")
    except (OSError, ValueError, AttributeError, msgspec.MsgspecError):
        return None
    return meant if selector in (archive_id, f"{archive_id}@{version}") else None


def _looks_like_path(selector: str) -> bool:
    return os.sep in selector or "/" in selector or "." in selector
