"""The command line under a machine's policy: what is closed ends with 5, what is locked stays, `policy` shows it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.app.commands import command_line
from jasic_desktop.core import paths
from jasic_desktop.core.errors import ExitCode
from jasic_desktop.core.policy import FILE_NAME
from tests.e2e.conftest import Run

MI = "mi-jiuping"
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only an administrator lays down a policy"
)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lays down a policy as an administrator of this machine does."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    own = paths.Places.of
    monkeypatch.setattr(paths.Places, "of", lambda profile=None: replace(own(profile), machine=folder))

    def lay(**table: Any) -> Path:
        path = folder / FILE_NAME
        path.write_text(json.dumps(table), "utf-8")
        path.chmod(0o644)
        return path

    return lay


def test_a_closed_command_ends_with_5_and_one_sentence(run: Run, machine: Any, tmp_path: Path) -> None:
    out = tmp_path / "x"
    path = machine(export=False, **{"workspace *": False, "_why": "the public hall"})
    for words in (
        ("export", "--ids", MI, "--out", out),
        ("workspace", "backup"),
        ("note", "export"),
        ("show", MI, "--format", "html"),
        ("timeline", "--format", "csv"),
        ("cite", MI, "--format", "ris"),
        ("--screenshot", out.with_suffix(".png")),
    ):
        ran = run(*words)
        assert ran.code == ExitCode.REFUSED, words
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1
        assert str(path) in ran.err
    assert not list(tmp_path.glob("x*"))
    for words in (("show", MI), ("cite", MI), ("timeline", "--json"), ("collection", "list")):
        assert run(*words).code == ExitCode.DONE, words


def test_every_command_of_the_command_line_can_be_closed(run: Run, machine: Any) -> None:
    commands = [entry.id for entry in command_line()]
    machine(**dict.fromkeys(commands, False))
    for command in commands:
        needed = {"search": ["x"], "show": ["x"], "cite": ["x"], "open": ["x"]}.get(command, [])
        ran = run(*command.split(), *needed)
        # A word may be missing, which is told first; nothing is done either way.
        assert ran.code in (ExitCode.REFUSED, ExitCode.USAGE), command
        assert ran.out == "", command


def test_a_bad_policy_is_told_with_every_command_and_is_the_strictest(run: Run, machine: Any, tmp_path: Path) -> None:
    machine(exprot=False)
    found = run("search", "yuexin", "--json")
    assert found.code == ExitCode.DONE
    assert "exprot" in found.err
    assert run("export", "--ids", MI, "--out", tmp_path / "x.html").code == ExitCode.REFUSED
    document = run("policy", "--json").document
    assert not document["good"]
    assert "exprot" in document["faults"][0]
    assert {row["origin"] for row in document["room"]} <= {"bad", "program"}


def test_a_policy_of_ones_own_only_tightens(run: Run, machine: Any, tmp_path: Path) -> None:
    machine(export=False, export_formats=["html", "csv"])
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"export": True, "cite": False, "export_formats": ["csv", "pdf"]}))
    assert run("cite", MI, "--policy", own).code == ExitCode.REFUSED
    assert run("--policy", own, "cite", MI).code == ExitCode.REFUSED
    assert run("export", "--ids", MI, "--out", tmp_path / "x.csv", "--policy", own).code == ExitCode.REFUSED
    rows = {row["key"]: row for row in run("policy", "--json", "--policy", own).document["room"]}
    assert rows["export_formats"] == {
        "key": "export_formats",
        "value": ["csv"],
        "origin": "command_line",
        "path": str(own),
    }
    missing = run("cite", MI, "--policy", tmp_path / "gone.json")
    assert "gone.json" in missing.err
    assert run("note", "list", "--policy", tmp_path / "gone.json").code == ExitCode.REFUSED


def test_records_leave_in_the_formats_and_folders_of_the_policy(run: Run, machine: Any, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "out").symlink_to(tmp_path)
    machine(export_formats=["html", "markdown"], export_folders=[str(copies)])
    for form, out in (
        ("csv", copies / "a.csv"),
        ("html", tmp_path / "a.html"),
        ("html", copies / "out" / "a.html"),
        ("html", copies / ".." / "a.html"),
        ("html", "-"),
    ):
        ran = run("export", "--ids", MI, "--format", form, "--out", out)
        assert (ran.code, ran.out) == (ExitCode.REFUSED, ""), out
    assert run("export", "--ids", MI, "--format", "html", "--out", copies / "a.html").code == ExitCode.DONE
    assert (copies / "a.html").is_file()
    assert not (tmp_path / "a.html").exists()
    for words in (("note", "export", "--out", tmp_path / "n"), ("workspace", "export", tmp_path / "w.jsonl")):
        assert run(*words).code == ExitCode.REFUSED, words
    allowed = {f["format"]: f["allowed"] for f in run("export", "--list-formats", "--json").document["formats"]}
    assert {key for key, is_allowed in allowed.items() if is_allowed} == {"html", "markdown"}


def test_a_locked_setting_and_a_default_of_the_machine(run: Run, machine: Any, tmp_path: Path) -> None:
    path = machine(language="zh-Hans", history="off", defaults={"results": 3, "theme": "dark"})
    own = tmp_path / "own"
    (own / "config").mkdir(parents=True)
    (own / "config" / "settings.json").write_text('{"language": "en", "theme": "system", "history": "on"}')
    rows = {row["key"]: row for row in run("--profile", own, "policy", "--json").document["settings"]}
    assert (rows["language"]["value"], rows["language"]["origin"]) == ("zh-Hans", "machine")
    assert (rows["history"]["value"], rows["history"]["path"]) == ("off", str(path))
    assert (rows["results"]["value"], rows["results"]["origin"]) == (3, "defaults")
    assert (rows["theme"]["value"], rows["theme"]["origin"]) == ("system", "person")
    assert rows["tabs"]["origin"] == "program"
    refused = run("--lang", "en", "search", "yuexin")
    assert refused.code == ExitCode.REFUSED
    assert "管理策略" in refused.err
    assert run("--lang", "zh-Hans", "search", "yuexin", "--json").code == ExitCode.DONE
    assert "本机" in run("policy").out


def test_policy_shows_what_is_laid_down_for_people(run: Run, machine: Any) -> None:
    none = run("policy")
    assert "no policy" in none.out
    path = machine(print=False, idle_minutes=5)
    shown = run("policy").out
    assert str(path) in shown
    assert "idle_minutes" in shown
    assert "print-timeline" in shown
    assert "go-search" not in shown
    assert "go-search" in run("policy", "--all").out


def test_a_profile_of_ones_own_does_not_evade_the_policy(run: Run, machine: Any, tmp_path: Path) -> None:
    machine(cite=False)
    assert run("--profile", tmp_path / "own", "cite", MI).code == ExitCode.REFUSED


def test_a_machine_is_set_up_from_a_folder_and_tells_what_it_holds(run: Run, machine: Any, tmp_path: Path) -> None:
    path = machine(exprot=True)  # what is bad is mended by the same command
    share, reports = tmp_path / "share", tmp_path / "reports"
    share.mkdir()
    reports.mkdir()
    (share / "policies.json").write_text('{"print": false}')
    done = run("fleet", "apply", share)
    assert (done.code, done.out) == (ExitCode.DONE, "policy  policies.json  changed\n")
    assert path.read_text() == '{"print": false}'
    again = run("fleet", "apply", share)
    assert (again.out, again.err) == ("policy  policies.json  there already\n", "")
    assert run("fleet", "report", "--out", reports).code == ExitCode.DONE
    (made,) = reports.iterdir()
    other = json.loads(made.read_text("utf-8"))
    other.update(machine="another", policy="")
    (reports / "another.machine.json").write_text(json.dumps(other))
    (reports / "third.machine.json").write_text(json.dumps({**other, "machine": "third"}))
    told = run("fleet", "compare", reports).out
    assert "another policy" in told
    assert "3 machines, of which 1 differ" in told
    assert told.count(other["archives"][0]["fingerprint"][:16]) == 3
    document = run("fleet", "compare", reports, "--json").document
    assert [line["differs"] for line in document["machines"]].count([]) == 2
    assert run("fleet", "report").document["policy_good"]
    assert run("fleet", "apply", tmp_path / "nowhere").code == ExitCode.NOT_FOUND
