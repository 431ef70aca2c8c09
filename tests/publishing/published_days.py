"""A small newsroom for these tests: articles, stories, a digest, and the notebook that shows it."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from digest_lib.articles.article import Article, Coverage
from digest_lib.charts.chart import Chart
from digest_lib.checking.digest import (
    Analysis,
    Digest,
    DigestStory,
    Outlook,
    Sentence,
    Status,
    Verdict,
)
from digest_lib.day import Day
from digest_lib.sections.sections import section
from digest_lib.settings import Home
from digest_lib.stories.history import History
from digest_lib.stories.story import Earlier, Stories, Story
from digest_lib.writing.counts import mentioned_of
from digest_lib.writing.draft import Draft, Revised
from digest_lib.writing.usage import Usage, Writer

KEYS = ("trend", "stories", "analysis", "key_points", "outlook", "sources", "making")
PARAMETERS = '''# The family.
family = "qwen"  # its file's name
name = "Qwen"
date = None  # the latest day
aliases = ["Qwen", "通義千問"]
story_prompt = """寫一則新聞。

{articles}
"""
'''


def article(number: int, title: str, **more: Any) -> Article:
    url = more.pop("url", f"https://news{number}.example/a/{number}")
    when = datetime(2026, 7, 28, 1, number, tzinfo=UTC)
    values: dict[str, Any] = {
        "id": f"a{number:015x}", "url": url, "title": title, "summary": "",
        "publisher": f"第{number}報", "feed": "feed", "lang": "zh-Hant", "published": when,
        "fetched": when,
    }  # fmt: skip
    return Article(**{**values, **more})


def story(
    key: str, articles: Sequence[Article], follows: Earlier | None = None, new: tuple[str, ...] = ()
) -> Story:
    return Story(
        id=key, articles=tuple(articles), publishers=len({a.publisher for a in articles}),
        first=min(a.published for a in articles), last=max(a.published for a in articles),
        official=any("qwen.example" in a.url for a in articles), why_grouped="same words",
        why_ranked="publishers", score=1.0, follows=follows, what_is_new=new,
    )  # fmt: skip


def fact(text: str, *sources: Article) -> Sentence:
    return Sentence(text=text, sources=[a.id for a in sources])


def analysis(text: str, *sources: Article) -> Sentence:
    return Sentence(text=text, sources=[a.id for a in sources], kind="analysis")


def mentioning(name: str) -> list[Article]:
    """Articles that only name a family, in three languages, the oldest first."""
    return [
        article(11, f"五家模型比一比：{name} 也在其中"),
        article(12, f"开源模型与 {name} 的差距", publisher="量子位", lang="zh-Hans"),
        article(13, f"A rival says it beats {name} on maths", publisher="Harbour Lantern", lang="en"),
    ]


def revised(
    date: str = "2026-07-29",
    family: str = "qwen",
    *,
    name: str = "Qwen",
    window: int = 1,
    writer: Writer | None = None,
    follows: Earlier | None = None,
    new: tuple[str, ...] = (),
    quiet: bool = False,
    title: str = "通義千問開源圖像分層模型 Qwen-Image-Layered",
    extra: str = "",
    mentions: Sequence[Article] = (),
) -> Revised:
    """A digest of two stories; `title` and `extra` go where untrusted text can come from. `mentions` are
    counted at the end of the trend."""
    a = article(1, title, publisher="iThome")
    b = article(2, "通义千问开源图像分层模型", publisher="量子位", lang="zh-Hans")
    c = article(3, "Introducing Qwen-Image-Layered", lang="en", publisher="Qwen",
                url="https://qwen.example/blog/layered")  # fmt: skip
    d = article(4, "阿里雲調降千問 API 價格 40%", publisher="中央社")
    stories = [story("s1layered", [a, b, c]), story("s2price", [d], follows, new)]
    told = [
        DigestStory(
            story="s1layered", headline=f"阿里開源 Qwen-Image-Layered，可將圖片拆成多個圖層{extra}",
            sentences=[
                fact(f"通義千問團隊開源 Qwen-Image-Layered，能把單張圖片拆成多個語義圖層{extra}。", a, b),
                fact("Qwen 表示模型支援局部替換與重組。", c),
            ],
            why_it_matters=[analysis("設計工作流程可能轉向分層編輯。", a)],
        ),
        DigestStory(
            story="s2price", headline="阿里雲調降千問 API 價格 40%",
            sentences=[fact("阿里雲宣布千問 API 調降 40%。", d)],
        ),
    ]  # fmt: skip
    day = Day.of(date)
    digest = Digest(
        headline="阿里開源圖像分層模型，千問 API 降價 40%",
        summary=[fact("通義千問開源 Qwen-Image-Layered。", a), fact("千問 API 降價 40%。", d)],
        trend=[fact("通義千問本日以圖像分層模型與降價受到關注。", a, d),
               Sentence(text="共有 4 篇報導。", kind="count")],
        stories=told,
        analysis=Analysis(industry=[analysis("生成式影像走向語義化編輯。", a)],
                          market=[analysis("降價可能帶動競爭。", d)]),
        key_points=[fact("Qwen-Image-Layered 開源。", a), fact("API 降價 40%。", d)],
        outlook=Outlook(developers=[analysis("整合門檻降低。", a)]),
        tags=["Qwen-Image-Layered", "開源模型"],
    )  # fmt: skip
    verdicts = [
        Verdict(place="trend", text=s.text, status=Status.SUPPORTED)
        for _, sentences in digest.sentences() for s in sentences
    ]  # fmt: skip
    verdicts += [
        Verdict(place="stories[s1layered].sentences", text=f"已有 1600 家企業採用{extra}。",
                status=Status.WITHHELD, reasons=["「1600」不在任何一個來源裡"]),
        Verdict(place="key_points", text="API 降價 40%。", status=Status.REPAIRED,
                before="API 降價 45%。", reasons=["「45%」不在來源裡"]),
    ]  # fmt: skip
    if quiet:
        digest, stories, verdicts = Digest(headline=f"{name} 沒有新聞"), [], []
    if mentions and not quiet:
        counted = mentioned_of(len(mentions), name, "zh-TW")
        digest.trend.append(Sentence(text=counted, kind="count"))
    coverage = Coverage(
        12, 11, 340, failed=(("https://bad.example/feed", f"HTTP 503 Service Unavailable{extra}"),)
    )
    table = Stories(
        tuple(stories), family, day, window, coverage, 0 if quiet else 4,
        mentions=tuple(mentions), official_hosts=("qwen.example",),
    )  # fmt: skip
    draft = Draft(
        digest, table, name, "zh-TW", writer or Writer("offline"),
        counts={"articles": 4}, prompts={"story_prompt": "abc123"},
    )  # fmt: skip
    return Revised(digest, draft, tuple(verdicts), Usage(), draft.writer)


def png(width: int = 24, height: int = 13, shade: int = 90) -> bytes:
    """A real PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + bytes([shade, 120, 160]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )  # fmt: skip


def chart(name: str, raw: bytes | None = None, alt: str = "圖表") -> Chart:
    table = pd.DataFrame({"Qwen": [1, 2]}, index=pd.Index(["07-28", "07-29"], name="日期"))
    return Chart(name, raw or png(), alt, "說明", table, 1200, 675, title="每日篇數")


def shown(value: Any, number: int) -> dict[str, Any]:
    """What a kernel stores for a cell whose last line is `value`."""
    bundle = getattr(value, "_repr_mimebundle_", lambda: {"text/html": value._repr_html_()})()
    return {
        "output_type": "execute_result", "execution_count": number, "metadata": {},
        "data": {"text/plain": f"<object at 0x{id(value):x}>", **bundle},
    }  # fmt: skip


def code(source: str, outputs: Sequence[dict[str, Any]] = (), *tags: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": f"{abs(hash(source)):x}"[:8], "source": source,
        "execution_count": 7, "outputs": list(outputs),
        "metadata": {"tags": list(tags), "papermill": {"duration": 0.1, "status": "completed"}},
    }  # fmt: skip


def executed(
    digest: Revised | None = None,
    extra: Sequence[dict[str, Any]] = (),
    injected: str | None = None,
    history: History | None = None,
) -> dict[str, Any]:
    """What papermill leaves: intro, parameters, injected values, work cells, visible cells."""
    told = digest or revised()
    stories = told.stories
    values = injected or f'# Parameters\ndate = "{stories.day}"\nfamily = "{stories.family}"\n'
    cells = [
        {"cell_type": "markdown", "id": "m", "metadata": {"tags": ["remove-cell"]},
         "source": "# How to use this notebook"},
        code(PARAMETERS, (), "parameters"),
        code(values, (), "injected-parameters"),
        code("stories = cluster(matched)", [
            {"output_type": "stream", "name": "stdout", "text": "took 0.3 s in /tmp/x\n"},
            shown(stories, 3), *([shown(history, 3)] if history else [])], "remove-cell"),
        code("infographic(digest, past)", [shown(chart("infographic"), 4)]),
        code('section(digest, "trend")', [shown(section(told, "trend"), 5)]),
        code("trend_chart(past)", [shown(chart("trend", png(shade=40)), 6)]),
        *(code(f'section(digest, "{k}")', [shown(section(told, k), 7)]) for k in KEYS[1:]),
        *extra,
    ]  # fmt: skip
    return {
        "cells": cells, "nbformat": 4, "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "other", "display_name": "mine"},
                     "papermill": {"start_time": "2026-07-29T01:00:00", "parameters": {}}},
    }  # fmt: skip


def write(path: Path, notebook: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def make_home(root: Path, families: Sequence[tuple[str, str]] = (("qwen", "Qwen"),)) -> Home:
    """An empty home whose notebooks have nothing but parameters."""
    (root / "notebooks").mkdir(parents=True)
    for family, name in families:
        source = PARAMETERS.replace('"qwen"', f'"{family}"').replace('"Qwen"', f'"{name}"', 1)
        cells = [code(source, (), "parameters")]
        write(root / "notebooks" / f"{family}.ipynb",
              {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})  # fmt: skip
    return Home(root)


def days(first: str, count: int) -> list[str]:
    start = Day.of(first)
    return [str(start.shifted(n)) for n in range(count)]


def data_uri(raw: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(raw).decode()
