"""The program tests itself on this machine with the archive it has: whole, found, shown, cited, exported, signed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from jasic_desktop.app.context import OpenedArchive
from jasic_desktop.app.own_program import differences, installed
from jasic_desktop.app.selftest_reading import read_back
from jasic_desktop.core import atomic
from jasic_desktop.core.blocks import plain
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.core.records import Document, Person
from jasic_desktop.export.citation_styles import STYLES, Subject, cite
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.packs import minisign
from jasic_desktop.packs.bag import verify
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from jasic_desktop.search.request import Request

_PEOPLE_ASKED = 5
_AMONG_FIRST = 3
_TOLD = 5
_EXPORTED = 4
"""So many records of each type."""

Check = Callable[[], tuple[bool, str]]
"""Looks at one thing: whether it is as it should be, and what was seen. May raise anything."""


@dataclass(frozen=True)
class Outcome:
    """One check: its catalogue key, whether it passed, and what was seen."""

    check: str
    passed: bool
    detail: str


def self_test(opened: OpenedArchive) -> Iterator[Outcome]:
    """Check all that needs no window, one thing after the other."""
    checks = {
        "program": _program,
        "verify": _verify,
        "search": _search,
        "show": _show,
        "cite": _cite,
        "export": _export,
        "sign": _sign,
    }
    yield from run([(name, partial(check, opened)) for name, check in checks.items()])


def run(checks: Sequence[tuple[str, Check]]) -> Iterator[Outcome]:
    """Run each check in turn; one that fails or raises does not keep the others from running."""
    for name, check in checks:
        try:
            passed, detail = check()
        except Exception as error:  # noqa: BLE001 - a self-test reports whatever stops it; it must not stop itself
            passed, detail = False, f"{type(error).__name__}: {error}"
        yield Outcome(f"cli.selftest.{name}", passed, detail)


def asked_people(store: Store) -> list[Person]:
    """The first people whose names stand in three scripts: what a search must find."""
    people = (record for record in store.many(store.ids) if isinstance(record, Person))
    return [person for person in people if person.names.zh_hans and person.names.pinyin][:_PEOPLE_ASKED]


def _program(_opened: OpenedArchive) -> tuple[bool, str]:
    """Holds each file of an installed program against the list that came with it."""
    own = installed()
    if own is None:
        return True, "no list: this runs from its source"
    count, faults = differences(own)
    told = [str(fault.values["path"]) for fault in faults]
    return not told, "; ".join(told[:_TOLD]) or f"{count} files"


def _verify(opened: OpenedArchive) -> tuple[bool, str]:
    result = verify(opened.place)
    return not result.problems, f"{result.files} files, {result.fingerprint}"


def _search(opened: OpenedArchive) -> tuple[bool, str]:
    """Asks for people by their English name, their Chinese name and their pinyin."""
    asked = asked_people(opened.store)
    missed = []
    for person in asked:
        names = person.names
        for question in (names.display, names.zh_hans, names.zh_hant, names.pinyin):
            if question is None:
                continue
            answer = opened.engine.search(Request(text=question, limit=_AMONG_FIRST))
            if person.id not in [hit.id for hit in answer.hits]:
                missed.append(f"{question} ({person.id})")
    return bool(asked) and not missed, "; ".join(missed) or f"{len(asked)} people"


def _show(opened: OpenedArchive) -> tuple[bool, str]:
    """Draws the record with the most sources in each language."""
    store = opened.store
    fullest = max(store.many(store.ids), key=lambda record: sum(len(s.sources) for s in record.statements))
    pages = [page(store, fullest.id, language) for language in ("en", "zh-Hans", "zh-Hant")]
    return all(drawn.blocks and drawn.sources for drawn in pages), fullest.id


def _cite(opened: OpenedArchive) -> tuple[bool, str]:
    """Cites the first document in each style, in each language."""
    store = opened.store
    cited = Subject(next(record.id for record in store.many(store.ids) if isinstance(record, Document)))
    for style in STYLES:
        for language in LANGUAGES:
            if not plain(cite(store, cited, style, language)).strip():
                return False, f"{style}, {language}"
    return True, ", ".join(STYLES)


def _some(store: Store) -> list[str]:
    """The first few records of each type: what an export is tried with."""
    of_type = ([one for one in store.ids if store.type(one) == kind] for kind in RECORD_TYPES)
    return [record_id for ids in of_type for record_id in ids[:_EXPORTED]]


def _export(opened: OpenedArchive) -> tuple[bool, str]:
    """Writes each format twice to a folder of its own and reads it back; what needs a press is for the window."""
    store, options = opened.store, Options()
    ids = _some(store)
    titles = [store.title(record_id).show(options.language) for record_id in ids]
    unready = ("pdf",) if find_spec("libzim") else ("pdf", "zim")
    formats = {key: form for key, form in FORMATS.items() if key not in unready}
    with tempfile.TemporaryDirectory(prefix="jasic-desktop-") as folder:
        for key, form in formats.items():
            digests = set()
            for attempt in ("first", "second"):
                target = Path(folder) / f"{attempt}-{key}"
                atomic.write(target, b"".join(form.write(store, ids, options)))
                data = target.read_bytes()
                digests.add(hashlib.sha256(data).hexdigest())
                text = read_back(form.extension, data)
                if not any(title in text for title in titles):  # a format says what of the records it is for
                    return False, f"{key}: {len(data)} bytes, no title"
            if len(digests) != 1:
                return False, f"{key}: differs the second time"
    return True, ", ".join(formats)


def _sign(opened: OpenedArchive) -> tuple[bool, str]:
    """Signs the archive's fingerprint with a key made for it, and sees that nothing else has that signature."""
    key, message = minisign.new_key(), opened.store.fingerprint.encode()
    signature = minisign.read_signature(minisign.write_signature(minisign.sign(key, message, "self-test")))
    good = minisign.is_good(signature, message, key.public_key)
    return good and not minisign.is_good(signature, message + b".", key.public_key), key.public_key.id
