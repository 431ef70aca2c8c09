from __future__ import annotations

import asyncio
import gzip
import zlib
from http.server import BaseHTTPRequestHandler
from threading import Event

import brotli
import httpx2
import pytest

from digest_lib.web.fetch import Ask, Fetched, Limits, fetch_all, user_agent
from digest_lib.web.loops import run_async
from digest_lib.web.unpacking import Unpacker
from loopback import Web, bomb, send

QUICK = Limits(total=20, request=5, connect=2, body=100_000, backoff=0.01, longest_wait=0.05)


def fetch(
    web: Web | None,
    *urls: str | Ask,
    limits: Limits = QUICK,
    allow_private: bool = False,
    obey_robots: bool = False,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> dict[str, Fetched]:
    async def collect() -> dict[str, Fetched]:
        asks = [url if isinstance(url, Ask) else Ask(url) for url in urls]
        proxy = web.address if web else None
        answers = fetch_all(
            asks,
            proxy=proxy,
            limits=limits,
            allow_private=allow_private,
            obey_robots=obey_robots,
            transport=transport,
        )
        return {answer.url: answer async for answer in answers}

    return run_async(collect())


def test_an_answer_with_what_is_needed_to_ask_again(web: Web) -> None:
    web.serve("http://a.example/", "body", kind="text/xml", ETag='"1"', Last_Modified="yesterday")
    found = fetch(web, "http://a.example/")["http://a.example/"]
    assert found.ok
    assert (found.status, found.body, found.content_type) == (200, b"body", "text/xml")
    assert (found.etag, found.last_modified, found.final) == ('"1"', "yesterday", "http://a.example/")
    assert web.asked[0][1]["user-agent"] == user_agent()
    assert user_agent().startswith("digest-newsroom/")


def test_validators_are_sent_and_304_is_an_answer(web: Web) -> None:
    web.serve("http://a.example/", "", status=304)
    found = fetch(web, Ask("http://a.example/", '"1"', "yesterday"))["http://a.example/"]
    assert (found.ok, found.status) == (True, 304)
    headers = web.asked[0][1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "yesterday")


def test_redirects_are_followed_and_only_lasting_ones_noted(web: Web) -> None:
    web.serve("http://a.example/", "", status=301, Location="/new")
    web.serve("http://a.example/new", "", status=302, Location="http://b.example/now")
    web.serve("http://b.example/now", "here")
    found = fetch(web, "http://a.example/")["http://a.example/"]
    assert (found.body, found.final, found.moved) == (b"here", "http://b.example/now", "http://a.example/new")


def test_a_redirect_loop_ends(web: Web) -> None:
    web.serve("http://a.example/", "", status=302, Location="http://b.example/")
    web.serve("http://b.example/", "", status=302, Location="http://a.example/")
    assert fetch(web, "http://a.example/")["http://a.example/"].error == "more than 5 redirects"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://a.example/"])
def test_a_redirect_elsewhere_than_the_web_is_refused(web: Web, target: str) -> None:
    web.serve("http://a.example/", "", status=302, Location=target)
    assert "no http(s) URL" in fetch(web, "http://a.example/")["http://a.example/"].error


@pytest.mark.parametrize(
    "host", ["127.0.0.1:1", "localhost:1", "169.254.169.254", "10.0.0.1", "[::1]:1", "0.0.0.0",
             "[::ffff:10.0.0.1]", "2130706433", "0x7f.1", "192.168.1.1", "100.64.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(host: str) -> None:
    found = fetch(None, f"http://{host}/")[f"http://{host}/"]
    assert "not on the public internet" in found.error


def test_a_redirect_to_a_private_address_is_refused() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"Location": "http://169.254.169.254/latest/meta-data"})

    asked: list[str] = []
    found = fetch(None, "http://1.1.1.1/", transport=httpx2.MockTransport(answer))["http://1.1.1.1/"]
    assert found.error == "169.254.169.254 is 169.254.169.254, which is not on the public internet"
    assert asked == ["http://1.1.1.1/"]


def test_a_name_that_resolves_to_another_address_the_second_time_is_refused() -> None:
    class Stream(httpx2.AsyncByteStream):
        def get_extra_info(self, name: str) -> object:
            return ("10.0.0.7", 80) if name == "server_addr" else None

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=b"secret", extensions={"network_stream": Stream()})

    found = fetch(None, "http://1.1.1.1/", transport=httpx2.MockTransport(answer))["http://1.1.1.1/"]
    assert (found.body, found.error) == (b"", "1.1.1.1 is 10.0.0.7, which is not on the public internet")


def test_a_private_address_is_asked_where_that_is_wanted(web: Web) -> None:
    url = f"{web.address}/missing"
    assert fetch(None, url, allow_private=True)[url].error == "HTTP 404 Not Found"


def test_too_large_a_body_is_not_read_to_its_end(web: Web) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(3_000):
            request.wfile.write(b"x" * 65_536)

    web.answers["http://a.example/"] = endless
    assert fetch(web, "http://a.example/")["http://a.example/"].error == "larger than 0.0953674 MB"


@pytest.mark.parametrize("kind", ["gzip", "deflate", "br"])
def test_a_compression_bomb_is_stopped(web: Web, kind: str) -> None:
    web.serve("http://a.example/", bomb(200, kind), Content_Encoding=kind)
    found = fetch(web, "http://a.example/")["http://a.example/"]
    assert "larger than" in found.error
    assert found.refused


def test_a_bomb_within_a_bomb_is_stopped(web: Web) -> None:
    web.serve("http://a.example/", gzip.compress(bomb(200)), Content_Encoding="gzip, gzip")
    assert "larger than" in fetch(web, "http://a.example/")["http://a.example/"].error


TEXT = "文字 ".encode() * 5000
BARE = zlib.compressobj(wbits=-zlib.MAX_WBITS)


@pytest.mark.parametrize(
    ("kind", "packed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", BARE.compress(TEXT) + BARE.flush()),
        ("br", brotli.compress(TEXT)),
        ("br, gzip", gzip.compress(brotli.compress(TEXT))),
        ("identity", TEXT),
    ],
    ids=["gzip", "two in a row", "deflate", "bare deflate", "brotli", "both", "none"],
)
def test_every_compression_that_is_asked_for(web: Web, kind: str, packed: bytes) -> None:
    web.serve("http://a.example/", packed, Content_Encoding=kind)
    assert fetch(web, "http://a.example/")["http://a.example/"].body == TEXT
    assert web.asked[0][1]["accept-encoding"] == "gzip, deflate, br"


@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_bodies_are_unpacked_piece_by_piece(piece: int) -> None:
    packed, unpacker, found = brotli.compress(TEXT), Unpacker("br"), b""
    for begin in range(0, len(packed), piece):
        found += unpacker.feed(packed[begin : begin + piece], len(TEXT))
    assert found == TEXT


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("br", b"no brotli at all", "the compressed body is damaged"),
        ("deflate", b"\xff\xff\xff\xff", "the compressed body is damaged"),
        ("snappy", b"x", "encoded as «snappy», which was not asked for"),
        ("gzip, gzip, gzip", b"x", "encoded as «gzip, gzip, gzip», which was not asked for"),
    ],
)
def test_what_cannot_be_unpacked_says_so(web: Web, kind: str, body: bytes, reason: str) -> None:
    web.serve("http://a.example/", body, Content_Encoding=kind)
    assert fetch(web, "http://a.example/")["http://a.example/"].error == reason


def test_large_bodies_take_turns(web: Web) -> None:
    urls = [f"http://host{n}.example/" for n in range(20)]
    for url in urls:
        web.serve(url, b"x" * 1_500_000)
    found = fetch(web, *urls, limits=Limits(total=60, body=2_000_000))
    assert [len(one.body) for one in found.values()] == [1_500_000] * 20


ROBOTS = (
    "User-agent: *\nDisallow: /private\n\nUser-agent: digest-newsroom\nDisallow: /*.pdf$\nDisallow: /no/\n"
)


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ((200, ROBOTS), "/news/1", True),
        ((200, ROBOTS), "/private", True),
        ((200, ROBOTS), "/no/1", False),
        ((200, ROBOTS), "/a.pdf", False),
        ((200, "User-agent: *\nDisallow: /"), "/news/1", False),
        ((200, "User-agent: *\nDisallow:"), "/news/1", True),
        ((200, "<html>not found</html>"), "/news/1", True),
        ((404, ""), "/news/1", True),
        ((403, ""), "/news/1", True),
        ((500, ""), "/news/1", False),
    ],
)
def test_robots_txt_is_obeyed_for_pages(web: Web, robots: tuple[int, str], path: str, allowed: bool) -> None:
    status, text = robots
    web.serve("http://a.example/robots.txt", text, status=status, kind="text/plain")
    web.serve(f"http://a.example{path}", "page")
    urls = [f"http://a.example{path}", f"http://a.example{path}?again"]
    web.answers[urls[1]] = web.answers[urls[0]]
    found = fetch(web, *urls, obey_robots=True)[urls[0]]
    assert found.body == (b"page" if allowed else b"")
    assert found.error == ("" if allowed else "the robots.txt of a.example does not allow it")
    assert web.count("http://a.example/robots.txt") == 1
    assert web.count(urls[0]) == allowed


def test_robots_txt_of_where_a_redirect_leads_counts(web: Web) -> None:
    web.serve("http://a.example/", "", status=302, Location="http://b.example/x")
    web.serve("http://b.example/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")
    found = fetch(web, "http://a.example/", obey_robots=True)["http://a.example/"]
    assert found.error == "the robots.txt of b.example does not allow it"


def test_compressed_bodies_whole_and_damaged(web: Web) -> None:
    packed = gzip.compress(b"text " * 100)
    web.serve("http://a.example/", packed, Content_Encoding="gzip")
    web.serve("http://b.example/", b"no gzip at all", Content_Encoding="gzip")
    found = fetch(web, "http://a.example/", "http://b.example/")
    assert found["http://a.example/"].body == b"text " * 100
    assert found["http://b.example/"].error == "the compressed body is damaged"


def test_hangs_and_drips_hold_up_nobody(web: Web) -> None:
    over = Event()

    def hang(request: BaseHTTPRequestHandler) -> None:
        over.wait(30)

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not over.wait(0.05):
            request.wfile.write(b".")
            request.wfile.flush()

    web.answers |= {"http://hang.example/": hang, "http://drip.example/": drip}
    web.serve("http://good.example/", "good")
    urls = ["http://hang.example/", "http://drip.example/", "http://good.example/"]
    limits = Limits(total=20, request=1, connect=1, retries=0)

    async def order() -> list[str]:
        asks = [Ask(url) for url in urls]
        return [answer.url async for answer in fetch_all(asks, proxy=web.address, limits=limits)]

    try:
        assert asyncio.run(order())[0] == "http://good.example/"
        found = fetch(web, *urls, limits=limits)
    finally:
        over.set()
    assert found["http://good.example/"].ok
    assert all(found[url].error for url in urls[:2])


def test_the_whole_gather_has_a_deadline(web: Web) -> None:
    over = Event()
    urls = [f"http://host{n}.example/" for n in range(20)]
    for url in urls:
        web.answers[url] = lambda request: over.wait(30) and None
    try:
        found = fetch(web, *urls, limits=Limits(total=0.5, request=30, at_once=2))
    finally:
        over.set()
    assert {one.error for one in found.values()} == {"the time for the whole gather was used up"}
    assert len(found) == 20


def test_a_sick_server_is_asked_again_and_a_missing_page_is_not(web: Web) -> None:
    tries: list[int] = []

    def recovers(request: BaseHTTPRequestHandler) -> None:
        tries.append(1)
        if len(tries) < 3:
            send(request, 503, b"", {"Retry-After": "0"})
        else:
            send(request, 200, b"well", {})

    web.answers["http://a.example/"] = recovers
    found = fetch(web, "http://a.example/", "http://gone.example/")
    assert found["http://a.example/"].body == b"well"
    assert found["http://gone.example/"].error == "HTTP 404 Not Found"
    assert web.count("http://gone.example/") == 1


def test_tries_end(web: Web) -> None:
    web.serve("http://a.example/", "", status=429, Retry_After="100000")
    assert fetch(web, "http://a.example/")["http://a.example/"].error == "HTTP 429 Too Many Requests"
    assert web.count("http://a.example/") == 3


def test_a_host_is_never_asked_more_than_two_things_at_once(web: Web) -> None:
    both, released = Event(), Event()

    def wait(request: BaseHTTPRequestHandler) -> None:
        if web.most_at_once >= 2:
            both.set()
        both.wait(5)  # until a second request has come in beside this one
        released.wait(0.2)
        send(request, 200, b"ok", {})

    urls = [f"http://one.example/{n}" for n in range(8)]
    for url in urls:
        web.answers[url] = wait
    found = fetch(web, *urls)
    assert all(one.ok for one in found.values())
    assert web.most_at_once == 2


def test_no_connection_is_a_value() -> None:
    found = fetch(None, "http://127.0.0.1:1/", allow_private=True)["http://127.0.0.1:1/"]
    assert found.error.startswith("no connection")
    found = fetch(None, "http://no-such-host.invalid/")["http://no-such-host.invalid/"]
    assert found.error.startswith("no connection: no such host")


def test_what_is_no_url_is_a_value() -> None:
    found = fetch(None, "http://[broken/", "mailto:a@b.example", "http://a.example:99999/")
    assert all(one.error for one in found.values())


def test_under_a_running_event_loop() -> None:
    async def inner() -> int:
        return 42

    async def notebook() -> int:
        return run_async(inner())

    assert asyncio.run(notebook()) == 42


def test_errors_come_back_from_under_a_running_loop() -> None:
    async def inner() -> None:
        raise KeyError("mine")

    async def notebook() -> None:
        run_async(inner())

    with pytest.raises(KeyError, match="mine"):
        asyncio.run(notebook())
