"""The offline writer tells what its sources say, and counts: nothing that it says is its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Digest
from digest_lib.writing.draft import Draft
from digest_lib.writing.headings import headline_of
from digest_lib.writing.offline import counted_of, counts_of, write_offline
from digest_lib.writing.picking import pick
from digest_lib.writing.revise import revise
from digest_lib.writing.usage import OFFLINE, Writer
from stories.making import article, stories

LEAD = article(
    "阿里巴巴發表 2.4 兆參數 Qwen3.8",
    summary="阿里巴巴發表 Qwen3.8，參數達 2.4 兆。該公司表示效能僅次於一款對手模型。天氣晴。",
    hours=11,
)
MAINLAND = article(
    "阿里发布 Qwen3.8：2.4 万亿参数",
    publisher="北辰網",
    summary="阿里云今天发布 Qwen3.8 大模型，软件开发者可以下载。",
    hours=10,
)
NAMES = article(
    "余浩与范晓明：谷歌用通义千问做量子比特的智能体",
    publisher="北辰網",
    summary="余浩展示了如何在软件里用通义千问模拟量子比特，少数组织已参与制造。"
    "通义千问的团队表示，粉丝发起的投票决定了软件里的智能体由少数组织的志愿者一起维护和更新算法。",
    hours=8,
)
OWN = "https://mistral.ai/news/1"
FOREIGN = article(
    "Mistral signs a cloud deal",
    publisher="Harbour Tech",
    summary="Mistral signed a sovereign cloud deal with Microsoft on Wednesday. Terms were not dis",
    hours=9,
)


def sentences(digest: Digest) -> list[str]:
    return [s.text for _, group in digest.sentences() for s in group]


def test_a_chinese_story_is_told_with_publisher_and_date_said_once(tmp_path: Path) -> None:
    digest, _ = write_offline(stories(LEAD, home=tmp_path), name="Qwen", language="zh-TW")
    told = digest.stories[0]
    assert told.headline == LEAD.title
    assert [s.text for s in told.sentences] == [
        "島嶼科技報 7 月 28 日報導，阿里巴巴發表 Qwen3.8，參數達 2.4 兆。",
        "該公司表示效能僅次於一款對手模型。",
    ]
    assert told.sentences[0].sources == [LEAD.id]


def test_simplified_is_converted_in_taiwans_usage(tmp_path: Path) -> None:
    digest, _ = write_offline(stories(MAINLAND, home=tmp_path), name="Qwen", language="zh-TW")
    assert digest.headline == "阿里發布 Qwen3.8：2.4 萬億參數"
    assert "軟體開發者可以下載" in digest.stories[0].sentences[0].text


def test_conversion_falsifies_no_quotation_and_no_name(tmp_path: Path) -> None:
    made = stories(NAMES, home=tmp_path)
    digest, _ = write_offline(made, name="Qwen", language="zh-TW")
    told = digest.stories[0].sentences[0]
    assert digest.headline == "余浩與范曉明：Google 用通義千問做量子位元的 AI 代理"
    # what is told is in Taiwan's words, what is quoted changes its script alone
    quoted = digest.stories[0].sentences[1]
    view = "粉絲發起的投票決定了軟件裡的智能體由少數組織的"
    assert quoted.text.startswith(f"文中轉述通義千問的團隊的說法：「{view}")
    assert check_sentence(quoted, {NAMES.id: NAMES}) == []
    assert "余浩展示了如何在軟體裡用通義千問模擬量子位元，少數組織已參與製造。" in told.text
    assert check_sentence(told, {NAMES.id: NAMES}) == []


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (
            "Today we announced Mistral Medium on Azure.",
            "以英文表示：「Today we announced Mistral Medium…」，並提到 Azure。",
        ),
        (FOREIGN.summary, "以英文報導：「Mistral signed a sovereign cloud deal…」，並提到 Microsoft。"),
        ("The deal with Microsoft: what is in it?", "以英文刊出商業文章，提到 Microsoft。"),
    ],
)
def test_a_foreign_story_quotes_its_source_or_says_what_kind_of_text_was_published(
    tmp_path: Path, summary: str, said: str
) -> None:
    foreign = article(FOREIGN.title, publisher="Harbour Tech", summary=summary, hours=9)
    digest, _ = write_offline(stories(foreign, home=tmp_path), name="Mistral", language="zh-TW")
    assert digest.headline == "Mistral 簽署雲端協議"
    assert [s.text for s in digest.stories[0].sentences] == [f"Harbour Tech 7 月 28 日{said}"]


@pytest.mark.parametrize(
    ("title", "publisher", "url", "headline"),
    [
        ("Introducing Mistral Medium 4", "Mistral AI", OWN, "Mistral AI 推出 Mistral Medium 4"),
        ("Introducing Mistral Medium 4", "Harbour Tech", "http://h.example/1", "Mistral Medium 4 推出"),
        ("Mistral raises €2bn", "Harbour Tech", "http://h.example/1", "Mistral 募資 20 億歐元"),
        ("Generative models", "Mistral AI", OWN, "Mistral AI 談生成式模型"),
        ("Generative models", "Harbour Tech", "http://h.example/1", "Harbour Tech 談生成式模型"),
        ("Mistral sues Northstar over its wharves", "Harbour Tech", "http://h.example/1",
         "Mistral 控告 Northstar"),
        ("Of barges, sundry", "Mistral AI", OWN, "Mistral AI 官方發表文章：〈Of barges, sundry〉"),
    ],
)  # fmt: skip
def test_a_foreign_story_is_headed_in_chinese_by_its_gist_where_that_is_sure(
    tmp_path: Path, title: str, publisher: str, url: str, headline: str
) -> None:
    foreign = article(title, publisher=publisher, url=url, summary="Mistral said so on Wednesday in Paris.")
    made = stories(foreign, home=tmp_path, family="mistral", official=("mistral.ai",))
    assert write_offline(made, name="Mistral", language="zh-TW")[0].stories[0].headline == headline
    assert title in headline_of(made[0], "zh-TW", gists=False)


@pytest.mark.parametrize(("told", "in_summary"), [
    ([LEAD], 0),
    ([LEAD, FOREIGN], 0),
    # that it was published is counted, and no claim about the news
    ([article("Of barges, sundry", publisher="Harbour Tech", summary="Mistral said so in Paris.")], 1),
])  # fmt: skip
def test_a_day_is_counted_without_its_text_as_with_it(
    tmp_path: Path, told: list[Article], in_summary: int
) -> None:
    made = stories(*told, home=tmp_path)
    digest, counts = write_offline(made, name="Qwen", language="zh-TW")
    above_and_below = (group for place, group in digest.sentences() if not place.startswith("stories["))
    expected = [s for group in above_and_below for s in group if s.kind == "count"]
    assert counted_of(made, "Qwen", "zh-TW") == expected
    assert len(expected) == len(digest.trend) + in_summary
    assert counts_of(made) == counts


def test_who_published_a_foreign_story_is_said_once(tmp_path: Path) -> None:
    foreign = article("Introducing Mistral Medium 4", publisher="Mistral AI", url=OWN)
    made = stories(foreign, home=tmp_path, family="mistral", official=("mistral.ai",))
    digest, _ = write_offline(made, name="Mistral", language="zh-TW")
    assert digest.summary[0].text == "Mistral AI 推出 Mistral Medium 4。"
    assert digest.stories[0].sentences[0].text == "原文為英文，7 月 28 日刊出。"


def test_what_a_foreign_title_names_is_told_where_nothing_else_is(tmp_path: Path) -> None:
    title = "Wibbling through wobbles in voice mode and drug discovery, in the real world"
    foreign = article(title, publisher="Mistral AI", url=OWN)
    made = stories(foreign, home=tmp_path, family="mistral", official=("mistral.ai",))
    digest, _ = write_offline(made, name="Mistral", language="zh-TW")
    assert digest.headline == "Mistral AI 官方發表產品文章，談語音模式、藥物研發"
    assert digest.stories[0].sentences[0].text == "原文為英文，7 月 28 日刊出，提到語音模式、藥物研發。"


@pytest.mark.parametrize(
    ("title", "publisher", "url", "headline"),
    [
        ("Of barges, sundry", "Mistral AI", OWN, "Mistral AI 官方發表文章"),
        ("Of barges, sundry, and GPT-5.6", "Harbour Tech", "", "Harbour Tech 以英文刊出文章，談 GPT-5.6"),
        # so may the title of an article in Chinese be
        ("Of barges, sundry: Qwen4", "北辰網", "", "北辰網刊出報導，談 Qwen4"),
    ],
)  # fmt: skip
def test_no_foreign_title_heads_a_day_or_stands_in_its_summary(
    tmp_path: Path, title: str, publisher: str, url: str, headline: str
) -> None:
    one = article(
        title,
        publisher=publisher,
        url=url,
        summary="It was so.",
        lang="zh-Hant" if "網" in publisher else "en",
    )
    made = stories(one, home=tmp_path, family="mistral", official=("mistral.ai",))
    draft, counts = write_offline(made, name="Mistral", language="zh-TW")
    assert title in draft.stories[0].headline
    digest = revise(
        Draft(draft, made, "Mistral", "zh-TW", Writer(OFFLINE), counts=counts),
        repair_prompt="{sentence}{reasons}{articles}",
    ).digest
    assert digest.headline == headline
    assert [s.text for s in digest.summary] == [f"{headline}。"]


def test_a_story_known_by_its_title_alone_says_just_that(tmp_path: Path) -> None:
    bare = article("Qwen3.8 登場", publisher="甲報")
    digest, _ = write_offline(stories(bare, home=tmp_path), name="Qwen", language="zh-TW")
    assert digest.stories[0].sentences[0].text == "甲報 7 月 28 日刊出報導。"


def test_it_never_analyses_and_pads_nothing(tmp_path: Path) -> None:
    digest, _ = write_offline(stories(LEAD, FOREIGN, home=tmp_path), name="Qwen", language="zh-TW")
    assert not any([*digest.analysis.model_dump().values(), *digest.outlook.model_dump().values()])
    assert write_offline(stories(FOREIGN, home=tmp_path), name="Qwen", language="zh-TW")[0].key_points == []


def _day_of(home: Path, *titles: str) -> Digest:
    """A day whose stories stand in this order, each of one title."""
    days = [stories(article(title, summary=""), home=home, family="mistral") for title in titles]
    made = replace(days[0], items=tuple(story for day in days for story in day))
    return write_offline(made, name="Mistral", language="zh-TW")[0]


def test_the_summary_has_three_headlines_and_no_foreign_title(tmp_path: Path) -> None:
    digest = _day_of(
        tmp_path,
        "Mistral 推出語音辨識模型 Voxtral Mini",
        "募資 20 億歐元，Mistral 估值翻倍",
        "巴黎法院裁定 Mistral 侵犯報社著作權",
        "Of barges, sundry, and Mistral",
    )
    assert len(digest.stories) == 4
    assert [s.text for s in digest.summary] == [
        "Mistral 推出語音辨識模型 Voxtral Mini。",
        "募資 20 億歐元，Mistral 估值翻倍。",
        "巴黎法院裁定 Mistral 侵犯報社著作權。",
    ]


def test_the_summary_names_the_lead_first_and_foreign_titles_where_there_is_nothing_else(
    tmp_path: Path,
) -> None:
    digest = _day_of(tmp_path, "Of barges, sundry, and Mistral", "Mistral, or a winter of whales")
    assert len(digest.summary) == 2
    assert digest.headline in digest.summary[0].text


def test_every_count_is_one_of_the_runs_own_numbers(tmp_path: Path) -> None:
    made = stories(LEAD, MAINLAND, FOREIGN, home=tmp_path)
    digest, counts = write_offline(made, name="Qwen", language="zh-TW")
    assert counts == counts_of(made)
    assert digest.trend[0].text == ("過去 24 小時收錄的 3 篇文章中，有 3 篇以 Qwen 為主題。")
    assert digest.trend[-1].text == "這些文章整理為 2 則新聞。"
    # how many report a story stands in its badges
    assert not any("家獨立媒體" in text for text in sentences(digest))


def test_a_quiet_day_is_one_honest_line(tmp_path: Path) -> None:
    digest, _ = write_offline(stories(home=tmp_path), name="Grok", language="zh-TW")
    assert sentences(digest) == ["過去 24 小時收錄的 0 篇文章中，沒有以 Grok 為主題的新消息。"] * 2
    assert digest.headline == "Grok"
    assert digest.stories == []


@pytest.mark.parametrize(
    ("language", "frame", "headline"),
    [
        ("en", "島嶼科技報 reported on 2026-07-28 in Chinese: “", "島嶼科技報: “阿里巴巴"),
        ("ja", "島嶼科技報は7月28日、中国語で次のように報じた：「", "島嶼科技報：「阿里巴巴"),
    ],
)
def test_other_languages_frame_what_they_quote(
    tmp_path: Path, language: str, frame: str, headline: str
) -> None:
    made = stories(LEAD, home=tmp_path)
    digest, _ = write_offline(made, name="Qwen", language=language)
    assert digest.stories[0].sentences[0].text.startswith(frame)
    assert headline_of(made[0], language).startswith(headline)


def test_a_sentence_that_says_the_headline_again_gives_way_to_one_that_adds_to_it(tmp_path: Path) -> None:
    summary = "阿里巴巴調降 Qwen4 的價格 80%。騰訊宣布 8 月起採用 Qwen4，簽約 3 年。"
    source = article("阿里巴巴調降 Qwen4 價格 80%", summary=summary)
    digest, _ = write_offline(stories(source, home=tmp_path), name="Qwen", language="zh-TW")
    [told] = digest.stories[0].sentences
    assert told.text == "島嶼科技報 7 月 28 日報導，騰訊宣布 8 月起採用 Qwen4，簽約 3 年。"


def test_the_same_sentence_is_not_quoted_twice(tmp_path: Path) -> None:
    copy = article("阿里巴巴發表 2.4 兆參數 Qwen3.8（轉載）", publisher="乙報", summary=LEAD.summary, hours=8)
    picked = [e.text for e in pick(stories(LEAD, copy, home=tmp_path)[0])]
    assert len(picked) == len(set(picked))
    assert "天氣晴。" not in picked  # too short to say anything


def test_a_quotation_in_what_is_told_stays_one(tmp_path: Path) -> None:
    said = article("執行長談 Qwen", summary="執行長表示「模型已經開源」，並感謝開發者社群。")
    digest, _ = write_offline(stories(said, home=tmp_path), name="Qwen", language="zh-TW")
    told = digest.stories[0].sentences[0].text
    assert told == "島嶼科技報 7 月 28 日報導，執行長表示「模型已經開源」，並感謝開發者社群。"


def test_english_counts_agree_with_their_nouns(tmp_path: Path) -> None:
    one, _ = write_offline(stories(FOREIGN, home=tmp_path), name="Mistral", language="en")
    assert [s.text for s in one.trend] == [
        "Of 1 articles gathered in the last 24 hours, 1 is about Mistral.",
        "They make 1 story.",
    ]
    two, _ = write_offline(stories(LEAD, FOREIGN, home=tmp_path), name="Mistral", language="en")
    assert two.trend[0].text == "Of 2 articles gathered in the last 24 hours, 2 are about Mistral."
    assert two.trend[1].text == "They make 2 stories."


def test_a_title_of_one_word_heads_no_story_where_there_is_another(tmp_path: Path) -> None:
    made = stories(article("Mistral", publisher="Mistral AI", summary=FOREIGN.summary), home=tmp_path)
    assert headline_of(made[0], "en") == "Mistral AI: “Mistral”"


def test_what_is_announced_is_told_with_the_announcement_or_not_at_all(tmp_path: Path) -> None:
    new = "David Vélez 與 Robin Vince 加入 OpenAI Foundation 與 OpenAI Group PBC 的董事會"
    board = article("OpenAI 董事會添兩名新成員", summary=f"OpenAI 7 月 27 日宣布，{new}。", hours=6)
    digest, _ = write_offline(stories(board, home=tmp_path, family="gpt"), name="GPT", language="zh-TW")
    told = " ".join(s.text for s in digest.stories[0].sentences)
    assert "宣布" not in told or f"宣布，{new}。" in told


def test_what_is_quoted_keeps_its_marks_and_nobody_only_reveals(tmp_path: Path) -> None:
    source = article(
        "阿里巴巴公布 Qwen 雲端財報",
        summary="阿里巴巴揭露，Qwen 雲端單季營收 900 億美元；全年 3,318 億美元，服務占 31%；客戶 30 萬家。",
    )
    digest, _ = write_offline(stories(source, home=tmp_path), name="Qwen", language="zh-TW")
    for sentence in digest.stories[0].sentences:
        assert not sentence.text.endswith("揭露。")
        assert check_sentence(sentence, {source.id: source}) == [], sentence.text


def test_a_story_is_headed_by_what_most_of_its_titles_say(tmp_path: Path) -> None:
    titles = ["爆砍！Qwen4 大動作", "阿里巴巴調降 Qwen4 價格 80%", "Qwen4 價格調降 80%，阿里巴巴證實"]
    summary = "阿里巴巴調降 Qwen4 的價格，降幅達 80%。"
    told = [
        article(title, publisher=name, summary=summary, hours=hours)
        for title, name, hours in zip(titles, ("島嶼科技報", "北辰網", "甲報"), (11, 10, 9), strict=True)
    ]
    [made] = stories(*told, home=tmp_path)
    assert headline_of(made, "zh-TW") in titles[1:]


def test_no_room_is_left_beside_marks_of_full_width(tmp_path: Path) -> None:
    [made] = stories(article("入侵後， Qwen 團隊「討公道」： 1 億美元"), home=tmp_path)
    assert headline_of(made, "zh-TW") == "入侵後，Qwen 團隊「討公道」：1 億美元"
