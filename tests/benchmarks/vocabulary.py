"""Words for made-up texts in English and Chinese: as skewed, as repetitive and as topical as words of real texts are.

English words are syllables put together, the shorter the more frequent, behind real function words; Chinese words are
one to four characters of GB 2312's first level. Both are drawn by Zipf's law, and each topic favours words of its own.
The same seed gives the same words, whatever the machine.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Final

_FUNCTION: Final = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one you were all her she there would their we him been has when who will no more if out so up said what "
    "its about than into them can only other time new some could these two may first then do any like my now over "
    "such our man me even most made after also did many off before must well back through years much where your way"
)
_ONSETS: Final = "b c d f g h j k l m n p r s t v w z br cr dr fl gr pl pr sh sl st th tr ch cl sp qu"
_VOWELS: Final = "a e i o u a e i o ea ou ai io ee"
_CODAS: Final = ("", "", "", "n", "r", "s", "l", "t", "m", "nd", "st", "ck", "rt", "ng")
_ENDINGS: Final = ("", "", "", "s", "ed", "ing", "er", "ly", "ion", "ment", "ness", "al", "ity", "able")
_FREQUENT: Final = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"

ENGLISH: Final = 50_000
CHINESE: Final = 20_000
"""How many words there are."""
_TOPICS: Final = 200
_OF_A_TOPIC: Final = 150
_FOLLOWERS: Final = 12


def english_words(random: Random) -> list[str]:
    """The English words, the most frequent first."""
    words = dict.fromkeys(_FUNCTION.split())
    onsets, vowels = _ONSETS.split(), _VOWELS.split()
    while len(words) < ENGLISH:
        syllables = 1 if len(words) < 900 else 2 if len(words) < 9000 else random.choice((2, 3, 3))
        word = "".join(random.choice(onsets) + random.choice(vowels) + random.choice(_CODAS) for _ in range(syllables))
        words.setdefault(word + (random.choice(_ENDINGS) if len(words) > 400 else ""))
    return list(words)


def chinese_characters(random: Random) -> list[str]:
    """The characters of GB 2312's first level, the most frequent first."""
    codes = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    level = [code.decode("gb2312") for code in codes if code < b"\xd7\xfa"]
    random.shuffle(level)
    return list(dict.fromkeys([*_FREQUENT, *level]))


def chinese_words(random: Random, characters: list[str]) -> list[str]:
    """The Chinese words, the most frequent first: single characters, then words of two to four."""
    words = dict.fromkeys(characters[:150])
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(characters))))
    while len(words) < CHINESE:
        length = random.choices((2, 3, 4), (78, 12, 10))[0]
        words.setdefault("".join(random.choices(characters, cum_weights=weights, k=length)))
    return list(words)


class Topic:
    """Words that texts on one matter favour, the most favoured first."""

    def __init__(self, random: Random, vocabulary: Vocabulary) -> None:
        self.english = [vocabulary.english[int(300 * 166 ** random.random())] for _ in range(_OF_A_TOPIC)]
        self.chinese = [vocabulary.chinese[int(100 * 199 ** random.random())] for _ in range(_OF_A_TOPIC)]


class Vocabulary:
    """The words of one seed, and texts made of them. A text is a list of sentences with their stops."""

    def __init__(self, seed: int) -> None:
        random = Random(f"vocabulary-{seed}")
        self.english = english_words(random)
        self.characters = chinese_characters(random)
        self.chinese = chinese_words(random, self.characters)
        self._english = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(ENGLISH)))
        self._chinese = list(accumulate(1 / (rank + 5) ** 0.95 for rank in range(CHINESE)))
        # Real texts repeat their pairs of words: each word has a few that like to follow it.
        self._next = [random.choices(range(CHINESE), cum_weights=self._chinese, k=_FOLLOWERS) for _ in range(CHINESE)]
        self._favoured = list(accumulate(1 / (rank + 3) for rank in range(_OF_A_TOPIC)))
        self.topics = [Topic(random, self) for _ in range(_TOPICS)]

    def english_text(self, random: Random, length: int, topic: Topic) -> list[str]:
        """`length` English words in sentences."""
        words = random.choices(self.english, cum_weights=self._english, k=length)
        self._favour(random, words, topic.english)
        sentences: list[str] = []
        while words:
            size = random.randint(6, 24)
            sentence, words = words[:size], words[size:]
            if len(sentence) > 14:
                sentence[6] += ","
            sentences.append(" ".join([sentence[0].capitalize(), *sentence[1:]]) + ".")
        return sentences

    def chinese_text(self, random: Random, length: int, topic: Topic) -> list[str]:
        """`length` Chinese words in sentences."""
        drawn = random.choices(range(CHINESE), cum_weights=self._chinese, k=length)
        words: list[str] = []
        word = drawn[0] if drawn else 0
        for other in drawn:
            chance = random.random()
            word = self._next[word][int(chance * chance * 2 * _FOLLOWERS)] if chance < 0.7 else other
            words.append(self.chinese[word])
        self._favour(random, words, topic.chinese)
        sentences: list[str] = []
        while words:
            size = random.randint(5, 18)
            sentence, words = words[:size], words[size:]
            if len(sentence) > 10:
                sentence[5] += "，"
            sentences.append("".join(sentence) + "。")
        return sentences

    def favoured(self, random: Random, words: list[str], least: int, most: int) -> list[str]:
        """A few words of a topic, such as titles are made of."""
        return random.choices(words, cum_weights=self._favoured, k=random.randint(least, most))

    def _favour(self, random: Random, words: list[str], topic: list[str]) -> None:
        """Put words of a topic in a fifth of the places."""
        count = len(words) // 5
        chosen = random.choices(topic, cum_weights=self._favoured, k=count)
        for place, word in zip(random.sample(range(len(words)), count), chosen, strict=True):
            words[place] = word
