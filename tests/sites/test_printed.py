"""Pages on paper: black on white whatever was chosen, signed with the site's name and the page's address."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from digest_lib.publishing import dom
from digest_lib.site.config import Config
from digest_lib.site.printed import sign_print

PLACED = Config("AI 模型日報", "每天一篇", "https://news.example/blog")
HERE = dataclasses.replace(PLACED, placed=False)
STYLE = (Path(__file__).parents[2] / "assets/site.css").read_text("utf-8")
PAGE = """<!DOCTYPE html><html lang="zh-TW"{theme}><head><style>{style}</style></head><body>
<header class="site"><button>深色</button></header><main><h1>標題</h1><p id="text">內文<sup class="cites"><a href="#s">[1]</a></sup>
<a id="inner" href="../x.html">站內</a><a class="onward" href="index.html">所有月份</a></p><details><summary>資料表</summary><p>表</p></details>
<ol class="sources"><li><a id="out" href="https://a.example/">來源</a> <a class="back" href="#x">↩</a></li></ol>
</main><footer class="site">頁尾</footer></body></html>"""  # noqa: E501


@pytest.mark.parametrize(
    ("config", "page", "line"),
    [
        (PLACED, "posts/x/index.html", "AI 模型日報　https://news.example/blog/posts/x/"),
        (PLACED, "404.html", "AI 模型日報"),
        (HERE, "posts/x/index.html", "AI 模型日報"),
    ],
)
def test_a_page_is_signed_once(config: Config, page: str, line: str) -> None:
    tree = dom.page("<html><body><main><p>x</p></main></body></html>")
    for _ in range(2):
        sign_print(tree, page, config)
        assert [node.text() for node in tree.css("p.printed")] == [line]
        tree = dom.page(dom.written(tree))


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["", ' data-theme="dark"', ' data-theme="light"'])
def test_print_is_black_on_white_without_what_leads_nowhere(chromium: Any, theme: str) -> None:
    page = chromium.new_page(color_scheme="dark")
    tree = dom.page(PAGE.format(style=STYLE, theme=theme))
    sign_print(tree, "posts/x/index.html", PLACED)
    page.set_content(dom.written(tree))
    assert not page.locator(".printed").is_visible()
    page.emulate_media(media="print")
    colours = "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    assert page.locator("#text").evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.locator("#text").evaluate("e => { e.style.color = 'var(--c1)' }")
    chart = page.locator("#text").evaluate("e => getComputedStyle(e).color")
    assert chart == "rgb(109, 62, 145)", "charts, too, have the colours for white"
    assert page.locator(".printed").is_visible()
    for hidden in ("header", "footer", ".onward", ".back", "details"):
        assert not page.locator(hidden).is_visible(), hidden
    after = "e => getComputedStyle(e, '::after').content"
    assert "a.example" not in page.locator("#inner").evaluate(after)
    assert page.locator("#inner").evaluate(after) in ("none", "normal")
    assert "https://a.example/" in page.locator("#out").evaluate(after)
    page.close()
