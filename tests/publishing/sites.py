"""A built site to look at, and what is wrong with its links."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.moved import leads_on
from digest_lib.stories.history import History
from digest_lib.stories.story import Earlier
from publishing.published_days import days, executed, make_home, mentioning, revised, write

RENDERERS = ["embedded", *(["quarto"] if shutil.which("quarto") else [])]
FAMILIES = (("qwen", "Qwen"), ("gpt", "GPT"), ("grok", "Grok"), ("mistral", "Mistral"))


def filled_home(root: Path) -> Home:
    """Three days of three families (one of them quiet), and a family without a post."""
    home = make_home(root, FAMILIES)
    before = ""
    for day in days("2026-07-27", 3):
        for family, name in FAMILIES[:3]:
            follows = Earlier(before, "s2price", "降價") if before and family == "qwen" else None
            digest = revised(
                day, family, name=name, follows=follows, quiet=family == "grok", mentions=mentioning(name)
            )
            told = executed(digest, history=counted(day, name))
            work = write(root.parent / "work" / f"{day}-{family}.ipynb", told)
            publish(work, home, provenance={})
        before = f"{day}-qwen"
    return home


def counted(day: str, name: str) -> History:
    """The numbers of the ten days up to this one: they are the same whoever tells them. Of one day nothing is
    known."""
    last = date.fromisoformat(day)
    span = tuple(last - timedelta(days=back) for back in reversed(range(10)))
    gap = date(2026, 7, 23)
    numbers = {"Qwen": 2, "GPT": 3, "Grok": 0}
    order = sorted(numbers, key=lambda other: other != name)
    rows = {other: tuple(None if d == gap else d.day * numbers[other] % 7 for d in span) for other in order}
    return History(span, rows)


def pages(site: Path) -> list[Path]:
    """The site's pages, but for those that only lead on to one of them."""
    return sorted(p for p in site.rglob("*.html") if not leads_on(p))


def broken_links(site: Path) -> Iterator[str]:
    """Every link of every page that leads to no file of the site, or to no place in it."""
    ids = {page: {e.get("id") for e in tree(page).iter() if e.get("id")} for page in pages(site)}
    for page in pages(site):
        for element in tree(page).iter():
            for name in ("href", "src"):
                link = element.get(name)
                if link is None:
                    continue
                parts = urlsplit(link)
                if parts.scheme in {"http", "https"}:
                    continue
                start = site if parts.path.startswith("/") else page.parent
                target = (start / unquote(parts.path).lstrip("/")).resolve() if parts.path else page
                where = f"{page.relative_to(site)}: {link}"
                if parts.path.startswith("/") and page.name != "404.html":
                    yield f"{where} is absolute"
                elif not target.is_relative_to(site.resolve()) or not target.is_file():
                    yield f"{where} leads nowhere"
                elif parts.fragment and unquote(parts.fragment) not in ids.get(target, set()):
                    yield f"{where} names no place there"


def broken_addresses(site: Path, address: str) -> Iterator[str]:
    """What the site's files say of whole addresses below `address` (in feeds, the sitemap, heads, data for
    machines) that is no file of the site, or no place in it; and what is of its host, but not below it."""
    host = f"https://{urlsplit(address).hostname}"
    ids: dict[Path, set[str | None]] = {}
    for path in sorted(p for p in site.rglob("*") if p.suffix in {".html", ".xml", ".json", ".txt"}):
        text = unescape(path.read_text("utf-8")).replace("\\u0026", "&")
        for link in sorted(set(re.findall(rf"{re.escape(host)}[^\s\"'<>()\\]*", text))):
            parts = urlsplit(link)
            target = site / unquote(parts.path.removeprefix(urlsplit(address).path)).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            where = f"{path.relative_to(site)}: {link}"
            if not link.startswith(address):
                yield f"{where} is not of this site"
            elif not target.is_file():
                yield f"{where} leads nowhere"
            elif parts.fragment:
                if target not in ids:
                    ids[target] = {e.get("id") for e in tree(target).iter()}
                if unquote(parts.fragment) not in ids[target]:
                    yield f"{where} names no place there"


def tree(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes())
