"""An article that holds the value of a secret of this machine: left out alone, so that it stops no family.

Whoever has read a key, or guesses what a machine's environment holds, could else stop a newsroom by one
headline: the guard refuses every post with the value, and the llm is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

from digest_lib.articles.article import Article
from digest_lib.secrets import Scanner


def poisoned(articles: Iterable[Article], scanner: Scanner | None = None) -> dict[str, str]:
    """The articles that hold a secret's value: id -> why, in a line that names the variable, never its value.

    `scanner` knows the secrets; by default, those of this process's environment.
    """
    scan = scanner or Scanner()
    if not scan.guards:
        return {}
    found = ((article, scan.found(_said(article))) for article in articles)
    return {article.id: reason(article.url, name, scan) for article, name in found if name}


def reason(url: str, variable: str, scanner: Scanner) -> str:
    """Why an article is left out. Its URL is told, unless that holds the value itself."""
    where = "an article" if scanner.found(url.encode(errors="replace")) else url[:200]
    return (
        f"{where} holds the value of the environment variable {variable} and was left out; change that secret"
    )


def _said(article: Article) -> bytes:
    return "\n".join(str(part) for part in astuple(article)).encode(errors="surrogateescape")
