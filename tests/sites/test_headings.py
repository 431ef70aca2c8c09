"""Where a heading may be broken, and what of it is not shown."""

from __future__ import annotations

import pytest

from digest_lib.publishing import dom
from digest_lib.site.headings import break_headings, parts_of


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
        ("", ""),
    ],
)
def test_the_parts_of_a_heading(heading: str, shown: str) -> None:
    marks = {"text": "{}", "wbr": "|", "name": "({})", "picture": "<{}>"}
    assert "".join(marks[kind].format(part) for kind, part in parts_of(heading)) == shown


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
