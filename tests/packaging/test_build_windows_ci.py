"""The workflow that builds on clean machines: what it runs exists, each action is pinned, and it may only read."""

import re
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


def test_each_installer_is_installed_and_tests_itself_on_a_machine_that_did_not_build_it(text: str) -> None:
    jobs = yaml.safe_load(text)["jobs"]
    assert {"linux", "windows"} <= {name for name, job in jobs.items() if job.get("needs") == "build"}
    for name in ("linux", "windows", "suite"):
        said = "\n".join(step.get("run", "") for step in jobs[name]["steps"])
        assert "self-test" in said, name
    assert {str(image).partition("-")[0] for image in jobs["suite"]["strategy"]["matrix"]["image"]} == {
        "ubuntu",
        "windows",
        "macos",
    }
    built = "\n".join(step.get("run", "") for step in jobs["build"]["steps"])
    assert "packaging/build.py all" in built
    assert all(tool in built for tool in ("gcc-mingw-w64-x86-64", "nsis", "libpython3.11", "binutils"))
