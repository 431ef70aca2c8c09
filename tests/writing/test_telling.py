"""How a Chinese sentence is told: where it ends, and where a quotation in it begins."""

from dataclasses import replace

import pytest

from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.writing.abroad import quotation
from digest_lib.writing.closing import is_closed
from digest_lib.writing.known import Known
from digest_lib.writing.pieces import hangs
from digest_lib.writing.telling import said
from digest_lib.writing.worth import Extract
from stories.making import article


def told(sentence: str, room: int = 60, pattern: str = "{told}") -> str:
    """The sentence as it is told, where so many characters are told besides."""
    return said(pattern, Extract(article("Qwen4", summary=sentence), sentence, 0, 2.0), "zh-TW", room)


@pytest.mark.parametrize(
    ("sentence", "made"),
    [
        # short enough to be told
        ("騰訊宣布採用 Qwen4，簽約 3 年。", "騰訊宣布採用 Qwen4，簽約 3 年。"),
        # no day is said with which its today would be one, and the AI trade of today is no day
        ("騰訊於今日宣布採用 Qwen4，是今天的語言模型中最便宜的。",
         "騰訊宣布採用 Qwen4，是今天的語言模型中最便宜的。"),
        # too long to be told: cut, where what is cut only adds to it
        ("騰訊宣布採用 Qwen4，強調新的模型可以幫助遊戲與廣告部門的同事更快地完成每天大量重複的文書工作。",
         "騰訊宣布採用 Qwen4。"),
        # behind who says it a quotation would be his words: it is said that they are a publisher's
        ("騰訊副總裁湯道生表示，旗下 12 款產品改用模型後，客服部門每一天處理的問題已經增加了三成以上。",
         "文中轉述騰訊副總裁湯道生的說法："
         "「旗下 12 款產品改用模型後，客服部門每一天處理的問題已經增加了三成以上」。"),
        # within a clause, too
        ("騰訊副總裁湯道生宣布旗下所有的產品都會在今年年底以前全面改用阿里巴巴的語言模型。",
         "文中轉述騰訊副總裁湯道生的說法：「旗下所有的產品都會在今年年底以前全面改用阿里巴巴的語言模型」。"),
        ("騰訊的兩名主管向《晚報》透露，阿里巴巴雲端部門的全部語音辨識服務與影像生成服務這個月起都漲價兩成。",
         "文中轉述騰訊的兩名主管對《晚報》的說法："
         "「阿里巴巴雲端部門的全部語音辨識服務與影像生成服務這個月起都漲價兩成」。"),
        # what is his view and what is none cannot be told apart: he is quoted with it
        ("騰訊透露旗下平台遭到攻擊，導致雲端的憑證與金鑰遭竊，阿里巴巴承認是 Qwen4 所引起，"
         "本週騰訊公布事故的經過。",
         "「騰訊透露旗下平台遭到攻擊，導致雲端的憑證與金鑰遭竊，阿里巴巴承認是 Qwen4 所引起」，"
         "本週騰訊公布事故的經過。"),
        # what it does not include is not left out
        ("騰訊宣布採用阿里巴巴的 Qwen4，簽約 3 年，但這個合作案並不包括騰訊雲端部門自己的客服機器人。",
         "騰訊宣布採用阿里巴巴的 Qwen4，簽約 3 年，「但這個合作案並不包括騰訊雲端部門自己的客服機器人」。"),
        # clauses in the middle are quoted where much would be missing, each whole
        ("騰訊宣布採用 Qwen4，在廣告與客服和內容審查這些部門裡的速度都提升，成本較 Gemini 少 40%。",
         "騰訊宣布採用 Qwen4，「在廣告與客服和內容審查這些部門裡的速度都提升」，成本較 Gemini 少 40%。"),
        # what it contrasts with, what follows from a condition and the rest of a list are not cut off
        ("騰訊宣布最初只是在廣告部門試用阿里巴巴的模型，如今全公司每一個部門的同事每天都在使用。",
         "騰訊宣布最初只是在廣告部門試用阿里巴巴的模型，「如今全公司每一個部門的同事每天都在使用」。"),
        ("騰訊宣布採用 Qwen4，以及阿里巴巴雲端部門的全部語音辨識服務與影像生成服務與翻譯服務。", ""),
        ("騰訊宣布改用 Qwen4，加上阿里巴巴雲端部門的全部語音辨識服務與影像生成服務與翻譯服務。", ""),
        # what it is done for, what he says who criticises
        ("騰訊宣布採用 Qwen4，試圖讓廣告部門與客服部門的每一位同事都能更快完成每天重複的文書工作。",
         "騰訊宣布採用 Qwen4，「試圖讓廣告部門與客服部門的每一位同事都能更快完成每天重複的文書工作」。"),
        ("騰訊批評阿里巴巴的 Qwen4，直指這個模型的內容審查機制過於嚴苛而讓客服部門的同事無法使用。", ""),
    ],
)  # fmt: skip
def test_what_is_told_and_what_is_quoted(sentence: str, made: str) -> None:
    assert told(sentence, room=40) == made


def test_what_is_told_is_written_as_the_newsroom_writes_and_what_is_quoted_as_its_source_does() -> None:
    sentence = '騰訊採用Qwen4等3款模型，並加入"開放權重"公開信，強調「Qwen4最快」。'
    assert told(sentence) == "騰訊採用 Qwen4 等 3 款模型，並加入「開放權重」公開信，強調「Qwen4最快」。"


@pytest.mark.parametrize(
    ("title", "sentence", "quoted"),
    [
        # what explains the title, where the whole has no room
        ("Introducing Auroxa Harbour", "Introducing Auroxa Harbour, a proven enterprise agent platform.",
         "…a proven enterprise agent platform"),
        # two that act have a verb in the plural
        ("A harbour incident", "OpenAI and Hugging Face share early findings.",
         "OpenAI and Hugging Face share early findings"),
    ],
)  # fmt: skip
def test_of_a_foreign_report_what_its_title_does_not_say_is_quoted(
    title: str, sentence: str, quoted: str
) -> None:
    assert quotation(article(title, summary=sentence, lang="en"), 50, official=True) == quoted


@pytest.mark.parametrize(
    ("clause", "closed"),
    [
        ("並入侵了 Hugging Face 的生產系統", True),
        ("正式進入付款階段", True),
        ("旗下兩個 AI 模型", False),
        ("微軟意在用 Mistral 的先進模型", False),
        ("軟體工程師需要開發哪些程式的決定權", False),
        ("瓶頸也從程式碼實作業務", False),
        # what is attributed to a noun is said of it by nobody yet
        ("這場圍繞旗艦模型的訂閱重整", False),
        ("這場圍繞旗艦模型的訂閱重整已經結束", True),
        ("這場會議討論模型的重整", True),
        ("這款是開源的模型", True),
        ("該公司宣布模型的重整", True),
    ],
)
def test_a_clause_is_closed_that_has_its_predicate(clause: str, closed: bool) -> None:
    assert is_closed(clause) is closed


@pytest.mark.parametrize(
    ("clause", "waits"),
    [
        ("發現旗下模型自今年 4 月起", True),
        ("新的價格從即日起", True),
        ("新的價格自 7 月 20 日起生效", False),
        ("這家公司在獨立之後自主崛起", False),
        ("阿里巴巴擬在未來兩年內", True),
        ("騰訊預計於 2027 年前", True),
        ("騰訊的交付期限在 3 年內縮短", False),
        ("騰訊把服務建在自家機房內", False),
    ],
)
def test_a_clause_hangs_that_says_only_since_or_by_when(clause: str, waits: bool) -> None:
    assert hangs(clause) is waits


@pytest.mark.parametrize(
    ("sentence", "adds"),
    [
        ("馬斯克宣布以 Grok Imagine 製作電影《奧德賽》。", False),
        ("馬斯克宣布以 Grok Imagine 製作電影，預算 3 億美元。", True),
        ("xAI 已修補這項工具的漏洞。", True),
    ],
)
def test_what_the_headline_says_is_not_said_again(sentence: str, adds: bool) -> None:
    known = Known(["馬斯克宣布以 Grok Imagine 製作電影《奧德賽》，批評諾蘭選角"])
    assert known.is_told_by(sentence) is adds


@pytest.mark.parametrize(
    ("sentence", "adds"),
    [
        # In other words, with who tells it and whose the company is.
        ("阿里雲旗下的 Qwen 傳出正積極研發新一代的影片工具，供電商的賣家使用。", False),
        ("根據《北辰日報》的獨家報導，Qwen 旗下傳出正積極打造新一代影片工具。", False),
        ("Qwen 於台灣宣布推出全新的影片功能，電商的賣家與買家都能使用。", False),
        # Somebody else, something else that happened or did not, the first of its kind, a figure.
        ("騰訊旗下團隊傳出正積極研發新一代的影片工具，供電商的賣家使用。", True),
        ("Qwen 旗下團隊傳出已收購一家做動畫的新創公司，供電商的賣家使用。", True),
        ("Qwen 宣布，影片工具目前尚不提供給電商以外的賣家與買家。", True),
        ("這項 Build 模式讓電商的賣家與買家以一句話生成自己的影片頁面。", True),
        ("Qwen 宣布，這是首款能在手機上離線剪輯的電商專用產品。", True),
        ("Qwen 旗下團隊傳出正積極研發 3 款新一代的影片工具，供電商的賣家使用。", True),
    ],
)
def test_what_was_told_is_not_told_again_in_other_words(sentence: str, adds: bool) -> None:
    known = Known(["Qwen 開發影片工具"])
    known.add("島嶼科技報報導，Qwen 將於 8 月推出影片工具。")
    assert known.is_told_by(sentence) is adds


def test_the_first_sentence_may_say_what_the_headline_does_in_other_words() -> None:
    known = Known(["Qwen 開發影片工具"])
    assert known.is_told_by("Qwen 傳出正積極研發新一代的剪輯軟體，供電商的賣家使用。")


def test_where_little_may_be_quoted_a_relayed_view_is_told_in_turn() -> None:
    view = "騰訊的擔保涵蓋租約與建設債務，但不含機房內阿里巴巴的晶片，雙方還在談 350 億美元的採購"
    made = "騰訊的擔保涵蓋租約與建設債務，但不含機房內阿里巴巴的晶片，「雙方還在談 350 億美元的採購」"
    assert told(f"知情人士透露，{view}。", room=0) == f"文中轉述知情人士的說法：{made}。"


def test_a_sources_today_is_the_day_of_its_report() -> None:
    pattern = "{publisher} {month} 月 {day} 日報導{comma}{told}"
    made = "島嶼科技報 7 月 28 日報導，騰訊於當天宣布採用 Qwen4。"
    assert told("騰訊於今日宣布採用 Qwen4。", pattern=pattern) == made


def test_a_quotation_does_not_break_off_before_what_is_done() -> None:
    head = "知情人士爆料，阿里巴巴目前正與騰訊進行一項極具規模的雲端合作談判：阿里巴巴擬在未來兩年內"
    made = told(f"{head}，斥資 100 億美元向騰訊租用算力，並把模型搬進騰訊的機房。", room=60)
    assert "兩年內」" not in made


def test_what_is_longer_in_taiwans_words_is_quoted_in_time() -> None:
    said_so = "阿里AI编程助手Qwen Coder正式推出实时语音交互智能体Qwen Voice，支持开发者完成任务。"
    source = replace(article("Qwen Voice 发布", summary=said_so), lang="zh-Hans")
    text = said("{told}", Extract(source, said_so, 0, 2.0), "zh-TW", 60)
    assert text.startswith("「阿里AI編程助手Qwen Coder正式推出")
    assert check_sentence(Sentence(text=text, sources=[source.id]), {source.id: source}) == []
