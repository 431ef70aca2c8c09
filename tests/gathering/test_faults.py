"""A gather from a web where everything goes wrong at once: nothing hangs, nothing is lost, each is named."""

from __future__ import annotations

import asyncio
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.report import GatherReport
from digest_lib.documents.workers import TookTooLong, Workers
from digest_lib.gathering.gather import gather_day
from digest_lib.settings import Home
from digest_lib.web.fetch import Limits
from loopback import Web, bomb
from samples import at, item, opml, rss

NOW = at("07-28 21:10")
DATE = "Tue, 28 Jul 2026 18:00:00 +0800"
LIMITS = Limits(total=60, request=4, connect=4, retries=0, backoff=0.01)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))

#: host of each feed -> what the report says of it
FAULTS = {
    "good": "",
    "loop": "more than 5 redirects",
    "hang": "no full answer within 4 s",
    "drip": "no full answer within 4 s",
    "huge": "larger than 10 MB",
    "bomb": "larger than 10 MB",
    "brotli": "larger than 10 MB",
    "html": "an HTML page, not RSS, Atom, RDF or JSON Feed",
    "empty": "empty answer",
    "cut": "",
    "laughs": "",
    "gone": "HTTP 410 Gone",
    "refused": "HTTP 404 Not Found",
}


def gathered(home: Path, *feeds: tuple[str, str], limits: Limits = LIMITS) -> GatherReport:
    (home / "feeds.opml").write_text(opml(*feeds), encoding="utf-8")
    return gather_day(Home(home), NOW, limits=limits)


def titles(home: Path) -> set[str]:
    return {one.title for one in Archive(home / "archive").everything()}


def test_everything_at_once(home: Path, web: Web) -> None:
    over = Event()

    def hang(request: BaseHTTPRequestHandler) -> None:
        over.wait(60)

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not over.wait(0.05):
            request.wfile.write(b" ")
            request.wfile.flush()

    def huge(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(3200):
            request.wfile.write(b"<item>" + b"x" * 65_536)

    good = rss(item("好新聞", "http://press.example/good", DATE))
    web.serve("http://good.example/", good)
    web.serve("http://loop.example/", "", status=302, Location="http://loop2.example/")
    web.serve("http://loop2.example/", "", status=302, Location="http://loop.example/")
    web.answers |= {"http://hang.example/": hang, "http://drip.example/": drip, "http://huge.example/": huge}
    web.serve("http://bomb.example/", bomb(200), Content_Encoding="gzip")
    web.serve("http://brotli.example/", bomb(200, "br"), Content_Encoding="br")
    web.serve("http://html.example/", "<!DOCTYPE html><html><body>維護中</body></html>", kind="text/html")
    web.serve("http://empty.example/", "")
    web.serve("http://cut.example/", good.replace("</item></channel></rss>", ""))
    web.serve(
        "http://laughs.example/",
        f"<!DOCTYPE r [<!ENTITY a0 'ha'>{LAUGHS}]>"
        + rss(item("&a11;", "http://press.example/l"), item("倖存", "http://press.example/s")).partition(
            "?>"
        )[2],
    )
    web.serve("http://gone.example/", "", status=410)
    try:
        report = gathered(home, *((name, f"http://{name}.example/") for name in FAULTS))
    finally:
        over.set()
    assert {feed.title: feed.error for feed in report.feeds} == FAULTS
    assert next(feed for feed in report.feeds if feed.title == "cut").dropped == (
        "entry 1 breaks off, and the feed with it",
    )
    assert {"好新聞", "倖存"} <= titles(home)


@pytest.mark.parametrize(
    ("encoding", "label", "header", "title"),
    [
        ("gb18030", "gb2312", "text/xml", "通义千问开源新模型，参数达三百亿"),
        ("gb18030", "utf-8", "text/xml; charset=utf-8", "通义千问开源新模型，参数达三百亿"),
        ("big5hkscs", "big5", "text/xml", "台積電公布第三季財報，營收年增三成"),
        ("big5hkscs", "utf-8", "text/xml", "台積電公布第三季財報，營收年增三成"),
        ("cp932", "shift_jis", "text/xml; charset=shift_jis", "新しい言語モデルを公開、性能は二倍に"),
        ("cp932", "utf-8", "text/xml", "新しい言語モデルを公開、性能は二倍に"),
        ("euc-jp", "utf-8", "text/xml", "新しい言語モデルを公開、性能は二倍に"),
        ("cp1252", "iso-8859-1", "text/xml", "“Smart” quotes – naïve café"),
        ("utf-8", "big5", "text/xml; charset=gb2312", "其實是 UTF-8 的標題"),
    ],
)
def test_wrong_charsets(home: Path, web: Web, encoding: str, label: str, header: str, title: str) -> None:
    xml = rss(item(title, "http://press.example/a", DATE)).replace("島嶼報", "x")
    web.serve("http://a.example/", xml.replace("utf-8", label, 1).encode(encoding), kind=header)
    gathered(home, ("A", "http://a.example/"))
    assert titles(home) == {title}


def test_a_feed_that_shrinks_loses_nothing(home: Path, web: Web) -> None:
    both = item("一", "http://press.example/1", DATE), item("二", "http://press.example/2", DATE)
    web.serve("http://a.example/", rss(*both))
    gathered(home, ("A", "http://a.example/"))
    web.serve("http://a.example/", rss(both[1]))
    assert gathered(home, ("A", "http://a.example/")).new == 0
    assert titles(home) == {"一", "二"}


def test_ids_that_occur_twice(home: Path, web: Web) -> None:
    guid = "<guid isPermaLink='false'>same</guid>"
    web.serve(
        "http://a.example/",
        rss(
            item("一", "http://press.example/1", DATE, guid),
            item("二", "http://press.example/2", DATE, guid),
            item("二", "http://press.example/2?utm_source=rss", DATE, guid),
        ),
    )
    assert gathered(home, ("A", "http://a.example/")).new == 2
    assert titles(home) == {"一", "二"}


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Fri, 01 Jan 2100 00:00:00 GMT", None),
        ("Mon, 01 Jan 1996 00:00:00 GMT", "1996-01-01"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("99999-01-01", None),
        ("2026年7月20日", "2026-07-19"),
        ("9" * 100_000, None),
    ],
)
def test_strange_dates(home: Path, web: Web, date: str, published: str | None) -> None:
    """One that cannot be true is unknown: it does not make the article today's."""
    web.serve("http://a.example/", rss(item("一", "http://press.example/1", date)))
    assert gathered(home, ("A", "http://a.example/")).new == 1
    found = Archive(home / "archive").everything()
    assert [str(one.published.date()) for one in found] == ([published] if published else [])


def test_external_entities_are_not_opened(home: Path, web: Web) -> None:
    (home / "secret").write_text("hidden")
    web.serve("http://inside.example/", "hidden")
    doctype = (
        f'<!DOCTYPE r [<!ENTITY f SYSTEM "{(home / "secret").as_uri()}"><!ENTITY h SYSTEM "http://inside.example/">'
        '<!ENTITY % p SYSTEM "http://inside.example/">%p;]>'
    )
    body = rss(item("&f;&h; end", "http://press.example/a")).partition("?>")[2]
    web.serve("http://a.example/", doctype + body)
    gathered(home, ("A", "http://a.example/"))
    assert "hidden" not in repr(titles(home))
    assert web.count("http://inside.example/") == 0


def test_the_same_body_again_is_not_read_again(home: Path, web: Web) -> None:
    web.serve("http://a.example/", rss(item("一", "http://press.example/1", DATE), item("", "x")))
    first = gathered(home, ("A", "http://a.example/"))
    again = gathered(home, ("A", "http://a.example/"))
    assert (first.feeds[0].new, again.feeds[0].new) == (1, 0)
    assert (first.feeds[0].items, again.feeds[0].items) == (2, 2)
    assert (first.feeds[0].dropped != (), again.feeds[0].dropped) == (True, ())
    web.serve("http://a.example/", rss(item("二", "http://press.example/2", DATE)))
    assert gathered(home, ("A", "http://a.example/")).new == 1


def broken(items: int) -> str:
    """A feed that feedparser has to read in its patient way."""
    return rss(*(item(f"<b>第 {n} 則", f"http://press.example/{n}", DATE) for n in range(items)))


def test_a_document_that_takes_too_long_costs_one_feed(home: Path, web: Web) -> None:
    web.serve("http://slow.example/", broken(20_000))
    web.serve("http://good.example/", rss(item("好", "http://press.example/good", DATE)))
    report = gathered(
        home, ("慢", "http://slow.example/"), ("好", "http://good.example/"), limits=Limits(reading=0.5)
    )
    assert [feed.error for feed in report.feeds] == ["reading it took more than 0.5 s", ""]
    assert titles(home) == {"好"}


def test_a_worker_that_ends_is_replaced() -> None:
    async def ask() -> list[object]:
        async with Workers(60, most=1) as workers:
            with pytest.raises(TookTooLong, match="ended the process"):
                await workers.ask("no such task", b"", kind="", url="")
            answers = [
                await workers.ask("feed", broken(n).encode(), kind="", url="http://press.example/")
                for n in (1, 2)
            ]
            return [len(answer["read"]) for answer in answers]

    assert asyncio.run(ask()) == [1, 2]


def test_workers_start_from_a_script_without_a_guard(tmp_path: Path, home: Path, web: Web) -> None:
    import subprocess

    web.serve("http://a.example/", broken(3))
    (home / "feeds.opml").write_text(opml(("A", "http://a.example/")), encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from datetime import UTC, datetime\nfrom digest_lib.gathering.gather import gather_day\n"
        "from digest_lib.settings import Home\n"
        "print(gather_day(Home.find(), datetime(2026, 7, 29, tzinfo=UTC)).new)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("3\n", "")


@pytest.mark.slow
def test_workers_start_within_a_kernel(home: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T00:00:00Z")
    text = "島嶼的新創公司今天發表新一代語言模型，參數達三百億，並開放權重供人使用。" * 5
    web.serve(
        "http://press.example/0",
        f"<html><body><article><p>{text}</p></article></body></html>",
        kind="text/html",
    )
    web.serve("http://a.example/", broken(1))
    (home / "feeds.opml").write_text(opml(("A", "http://a.example/")), encoding="utf-8")
    cells = ["from digest_lib import gather, read", "[(one.title, len(one.text)) for one in read(gather())]"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(home)}}).execute()
    assert notebook.cells[1].outputs[0].data["text/plain"] == f"[('第 0 則', {len(text)})]"


@pytest.mark.recorded
def test_vendor_feeds_are_archived_whole(home: Path, web: Web, recorded: Path) -> None:
    import feedparser

    from digest_lib.web.urls import tidy

    files = sorted((recorded / "vendor-feeds").glob("*.xml"))
    expected = {}
    for path in files:
        web.serve(f"http://feeds.example/{path.stem}", path.read_bytes())
        for entry in feedparser.parse(path).entries:
            expected[tidy(entry.link)] = "{}-{:02}-{:02} {:02}:{:02}".format(*entry.published_parsed)
    report = gathered(home, *((path.stem, f"http://feeds.example/{path.stem}") for path in files))
    assert all(feed.answered and not feed.dropped for feed in report.feeds)
    found = Archive(home / "archive").everything()
    assert {one.url: f"{one.published:%Y-%m-%d %H:%M}" for one in found} == expected
