"""Chinese names by a segmenter and their looks."""

from __future__ import annotations

import pytest

from digest_lib.text.segmented_names import holds_a_name, named_words, segmented_names, stem


@pytest.mark.parametrize(("text", "names"), [
    ("今年 55 歲的林翠英說，工作很累。", [("person", "林翠英")]),
    ("約翰內斯堡的峰會在週二開幕。", [("person", "約翰內斯堡")]),
    ("鮑勃·迪倫獲獎。", [("person", "鮑勃·迪倫")]),
    ("萬利達科技今日掛牌。", [("organisation", "萬利達")]),
    ("北京市第一中級人民法院判決賠償。", [("organisation", "北京市第一中級人民法院")]),
    ("青海省的西寧。", [("place", "青海省")]),
    ("這份白皮書提到智慧科技的嚴重性。", []),
    ("公司公布財報。", []),
    ("張帥和詹詠然組成的雙打組合。", [("person", "張帥"), ("person", "詹詠然")]),
    ("攝影師李蓉將首次拍攝。", [("person", "李蓉")]),
    ("李蓉表示同意。", [("person", "李蓉")]),
    ("他把公告張貼在網站上，並陳述理由。", []),
    ("發言人奧菲爾·卡龍透露。", [("person", "菲爾·卡龍")]),
    ("韓國警方展開調查。", [("speaker", "韓國警方")]),
    ("他在天津、青島任職。", [("place", "天津"), ("place", "青島")]),
    ("北京警備區舉行表揚。", [("organisation", "北京警備區")]),
    ("中歐框架協議。", [("phrase", "中歐框架協議")]),
    ("中國市場成長。", []),
])  # fmt: skip
def test_names_that_no_office_or_glossary_marks(text: str, names: list[tuple[str, str]]) -> None:
    assert segmented_names(text) == names


@pytest.mark.parametrize(("text", "words"), [
    ("德國媒體報導，會議延期。", ["德國", "德國媒體"]),
    ("山脈日報報導，新模型開放權重。", ["山脈", "山脈日報"]),
    ("北京消息指出，會議延期。", ["北京"]),
])  # fmt: skip
def test_what_is_called_by_a_name_and_what_is_reported(text: str, words: list[str]) -> None:
    assert [said for _, said in named_words(text)] == words


@pytest.mark.parametrize(("place", "short"), [
    ("青海省", "青海"), ("廣西壯族自治區", "廣西壯族"), ("台北", "台北"), ("吳市", "吳市"),
])  # fmt: skip
def test_a_place_without_what_kind_it_is(place: str, short: str) -> None:
    assert stem(place) == short


@pytest.mark.parametrize(("said", "holds"), [
    ("內政部", True), ("宏翔集團", True), ("倫敦", True), ("大公司", False), ("卡關", False),
    ("物流地產", False),
])  # fmt: skip
def test_what_holds_a_name(said: str, holds: bool) -> None:
    assert holds_a_name(said) is holds


def test_half_a_character_does_no_harm() -> None:
    assert segmented_names("\ud83d 王小明表示同意") == segmented_names("? 王小明表示同意")
