"""Every rule holds in this checkout, and every rule is seen to fail where it is broken."""

import shutil
from pathlib import Path

import pytest

from tests.architecture.planted import BAD, plant
from tests.architecture.rules import EXCEPTIONS, RULES, verdict
from tests.architecture.tree import Tree

QUICK = [name for name in RULES if name != "layers"]  # import-linter reads a tree in a process of its own


@pytest.fixture(scope="module")
def checkout(root: Path) -> Tree:
    return Tree(root)


@pytest.mark.parametrize("name", RULES)
def test_the_program_keeps_the_rule(checkout: Tree, name: str) -> None:
    assert verdict(checkout, name, EXCEPTIONS) == []


def test_a_good_tree_keeps_every_rule(tmp_path: Path) -> None:
    tree = Tree(plant(tmp_path))
    assert {name: verdict(tree, name, {}) for name in RULES} == {name: [] for name in RULES}


@pytest.mark.parametrize(("name", "bad"), [(name, bad) for name, all_bad in BAD.items() for bad in all_bad])
def test_a_planted_fault_breaks_its_rule_and_no_other(tmp_path: Path, name: str, bad: tuple[str, str]) -> None:
    tree = Tree(plant(tmp_path, bad))
    broken = {rule for rule in {*QUICK, name} if verdict(tree, rule, {})}
    assert broken == {name}


def test_other_faults_do_not_break_the_layers(tmp_path: Path) -> None:
    tree = Tree(plant(tmp_path, *(all_bad[0] for name, all_bad in BAD.items() if name != "layers")))
    assert verdict(tree, "layers", {}) == []


def test_every_rule_has_a_planted_fault() -> None:
    assert set(BAD) == set(RULES)


@pytest.mark.parametrize("missing", ["README.md", "archive"])
def test_a_missing_part_of_the_top_level_is_found(tmp_path: Path, missing: str) -> None:
    plant(tmp_path)
    path = tmp_path / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert verdict(Tree(tmp_path), "top_level_is_exact", {}) == [f"{missing}:0: is missing at the top level"]


def test_an_exception_excuses_one_module_under_one_rule(tmp_path: Path) -> None:
    tree = Tree(plant(tmp_path, ("app/work.py", "import threading\n"), ("app/more.py", "import threading\n")))
    wrong = verdict(tree, "threads_only_in_ui_tasks", {("threads_only_in_ui_tasks", "app.work"): "a reason"})
    assert wrong == ["app.more:2: imports threading"]


def test_an_exception_that_nothing_needs_fails(tmp_path: Path) -> None:
    exceptions = {("threads_only_in_ui_tasks", "app.work"): "a reason"}
    assert verdict(Tree(plant(tmp_path)), "threads_only_in_ui_tasks", exceptions) == [
        "the exception for app.work is not needed"
    ]


def test_every_exception_names_a_rule_and_a_reason() -> None:
    assert all(rule in RULES and len(reason.split()) > 3 for (rule, _), reason in EXCEPTIONS.items())
