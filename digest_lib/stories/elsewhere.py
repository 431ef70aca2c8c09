"""What other families' news has told before: an event that was theirs two days ago is not new here.

Which posts there are depends on who ran first, and families run side by side. So not the posts are asked but
what they are made of: the archive, and the notebooks, which say what of it is whose. An article of the days
before was told where it is about another family that has a notebook here (about this one, its own posts say).
A story is not new where it continues such articles and says nothing that they did not (so they name this
family, too); one that does is news of this family, and follows no post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles
from digest_lib.gathering.gather import close
from digest_lib.settings import Home
from digest_lib.stories.novelty import what_is_new
from digest_lib.stories.reach import notebooks_reach
from digest_lib.stories.retold import alike
from digest_lib.stories.story import Story
from digest_lib.stories.traits import Told, opening
from digest_lib.text.encoder import Encoder
from digest_lib.text.names import stands_in
from digest_lib.text.scripts import fold

#: So many days before the window; what is older may have been forgotten.
DAYS = 3


def told_elsewhere(
    stories: Sequence[Story], matched: Articles, family: str, home: Home, meaning: Encoder | None
) -> dict[str, str]:
    """Story id -> why it is not new, for those of the stories that another family's news has told."""
    if not stories or not home.archive.is_dir():
        return {}
    before = _before(matched, home)
    reports = [_told(article) for article in before]
    likely = alike(stories, reports, matched.background, meaning, matched.names)
    heard = {k for found in likely.values() for k in found}
    whose = _whose([before[k] for k in sorted(heard)], matched, family, home) if heard else {}
    reasons = {}
    for story in stories:
        told = [before[k] for k in sorted(likely.get(story.id, {})) if before[k].id in whose]
        if told and not what_is_new(story.articles, [_told(article) for article in told]):
            first = min(told, key=lambda a: (a.seen, a.id))
            reasons[story.id] = f"nothing new since {whose[first.id]} news: {first.title}"
    return reasons


def _before(matched: Articles, home: Home) -> list[Article]:
    """The articles of the days before the window that name the family."""
    names = [fold(name) for name in matched.names]
    archive, first = Archive(home.archive), matched.day.shifted(-matched.window_days)
    since, until = close(archive, first.shifted(-DAYS)).cutoff, close(archive, first).cutoff
    found = archive.articles(until, since=since) if names else []
    texts = [(article, fold(f"{article.title}\n{opening(article)}")) for article in found]
    naming = [article for article, text in texts if any(stands_in(name, text) for name in names)]
    return sorted(naming, key=lambda a: (a.seen, a.id))


def _told(article: Article) -> Told:
    return Told(article.title, opening(article), article.url, article.publisher, article.lang)


def _whose(articles: Sequence[Article], matched: Articles, family: str, home: Home) -> dict[str, str]:
    """Article id -> the name of another family that it is about; without those about this one."""
    given = replace(matched, items=tuple(articles), mentions=(), why={})
    whose: dict[str, str] = {}
    own: set[str] = set()
    for other, (name, reach) in sorted(notebooks_reach(home).items()):
        about = {a.id for a in reach.those_about(given)}
        if other == family:
            own = about
        else:
            whose = {**dict.fromkeys(about, name), **whose}
    return {article: name for article, name in whose.items() if article not in own}
