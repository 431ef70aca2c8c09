"""What is found, by what: the index's terms and entries, and the page that searches in it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digest_lib.site.build import build_site
from digest_lib.site.preview import server
from digest_lib.site.search_entries import found_in
from digest_lib.site.search_index import parts_of, write_search_index
from digest_lib.site.search_postings import LARGEST, files_of, packed
from digest_lib.site.search_terms import plain, terms
from publishing.published_days import make_home
from publishing.sites import FAMILIES

TEXTS = [
    ("輝達的晶片", ["辉达", "达的", "的晶", "晶片"]),
    ("Qwen3.8 開放", ["qwen", "3.8", "开放"]),
    ("ＧＰＴ－５．６ Sol", ["gpt", "5.6", "sol"]),
    ("Agents, glass; David Vélez", ["agent", "glass", "david", "velez"]),
    ("サムスンと字", ["サム", "ムス", "スン", "ンと", "と字"]),
    ("圖 A", ["图", "a"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_terms_of_a_text(text: str, expected: list[str]) -> None:
    assert terms(text) == expected
    assert len(plain(text)) == len(text)


PAGE = """<!DOCTYPE html><html><body><main>
<header class="post-head" data-pagefind-body data-pagefind-filter="模型:Qwen"><h1>阿里發表新模型</h1>
<div class="summary"><p>摘要<sup data-pagefind-ignore>[1]</sup>。</p></div></header>
<section class="part part-stories" data-pagefind-body><h2 id="stories">今日新聞焦點</h2>
<article class="story"><h3 id="story-1">開放權重</h3><p class="badges" data-pagefind-ignore>2 篇報導</p>
<p><span>權重開放下載。</span><span class="sentence count">共有 2 篇報導。</span></p></article></section>
<section class="part part-analysis" data-pagefind-body><h2>分析</h2><p>競爭加劇。</p>
<details><summary>資料表</summary><table><tr><td>欄位</td></tr></table></details></section>
<section class="part part-sources"><ol><li id="source-1"><a href="http://a.example/">Weights are open</a>
<a class="back" href="#story-1">↩</a></li></ol></section>
<section class="part part-making"><h2>製作說明</h2><p>撤下：祕密句子。</p>
<ul class="chips"><li>DashScope</li></ul>
</section></main></body></html>"""


def test_a_post_and_its_stories_are_entries() -> None:
    found = found_in("2026-07-29-qwen", PAGE)
    assert found and (found.day, found.family, found.family_name) == ("2026-07-29", "qwen", "Qwen")
    shown = [(entry.anchor, entry.title, entry.text) for entry in found.entries]
    assert shown == [("", "阿里發表新模型", "摘要。"), ("story-1", "開放權重", "權重開放下載。")]
    post, story = (entry.impacts for entry in found.entries)
    assert {"竞争", "加剧", "dashscope", "qwen"} <= post.keys()
    assert {"weight", "下载", "qwen"} <= story.keys()
    assert story["开放"] > story["下载"]  # a headline counts more than a sentence
    for unsearched in ("秘密", "祕密", "今日", "制作", "篇报", "资料", "栏位"):
        assert unsearched not in post.keys() | story.keys()


@pytest.mark.parametrize(
    ("name", "page"),
    [("about", PAGE), ("2026-07-39-qwen", PAGE), ("2026-07-29-qwen", "<main><p>x</p></main>")],
)
def test_what_is_no_post_is_not_found(name: str, page: str) -> None:
    assert found_in(name, page) is None


def test_closed_months_are_a_part_of_their_own(tmp_path: Path) -> None:
    for name in ("2026-06-30-qwen", "2026-07-01-qwen", "2026-05-01-gpt"):
        page = tmp_path / "posts" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE, "utf-8")
    assert {
        part: len(own) for part, own in parts_of(path.name for path in (tmp_path / "posts").iterdir()).items()
    } == {"newest": 1, "closed": 2}
    write_search_index(tmp_path, [["Qwen", "千問"]])
    index = json.loads((tmp_path / "search-index/index.json").read_text("utf-8"))
    newest, closed = index["parts"]
    assert (newest["name"], newest["newest"], newest["entries"]) == ("newest", "2026-07-01", 2)
    assert (closed["name"], closed["newest"], closed["entries"]) == ("closed", "2026-06-30", 4)
    assert index["families"] == [["Qwen", "千問"]]
    days = json.loads((tmp_path / "search-index/days.json").read_text("utf-8"))
    assert days == [[[0, "2"]], [[0, "02"], [60, "20"]]]


PACKED = [
    ([], ""),
    ([(0, 1)], "#$"),
    ([(44, 2), (88, 3)], "O%O&"),
    ([(45, 57), (90, 58)], "P$]P$^"),  # of the characters, the backslash is left out
    ([(44 + 45 * 44, 90)], "}O~"),
    ([(45 * 45 * 2, 1), (45 * 45 * 2 + 1, 1)], "PP%$$$"),
]


@pytest.mark.parametrize(("found", "text"), PACKED)
def test_numbers_are_packed(found: list[tuple[int, int]], text: str) -> None:
    assert packed(found) == text


def test_an_impact_is_one_character() -> None:
    often = PAGE.replace("阿里發表新模型", "阿里 " * 2_000)
    found = found_in("2026-07-29-qwen", often)
    assert found and 80 < found.entries[0].impacts["阿里"] <= LARGEST


def test_files_are_told_by_the_beginnings_of_their_terms() -> None:
    seconds = {"一": "丈三上下不丐丑且", "丁": "丈三上下", "七": "丈三上"}
    postings = {
        first + second: [(n, 1) for n in range(300)] for first, own in seconds.items() for second in own
    }  # four fit into a file
    files = files_of(postings)
    assert [start for start, _ in files] == ["一", "一不", "丁", "七"]
    assert [term for _, text in files for term in json.loads(text)] == sorted(postings)


def test_files_begin_as_javascript_compares() -> None:
    """There a character beyond U+FFFF, as 𠮷 of a name, sorts before one of the last below it."""
    postings = {term: [(n, 1) for n in range(1_500)] for term in ("龍", "𠮷野", "가", "（")}
    assert [start for start, _ in files_of(postings)] == ["龍", "가", "𠮷", "（"]


def test_a_site_without_posts_has_an_index(tmp_path: Path) -> None:
    write_search_index(tmp_path)
    assert json.loads((tmp_path / "search-index/index.json").read_text("utf-8"))["parts"] == []


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site without a post, into which pages of posts are put; that of June has the texts above, too."""
    home = make_home(tmp_path_factory.mktemp("search") / "home", FAMILIES)
    build_site(home, renderer="embedded")
    pages = {
        f"2026-07-{day}-{family}": PAGE.replace("Qwen", name).replace("開放權重", "拆出圖層")
        for day in (28, 29)
        for family, name in FAMILIES[:2]
    }
    pages["2026-06-30-qwen"] = PAGE.replace("加劇", "終局 " + " ".join(text for text, _ in TEXTS))
    pages["2012-02-29-gpt"] = PAGE.replace("加劇", "遠古")  # many days back: numbers of many characters
    for name, html in pages.items():
        page = home.site / "posts" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(html, "utf-8")
    write_search_index(home.site, [["Qwen", "千問", "Qoder"]])
    with server(home.site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


@pytest.fixture(scope="module")
def searching(chromium: Any, base: str) -> Iterator[Any]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(10_000)
    page.goto(base + "search.html")
    yield page
    page.close()


def says(page: Any, message: str) -> str:
    """Waits until the page says so; returns the whole of what it says then."""
    page.locator("#search-count", has_text=message).wait_for()
    return str(page.inner_text("#search-count"))


def shown(page: Any) -> list[str]:
    page.wait_for_selector(".results h2 a")
    return [urlsplit(a.get_attribute("href")).path[7:-11] for a in page.query_selector_all(".results h2 a")]


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_reads_texts_as_the_index_does(searching: Any) -> None:
    read = searching.evaluate(
        """async texts => {
            const terms = await import(new URL("assets/search-terms.js", location.href));
            const told = await (await fetch("search-index/index.json")).json();
            return texts.map(text => terms.terms(terms.folder(told.characters)(text)));
        }""",
        [text for text, _ in TEXTS],
    )
    assert read == [terms(text) for text, _ in TEXTS]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "first", "message"),
    [
        ("圖層", "2026-07-29-", "「圖層」共有 4 筆結果"),
        ("图层", "2026-07-29-", "「图层」共有 4 筆結果"),
        ("千問 圖層", "2026-07-29-qwen", "「千問 圖層」共有"),
        ("Qwen 7月28日", "2026-07-28-qwen", "7月28日」共有"),
        ("競爭終局", "2026-06-30-qwen", "「競爭終局」共有"),
        ("競爭遠古", "2012-02-29-gpt", "「競爭遠古」共有"),
        ("2012年2月29日", "2012-02-29-gpt", "共有 1 筆結果"),
        ("DashScpoe", "2026-07-29-", "您是不是要找：DashScope"),
        ("拆山圖層", "2026-07-29-", "您是不是要找：拆出圖層"),
        ("終局 xyzzyx", "2026-06-30-qwen", "沒有提到「xyzzyx」"),
    ],
)  # fmt: skip
def test_the_page_finds(searching: Any, query: str, first: str, message: str) -> None:
    searching.fill("#search input[type=text]", query)
    searching.keyboard.press("Enter")
    says(searching, message)
    assert shown(searching)[0].startswith(first)


@pytest.mark.browser
@pytest.mark.slow
def test_a_search_is_an_address(searching: Any, base: str) -> None:
    page = searching
    page.goto(f"{base}search.html?q=%E5%9C%96%E5%B1%A4")
    everything = says(page, "共有 4 筆結果")
    page.click(".filters summary")
    page.click(".filters button[data-family=gpt]")
    says(page, "共有 2 筆結果")
    assert shown(page) == ["2026-07-29-gpt", "2026-07-28-gpt"]
    assert page.evaluate("document.activeElement.dataset.family") == "gpt"  # the focus stays where it was
    page.reload()
    says(page, "共有 2 筆結果")
    page.go_back()
    says(page, everything)
    page.fill("#search input[type=text]", "量子糾纏")
    page.keyboard.press("Enter")
    says(page, "找不到「量子糾纏」")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["量子糾纏"]}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
@pytest.mark.slow
def test_without_scripts_the_page_leads_on(chromium: Any, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "search.html")
    links = [a.get_attribute("href") for a in page.query_selector_all("#search-note a")]
    assert links == ["months/index.html", "families/index.html"]
    context.close()
