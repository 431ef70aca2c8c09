"""What an English headline says in Traditional Chinese, and that it says nothing where a part is not sure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest_lib.writing.gist import _rules, gist
from digest_lib.writing.titles.amounts import money

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("gists.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("title", "vendor", "says"), ROWS)
def test_the_gist_of_a_headline(title: str, vendor: str, says: str) -> None:
    made = gist(title, vendor="" if vendor == "-" else vendor)
    assert (made and made.text) == (None if says == "-" else says)


@pytest.mark.parametrize(
    ("title", "vendor", "is_topic"),
    [
        ("Parsing tool gains new users", "", False),  # 解析工具獲得新使用者: the tool does it
        ("Zeltron explained", "", True),
        ("Building agents", "", True),
        ("Building agents", "Zeltron", False),  # the vendor talks
        ("How to evaluate agents", "", True),
        ("Quoting Ada Zell", "", True),
        ("Deploying Auroxa 4 on Northstar", "", True),
        ("Is Auroxa slow?", "", True),
    ],
)
def test_a_topic_is_told_from_an_event_by_how_it_was_read(title: str, vendor: str, is_topic: bool) -> None:
    made = gist(title, vendor=vendor)
    assert made is not None and made.is_topic is is_topic, made


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("$15M", "1,500 萬美元"),
        ("US$4.5 million", "450 萬美元"),
        ("€2bn", "20 億歐元"),
        ("$800M", "8 億美元"),
        ("£1.25 billion", "12.5 億英鎊"),
        ("$1.2T", "1.2 兆美元"),
        ("$950", "950 美元"),
        ("$9,500", "9,500 美元"),
        ("$40 thousand", "4 萬美元"),
        ("$40 foos", None),
        ("$12,500", "1.25 萬美元"),
        ("15M", None),
        ("$1.2.3M", None),
    ],
)
def test_money_as_taiwan_writes_it(amount: str, says: str | None) -> None:
    assert money(amount) == says


def test_every_rule_says_no_more_than_its_pattern_holds() -> None:
    for rule in _rules():
        slots = set(re.findall(r"\{([A-Z])\}", rule.says)) - {"O"}
        assert slots <= {group[0] for group in rule.pattern.groupindex}, rule.name
