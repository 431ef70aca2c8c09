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
        (GPT, "Nothing to see", "", "https://notopenai.com/x", "neither"),
    ],
)
def test_bearing(matcher: Matcher, title: str, summary: str, url: str, bearing: str) -> None:
    assert matcher.judge(article(title, summary=summary, url=url))[0] == bearing


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
