"""Every number of articles and stories that posts publish: by whom and when, with where it stands."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest_lib.publishing.front import subtitle_of
from digest_lib.sections.facts import Facts
from digest_lib.settings import Home
from digest_lib.site.lists import counts
from digest_lib.site.posts import Post

#: (what, family, date) -> number -> where it is said.
Said = dict[tuple[str, str, str], dict[int, list[str]]]


def published_numbers(home: Home) -> Said:
    """What each post says, in its facts, its text, its charts' words and tables, and in lists of posts."""
    said: Said = defaultdict(lambda: defaultdict(list))
    for path in sorted(home.posts.glob("*/index.ipynb")):
        for what, family, date, number, place in _of_post(path):
            said[what, family, date][number].append(f"{path.parent.name}: {place}")
    return said


def contradictions(said: Said) -> list[str]:
    """In a line each, what has more than one number."""
    return [f"{key}: {dict(numbers)}" for key, numbers in sorted(said.items()) if len(numbers) > 1]


def _of_post(path: Path) -> Iterator[tuple[str, str, str, int, str]]:
    notebook = json.loads(path.read_text("utf-8"))
    facts = Facts.model_validate(notebook["metadata"]["digest"])
    page = "".join(_html(cell) for cell in notebook["cells"])
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    family, date = facts.name, str(facts.date)
    for what, number, place in _own(facts, page, text, path):
        yield what, family, date, number, place
    for name, day, number in _table(page):
        yield "about", name, day, number, "trend chart's table"
    for day, row in facts.history.items():
        for name, number in row.items():
            yield "about", name, day, number, "facts of the history"


def _own(facts: Facts, page: str, text: str, path: Path) -> Iterator[tuple[str, int, str]]:
    """What a post says of its own day."""
    if facts.window_days == 1:
        yield "about", facts.matched, "facts"
        yield "about", facts.counts["about"], "facts of the counts"
        for pattern in (rf"有 ([\d,]+) 篇以 {facts.name} 為主題", rf"其中 ([\d,]+) 篇與 {facts.name} 有關",
                        rf"([\d,]+) 篇關於 {facts.name}"):  # fmt: skip
            yield from (("about", _int(n), pattern) for n in re.findall(pattern, text))
    infographic = dict(re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>', page))
    listed = counts(Post.of(path.parent.name, path.parent, facts))
    yield "stories", len(facts.stories), "facts"
    yield "stories", facts.counts["stories"], "facts of the counts"
    yield "stories", _int(infographic["新聞（則）"]), "infographic's table"
    yield "told", _int(infographic["報導（篇）"]), "infographic's table"
    places = {"subtitle": subtitle_of(facts), "page": text, "list": listed}
    for what, pattern in (
        ("stories", r"彙整 ([\d,]+) 則"), ("told", r"相關新聞、([\d,]+) 篇報導"),
        ("stories", r"整理為 ([\d,]+) 則新聞"), ("told", r"([\d,]+) 篇整理為"),
        ("stories", r"：([\d,]+) 則新聞，來自"), ("stories", r"([\d,]+) 則新聞的"),
        ("told", r"則新聞的 ([\d,]+) 篇報導"), ("stories", r"([\d,]+) 則新聞・"),
        ("told", r"則新聞・([\d,]+) 篇"),
    ):  # fmt: skip
        for place, words in places.items():
            yield from ((what, _int(n), f"{place}: {pattern}") for n in re.findall(pattern, words))


def _table(page: str) -> Iterator[tuple[str, str, int]]:
    """The rows of the trend chart's data table."""
    chart = re.search(r'id="chart-trend".*?<table>(.*?)</table>', page, re.S)
    if chart is None:
        return
    names = [html.unescape(n) for n in re.findall(r'<th scope="col">(.*?)</th>', chart[1])][1:]
    for day, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', chart[1]):
        for name, cell in zip(names, re.findall(r"<td>(.*?)</td>", cells), strict=True):
            if cell != "—":
                yield name, day, _int(cell)


def _html(cell: dict[str, Any]) -> str:
    return "".join("".join(o["data"].get("text/html", "")) for o in cell.get("outputs", []))


def _int(number: str) -> int:
    return int(number.replace(",", ""))
