"""A list of words finds the same before it was read ahead as after, from any place in it."""

from bisect import bisect_left
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.search.arrays import ArrayFile, write_arrays
from jasic_desktop.search.mapped import BLOCK
from jasic_desktop.search.wordlist import WordList, packed_words

WORDS = sorted({f"{letter}{at * at}{end}" for letter in "aelz岳" for at in range(200) for end in ("", "工")})


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "words"
    write_arrays(path, {f"field.{name}": values for name, values in packed_words(WORDS).items()}, {})
    return path


@pytest.fixture(scope="module")
def ready(path: Path) -> WordList:
    words = WordList(ArrayFile(path), "field")
    words.prepare()
    return words


@given(st.one_of(st.sampled_from(WORDS), st.text("aelz岳工0123459", max_size=5)))
def test_a_word_is_found_where_it_stands(path: Path, ready: WordList, word: str) -> None:
    place = bisect_left(WORDS, word)
    there = place < len(WORDS) and WORDS[place] == word
    begun = sum(other.startswith(word) for other in WORDS)
    for words in (WordList(ArrayFile(path), "field"), ready):
        assert words.lower(word.encode()) == place
        assert words.find(word.encode()) == (place if there else -1)
        assert words.range(word.encode()) == (place, place + begun)


def test_a_list_that_is_searched_often_is_read_ahead(path: Path) -> None:
    words = WordList(ArrayFile(path), "field")
    assert [words.find(word.encode()) for word in WORDS] == list(range(len(WORDS)))
    assert words.texts(range(len(WORDS))) == WORDS


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 9), (700, 760), (0, len(WORDS))])
def test_few_words_and_many_are_as_long_as_they_are(ready: WordList, first: int, last: int) -> None:
    assert ready.sizes(first, last).tolist() == list(map(len, WORDS[first:last]))


def test_words_are_compared_before_they_are_given_out_and_no_others_are(tmp_path: Path) -> None:
    path = tmp_path / "words"
    many = [f"{number:08}" for number in range(3 * BLOCK // 8)]
    write_arrays(path, {f"field.{name}": values for name, values in packed_words(many).items()}, {})
    words = WordList(ArrayFile(path), "field")
    one = len(many) // 2
    word = many[one].encode()
    data = bytearray(path.read_bytes())
    data[data.index(word)] ^= 1
    path.write_bytes(data)
    assert words.text(len(many) - 1) == many[-1]
    for asked in (lambda: words.text(one), lambda: words.sizes(0, one + 1), lambda: words.find(word), words.prepare):
        with pytest.raises(DamagedFault):
            asked()
