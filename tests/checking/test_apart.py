"""Names of one clause stand together in one source, but where a sentence sets things beside each other."""

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.evidence import evidence
from digest_lib.checking.naming import apart

WHEN = datetime(2026, 7, 22, tzinfo=UTC)
SAID = ["三星在首都首爾擴廠，平均每月投產兩條產線。", "輝達發表新晶片。"]
SOURCES = [
    evidence(Article(str(n), f"https://a.example/{n}", "", text, "甲報", "f", "zh-Hant", WHEN, WHEN, ""))
    for n, text in enumerate(SAID)
]


@pytest.mark.parametrize(("text", "is_apart"), [
    ("三星與輝達簽約。", True),
    ("三星與輝達在首都簽約。", True),
    ("三星與輝達平均投資一億。", True),
    ("三星在首都擴廠，輝達發表晶片。", False),
    ("三星與輝達都有新消息。", False),
    ("三星與輝達都會擴廠。", False),
    ("三星與輝達分別擴廠與發表晶片。", False),
    ("三星擴廠。", False),
])  # fmt: skip
def test_names_that_no_source_has_together(text: str, is_apart: bool) -> None:
    found = apart(text, SOURCES, ())
    assert bool(found) is is_apart
    if found:
        assert found[0].key == "apart"
