"""YAML read so that every scalar is a string, and nothing in it can surprise."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.packs.yaml_text import YamlFault, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2018-07-27", {"a": "2018-07-27"}),
        ("a: no\nb: 0x1F\nc: 1e3\nd: ~\ne: null", {"a": "no", "b": "0x1F", "c": "1e3", "d": "~", "e": "null"}),
        ("a:\nb: ''", {"a": "", "b": ""}),
        ("a: [1, yes, {b: 2.0}]", {"a": ["1", "yes", {"b": "2.0"}]}),
        ("<<: {a: 1}", {"<<": {"a": "1"}}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("# only a remark\n", {}),
        ("", {}),
        ("plain", "plain"),
    ],
)
def test_every_scalar_is_a_string(text: str, value: object) -> None:
    assert read_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3", "yaml_repeated", 3),
        ("a: {b: 1, b: 2}", "yaml_repeated", 1),
        ("a: &x 1\nb: *x", "yaml_alias", 1),
        ("b: *x", "yaml_alias", 1),
        ("a: !!python/object/apply:os.system ['true']", "yaml_tag", 1),
        ("a: !x 1", "yaml_tag", 1),
        ("\n? [1, 2]\n: 3", "yaml_key", 2),
        ("a: 1\n---\nb: 2", "yaml_documents", 2),
        ("a: [1", "yaml", 2),
        ("a: 'x\n", "yaml", 2),
        ("\ta: 1", "yaml", 1),
        ("a: \x07", "yaml", 5),
        ("[" * 40 + "]" * 40, "yaml_size", 1),
        ("[" + "1," * 60_000 + "]", "yaml_size", 1),
    ],
)
def test_a_fault_has_its_code_and_line(text: str, code: str, line: int) -> None:
    with pytest.raises(YamlFault) as caught:
        read_yaml(text, 5 if "\x07" in text else 1)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_ten_thousand_brackets_are_refused_without_a_crash() -> None:
    with pytest.raises(YamlFault):
        read_yaml("[" * 10_000)


SCALARS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SCALARS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(SCALARS, TREES, min_size=1))
def test_what_is_written_is_read(tree: dict[str, object]) -> None:
    # Depth is limited far above what a record needs; the strategy stays below it.
    assert read_yaml(yaml.safe_dump(tree, allow_unicode=True)) == tree


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_yaml(text)
    except YamlFault as fault:
        assert fault.code.startswith("yaml")
