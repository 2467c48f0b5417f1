"""Who says that a pack is theirs: keys made, a pack signed, the signature told and believed only of those we trust."""

from __future__ import annotations

import io
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.app.keys import make_keys
from jasic_desktop.packs.minisign import Effort
from tests.conftest import Program
from tests.e2e.conftest import Ran, Run
from tests.helpers.archives import make_pack

DATA = Path(__file__).parents[1] / "data" / "minisign"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("small"), name="small.jasicpack")


@pytest.fixture
def pack(small: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "a folder, 文件夹"
    folder.mkdir()
    return Path(shutil.copy(small, folder / "small.jasicpack"))


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Any:
    def run_own(*words: str | Path) -> Ran:
        return run("--profile", tmp_path / "own", *words)

    return run_own


@pytest.fixture(autouse=True)
def nothing_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sits at the terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def trust(tmp_path: Path, public: Path) -> None:
    keys = tmp_path / "own" / "config" / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    shutil.copy(public, keys)
    (keys / public.name).chmod(0o644)


def test_from_a_new_key_to_a_verified_pack(own: Any, pack: Path, tmp_path: Path) -> None:
    made = own("archive", "sign", "--new-key", tmp_path / "editors")
    assert made.code == 0, made.err
    assert "password" in made.err
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "editors.key").stat().st_mode) == 0o600
    assert own("archive", "sign", pack, "--key", tmp_path / "editors.key").code == 0
    assert own("archive", "sign", pack, "--key", tmp_path / "editors.key").code == 7
    assert own("archive", "sign", pack, "--key", tmp_path / "editors.key", "--force").code == 0
    stranger = own("archive", "verify", pack)
    assert stranger.code == 0
    assert "Complete, maker unknown" in stranger.out and "does not know" in stranger.out
    trust(tmp_path, tmp_path / "editors.pub")
    for command in ("verify", "info"):
        assert "Verified, signed by editors" in " ".join(own("archive", command, pack).out.split())
    told = own("archive", "verify", pack, "--json").document
    assert told["state"] == "verified"
    assert told["signature"]["signer"] == "editors" and told["signature"]["trusted_by"] == "person"
    assert told["signature"]["comment"].startswith("pack=mill version=1.0 seq=1")
    assert "由 editors 签名" in own("archive", "verify", pack, "--lang", "zh-Hans").out


def test_a_signature_of_another_pack_is_damage(own: Any, pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(make_pack(tmp_path / "made"), folder)
    shutil.copy(DATA / "message.txt.minisig", folder / "tagmanifest-sha512.txt.minisig")
    assert own("archive", "verify", folder).code == 0  # of a stranger: nobody can tell
    trust(tmp_path, DATA / "plain.pub")
    said = own("archive", "verify", folder)
    assert said.code == 3
    assert "tagmanifest-sha512.txt.minisig" in said.out and "[P27]" in said.out
    for words in (("archive", "install", folder), ("--archive", folder, "show", "shan-xin")):
        refused = own(*words)
        assert (refused.code, refused.out) == (3, "")
        assert refused.err.count("\n") == 1 and "minisig" in refused.err


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", 3),
        (b"no key", 3),
        (b"\xff" * 300, 3),
        (b"x" * 100_000, 3),
        ((DATA / "plain.pub").read_bytes(), 3),
        (None, 4),
    ],
)
def test_a_bad_key_is_one_sentence(own: Any, pack: Path, tmp_path: Path, data: bytes | None, code: int) -> None:
    key = tmp_path / "bad.key"
    if data is not None:
        key.write_bytes(data)
    before = pack.read_bytes()
    said = own("archive", "sign", pack, "--key", key)
    assert (said.code, said.out) == (code, "")
    assert said.err.count("\n") == 1 and "bad.key" in said.err
    assert pack.read_bytes() == before


def test_a_wrong_password_signs_nothing(program: Program, pack: Path, tmp_path: Path) -> None:
    key = make_keys(tmp_path / "sealed", "mill, 纱厂", Effort(1 << 15, 1 << 24)).secret
    before = pack.read_bytes()
    done = program("archive", "sign", pack, "--key", key, home=tmp_path / "home", stdin="Mill\n")
    assert done.returncode == 3, done.stderr
    assert "sealed.key" in done.stderr and "Mill" not in done.stderr
    assert pack.read_bytes() == before
    done = program("archive", "sign", pack, "--key", key, home=tmp_path / "home", stdin="mill, 纱厂\n")
    assert done.returncode == 0, done.stderr
    assert pack.read_bytes() != before


def test_keys_are_never_overwritten(own: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.pub").write_bytes(b"x")
    assert own("archive", "sign", "--new-key", tmp_path / "mine").code == 7
    assert not (tmp_path / "mine.key").exists()
    assert own("archive", "sign", "--new-key", tmp_path / "none" / "mine").code == 7


@pytest.mark.parametrize("words", [(), ("pack",), ("--key", "x"), ("pack", "--key", "x", "--new-key", "y")])
def test_what_is_half_asked_is_wrong_usage(own: Any, words: tuple[str, ...]) -> None:
    assert own("archive", "sign", *words).code == 2


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not on this machine")
def test_anybodys_minisign_checks_what_we_signed(own: Any, tmp_path: Path) -> None:
    folder = make_pack(tmp_path / "made")
    assert own("archive", "sign", "--new-key", tmp_path / "mine").code == 0
    assert own("archive", "sign", folder, "--key", tmp_path / "mine.key").code == 0
    check = ["minisign", "-Vm", folder / "tagmanifest-sha512.txt", "-p", tmp_path / "mine.pub"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "pack=mill version=1.0 seq=1 made=2020-06-30" in done.stdout
