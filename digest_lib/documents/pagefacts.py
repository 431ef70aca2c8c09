"""What a page says of itself: author, time, publisher, and from whom it took the text.

Read from what publishers write for search engines (schema.org as JSON-LD, Open Graph, Dublin Core), and the
source from a notice or an agency's dateline. What several of them say differently is taken from the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from digest_lib.documents.dates import parse_date
from digest_lib.documents.facts import PageFacts
from digest_lib.documents.plain import one_line
from digest_lib.web.urls import host_of

_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
_PUBLISHED = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "parsely-pub-date", "sailthru.date", "og:published_time", "article:published",
    "publish_date", "publish-date", "publication_date", "citation_publication_date", "dcterms.issued",
    "dcterms.date", "bt:pubdate", "cxenseparse:recs:publishtime",
)  # fmt: skip
_PUBLISHER = ("og:site_name", "application-name", "dc.publisher")
_SOURCE = ("syndication-source", "original-source")
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|VideoObject|PodcastEpisode|SoftwareApplication")
_LINKED_DATES = ("datePublished", "uploadDate", "dateCreated")
#: A time of something else than the page: of its last change, of a reader's word, of other pages.
_OTHER_TIME = re.compile(r"updat|modif|edit|comment|relat|recommend|sidebar|event|expire", re.I)
#: Parts of a page that are not what it tells.
_BESIDE = frozenset({"aside", "nav", "footer"})
#: How agencies begin a text that others print.
_AGENCIES = (
    (re.compile(r"[（(]中央社(?:記者|[^）)]{0,20}[日電訊])"), "中央社"),
    (re.compile(r"[（(]?路透社?[^。]{0,12}電|\(Reuters\)\s*[-–—]"), "Reuters"),
    (re.compile(r"[（(]?法新社[^。]{0,12}電|\(AFP\)\s*[-–—]"), "AFP"),
    (re.compile(r"[（(]?美聯社[^。]{0,12}電|\(AP\)\s*[-–—]"), "AP"),
    (re.compile(r"新华社[^。]{0,12}电|新華社[^。]{0,12}電"), "新华社"),
    (re.compile(r"[（(]?共同社[^。]{0,12}電|【共同通信】"), "共同通信"),
)
_NOTICE = re.compile(
    r"(?:轉載自|转载自|原文刊登於|原文刊於|原文出處[：:]|文章來源[：:]|文章来源[：:])"
    r"\s*[《「『]?(?P<zh>[^\s，。、；》」』（）()]{2,30})"
    r"|originally (?:published|appeared)"
    r" (?:by|on|in|at) (?P<en>[A-Z][\w.&' -]{1,40}?)"
    r"(?=[.,;)]|\s(?:on|and|under|as)\b|$)",
)
#: A dateline stands at the beginning.
_BEGINNING = 200
_LONGEST_NAME = 120


def page_facts(markup: str, url: str, text: str = "", lang: str = "") -> PageFacts:
    """What the page at `url` with this `markup` and extracted `text` says of itself; never raises for what
    is in it. `lang` says in which zone a time without one is meant."""
    head = _Head()
    try:
        head.feed(markup)
        head.close()
    except (ValueError, AssertionError):  # of a declaration that is none; what came before it counts
        pass
    said = list(_linked_data(head.scripts))
    linked = [one.get(name) for name in _LINKED_DATES for one in said]
    dates = [*linked, *head.said(_PUBLISHED), *head.times()]
    return PageFacts(
        author=_first([*(_names(one.get("author")) for one in said), *head.said(_AUTHOR)]),
        published=next((date for one in dates if (date := parse_date(str(one or ""), lang))), None),
        publisher=_first([*(_names(one.get("publisher")) for one in said), *head.said(_PUBLISHER)]),
        source=_source(head, url, text),
    )


def _source(head: _Head, url: str, text: str) -> str:
    for link in (*head.said(_SOURCE), head.canonical):
        if link and _is_elsewhere(link, url):
            return host_of(link)
    for dateline, agency in _AGENCIES:
        if dateline.search(text[:_BEGINNING]):
            return agency
    found = _NOTICE.search(text)
    return one_line(found["zh"] or found["en"] or "") if found else ""


def _is_elsewhere(link: str, url: str) -> bool:
    """Whether it is on another site, neither above nor below ours."""
    there, here = host_of(link), host_of(url)
    return bool(there) and not f".{there}".endswith(f".{here}") and not f".{here}".endswith(f".{there}")


def _first(names: list[str]) -> str:
    """The first that is a name: some sites write a URL or their whole story there."""
    cleaned = (one_line(name) for name in names)
    return next((name for name in cleaned if 0 < len(name) <= _LONGEST_NAME and "://" not in name), "")


def _names(value: Any) -> str:
    """The name or names in a schema.org value: text, thing, or list of them."""
    if isinstance(value, list):
        return ", ".join(name for name in map(_names, value[:5]) if name)
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _linked_data(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """The articles among the page's JSON-LD, also where a graph or a list holds them."""
    for script in scripts:
        try:
            left = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while left:
            one = left.pop(0)
            if isinstance(one, list):
                left.extend(one)
            elif isinstance(one, dict):
                if isinstance(graph := one.get("@graph"), list):
                    left.extend(graph)
                if _ARTICLE_TYPES.search(str(one.get("@type") or "")):
                    yield one


class _Head(HTMLParser):
    """Collects meta elements, the canonical link, JSON-LD and the times that the page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.canonical = ""
        self.scripts: list[str] = []
        self._metas: dict[str, str] = {}
        self._in_data = False
        self._told: list[str] = []  # times that are said to be when it was published
        self._first: list[str] = []  # the first time behind the page's heading
        self._days: list[str] = []
        self._headed = False
        self._beside = 0

    def times(self) -> list[str]:
        """When it was published, as what a reader sees says so: an element that is marked as that, else the
        first time behind the heading, else the one day that all of them name."""
        alone = self._days if len({day[:10] for day in self._days}) == 1 else []
        return [*self._told, *self._first[:1], *alone[:1]]

    def _time(self, tag: str, given: dict[str, str]) -> None:
        when = given.get("datetime") or given.get("content") or ""
        if not when or self._beside:
            return
        if "datepublished" in given.get("itemprop", "").lower() or "pubdate" in given:
            self._told.append(when)
        elif tag == "time" and not _OTHER_TIME.search(
            f"{given.get('itemprop', '')} {given.get('class', '')}"
        ):
            self._days.append(when)
            self._first += [when] if self._headed else []

    def handle_endtag(self, tag: str) -> None:
        self._headed = self._headed or tag == "h1"
        self._beside -= tag in _BESIDE and self._beside > 0

    def said(self, names: tuple[str, ...]) -> list[str]:
        return [self._metas[name] for name in names if name in self._metas]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self._metas.setdefault(name.lower(), given.get("content", ""))
        elif tag in _BESIDE:
            self._beside += 1
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonical = self.canonical or given.get("href", "")
        elif tag == "script":
            self._in_data = given.get("type", "").lower() == "application/ld+json"
        else:
            self._time(tag, given)

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.scripts.append(data)
            self._in_data = False
