"""What the sample newsroom's fictional publishers answer: feeds, front pages, pages, robots.txt.

Decides only, and touches no network: `running/newsroom.py` carries the answers over HTTP. The same
moment gives the same bytes. The folder holds publishers.yaml, pages/*.yaml and templates/*.j2.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from digest_lib.errors import BadInput
from digest_lib.publishing.plain_yaml import read_yaml

#: Stands on every page that the sample newsroom serves.
NOTICE = "示範資料：出版者為虛構"

#: What is wrong with a publisher's feed; its pages are never touched. dead: answers 500.
#: html-instead: the front page where the feed should be. truncated: the end is missing.
#: bare-ampersand: «&» unescaped. invalid-utf8: Windows-1252 apostrophes. no-dates: no item has one.
Fault = Literal["none", "dead", "html-instead", "truncated", "bare-ampersand", "invalid-utf8", "no-dates"]

FEED_ITEMS = 30  # the newest items that a feed carries
SIDEBAR_ITEMS = 5  # links to earlier pages of the same publisher, beside each page

FEED_TYPES = {
    "rss2": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "jsonfeed": "application/feed+json",
}
WORDS: dict[str, dict[str, Any]] = {
    "zh-Hant": {"nav": ["首頁", "科技", "產業", "關於我們"], "more": "延伸閱讀"},
    "zh-Hans": {"nav": ["首页", "科技", "产业", "关于我们"], "more": "相关阅读"},
    "en": {"nav": ["Home", "Technology", "Business", "About"], "more": "More stories"},
    "ja": {"nav": ["トップ", "技術", "産業", "本紙について"], "more": "関連記事"},
}


class Publisher(BaseModel):
    """A fictional publisher: an entry of `publishers.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    name: str
    tagline: str
    host: str
    lang: str
    category: str
    feed: str
    format: Literal["rss2", "atom", "rdf", "jsonfeed"]
    encoding: str = "utf-8"
    declared: str | None = None  # the encoding that the feed claims, where it claims another
    fault: Fault = "none"
    disallow: tuple[str, ...] = ()

    @property
    def home_url(self) -> str:
        return f"http://{self.host}/"

    @property
    def feed_url(self) -> str:
        return f"http://{self.host}{self.feed}"

    @property
    def declared_encoding(self) -> str:
        return self.declared or self.encoding


class Page(BaseModel):
    """A page as `pages/*.yaml` writes it; the events it is made of concern the tests alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    publisher: str
    slug: str
    published: AwareDatetime
    lang: Literal["zh-Hant", "zh-Hans", "en", "ja"]
    title: str
    summary: str
    body: tuple[str, ...]
    event: str | None = None
    events: tuple[str, ...] = ()
    copy_of: str | None = None  # "publisher/slug" of the page that it reprints word for word
    author: str | None = None
    undated: bool = False  # says nowhere when it was published; still served from `published` on

    @property
    def path(self) -> str:
        return f"/{self.published:%Y/%m/%d}/{self.slug}.html"


class PlacedPage(Page):
    """A page with the URL that it has on its publisher's host."""

    url: str


@dataclass(frozen=True)
class Answer:
    """What a URL answers, before compression and validators."""

    status: int
    body: bytes
    content_type: str
    modified: datetime | None = None

    @property
    def etag(self) -> str:
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def _plain(status: int, text: str) -> Answer:
    return Answer(status, text.encode(), "text/plain; charset=utf-8")


class Press:
    """Every publisher and page of a folder, and what each URL answers at a moment.

    Raises `BadInput`, naming the file, when the folder is not a sample newsroom.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "publishers.yaml").is_file() or not (folder / "pages").is_dir():
            raise BadInput(folder, "is not a sample newsroom: it needs publishers.yaml and a folder pages/")
        publishers = _read(folder / "publishers.yaml", TypeAdapter(list[Publisher]))
        self.publishers = {publisher.slug: publisher for publisher in publishers}
        self.pages: list[PlacedPage] = []
        for file in sorted((folder / "pages").glob("*.yaml")):
            self.pages += [self._placed(page, file) for page in _read(file, TypeAdapter(list[Page]))]
        self.pages.sort(key=lambda page: (page.published, page.url), reverse=True)
        self._hosts = {publisher.host: publisher for publisher in publishers}
        self._templates = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
        )
        self._templates.globals.update(rfc822=format_datetime, notice=NOTICE)

    def _placed(self, page: Page, file: Path) -> PlacedPage:
        if page.publisher not in self.publishers:
            raise BadInput(
                file, f"page «{page.slug}» names no publisher of publishers.yaml: {page.publisher}"
            )
        url = f"http://{self.publishers[page.publisher].host}{page.path}"
        return PlacedPage(**page.model_dump(), url=url)

    def answer(self, url: str, now: datetime) -> Answer:
        """What `url`, in absolute form, answers at `now`. Pages of the future are not there yet."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return _plain(400, "Not a URL.\n")
        publisher = self._hosts.get(parts.hostname or "")
        if publisher is None or parts.scheme != "http":
            return _plain(502, "This proxy serves only the sample newsroom's publishers.\n")
        return self._of_publisher(publisher, parts.path or "/", now)

    def _of_publisher(self, publisher: Publisher, path: str, now: datetime) -> Answer:
        if path == publisher.feed:
            return self._feed(publisher, now)
        if path == "/":
            return self._front(publisher, now)
        if path == "/robots.txt":
            return _plain(200, _robots(publisher))
        for page in self._published(publisher, now):
            if page.path == path:
                return self._page(publisher, page)
        return _plain(404, "Not found.\n")

    def _published(self, publisher: Publisher, now: datetime) -> list[PlacedPage]:
        return [page for page in self.pages if page.publisher == publisher.slug and page.published <= now]

    def _page(self, publisher: Publisher, page: PlacedPage) -> Answer:
        earlier = [p for p in self._published(publisher, page.published) if p.url != page.url]
        html = self._render(
            "page.html.j2",
            publisher=publisher,
            page=page,
            others=earlier[:SIDEBAR_ITEMS],
            words=WORDS[page.lang],
        )
        return Answer(200, html.encode(), "text/html; charset=utf-8", page.published)

    def _front(self, publisher: Publisher, now: datetime) -> Answer:
        pages = self._published(publisher, now)[:FEED_ITEMS]
        html = self._render("front.html.j2", publisher=publisher, pages=pages)
        return Answer(200, html.encode(), "text/html; charset=utf-8")

    def _feed(self, publisher: Publisher, now: datetime) -> Answer:
        if publisher.fault == "dead":
            return _plain(500, "Internal server error.\n")
        if publisher.fault == "html-instead":
            return self._front(publisher, now)
        pages = self._published(publisher, now)[:FEED_ITEMS]
        if publisher.format == "jsonfeed":
            text = _json_feed(publisher, pages)
        else:
            dated = publisher.fault != "no-dates"
            text = self._render(f"{publisher.format}.xml.j2", publisher=publisher, pages=pages, dated=dated)
        # A character that the encoding lacks becomes a reference, as old systems do.
        body = text.encode(publisher.encoding, errors="xmlcharrefreplace")
        kind = f"{FEED_TYPES[publisher.format]}; charset={publisher.declared_encoding}"
        modified = pages[0].published if pages else None
        return Answer(200, _spoilt(body, publisher.fault), kind, modified)

    def _render(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(**values)


def _spoilt(feed: bytes, fault: Fault) -> bytes:
    if fault == "bare-ampersand":
        return feed.replace(b"&amp;", b"&")
    if fault == "invalid-utf8":
        return feed.replace(b"&#39;", b"\x92")
    if fault == "truncated":
        end = feed.rfind(b"</item>")
        return feed[:end] if end > 0 else feed
    return feed


def _robots(publisher: Publisher) -> str:
    rules = "".join(f"Disallow: {path}\n" for path in publisher.disallow) or "Disallow:\n"
    return f"User-agent: *\n{rules}"


def _json_feed(publisher: Publisher, pages: list[PlacedPage]) -> str:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/"""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "description": publisher.tagline,
        "home_page_url": publisher.home_url,
        "feed_url": publisher.feed_url,
        "language": publisher.lang,
        "items": [_json_item(page) for page in pages],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(page: PlacedPage) -> dict[str, object]:
    item: dict[str, object] = {
        "id": page.url,
        "url": page.url,
        "title": page.title,
        "summary": page.summary,
        "content_text": page.summary,
    }
    if page.author:
        item["authors"] = [{"name": page.author}]
    if not page.undated:
        item["date_published"] = page.published.isoformat()
    return item


Records = TypeVar("Records")


def _read(file: Path, kind: TypeAdapter[Records]) -> Records:
    try:
        return kind.validate_python(read_yaml(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(file, f"is not YAML in UTF-8: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole file"
        raise BadInput(file, f"{where}: {first['msg']}") from error
