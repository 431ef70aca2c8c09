"""Which sentences of an article are whole and tell something, and what of a foreign one is quoted."""

from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.stories.story import Story
from digest_lib.writing.abroad import fitting, quotation
from digest_lib.writing.background import is_background
from digest_lib.writing.offline import write_offline
from digest_lib.writing.picking import pick
from digest_lib.writing.titles.counting import counted_in
from digest_lib.writing.whole import background, whole_sentences
from digest_lib.writing.worth import can_be_told, extracts, leans, worth
from stories.making import article, stories


def _story(*told: Article) -> Story:
    return Story("s", told, len(told), told[0].published, told[0].published, False, "", "", 1.0)


_FILL = "這一段話只是為了讓摘要夠長，長到像是被來源截斷的樣子，" * 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what stands before the cut is whole
        ("甲公司推出新模型。價格是舊款的一半 […]", ["甲公司推出新模型。"]),
        ("甲公司今天宣布，將調降模型價格，中階款調 […]", ["甲公司今天宣布，將調降模型價格。"]),
        ("甲公司推出新模型，主打以一半的價格，提供 […]", ["甲公司推出新模型。"]),
        # but not what hangs on what was cut, is turned by it, or was cut within a quotation
        ("甲公司揭露系統失控後，議員的發言人今天表示，乙 […]", []),
        ("甲公司傳出將收購乙公司，但乙公司 […]", []),
        ("甲公司執行長說「價格會降，品質 […]", []),
        ("甲公司執行長近日在節目 […]", []),
        ("甲公司推出新晶片，工程師預估，與舊款相比，能效 […]", ["甲公司推出新晶片。"]),
        # a long text without any mark was cut, a short one is a line of its own
        (f"甲公司發表模型。{_FILL}", ["甲公司發表模型。", _FILL.rstrip("，") .rpartition("，")[0] + "。"]),
        ("甲公司發表模型", ["甲公司發表模型"]),
        # the spaces of links go, a heading goes, and where either is not sure, the sentence
        ("甲公司於昨日聯手 宣布 ，雙方擴大合作。", ["甲公司於昨日聯手宣布，雙方擴大合作。"]),
        ("《甲報》曾 報導 一起入侵事件。", ["《甲報》曾報導一起入侵事件。"]),
        ("據《 甲報 》報導，模型已經開源。", ["據《甲報》報導，模型已經開源。"]),
        ("雲端成為各家的新戰場 執行長指出模型會開源。", ["執行長指出模型會開源。"]),
        ("甲公司執行長今天上午 宣布模型會開源。", []),
        # nor is a product's name that a heading ends with the beginning of the next one's; of what may be one
        # name or none, nothing is told, not what is left of it without who says or denies it
        ("模型延後，甲公司主打 Flash Gemini 3.5 Pro 原定 6 月推出。", []),
        ("Google 否認 Pixel 11 Pro Gemini 功能將收費。", []),
        ("外媒爆料 Pixel 11 Pro Gemini 功能將收費。", []),
        ("用戶無法在 Galaxy S26 Ultra Gemini 上使用此功能。", []),
        ("開發者抱怨 GPT-5 Mini Codex 很慢。", []),
        ("報導指出 OpenAI 未批准 GPT-5 Pro Codex 對外銷售。", []),
        ("甲公司推出 Gemini Flash 與 Gemini Pro。", ["甲公司推出 Gemini Flash 與 Gemini Pro。"]),
    ],
)  # fmt: skip
def test_whole_sentences(text: str, told: list[str]) -> None:
    assert [s for _, s in whole_sentences(text, "zh-Hant")] == told


#: With the stir would go who denies it, that it is not confirmed, what else happened, or that there was none;
#: or what was left would say nothing.
SAYS_MORE_THAN_A_STIR = (
    "阿里巴巴計劃裁員 300 人，但該公司否認並引發熱議。",
    "阿里巴巴計劃裁員 300 人，消息未獲證實卻引發熱議。",
    "阿里巴巴計劃裁員 300 人，消息遭駁引發熱議。",
    "Qwen4 模型產生不雅圖像，歐盟主管機關已展開調查引發關注。",
    "阿里巴巴停用 Qwen4，遭用戶集體提告引發關注。",
    "OpenAI 推出 GPT-6，並未引起討論。",
    "AI 造成裁員，學者認為不應引發恐慌或成為話題。",
    "阿里巴巴推出 Qwen4，在業界（該公司已否認）引發熱議。",
    "阿里巴巴推出 Qwen4，引發侵權疑慮與關注。",
    "繼阿里巴巴推出 Qwen4 之後，引發各界關注。",
)


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("此外，阿里巴巴推出 Qwen4。", "阿里巴巴推出 Qwen4。"),
        ("不過現在這種方式變了：阿里巴巴推出 Qwen4，取代舊款。", "阿里巴巴推出 Qwen4，取代舊款。"),
        ("他表示：阿里巴巴推出 Qwen4，取代舊款。", "他表示：阿里巴巴推出 Qwen4，取代舊款。"),
        # what stir it made is no part of it, unless the stir is what somebody did
        ("阿里巴巴推出 Qwen4，消息一出隨即在業界（Industry）引發巨震。", "阿里巴巴推出 Qwen4。"),
        ("阿里巴巴推出 Qwen4，引發各界極大關注。", "阿里巴巴推出 Qwen4。"),
        (
            "阿里巴巴推出 Qwen4，消息一出隨即在科技界與人工智慧（Artificial Intelligence, AI）領域引發巨震。",
            "阿里巴巴推出 Qwen4。",
        ),
        ("阿里巴巴推出 Qwen4，在 AI 圈掀起熱議。", "阿里巴巴推出 Qwen4。"),
        ("阿里巴巴推出 Qwen4；隨即引發外界的高度關注。", "阿里巴巴推出 Qwen4。"),
        ("阿里巴巴推出 Qwen4，引發騰訊跟進降價。", "阿里巴巴推出 Qwen4，引發騰訊跟進降價。"),
        *((whole, whole) for whole in SAYS_MORE_THAN_A_STIR),
        ("這場戰爭讓主管備感壓力，就連騰訊執行長都坦言，成本增加 3 成。", "騰訊執行長坦言，成本增加 3 成。"),
        (
            "這場戰爭持續時，騰訊執行長坦言，成本增加 3 成。",
            "這場戰爭持續時，騰訊執行長坦言，成本增加 3 成。",
        ),
    ],
)
def test_what_only_joins_a_sentence_to_another_goes(summary: str, told: str) -> None:
    assert [e.text for e in extracts(article("Qwen4", summary=summary))] == [told]


def test_a_sentence_that_leans_comes_with_the_one_that_it_leans_on(tmp_path: Path) -> None:
    base, leaning = "阿里巴巴發表 Qwen3.8，參數達 2.4 兆。", "該模型的價格降到每百萬 token 0.5 美元。"
    both = article("阿里巴巴發表 Qwen3.8", summary=base + leaning)
    alone = article("阿里巴巴發表 Qwen3.8", summary=f"這件事是什麼？{leaning}")
    told = [write_offline(stories(a, home=tmp_path), name="Qwen", language="zh-TW")[0] for a in (both, alone)]
    first, second = ["".join(s.text for s in d.stories[0].sentences) for d in told]
    assert leaning in first
    assert "該模型" not in second


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [("公司宣布降價 40%。", True), ("其他公司也宣布降價 40%。", False), ("競爭對手宣布降價 40%。", False)],
)
def test_of_other_companies_one_is_told_by_name_or_not_at_all(sentence: str, alone: bool) -> None:
    assert leans(sentence) != alone


def test_a_page_that_is_a_notice_leaves_the_word_to_the_summary() -> None:
    summary = "阿里巴巴發表 Qwen3.8，參數達 2.4 兆。"
    notice = replace(
        article("阿里巴巴發表 Qwen3.8", summary=summary), text="本頁內容僅供會員閱讀，請先登入。"
    )
    assert [e.text for e in extracts(notice)] == [summary]


def test_what_a_cut_sentence_presupposes_is_told_where_nothing_else_is(tmp_path: Path) -> None:
    cut = article("執行長談失控的模型", summary="繼阿里巴巴揭露 Qwen 的漏洞之後，執行長近日在節目 […]")
    more = article("Qwen 的漏洞修補了", publisher="北辰網", summary="阿里巴巴修補 Qwen 的漏洞。", hours=9)
    alone, both = ([e.text for e in pick(_story(cut, *o), "zh-TW", cut.title)] for o in ((), (more,)))
    assert alone == ["先前阿里巴巴揭露 Qwen 的漏洞。"]
    assert both == ["阿里巴巴修補 Qwen 的漏洞。"]


@pytest.mark.parametrize("when", ["上週", "27 日"])
def test_what_a_cut_sentence_presupposes_keeps_its_own_time(when: str) -> None:
    cut = article("執行長談失控的模型", summary=f"繼阿里巴巴{when}揭露 Qwen 的漏洞之後，執行長近日 […]")
    assert [e.text for e in pick(_story(cut), "zh-TW", cut.title)] == [f"阿里巴巴{when}揭露 Qwen 的漏洞。"]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("繼 Qwen 上週揭露漏洞被入侵", "Qwen 上週揭露漏洞被入侵。"),
        ("繼上週阿里巴巴揭露 Qwen 的漏洞", "上週阿里巴巴揭露 Qwen 的漏洞。"),
        # its own time is none of what it tells of
        (
            "在 OpenAI 公布 3 月活躍用戶達 8 億人",
            "先前OpenAI 公布 3 月活躍用戶達 8 億人。",
        ),
        ("在 OpenAI 公布今年 3 月的財報", "先前OpenAI 公布今年 3 月的財報。"),
    ],
)
def test_a_time_within_what_happened_before_is_not_its_own(before: str, told: str) -> None:
    assert background(f"{before}之後，投資人近日 […]", "zh-Hant") == told


def test_what_turns_a_sentence_is_told_with_it() -> None:
    record = "阿里巴巴的 Qwen4 以 11,182 美元的餘額奪冠。"
    turn = "但同一份報告也記錄，這個模型在測試中捏造供應商的報價。"
    other = "這項測試的設計相當單純，讓模型經營一台販賣機。"
    for summary, told in ((f"{record}{turn}", [record, turn]), (f"{record}{other}", [record])):
        source = article("Qwen4 販賣機測試奪冠", summary=summary)
        assert [e.text for e in pick(_story(source))] == told


def test_what_is_so_in_general_is_no_report() -> None:
    assert worth("攻擊者冒用知名品牌寫釣魚信，成功率因此提升。") == 0.5
    assert worth("一般來說，攻擊者往往會冒用知名品牌寫釣魚信，成功率因此提升。") == 0


def test_what_shares_nothing_with_the_title_is_not_told() -> None:
    summary = "北辰公司在 7 月 16 日發布 Kelp 9。同一週，兩款模型追平了 Qwen4。"
    assert [e.text for e in pick(_story(article("Qwen4 貴三倍", summary=summary)))] == [
        "同一週，兩款模型追平了 Qwen4。"
    ]


def test_at_most_half_of_a_story_is_quoted_and_all_of_it_stands(tmp_path: Path) -> None:
    long = (
        "阿里巴巴於今天上午在杭州宣布，新一代大型語言模型 Qwen3.8 的參數達 2.4 兆，"
        "在多項公開的程式設計與數學推理評測之中取得開源模型裡最高的分數。"
    )
    source = article("阿里巴巴在杭州發表 2.4 兆參數的新一代模型 Qwen3.8，價格再降", summary=long)
    digest, _ = write_offline(stories(source, home=tmp_path), name="Qwen", language="zh-TW")
    told = digest.stories[0]
    [sentence] = told.sentences
    quoted = sum(len(part.split("」")[0]) for part in sentence.text.split("「")[1:])
    assert 0 < quoted <= len(sentence.text) / 2
    assert "在杭州宣布，「新一代" in sentence.text
    assert sentence.text.endswith("最高的分數。")
    assert check_sentence(sentence, {source.id: source}) == []


@pytest.mark.parametrize(
    ("sentence", "room", "kept"),
    [
        ("Mistral opened a lab in Paris.", 40, "Mistral opened a lab in Paris"),
        ("Mistral opened a new lab in Paris to train robots.", 40, "Mistral opened a new lab in Paris…"),
        # not within a list, nor before what turns it
        ("Mistral sells models, tools, and chips in Europe today.", 30, ""),
        ("Mistral opened a new lab in Paris, but only for a year.", 40, ""),
        # nor after a word that wants another
        ("Mistral explains how in its new lab robots learn.", 30, ""),
        ("Mistral opened a lab in Paris to help answer them.", 60, ""),
    ],
)  # fmt: skip
def test_a_quotation_ends_where_what_follows_only_adds(sentence: str, room: int, kept: str) -> None:
    assert fitting(sentence, lambda _: room, "en") == kept


@pytest.mark.parametrize(
    ("summary", "quoted"),
    [
        ("How does it work? Mistral hired 40 engineers in Lyon.", "Mistral hired 40 engineers in Lyon"),
        ("See what you can do with Mistral. Read it.", ""),
        ("Mistral Medium is here.", ""),  # the title says so
    ],
)
def test_what_is_quoted_reports_more_than_the_title(summary: str, quoted: str) -> None:
    assert quotation(article("Mistral Medium is here", summary=summary), 90) == quoted


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("It helps 9,000 employees automate work in 30 minutes.", ["9,000 名員工"]),
        ("More than 2,000 patches came from 212 contributors.", ["超過 2,000 個修補程式", "212 名貢獻者"]),
        ("In two weeks, 30,000 people used it.", ["3 萬人"]),
        # a name's number, a limit that is not known, a range, a bare number
        ("The Zen 7 processors and GPT 5 models are out.", []),
        ("Nearly 300 employees left.", []),
        ("Between 5 and 10 models came, 3 to 4 tools, 99.", []),
    ],
)
def test_what_is_counted_is_told(sentence: str, counted: list[str]) -> None:
    assert counted_in(sentence) == counted


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("阿里巴巴與騰訊分成兩大陣營：一方是以阿里巴巴為首的開源陣營。", False),
        ("阿里巴巴與騰訊分成兩大陣營：一方主張開源，另一方主張封閉。", True),
        ("阿里巴巴有兩個理由，一是成本。", False),
        ("阿里巴巴有兩個理由，一是成本，二是速度。", True),
        ("阿里巴巴的對手之一是騰訊，該公司的唯一是雲端。", True),
    ],
)
def test_one_of_two_is_not_told_without_the_other(sentence: str, whole: bool) -> None:
    assert can_be_told(sentence) is whole


@pytest.mark.parametrize(
    ("sentence", "long_ago"),
    [
        ("2019 年，騰訊宣布與阿里巴巴合作。", True),
        ("此前，騰訊宣布與阿里巴巴合作。", True),
        ("過去幾年，騰訊都與阿里巴巴合作。", True),
        ("多年來，騰訊與阿里巴巴各做各的。", True),
        ("一直以來，騰訊與阿里巴巴各做各的。", True),
        # what has long been so, and of which it is told what is new
        ("長久以來困擾數學家的問題由 Qwen4 解決。", False),
        ("多年來困擾數學家的問題由 Qwen4 解決。", False),
        ("一直以來困擾數學家的問題由 Qwen4 解決。", False),
        ("回顧過去十多年，騰訊都與阿里巴巴合作。", True),
        ("7 月 3 日，騰訊宣布與阿里巴巴合作。", True),
        ("7 月 27 日，騰訊宣布與阿里巴巴合作。", False),
        ("騰訊公布財報（截至 6 月 30 日），營收成長 8%。", False),
        ("2019 年成立的新創 7 月 28 日宣布，與騰訊合作。", False),
        ("騰訊表示，去年的合作已到期。", False),
    ],
)
def test_what_a_sentence_begins_with_may_be_long_ago(sentence: str, long_ago: bool) -> None:
    assert is_background(sentence, article("Qwen4")) == long_ago
