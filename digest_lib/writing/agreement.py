"""Figures that independent publishers of one story have alike: what is corroborated, not only repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.articles.article import Article
from digest_lib.checking.digest import Sentence
from digest_lib.checking.injections import told
from digest_lib.stories.story import Story
from digest_lib.text.numbers import stated, supported_by
from digest_lib.text.quantity import DATE, ORDINAL, QUARTER, TIME, VERSION, Quantity
from digest_lib.writing.frames import frames
from digest_lib.writing.telling import converted

#: Figures that are named, and publishers; so far into a text the news itself is told.
_MOST_FIGURES, _MOST_PUBLISHERS = 3, 3
_OPENING = 300
#: Numbers that measure nothing.
_NO_FIGURES = frozenset({DATE, TIME, VERSION, ORDINAL, QUARTER, "个", ""})
#: Between two Chinese characters no room is left, between them and others it is.
_ROOM = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def agreed(story: Story, language: str, headline: str, told: Sequence[Sentence]) -> list[Sentence]:
    """The sentence that says which figures several publishers have, of those that the headline or the
    sentences `told` with what they measure; none where there are none. A figure that all who have it
    were told with is seen to agree."""
    if language != "zh-TW":
        return []
    by_publisher: dict[str, list[Article]] = {}
    for article in story.articles:
        by_publisher.setdefault(article.publisher, []).append(article)
    own = _told_of(story, told)
    said = set(stated(headline)).union(*own.values())
    figures = {name: _figures(articles) for name, articles in by_publisher.items()}
    for article in story.articles:
        mine = figures[article.publisher]
        shared = [
            q
            for q in mine
            if supported_by(q, said)
            and len(having := _having(q, figures)) > 1
            and not all(supported_by(q, own.get(name, set())) for name in having)
        ]
        if article.lang[:2] == "zh" and shared:
            return [_sentence(story, article, shared, figures, language)]
    return []


def _having(figure: Quantity, figures: dict[str, list[Quantity]]) -> list[str]:
    """The publishers that have a figure."""
    return [name for name, own in figures.items() if supported_by(figure, set(own))]


def _told_of(story: Story, told: Sequence[Sentence]) -> dict[str, set[Quantity]]:
    """Publisher -> the figures of the sentences that were told of it."""
    by_id = {a.id: a.publisher for a in story.articles}
    found: dict[str, set[Quantity]] = {}
    for sentence in told:
        for source in sentence.sources:
            found.setdefault(by_id[source], set()).update(stated(sentence.text))
    return found


def _sentence(
    story: Story,
    article: Article,
    shared: Sequence[Quantity],
    figures: dict[str, list[Quantity]],
    language: str,
) -> Sentence:
    first = shared[0]
    having = _having(first, figures)[:_MOST_PUBLISHERS]
    all_have = [q for q in shared if all(supported_by(q, set(figures[n])) for n in having)]
    said = list(dict.fromkeys(converted(q.said.strip(), article, language) for q in all_have))
    sources = {a.publisher: a for a in reversed(story.articles)}
    names = [converted(n, sources[n], language) for n in having]
    text = frames(language).agree.format(
        publishers=" 與 ".join(["、".join(names[:-1]), names[-1]]) + " ",
        figures=" " + "、".join(said[:_MOST_FIGURES]),
    )
    return Sentence(text=_ROOM.sub("", text), sources=[sources[n].id for n in having])


def _figures(articles: Sequence[Article]) -> list[Quantity]:
    """What can be told alone: 6 of «6 到 10 倍» has lost what it counts."""
    found = [
        q
        for a in articles
        for q in stated(f"{a.title}\n{(told(a.text) or told(a.summary))[:_OPENING]}")
        if q.unit not in _NO_FIGURES and any(c.isdigit() for c in q.said) and q in stated(q.said)
    ]
    return list(dict.fromkeys(found))
