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


DENIALS = (
    "奧特曼：純屬謠言",
    "馬斯克：沒這回事",
    "奧特曼駁斥",
    "庫克：不會",
    "祖克柏：別信",
    "馬斯克不信",
    "純屬謠言",
)


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
        # But where they speak, deny it or make fun of it, they stay.
        *((f"{said}！OpenAI 將收購 Anthropic", f"{said}，OpenAI 將收購 Anthropic") for said in DENIALS),
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
        ("Qwen 超強大：支援日曆與郵件", "Qwen：支援日曆與郵件"),
        ("居然之家推出 Qwen 助理", "居然之家推出 Qwen 助理"),
        ("驚爆 OpenAI 裁員 300 人", "驚爆 OpenAI 裁員 300 人"),
        ("Qwen 震驚傳媒界", "Qwen 震驚傳媒界"),
        ("Qwen 令人震驚見證 AI 時代", "Qwen 令人震驚見證 AI 時代"),
        ("Qwen 團隊有志者事竟成", "Qwen 團隊有志者事竟成"),
        ("Qwen 是什麼？", "Qwen 是什麼？"),
        # Nothing but a mark or too little would be left.
        ("超強大：Qwen 推出 GPU", "超強大：Qwen 推出 GPU"),
        ("超神！", "超神！"),
        ("居然", "居然"),
        # How it did so is what is not known.
        ("警方不知 Qwen 如何導致了當機", "警方不知 Qwen 如何導致了當機"),
        ("團隊解釋不了更新如何造成了當機", "團隊解釋不了更新如何造成了當機"),
        ("警方調查 Qwen 如何導致了當機", "警方調查 Qwen 如何導致了當機"),
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


ASKED, SAID_SO = "Qwen 外洩 300 萬筆資料？", "Qwen 外洩 300 萬筆資料"


@pytest.mark.parametrize(
    "titles",
    [
        (f"{ASKED}阿里巴巴否認", f"{ASKED}阿里巴巴駁斥", f"駭客稱 {ASKED}阿里巴巴否認", SAID_SO),
        (f"{ASKED}阿里巴巴：未遭入侵", f"{ASKED}阿里巴巴澄清", f"駭客稱 {ASKED}阿里巴巴：未遭入侵", SAID_SO),
    ],
)
def test_a_title_that_only_says_so_heads_no_story_that_others_deny(
    tmp_path: Path, titles: tuple[str, ...]
) -> None:
    told = [
        article(title, publisher=f"報{n}", summary="阿里巴巴否認 Qwen 外洩資料。", hours=9 + n / 10)
        for n, title in enumerate(titles)
    ]
    [made] = stories(*told, home=tmp_path)
    assert len(made.articles) == len(titles)
    assert headline_of(made, "zh-TW") in titles[:3]


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("阿里巴巴要賣 Qwen 了？",
         "《北辰日報》引述消息人士報導。阿里巴巴出售 Qwen 團隊，作價 300 億美元。阿里巴巴稱報導不實。"),
        ("阿里巴巴要賣 Qwen 了？", "阿里巴巴出售 Qwen 團隊，作價 300 億美元。"),
        ("Qwen4 太狂！", "某論壇帳號貼出截圖。阿里巴巴推出 Qwen4 模型，擊敗 GPT-6。截圖的真實性無法查證。"),
        ("阿里巴巴為何漲價 Qwen4", "傳聞甚囂塵上。阿里巴巴調漲 Qwen4 價格 30%。該公司已否認此傳聞。"),
        ("阿里巴巴要調降 Qwen4 模型價格？", f"網路流傳一則消息。{CUT}。不過這是假消息。"),
        (TEASER, f"{CUT}。阿里巴巴稱報導不實。"),
        (TEASER, f"網路流傳一則消息。{CUT}。"),
    ],
)  # fmt: skip
def test_no_sentence_heads_a_story_that_asks_or_is_doubted(tmp_path: Path, title: str, summary: str) -> None:
    [made] = stories(article(title, summary=summary), home=tmp_path)
    assert headline_of(made, "zh-TW") == pointed(title)


@pytest.mark.parametrize(
    ("publisher", "url"), [("Qwen", "https://qwen.ai/1"), ("Qwen Blog", "https://blog.example/1")]
)
def test_what_a_vendor_says_of_itself_heads_no_story(tmp_path: Path, publisher: str, url: str) -> None:
    title, summary = "太狂了！Qwen4 是最強模型", "Qwen4 推出，效能超越 GPT-5 達 30%，是全球最強模型。"
    own = article(title, publisher=publisher, summary=summary, url=url)
    [made] = stories(own, home=tmp_path, official=("qwen.ai",))
    assert headline_of(made, "zh-TW") != summary.rstrip("。")
