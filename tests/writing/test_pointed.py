"""A headline says what happened, without the label of its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.writing.headings import headline_of
from digest_lib.writing.teasing import pointed, teases
from stories.making import article, stories


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("後續／OpenAI 隔離環境設定出錯，專家：關鍵在人", "OpenAI 隔離環境設定出錯，專家：關鍵在人"),
        ("【快訊】Anthropic 推出新模型", "Anthropic 推出新模型"),
        ("阿里／騰訊聯手推出模型", "阿里／騰訊聯手推出模型"),  # both did it
        ("後續／", "後續／"),  # nothing would be left
    ],
)
def test_a_label_is_no_part_of_a_headline(title: str, headline: str) -> None:
    assert pointed(title) == headline


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        # Who did it stands in the slogan alone.
        ("OpenAI 也缺電了！供應商證實：已提出採購 2 GW", "OpenAI 也缺電了，供應商證實：已提出採購 2 GW"),
        ("微软也忍不住了！公开批评 Anthropic 的模型太贵", "微软也忍不住了，公开批评 Anthropic 的模型太贵"),
        # The slogan names nobody else, or only a place.
        ("告別加班！Google 推出排程助理", "Google 推出排程助理"),
        ("Google 太快了！Google 推出排程助理", "Google 推出排程助理"),
        ("台灣搶頭香！Google 推出排程助理", "Google 推出排程助理"),
        # Of people a slogan speaks where their company did it, with whom and what stands behind it.
        ("祖克柏當房東了！Anthropic 傳向 Meta 租用 GPU", "Anthropic 傳向 Meta 租用 GPU"),
        ("祖克柏當房東了！Anthropic 大喜", "祖克柏當房東了，Anthropic 大喜"),
        ("祖克柏當房東了！發言人證實：Anthropic 已簽約", "祖克柏當房東了，發言人證實：Anthropic 已簽約"),
        ("Windows 用戶注意！微軟宣布 OneDrive 停止更新", "Windows 用戶注意，微軟宣布 OneDrive 停止更新"),
    ],
)
def test_a_slogan_goes_unless_it_alone_names_who_did_it(title: str, headline: str) -> None:
    assert pointed(title) == headline


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("對話連結竟能被 Google 收錄", "對話連結能被 Google 收錄"),
        ("任天堂居然只排第五", "任天堂只排第五"),
        ("ASML 驚傳全面調漲 EUV 售價", "ASML 傳全面調漲 EUV 售價"),
        ("Qwen「排程」超強大：支援日曆與郵件", "Qwen「排程」：支援日曆與郵件"),
        ("人為失誤如何導致了 Qwen 當機", "人為失誤導致了 Qwen 當機"),
        # Another word, and somebody else's.
        ("畢竟是 Qwen，究竟多快", "畢竟是 Qwen，究竟多快"),
        ("阿里：「Qwen 竟能答對」", "阿里：「Qwen 竟能答對」"),
        ("Qwen 如何改變醫療", "Qwen 如何改變醫療"),
    ],
)
def test_surprise_and_praise_are_no_part_of_a_headline(title: str, headline: str) -> None:
    assert pointed(title) == headline


@pytest.mark.parametrize(
    ("headline", "does"),
    [
        ("阿里這款模型讓人莫名其妙", True),
        ("阿里為何漏了 Qwen", True),
        ("阿里調降 Qwen 價格？", True),
        ("阿里這個月調降 Qwen 價格", False),
        ("阿里：「Qwen 為何這麼快？」", False),
    ],
)
def test_a_headline_teases_that_asks_or_names_nothing(headline: str, does: bool) -> None:
    assert teases(headline) is does


TEASER = "阿里巴巴也急了，這款 Qwen4 模型賣得好便宜"
CUT = "阿里巴巴調降 Qwen4 模型價格"


@pytest.mark.parametrize(
    ("summary", "headline"),
    [
        (f"{CUT}。分析師說好。", CUT),
        # It adds to what is not told, speaks of somebody else, or only relays what somebody says.
        ("阿里巴巴也調降 Qwen4 模型價格。", TEASER),
        ("騰訊調降混元模型價格。", TEASER),
        ("據《北辰日報》報導，阿里巴巴調降 Qwen4 模型價格。", TEASER),
        ("", TEASER),
    ],
)
def test_a_sentence_heads_a_story_in_place_of_a_title_that_teases(
    tmp_path: Path, summary: str, headline: str
) -> None:
    made = stories(article(TEASER, summary=summary), home=tmp_path)
    assert headline_of(made[0], "zh-TW") == headline


def test_another_title_heads_a_story_before_one_that_teases(tmp_path: Path) -> None:
    lead = article(TEASER, summary=f"{CUT}。", url="https://qwen.ai/1", hours=9)
    made = stories(lead, article(f"{CUT} 一半", publisher="北辰網"), home=tmp_path, official=("qwen.ai",))
    assert [a.title for a in made[0].articles] == [TEASER, f"{CUT} 一半"]
    assert headline_of(made[0], "zh-TW") == f"{CUT} 一半"
