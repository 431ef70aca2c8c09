"""At the desk: stories merged and split by hand, doubtful pairs asked about, reasons that can be read."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from digest_lib.errors import UserError
from digest_lib.settings import Home
from digest_lib.stories.cluster import Wishes, cluster, group
from digest_lib.stories.desk import in_words
from digest_lib.stories.kinds import Kind
from digest_lib.stories.sources import NO_NEWS
from stories.making import article, articles

ONE = article("Mistral 開源語音模型 Voxtral 2", publisher="島嶼科技報", hours=9)
SAME = article("Mistral AI open-sources speech model Voxtral 2", publisher="Harbour Tech", hours=8)
OTHER = article("法國電網今夏停電頻仍", publisher="電力週報", hours=7)


def sizes(home: Path, **wishes: object) -> list[int]:
    (home / "posts").mkdir(exist_ok=True)
    made = cluster(articles(ONE, SAME, OTHER), family="mistral", home=Home(home), **wishes)
    return sorted(len(s.articles) for s in made)


def test_by_hand_what_is_one_and_what_is_not(tmp_path: Path) -> None:
    assert sizes(tmp_path) == [1, 2]
    assert sizes(tmp_path, apart=[(ONE.url, SAME.url)]) == [1, 1, 1]
    assert sizes(tmp_path, together=[(ONE.id, OTHER.url)]) == [3]
    assert sizes(tmp_path, together=[(ONE.id, OTHER.id)], apart=[(ONE.id, SAME.id)]) == [1, 2]


@pytest.mark.parametrize(
    "together",
    [[(ONE.url, SAME.url)], [(SAME.id, ONE.id)], [(ONE.url, OTHER.url), (OTHER.url, SAME.url)]],
    ids=["the couple itself", "the other way round", "by a chain"],
)
def test_what_is_merged_and_split_is_told_in_a_line(tmp_path: Path, together: list) -> None:
    with pytest.raises(UserError, match=r"^together and apart contradict each other: «http[^\n]*$"):
        sizes(tmp_path, together=together, apart=[(ONE.url, SAME.url)])


@pytest.mark.parametrize("day", ["2026-7-29", "29.07.2026", "20260729", "2026-07-32", "today"])
def test_a_day_that_is_none_is_told_in_a_line(tmp_path: Path, day: str) -> None:
    with pytest.raises(
        UserError, match=rf"^apart: «{day}» is no day as it is written here: 2026-07-29[^\n]*$"
    ):
        sizes(tmp_path, apart={day: [(ONE.url, SAME.url)]})


@pytest.mark.parametrize(("notebooks", "family", "says"), [
    (["gpt", "mistral"], "mistral", ""),
    (["gpt", "qwen"], "mistral",
     "this notebook's family is «mistral»; a notebook is named after its family (there are: gpt, qwen)"),
    (["gpt", "qwen"], "Qwen Family!", "«Qwen Family!»; a notebook is named after its family"),
    ([], "mistral", ""),  # a home of articles alone
])  # fmt: skip
def test_a_family_that_no_notebook_is_named_after(
    tmp_path: Path, notebooks: list[str], family: str, says: str
) -> None:
    (tmp_path / "notebooks").mkdir()
    for name in notebooks:
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}")
    if not says:
        assert len(cluster(articles(ONE, SAME), family=family, home=Home(tmp_path))) == 1
        return
    with pytest.raises(UserError, match=re.escape(says)):
        cluster(articles(ONE, SAME), family=family, home=Home(tmp_path))


def test_the_table_shows_members_reasons_and_what_was_left_out(tmp_path: Path) -> None:
    page = article("Mistral 動態", url="https://www.facebook.com/1", publisher="<b>")
    made = cluster(
        articles(ONE, SAME, OTHER, page),
        family="mistral",
        home=Home(tmp_path),
        together={"2026-07-29": [(ONE.url, OTHER.url)]},
    )
    html = made._repr_html_()
    tree = ElementTree.fromstring(f"<div>{html}</div>")
    assert [p.text for p in tree.findall("p")] == [
        "4 篇以這個家族為主題，分成 1 則；另有 0 篇只是提到，略過 1 篇。"
    ]
    stories, left = (
        [["".join(c.itertext()) for c in row] for row in t.iter("tr")] for t in tree.iter("table")
    )
    assert stories[0] == ["順序", "新聞", "類型", "報導", "獨立媒體", "時間", "為何同一則", "為何這個順序"]
    assert stories[1][:5] == [
        "1",
        ONE.title,
        "發表",
        f"電力週報：{OTHER.title}Harbour Tech：{SAME.title}",
        "3 家",
    ]
    assert stories[1][6].startswith("人工併則；都提到 ")
    assert stories[1][7].startswith("發表、3 家獨立媒體")
    assert left == [["略過", "媒體", "理由"], ["Mistral 動態", "<b>", "不是新聞：社群貼文"]]
    links = [a.attrib["href"] for a in tree.iter("a")]
    assert links == [ONE.url, OTHER.url, SAME.url, page.url]


@pytest.mark.parametrize(("titles", "says"), [
    (("OpenAI 沙盒出事：專家指環境設定有誤", "专家：OpenAI 沙盒环境没配好"),
     "都提到 OpenAI、專家、沙盒、環境"),
    (("ChatGPT opens a door to medical records", "chatgpt 也能看病歷"), "都提到 ChatGPT"),
])  # fmt: skip
def test_what_articles_share_is_said_once_in_the_desks_script_and_no_topic_beside_words(
    titles: tuple[str, str], says: str, tmp_path: Path
) -> None:
    (tmp_path / "posts").mkdir()
    one, other = (article(t, publisher=p) for t, p in zip(titles, ("甲報", "乙報"), strict=True))
    made = cluster(articles(one, other), family="gpt", home=Home(tmp_path), together=[(one.url, other.url)])
    (told,) = re.findall("都提到[^<]*", made._repr_html_())
    assert told.startswith(says)
    assert "topic:" not in told
    words = told.removeprefix("都提到 ").casefold().split("、")
    assert len(words) == len({*words})


def test_every_reason_is_said_in_chinese(tmp_path: Path) -> None:
    for kind in Kind:
        reason = f"{kind}, 2 independent publisher(s), official page, follows an earlier post, in no headline"
        reason += ", on somebody else, 2 figure(s), 7 h before cut-off"
        assert not re.search(r"[a-z]", in_words(reason))
    for kind in (*NO_NEWS, "spam", "stock quote", "an editor's note", "a listing, called by a name alone"):
        assert not re.search(r"[a-z]", in_words(f"no news page: {kind}"))
    assert in_words("already in 2026-07-28-qwen") == "2026-07-28-qwen 已引用過"
    assert in_words("nothing new since 2026-07-28-qwen") == "2026-07-28-qwen 之後沒有新進展"
    assert in_words("beyond 8 stories") == "超過一天 8 則"


def test_wishes_kept_by_day_count_for_their_day(tmp_path: Path) -> None:
    couple = [(ONE.url, SAME.url)]
    assert sizes(tmp_path, apart={"2026-07-29": couple}) == [1, 1, 1]
    assert sizes(tmp_path, apart={"2026-07-28": couple}) == [1, 2]


def test_a_couple_that_names_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^apart: «https://nowhere\.example/x» is no article"):
        sizes(tmp_path, apart=[(ONE.url, "https://nowhere.example/x")])


def test_copies_of_a_headline_can_be_split_by_hand() -> None:
    copies = [article("Qwen3.8 登場", publisher=p) for p in ("甲報", "乙報")]
    assert len(group(copies)) == 1
    assert len(group(copies, wishes=Wishes(apart=[(copies[0].id, copies[1].id)]))) == 2


def test_only_doubtful_pairs_are_asked_about() -> None:
    asked = []

    def answer(a, b) -> bool:
        asked.append({a.title, b.title})
        return True

    group([ONE, SAME, OTHER], wishes=Wishes(ask=answer))
    assert all(OTHER.title not in pair for pair in asked)


@pytest.mark.parametrize(
    "title",
    [
        "【科技早餐】Qwen3.8 登場，Mistral 募資",
        "【資安日報】7月29日，Voxtral 2 漏洞修補",
        "[AINews] Mistral, Qwen and more",
        "晨間早餐桌：Voxtral 2 開源、Qwen3.8 登場",
        "Weekly digest: Voxtral 2 and Qwen3.8",
    ],
)
def test_a_round_up_stands_alone(title: str) -> None:
    launch = article("阿里巴巴發表 Qwen3.8", publisher="北辰網")
    groups = group([article(title), ONE, SAME, launch])
    assert [a.title for g in groups for a in g if len(g) > 1] == [ONE.title, SAME.title]


def test_the_reason_names_what_is_shared(tmp_path: Path) -> None:
    made = cluster(articles(ONE, SAME), family="mistral", home=Home(tmp_path))
    assert made[0].why_grouped.startswith("share ")
    assert "voxtral" in made[0].why_grouped
    assert "Mistral" in made[0].why_grouped


def test_many_different_articles_are_near_linear() -> None:
    """Pairs that are looked at grow with the articles, not with their square."""
    from digest_lib.stories.matrices import matrices
    from digest_lib.stories.nearby import candidates
    from digest_lib.stories.traits import traits

    news = [traits(article(f"公司{n}號發表產品 X{n} 與 Y{n % 7}", hours=n / 100)) for n in range(3000)]
    i, _ = candidates(matrices(sorted(news, key=lambda t: t.day), (), None))
    assert len(i) < 3000 * 12
