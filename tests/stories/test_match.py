"""What an article is about: cases in a table, in all scripts."""

import pytest

from digest_lib.stories.match import Matcher, is_of, match
from digest_lib.text.names import Aliases
from stories.making import article, articles

QWEN = Matcher(Aliases(["Qwen", "通義千問", "千問"]), ("qwen.ai",))
GPT = Matcher(Aliases(["GPT", "ChatGPT", "OpenAI"], ["OpenAI-compatible", "OpenAI 相容"]), ("openai.com",))
CLAUDE, GEMINI = Matcher(Aliases(["Claude"])), Matcher(Aliases(["Gemini", "雙子座"]))


@pytest.mark.parametrize(
    ("matcher", "title", "summary", "url", "bearing"),
    [
        (QWEN, "阿里發表 Qwen3.8", "", "", "about"),
        (QWEN, "阿里发布通义千问新版本", "", "", "about"),
        (QWEN, "アリババ、Qwen 3.8 を公開", "", "", "about"),
        (QWEN, "伺服器晶片降價", "業者以 Qwen 測試。", "", "mentions"),
        (QWEN, "伺服器晶片降價", "與模型無關。", "", "neither"),
        (QWEN, "開源模型登場", "Qwen 團隊今天開源新模型，Qwen 並公布權重。", "", "about"),
        (QWEN, "New image model", "Qwen gets layers.", "https://www.qwen.ai/blog/layers", "about"),
        (GPT, "Local server speaks an OpenAI-compatible API", "", "", "neither"),
        (GPT, "某框架提供 OpenAI 相容介面", "", "", "neither"),
        (GPT, "OpenAI cuts prices", "", "", "about"),
        # namesakes, and the same words where the text is of the field
        (CLAUDE, "Claude Monet's garden reopens to visitors", "The pond was restored.", "", "neither"),
        (CLAUDE, "Claude wrote half of the app, says the team", "", "", "about"),
        (CLAUDE, "Unlike Claude, this paper has crosswords", "", "", "mentions"),
        (CLAUDE, "Claude Opus 5 is out", "", "", "about"),
        (GEMINI, "双子座本周运势", "宜出行。", "", "neither"),
        (GEMINI, "Gemini July 29: your week", "", "", "neither"),
        (CLAUDE, "Claude 今早大當機", "", "", "about"),
        (GEMINI, "Gemini 3.6 Flash 登場", "", "", "about"),
        (GEMINI, "Google 說 Gemini 有新功能", "", "", "about"),
        # a number that counts flights, a disk's table, what models are built into
        (GEMINI, "NASA 公布 Gemini 8 號任務修復影像", "", "", "neither"),
        (GEMINI, "Gemini 12 capsule goes on show", "", "", "neither"),
        (GEMINI, "Gemini 8 登場", "", "", "about"),
        (GPT, "How to convert MBR to GPT without losing data", "", "", "neither"),
        (GPT, "磁碟分割表 MBR 轉 GPT 教學", "", "", "neither"),
        (GEMINI, "Gmail gets Gemini summaries for every inbox", "", "", "about"),
        # what another puts aside is not the one who acts
        (CLAUDE, "Replit 換掉 Claude，改用自家模型", "", "", "mentions"),
        (CLAUDE, "Editor ditches Claude for a model of its own", "", "", "mentions"),
        (CLAUDE, "Claude replaces its old app", "", "", "about"),
        (GPT, "Nothing to see", "", "https://notopenai.com/x", "neither"),
    ],
)
def test_bearing(matcher: Matcher, title: str, summary: str, url: str, bearing: str) -> None:
    assert matcher.judge(article(title, summary=summary, url=url))[0] == bearing


@pytest.mark.parametrize(
    ("title", "url", "bearing"),
    [
        ("Five ideas for a garden party", "https://blog.vendor.example/search/party/", "neither"),
        ("What is new in the Gemini app", "https://blog.vendor.example/app/", "about"),
        ("What is new this month", "https://blog.vendor.example/products/gemini/month/", "about"),
        ("Five ideas for a garden party", "https://gemini.example/blog/party/", "about"),
    ],
)
def test_a_vendors_page_on_something_else_is_not_the_familys_news(title: str, url: str, bearing: str) -> None:
    matcher = Matcher.of(["Gemini"], ["blog.vendor.example", "gemini.example"])
    assert matcher.judge(article(title, url=url))[0] == bearing


TECHNICAL = [article(f"第 {n} 個開源模型登場", publisher="技術報") for n in range(8)]


@pytest.mark.parametrize(
    ("publisher", "others", "bearing"),
    [
        ("技術報", TECHNICAL, "about"),
        ("晚報", TECHNICAL, "neither"),
        ("技術報", TECHNICAL[:3], "neither"),
        ("搜尋: Gemini AI", [], "about"),
    ],
)
def test_a_name_that_is_a_word_needs_less_where_the_field_brought_it(
    publisher: str, others: list, bearing: str
) -> None:
    one = article("A global shortcut for the Gemini window", publisher=publisher)
    matched = match(articles(one, *others), aliases=["Gemini"])
    assert ("about" if one in list(matched) else "neither") == bearing


@pytest.mark.parametrize(
    ("family", "title", "bearing"),
    [
        # a family that no library of ours has heard of
        ("Zubrik", "Zubrik lead steps down", "about"),
        ("Zubrik", "Zubrik 進駐松山機場", "about"),
        ("Falcon", "Falcon nests on the cathedral again", "neither"),
        ("Falcon", "Falcon raises €40m from two pension funds", "about"),
        ("Falcon", "A falcon over the harbour", "neither"),
        ("Falcon", "Falcon Heyerdahl wins the regatta", "neither"),
        ("Falcon", "Falcon 改版 訂閱戶可用語音", "about"),
    ],
)
def test_which_names_are_words_elsewhere_is_told_by_the_dictionary(
    family: str, title: str, bearing: str
) -> None:
    assert Matcher.of([family]).judge(article(title))[0] == bearing


@pytest.mark.parametrize(
    ("url", "hosts", "expected"),
    [
        ("https://openai.com/index/x", ["openai.com"], True),
        ("https://www.openai.com/index/x", ["openai.com"], True),
        ("https://notopenai.com/x", ["openai.com"], False),
        ("https://openai.com.evil.example/x", ["openai.com"], False),
        ("https://github.com/QwenLM/Qwen", ["github.com/QwenLM"], True),
        ("https://github.com/other/QwenLM", ["github.com/QwenLM"], False),
        ("not a url", ["openai.com"], False),
    ],
)
def test_official_hosts(url: str, hosts: list[str], expected: bool) -> None:
    assert is_of(url, hosts) is expected


def test_mentions_are_kept_apart_with_their_reasons() -> None:
    about, named, other = (
        article("Qwen3.8 登場"),
        article("晶片降價", summary="業者以 Qwen 測試。"),
        article("颱風動態"),
    )
    matched = match(articles(about, named, other), aliases=["Qwen"])
    assert list(matched) == [about]
    assert matched.mentions == (named,)
    assert matched.why == {about.id: "named in the title", named.id: "named, but not its subject"}
    assert "Qwen3.8 登場" in matched._repr_html_()
