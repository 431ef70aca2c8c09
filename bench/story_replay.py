"""Twelve days replayed in order, family by family: is anything told twice, and is what matters told?"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from story_data import Labelled

from digest_lib.articles.article import Article, Articles, Coverage
from digest_lib.day import Day
from digest_lib.settings import Home
from digest_lib.stories.cluster import cluster
from digest_lib.stories.match import match
from digest_lib.stories.story import Stories, Story


@dataclass
class Replay:
    """What the posts of all families told."""

    posts: int = 0
    quiet: int = 0
    urls: int = 0
    urls_again: int = 0
    stories: int = 0
    follow_ups: int = 0
    again: int = 0  #: stories told before that are not under 後續
    told: dict[str, list[Story]] = field(default_factory=dict)
    days: list[Stories] = field(default_factory=list)
    #: family -> URLs that brought nothing new to a told story
    nothing_new: dict[str, set[str]] = field(default_factory=dict)


def replay(
    articles: Sequence[Article],
    families: Mapping[str, Mapping[str, Any]],
    window: int = 1,
    *,
    published: bool = True,
) -> Replay:
    """Runs every day from the first article to the last; without posts (not `published`), each as if it were
    the first."""
    first, last = (Day.covering(pick(a.seen for a in articles)) for pick in (min, max))
    result = Replay()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.posts.mkdir()
        for family, parameters in families.items():
            seen_urls: set[str] = set()
            seen_stories: set[str] = set()
            day = first
            while day.date <= last.date:
                stories = _run(articles, family, parameters, day, window, home)
                _count(result, stories, seen_urls, seen_stories)
                _left_out(result, stories, articles)
                if published:
                    _publish(home, stories)
                day = day.shifted(1)
    return result


def _run(
    articles: Sequence[Article],
    family: str,
    parameters: Mapping[str, Any],
    day: Day,
    window: int,
    home: Home,
) -> Stories:
    since = day.shifted(-window).cutoff
    news = tuple(a for a in articles if since < a.seen <= day.cutoff)
    gathered = Articles(news, day, window, Coverage(1, 1, len(news)))
    aliases, official, exclude = (parameters[k] for k in ("aliases", "official", "exclude"))
    matched = match(gathered, aliases=aliases, official=official, exclude=exclude)
    return cluster(matched, family=family, official=official, home=home)


def _count(result: Replay, stories: Stories, urls: set[str], ids: set[str]) -> None:
    result.days.append(stories)
    result.posts += 1
    result.quiet += not stories
    result.stories += len(stories)
    for story in stories:
        result.follow_ups += story.follows is not None
        result.again += story.id in ids and story.follows is None
        result.told.setdefault(stories.family, []).append(story)
    here = {a.url for story in stories for a in story.articles}
    result.urls += len(here)
    result.urls_again += len(here & urls)
    urls |= here
    ids |= {s.id for s in stories}


def _left_out(result: Replay, stories: Stories, articles: Sequence[Article]) -> None:
    known = result.nothing_new.setdefault(stories.family, set())
    known |= {a.url for a in articles if stories.left_out.get(a.id, "").startswith("nothing new")}


def _publish(home: Home, stories: Stories) -> None:
    """A post as continuity reads it, with the openings for sentences, as the offline writer has them."""
    listed = [a for s in stories for a in s.articles]
    cited = {s.id: [{"text": a.summary[:120], "sources": [a.id]} for a in s.articles[:4]] for s in stories}
    facts = {
        "stories": [
            {"id": s.id, "headline": s.lead.title, "articles": [a.id for a in s.articles]} for s in stories
        ],
        "sources": [
            {"id": a.id, "title": a.title, "url": a.url, "publisher": a.publisher, "lang": a.lang}
            for a in listed
        ],
        "digest": {"stories": [{"story": name, "sentences": said} for name, said in cited.items()]},
    }
    folder = home.posts / f"{stories.day.date}-{stories.family}"
    folder.mkdir()
    (folder / "index.ipynb").write_text(json.dumps({"cells": [], "metadata": {"digest": facts}}), "utf-8")


def appearances(result: Replay, labels: Labelled) -> tuple[Counter[str], list[str]]:
    """Of the labelled stories about a family with two publishers or more: how many are told once («once»;
    under 後續, or left out for nothing new, does not count again), more often («again») or never («missing»),
    and which are not."""
    counts: Counter[str] = Counter()
    wrong = []
    for family, told in sorted(result.told.items()):
        entries = [({a.url for a in s.articles}, s) for s in told]
        for name in sorted(set(labels.stories.values())):
            articles = [
                labels.articles[k]
                for k, story in labels.stories.items()
                if story == name and k in labels.about.get(family, ())
            ]
            if len({a.publisher for a in articles}) < 2:
                continue
            urls = {a.url for a in articles}
            hits = [s for found, s in entries if found & urls]
            fresh = sum(s.follows is None for s in hits)
            earlier = bool(urls & result.nothing_new.get(family, set()))
            kind = "again" if fresh > 1 else "once" if hits or earlier else "missing"
            counts[kind] += 1
            if kind != "once":
                wrong.append(f"{family}: {name} ({kind}) {articles[0].title[:60]}")
    return counts, wrong
