"""What is remarkable in what earlier posts told: the first of a kind in many days, and what goes on."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest_lib.checking.digest import Digest
from digest_lib.stories.continuity import Past
from digest_lib.stories.history import History
from digest_lib.stories.story import Earlier, Stories
from digest_lib.stories.traits import Told
from digest_lib.writing.draft import Draft
from digest_lib.writing.offline import write_offline
from digest_lib.writing.remarkable import remarks
from digest_lib.writing.revise import revise
from digest_lib.writing.usage import OFFLINE, Writer
from stories.making import article, stories

PRICE = "阿里巴巴調降 Qwen4 價格 80%"


def _told(*rows: tuple[str, str, str]) -> Past:
    """Earlier posts of 2026-07: (day, story, title) of each story that they told."""
    return Past({}, tuple(
        (Earlier(f"2026-07-{day}-qwen", story, title), (Told(title, title, "", "甲報", "zh-Hant"),))
        for day, story, title in rows
    ))  # fmt: skip


def _numbers(made: Stories, past: Past) -> tuple[list[str], Digest]:
    """The remarks that stand, and the digest."""
    digest, counts = write_offline(made, name="Qwen", language="zh-TW", earlier=past)
    draft = Draft(digest, made, "Qwen", "zh-TW", Writer(OFFLINE), counts=counts)
    revised = revise(draft, repair_prompt="{sentence}{reasons}{articles}").digest
    return [s.text for s in revised.numbers], revised


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("10", "a", "Qwen3 調漲價格"), ("25", "b", "阿里巴巴開源 Qwen3")], "19 天來第一次有價格的消息。"),
        # none in all that is known; too near; too young an archive
        ([("15", "a", "阿里巴巴開源 Qwen3")], "有紀錄的 14 天裡第一次有價格的消息。"),
        ([("10", "a", "阿里巴巴開源 Qwen3"), ("25", "b", "阿里巴巴調漲 Qwen3 價格")], ""),
        ([("26", "a", "阿里巴巴開源 Qwen3")], ""),
    ],
)  # fmt: skip
def test_the_first_of_a_kind_in_many_days(
    tmp_path: Path, rows: list[tuple[str, str, str]], said: str
) -> None:
    made = stories(article(PRICE, summary=f"{PRICE}。"), home=tmp_path)
    found, digest = _numbers(made, _told(*rows))
    assert found == [said] * bool(said)
    if said:
        assert digest.tables[said].rows[0] == ["2026-07-29", PRICE]


def test_a_story_that_goes_on_has_its_days_in_a_table(tmp_path: Path) -> None:
    made = stories(article(PRICE, summary=f"{PRICE}。"), home=tmp_path)
    going = replace(made[0], id="a", follows=Earlier("2026-07-27-qwen", "a", "騰訊不滿"))
    past = _told(
        ("24", "a", "Qwen4 傳將降價"), ("24", "b", "阿里巴巴開源 Qwen3"), ("27", "a", "騰訊不滿 Qwen4 降價")
    )
    [said], digest = _numbers(replace(made, items=(going,)), past)
    assert said == "延續最久的一則，6 天裡第 3 天有新消息。"
    assert digest.tables[said].rows == [
        ["2026-07-29", PRICE],
        ["2026-07-27", "騰訊不滿 Qwen4 降價"],
        ["2026-07-24", "Qwen4 傳將降價"],
    ]
    assert _numbers(replace(made, items=(going,)), _told(("27", "a", "騰訊不滿 Qwen4 降價")))[0] == []


@pytest.mark.parametrize(("day", "said"), [("24", "Qwen 上一次有新聞是在 5 天前。"), ("28", "")])
def test_a_day_without_news_says_when_there_was_some(tmp_path: Path, day: str, said: str) -> None:
    found, digest = _numbers(
        stories(home=tmp_path), _told(("20", "a", "Qwen3 降價"), (day, "b", "Qwen3 開源"))
    )
    assert found == [said] * bool(said)
    if said:
        assert digest.tables[said].rows == [["2026-07-24", "Qwen3 開源"], ["2026-07-20", "Qwen3 降價"]]


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        # a break-in is an incident to a reader, and the other way round
        (("駭客入侵 Qwen 的伺服器", "Qwen 服務大當機"), ""),
        (("Qwen 推出新功能", "Qwen 服務大當機"), "有紀錄的 14 天裡第一次有事故的消息。"),
    ],
)
def test_a_break_in_and_an_outage_are_of_one_kind(tmp_path: Path, kinds: tuple[str, str], said: str) -> None:
    before, title = kinds
    made = stories(article(title, summary=f"{title}。"), home=tmp_path)
    found, _ = _numbers(made, _told(("15", "a", "Qwen3 開源"), ("25", "b", before)))
    assert found == [said] * bool(said)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        # the archive is older: the day before so many had as many, or none
        ([9, 1, 1, 1, 1, 1, 1, 8], "以 Qwen 為主題的文章有 8 篇，是 7 天來最多的一天。"),
        ([1, 0, 0, 0, 2], "4 天來第一次有以 Qwen 為主題的文章。"),
        ([0, 3, 3, 3, 0], "4 天來第一次沒有以 Qwen 為主題的文章。"),
        # nobody knows what was before: it is told of the days on record, or not at all of a few
        ([None, 1, 1, 1, 1, 1, 1, 8], "以 Qwen 為主題的文章有 8 篇，是有紀錄的 7 天裡最多的一天。"),
        ([None, 0, 0, 0, 0, 0, 0, 2], "有紀錄的 7 天裡第一次有以 Qwen 為主題的文章。"),
        ([None, 0, 0, 0, 2], ""),
        # a gap breaks the days as well
        ([9, 1, 1, None, 1, 1, 1, 1, 8], "以 Qwen 為主題的文章有 8 篇，是有紀錄的 7 天裡最多的一天。"),
        ([1, 0, None, 0, 0, 2], ""),
    ],
)
def test_of_how_many_days_it_is_the_most_or_the_first(
    tmp_path: Path, counts: list[int | None], said: str
) -> None:
    made = replace(stories(home=tmp_path), matched=counts[-1] or 0)
    days = tuple(made.day.date - timedelta(days=n) for n in reversed(range(len(counts))))
    found = remarks(made, "Qwen", "zh-TW", History(days, {"Qwen": tuple(counts)}), None)
    assert [remark.text for remark in found] == [said] * bool(said)
