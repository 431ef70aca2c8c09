"""Where a heading may be broken, and what of it is not shown."""

from __future__ import annotations

import pytest

from digest_lib.publishing import dom
from digest_lib.site.headings import break_headings, clauses, parts_of


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("黃仁勳、馬斯克力挺開放生態", "黃仁勳、馬斯克|力挺|開放|生態"),
        ("阿里巴巴發表 2.4 兆參數 Qwen3.8", "阿里巴巴|發表 (2.4 兆)|參數 Qwen3.8"),
        ("📰 今日新聞焦點", "<📰 >今日|新聞|焦點"),
        ("誰是 GPT-5.6 Sol？", "誰|是 (GPT-5.6) Sol？"),
        ("最多 50 億美元入股", "最多 (50 億美元)|入股"),
        ("7 月 24 日的 Qwen3 模型", "(7 月) (24 日的) Qwen3 模型"),
        ("Gemini 只透過 CodeMender 試用", "Gemini 只透過 CodeMender 試用"),
        ("Introducing a model", "Introducing a model"),
        ("模型的價格", "模型的|價格"),
        ("整理 Qwen 的圖像模型", "整理 (Qwen 的)|圖像|模型"),
        ("導入 Claude 的人，可以考", "導入 (Claude 的)人，可以考"),
        ("由 Qwen-Audio-3.0-Realtime 驅動", "(由 Qwen-Audio-3.0-Realtime) 驅動"),
        ("出錯，專家：關鍵在人", "出錯，專家：關鍵|在人"),
        ("", ""),
    ],
)
def test_the_parts_of_a_heading(heading: str, shown: str) -> None:
    marks = {"text": "{}", "wbr": "|", "name": "({})", "picture": "<{}>"}
    assert "".join(marks[kind].format(part) for kind, part in parts_of(heading)) == shown


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("隔離環境設定出錯，專家：關鍵在人", ["[隔離環境設定出錯，]", "[專家：關鍵在人]"]),
        ("黃仁勳：「我們挺開放！」，馬斯克也是", ["[黃仁勳：「我們挺開放！」，]", "[馬斯克也是]"]),
        ("拆圖層與畫小字：整理 Qwen 的圖像模型", ["[拆圖層與畫小字：]", "[整理 Qwen 的圖像模型]"]),
        ("阿里巴巴發表 2.4 兆參數的 Qwen3.8，自稱僅次於 Fable 5",
         ["[[阿里巴巴發表 2.4 兆參數的 Qwen3.8，]]", "[自稱僅次於 Fable 5]"]),
        ("執行長在臺北公開向所有開發者親自說明並澄清，從未主張禁止",
         ["執行長在臺北公開向所有開發者親自說明並澄清，", "[從未主張禁止]"]),
        ("新模型上線", ["新模型上線"]),
        ("，，", ["，，"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_a_clause_is_kept_together_where_it_is_short_enough(headline: str, shown: list[str]) -> None:
    marks = {"": "{}", "clause": "[{}]", "long clause": "[[{}]]"}
    assert [marks[kept].format(clause) for clause, kept in clauses(headline)] == shown


def test_clauses_of_one_text_are_elements_and_those_of_several_are_not() -> None:
    one, two = "<h2><a>甲方上線了，乙方也上線了</a></h2>", "<h2>甲方<b>上線了，乙方</b>也上線了</h2>"
    more = "<nav class=contents><a>甲方，乙方</a></nav><b class=finding>丙方，丁方</b>"
    tree = dom.page(f"<html><body><main>{one}{two}{more}</main></body></html>")
    break_headings(tree)
    assert [node.text() for node in tree.css(".clause")] == ["甲方上線了，", "乙方也上線了", "丙方，", "丁方"]
    once = dom.written(tree)
    break_headings(tree)
    assert dom.written(tree) == once


def test_a_heading_stays_text_whatever_it_spells() -> None:
    attack = "今日新聞&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b a-1"
    second = '<h2><a href="x">今日<b>新聞焦點</b></a></h2>'
    tree = dom.page(f"<html><body><main><h1>{attack}</h1>{second}</main></body></html>")
    words = [node.text() for node in tree.css("main > *")]
    break_headings(tree)
    once = dom.written(tree)
    assert [node.text() for node in dom.page(once).css("main > *")] == words
    assert not dom.page(once).css("script") and len(tree.css("wbr")) == 2
    break_headings(tree)
    assert dom.written(tree) == once
