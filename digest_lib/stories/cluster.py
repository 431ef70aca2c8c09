"""Articles into stories: each event once, with everything that reports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from digest_lib.articles.article import Article, Articles
from digest_lib.settings import Home
from digest_lib.stories.continuity import Past, published_before
from digest_lib.stories.match import is_of
from digest_lib.stories.rank import rank
from digest_lib.stories.sources import independent, no_news
from digest_lib.stories.story import Stories, Story
from digest_lib.text.vectors import tfidf, tokens

#: Cosine above which two groups are one story, averaged over their pairs. The best value on the labelled
#: days lies between 0.14 and 0.22.
SAME_STORY = 0.18

#: How much of a summary says what the event is; further on, publishers add background.
OPENING = 160


def cluster(
    matched: Articles,
    *,
    family: str,
    official: Sequence[str] = (),
    limit: int = 8,
    home: Home | None = None,
) -> Stories:
    """The family's stories of the day, most important first, at most `limit` of them.

    Pages that report nothing, and articles that an earlier post of the family has cited, are left out with
    the reason. A story that continues an earlier post's says so in `follows`.
    """
    past = published_before((home or Home.find()).posts, family, matched.day.date)
    news, left_out = _sift(matched, past)
    groups = group(news, matched.background)
    stories = [past.continued(_story(g, official), matched.background) for g in groups]
    ranked = rank(stories, matched.day.cutoff)
    for story in ranked[limit:]:
        left_out.update(dict.fromkeys((a.id for a in story.articles), f"beyond {limit} stories"))
    return Stories(
        items=tuple(ranked[:limit]),
        family=family,
        day=matched.day,
        window_days=matched.window_days,
        coverage=matched.coverage,
        matched=len(matched),
        mentions=matched.mentions,
        official_hosts=tuple(official),
        left_out=left_out,
    )


def _sift(matched: Articles, past: Past) -> tuple[list[Article], dict[str, str]]:
    news: list[Article] = []
    left_out: dict[str, str] = {}
    for article in matched:
        kind, post = no_news(article), past.cited.get(article.id)
        if kind:
            left_out[article.id] = f"no news page: {kind}"
        elif post:
            left_out[article.id] = f"already in {post}"
        else:
            news.append(article)
    return news, left_out


def opening(article: Article) -> str:
    """The words by which an event is recognised. The title counts twice: it names the event."""
    return f"{article.title}\n{article.title}\n{(article.summary or article.text)[:OPENING]}"


def group(articles: Sequence[Article], background: Sequence[str] = ()) -> list[list[Article]]:
    """Groups of articles on one event, by average-link clustering of weighted words and names.

    `background` are further titles of the window, so that words common to all news weigh little. Averaging
    over pairs keeps a chain of look-alikes from growing into one story. Groups and their members come
    oldest first.
    """
    ordered = sorted(articles, key=lambda a: (a.published, a.id))
    if len(ordered) < 2:  # noqa: PLR2004 - nothing to compare
        return [[a] for a in ordered]
    # Copies of one headline are one point: five thousand of them cost what one does.
    twins: dict[str, list[Article]] = defaultdict(list)
    for article in ordered:
        twins[" ".join(tokens(article.title)) or article.id].append(article)
    heads = [same[0] for same in twins.values()]
    labels = _labels([opening(a) for a in heads], background)
    groups: dict[int, list[Article]] = defaultdict(list)
    for label, same in zip(labels, twins.values(), strict=True):
        groups[label].extend(same)
    found = [sorted(g, key=lambda a: (a.published, a.id)) for g in groups.values()]
    return sorted(found, key=lambda g: (g[0].published, g[0].id))


def _labels(texts: list[str], background: Sequence[str]) -> list[int]:
    """A cluster number for each text."""
    if len(texts) < 2:  # noqa: PLR2004 - nothing to compare
        return [0] * len(texts)
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    vectors = tfidf([*texts, *background])[: len(texts)]
    distance = 1.0 - np.asarray((vectors @ vectors.T).todense())
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(np.clip(distance, 0.0, 1.0), checks=False), method="average")
    return [int(n) for n in fcluster(tree, t=1.0 - SAME_STORY, criterion="distance")]


def _story(articles: list[Article], official: Sequence[str]) -> Story:
    """The story of a group; its id comes from its earliest article, so that it stays as it grows."""
    primary = [a for a in articles if is_of(a.url, official)]
    return Story(
        id=articles[0].id[:12],
        articles=tuple(sorted(articles, key=lambda a: _lead_first(a, primary))),
        publishers=independent(articles),
        first=articles[0].published,
        last=articles[-1].published,
        official=bool(primary),
        why_grouped=_shared(articles),
        why_ranked="",
        score=0.0,
    )


def _lead_first(article: Article, primary: Sequence[Article]) -> tuple[object, ...]:
    """Order inside a story: the vendor's own page, then what readers here can read, then the fullest."""
    script = {"zh-Hant": 0, "zh-Hans": 1}.get(article.lang, 2)
    return (
        article not in primary, script, -len(article.text or article.summary),
        article.published, article.id,
    )  # fmt: skip


def _shared(articles: list[Article]) -> str:
    """The rarest words that most of the group's openings share, as the reason why they are together."""
    if len(articles) == 1:
        return "single report"
    counts: dict[str, int] = defaultdict(int)
    for article in articles:
        for token in set(tokens(opening(article))):
            counts[token] += 1
    most = [t for t, n in counts.items() if n > len(articles) / 2]
    best = sorted(most, key=lambda t: (not t.startswith("name:"), -counts[t], -len(t), t))[:5]
    return "share " + ", ".join(t.removeprefix("name:") for t in best) if best else "alike wording"
