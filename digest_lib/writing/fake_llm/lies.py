"""Falsehoods of every kind, made from what a prompt shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

from digest_lib.text.scripts import to_simplified
from digest_lib.writing.fake_llm.prompt import Seen

Said = dict[str, Any]
_COMPANIES = ("Zentrix", "Quoravia", "Belmont Dynamics", "Nuvexa")
_PEOPLE = ("溫承翰", "藍映雪", "駱柏森")
_LEAKS = (
    "（約100字）", "<think>先想一想", "身為AI語言模型，我無法確認。", "[來源]", "（tool-3-1）",
    "以下是改寫後的摘要：", "```json", "{{headline}}", "請用繁體中文輸出。",
)  # fmt: skip
_DONE = ("發表", "宣布", "推出", "表示")
_DOUBTS = re.compile("[不未無沒否]")
_NUMBER = re.compile(r"(?<![\d.A-Za-z-])\d[\d,]*(?:\.\d+)?(?=\s?[%億萬兆倍款個名家])")


def _fact(text: str, *refs: str) -> Said:
    return {"text": text, "sources": list(refs), "kind": "fact"}


def lie(kind: str, articles: list[Seen], rng: Random) -> Said | None:
    """A false sentence of that kind about these articles; None where they give nothing to make it from."""
    return _LIES[kind](articles, rng)


def _number(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"這項計畫涵蓋 {rng.randint(3001, 9998)} 家企業。", articles[0].ref)


def _unit(articles: list[Seen], _rng: Random) -> Said | None:
    for seen in articles:
        for sentence in seen.sentences:
            if match := _NUMBER.search(sentence):
                return _fact(f"報導中的數字是 {match.group()} 公噸。", seen.ref)
    return None


def _date(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"該公司將於 2031 年 {rng.randint(1, 12)} 月 {rng.randint(1, 28)} 日說明。", articles[0].ref)


def _version(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"新版本編號為 v{rng.randint(61, 99)}.{rng.randint(1, 9)}。", articles[0].ref)


def _money(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"交易金額為 {rng.randint(3001, 9998)} 億歐元。", articles[0].ref)


def _name(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"{rng.choice(_COMPANIES)} 也參與這項合作。", articles[0].ref)


def _person(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"執行長{rng.choice(_PEOPLE)}表示，公司樂見其成。", articles[0].ref)


def _quotation(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"發言人說：「我們從沒想過第 {rng.randint(11, 99)} 天就成功。」", articles[0].ref)


def _negation(articles: list[Seen], _rng: Random) -> Said | None:
    for seen in articles:
        for sentence in seen.sentences:
            said = next((word for word in _DONE if word in sentence), "")
            if said and not _DOUBTS.search(sentence):
                return _fact(sentence.replace(said, f"並未{said}", 1), seen.ref)
    return None


def _source(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"{articles[0].title}（另有說法）。", f"A{rng.randint(700, 999)}")


def _wrong_source(articles: list[Seen], rng: Random) -> Said | None:
    if len(articles) < 2:  # noqa: PLR2004 - a pair
        return None
    return _fact(f"{rng.choice(_COMPANIES)} 的消息見另一篇報導。", articles[-1].ref)


def _simplified(articles: list[Seen], _rng: Random) -> Said:
    return _fact(f"{to_simplified('這個發展與過去的經驗完全兩樣')}。", articles[0].ref)


def _usage(articles: list[Seen], _rng: Random) -> Said:
    return _fact("使用者可透過服務器下載軟件與視頻。", articles[0].ref)


def _leak(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"{articles[0].title}{rng.choice(_LEAKS)}", articles[0].ref)


def _link(articles: list[Seen], rng: Random) -> Said:
    return _fact(f"詳情請見 https://lie-{rng.randint(100, 999)}.example/x 。", articles[0].ref)


def _copy(articles: list[Seen], _rng: Random) -> Said | None:
    long = [(s, seen.ref) for seen in articles for s in seen.sentences if len(s) > 60]  # noqa: PLR2004
    chinese = [(s, ref) for s, ref in long if re.search("[\u4e00-\u9fff]{8}", s) and "「" not in s]
    return _fact(*chinese[0]) if chinese else None


_LIES: dict[str, Callable[[list[Seen], Random], Said | None]] = {
    "number": _number, "unit": _unit, "date": _date, "version": _version, "money": _money, "name": _name,
    "person": _person, "quotation": _quotation, "negation": _negation, "source": _source,
    "wrong-source": _wrong_source, "simplified": _simplified, "usage": _usage, "leak": _leak, "link": _link,
    "copy": _copy,
}  # fmt: skip


def false_headline(headline: str, rng: Random) -> str:
    """A headline with a number that nobody states."""
    return f"{headline[:24]}，規模達 {rng.randint(3001, 9998)} 億美元"


def false_tag(rng: Random) -> str:
    """A tag that no article knows."""
    return f"{rng.choice(_COMPANIES)}{rng.randint(10, 99)}"
