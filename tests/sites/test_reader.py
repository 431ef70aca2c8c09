"""What a reader meets: a thing said once, foreign words marked, reasons in the reader's own language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digest_lib.articles.article import Coverage
from digest_lib.checking.digest import Analysis, Outlook
from digest_lib.publishing.front import beyond_headline
from digest_lib.publishing.post_head import head_html
from digest_lib.sections.fact_finding import facts_of
from digest_lib.sections.foreign import marked, publisher_html
from digest_lib.sections.reasons import feed_key, writer_keys
from digest_lib.sections.sections import section
from digest_lib.sections.sentences import bare, joined
from digest_lib.writing.draft import Draft, Revised
from digest_lib.writing.usage import Writer
from publishing.published_days import article, fact, revised


def told(digest: Revised, **update: object) -> Revised:
    """The same with other texts."""
    return replace(digest, digest=digest.digest.model_copy(update=update))


def drafted(digest: Revised, **update: object) -> Revised:
    draft: Draft = replace(digest.draft, **update)  # type: ignore[arg-type]
    return replace(digest, draft=draft, writer=draft.writer)


@pytest.mark.parametrize(
    ("text", "langs", "page", "html"),
    [
        ("官方寫道：「We open the model」。", {"en"}, "zh-TW",
         '官方寫道：「<span lang="en">We open the model</span>」。'),
        ("Qwen 推出「Claude」。", {"en"}, "zh-TW", "Qwen 推出「Claude」。"),
        ("他說「開源 AI model」。", {"en"}, "zh-TW", "他說「開源 AI model」。"),
        ("「オープンにする」", {"ja", "en"}, "zh-TW", '「<span lang="ja">オープンにする</span>」'),
        ("「모델을 공개」", {"ko"}, "zh-TW", '「<span lang="ko">모델을 공개</span>」'),
        ("「We open it」", {"en", "fr"}, "zh-TW", "「We open it」"),
        ("「We open it」", {"zh-Hant"}, "zh-TW", "「We open it」"),
        ("Introducing Qwen Image", {"en"}, "zh-TW", '<span lang="en">Introducing Qwen Image</span>'),
        ("He says “我們開源模型”.", {"zh-Hant"}, "en", 'He says “<span lang="zh-Hant">我們開源模型</span>”.'),
        ("He says “我们开源模型”.", {"zh-Hans"}, "en", 'He says “<span lang="zh-Hans">我们开源模型</span>”.'),
        ("「<b>bold move</b>」", {"en"}, "zh-TW", '「<span lang="en">&lt;b&gt;bold move&lt;/b&gt;</span>」'),
        ("他說：「We’re open」。", {"en"}, "zh-TW", '他說：「<span lang="en">We&#x27;re open</span>」。'),
        ("日經報導：「オープンに」", {"ja"}, "zh-TW", '日經報導：「<span lang="ja">オープンに</span>」'),
    ],
)  # fmt: skip
def test_words_of_another_language_are_marked(text: str, langs: set[str], page: str, html: str) -> None:
    assert marked(text, langs, page) == html


@pytest.mark.parametrize(
    ("name", "lang", "html"),
    [
        ("日本経済新聞", "ja", '<span lang="ja">日本経済新聞</span>'),
        ("ITmedia", "ja", "ITmedia"),
        ("量子位", "zh-Hans", "量子位"),
        ("财联社", "zh-Hans", '<span lang="zh-Hans">财联社</span>'),
        ("中央社", "zh-Hant", "中央社"),
        ("Wired", "en", "Wired"),
    ],
)
def test_publishers_in_another_script_are_marked(name: str, lang: str, html: str) -> None:
    assert publisher_html(name, lang, "zh-TW") == html


@pytest.mark.parametrize(
    ("texts", "one"),
    [
        (["阿里開源模型", "千問降價。", "又一則"], "阿里開源模型；千問降價。又一則"),
        (["甲：「Open it」", "乙？", "丙"], "甲：「Open it」；乙？丙"),
        (["It opens.", "It is cheap."], "It opens. It is cheap."),
        (["", " "], ""),
    ],
)
def test_sentences_are_never_glued(texts: list[str], one: str) -> None:
    assert joined(texts) == one


def test_key_points_are_each_storys_gist_and_left_out_where_there_are_none() -> None:
    digest = revised()
    headlines = [fact(f"{s.headline}。") for s in digest.digest.stories]
    assert section(told(digest, key_points=[]), "key_points").html == ""
    more = [*headlines, fact("API 降價 40%。")]
    assert "API 降價 40%" in section(told(digest, key_points=more), "key_points").html


def test_the_head_says_the_headline_once_and_the_way_before_the_summary() -> None:
    digest = revised()
    headline = digest.digest.headline
    facts = facts_of(told(digest, summary=[fact(f"{headline}。"), fact("降價 8 月 1 日生效。")]))
    head = head_html(facts, section(digest, "stories").html)
    assert head.count(headline) == 2  # the heading, and what a search result shows
    assert head.index('class="contents"') < head.index('class="summary"')
    assert '<p class="kicker"><a href="../../families/qwen/index.html">Qwen 每日動態 - 2026-07-29</a>' in head
    assert [bare(s.text) for s in beyond_headline(facts)] == ["降價8月1日生效"]


def test_a_single_source_has_no_heading_and_several_have_one() -> None:
    html = section(revised(), "sources").html
    heads = re.findall(r"<h3>(.*?)</h3>", html)
    assert heads == ["阿里開源 Qwen-Image-Layered，可將圖片拆成多個圖層"]
    assert "阿里雲調降千問 API 價格 40%" in html  # the source's own title, once
    assert html.count("阿里雲調降千問 API 價格 40%") == 1


def test_a_source_leads_back_to_its_story() -> None:
    digest = revised()
    anchors = set(re.findall(r'<h3 id="([^"]+)"', section(digest, "stories").html))
    backs = set(re.findall(r'class="back" href="#([^"]+)"', section(digest, "sources").html))
    assert backs == anchors == {"story-s1layered", "story-s2price"}


def test_a_single_plain_report_has_no_badges_and_others_read_apart() -> None:
    html = section(revised(), "stories").html
    first, second = html.split("<article")[1:]
    assert 'class="badges"' in first and 'class="badges"' not in second
    text = re.sub("<[^>]+>", "", re.search(r'<p class="badges".*?</p>', first)[0])  # type: ignore[index]
    assert text == "3 篇報導・3 家獨立媒體・官方來源"


@pytest.mark.parametrize(
    ("cited", "shown"),
    [([1, 2, 3, 4, 5, 6], ["[1–6]"]), ([1, 2, 4], ["[1]", "[2]", "[4]"]), ([2, 3, 4, 6], ["[2–4]", "[6]"])],
)
def test_runs_of_citations_are_shortened(cited: list[int], shown: list[str]) -> None:
    articles = [article(n, f"第 {n} 篇") for n in range(1, 7)]
    digest = revised()
    story = replace(digest.stories.items[0], articles=tuple(articles))
    stories = replace(digest.stories, items=(story,))
    digest = drafted(told(digest, trend=[fact("一句。", *(articles[n - 1] for n in cited))]), stories=stories)
    html = section(told(digest, stories=digest.digest.stories[:1]), "trend").html
    assert re.findall(r">(\[[^\]]+\])<", html) == shown


@pytest.mark.parametrize(
    ("why", "keys"),
    [
        ("no OPENAI_API_KEY or OPENAI_BASE_URL is set", ["why_no_llm"]),
        ("«a»: the llm did not answer in time; the day: the run's limit of $1.00 is reached",
         ["why_cost", "why_silent"]),
        ("the answer is not JSON of the schema", ["why_broken"]),
        ("something new", ["why_other"]),
        ("the llm server answered 502: «no connection to the answer»", ["why_error"]),
        ("the llm server answered with an error", ["why_error"]),
        ("the llm server answered a web page, not JSON: there is no llm API at this address; put /v1",
         ["why_set_up"]),
        ("OPENAI_API_KEY holds a space or a line's end (number 3 of 9): copy the key again", ["why_set_up"]),
        ("OPENAI_BASE_URL is no address: write it as http://localhost:11434/v1", ["why_set_up"]),
        ("the llm server does not take the request (400): «unsupported response_format»", ["why_not_taken"]),
        ("the prompt is too long for the llm server: «context 4096»", ["why_long"]),
        ("the answer is not JSON of the schema; the prompt was cut off", ["why_long", "why_broken"]),
        ("not asked: the prompt holds the value of the environment variable X_KEY", ["why_not_asked"]),
        ("«OpenAI over its rate limit or quota»: the llm declined to answer", ["why_refused"]),
        ("«The answer is no connection, declined»: the answer is empty", ["why_broken"]),
    ],
)  # fmt: skip
def test_a_writers_reasons_in_the_readers_words(why: str, keys: list[str]) -> None:
    assert writer_keys(why) == keys
    html = section(revised(writer=Writer("offline", why)), "making").html
    assert why not in html and "改由程式摘錄的原因：" in html


@pytest.mark.parametrize(
    ("reason", "key"),
    [
        ("HTTP 500 Internal Server Error", "feed_server"),
        ("HTTP 403 Forbidden", "feed_refused"),
        ("HTTP 404 Not Found", "feed_gone"),
        ("an HTML page, not RSS, Atom, RDF or JSON Feed", "feed_no_feed"),
        ("no full answer within 20 s", "feed_late"),
        ("no such host: x.example", "feed_unreachable"),
        ("larger than 5 MB", "feed_large"),
        ("what nobody knows", "feed_other"),
    ],
)
def test_a_feeds_reasons_in_the_readers_words(reason: str, key: str) -> None:
    assert feed_key(reason) == key


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (Coverage(29, 29, 340, imported=29), "報導來自匯入的資料（29 個來源）。共看過 340 篇"),
        (Coverage(12, 11, 340, imported=2), "9／10 個新聞來源有回應。另有 2 個來源的報導來自匯入的資料。"),
        (Coverage(12, 11, 340), "11／12 個新聞來源有回應。共看過 340 篇"),
    ],
)
def test_what_was_imported_did_not_answer(coverage: Coverage, said: str) -> None:
    digest = revised()
    stories = replace(digest.stories, coverage=coverage)
    assert said in section(drafted(digest, stories=stories), "making").html


def test_checks_tell_statements_from_counts() -> None:
    html = section(revised(), "making").html
    # 12 statements and 1 count stand; the fact that was withheld is not among them
    assert "引文與陳述 12 句，與來源核對；統計 1 句，與資料表核對；撤下 1 句。其中 1 句修正後才相符。" in html


def test_what_an_offline_post_leaves_out_is_said() -> None:
    plain = told(revised(), analysis=Analysis(), outlook=Outlook())
    html = section(plain, "making").html
    assert "離線摘錄不寫分析與延伸思考。" in html
    assert "離線摘錄" not in section(revised(writer=Writer("gpt-5.4-mini")), "making").html


def test_search_finds_the_stories_and_not_what_repeats_them() -> None:
    digest = revised()
    searched = {
        key: "data-pagefind-body" in section(digest, key).html
        for key in ("trend", "stories", "analysis", "key_points", "outlook", "sources", "making")
    }
    assert [key for key, found in searched.items() if found] == ["trend", "stories", "analysis", "outlook"]
