"""Articles as a prompt shows them: by short names, within a budget of tokens."""

from __future__ import annotations

from collections.abc import Mapping

from digest_lib.articles.article import Article
from digest_lib.checking.injections import told
from digest_lib.day import TAIPEI
from digest_lib.writing import tokens

#: Tokens of one request's articles and of one article that a prompt may hold. Leads come first, so what is
#: cut off is background.
STORY_TOKENS = 8_000
ARTICLE_TOKENS = 2_600


def listed(refs: Mapping[str, Article]) -> str:
    """The articles as a prompt shows them, best first, within the budget of tokens, without what in them
    speaks to the machine."""
    left = STORY_TOKENS
    parts = []
    for ref, article in refs.items():
        body = tokens.cut(body_of(article), min(ARTICLE_TOKENS, max(0, left)))
        left -= tokens.estimated(body)
        when = article.published.astimezone(TAIPEI).strftime("%Y-%m-%d %H:%M")
        parts.append(f"[{ref}] {told(article.publisher)}, {when}\n{told(article.title)}\n{body}".strip())
    return "\n\n".join(parts)


def body_of(article: Article) -> str:
    """What a prompt shows of an article beneath its title."""
    return told(article.text) or told(article.summary)


def size_of(article: Article) -> int:
    """Tokens that the article takes in a prompt."""
    return min(ARTICLE_TOKENS, tokens.estimated(body_of(article))) + tokens.estimated(article.title)


def named(title: str) -> str:
    """A story as a line about it names it: «its title», as far as a line has room for it."""
    return f"«{title[:40].replace('«', '').replace('»', '')}»"
