"""Names and words of a writer's own, outside quotation marks, are in their sources' characters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.checking.own_script import miswritten, put_right
from digest_lib.text.shapes import shape_of

TABLE = Path(__file__).parents[1] / "data" / "conversion" / "own_words.tsv"
SEEN = datetime(2026, 7, 21, 23, 30, tzinfo=UTC)


def article(text: str, lang: str = "zh-Hans", name: str = "a") -> Article:
    return Article(name, f"https://{name}.example/1", "题", text, "甲報", name, lang, SEEN, SEEN)


@pytest.mark.parametrize("split", ["dev", "held-out"])
def test_wrong_characters_are_put_right_and_right_ones_stay(split: str) -> None:
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]
    wrong = []
    for part, lang, source, written, right in rows:
        found = put_right(written, [article(source, lang)])
        if part == split and shape_of(found) != shape_of(written if right == "=" else right):
            wrong.append((written, found))
    assert wrong == []


def test_the_reason_shows_what_is_wrong_and_what_the_source_has() -> None:
    source = article("于晓明出任云启科技首席执行官，公司下月扩编")
    text = "雲啟科技下月擴編，於曉明出任執行長"
    told = ["字轉換錯了：「擴編，於曉明出」（來源是「擴編，于曉明出」）"]
    assert check_sentence(Sentence(text=text, sources=["a"]), {"a": source}) == told
    assert check_text(text, [source]) == told
    # what names no source is held against all that it could cite
    analysis = Sentence(text=text, sources=[], kind="analysis")
    assert told[0] in check_sentence(analysis, {"a": source})


def test_what_is_quoted_is_not_the_writers_own_and_one_source_that_has_it_is_enough() -> None:
    simplified = article("于晓明出任执行长")
    assert miswritten("他說「於曉明出任」", [simplified]) == []
    assert put_right("於曉明出任", [simplified, article("於曉明出任顧問", "zh-Hant", "b")]) == "於曉明出任"
    assert put_right("《於曉明傳》", [simplified]) == "《于曉明傳》"
