"""Sections: the seed's headings, every fact cited, every text escaped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digest_lib.publishing.clean import clean_html
from digest_lib.publishing.post_head import head_html
from digest_lib.sections.fact_finding import facts_of
from digest_lib.sections.facts import MIME, Facts
from digest_lib.sections.sections import section
from digest_lib.sections.words import phrases
from digest_lib.stories.kinds import Kind
from digest_lib.stories.story import Earlier
from digest_lib.writing.usage import Writer
from publishing.published_days import KEYS, article, fact, revised

#: Words that stand alone, without a place to fill.
HAN_WORDS = re.compile(r"[^{}]*[\u4e00-\u9fff]{2}[^{}]*")


@pytest.mark.parametrize(
    ("window", "trend", "stories"),
    [
        (1, "今日模型趨勢", "📰 今日新聞焦點"),
        (7, "本週模型趨勢", "📰 本週新聞焦點"),
        (3, "近 3 日模型趨勢", "📰 近 3 日新聞焦點"),
    ],
)
def test_headings_follow_the_window(window: int, trend: str, stories: str) -> None:
    digest = revised(window=window)
    assert f'<h2 id="trend">{trend}</h2>' in section(digest, "trend").html
    assert f'<h2 id="stories">{stories}</h2>' in section(digest, "stories").html


def test_the_other_headings_are_the_seeds() -> None:
    digest = revised()
    heads = [
        re.findall(r"<h2[^>]*>(.*?)</h2>", section(digest, key).html)
        for key in ("analysis", "key_points", "outlook", "sources", "making")
    ]
    assert heads == [["🔍 深度分析"], ["📌 重點摘要"], ["💡 延伸思考"], ["🔗 資料來源"], ["製作說明"]]


def test_every_citation_leads_to_a_source_of_the_list() -> None:
    digest = revised()
    listed = set(re.findall(r'id="(source-\d+)"', section(digest, "sources").html))
    cited = set()
    for key in ("trend", "stories", "analysis", "key_points", "outlook"):
        cited |= set(re.findall(r'href="#(source-\d+)"', section(digest, key).html))
    assert cited == listed == {"source-1", "source-2", "source-3", "source-4"}


def test_a_citation_says_what_it_leads_to() -> None:
    html = section(revised(), "trend").html
    assert '<a href="#source-1" aria-label="來源 1：iThome">[1]</a>' in html


def test_analysis_and_claims_are_marked_and_facts_are_not() -> None:
    made = revised()
    first, *others = made.digest.stories
    told = first.model_copy(update={"sentences": [*first.sentences, *first.why_it_matters]})
    digest = made.digest.model_copy(update={"stories": [told, *others]})
    html = section(replace(made, digest=digest), "stories").html
    assert re.search(r'mark-analysis"[^>]*>分析<span class="sep">：</span></span>設計工作流程', html)
    assert re.search(r'mark-claim"[^>]*>官方說法<span class="sep">：</span></span>Qwen 表示', html)
    assert '<span class="sentence fact">通義千問團隊' in html


def test_what_stands_under_a_heading_of_analysis_is_not_marked_again() -> None:
    digest = revised()
    for key, text in [
        ("stories", "設計工作流程"),
        ("analysis", "生成式影像"),
        ("analysis", "降價可能"),
        ("outlook", "整合門檻"),
    ]:
        assert f'<span class="sentence analysis">{text}' in section(digest, key).html


def test_corroboration_is_shown() -> None:
    html = section(revised(), "stories").html
    assert "3 篇報導" in html and "3 家獨立媒體" in html and "官方來源" in html


@pytest.mark.parametrize(
    ("kinds", "minor"),
    [
        ((Kind.LAUNCH, Kind.EVENT, 1), ["s2price"]),
        # several report it
        ((Kind.LAUNCH, Kind.EVENT, 2), []),
        ((Kind.LAUNCH, Kind.PRICE, 1), []),
        # a lesson that stands before news is none of those behind it; a day of lessons has no news above them
        ((Kind.EVENT, Kind.PRICE, 1), []),
        ((Kind.EVENT, Kind.EVENT, 1), []),
        ((None, Kind.EVENT, 1), ["s2price"]),
    ],
)
def test_lessons_and_events_stand_apart(kinds: tuple[Kind | None, Kind, int], minor: list[str]) -> None:
    made = revised()
    first, second = made.stories.items
    told = (replace(first, kind=kinds[0], publishers=1), replace(second, kind=kinds[1], publishers=kinds[2]))
    draft = replace(made.draft, stories=replace(made.stories, items=told))
    html = clean_html(section(replace(made, draft=draft), "stories").html)
    assert re.findall(r'<article class="story minor"><h3 id="story-(\w+)">', html) == minor
    label = re.findall(r"class=\"also\">([^<]+)</p><article class=\"story minor\"", html)
    assert label == ["教學與活動"] * bool(minor)


def test_a_story_of_which_nothing_is_told_stands_back_unless_it_leads() -> None:
    made = revised()
    bare = [
        story.model_copy(update={
            "why_it_matters": [],
            "sentences": [s.model_copy(update={"kind": "count"}) for s in story.sentences],
        })
        for story in made.digest.stories
    ]  # fmt: skip
    html = section(replace(made, digest=made.digest.model_copy(update={"stories": bare})), "stories").html
    assert re.findall(r'<article class="(story[^"]*)"><h3 id="story-(\w+)">', html) == [
        ("story", "s1layered"),
        ("story minor", "s2price"),
    ]


def test_a_follow_up_leads_to_the_earlier_story() -> None:
    earlier = Earlier("2026-07-28-qwen", "s2 price", "阿里雲降價")
    html = section(revised(follows=earlier), "stories").html
    assert 'href="../2026-07-28-qwen/index.html#story-s2-price"' in html
    assert "後續" in html and "接續 2026-07-28 的報導〈阿里雲降價〉" in html


def test_a_follow_up_says_what_is_new_in_a_clause_of_the_post() -> None:
    earlier = Earlier("2026-07-28-qwen", "s2 price", "阿里雲降價")
    html = section(revised(follows=earlier, new=("40%", "<b>Modal Labs</b>")), "stories").html
    assert "新進展：阿里雲宣布千問 API 調降 40%" in html and "Modal Labs" not in html


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("quiet", [False, True])
def test_a_post_in_another_language_has_no_chinese_words_of_its_own(language: str, quiet: bool) -> None:
    earlier = Earlier("2026-07-28-qwen", "s2 price", "earlier")
    digest = revised(quiet=quiet, follows=earlier, writer=Writer("offline", "no OPENAI_API_KEY"))
    digest = replace(digest, draft=replace(digest.draft, language=language))
    html = "".join(section(digest, key).html for key in KEYS) + head_html(facts_of(digest), "")
    chinese = {text for text in phrases("zh-TW").values() if HAN_WORDS.fullmatch(text)}
    own = set(phrases(language).values())
    shown = set(re.findall(r">([^<>]+)<", html))
    assert not shown & (chinese - own)
    assert shown & own


def test_every_language_has_the_same_words_and_places() -> None:
    def places(language: str) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{(\w+)", text)) for key, text in phrases(language).items()}

    assert places("en") == places("ja") == places("zh-TW")


def test_sources_are_grouped_dated_in_taipei_and_marked() -> None:
    html = section(revised(), "sources").html
    assert html.index("可將圖片拆成多個圖層") < html.index('id="source-1"')
    assert 'rel="noopener nofollow"' in html
    assert '<span lang="zh-Hans">通义千问开源图像分层模型</span>' in html
    assert '<span lang="en">Introducing' in html
    assert "07-28 09:01</time>" in html  # 01:01 UTC
    assert html.count("官方來源") == 1
    assert html.count("原文為簡體") == 1 and html.index("原文為簡體") > html.index("量子位")


def test_only_what_is_cited_or_told_is_a_source() -> None:
    digest = revised()
    told = digest.digest.model_copy(update={"stories": digest.digest.stories[:1]})
    cut = replace(digest, digest=told)
    # story 2 is not told, but the trend still cites its article
    html = section(cut, "sources").html
    assert html.count("<li") == 4 and "其他引用來源" in html


def test_an_article_with_another_scheme_is_not_linked() -> None:
    digest = revised()
    bad = article(1, "x", url="javascript:alert(1)")
    story = digest.stories.items[0]
    items = (type(story)(**{**_fields(story), "articles": (bad,)}), *digest.stories.items[1:])
    stories = type(digest.stories)(**{**_fields(digest.stories), "items": items})
    draft = type(digest.draft)(**{**_fields(digest.draft), "stories": stories})
    html = section(replace(digest, draft=draft, verdicts=()), "sources").html
    assert "javascript" not in html


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


def test_a_day_without_news_says_so_in_a_line_and_leaves_the_rest_out() -> None:
    digest = revised("2026-07-29", "grok", name="Grok", quiet=True)
    html = section(digest, "stories").html
    assert "今日沒有找到關於 Grok 的新聞：截至 07-29 05:00，已查看 340 篇報導。" in html
    for key in ("trend", "analysis", "key_points", "outlook", "sources"):
        omitted = section(digest, key)
        assert omitted.html == "" and "這一天沒有內容" in omitted._repr_html_()


@pytest.mark.parametrize(
    ("writer", "said"),
    [
        (Writer("offline"), "本文由程式摘錄原文編成，未使用生成式 AI"),
        (Writer("gpt-5.4-mini"), "本文由 AI（gpt-5.4-mini）自動生成，逐句查核"),
    ],
)
def test_making_says_who_wrote(writer: Writer, said: str) -> None:
    html = section(revised(writer=writer), "making").html
    assert said in html and "彙整自 4 篇新聞來源" in html
    assert "11／12 個新聞來源有回應。共看過 340 篇，其中 4 篇以 Qwen 為主題。" in html
    assert "https://bad.example/feed<br><small>網站發生錯誤</small>" in html and "HTTP" not in html
    assert "「1600」不在任何一個來源裡" in html and "API 降價 45%" in html
    assert ("token" in html) is not writer.is_offline


def test_making_carries_the_facts() -> None:
    bundle = section(revised(), "making")._repr_mimebundle_()
    facts = Facts.model_validate(bundle[MIME])
    assert [s.headline for s in facts.stories][1] == "阿里雲調降千問 API 價格 40%"
    assert [s.number for s in facts.sources] == [1, 2, 3, 4]
    assert facts.checked == {"supported": 13, "repaired": 1, "withheld": 1}
    assert MIME not in section(revised(), "sources")._repr_mimebundle_()


def test_all_text_is_escaped() -> None:
    attack = "<script>alert(1)</script>\"'{{< env HOME >}}"
    digest = revised(title=attack, extra=attack)
    for key in ("stories", "sources", "making"):
        html = section(digest, key).html
        assert "<script" not in html and "{{" not in html and "&lt;script&gt;" in html


def test_an_unknown_section_is_named() -> None:
    with pytest.raises(ValueError, match="no section «trends»"):
        section(revised(), "trends")


def test_a_sentence_may_cite_the_same_source_twice_and_shows_it_once() -> None:
    a = article(1, "x")
    digest = revised()
    told = digest.digest.model_copy(update={"trend": [fact("一句。", a, a)]})
    html = section(replace(digest, digest=told, verdicts=()), "trend").html
    assert html.count("[1]") == 1
