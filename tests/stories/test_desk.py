"""At the desk: stories merged and split by hand, doubtful pairs asked about, reasons that can be read."""

from pathlib import Path

import pytest

from digest_lib.errors import UserError
from digest_lib.settings import Home
from digest_lib.stories.cluster import Wishes, cluster, group
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
