"""Feeds against plain feedparser: what is read differently, and how long it takes.

    python bench/gather.py DIR    every file below DIR is read by both
    python bench/gather.py        200 feeds of 100 items on loopback, each answering after 100 ms

With DIR: entries, titles, links and dates that differ, with an example each, and the seconds of both. A date,
title or link counts as different only where feedparser has one; its titles are compared as plain text, its
links without tracking. Without: how long a gather takes against the longer of what the network costs and what
plain feedparser takes on one core; then a second one with nothing new; memory, and bytes written.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
from gather_load import time_gather

from digest_lib.documents import plain
from digest_lib.documents.dates import parse_date
from digest_lib.documents.feeds import ParsedFeed, parse_at_once, parse_feed
from digest_lib.web.urls import tidy

BASE = "http://feeds.example/feed.xml"
#: feedparser's warning about `updated`, once an entry, is not what is measured.
Difference = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dir", nargs="?", type=Path, help="a folder of feed files")
    parser.add_argument("--show", type=int, default=3, help="examples of each kind of difference")
    given = parser.parse_args()
    if given.dir is None:
        time_gather()
    elif not given.dir.is_dir():
        sys.exit(f"{given.dir} is not a folder")
    else:
        compare(given.dir, given.show)


def compare(folder: Path, show: int) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    counts: Counter[str] = Counter()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for path in files:
        body = path.read_bytes()
        begin = time.perf_counter()
        theirs = plain_feedparser(body)
        between = time.perf_counter()
        ours = parse_feed(body, None, BASE)
        counts["plain feedparser, ms"] += round(1000 * (between - begin))
        counts["ours, ms"] += round(1000 * (time.perf_counter() - between))
        counts["without feedparser"] += parse_at_once(body, None, BASE) is not None
        counts["entries of feedparser"] += len(theirs)
        counts["entries of ours"] += len(ours.read)
        counts["of these left out with a reason"] += len(ours.dropped)
        for kind, what in differences(theirs, ours):
            counts[f"{kind} that differ"] += 1
            examples[kind].append(f"{path.relative_to(folder)}: {what}")
    print(f"{'files':<45}{len(files):>8}")
    for name, count in counts.items():
        print(f"{name:<45}{count:>8}")
    for kind, found in examples.items():
        for example in found[:show]:
            print(f"  {kind}: {example}")


def plain_feedparser(body: bytes) -> list[Any]:
    try:
        return list(feedparser.parse(BytesIO(body), response_headers={"content-location": BASE}).entries)
    except Exception:  # it raises on some; then there is nothing to compare with
        return []


def differences(theirs: list[Any], ours: ParsedFeed) -> Iterator[Difference]:
    """What feedparser has of each entry, usable or not, and we have not or otherwise."""
    if len(theirs) != len(ours.read) + bool(ours.cut):
        yield "entries", f"{len(theirs)} are {len(ours.read)} ({ours.problem or ours.cut})"
        return
    for item, entry in zip(theirs, ours.read, strict=False):
        title, link, date = said(item)
        read = parse_date(entry.published)
        if title and entry.title != title:
            yield "titles", f"{title!r} is {entry.title!r}"
        if link and entry.url != link:
            yield "links", f"{link} is {entry.url}"
        if date and (read is None or read.replace(microsecond=0) != date):
            yield "dates", f"{date} is {read} («{entry.published}»)"


def said(item: Any) -> tuple[str, str, datetime | None]:
    """Title as plain text, link without tracking, and date of one of feedparser's entries."""
    value = str(item.get("title") or "")
    is_text = (item.get("title_detail") or {}).get("type") == "text/plain"
    title = plain.one_line(value) if is_text else plain.from_html(value)
    parsed = item.get("published_parsed") or item.get("updated_parsed") or item.get("created_parsed")
    try:
        date = datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except ValueError:
        date = None
    return title, tidy(str(item.get("link") or "")), date


if __name__ == "__main__":
    main()
