"""A story that was told is not news again, and what follows it says so."""

import json
from pathlib import Path

import pytest

from digest_lib.stories.continuity import published_before
from stories.making import DAY, article, stories

TOLD = article("三星傳砸 10 億歐元入股 Mistral", publisher="島嶼科技報", hours=30)


def publish(home: Path, name: str, *told, sentence: str = "", kind: str = "fact") -> None:
    """An earlier post, with what continuity reads of it; `sentence` is told of each story."""
    facts = {
        "stories": [{"id": f"story{n}", "headline": a.title, "articles": [a.id]} for n, a in enumerate(told)],
        "sources": [{"id": a.id, "title": a.title} for a in told],
    }
    if sentence:
        facts["language"] = "zh-TW"
        facts["digest"] = {
            "stories": [
                {"story": f"story{n}", "sentences": [{"text": sentence, "kind": kind, "sources": [a.id]}]}
                for n, a in enumerate(told)
            ]
        }
    folder = home / "posts" / name
    folder.mkdir(parents=True)
    (folder / "index.ipynb").write_text(json.dumps({"cells": [], "metadata": {"digest": facts}}))


def test_an_article_that_was_cited_is_not_news_again(tmp_path: Path) -> None:
    publish(tmp_path, "2026-07-28-mistral", TOLD)
    fresh = article("Mistral 開源新的語音模型", hours=5)
    made = stories(TOLD, fresh, home=tmp_path, family="mistral")
    assert [s.lead for s in made] == [fresh]
    assert made[0].follows is None
    assert made.left_out == {TOLD.id: "already in 2026-07-28-mistral"}


def test_news_of_a_told_story_follows_it_and_keeps_its_id(tmp_path: Path) -> None:
    publish(tmp_path, "2026-07-28-mistral", TOLD)
    more = article("三星證實入股 Mistral，金額 10 億歐元", publisher="北辰網", hours=5)
    made = stories(more, home=tmp_path, family="mistral")
    assert made[0].id == "story0"
    assert made[0].follows is not None
    assert (made[0].follows.post, made[0].follows.headline) == ("2026-07-28-mistral", TOLD.title)


def test_no_two_stories_of_a_day_have_one_id(tmp_path: Path) -> None:
    """Not even where another story of today has the name of the one that goes on."""
    other = article("Mistral 開源新的語音模型", publisher="甲報", hours=5)
    publish(tmp_path, "2026-07-28-mistral", TOLD)
    path = tmp_path / "posts/2026-07-28-mistral/index.ipynb"
    path.write_text(path.read_text().replace("story0", other.id[:12]))
    more = article("三星證實入股 Mistral，金額 10 億歐元", publisher="北辰網", hours=5)
    made = stories(more, other, home=tmp_path, family="mistral")
    assert {s.lead.title: bool(s.follows) for s in made} == {more.title: True, other.title: False}
    assert len({s.id for s in made}) == 2


def test_in_a_window_of_a_week_the_newest_follow_too(tmp_path: Path) -> None:
    publish(tmp_path, "2026-07-22-mistral", TOLD)
    early = article("Mistral 開源新的語音模型", publisher="甲報", hours=160)
    late = article("三星證實入股 Mistral，金額 10 億歐元", publisher="北辰網", hours=5)
    made = stories(early, late, home=tmp_path, family="mistral")
    follows = {s.lead.title: s.follows and s.follows.post for s in made}
    assert follows == {early.title: None, late.title: "2026-07-22-mistral"}


def test_a_page_that_is_called_as_a_product_is_continued_by_nothing(tmp_path: Path) -> None:
    page = article("Mistral", publisher="Mistral AI", summary="Voxtral 2.5 is out today.", hours=40)
    publish(tmp_path, "2026-07-28-mistral", page)
    other = article("Mistral 推出電商客服", publisher="北辰網", hours=5)
    made = stories(other, home=tmp_path, family="mistral")
    assert made[0].follows is None


def test_a_follow_up_says_what_is_new(tmp_path: Path) -> None:
    publish(tmp_path, "2026-07-28-mistral", TOLD)
    more = article("三星入股 Mistral 10 億歐元，黃仁勳加碼 25% 股權", publisher="北辰網", hours=5)
    made = stories(more, home=tmp_path, family="mistral")
    assert made[0].follows is not None
    assert set(made[0].what_is_new) == {"25%", "黃仁勳"}
    assert "25%" in made.frame["what is new"][0]


@pytest.mark.parametrize(
    ("title", "new"),
    [
        ("三星入股 Mistral 10 億歐元，Modal Labs 跟進", ("Modal Labs",)),
        ("三星入股 Mistral 10 億歐元，輝達也出資 2 億歐元", ("2 億歐元", "輝達")),
        # what another new thing says in whole is not said by itself
        ("三星入股 Mistral 10 億歐元，並採用 Voxtral 2.5", ("Voxtral 2.5",)),
        # a bare number of nothing says nothing
        ("三星入股 Mistral 10 億歐元，重點 4", ()),
    ],
)
def test_what_is_new_is_said_as_it_is_spelled(tmp_path: Path, title: str, new: tuple[str, ...]) -> None:
    publish(tmp_path, "2026-07-28-mistral", TOLD)
    made = stories(article(title, publisher="北辰網", hours=5), home=tmp_path, family="mistral")
    assert (made[0].what_is_new if made else ()) == new


def test_the_same_again_is_left_out_with_the_reason(tmp_path: Path) -> None:
    publish(tmp_path, "2026-07-28-mistral", TOLD)
    again = article("三星傳以 10 億歐元入股 Mistral", publisher="北辰網", hours=5)
    made = stories(again, home=tmp_path, family="mistral")
    assert not made
    assert made.left_out == {again.id: "nothing new since 2026-07-28-mistral"}


@pytest.mark.parametrize(
    ("kind", "sentence", "title", "told"),
    [
        # a bare line, or only a quotation in another language: what readers can read is no repetition
        ("count", "原文為英文，7 月 27 日刊出。", "三星以 10 億歐元入股 Mistral", True),
        ("fact", "7 月 27 日以英文表示：「Samsung takes a stake」。", "三星以 10 億歐元入股 Mistral", True),
        ("fact", "Mistral 表示，三星以 10 億歐元取得股權。", "三星以 10 億歐元入股 Mistral", False),
        ("count", "原文為英文，7 月 27 日刊出。", "Samsung invests 1 billion euros in Mistral", False),
    ],
)  # fmt: skip
def test_what_was_only_said_to_be_published_is_told_when_it_can_be_read(
    tmp_path: Path, kind: str, sentence: str, title: str, *, told: bool
) -> None:
    source = article("Samsung invests 1 billion euros in Mistral", publisher="Wire", hours=40)
    publish(tmp_path, "2026-07-28-mistral", source, sentence=sentence, kind=kind)
    made = stories(article(title, publisher="北辰網", hours=5), home=tmp_path, family="mistral")
    assert bool(made) is told
    assert all(s.follows for s in made)


def test_a_story_told_twice_links_to_the_last_time(tmp_path: Path) -> None:
    publish(tmp_path, "2026-07-27-mistral", TOLD)
    later = article("三星證實入股 Mistral，金額 10 億歐元", publisher="北辰網", hours=20)
    publish(tmp_path, "2026-07-28-mistral", later)
    more = article("三星入股 Mistral 10 億歐元，歐盟批准", publisher="甲報", hours=5)
    made = stories(more, home=tmp_path, family="mistral")
    assert made[0].follows is not None
    assert made[0].follows.post == "2026-07-28-mistral"
    assert "批准" in made[0].what_is_new


@pytest.mark.parametrize(
    "name",
    [
        "2026-07-28-qwen",  # another family's
        "2026-07-29-mistral",  # the day's own post, when it is run again
        "2026-07-30-mistral",  # a later one
        "2026-05-01-mistral",  # too long ago
    ],
)
def test_other_posts_do_not_count(tmp_path: Path, name: str) -> None:
    publish(tmp_path, name, TOLD)
    past = published_before(tmp_path / "posts", "mistral", DAY.date)
    assert not past.cited
    assert not past.stories


def test_a_post_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "posts" / "2026-07-28-mistral"
    folder.mkdir(parents=True)
    (folder / "index.ipynb").write_text("not json")
    assert not published_before(tmp_path / "posts", "mistral", DAY.date).cited
