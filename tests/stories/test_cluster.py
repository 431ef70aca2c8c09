"""Each event once; nothing glued together that is not one."""

from pathlib import Path

import pytest

from digest_lib.stories.cluster import group
from digest_lib.stories.grouping import conflict
from digest_lib.stories.sources import is_listing, no_news
from digest_lib.stories.traits import traits
from digest_lib.stories.voices import independent
from digest_lib.text.names import Aliases
from stories.making import article, stories

LAUNCH = [
    article("阿里巴巴發表 2.4 兆參數 Qwen3.8", publisher="島嶼科技報", hours=12),
    article("阿里发布 Qwen3.8：2.4 万亿参数", publisher="北辰網", hours=11),
    article("Alibaba unveils Qwen3.8 with 2.4 trillion parameters", publisher="Harbour Tech", hours=10),
]
IMAGE = article("Qwen Image 3.0 把四層介面塞進一張圖", hours=9)
HIRING = article("歐洲電網擴建計畫獲准", publisher="電力週報", hours=8)


def titles(groups: list[list]) -> list[set[str]]:
    return [{a.title for a in g} for g in groups]


def test_one_event_in_three_scripts_is_one_story() -> None:
    found = titles(group([*LAUNCH, IMAGE, HIRING]))
    assert {a.title for a in LAUNCH} in found
    assert {IMAGE.title} in found
    assert {HIRING.title} in found


def test_the_order_of_arrival_does_not_matter() -> None:
    everything = [*LAUNCH, IMAGE, HIRING]
    assert titles(group(everything)) == titles(group(everything[::-1]))


@pytest.mark.parametrize(
    "headline", ["", "Qwen", "🙂🙂🙂", "نموذج كوين الجديد", "。。。", "a" * 5000, "\u202eQwen\u202c 3.8"]
)
def test_odd_titles_do_not_crash(headline: str) -> None:
    odd = [article(headline, publisher=p) for p in ("甲報", "乙報")]
    assert sum(len(g) for g in group([*odd, *LAUNCH])) == 5


def test_thousands_of_copies_of_a_headline_are_one_story() -> None:
    copies = [article("Qwen3.8 登場", publisher=f"第{n}報") for n in range(5000)]
    assert [len(g) for g in group(copies)] == [5000]


@pytest.mark.parametrize(
    ("titles", "groups"),
    [
        # candidates of one release, of one publisher and of two
        ([("甲報", "crossfeed 0.32rc1"), ("甲報", "crossfeed 0.32rc2")], 1),
        ([("甲報", "Inkwell 7.2-rc3 released"), ("乙報", "Inkwell 7.2-rc4 released")], 1),
        ([("甲報", "crossfeed 0.32rc1"), ("甲報", "crossfeed 0.33rc1")], 2),
        # two firms' earnings by one template
        ([("甲報", "鴻海第二季獲利年增三成 優於預期"), ("乙報", "緯創第二季獲利年增三成 優於預期")], 2),
        ([("甲報", "Dell beats second-quarter estimates on server sales"),
          ("乙報", "Oracle beats second-quarter estimates on server sales")], 2),
        # one company's earnings, what is traded on it, and what falls down
        ([("甲報", "SpaceX 首份財報：第二季營收 48 億美元，星鏈占七成"),
          ("乙報", "SpaceX 選擇權首日掛牌，成交逾 90 萬口"),
          ("丙報", "SpaceX 火箭殘骸墜落農場，民航局展開調查")], 3),
        ([("甲報", "SpaceX posts first quarterly profit since listing"),
          ("乙報", "SpaceX options begin trading with heavy demand"),
          ("丙報", "SpaceX booster debris found on a beach in Australia")], 3),
        # two exhibitors of one fair
        ([("甲報", "松下亮相世界人工智能大會，展出養老照護機器人"),
          ("乙報", "商湯亮相世界人工智能大會，展出具身智能平台")], 2),
        ([("甲報", "AI Expo Taipei：研揚科技展出邊緣運算主機"),
          ("乙報", "AI Expo Taipei：凌華科技展出自駕計程車平台")], 2),
    ],
)  # fmt: skip
def test_candidates_belong_together_and_firms_apart(titles: list[tuple[str, str]], groups: int) -> None:
    summary = "輝達、微軟與台積電的需求仍強。" if "獲利" in titles[0][1] else ""
    told = [article(t, publisher=p, hours=9 + n, summary=summary) for n, (p, t) in enumerate(titles)]
    assert len(group(told)) == groups


BLOWS = [
    # one event that strikes several firms: an earthquake, a regulator, an outage
    (("熊本強震 台積電廠區停機檢查", ""), ("熊本地震 Sony 感測器廠停工", ""), False),
    (("Quake halts Toyota plants in Kumamoto", ""), ("熊本強震，台積電撤離員工", ""), False),
    (("歐盟禁令：Google 須停用比價功能", "歐盟執委會今天對兩家公司下令。"),
     ("Meta 也接歐盟禁令", "歐盟執委會要求停用資料。"), False),
    (("AWS outage takes Snapchat down", "Amazon Web Services failed."),
     ("Duolingo 斷線，AWS 大當機惹禍", "AWS 故障三小時。"), False),
    # two events of a kind
    (("Gemini 當機兩小時", ""), ("Claude 當機三小時", ""), True),
    (("歐盟開罰 Google", "歐盟執委會公布裁決。"), ("義大利開罰 Meta", "義大利監管機關公布裁決。"), True),
    (("鴻海第二季獲利年增三成", "輝達需求仍強。"), ("緯創第二季獲利年增三成", "輝達需求仍強。"), True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "apart"), BLOWS, ids=[one[0] for one, *_ in BLOWS])
def test_what_strikes_several_firms_is_no_two_events(
    one: tuple[str, str], other: tuple[str, str], apart: bool
) -> None:
    a, b = (traits(article(t, summary=s, publisher=p)) for (t, s), p in ((one, "甲報"), (other, "乙報")))
    assert bool(conflict(a, b)) is apart


def test_copies_of_one_text_count_as_one_publisher() -> None:
    text = "阿里巴巴今天發表新模型，參數達 2.4 兆，並公布權重。"
    same = [article(f"標題{n}", publisher=f"第{n}報", summary=text) for n in range(3)]
    other = article("標題", publisher="自家報", summary="記者到場採訪，描述另一個角度。")
    assert independent([*same, other]) == 2


PRESS = "阿里巴巴今天發表新模型，參數達 2.4 兆，並公布權重，官方說成本只有上一代的一半，企業客戶八月起可用。"


@pytest.mark.parametrize(
    ("told", "independent_publishers"),
    [
        # the vendor's own page is no independent voice
        ([("https://qwen.ai/blog/a", "Qwen", "")], 0),
        ([("https://qwen.ai/blog/a", "Qwen", ""), ("https://a.example/1", "甲報", "")], 1),
        # two sections of one site are one publisher
        ([("https://money.udn.com/1", "經濟日報", ""), ("https://udn.com/2", "聯合報", "")], 1),
        # a copy adds nobody, cut short or with a line of its own
        ([("https://a.example/1", "甲報", PRESS), ("https://b.example/1", "乙報", PRESS[:44] + "……")], 1),
        (
            [("https://a.example/1", "甲報", PRESS), ("https://b.example/1", "乙報", "（綜合報導）" + PRESS)],
            1,
        ),
        # whoever passes news on is not its publisher
        (
            [
                ("https://news.google.com/rss/articles/CBMi1", "甲報", ""),
                ("https://news.google.com/rss/articles/CBMi2", "乙報", ""),
            ],
            2,
        ),
        # two channels of one host are two, and two writers, projects, boards
        (
            [
                ("https://www.youtube.com/watch?v=1", "東岸電視", ""),
                ("https://www.youtube.com/watch?v=2", "西山實驗室", ""),
                ("https://www.youtube.com/watch?v=3", "東岸電視", ""),
            ],
            2,
        ),
        ([("https://alice.substack.com/p/1", "A", ""), ("https://bob.substack.com/p/1", "B", "")], 2),
        ([("https://one.github.io/1", "A", ""), ("https://two.github.io/1", "B", "")], 2),
        ([("https://github.com/a1/b", "github.com", ""), ("https://github.com/c1/d", "github.com", "")], 2),
        ([("https://social.example/@ann/1", "Ann", ""), ("https://social.example/@ben/1", "Ben", "")], 2),
        # one that has a site of its own, too, is one
        ([("https://www.youtube.com/watch?v=1", "甲報", ""), ("https://first.example/1", "甲報", "")], 1),
        # of two links whose host says nothing, nobody knows that they are two
        ([("https://youtu.be/1", "youtu.be", ""), ("https://youtu.be/2", "youtu.be", "")], 1),
        # a company, which hosts or sells the model, is no medium, on its site or under its name
        ([("https://aws.amazon.com/blogs/1", "aws-ml-blog", ""), ("https://甲報.example/1", "甲報", "")], 1),
        ([("https://huggingface.co/blog/1", "Hugging Face Blog", "")], 0),
        ([("https://news.google.com/rss/articles/CBMi1", "微軟 官方部落格", "")], 0),
        ([("https://news.google.com/rss/articles/CBMi1", "路透", "")], 1),
        ([("https://microsoft-watch.example/1", "Microsoft Watch Weekly", "")], 1),
        # who is read directly, too, is one publisher
        (
            [
                ("https://news.google.com/rss/articles/CBMi1", "聯合報", ""),
                ("https://udn.com/news/2", "聯合報", ""),
                ("https://money.udn.com/3", "經濟日報", ""),
            ],
            1,
        ),
    ],
)
def test_who_reports_on_their_own(told: list[tuple[str, str, str]], independent_publishers: int) -> None:
    made = [
        article(f"Qwen 新聞 {n}", url=url, publisher=publisher, summary=text, hours=20 - n)
        for n, (url, publisher, text) in enumerate(told)
    ]
    assert independent(made, [a for a in made if "qwen.ai" in a.url]) == independent_publishers


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://www.facebook.com/post/1", "Qwen", "social"),
        ("https://apps.apple.com/app/x", "Qwen", "app store"),
        ("https://zh.wikipedia.org/wiki/Qwen", "Qwen", "wiki"),
        ("https://status.openai.com/incidents/1", "Elevated errors", "status page"),
        ("https://news.example/x", "BABA: 131.2 ▲", "stock quote"),
        ("https://news.example/x", "ChatGPT Plus promo codes for July: 40% off", "spam"),
        ("https://news.example/x", "Claude 帳號合租，全網最低價", "spam"),
        ("https://news.example/x", "編輯室報告：我們為何讀 Qwen", "an editor's note"),
        ("https://news.example/x", "Editor’s note: how we write about ChatGPT", "an editor's note"),
        ("https://news.example/x", "From the editor: a week with Claude", "an editor's note"),
        ("https://news.example/x", "編集後記　Geminiと過ごした夏", "an editor's note"),
        ("https://news.example/x", "Editors sue OpenAI over summaries", None),
        ("https://news.example/x", "日報總編輯離職 轉任 OpenAI", None),
        ("https://news.example/x", "Researchers crack a cipher with Claude", None),
        ("https://news.example/x", "阿里巴巴發表 Qwen3.8", None),
        ("https://notfacebook.com/x", "Qwen", None),
    ],
)
def test_pages_that_report_nothing(url: str, title: str, kind: str | None) -> None:
    assert no_news(article(title, url=url)) == kind


@pytest.mark.parametrize(
    ("title", "listing"),
    [
        ("ChatGPT", True),
        ("ChatGPT on the App Store", True),
        ("Download ChatGPT for Windows", True),
        ("ChatGPT - Apps on Google Play", True),
        ("下載 ChatGPT", True),
        ("「ChatGPT」官方應用程式下載", True),
        ("ChatGPT 手机版下载", True),
        ("ChatGPT アプリ", True),
        ("ChatGPT 6", False),  # what it is called is the news
        ("ChatGPT 6 for Android", True),
        ("ChatGPT is down", False),
        ("ChatGPT 連不上", False),
        ("OpenAI brings ChatGPT to the App Store in China", False),
        ("ChatGPT 下載量創新高", False),
        ("App Store", False),
    ],
)
def test_a_listing_is_called_by_a_name_alone(title: str, listing: bool) -> None:
    assert is_listing(title, Aliases(["ChatGPT", "OpenAI"])) is listing


def test_ranked_by_independent_publishers_with_the_reasons_shown(tmp_path: Path) -> None:
    page = article("Qwen 動態", url="https://www.facebook.com/1")
    made = stories(IMAGE, *LAUNCH, page, home=tmp_path)
    assert [len(s.articles) for s in made] == [3, 1]
    assert made[0].publishers == 3
    assert "qwen3.8" in made[0].why_grouped.lower()
    assert made[0].why_ranked.startswith("launch, 3 independent publisher(s)")
    assert made.left_out == {page.id: "no news page: social"}
    assert made[0].lead.lang == "zh-Hant"


def test_the_vendors_own_page_leads(tmp_path: Path) -> None:
    own = article(
        "Qwen3.8: 2.4 trillion parameters", url="https://qwen.ai/blog/qwen38", publisher="Qwen", hours=13
    )
    made = stories(*LAUNCH, own, home=tmp_path, official=("qwen.ai",))
    assert made[0].official
    assert made[0].lead == own


def test_the_limit_leaves_the_rest_out_by_name(tmp_path: Path) -> None:
    from digest_lib.settings import Home
    from digest_lib.stories.cluster import cluster
    from stories.making import articles

    made = cluster(articles(*LAUNCH, IMAGE, HIRING), family="qwen", limit=1, home=Home(tmp_path))
    assert len(made) == 1
    assert set(made.left_out.values()) == {"beyond 1 stories"}


def test_what_no_headline_names_ranks_below(tmp_path: Path) -> None:
    from digest_lib.settings import Home
    from digest_lib.stories.cluster import cluster
    from digest_lib.stories.match import match
    from stories.making import articles

    passing = article(
        "雲端業者上半年財報整理",
        summary="Qwen 的客戶數成長，Qwen 的收入也成長，其餘產品持平。",
        publisher="甲報",
        hours=2,
    )
    headline = article("Qwen 發表新的影像模型", publisher="乙報", hours=3)
    found = match(articles(passing, headline), aliases=["Qwen"])
    made = cluster(found, family="qwen", home=Home(tmp_path))
    assert [s.lead.title for s in made] == [headline.title, passing.title]
    assert "in no headline" in made[1].why_ranked
