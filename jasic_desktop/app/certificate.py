"""What a certificate of one check says: one page for the file of a librarian, in words and figures."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from jasic_desktop import TITLE, __version__
from jasic_desktop.app.maker import Standing
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.regular import printable
from jasic_desktop.packs.bag import Verification
from jasic_desktop.packs.carriers import ENDING
from jasic_desktop.packs.layout import MANIFEST, TAG_MANIFEST
from jasic_desktop.packs.minisign import PublicKey
from jasic_desktop.render.visible import one_line

_LONGEST: Final = 160
"""Characters of what others wrote: a page has room for a title, not for a chapter."""
BY_HAND: Final = ("checked_by", "kept_at", "date", "signature")
"""The lines that are left empty, to be filled in by hand."""


@dataclass(frozen=True)
class Certificate:
    """One page. `fingerprint` is empty where none could be read; `problems` are files with what is wrong with each."""

    title: str
    result: str
    whole: bool
    rows: tuple[tuple[str, str], ...]
    fingerprint: str
    problems: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    by_hand: tuple[str, ...]
    language: Language


def certificate(result: Verification, path: Path, language: Language, now: datetime) -> Certificate:
    """The certificate of `result`, found for the pack at `path` at the moment `now`, by the person's own clock.

    A copy that is not whole gets one too, which says so and names the files.
    """

    def say(key: str, **values: object) -> str:
        return translate(f"packs.certificate.{key}", language, **values)

    standing = Standing.of(result)
    archive = result.archive
    unknown = say("unreadable")
    edition = (
        say("edition", version=archive.version, sequence=archive.sequence, date=archive.date) if archive else unknown
    )
    rows = [
        ("archive", _short(archive.title.show(language)) if archive else unknown),
        ("version", edition),
        ("editor", _short(archive.editor_in(language)) if archive else unknown),
        ("copy", _short(printable(path.absolute().name))),
        ("looked_at", say("counts", count=result.files, bytes=f"{result.size:,}".replace(",", "\u202f"))),
        ("maker", standing.maker(language)),
    ]
    if result.signed is not None and result.signed.comment:
        rows.append(("comment", _short(result.signed.comment)))
    rows += [("time", say("clock", time=_moment(now))), ("program", f"{TITLE} {__version__}")]
    return Certificate(
        say("title"),
        standing.words(language) if not result.problems else say("not_whole", count=len(standing.damaged)),
        not result.problems,
        tuple((say(f"row.{key}"), text) for key, text in rows),
        result.fingerprint or "",
        tuple((_short(problem.file or "/"), _short(problem.sentence(language))) for problem in result.problems),
        tuple(_advice(result, path, language)),
        tuple(say(f"hand.{key}") for key in BY_HAND),
        language,
    )


def file_name(result: Verification) -> str:
    """A name for the file of the certificate."""
    archive = result.archive
    return f"{archive.id}-{archive.version}-certificate.pdf" if archive is not None else "certificate.pdf"


def _advice(result: Verification, path: Path, language: Language) -> list[str]:
    """How anybody checks the same without this program."""

    def say(what: str, **values: object) -> str:
        return translate(f"packs.certificate.how.{what}", language, **values)

    lines = [say("unzip")] if path.name.endswith(ENDING) else []
    lines += [
        say("sums", tags=TAG_MANIFEST, files=MANIFEST),
        say("fingerprint", tags=TAG_MANIFEST),
        say("bagit"),
    ]
    if result.signed is not None:
        signer = result.signed.signer
        key = _base64(signer.key) if signer is not None else say("their_key")
        lines.append(say("minisign", tags=TAG_MANIFEST, key=key))
    return lines


def _base64(key: PublicKey) -> str:
    return base64.b64encode(b"Ed" + key.number + key.key).decode("ascii")


def _moment(now: datetime) -> str:
    offset = now.strftime("%z")
    return f"{now:%Y-%m-%d %H:%M} (UTC{offset[:3]}:{offset[3:5]})" if offset else f"{now:%Y-%m-%d %H:%M}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
