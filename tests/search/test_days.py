"""Days that a question names: as they are written in English, in Chinese and in figures."""

import pytest

from jasic_desktop.search.days import days_asked


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("27 July 2018", "2018-07-27"),
        ("arrested on July 27, 2018 in Pingshan", "2018-07-27"),
        ("27th jul. 2018", "2018-07-27"),
        ("NOVEMBER 2018", "2018-11"),
        ("2018年7月27日 抓捕", "2018-07-27"),
        ("2018 年 7 月", "2018-07"),
        ("2018-07-27", "2018-07-27"),
        ("２０１８年９月３日", "2018-09-03"),
        ("2018.7.27", "2018-07-27"),
    ],
)
def test_a_day_or_a_month_is_found(text: str, span: str) -> None:
    assert str(days_asked(text)) == span


@pytest.mark.parametrize(
    "text",
    ["2018", "2018年", "31 February 2018", "the 3rd", "may march", "12345-07-22", "2018-13", "", "July 2018x"],
)
def test_what_is_none_is_none(text: str) -> None:
    assert days_asked(text) is None
