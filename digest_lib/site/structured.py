"""What a page says to machines (schema.org, JSON-LD): an article with everything that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from digest_lib.files import compact_json
from digest_lib.sections.facts import Source
from digest_lib.sections.markup import decoded, inert, is_language, safe_url, web_url
from digest_lib.site.addresses import address
from digest_lib.site.config import Config
from digest_lib.site.events import Event
from digest_lib.site.feeds import changed
from digest_lib.site.posts import Post

_CONTEXT: Final = "https://schema.org"
#: A page of a long event cites so many.
_CITED: Final = 60


def of_post(post: Post, config: Config) -> dict[str, object]:
    """A post as a news article."""
    facts = post.facts
    page = f"posts/{post.name}/index.html"
    image = address(config, f"posts/{post.name}/{post.cover}") if config.placed and post.cover else ""
    return _article(
        headline=post.headline,
        about=post.summary,
        published=facts.cutoff,
        changed=changed(post),
        sources=facts.sources,
        page=page,
        config=config,
        more={"keywords": [_line(tag) for tag in facts.digest.tags], **({"image": [image]} if image else {})},
        language=facts.language,
    )


def of_event(event: Event, config: Config) -> dict[str, object]:
    """An event's page as a news article."""
    sources = {source.id: source for told in event.told for source in told.sources}
    return _article(
        headline=event.title,
        about=event.about,
        published=event.told[0].post.facts.cutoff,
        changed=max(changed(told.post) for told in event.told),
        sources=sources.values(),
        page=event.path,
        config=config,
        more={},
        language=event.newest.post.facts.language,
    )


def of_site(config: Config) -> dict[str, object]:
    """The home page."""
    own = {"url": address(config, "index.html")} if config.placed else {}
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": _line(config.title),
        "description": _line(config.description),
        "inLanguage": "zh-TW",
        **own,
    }


def as_script(told: Mapping[str, object]) -> str:
    """JSON for a script element: nothing in it ends the element, or is markup to whoever reads it as such."""
    return compact_json(told).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _article(
    *,
    headline: str,
    about: str,
    published: datetime,
    changed: datetime,
    sources: Iterable[Source],
    page: str,
    config: Config,
    more: Mapping[str, object],
    language: str,
) -> dict[str, object]:
    where = address(config, page)
    own = {"url": where, "mainEntityOfPage": where} if config.placed else {}
    house = {"@type": "Organization", "name": _line(config.title)}
    if config.placed:
        house["url"] = address(config, "index.html")
    return {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": _line(headline),
        "description": _line(about),
        "datePublished": published.isoformat(),
        "dateModified": changed.isoformat(),
        **_spoken(language),
        "isAccessibleForFree": True,
        "author": house,
        "publisher": house,
        **own,
        **more,
        "citation": [_citation(source) for source in list(sources)[:_CITED]],
    }


def _citation(source: Source) -> dict[str, object]:
    url = web_url(source.url)
    if url and set(decoded(url)) & set("<>"):  # to whoever decodes it, it would be markup
        url = None
    return {
        "@type": "CreativeWork",
        "name": _line(source.title),
        "publisher": {"@type": "Organization", "name": _line(source.publisher)},
        "datePublished": source.published.isoformat(),
        **_spoken(source.lang),
        **({"url": safe_url(url)} if url else {}),
    }


def _spoken(lang: str) -> dict[str, str]:
    return {"inLanguage": lang} if is_language(lang) else {}


def _line(text: str) -> str:
    return " ".join(inert(text).split())
