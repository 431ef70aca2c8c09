"""Short ways to write articles and feeds in tests."""

from __future__ import annotations

from datetime import UTC, datetime

from digest_lib.articles.article import Article


def at(text: str) -> datetime:
    """`07-29 05:00` (UTC, 2026)."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def article(slug: str, published: str, fetched: str | None = None, **said: str) -> Article:
    url = f"http://press.example/{slug}"
    known = {
        "url": url,
        "title": f"標題 {slug}",
        "summary": "摘要。",
        "publisher": "島嶼報",
        "feed": "島嶼報",
        "lang": "zh-Hant",
        "text": "",
    }
    return Article(
        id=Article.id_of(said.get("url", url)),
        published=at(published),
        fetched=at(fetched or published),
        **{**known, **said},
    )


def rss(*items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>島嶼報</title>'
        f"{head}{''.join(items)}</channel></rss>"
    )


def item(title: str, link: str, date: str = "", more: str = "") -> str:
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link}</link>{dated}{more}</item>"


def opml(*feeds: tuple[str, str]) -> str:
    outlines = "".join(
        f'<outline text="{title}" xmlUrl="{url.replace("&", "&amp;")}" language="zh-TW"/>'
        for title, url in feeds
    )
    return f'<opml version="2.0"><body><outline text="Press">{outlines}</outline></body></opml>'
