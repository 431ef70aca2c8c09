"""Articles about a family, a day: one number, whoever counts, kept from when it is published."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles, Coverage
from digest_lib.cells import PARAMETERS
from digest_lib.day import Day
from digest_lib.settings import Home
from digest_lib.stories.counted import Counted
from digest_lib.stories.history import MIME, History, history
from digest_lib.stories.match import match
from stories.making import DAY, article

MODEL = "這個語言模型的參數與上下文長度都增加了。"


def news(title: str, hours: float) -> Article:
    return article(title, summary=MODEL, hours=hours)


NEWS = [
    news("Qwen3.8 登場", 1),
    news("千问与 Mistral 的模型比较", 2),
    news("Claude Code 更新", 3),
    news("克勞德模型更新", 4),
    news("颱風動態", 24 * 2 + 1),
    news("Qwen3.7 登場", 24 * 2 + 2),
]
QWEN = {"name": "Qwen", "aliases": ["Qwen", "千問"], "rivals": {"Claude": ["Claude"], "Mistral": ["Mistral"]}}
CLAUDE = {"name": "Claude", "aliases": ["Claude", "克勞德"], "rivals": {"Qwen": ["Qwen"]}}


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with two families' notebooks and an archive."""
    home = Home(tmp_path)
    home.notebooks.mkdir()
    for told in (QWEN, CLAUDE):
        family = str(told["name"]).lower()
        values = {"family": family, "date": None, "official": [], "exclude": [], **told}
        source = "\n".join(f"{key} = {value!r}" for key, value in values.items())
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": [PARAMETERS]})
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), home.notebooks / f"{family}.ipynb")
    Archive(home.archive).add(NEWS)
    return home


def of(home: Home, told: dict, day: Day = DAY, days: int = 4, window: int = 1) -> History:
    found = Archive(home.archive).articles(day.cutoff, days=window)
    given = Articles(tuple(found), day, window, Coverage(1, 1, len(found)))
    return history(given, **told, home=home, days=days)


def test_a_day_without_news_gathered_is_a_gap(desk: Home) -> None:
    past = of(desk, QWEN)
    assert [d.isoformat() for d in past.days] == ["2026-07-26", "2026-07-27", "2026-07-28", "2026-07-29"]
    assert past.counts["Qwen"][0] is None
    assert past.counts["Qwen"][2] is None
    assert past.counts["Qwen"][1] == 1
    assert past.frame["Qwen"].isna().tolist() == [True, False, True, False]
    assert isinstance(past.frame["Qwen"].dtype, pd.Int64Dtype)
    assert past._repr_mimebundle_()[MIME] == past.table
    assert set(past.table) == {"2026-07-27", "2026-07-29"}


def test_a_month_of_news_is_counted_once_and_not_before_somebody_looks(desk: Home) -> None:
    looked_at, left = of(desk, QWEN), of(desk, QWEN)
    counted = {"Qwen": (None, 1, None, 2), "Claude": (None, 0, None, 2), "Mistral": (None, 0, None, 1)}
    assert looked_at.counts == counted
    shutil.rmtree(desk.archive)
    assert looked_at.counts == counted
    assert [n for _, row in left.counts.items() for n in row[:-1]] == [None] * 9


@pytest.mark.parametrize("window", [1, 3])
def test_a_family_has_one_number_in_its_own_post_and_in_its_rivals(desk: Home, window: int) -> None:
    own, other = of(desk, CLAUDE, window=window), of(desk, QWEN, window=window)
    assert own.counts["Claude"] == other.counts["Claude"] == (None, 0, None, 2)
    assert own.counts["Qwen"] == other.counts["Qwen"]
    found = Articles(tuple(a for a in NEWS if a.seen > DAY.shifted(-1).cutoff), DAY, 1, Coverage(1, 1, 4))
    assert own.counts["Claude"][-1] == len(match(found, aliases=CLAUDE["aliases"]))


def test_a_rival_without_a_notebook_is_counted_by_all_aliases_that_are_known(desk: Home) -> None:
    given = {**QWEN, "rivals": {"Claude": ["Claude"], "Typhoon": ["Typhoon"]}}
    other = {**CLAUDE, "rivals": {"Typhoon": ["颱風"]}}
    path = desk.notebooks / "claude.ipynb"
    path.write_text(path.read_text("utf-8").replace("{'Qwen': ['Qwen']}", "{'Typhoon': ['颱風']}"), "utf-8")
    assert of(desk, given).counts["Typhoon"] == of(desk, other).counts["Typhoon"]


def test_a_broken_notebook_of_a_rival_stops_nobody(desk: Home) -> None:
    (desk.notebooks / "claude.ipynb").write_text("{", "utf-8")
    assert of(desk, QWEN).counts["Claude"] == (None, 0, None, 1)


def test_a_published_number_stays_though_the_archive_grows(desk: Home) -> None:
    yesterday = DAY.shifted(-2)
    before = of(desk, QWEN, yesterday, days=2)
    for day, row in before.table.items():
        for name, number in row.items():
            Counted(desk).keep(day, name, number)
    Archive(desk.archive).add([news("Qwen 的舊聞", 24 * 2 + 3), news("Claude 的舊聞", 24 * 2 + 4)])
    for told in (QWEN, CLAUDE):
        past = of(desk, told)
        assert (past.counts["Qwen"][1], past.counts["Claude"][1]) == (1, 0)
    # its own day, run again, is counted as it is now
    assert of(desk, QWEN, yesterday, days=1).counts["Qwen"] == (2,)
    # and so is a rival's, where that one is run again, too
    Counted(desk).open(yesterday.date, "Claude")
    assert of(desk, QWEN, yesterday, days=1).counts["Claude"] == (1,)


def test_who_settles_a_number(tmp_path: Path) -> None:
    counted = Counted(Home(tmp_path))
    assert counted.of("2026-07-29", "Claude") is None
    counted.keep("2026-07-29", "Claude", 12)
    counted.keep("2026-07-29", "claude", 13)  # another's post: too late
    assert counted.of("2026-07-29", "CLAUDE") == 12
    counted.keep("2026-07-29", "Claude", 13, own=True)
    assert counted.of("2026-07-29", "Claude") == 13
    assert counted.open("2026-07-29", "Claude") == 13
    counted.keep("2026-07-29", "Claude", 14)
    assert counted.of("2026-07-29", "Claude") is None
    assert counted.close("2026-07-29", "Claude") == 13 == counted.of("2026-07-29", "Claude")
    counted.open("2026-07-29", "Claude")
    counted.keep("2026-07-29", "Claude", 13, own=True)
    assert counted.of("2026-07-29", "Claude") == 13
    (file,) = (tmp_path / "archive/counts/2026-07-29").iterdir()
    assert json.loads(file.read_text("utf-8"))["name"] == "Claude"


def test_the_cut_off_itself_belongs_to_its_day(desk: Home) -> None:
    at, after = news("Qwen 一", 0), news("Qwen 二", -0.001)
    assert after.published - at.published < timedelta(minutes=1)
    Archive(desk.archive).add([at, after])
    assert (
        of(desk, QWEN, days=1).counts["Qwen"][0] == of(desk, QWEN, DAY.shifted(1), days=2).counts["Qwen"][0]
    )
