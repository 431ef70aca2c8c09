"""How many recorded English titles have a gist in Chinese, and how many that were read are right; with
`--sentences`, how many of the first sentences of vendors' own pages are told in Chinese.

What the lists are: `bench/gists/README.md`. Run as `python bench/gists.py [--heldout] [--show dev]
[--sentences]`, with the recorded articles and vendors' feeds in the folder that DIGEST_RECORDED names.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import prose
import story_data

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_text
from digest_lib.stories.match import is_of
from digest_lib.text.names import entries, well_known
from digest_lib.writing.gist import gist
from digest_lib.writing.headings import program_of
from digest_lib.writing.statements import explained, resolved, statement
from digest_lib.writing.whole import first_sentences

GISTS = Path(__file__).parent / "gists"
LISTS = ("dev", "heldout", "heldout-days")
RECORDED = "articles-2026-07-20_2026-07-31.jsonl"
#: From this day on, official pages were kept from whoever wrote the rules of sentences.
LATE = "2026-07-30"
#: Whose the recorded feeds are, by how their files' names begin; a newsletter is no vendor's.
VENDORS = {
    "anthropic": "Anthropic", "claude": "Anthropic", "cohere": "Cohere", "cursor": "Cursor",
    "google": "Google", "groq": "Groq", "meta": "Meta", "mistral": "Mistral", "ollama": "Ollama",
    "openai": "OpenAI", "perplexity": "Perplexity", "xainews": "xAI",
}  # fmt: skip


def made(article: Article, official: Sequence[str]) -> tuple[str | None, list[str]]:
    """The gist of an article's title as a story of it alone is headed, and what the check says of it."""
    said = gist(article.title, vendor=vendor_of(article, official), program=program_of(article))
    told = said.text if said else None
    return told, check_text(told, [article], own=(article.publisher,)) if told else []


def vendor_of(article: Article, official: Sequence[str]) -> str:
    """The company on whose own page the article stands; "" where it is none's."""
    companies = {e.canonical for e in entries() if e.kind == "company"}
    named = sorted(well_known(article.publisher) & companies) if is_of(article.url, tuple(official)) else []
    return named[0] if named else ""


def of_a_family(articles: Sequence[Article]) -> set[str]:
    """The ids of the articles that are about one of the families: those whose titles a post may show."""
    matchers = [story_data.matcher(parameters) for parameters in story_data.families().values()]
    return {a.id for a in articles if any(m.judge(a)[0] == "about" for m in matchers)}


def readings(name: str = "readings.tsv") -> Mapping[tuple[str, str], str]:
    """What was read of each gist: right or wrong, by id and gist."""
    rows = [line.split("\t") for line in (GISTS / name).read_text("utf-8").splitlines()]
    return {(row[0], row[1]): row[2] for row in rows if not row[0].startswith("#")}


@dataclass(frozen=True)
class Page:
    """An entry of a vendor's feed, or a page of its own site: whose it is, and whether it was held out."""

    vendor: str
    article: Article
    heldout: bool


def pages() -> Iterator[Page]:
    """Entries with a description of the vendors' feeds (by file name, every second one is held out), and the
    recorded official articles (the last two days are; those of the lists of titles are left out)."""
    recorded = Path(os.environ["DIGEST_RECORDED"])
    for number, path in enumerate(sorted((recorded / "vendor-feeds").glob("*.xml"))):
        vendor = VENDORS.get(re.split("[_.]", path.name)[0], "")
        for entry in feedparser.parse(str(path)).entries if vendor else ():
            title, summary = (_text(entry.get(key, "")) for key in ("title", "summary"))
            if summary and summary != title:
                yield Page(vendor, _article(vendor, title, summary), number % 2 == 1)
    titles = {i for name in LISTS[1:] for i in (GISTS / f"{name}.txt").read_text("utf-8").split()}
    official = [host for family in story_data.families().values() for host in family["official"]]
    for article in prose.named(list(story_data.recorded(recorded / RECORDED).values())).values():
        late = article.published.date().isoformat() >= LATE
        if (
            article.lang == "en"
            and is_of(article.url, tuple(official))
            and (late or article.id not in titles)
        ):
            yield Page(vendor_of(article, official), article, late)


def _text(markup: str) -> str:
    """A feed's words without its marks."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", markup).replace("\\n", " ")).split())


def _article(vendor: str, title: str, summary: str) -> Article:
    when = datetime(2026, 7, 1, tzinfo=UTC)
    url = f"https://{vendor.lower()}.example/{hashlib.sha256(title.encode()).hexdigest()[:12]}"
    return Article(
        id=Article.id_of(url), url=url, title=title, summary=summary, publisher=vendor, feed=vendor,
        lang="en", published=when, fetched=when, text="",
    )  # fmt: skip


def sentences(heldout: bool, show: bool) -> None:
    """Prints how many first sentences of vendors' pages are told, and how many of those that were read are
    right; what they are where they are to be shown."""
    read = readings("statements.tsv")
    begin, all_of, as_titles, told = time.perf_counter(), 0, 0, list[tuple[str, str, str, list[str]]]()
    for page in (page for page in pages() if page.heldout == heldout):
        for sentence in first_sentences(page.article):
            all_of += 1
            title = gist(sentence, vendor=page.vendor)
            as_titles += bool(title and not title.is_topic and "談" not in title.text)
            made = statement(resolved(sentence, page.article), page.vendor)
            said = [made.text] if made else []
            for text in [*said, *filter(None, [explained(sentence, page.vendor)])]:
                key = hashlib.sha256(f"{page.vendor} {sentence}".encode()).hexdigest()[:12]
                told.append((key, text, sentence, check_text(text, [page.article], own=(page.vendor,))))
    each = 1000 * (time.perf_counter() - begin) / max(1, all_of)
    stand = [(key, text) for key, text, _, why in told if not why]
    row(
        "heldout" if heldout else "dev",
        all_of,
        len(told),
        [read.get(k, "unread") for k in stand],
        each,
        "sentences",
    )
    print(f"{'':<13} as they stand, by the rules of titles: {as_titles}")
    for key, text, sentence, why in told if show else ():
        print("  ", key, text, *([f"WITHHELD {why}"] if why else []), "|", sentence)


def main() -> None:
    """Prints a row a list: coverage, what the check withholds, what was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heldout", action="store_true", help="the held-out lists, too")
    parser.add_argument("--show", choices=LISTS, help="print the titles of this list with their gists")
    parser.add_argument("--sentences", action="store_true", help="first sentences of vendors' pages")
    options = parser.parse_args()
    if options.sentences:
        for heldout in (False, True) if options.heldout else (False,):
            sentences(heldout, options.show == ("heldout" if heldout else "dev"))
        return
    recorded = Path(os.environ["DIGEST_RECORDED"]) / RECORDED
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


def row(
    name: str, articles: int, gists: int, verdicts: Sequence[str], each: float, what: str = "titles"
) -> None:
    """One list's figures."""
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    share = f"{100 * right / (right + wrong):.1f}%" if right + wrong else "-"
    print(f"{name:<13} {articles} {what}; a gist {gists} ({100 * gists / articles:.1f}%),"
          f" standing by the check {len(verdicts)} ({100 * len(verdicts) / articles:.1f}%);"
          f" read {right + wrong}: right {right} ({share}), wrong {wrong};"
          f" unread {verdicts.count('unread')}; {each:.0f} ms each")  # fmt: skip


if __name__ == "__main__":
    main()
