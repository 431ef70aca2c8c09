"""One spelling for a word and one name for a person, but in quotations."""

from __future__ import annotations

import pytest

from digest_lib.text.one_spelling import in_one_name, in_one_spelling


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("AMD 周三宣布，上周五、下周與 3 周後", "AMD 週三宣布，上週五、下週與 3 週後"),
        ("兩周內、每周日與周末", "兩週內、每週日與週末"),
        # Another word, or a name.
        ("周圍、周邊與十周年", "周圍、周邊與十周年"),
        ("周杰倫在四周看了一圈", "周杰倫在四周看了一圈"),
        ("360 周鴻禕宣布，本周鴻禕與上周杰倫", "360 周鴻禕宣布，本周鴻禕與上周杰倫"),
        ("周六福上市，周一鳴表示", "周六福上市，周一鳴表示"),
        ("密會游說，上游廠商", "密會遊說，上游廠商"),
        ("宣佈佈局，公佈並佈署", "宣布布局，公布並部署"),
        ("臺灣的平臺", "台灣的平台"),
        ("身份與部份", "身分與部分"),
        # What is quoted, and what a work is called, are somebody else's.
        ("他說「周三宣佈」，《臺灣周報》周四報導", "他說「周三宣佈」，《臺灣周報》週四報導"),
    ],
)
def test_a_word_has_one_spelling(text: str, said: str) -> None:
    assert in_one_spelling(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("OpenAI 執行長 Sam Altman 表示", "OpenAI 執行長奧特曼表示"),
        ("Altman 與阿特曼", "奧特曼與奧特曼"),
        ("執行長薩姆·奧爾特曼指出", "執行長奧特曼指出"),
        ("執行長 Dario Amodei、Jensen Huang 同台", "執行長阿莫迪、黃仁勳同台"),
        ("Nadella 喊「Altman 該換掉」", "納德拉喊「Altman 該換掉」"),
        ("OpenAI CEO Altman 說", "OpenAI CEO 奧特曼說"),
        # Another one's name, a body's, a handle, a word.
        ("Sam Altman 的弟弟 Jack Altman", "奧特曼的弟弟 Jack Altman"),
        ("Daniela Amodei 與 Dario Amodei", "Daniela Amodei 與阿莫迪"),
        ("Donald Trump Jr. 與 Trump Mobile", "Donald Trump Jr. 與 Trump Mobile"),
        ("Bezos Earth Fund、Chan Zuckerberg Initiative", "Bezos Earth Fund、Chan Zuckerberg Initiative"),
        ("@Altman 帳號與 Elon Musk's xAI", "@Altman 帳號與 Elon Musk's xAI"),
        ("創辦人伊爾亞·波洛蘇欣與一款劈柴機器人", "創辦人伊爾亞·波洛蘇欣與一款劈柴機器人"),
        # The same name in letters beside it, or behind it in brackets.
        ("奧特曼 Sam Altman 說", "奧特曼說"),
        ("奧特曼（Sam Altman）說", "奧特曼（Sam Altman）說"),
        # No person, or nobody that the glossary knows.
        ("NVIDIA 與 Larry Page", "NVIDIA 與 Larry Page"),
    ],
)
def test_a_person_has_one_name(text: str, said: str) -> None:
    assert in_one_name(text) == said
