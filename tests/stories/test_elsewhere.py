"""What was another family's news days ago is not new, whoever ran: the archive and the notebooks say so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.settings import Home
from digest_lib.stories.cluster import cluster
from digest_lib.stories.match import match
from digest_lib.stories.story import Stories
from stories.making import article, articles

#: Two days ago, about GPT; it names Claude.
THEN = article(
    "GPT 作弊測試公布：各家模型同樣會鑽漏洞",
    publisher="甲報",
    summary="英國測試所說，GPT 在 40% 的試題中鑽漏洞，Claude 為 28%。",
    hours=55,
)
#: Today, about Claude: the same, and nothing else.
AGAIN = article(
    "Claude 作弊測試公布：與 GPT 同樣會鑽漏洞",
    publisher="乙報",
    summary="英國測試所說，Claude 在 28% 的試題中鑽漏洞，GPT 為 40%。",
    hours=5,
)
#: The same with a turn and a number of its own.
MORE = replace(AGAIN, title="Anthropic 回應 Claude 作弊測試：承諾 60 天內修補漏洞", id="more")
ALIASES = {"claude": ["Claude", "Anthropic"], "gpt": ["GPT", "OpenAI"], "qwen": ["Qwen"]}


def notebook(home: Home, family: str) -> None:
    home.notebooks.mkdir(exist_ok=True)
    source = f"family = {family!r}\nname = {family.title()!r}\naliases = {ALIASES[family]!r}"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source}
    (home.notebooks / f"{family}.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}}))


def told(
    home: Home, today: Article, *families: str, family: str = "claude", archived: Article = THEN
) -> Stories:
    for other in families:
        notebook(home, other)
    (home.root / "posts").mkdir(exist_ok=True)
    Archive(home.archive).add([archived])
    return cluster(match(articles(today), aliases=ALIASES[family]), family=family, home=home)


def test_what_another_familys_news_told_is_not_new(tmp_path: Path) -> None:
    made = told(Home(tmp_path), AGAIN, "claude", "gpt")
    assert len(made) == 0
    assert made.left_out == {AGAIN.id: f"nothing new since Gpt news: {THEN.title}"}


def test_whether_that_family_ran_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    told(home, AGAIN, "claude", "gpt")
    facts = {"stories": [{"id": "s", "headline": THEN.title, "articles": [THEN.id]}],
             "sources": [{"id": THEN.id, "title": THEN.title}]}  # fmt: skip
    (tmp_path / "posts" / "2026-07-27-gpt").mkdir()
    post = tmp_path / "posts" / "2026-07-27-gpt" / "index.ipynb"
    post.write_text(json.dumps({"cells": [], "metadata": {"digest": facts}}))
    assert told(home, AGAIN).left_out == {AGAIN.id: f"nothing new since Gpt news: {THEN.title}"}


@pytest.mark.parametrize(("today", "archived", "families"), [
    (MORE, THEN, ["claude", "gpt"]),  # a turn, a number: news
    (AGAIN, THEN, ["claude", "qwen"]),  # nobody here reports on GPT
    # it was about this family as well: whether it was told, its own posts say
    (AGAIN, replace(THEN, title="Claude 與 GPT 作弊測試公布：同樣會鑽漏洞"), ["claude", "gpt"]),
    # weeks ago
    (AGAIN, replace(THEN, published=THEN.published.replace(day=2), fetched=THEN.fetched.replace(day=2)),
     ["claude", "gpt"]),
    # another event with the same names
    (article("Claude 與 GPT 漲價：月費調升 20%", hours=5), THEN, ["claude", "gpt"]),
])  # fmt: skip
def test_what_is_news_stays(tmp_path: Path, today: Article, archived: Article, families: list[str]) -> None:
    assert len(told(Home(tmp_path), today, *families, archived=archived)) == 1
