"""Which articles only mention the family: what the reader of a post can open, and no source of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.publishing.clean import clean_html
from digest_lib.sections.fact_finding import MOST_MENTIONS, facts_of
from digest_lib.sections.facts import Facts
from digest_lib.sections.sections import section
from digest_lib.site.feed_files import feed_html
from digest_lib.site.posts import Post
from digest_lib.site.search_entries import found_in
from digest_lib.site.structured import of_post
from digest_lib.writing.counts import mentioned_of, trend_of
from digest_lib.writing.draft import Revised
from digest_lib.writing.frames import FRAMES
from publishing.published_days import article, mentioning, revised
from sites.posts_made import CONFIG

LIST = re.compile(r'<details class="mentions" id="mentions">.*?</details>')


def shown(digest: Revised, key: str = "sources") -> str:
    """A section as it is published."""
    return clean_html(section(digest, key).html)


def listed(digest: Revised) -> str:
    """The list in the section of the sources; empty where there is none."""
    found = LIST.search(shown(digest))
    return found[0] if found else ""


def in_language(digest: Revised, language: str) -> Revised:
    """The same digest in another language, which counts as the offline writer does."""
    draft = replace(digest.draft, language=language)
    told = digest.digest.model_copy(
        update={"trend": trend_of(digest.stories, draft.name, language if language in FRAMES else "zh-TW")},
        deep=True,
    )
    return replace(digest, draft=draft, digest=told)


@pytest.mark.parametrize(
    ("language", "n", "linked", "line"),
    [
        ("zh-TW", 3, '<a href="#mentions">另有 3 篇提及 Qwen</a>。', "另有 3 篇提及 Qwen"),
        ("zh-TW", 1, '<a href="#mentions">另有 1 篇提及 Qwen</a>。', "另有 1 篇提及 Qwen"),
        ("en", 3, '<a href="#mentions">3 more mention Qwen</a>.', "3 more mention Qwen"),
        ("en", 1, '<a href="#mentions">1 more mentions Qwen</a>.', "1 more mentions Qwen"),
        # a post that somebody edited by hand
        ("x<y", 3, '<a href="#mentions">另有 3 篇提及 Qwen</a>。', "另有 3 篇提及 Qwen"),
        ("ja", 3, '<a href="#mentions">ほかに3本がQwenに言及している</a>。', "ほかに3本がQwenに言及している"),
    ],
)
def test_what_counts_them_leads_to_the_list(language: str, n: int, linked: str, line: str) -> None:
    digest = in_language(revised(mentions=mentioning("Qwen")[:n]), language)
    assert linked in shown(digest, "trend")
    assert f"<summary>{line}</summary>" in listed(digest)
    assert listed(digest).count("<li>") == n


def test_each_is_listed_with_its_title_publisher_and_date_and_the_newest_first() -> None:
    items = re.findall(r"<li>(.*?)</li>", listed(revised(mentions=mentioning("Qwen"))))
    assert items == [
        item(13, ' lang="en"', "A rival says it beats Qwen on maths", "Harbour Lantern"),
        item(12, ' lang="zh-Hans"', "开源模型与 Qwen 的差距", "量子位"),
        item(11, "", "五家模型比一比：Qwen 也在其中", "第11報"),
    ]


def item(n: int, lang: str, title: str, publisher: str) -> str:
    """What the list should say of the article of this number."""
    time = f'<time datetime="2026-07-28T09:{n}+08:00">07-28 09:{n}</time>'
    link = f'<a href="https://news{n}.example/a/{n}" rel="noopener nofollow"><span{lang}>{title}</span></a>'
    return f'{link} <span class="source-by">{publisher}・{time}</span>'


@pytest.mark.parametrize(
    ("n", "more"),
    [
        (MOST_MENTIONS, ""),
        (MOST_MENTIONS + 1, "另外 1 篇未列出。"),
        (50, f"另外 {50 - MOST_MENTIONS} 篇未列出。"),
    ],
)
def test_of_many_the_newest_are_listed_and_it_is_said_how_many_more_there_are(n: int, more: str) -> None:
    html = listed(revised(mentions=[article(k, f"第 {k} 篇") for k in range(9, 9 + n)]))
    numbers = [int(k) for k in re.findall(r"第 (\d+) 篇</span>", html)]
    assert numbers == [*range(8 + n, 8 + n - MOST_MENTIONS, -1)]
    assert re.findall(r"<small>(.*?)</small>", html) == [more] * bool(more)
    assert f"<summary>另有 {n} 篇提及 Qwen</summary>" in html


def test_they_are_no_sources() -> None:
    without, with_them = revised(), revised(mentions=mentioning("Qwen"))
    facts = facts_of(with_them)
    assert facts.sources == facts_of(without).sources
    assert shown(with_them).replace(listed(with_them), "") == shown(without)
    assert "彙整自 4 篇新聞來源" in section(with_them, "making").html
    page = of_post(Post.of("2026-07-29-qwen", Path("2026-07-29-qwen"), facts), CONFIG)
    assert "Harbour Lantern" not in str(page)


def test_neither_a_feed_nor_the_search_has_them() -> None:
    digest = revised(mentions=mentioning("Qwen"))
    page = f'<main><header class="post-head"><h1>標題</h1></header>{shown(digest)}</main>'
    found = found_in("2026-07-29-qwen", page)
    assert found is not None and not [
        e for e in found.entries if "Harbour" in f"{e.title} {e.text} {e.impacts}"
    ]
    told = feed_html(
        shown(digest, "trend") + shown(digest), "https://news.example/posts/2026-07-29-qwen/index.html"
    )
    assert "Harbour" not in told
    assert 'href="https://news.example/posts/2026-07-29-qwen/index.html#mentions"' in told


def test_titles_and_addresses_of_others_do_nothing() -> None:
    attack = "</span></details><script>alert(1)</script>\"'{{< env HOME >}}\u202e"
    bad = article(11, attack, publisher=attack, lang='x" onclick="y', url="javascript:alert(1)")
    html = section(revised(mentions=[bad]), "sources").html
    assert html.count("</details>") == 1 and "&lt;script&gt;" in html
    assert not re.search(r"<script|\{\{|\u202e|javascript:|onclick", html)


def test_a_day_without_news_lists_what_it_does_not_name() -> None:
    digest = revised(quiet=True, mentions=mentioning("Qwen"))
    named = digest.stories.mentions[0]
    trend = [revised().digest.trend[-1].model_copy(update={"text": "提及。", "sources": [named.id]})]
    told = replace(digest, digest=digest.digest.model_copy(update={"trend": trend}))
    html = shown(told)
    assert html.count(named.url) == 1 and html.index(named.url) < html.index("<details")
    assert "<summary>另有 2 篇提及 Qwen</summary>" in html
    assert listed(digest).count("<li>") == 3


def test_where_nothing_is_mentioned_nothing_is_said_of_it() -> None:
    digest = revised()
    assert not listed(digest) and "#mentions" not in section(digest, "trend").html
    assert mentioned_of(0, "Qwen", "zh-TW") not in section(digest, "trend").html


def test_a_post_of_before_has_none() -> None:
    """Its facts say nothing of them, and its sections stay as they were."""
    now = facts_of(revised(mentions=mentioning("Qwen"))).model_dump(mode="json")
    before = {key: value for key, value in now.items() if key not in {"mentioned", "mentions"}}
    facts = Facts.model_validate(before)
    assert (facts.mentioned, facts.mentions) == (0, [])
