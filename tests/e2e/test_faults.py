"""Bad input: one clear sentence, the documented exit code, nothing half-written, and the next start works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jasic_desktop.cli import main
from jasic_desktop.core.paths import bundled_archive
from tests.conftest import ROOT
from tests.e2e.conftest import Run


def _one_sentence(err: str) -> bool:
    lines = err.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("jasic-desktop") and "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "no-such-record"), 4),
        (("cite", "mi-jiuping", "no-such-record"), 4),
        (("--archive", "no-such-archive", "search", "x"), 4),
        (("--archive", "/no/such/folder", "search", "x"), 4),
        (("archive", "verify", "/no/such/pack"), 4),
        (("archive", "check", "/no/such/source"), 4),
        (("archive", "remove", "no-such-archive"), 4),
        (("search", "x", "--type", "novel"), 2),
        (("search", "x", "--limit", "many"), 2),
        (("search", "x", "--date", "2018-13"), 2),
        (("search", "x", "--place", "no-such-place"), 4),
        (("timeline", "--from", "yesterday"), 2),
        (("export", "--ids", "mi-jiuping"), 2),
        (("export", "--out", "x.html"), 2),
        (("export", "--ids", "mi-jiuping", "--format", "papyrus", "--out", "x"), 2),
        (("export", "--ids", "mi-jiuping", "--out", "/no/such/folder/x.html"), 7),
        (("explode",), 2),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(run: Run, words: tuple[str, ...], code: int) -> None:
    said = run(*words)
    assert said.code == code, said
    assert _one_sentence(said.err), said.err
    assert not said.out


def test_without_a_display_the_window_is_refused_with_a_hint(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for words in ((), ("--search", "x"), ("--open", "mi-jiuping", "--size", "800x600")):
        said = run(*words)
        assert said.code == 6, said
        assert _one_sentence(said.err), said.err
        assert "--help" in said.err
        assert not said.out


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_a_fault_speaks_the_persons_language(run: Run, language: str) -> None:
    said = run("--lang", language, "show", "no-such-record")
    assert said.code == 4
    assert ("记录" in said.err) == (language == "zh-Hans")


@pytest.mark.parametrize(
    "question",
    [
        '"open quote', "(((", ")", "AND OR NOT", "*", "a*", "w~9", "[a TO z]", "title:", ":", "-", "~", "\x00\x1b[31m",
        "\ud800\udfff", "date:yesterday", "year:abc", "colour:red", "(" * 1000 + ")" * 1000, "word " * 10_000, " ",
        "x" * 10_000,
    ],
)  # fmt: skip
def test_any_question_is_answered(run: Run, question: str) -> None:
    said = run("search", "--json", "--", question)
    assert said.code == 0, said.err
    assert "hits" in said.document


def test_an_export_never_overwrites_unasked(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.write_text("mine")
    asked = ("export", "--ids", "mi-jiuping", "--format", "markdown", "--out", target)
    said = run(*asked)
    assert said.code == 7
    assert target.read_text() == "mine"
    assert run(*asked, "--force").code == 0
    assert "Mi Jiuping" in target.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out.md"]


def test_a_source_with_faults_names_file_and_field(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(bundled_archive(), source)
    victim = source / "records" / "person" / "mi-jiuping.md"
    victim.write_text(victim.read_text("utf-8").replace("sources:", "sauces:", 1), "utf-8")
    said = run("archive", "check", source)
    assert said.code == 3
    assert "mi-jiuping.md" in said.out + said.err
    assert "sauces" in said.out + said.err
    built = run("archive", "build", source, tmp_path / "pack")
    assert built.code == 3
    assert not (tmp_path / "pack").exists()


def test_a_damaged_derived_folder_is_made_again(run: Run, tmp_path: Path, profile: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(profile, own)
    files = [path for path in (own / "cache").rglob("*") if path.is_file()]
    for path in files:
        path.chmod(0o600)
        data = bytearray(path.read_bytes())
        if data:
            data[len(data) // 2] ^= 0xFF
            path.write_bytes(data)
    said = run("--profile", own, "search", "岳昕", "--json")
    assert said.code == 0, said.err
    assert said.document["hits"][0]["id"] == "yue-xin"


@pytest.mark.skipif(
    shutil.which("unshare") is None or os.geteuid() != 0, reason="only root can mount a folder read-only"
)
def test_a_home_that_cannot_be_written_still_searches(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    script = (
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" -m jasic_desktop --profile "$1/p" '
        "search 岳昕 --json"
    )
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", home, sys.executable],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    if b"unshare" in done.stderr or b"mount" in done.stderr:
        pytest.skip("mounting is not allowed here")
    assert done.returncode == 0, done.stderr.decode()
    assert _one_sentence(done.stderr.decode()), done.stderr.decode()
    assert b'"yue-xin"' in done.stdout
    assert list(home.iterdir()) == []


def test_a_profile_that_cannot_be_made_still_searches(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = run("--profile", tmp_path / "file" / "profile", "search", "岳昕", "--json")
    assert said.code == 0, said.err
    assert _one_sentence(said.err)
    assert said.document["hits"][0]["id"] == "yue-xin"
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.skipif(sys.platform != "linux", reason="limits file sizes as Linux does")
def test_a_full_disk_leaves_nothing_half_made(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY));"
        "from jasic_desktop.cli import main; sys.exit(main(['--profile', sys.argv[1], 'search', 'x']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, profile], cwd=ROOT, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 7, done.stderr.decode()
    assert _one_sentence(done.stderr.decode()), done.stderr.decode()
    assert not [path for path in profile.rglob("*") if path.is_file() and path.stat().st_size]
    again = run("--profile", profile, "search", "岳昕", "--json")
    assert again.code == 0
    assert again.document["hits"][0]["id"] == "yue-xin"


def test_interrupted_work_ends_with_130_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from jasic_desktop.packs import build as builder

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(builder, "build", interrupted)
    target = tmp_path / "pack"
    assert main(["--profile", str(tmp_path / "own"), "archive", "build", str(bundled_archive()), str(target)]) == 130
    assert _one_sentence(capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_fault(profile: Path) -> None:
    command = f'"{sys.executable}" -m jasic_desktop --profile "{profile}" timeline | head -n 1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_finds_no_room_is_told_as_that(profile: Path) -> None:
    command = [sys.executable, "-m", "jasic_desktop", "--profile", str(profile), "timeline"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    said = done.stderr.decode()
    assert done.returncode == 7, said
    assert _one_sentence(said), said
    assert "No space left on device" in said
