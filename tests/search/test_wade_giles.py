"""Names as Wade and Giles wrote them, with and without their signs."""

import pytest

from jasic_desktop.search.wade_giles import readings


@pytest.mark.parametrize(
    ("written", "pinyin"),
    [
        ("Yüeh Hsin", "yue xin"),
        ("Mao Tse-tung", "mao ze dong"),
        ("Hsi Chin-p’ing", "xi jin ping"),
        ("Teng Hsiao-p'ing", "deng xiao ping"),
        ("Kuo Mo-jo", "guo mo ruo"),
        ("Sung Mei-ling", "song mei ling"),
        ("Chu Te", "zhu de"),
        ("Ch'en K'o-hsin", "chen ke xin"),
        ("Liu Shao-ch'i", "liu shao qi"),
        ("Ssu-ma Ch'ien", "si ma qian"),
        ("Shen Meng-yü", "shen meng yu"),
        ("Ch'iu Chan-hsüan", "qiu zhan xuan"),
        ("Wei Chih-li", "wei zhi li"),
    ],
)
def test_a_name_reads_as_in_pinyin(written: str, pinyin: str) -> None:
    assert tuple(pinyin.split()) in set(readings(written.split()))


@pytest.mark.parametrize("text", ["", "the cat", "Hsin", "yue xin", "a" * 500, "hsin " * 9, "岳 昕"])
def test_what_is_no_name_of_theirs_has_no_reading(text: str) -> None:
    assert list(readings(text.split())) == []
