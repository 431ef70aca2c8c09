"""How many recorded English titles have a gist in Chinese, and how many that were read are right.

What the lists are: `bench/gists/README.md`. Run as `python bench/gists.py [--show dev]`, with the recorded
articles in the folder that DIGEST_RECORDED names.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import prose
import story_data

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_text
from digest_lib.stories.match import is_of
from digest_lib.text.names import entries, well_known
from digest_lib.writing.gist import gist
from digest_lib.writing.headings import program_of

GISTS = Path(__file__).parent / "gists"
LISTS = ("dev", "heldout", "heldout-days")


def made(article: Article, official: Sequence[str]) -> tuple[str | None, list[str]]:
    """The gist of an article's title as a story of it alone is headed, and what the check says of it."""
    companies = {e.canonical for e in entries() if e.kind == "company"}
    named = sorted(well_known(article.publisher) & companies) if is_of(article.url, tuple(official)) else []
    said = gist(article.title, vendor=named[0] if named else "", program=program_of(article))
    told = said.text if said else None
    return told, check_text(told, [article], own=(article.publisher,)) if told else []


def of_a_family(articles: Sequence[Article]) -> set[str]:
    """The ids of the articles that are about one of the families: those whose titles a post may show."""
    matchers = [story_data.matcher(parameters) for parameters in story_data.families().values()]
    return {a.id for a in articles if any(m.judge(a)[0] == "about" for m in matchers)}


def readings() -> Mapping[tuple[str, str], str]:
    """What was read of each gist: right or wrong, by id and gist."""
    rows = [line.split("\t") for line in (GISTS / "readings.tsv").read_text("utf-8").splitlines()]
    return {(row[0], row[1]): row[2] for row in rows if not row[0].startswith("#")}


def main() -> None:
    """Prints a row a list: coverage, what the check withholds, what was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heldout", action="store_true", help="the held-out lists, too")
    parser.add_argument("--show", choices=LISTS, help="print the titles of this list with their gists")
    options = parser.parse_args()
    recorded = Path(os.environ["DIGEST_RECORDED"]) / "articles-2026-07-20_2026-07-31.jsonl"
    by_id = prose.named(list(story_data.recorded(recorded).values()))
    official = [host for family in story_data.families().values() for host in family["official"]]
    read = readings()
    for name in LISTS if options.heldout else LISTS[:1]:
        articles = [by_id[i] for i in (GISTS / f"{name}.txt").read_text("utf-8").split() if i in by_id]
        begin = time.perf_counter()
        told = [(a, *made(a, official)) for a in articles]
        each = 1000 * (time.perf_counter() - begin) / max(1, len(told))
        stand = [(a, text) for a, text, why in told if text and not why]
        verdicts = [read.get((a.id, text), "unread") for a, text in stand]
        ours = of_a_family(articles)
        row(name, len(articles), sum(bool(text) for _, text, _ in told), verdicts, each)
        have = sum(a.id in ours for a, _ in stand)
        kept = sum("〈" in text for _, text in stand)
        print(
            f"{'':<13} of {len(ours)} about a family {have} ({100 * have / max(1, len(ours)):.0f}%);"
            f" with a piece of the title left in English {kept}"
        )
        for a, text, why in told if name == options.show else ():
            print("  ", a.id, text or "-", *([f"WITHHELD {why}"] if why else []), "|", a.title)


def row(name: str, articles: int, gists: int, verdicts: Sequence[str], each: float) -> None:
    """One list's figures."""
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    share = f"{100 * right / (right + wrong):.1f}%" if right + wrong else "-"
    print(f"{name:<13} {articles} titles; a gist {gists} ({100 * gists / articles:.1f}%),"
          f" standing by the check {len(verdicts)} ({100 * len(verdicts) / articles:.1f}%);"
          f" read {right + wrong}: right {right} ({share}), wrong {wrong};"
          f" unread {verdicts.count('unread')}; {each:.0f} ms each")  # fmt: skip


if __name__ == "__main__":
    main()
