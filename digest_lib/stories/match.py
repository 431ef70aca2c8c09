"""Which articles are about a family, which only mention it, and which do neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from digest_lib.articles.article import Article, Articles
from digest_lib.text.names import Aliases

Bearing = Literal["about", "mentions", "neither"]

#: A name this early in the summary stands in the lead; publishers' summaries open with their subject.
LEAD = 60


@dataclass(frozen=True)
class Matcher:
    """Decides how an article bears on one family. Touches no file and no network."""

    aliases: Aliases
    official: tuple[str, ...] = ()

    def judge(self, article: Article) -> tuple[Bearing, str]:
        """The bearing of the article, and why, in words for the table at the desk."""
        in_title = self.aliases.count(article.title)
        if in_title:
            return "about", "named in the title"
        in_summary = self.aliases.count(article.summary)
        if in_summary and is_of(article.url, self.official):
            return "about", "official page that names it"
        first = self.aliases.first(article.summary)
        if in_summary > 1 and first is not None and first < LEAD:
            return "about", f"named {in_summary} times, first in the lead"
        if in_summary or self.aliases.count(article.text):
            return "mentions", "named, but not its subject"
        return "neither", ""


def is_of(url: str, hosts: Sequence[str]) -> bool:
    """Whether the URL lies on one of the hosts (or below), or under `host/path`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for entry in hosts:
        name, _, path = entry.lower().partition("/")
        on_host = host == name or host.endswith("." + name)
        if on_host and parts.path.lower().startswith("/" + path):
            return True
    return False


def match(
    articles: Articles,
    *,
    aliases: Sequence[str],
    official: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Articles:
    """The articles about the family, each with why; those that only name it are its `mentions`.

    `aliases` are its names in any script, `exclude` phrases that contain a name without meaning it,
    `official` the vendor's own hosts (`openai.com`, `blog.google/technology`).
    """
    matcher = Matcher(Aliases(aliases, exclude), tuple(official))
    about: list[Article] = []
    mentions: list[Article] = []
    why: dict[str, str] = {}
    for article in articles:
        bearing, reason = matcher.judge(article)
        if bearing == "neither":
            continue
        (about if bearing == "about" else mentions).append(article)
        why[article.id] = reason
    return replace(
        articles,
        items=tuple(about),
        mentions=tuple(mentions),
        why=why,
        background=tuple(a.title for a in articles),
    )
