"""What a text has a publisher report stands in that publisher's article."""

from __future__ import annotations

import pytest

from digest_lib.checking.attribution import bylines, without_bylines
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from stories.making import article

ONE = article(
    "客服代理上線三週，75% 來電不用真人", publisher="島嶼科技報", summary="業者說系統接手了 75% 的來電。"
)
TWO = article(
    "A desk that answers 75% of calls", publisher="Paper Boat Wire", summary="It cost the firm $40 million."
)
THREE = article("30 名客服改做別的工作", publisher="半島速遞", summary="業者把 30 名客服調到其他部門。")
ARTICLES = {a.id: a for a in (ONE, TWO, THREE)}


def reasons(text: str) -> list[str]:
    return check_sentence(Sentence(text=text, sources=list(ARTICLES)), ARTICLES)


@pytest.mark.parametrize(
    "text",
    [
        "島嶼科技報與 Paper Boat Wire 都提到 75%。",
        "島嶼科技報、半島速遞與 Paper Boat Wire 報導，系統接手 75% 的來電。",  # some of them do
        "半島速遞報導，30 名客服改做別的工作；Paper Boat Wire 說系統接手 75% 的來電。",
        "據半島速遞報導，30 名客服調到其他部門。",
        "系統接手 75% 的來電，另有 30 名客服調到其他部門。",  # nobody is said to report it
    ],
)
def test_a_figure_of_the_publisher_who_has_it_stands(text: str) -> None:
    assert reasons(text) == []


@pytest.mark.parametrize(
    ("text", "figure", "publisher"),
    [
        ("島嶼科技報與半島速遞都提到 75%。", "75%", "半島速遞"),
        ("島嶼科技報與 Paper Boat Wire 皆報導，30 名客服調到其他部門。", "30 名", "島嶼科技報"),
        ("據島嶼科技報報導，30 名客服調到其他部門。", "30 名", "島嶼科技報"),
        ("半島速遞 7 月 28 日報導，系統接手 75% 的來電。", "75%", "半島速遞"),
    ],
)
def test_a_figure_of_another_publisher_does_not(text: str, figure: str, publisher: str) -> None:
    assert reasons(text) == [f"「{figure}」不在「{publisher}」的報導中"]


def test_a_byline_is_no_part_of_what_is_said() -> None:
    text = "島嶼科技報與半島速遞都提到 75%。"
    assert without_bylines(text, ARTICLES.values()) == " 75%。"
    [found] = bylines(text, ARTICLES.values())
    assert (found.publishers, found.each) == (("島嶼科技報", "半島速遞"), True)
    # who is no publisher, or reports nothing, is no byline
    assert bylines("OpenAI 表示島嶼科技報的記者在場。", ARTICLES.values()) == []
