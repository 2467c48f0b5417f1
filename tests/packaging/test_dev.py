"""The start script: it makes the environment once, or says in one sentence why not, and keeps out of the output."""

import ast
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

posix_only = pytest.mark.skipif(os.name != "posix", reason="stands in for programs by scripts of a POSIX shell")


class Tools:
    """Stands in for the tools that dev.py starts: says what they were asked, and what they answer."""

    def __init__(self, dev: ModuleType) -> None:
        self.dev = dev
        self.asked: list[str] = []
        self.answers: dict[str, tuple[str, int]] = {}

    def __call__(self, command: Sequence[str], **variables: str) -> tuple[str, int]:
        line = " ".join(command)
        self.asked.append(line)
        if " -m venv " in line:
            python = self.dev.VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.write_text("")
        return next((answer for part, answer in self.answers.items() if part in line), ("", 0))

    def count(self, part: str) -> int:
        return sum(part in line for line in self.asked)


@pytest.fixture
def tools(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Tools:
    tools = Tools(dev)
    monkeypatch.setattr(dev, "quietly", tools)
    return tools


# ------------------------------------------------------------------------------------------------------ the environment


def test_the_environment_is_made_once(dev: ModuleType, tools: Tools, capfd: pytest.CaptureFixture[str]) -> None:
    python = dev.environment(["environment"])
    assert python.exists()
    assert tools.count("--require-hashes") == tools.count("-m venv") == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert "once" in said.err
    asked = len(tools.asked)
    assert dev.environment(["environment"]) == python
    assert len(tools.asked) == asked
    assert capfd.readouterr() == ("", "")


def test_only_hashed_wheels_are_installed(dev: ModuleType, tools: Tools) -> None:
    dev.environment(["environment"])
    (install,) = (line for line in tools.asked if " pip install " in line)
    for option in ("--require-hashes", "--only-binary :all:", "--no-deps", f"--requirement {dev.LOCK}"):
        assert option in install


@pytest.mark.parametrize("change", ["lock", "python", "place"])
def test_the_environment_is_made_again_when_its_makings_change(
    dev: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    dev.environment(["environment"])
    (dev.VENV / "lib").mkdir()
    if change == "lock":
        dev.LOCK.write_text("whoosh3==3.55.0 --hash=sha256:01\n")
    elif change == "python":
        monkeypatch.setattr(dev.platform, "python_version", lambda: "3.99.0")
    else:
        moved = dev.ROOT.with_name("moved")
        dev.ROOT.rename(moved)
        for name, path in (("ROOT", ""), ("VENV", ".venv"), ("LOCK", "requirements.lock")):
            monkeypatch.setattr(dev, name, moved / path)
    dev.environment(["environment"])
    assert tools.count("-m venv") == 2
    assert not (dev.VENV / "lib").exists()


@pytest.mark.parametrize("step", ["-m venv", "-m ensurepip", "pip install"])
def test_a_half_made_environment_is_made_again(dev: ModuleType, tools: Tools, step: str) -> None:
    tools.answers[step] = ("ERROR: it broke", 1)
    with pytest.raises(dev.Stop, match="ERROR: it broke"):
        dev.environment(["environment"])
    (dev.VENV / "half").mkdir()
    (dev.VENV / "half" / "file").touch()
    (dev.VENV / "link").symlink_to(dev.ROOT)
    tools.answers.clear()
    dev.environment(["environment"])
    assert tools.count("-m venv") == 2
    assert not (dev.VENV / "half").exists()
    assert dev.LOCK.exists()


def test_an_interrupted_installation_is_made_again(
    dev: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(command: Sequence[str], **variables: str) -> tuple[str, int]:
        if "pip" in command:
            raise KeyboardInterrupt
        return tools(command)

    monkeypatch.setattr(dev, "quietly", interrupted)
    assert dev.main(["run"]) == 130
    monkeypatch.setattr(dev, "quietly", tools)
    dev.environment(["environment"])
    assert tools.count("pip install") == 1


def test_a_venv_of_somebody_else_is_left_alone(
    dev: ModuleType, tools: Tools, capfd: pytest.CaptureFixture[str]
) -> None:
    (dev.VENV / "bin").mkdir(parents=True)
    assert dev.main(["run"]) == 1
    assert "was not made by this script" in capfd.readouterr().err
    assert tools.asked == []
    assert (dev.VENV / "bin").exists()


# ------------------------------------------------------------------------------------------- what goes wrong, in words


def one_line(capfd: pytest.CaptureFixture[str]) -> str:
    said = capfd.readouterr()
    assert said.out == ""
    *progress, last = said.err.splitlines()
    assert all(not line.startswith("dev.py:") for line in progress)
    assert last.startswith("dev.py: ")
    return last


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "WARNING: Retrying: NewConnectionError('')\nERROR: No matching distribution",
            "there is no connection",
        ),
        ("socket.gaierror: [Errno -3] Temporary failure in name resolution", "there is no connection"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "does not have the hash"),
        (
            "noise\nERROR: No matching distribution found for x==1\nmore noise",
            "No matching distribution found for x==1",
        ),
        ("", "no reason was given"),
    ],
)
def test_a_failed_installation_is_one_sentence(
    dev: ModuleType, tools: Tools, capfd: pytest.CaptureFixture[str], output: str, sentence: str
) -> None:
    tools.answers["pip install"] = (output, 1)
    assert dev.main(["run"]) == 1
    assert sentence in one_line(capfd)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may write to"), (errno.EACCES, "may write to"), (errno.EIO, "x: ")],
)
def test_a_fault_of_the_system_is_one_sentence(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    code: int,
    sentence: str,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code), "x")

    monkeypatch.setattr(dev, "make_environment", fail)
    assert dev.main(["run"]) == 1
    assert sentence in one_line(capfd)


def test_an_old_python_is_refused(
    dev: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (3, 99))
    assert dev.main(["run"]) == 1
    assert "Python 3.99 or newer is needed" in one_line(capfd)
    assert tools.asked == []


def test_an_old_python_can_read_the_script(root: Path) -> None:
    ast.parse((root / "packaging" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("words", [[], ["fly"], ["--", "run"]])
def test_other_words_are_wrong_usage(dev: ModuleType, words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert dev.main(words) == 2
    assert capfd.readouterr().err.startswith("Usage: ")


def test_help_is_the_scripts_own_description(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    assert "run [-- ARGUMENTS]" in capfd.readouterr().out


# ------------------------------------------------------------------------------------------------------ system packages


@pytest.fixture
def debian(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(dev, "venv_package", lambda: "python3-venv")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)


def test_without_ensurepip_root_gets_the_package(dev: ModuleType, tools: Tools, debian: None) -> None:
    tools.answers["import ensurepip"] = ("No module named 'ensurepip'", 1)
    dev.environment(["environment"])
    (install,) = (line for line in tools.asked if line.startswith("apt-get install"))
    assert install.endswith(" python3-venv")
    assert "--no-install-recommends" in install


def test_without_ensurepip_others_are_told_what_to_run(
    dev: ModuleType,
    tools: Tools,
    debian: None,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    tools.answers["import ensurepip"] = ("", 1)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    assert dev.main(["test"]) == 1
    assert one_line(capfd).endswith("run: sudo apt-get update && sudo apt-get install -y python3-venv")
    assert tools.count("apt-get") == 0


def test_where_there_is_no_apt_the_sentence_says_what_is_missing(
    dev: ModuleType, tools: Tools, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tools.answers["import ensurepip"] = ("", 1)
    monkeypatch.setattr(dev, "is_debian", lambda: False)
    assert dev.main(["run"]) == 1
    assert "no ensurepip" in one_line(capfd)


def test_packages_that_cannot_be_had_are_one_sentence(
    dev: ModuleType, tools: Tools, debian: None, capfd: pytest.CaptureFixture[str]
) -> None:
    tools.answers["import ensurepip"] = ("", 1)
    tools.answers["apt-get update"] = ("W: Temporary failure resolving 'deb.example'", 0)
    tools.answers["apt-get install"] = ("E: Unable to locate package python3-venv", 100)
    assert dev.main(["run"]) == 1
    assert "there is no connection" in one_line(capfd)
    assert not (dev.VENV / dev.STAMP).exists()


def test_qt_is_provided_for_where_a_window_may_open(dev: ModuleType, checkout: Path) -> None:
    def needed(command: str, *arguments: str, display: str = "") -> list[str]:
        found = dev.occasions(command, arguments, checkout, {"DISPLAY": display})
        assert found[0] == "environment"
        return found[1:]

    assert needed("run", display=":0") == needed("test") == []
    (checkout / "jasic_desktop" / "ui").mkdir()
    assert needed("run") == needed("run", "--open", "yue-xin") == needed("run", "self-test") == ["window"]
    assert needed("run", display=":0") == ["window", "display"]
    assert needed("test") == needed("test", "tests/core") == ["window", "display", "tests"]
    assert needed("run", "search", "岳昕", display=":0") == needed("run", "--version") == []
    assert {package.needed_for for package in dev.SYSTEM_PACKAGES} == {"window", "display", "tests"}


def test_system_packages_are_seen_to_once_for_each_occasion(dev: ModuleType, tools: Tools, debian: None) -> None:
    dev.environment(["environment"])
    dev.environment(["environment", "window"])
    assert tools.count("apt-get install") == 1
    for needed in (["environment", "window"], ["environment"], ["environment", "window"]):
        dev.environment(needed)
    assert tools.count("apt-get install") == tools.count("-m venv") == 1


def test_of_the_window_s_packages_the_missing_ones_are_installed(dev: ModuleType, tools: Tools, debian: None) -> None:
    window = [package.name for package in dev.SYSTEM_PACKAGES if package.needed_for == "window"]
    answer = "".join(f"installed {name}\n" for name in window[1:]) + f"not-installed {window[0]}\n"
    tools.answers["dpkg-query"] = (answer, 1)
    dev.environment(["environment", "window"])
    (install,) = (line for line in tools.asked if line.startswith("apt-get install"))
    assert install.endswith(f"DPkg::Lock::Timeout=120 {window[0]}")


# ---------------------------------------------------------------------------------------------------- the two commands


@pytest.fixture
def ready(root: Path, dev: ModuleType, checkout: Path) -> list[str]:
    """The checkout with an environment that is already there; how to start its dev.py."""
    script = checkout / "packaging" / "dev.py"
    script.parent.mkdir()
    shutil.copy(root / "packaging" / "dev.py", script)
    (dev.VENV / "bin").mkdir(parents=True)
    (dev.VENV / "bin" / "python").symlink_to(sys.executable)
    (dev.VENV / dev.MARK).touch()
    (dev.VENV / dev.STAMP).write_text(dev.fingerprint())
    (dev.VENV / dev.SERVED).write_text("environment")
    return [sys.executable, str(script)]


@posix_only
def test_run_hands_everything_to_the_program(ready: list[str], tmp_path: Path) -> None:
    words = ["search", "岳昕", "--json", "--", "four"]
    done = subprocess.run([*ready, "run", "--", *words], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert json.loads(done.stdout) == [words, str(tmp_path)]
    assert (done.returncode, done.stderr) == (4, "")


@posix_only
def test_run_alone_shows_the_main_work_where_there_is_no_display(ready: list[str], dev: ModuleType) -> None:
    done = subprocess.run([*ready, "run"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    shown = [json.loads(line)[0] for line in done.stdout.splitlines() if line.startswith("[")]
    assert shown == [list(words) for words in dev.DEMONSTRATION]
    assert {"岳昕", "yuexin", "ACFTU"} <= {word for words in shown for word in words}


@posix_only
def test_run_alone_draws_the_window_where_there_is_no_display(ready: list[str], dev: ModuleType) -> None:
    (dev.ROOT / "jasic_desktop" / "cli").mkdir()
    (dev.ROOT / "jasic_desktop" / "cli" / "window.py").touch()
    picture = dev.ROOT / "build" / "window.png"
    picture.parent.mkdir()
    picture.write_text("an old picture")
    done = subprocess.run([*ready, "run"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    shown = [json.loads(line)[0] for line in done.stdout.splitlines() if line.startswith("[")]
    assert shown == [
        *map(list, dev.DEMONSTRATION),
        ["--open", "mi-jiuping", "--size", "1440x900", "--screenshot", str(picture)],
    ]
    assert str(picture) in done.stdout.splitlines()[-1]
    assert not picture.exists()


@posix_only
def test_run_alone_opens_the_window_where_there_is_a_display(ready: list[str], dev: ModuleType) -> None:
    (dev.ROOT / "jasic_desktop" / "cli").mkdir()
    (dev.ROOT / "jasic_desktop" / "cli" / "window.py").touch()
    variables = {**os.environ, "DISPLAY": ":99"}
    done = subprocess.run([*ready, "run"], capture_output=True, encoding="utf-8", env=variables)
    assert [json.loads(line)[0] for line in done.stdout.splitlines()] == [[]]


def test_a_display_is_x_or_wayland_and_elsewhere_always_there(dev: ModuleType) -> None:
    assert not dev.has_display({"DISPLAY": ""}, "linux")
    assert dev.has_display({"DISPLAY": ":0"}, "linux")
    assert dev.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert dev.has_display({}, "win32")


@posix_only
def test_a_file_beside_the_person_is_not_imported(ready: list[str], tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a stranger was imported')")
    done = subprocess.run([*ready, "run", "--", "x"], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert json.loads(done.stdout)[0] == ["x"]


def test_the_persons_own_python_is_kept_out(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    variables = dev.child_variables()
    assert variables["PYTHONPATH"] == str(dev.ROOT)
    assert "PYTHONHOME" not in variables


def summary(lines: tuple[int, int], branches: tuple[int, int]) -> dict[str, dict[str, int]]:
    keys = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    return {"summary": dict(zip(keys, (*lines, *branches), strict=True))}


def test_each_gated_package_is_held_by_lines_and_by_branches(dev: ModuleType) -> None:
    files = {f"jasic_desktop/{package}/a.py": summary((90, 100), (90, 100)) for package in dev.GATED_PACKAGES}
    files["jasic_desktop/ui/a.py"] = summary((0, 100), (0, 10))
    files["jasic_desktop/__main__.py"] = summary((0, 1), (0, 0))
    table, low = dev.coverage_table({"files": files})
    assert low == []
    assert "core" in table
    files["jasic_desktop\\core\\b.py"] = summary((99, 100), (0, 1))
    files["jasic_desktop/packs/b.py"] = summary((0, 1), (99, 99))
    table, low = dev.coverage_table({"files": files})
    assert low == ["core", "packs"]
    assert table.count("below 90 %") == 2


def test_a_gated_package_that_was_not_measured_is_low(dev: ModuleType) -> None:
    assert dev.coverage_table({"files": {}})[1] == list(dev.GATED_PACKAGES)


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ('tests="7" failures="0" errors="0" skipped="0"', "7 passed, 0 failed"),
        ('tests="7" failures="1" errors="1" skipped="2"', "3 passed, 2 failed, 2 skipped"),
    ],
)
def test_the_last_line_counts_the_tests(dev: ModuleType, counts: str, line: str) -> None:
    assert dev.closing_line(f"<testsuites><testsuite {counts}></testsuite></testsuites>") == line


@pytest.mark.parametrize(
    ("fails", "code", "failed"),
    [("", 0, ""), ("ruff check", 1, "ruff check"), ("mypy", 1, "mypy"), ("pytest", 2, "pytest")],
)
def test_one_failed_check_fails_the_whole(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    fails: str,
    code: int,
    failed: str,
) -> None:
    files = {f"jasic_desktop/{package}/a.py": summary((1, 1), (1, 1)) for package in dev.GATED_PACKAGES}

    def module(python: Path, *words: str, **variables: str) -> int:
        paths = dict(
            word.split(":" if word.startswith("--cov-report=json") else "=", 1) for word in words if "json" in word
        )
        for option, path in paths.items():
            assert option == "--cov-report=json"
            Path(path).write_text(json.dumps({"files": files}))
        for word in words:
            if word.startswith("--junitxml="):
                Path(word.removeprefix("--junitxml=")).write_text('<testsuite tests="3" failures="1"/>')
        return code if fails and " ".join(words).startswith(fails) else 0

    monkeypatch.setattr(dev, "module", module)
    other = f"raise SystemExit({code if fails == 'mypy' else 0})"
    monkeypatch.setattr(dev, "in_environment", lambda _python, *words: [sys.executable, "-c", other, *words])
    assert dev.test(Path("python"), []) == code
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == "2 passed, 1 failed"
    assert (f"Failed: {failed}" in lines) == bool(failed)


def test_test_with_arguments_is_pytest_alone(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "module", lambda python, *words, **variables: asked.append(words) or 5)
    assert dev.test(Path("python"), ["tests/core", "-x"]) == 5
    assert asked == [("pytest", "tests/core", "-x")]
