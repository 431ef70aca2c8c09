"""Scripts: language by script, Simplified found in Traditional text, conversion that does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.text.scripts import fold, language_of, simplified_in, to_simplified, to_traditional


@pytest.mark.parametrize(("text", "language"), [
    ("阿里巴巴發布新模型", "zh-Hant"),
    ("阿里巴巴发布新模型", "zh-Hans"),
    ("百度收入增加", "zh-Hant"),
    ("OpenAI 推出 GPT-5.6 與 Codex", "zh-Hant"),
    ("日本政府、生成AI規制法案を提出へ", "ja"),
    ("エヌビディア", "ja"),
    ("台灣の小吃與咖啡開賣", "zh-Hant"),
    ("엔비디아, 새 GPU 공개", "ko"),
    ("Qwen (通義千問) is a family of open models by Alibaba that anyone can run", "en"),
    ("Mistral lève 1,7 milliard d'euros", "en"),
    ("2026 🚀 !!!", "und"),
    ("", "und"),
])  # fmt: skip
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("text", "found"), [
    ("工作流程。与此同时，Qwen 持續擴散", ["与", "时"]),
    ("苹果公司推出手機", ["苹"]),
    ("這是什么", ["么"]),
    ("最后由后端處理", ["后"]),
    ("皇后在台灣里程碑表面製作", []),
    ("陳冲談穩定幣", []),
    ("中東冲突升高", ["冲"]),
    ("胜肽精準合成", []),
    ("球隊获胜", ["获", "胜"]),
    ("阿里云端服務", ["云"]),
    ("人云亦云", []),
    ("于美人主持", []),
    ("基于規則", ["于"]),
    ("公里面積與體制作為", []),
    ("生成AI規制法案を国会に提出", []),
    ("呼叫 `与此` 函式，見 https://例.example/与", []),
    ("plain English", []),
])  # fmt: skip
def test_simplified_characters_are_found_and_shared_ones_are_not(text: str, found: list[str]) -> None:
    assert simplified_in(text) == found


@pytest.mark.parametrize(("text", "converted"), [
    # only the flagged clause is touched: OpenCC makes 幹擾 of the first
    ("他們干擾台灣的系統。与此同时，市場擴大", "他們干擾台灣的系統。與此同時，市場擴大"),
    ("软件支持高分辨率，屏幕更大", "軟體支援高解析度，螢幕更大"),
    ("台湾宣布新规定", "台灣宣布新規定"),
    ("臺灣與台灣", "臺灣與台灣"),
    ("「与」字", "「與」字"),
    ("no Chinese here", "no Chinese here"),
    ("日本の国会", "日本の国会"),
    ("", ""),
])  # fmt: skip
def test_conversion_to_taiwan(text: str, converted: str) -> None:
    assert to_traditional(text) == converted
    assert simplified_in(converted) == []


@pytest.mark.parametrize(("one", "other"), [
    ("通義千問", "通义千问"),
    ("ＧＰＴ－５．６", "gpt-5.6"),
    ("臺灣裡面", "台湾里面"),
    ("看著", "看着"),
    ("Ａｐｐｌｅ：１，６００", "apple:1,600"),
])  # fmt: skip
def test_folding_makes_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_keeps_offsets_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(to_simplified(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_folding_parts_is_folding_the_whole(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(st.text(alphabet="软件与此同时，。「」支持 abc1台灣"))
def test_a_converted_text_holds_no_simplified(text: str) -> None:
    assert simplified_in(to_traditional(text)) == []
