"""The workflow that builds on clean machines: what it runs exists, each action is pinned, and it may only read."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")


def test_every_action_is_pinned_to_a_commit_with_its_version_beside(text: str) -> None:
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert [line for line in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_it_may_only_read_and_leaves_no_credentials(text: str) -> None:
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    checkouts = [step for step in steps if "actions/checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert "secrets." not in text


@pytest.mark.skipif(
    shutil.which("zizmor", path=Path(sys.executable).parent) is None, reason="zizmor is not in this environment"
)
def test_a_reader_of_workflows_finds_nothing_wrong(root: Path) -> None:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", str(root / ".github")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_installer_is_installed_and_tests_itself_on_a_machine_that_did_not_build_it(text: str) -> None:
    jobs = yaml.safe_load(text)["jobs"]
    builders = {"linux": "build", "appimage": "build", "flatpak": "build", "windows": "build", "mac": "macos"}
    assert {name: jobs[name]["needs"] for name in builders} == builders
    for name in (*builders, "suite"):
        said = "\n".join(step.get("run", "") for step in jobs[name]["steps"])
        assert "self-test" in said, name
    for name in builders.keys() - {"windows"}:
        said = "\n".join(step.get("run", "") for step in jobs[name]["steps"])
        assert re.search(r"(sha256sum|shasum -a 256) --check SHA256SUMS", said), name
    assert {str(image).partition("-")[0] for image in jobs["suite"]["strategy"]["matrix"]["image"]} == {
        "ubuntu",
        "windows",
        "macos",
    }


def test_what_is_uploaded_has_its_sums_and_its_bill_of_materials_beside(text: str) -> None:
    jobs = yaml.safe_load(text)["jobs"]
    for name, command in (("build", "packaging/build.py all"), ("macos", "packaging/build.py macos --data linux")):
        steps = jobs[name]["steps"]
        assert command in "\n".join(step.get("run", "") for step in steps)
        (uploaded,) = [step["with"] for step in steps if "upload-artifact" in step.get("uses", "")]
        assert (uploaded["path"], uploaded["if-no-files-found"]) == ("dist/*", "error")


def test_the_mac_is_given_what_was_built_on_linux_and_both_kinds_are_tried(text: str) -> None:
    jobs = yaml.safe_load(text)["jobs"]
    machines = {entry["machine"] for entry in jobs["macos"]["strategy"]["matrix"]["include"]}
    assert machines == {entry["machine"] for entry in jobs["mac"]["strategy"]["matrix"]["include"]}
    assert machines == {"arm64", "x86_64"}


def test_the_tools_of_the_build_are_installed_first(text: str) -> None:
    jobs = yaml.safe_load(text)["jobs"]
    for name in ("build", "again"):
        first = jobs[name]["steps"][0]["run"]
        for tool in ("gcc-mingw-w64-x86-64", "nsis", "libpython3.11", "binutils", "squashfs-tools", "flatpak"):
            assert tool in first, (name, tool)


def test_the_scripts_of_the_steps_are_shell(text: str) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    jobs = yaml.safe_load(text)["jobs"]
    for name, job in jobs.items():
        if name == "windows":
            continue
        for step in job["steps"]:
            script = re.sub(r"\$\{\{.*?\}\}", "x", step.get("run", ""))
            done = subprocess.run(["bash", "-n"], input=script, capture_output=True, encoding="utf-8")
            assert done.returncode == 0, (name, done.stderr)
