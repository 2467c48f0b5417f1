"""Citations on the command line: in each style and form, and identifiers that lead back."""

import pytest

from jasic_desktop.app.commands import command_line
from jasic_desktop.cli import cite
from jasic_desktop.cli.parser import Words, _Parser
from jasic_desktop.export.citation_styles import FORMS, STYLES
from tests.e2e.conftest import Run

EVENT = "2018-07-27-mass-arrest"


def test_the_command_offers_the_styles_there_are() -> None:
    parser = _Parser()
    cite.add(parser, Words("en"))
    offered = {action.dest: action.choices for action in parser._actions}
    assert offered["style"] == STYLES
    assert tuple(offered["form"]) == FORMS
    assert any(command.id == "cite" for command in command_line())


@pytest.mark.parametrize("style", STYLES)
def test_each_style_carries_an_identifier_that_opens_the_record(run: Run, style: str) -> None:
    cited = run("cite", EVENT, "--style", style)
    assert cited.code == 0
    identifier = next(word.strip(".,;()") for word in cited.out.split() if word.startswith("jasic:event/"))
    opened = run("show", identifier, "--json")
    assert opened.document["id"] == EVENT
    assert opened.err == ""
    found = run("search", identifier, "--json").document["hits"]
    assert found[0]["id"] == EVENT
    assert found[0]["matched"] == ["id"]


def test_a_statement_a_passage_and_the_archive(run: Run) -> None:
    said = run("cite", f"{EVENT}#s1", "archive", "--style", "chicago", "--form", "note", "--json").document["citations"]
    assert [entry["identifier"] for entry in said] == [f"jasic:event/{EVENT}@1.0#s1", "jasic@1.0"]
    assert ", statement s1. jasic:event/" in said[0]["text"]
    words = said[0]["text"].split("“")[1].split()[0]
    quoted = run("cite", EVENT, "--quote", words, "--style", "mla", "--format", "html")
    assert quoted.out.startswith(f'<p lang="en">“{words}” ')
    assert "<em>" in quoted.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("cite", EVENT, "--quote", "words that nobody wrote"), 4),
        (("cite", EVENT, "yue-xin", "--quote", "x"), 2),
        (("cite", "archive", "--format", "ris"), 2),
        (("cite", f"{EVENT}#s999"), 4),
        (("show", "jasic:event/long-gone@0.1"), 4),
        (("show", f"other:event/{EVENT}@1.0"), 4),
        (("search", f"other:event/{EVENT}@1.0"), 4),
        (("search", "jasic:event/long-gone@9.0"), 4),
    ],
)
def test_what_cannot_be_cited_or_found_is_told_in_one_sentence(run: Run, words: tuple[str, ...], code: int) -> None:
    said = run(*words)
    assert said.code == code
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_an_identifier_of_a_later_version_opens_with_a_word_of_warning(run: Run) -> None:
    said = run("show", f"jasic:event/{EVENT}@99.0")
    assert said.code == 0
    assert "99.0" in said.err
