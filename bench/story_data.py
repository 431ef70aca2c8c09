"""Recorded articles, their labels and the notebooks' parameters, as the bench of the stories reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from digest_lib.articles.article import Article
from digest_lib.documents.headlines import without_neighbours
from digest_lib.stories.match import Matcher
from digest_lib.stories.traits import Bag, Traits
from digest_lib.text.encoder import Vectors
from digest_lib.text.scripts import language_of

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Labelled:
    """Labelled articles in order of time: `stories` and `about` are keyed by their place in it."""

    articles: Sequence[Article]
    stories: Mapping[int, str]
    about: Mapping[str, set[int]]
    #: titles and summaries of the other articles of the file
    background: Sequence[str]

    @property
    def langs(self) -> list[str]:
        return [a.lang for a in self.articles]


def recorded(path: Path) -> dict[str, Article]:
    """The articles of a JSON-lines file by URL, the first of each, with titles as a gather cleans them; the
    language of one without `lang` is told by its script."""
    found: dict[str, Article] = {}
    for row in _cleaned([json.loads(line) for line in path.read_text("utf-8").splitlines()]):
        moment = datetime.fromisoformat(row["published"].replace("Z", "+00:00")).astimezone(UTC)
        summary, feed = row.get("summary") or "", row.get("feed") or row.get("publisher") or ""
        article = Article(
            id=Article.id_of(row["url"]), url=row["url"], title=row["title"], summary=summary,
            publisher=feed, feed=feed, lang=row.get("lang") or language_of(f"{row['title']}\n{summary}"),
            published=moment, fetched=moment,
        )  # fmt: skip
        found.setdefault(row["url"], article)
    return found


def _cleaned(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, their titles without the dates and sections that a feed's entries were run together with."""
    feeds: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        feeds.setdefault(row.get("feed") or row.get("publisher") or "", []).append(row)
    for some in feeds.values():
        titles = without_neighbours([row["title"] for row in some], [row["url"] for row in some])
        for row, (title, _) in zip(some, titles, strict=True):
            row["title"] = title
    return list(rows)


def labelled(articles: Mapping[str, Article], path: Path) -> Labelled:
    """The labelled ones of the articles (`articles` by URL); a label file names them by `url` or by `id`.
    Labels of articles that are not among these are left out, and counted on standard error."""
    labels = json.loads(path.read_text("utf-8"))
    by_id = {a.id: a for a in articles.values()}
    named = [articles.get(i.get("url", "")) or by_id.get(_id_of(i)) for i in labels["items"]]
    items = {k: article for k, article in enumerate(named) if article is not None}
    if len(items) < len(named):
        print(f"{path.name}: {len(named) - len(items)} labelled articles are absent", file=sys.stderr)
    order = sorted(items, key=lambda k: (items[k].published, items[k].id))
    place = {k: n for n, k in enumerate(order)}
    about: dict[str, set[int]] = {}
    for k, families in labels["about"].items():
        for family in families if int(k) in place else ():
            about.setdefault(family, set()).add(place[int(k)])
    chosen = {item.id for item in items.values()}
    stories = {
        place[k]: name for name, story in labels["stories"].items() for k in story["items"] if k in place
    }
    return Labelled(
        [items[k] for k in order],
        stories,
        about,
        [f"{a.title}\n{a.summary}" for a in articles.values() if a.id not in chosen],
    )


def _id_of(item: Mapping[str, str]) -> str:
    return item["id"] if "id" in item else Article.id_of(item["url"])


def own_labels(articles: Mapping[str, Article]) -> list[Labelled]:
    """The labels of `bench/labels`, for as far as their articles are among these."""
    known = {a.id for a in articles.values()}
    paths = sorted((REPOSITORY / "bench" / "labels").glob("*.json"))
    there = [p for p in paths if {i["id"] for i in json.loads(p.read_text("utf-8"))["items"]} <= known]
    return [labelled(articles, path) for path in there]


def families() -> dict[str, dict[str, Any]]:
    """The parameters of the repository's notebooks, by family."""
    found = {}
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        parameters: dict[str, Any] = {}
        for cell in cells:
            if "parameters" in cell.metadata.get("tags", []):
                exec(cell.source, parameters)
        if "aliases" in parameters:
            found[parameters["family"]] = parameters
    return found


def matcher(parameters: Mapping[str, Any]) -> Matcher:
    return Matcher.of(parameters["aliases"], parameters["official"], parameters["exclude"])


def multiplied(
    traits: Sequence[Traits], dense: tuple[Vectors, Vectors] | None, size: int, a_day: int
) -> tuple[list[Traits], tuple[Vectors, Vectors] | None]:
    """`size` articles made of the given ones, `a_day` of them a day: each copy of the set has rare words of
    its own, and its vectors turned in space, so that inside a copy all is as it was, and copies are other
    events."""
    ids, uses = np.unique(np.concatenate([t.bag.ids for t in traits]), return_counts=True)
    common = ids[uses > len(traits) / 50]
    chance = np.random.default_rng(7)
    made = []
    for k in range(size):
        one, copy = traits[k % len(traits)], k // len(traits)
        bag = _bag_of_its_own(one.bag, common, copy)
        made.append(replace(one, bag=bag, template=f"{one.template}{copy}", day=k / a_day))
    if dense is None:
        return made, None
    vectors = [np.empty((size, d.shape[1]), np.float32) for d in dense]
    for start in range(0, size, len(traits)):
        turn = chance.permutation(dense[0].shape[1])
        for made_of, row in zip(dense, vectors, strict=True):
            row[start : start + len(traits)] = made_of[: size - start, turn]
    return made, (vectors[0], vectors[1])


def _bag_of_its_own(bag: Bag, common: np.ndarray, copy: int) -> Bag:
    """The bag with other rare words, of the same kinds."""
    ids = np.where(np.isin(bag.ids, common), bag.ids, bag.ids ^ np.uint64(copy << 32))
    order = np.argsort(ids)
    return Bag(ids[order], bag.counts[order], bag.titled[order])
