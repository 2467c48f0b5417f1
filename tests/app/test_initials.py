"""The character that stands for a person who has no picture, in every script a name may come in."""

from pathlib import Path

import msgspec
import pytest

from jasic_desktop.app.profile import profile
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.records import Names
from tests.helpers.sample import ARCHIVE, MI
from tests.helpers.stores import forged_store

NAMES = {
    "米": Names("Mi Jiuping", zh_hans="米久平"),
    "𠮷": Names("Ji Ye", zh_hans="𠮷野"),
    "新": Names("New Generation", zh_hans="“新生代”"),
    "É": Names("élodie"),
    "Ж": Names("жанна"),
    "م": Names("محمد"),
    "न": Names("नमस्ते"),
    "가": Names("가나다"),
    "A": Names("(A) somebody"),
    "S": Names("ßen"),
    "": Names("42 –"),
}


@pytest.mark.parametrize("mark", NAMES)
def test_a_name_in_any_script_has_one_character_that_stands_for_it(mark: str, tmp_path: Path) -> None:
    person = msgspec.structs.replace(MI, names=NAMES[mark], links=(), affiliations=(), statements=(), accounts=())
    with forged_store(ARCHIVE, (person,), tmp_path) as store:
        assert {profile(store, person.id, language, {}).mark for language in LANGUAGES} == {mark}


def test_the_form_of_the_character_is_that_of_the_reader(tmp_path: Path) -> None:
    names = Names("Zhang San", zh_hans="张三", zh_hant="張三")
    person = msgspec.structs.replace(MI, names=names, links=(), affiliations=(), statements=(), accounts=())
    with forged_store(ARCHIVE, (person,), tmp_path) as store:
        marks = [profile(store, person.id, language, {}).mark for language in LANGUAGES]
    assert marks == ["张", "张", "張"]
