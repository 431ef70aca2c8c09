"""Measured on 12 days of real news: sentences stand in their own article, and broken ones do not."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.text.numbers import Quantity, stated
from digest_lib.text.scripts import HAN
from digest_lib.text.sentences import split_sentences
from digest_lib.text.traditional import in_script

#: What a publisher may do and a digest may not.
HOUSE_RULES = ("照抄來源", "copied from", "不是文章的連結", "a link that is no", "大陸用語")
#: A fragment of a list is no sentence.
NO_SENTENCE = ("沒有內容", "it says nothing")

pytestmark = pytest.mark.recorded


@cache
def articles() -> dict[str, Article]:
    file = next(Path(os.environ["DIGEST_RECORDED"]).glob("articles-*.jsonl"))
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return {(a := _article(row)).id: a for row in rows}


def _article(row: dict[str, str]) -> Article:
    when = datetime.fromisoformat(row["published"])
    name = Article.id_of(row["url"])
    return Article(name, row["url"], row["title"], row["summary"], "", row["feed"], row["lang"], when, when)


def sentences(every: int = 1) -> Iterator[tuple[Article, str]]:
    """The sentences of every so many articles, in Traditional Chinese where they are Chinese, with their
    article. (`bench/checking.py` asks about all of them; here it is only seen that it stays so.)"""
    for article in list(articles().values())[::every]:
        for text in (article.title, *split_sentences(article.summary, article.lang)):
            yield article, in_script(text) if article.lang == "zh-Hans" else text


@cache
def stands(article: Article, text: str) -> bool:
    sentence = Sentence(text=text, sources=[article.id])
    found = check_sentence(sentence, articles(), language="zh-TW" if HAN.search(text) else "en")
    return not [reason for reason in found if not reason.startswith(HOUSE_RULES + NO_SENTENCE)]


def test_nearly_every_sentence_stands_in_its_own_article() -> None:
    verdicts = [stands(article, text) for article, text in sentences(every=3)]
    assert len(verdicts) > 1_500
    assert verdicts.count(False) / len(verdicts) <= 0.004  # Simplified slips, code and markup in the source


UNITS = {"億": "萬", "萬": "億", "兆": "億", "%": " 倍", "美元": "歐元", "小時": "分鐘",
         "million": "billion", "billion": "million"}  # fmt: skip


def other_unit(quantity: Quantity) -> str:
    for unit, other in UNITS.items():
        if unit in quantity.said:
            return quantity.said.replace(unit, other, 1)
    return ""


def other_number(quantity: Quantity) -> str:
    return re.sub(r"\d[\d,]*", lambda m: str(int(m.group().replace(",", "")) + 7), quantity.said, count=1)


@pytest.mark.parametrize(("broken", "share", "every"), [(other_unit, 0.99, 1), (other_number, 0.97, 3)])
def test_broken_numbers_are_caught(broken: Callable[[Quantity], str], share: float, every: int) -> None:
    caught = []
    for article, text in sentences(every):
        for quantity in stated(text):
            said = broken(quantity)
            if said not in {"", quantity.said} and stands(article, text):
                caught.append(not stands(article, text.replace(quantity.said, said, 1)))
    assert len(caught) > 500
    assert caught.count(True) / len(caught) >= share
