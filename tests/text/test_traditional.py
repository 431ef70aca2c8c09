"""Simplified in Taiwan's script and words: words' borders, names, quotations; and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from digest_lib.text.conversion import is_faithful
from digest_lib.text.quotation_marks import quoted
from digest_lib.text.scripts import simplified_in, to_traditional
from digest_lib.text.traditional import in_script
from digest_lib.text.usage import mainland_words

SENTENCES = Path(__file__).parents[1] / "data" / "conversion" / "sentences.tsv"
#: Shapes of one character that are both in use.
SAME = str.maketrans("臺佈祕汙裏", "台布秘污裡")


@pytest.mark.parametrize(("simplified", "traditional"), [
    # phrases that cross the borders of words
    ("余凯展示了如何改变量子比特的模拟", "余凱展示了如何改變量子比特的模擬"),
    ("少数组织已参与制造测试芯片", "少數組織已參與製造測試芯片"),
    ("该方法去年被发明", "該方法去年被發明"),
    ("用户可以向粉丝发布结果", "用戶可以向粉絲發布結果"),
    ("学习了如何聚集成群地训练智能体", "學習了如何聚集成群地訓練智能體"),
    ("巨头发布财报", "巨頭發布財報"),
    ("平台风险与关系统计", "平台風險與關係統計"),
    # names
    ("于晓明与范伟加入通义千问团队", "于曉明與范偉加入通義千問團隊"),
    ("据余建国介绍，钟浩然与涂志远离职", "據余建國介紹，鍾浩然與涂志遠離職"),
    ("于先生说", "于先生說"),
    ("于东来的门店由于谦代言，由于天气未开", "于東來的門店由于謙代言，由於天氣未開"),
    ("据范文杰团队的范文，余总表示同意", "據范文傑團隊的範文，余總表示同意"),
    ("加里萨与巴里奥斯在夜里会面", "加里薩與巴里奧斯在夜裡會面"),
    # the same characters where they are no names
    ("由于位于深圳，余额与剩余范围有限", "由於位於深圳，餘額與剩餘範圍有限"),
    ("成立于2015年，二十余家公司参与", "成立於2015年，二十餘家公司參與"),
    ("受惠于台股强弹，适用于华为手机", "受惠於台股強彈，適用於華為手機"),
    ("即日起于全台门市，火箭于美东时间升空", "即日起於全台門市，火箭於美東時間升空"),
    ("导演于敏说，专访于晓明", "導演于敏說，專訪于曉明"),
    ("需求爆发式增长，线上换发驾照，尚有余裕", "需求爆發式增長，線上換發駕照，尚有餘裕"),
    ("三分钟之后敲钟", "三分鐘之後敲鐘"),
    ("钟情于开源的涂料厂朴素克制", "鍾情於開源的塗料廠樸素克制"),
    ("该男子系公司前员工，均系自愿，确系伪造", "該男子係公司前員工，均係自願，確係偽造"),
    ("中文系的系主任把鞋带系好，阿里系公司", "中文系的系主任把鞋帶繫好，阿里系公司"),
    ("他估计不准，也不准进入", "他估計不準，也不准進入"),
    # what OpenCC writes with another word's character stays what it is, and the clause is converted
    ("家具店仿佛在锻炼想象力", "家具店仿佛在鍛煉想象力"),
    ("坐标系与磨炼", "坐標系與磨煉"),
    ("答复与反复", "答覆與反覆"),
    # words stay
    ("软件支持高分辨率", "軟件支持高分辨率"),
    ("no Chinese here", "no Chinese here"),
    ("", ""),
])  # fmt: skip
def test_the_script_alone(simplified: str, traditional: str) -> None:
    assert in_script(simplified, "zh-Hans") == traditional


@pytest.mark.parametrize(("simplified", "told"), [
    ("谷歌发布智能体", "Google發布AI代理"),
    ("谷歌AI概览与U盘5个", "Google AI概覽與隨身碟5個"),
    ("据Similarweb谷歌智能体报告", "據Similarweb Google AI代理報告"),
    ("据报道，量子比特翻倍", "據報導，量子位元翻倍"),
    ("智能体验与智能体系", "智能體驗與智能體系"),
    ("人机交互界面与编程能力，提交互联网渠道", "人機互動介面與程式設計能力，提交網際網路管道"),
    ("据界面新闻报道", "據界面新聞報導"),
    ("该项目将根据用户反馈改进语音识别", "該專案將根據使用者回饋改進語音辨識"),
    ("该项目的负责人与项目标价", "該項目的負責人與項目標價"),
    ("首席运营官说运营成本同比增长 20%", "營運長說營運成本年增 20%"),
    ("少数组织聚集成群", "少數組織聚集成群"),
    ("选民支持总统", "選民支持總統"),
    ("“谷歌报道有误”，软件公司回应", "“谷歌報道有誤”，軟體公司回應"),
    ("《软件法》管软件", "《軟件法》管軟體"),
    ("他说：“我们的软件没有漏洞，支持所有芯片", "他說：“我們的軟件沒有漏洞，支持所有芯片"),
])  # fmt: skip
def test_own_words_are_taiwans_and_quotations_keep_theirs(simplified: str, told: str) -> None:
    assert to_traditional(simplified, "zh-Hans") == told


@pytest.mark.parametrize(("text", "spans"), [
    ("他說「甲『乙』丙」丁", ["「甲『乙』丙」"]),
    ("“甲”與\"乙丙\"與《丁》", ["“甲”", "\"乙丙\"", "《丁》"]),
    ("他說：「被截斷的", ["「被截斷的"]),
    ("沒有」引文", []),
])  # fmt: skip
def test_what_is_quoted(text: str, spans: list[str]) -> None:
    assert [text[a:b] for a, b in quoted(text)] == spans


@pytest.mark.parametrize(("text", "found"), [
    ("谷歌的智能體和二維碼，據報道", ["Google", "報導"]),
    ("智能體驗變差，晚報道歉，智能體育上線", []),
    ("Google 的 AI 代理", []),
])  # fmt: skip
def test_mainland_words_begin_and_end_with_words(text: str, found: list[str]) -> None:
    assert [said for _, _, said in mainland_words(text)] == found


@pytest.mark.parametrize(("converted", "text", "faithful"), [
    ("量子比特", "量子比特", True),
    ("數子位元", "量子比特", False),
    ("少陣列織", "少数组织", False),
    ("軟體", "软件", False),
])  # fmt: skip
def test_what_is_not_the_text_again_is_told(converted: str, text: str, faithful: bool) -> None:
    assert is_faithful(converted, text) is faithful


@given(st.text() | st.text(alphabet="余于范伟发布里面干后系软件谷歌“”「」，。 a1"))
def test_the_script_is_the_text_when_converted_back(text: str) -> None:
    converted = in_script(text, "zh-Hans")
    assert is_faithful(converted, text)
    assert simplified_in(in_script(converted, "zh-Hant")) == simplified_in(converted)


def _wrong(convert: OpenCC | None, split: str) -> float:
    """Wrong characters in a thousand of the sentences of a split."""
    lines = (line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()[1:])
    bad = whole = 0
    for of, simplified, traditional in lines:
        if of == split:
            made = convert.convert(simplified) if convert else in_script(simplified, "zh-Hans")
            pairs = zip(made.translate(SAME), traditional.translate(SAME), strict=True)
            bad += sum(a != b for a, b in pairs)
            whole += len(traditional)
    return 1000 * bad / whole


@pytest.mark.parametrize("split", ["dev", "held-out"])
def test_it_errs_less_than_half_as_often_as_plain_opencc(split: str) -> None:
    assert _wrong(None, split) * 2 < _wrong(OpenCC("s2tw"), split)
