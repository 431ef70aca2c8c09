"""A gather of 200 feeds of 100 items each, on loopback, timed against what it cannot be faster than.

The feeds are served by a process of its own, which answers as a proxy does, so that each has a host; every
other one sends validators. The gather runs in a fresh process, imports included.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

FEEDS, ITEMS, LATENCY = 200, 100, 0.1
NOW = datetime(2026, 7, 29, tzinfo=UTC)
TEXT = (
    "島嶼的新創公司今天發表第 {n} 版語言模型，參數達 {n} 億，並開放權重供研究者使用；分析師認為成本可望下降。"
    "The lab says version {n} answers {n} percent faster at the same price &amp; with the same weights. "
)


def feed(number: int) -> bytes:
    """An RSS feed as a press site's software writes it; its items are its own."""
    items = []
    for n in range(ITEMS):
        date = f"{NOW - timedelta(hours=n, minutes=number):%a, %d %b %Y %H:%M:%S +0000}"
        link = f"http://feed{number}.example/2026/{n}?utm_source=rss"
        items.append(
            f"<item><title>Lab {number} releases model {n} 發表模型 &amp; 權重</title><link>{link}</link>"
            f"<pubDate>{date}</pubDate><dc:creator><![CDATA[Desk]]></dc:creator>"
            f"<guid isPermaLink='false'>{number}-{n}</guid>"
            f"<description><![CDATA[<p>{TEXT.format(n=n) * 2}</p>]]></description>"
            f"<content:encoded><![CDATA[{f'<p>{TEXT.format(n=n)}</p>' * 8}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Press {number}</title><language>zh-TW</language>{''.join(items)}</channel></rss>"
    ).encode()


def time_gather() -> None:
    bodies = [feed(number) for number in range(FEEDS)]
    one_core = plain_feedparser(bodies)
    with tempfile.TemporaryDirectory() as name, served() as address:
        home = Path(name)
        outlines = "".join(
            f'<outline text="Press {n}" xmlUrl="http://feed{n}.example/feed.xml"/>' for n in range(FEEDS)
        )
        (home / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
        done = subprocess.run(
            [sys.executable, __file__, "gather", name],
            env={**os.environ, "DIGEST_PROXY": address},
            stdout=subprocess.PIPE,
            check=True,
            timeout=300,
        )
        told = json.loads(done.stdout)
        written = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    waits = -(-FEEDS // told["at_once"]) * LATENCY
    floor = max(waits, one_core)
    size = sum(map(len, bodies)) / 1e6
    ratio, second = told["first"] / floor, told["second"] / told["first"]
    latency = f"{LATENCY * 1000:.0f} ms latency"
    print("what is aimed at stands in brackets")
    print(f"{FEEDS} feeds of {ITEMS} items, {size:.1f} MB, {latency}, {os.cpu_count()} cores")
    show(f"waiting, {told['at_once']} at once", f"{waits:.2f} s")
    show("plain feedparser on one core", f"{one_core:.2f} s")
    show(f"gather, {told['new']} new articles", f"{told['first']:.2f} s", f"{ratio:.2f} of the longer (1.5)")
    show(f"gather again, {told['again']} new", f"{told['second']:.2f} s", f"{second:.2f} of the first (0.2)")
    show("memory at most", f"{told['memory']:.0f} MB", "(400)")
    show("written in a day", f"{written / 1e6:.2f} MB")


def show(what: str, value: str, note: str = "") -> None:
    print(f"{what:<36}{value:>10}   {note}")


def plain_feedparser(bodies: list[bytes]) -> float:
    import feedparser

    begin = time.perf_counter()
    for body in bodies:
        feedparser.parse(BytesIO(body))
    return time.perf_counter() - begin


def gather_twice(folder: Path) -> None:
    """In the gathering process: what became of it, as JSON."""
    from digest_lib.gathering.gather import gather_day
    from digest_lib.settings import Home
    from digest_lib.web.fetch import Limits

    begin = time.perf_counter()
    first = gather_day(Home(folder), NOW)
    between = time.perf_counter()
    again = gather_day(Home(folder), NOW + timedelta(hours=1))
    end = time.perf_counter()
    failed = [feed.error for feed in (*first.feeds, *again.feeds) if not feed.answered]
    if failed:
        sys.exit(f"{len(failed)} feeds failed: {failed[0]}")
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "first": between - begin,
        "second": end - between,
        "new": first.new,
        "again": again.new,
        "memory": sum(used) / 1024,
        "at_once": Limits().at_once,
    }
    print(json.dumps(told))


@contextmanager
def served() -> Iterator[str]:
    """The feeds behind a proxy on loopback: its address."""
    server = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


async def serve() -> None:
    bodies = {f"http://feed{n}.example/feed.xml": feed(n) for n in range(FEEDS)}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(LATENCY)
                writer.write(response(head, bodies))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def response(head: bytes, bodies: dict[str, bytes]) -> bytes:
    url = head.split(b" ", 2)[1].decode()
    body = bodies.get(url)
    if body is None:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if b"if-none-match" in head.lower():
        return b"HTTP/1.1 304 Not Modified\r\n\r\n"
    validator = b'ETag: "1"\r\n' if url[len("http://feed")] in "02468" else b""
    told = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + validator
    return told + b"Content-Length: %d\r\n\r\n" % len(body) + body


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    elif sys.argv[1:2] == ["gather"]:
        gather_twice(Path(sys.argv[2]))
