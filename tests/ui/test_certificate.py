"""The certificate of a check: one page, all facts of the check on it, and never a good one of a bad copy."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from jasic_desktop.app.certificate import Certificate, certificate, file_name
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.packs.bag import Verification, verify
from jasic_desktop.packs.minisign import new_key
from jasic_desktop.packs.refusals import Code, PackProblem
from jasic_desktop.packs.signing import sign_pack
from jasic_desktop.packs.trust import TrustedKey
from jasic_desktop.ui.certificate import page, pdf, write_certificate
from jasic_desktop.ui.paper.letters import Letters
from tests.helpers.archives import make_pack

NOW = datetime(2026, 11, 27, 22, 56, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    return make_pack(tmp_path_factory.mktemp("certificate"), name="mill.jasicpack")


def made(result: Verification, pack: Path, language: Language = "en") -> Certificate:
    return certificate(result, pack, language, NOW)


def text_of(shown: Certificate) -> str:
    reader = PdfReader(io.BytesIO(pdf(shown)))
    (only,) = reader.pages
    assert (round(float(only.mediabox.width)), round(float(only.mediabox.height))) == (595, 842)
    # A font may have one shape for a character and for the radical that looks like it.
    return " ".join(normalize("NFKC", only.extract_text()).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_all_that_was_found(qapp, pack, language) -> None:
    result = verify(pack)
    shown = made(result, pack, language)
    text = text_of(shown)
    without = "".join(text.split())
    assert result.fingerprint in without  # whole, in groups
    assert {"en": "Complete, maker unknown"}.get(language, "完整") in text
    for fact in (
        str(result.files),
        "1.0",
        "2026-11-27 22:56 (UTC+08:00)",
        "mill.jasicpack",
        "sha512sum -c",
        "bagit.py",
    ):
        assert "".join(fact.split()) in without, fact
    assert all("".join(normalize("NFKC", label).split()) in without for label, _ in shown.rows)
    assert all("".join(normalize("NFKC", label).split()) in without for label in shown.by_hand)
    assert "minisign" not in text
    assert shown.whole and not shown.problems
    assert file_name(result) == "mill-1.0-certificate.pdf"


def test_a_signed_copy_names_signer_and_key(qapp, tmp_path) -> None:
    pack, key = make_pack(tmp_path), new_key()
    sign_pack(pack, key)
    trusted = TrustedKey(key.public_key, "The Editors", "system")
    text = text_of(made(verify(pack, keys=[trusted]), pack))
    assert "Verified, signed by The Editors" in text
    assert key.public_key.id in text and "administrator" in text
    assert "pack=mill version=1.0 seq=1" in text and "minisign -Vm" in text
    stranger = text_of(made(verify(pack), pack))
    assert "Complete, maker unknown" in stranger and "does not know" in stranger


def test_a_damaged_copy_is_certified_as_that(qapp, tmp_path) -> None:
    pack = make_pack(tmp_path)
    (pack / "data/records/0001.jsonl").write_bytes(b"x")
    (pack / "data/extra.txt").write_bytes(b"x")
    shown = made(verify(pack), pack)
    text = text_of(shown)
    assert not shown.whole
    assert "Not whole: 2 files" in text
    assert "data/records/0001.jsonl" in text and "data/extra.txt" in text
    assert "Verified" not in text and "Complete" not in text


def test_what_is_no_pack_at_all_is_certified_as_that(qapp, tmp_path) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear reader")
    text = text_of(made(verify(letter), letter))
    assert "Not whole" in text and "cannot be read" in text
    assert file_name(verify(letter)) == "certificate.pdf"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["x" * 200, "名" * 80, "a\u202eb\x07 <b>", "data/" + "media/" * 30])
def test_whatever_is_damaged_it_is_one_page(qapp, pack, language, name) -> None:
    whole = verify(pack)
    problems = tuple(PackProblem(f"{number}{name}", Code.DIGEST) for number in range(3000))
    damaged = Verification("damaged", whole.fingerprint, problems, 3000, 1 << 40, archive=whole.archive)
    shown = made(damaged, pack, language)
    leaf = page(shown, Letters(language))
    assert leaf.number == 1
    assert max(ink.y for ink in leaf.inks) < 8420
    assert all(not set(ink.text) & {"\u202e", "\x07"} for ink in leaf.inks)
    assert "0" + name[:1] in leaf.text
    assert "jasic-desktop archive verify" in "".join(leaf.text.split("\n"))


def test_a_file_that_is_there_stays(qapp, pack, tmp_path) -> None:
    target = tmp_path / "a folder, 文件夹" / "certificate.pdf"
    target.parent.mkdir()
    shown = made(verify(pack), pack)
    write_certificate(shown, target)
    before = target.read_bytes()
    with pytest.raises(NotWrittenFault):
        write_certificate(shown, target)
    assert target.read_bytes() == before
    write_certificate(shown, target, force=True)
    with pytest.raises(NotWrittenFault):
        write_certificate(shown, tmp_path / "none" / "certificate.pdf")
