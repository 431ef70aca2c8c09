from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.documents.facts import PageFacts
from digest_lib.documents.pagefacts import page_facts
from samples import at

URL = "https://www.press.example/news/1"
MORNING = datetime(2026, 7, 28, 1, 30, tzinfo=UTC)
GRAPH = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "datePublished": "2026-07-28T09:30:00+08:00",
 "author": [{"@type": "Person", "name": "王小明"}, {"name": "李大華"}],
 "publisher": {"name": "島嶼報"}}]}</script>"""
DATED = PageFacts(published=MORNING)
OLD = '<time datetime="2026-07-01">較舊</time>'
NEW = '<time datetime="2026-07-28T09:30+08:00">今天</time>'
BROKEN = '<script type="application/ld+json">{"broken": </script>'
METAS = """<meta property="article:published_time" content="2026-07-28 09:30">
<meta name="author" content="王小明">
<meta property="og:site_name" content="島嶼報">"""


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (GRAPH, PageFacts("王小明, 李大華", MORNING, "島嶼報")),
        (METAS, PageFacts("王小明", MORNING, "島嶼報")),
        (METAS + GRAPH, PageFacts("王小明, 李大華", MORNING, "島嶼報")),
        ('<meta name="author" content="https://press.example/staff/1">', PageFacts()),
        ('<meta name="author" content="%s">' % ("長" * 500), PageFacts()),
        (BROKEN + METAS, PageFacts("王小明", MORNING, "島嶼報")),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", PageFacts()),
        ("<![if", PageFacts()),
        # as a reader sees it: marked, or the first behind the heading
        ('<time itemprop="datePublished" datetime="2026-07-28T09:30+08:00">今天</time>', DATED),
        ('<span itemprop="datePublished" content="2026-07-28T09:30+08:00"></span>', DATED),
        (OLD + "<h1>題</h1>" + NEW + OLD, DATED),
        ('<h1>題</h1><time class="updated" datetime="2026-07-29"></time>' + NEW, DATED),
        (f"<aside>{OLD}</aside>{NEW}", DATED),
        (OLD + NEW, PageFacts()),  # which of them?
        # what search engines are told comes first
        ('<h1>題</h1><time datetime="2026-07-27">' + METAS, PageFacts("王小明", MORNING, "島嶼報")),
        ('<script type="application/ld+json">{"@type": "VideoObject", "uploadDate": "2026-07-28T09:30+08:00"}'
         "</script>", DATED),
        ('<meta name="citation_publication_date" content="2026-07-28 09:30">', DATED),
        ("", PageFacts()),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(markup: str, expected: PageFacts) -> None:
    assert page_facts(markup, URL, lang="zh-Hant") == expected


@pytest.mark.parametrize(
    ("markup", "text", "source"),
    [
        ('<link rel="canonical" href="https://origin.example/a">', "", "origin.example"),
        ('<link rel="canonical" href="https://press.example/a">', "", ""),
        ('<link rel="canonical" href="https://m.press.example/a">', "", ""),
        ('<link rel="canonical" href="/a">', "", ""),
        ('<meta name="syndication-source" content="https://origin.example/a">', "", "origin.example"),
        ("", "（中央社記者王小明台北28日電）島嶼的新創公司今天發表模型。", "中央社"),
        ("", "SAN FRANCISCO (Reuters) - The lab said on Monday", "Reuters"),
        ("", "新华社北京7月28日电 公司今天发布新模型。", "新华社"),
        ("", "中央社記者說明會今天舉行。", ""),
        ("", "公司今天發表模型。\n本文經授權轉載自《島嶼週刊》，未經同意不得轉載。", "島嶼週刊"),
        ("", "This story was originally published by The Origin and is reproduced here.", "The Origin"),
        ("", "The paper was originally published in 2019.", ""),
        ("", "圖片來源：島嶼報", ""),
    ],
)
def test_whose_text_it_is(markup: str, text: str, source: str) -> None:
    assert page_facts(markup, URL, text).source == source


def test_facts_are_kept_as_they_were_first_read(tmp_path: Path) -> None:
    archive, day = Archive(tmp_path), at("07-28 00:00").date()
    first, later = PageFacts("王小明", MORNING, "島嶼報", "中央社"), PageFacts("編輯部")
    archive.pages.add_facts(at("07-29 00:00").date(), at("07-29 08:00"), {"a": later, "b": later})
    archive.pages.add_facts(day, at("07-28 08:00"), {"a": first, "c": PageFacts()})
    assert archive.pages.facts(["a", "b", "c"], day) == {"a": first}
    assert archive.pages.facts(["a", "b"], at("07-29 00:00").date()) == {"a": first, "b": later}
