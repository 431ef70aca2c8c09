"""Gathering, reading pages and asking the llm through the proxy that the environment names: a real one."""

import json
from pathlib import Path

import pytest

from digest_lib.checking.digest import StoryText
from digest_lib.errors import LlmUnavailable, UserError
from digest_lib.gathering.gather import gather, gather_day, read
from digest_lib.proxies import Proxies
from digest_lib.settings import Home
from digest_lib.web.fetch import Ask, Limits, fetch_all
from digest_lib.web.loops import run_async
from digest_lib.writing.llm import Llm
from loopback import Web
from samples import at, item, opml, rss
from writing.fake_server import serving

NOW = at("07-28 21:30")
PAGE = (
    "<html><body><article><p>"
    + "島嶼報報導：新模型今天上線，速度快了一倍。" * 30
    + "</p></article></body></html>"
)
QUICK = Limits(total=5, request=2, retries=0)


@pytest.fixture
def behind(home: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose only way out is the environment's proxy, with a password."""
    monkeypatch.delenv("DIGEST_PROXY")
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T05:30+08:00")
    monkeypatch.setenv("http_proxy", web.address.replace("http://", "http://reader:hush-hush@"))
    (home / "feeds.opml").write_text(opml(("島嶼報", "http://news.example/feed")), encoding="utf-8")
    web.serve(
        "http://news.example/feed",
        rss(item("新模型上線", "http://news.example/1", "Tue, 28 Jul 2026 20:00:00 GMT")),
    )
    web.serve("http://news.example/1", PAGE, kind="text/html; charset=utf-8")
    return Home(home)


def test_feeds_pages_and_robots_go_through_it(behind: Home, web: Web) -> None:
    report = gather_day(behind, NOW, limits=QUICK)
    assert [feed.new for feed in report.feeds] == [1]
    texts = [article.text for article in read(gather("2026-07-29"))]
    assert "速度快了一倍" in texts[0]
    assert {url for url, _ in web.asked} == {
        "http://news.example/feed", "http://news.example/robots.txt", "http://news.example/1"
    }  # fmt: skip
    assert all(headers["proxy-authorization"].startswith("Basic ") for _, headers in web.asked)


def test_its_password_is_in_no_file_of_the_archive(behind: Home, web: Web) -> None:
    web.answers.clear()
    web.serve("http://news.example/feed", "", status=407)
    gather_day(behind, NOW, limits=QUICK)
    files = [path for path in behind.archive.rglob("*") if path.is_file()]
    assert files
    assert not any(b"hush-hush" in path.read_bytes() for path in files)


def test_what_no_proxy_names_is_asked_directly_and_then_guarded(
    behind: Home, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert fetched(f"{web.address}/feed").endswith("which is not on the public internet")
    assert web.asked == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "169.254.169.254", "2130706433", "[::1]", "10.0.0.1"]
)
def test_a_feed_cannot_ask_it_for_the_network_it_stands_in(behind: Home, web: Web, host: str) -> None:
    assert "not on the public internet" in fetched(f"http://{host}/secrets")
    assert web.asked == []


def test_ours_wins(behind: Home, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert "no connection" in fetched("http://news.example/feed")
    monkeypatch.setenv("DIGEST_PROXY", web.address)
    assert fetched("http://news.example/feed") == ""
    assert web.count("http://news.example/feed") == 1


def test_a_bad_one_is_said_before_anything_is_asked(
    behind: Home, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "ftp://reader:hush-hush@p.example")
    with pytest.raises(UserError, match=r"HTTPS_PROXY=«ftp://p\.example»: proxies are http, https or socks5"):
        gather_day(behind, NOW, limits=QUICK)
    assert web.asked == []


def test_an_llm_server_elsewhere_is_asked_through_it(
    behind: Home, web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = json.dumps({"headline": "經過代理", "sentences": [], "why_it_matters": []})
    monkeypatch.setenv("OPENAI_BASE_URL", "http://llm.example/v1")
    with serving(lambda _: said) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        answer = Llm("m", tmp_path / "answers", 1.0, 20.0).ask("write", StoryText)
    assert (answer.headline, len(proxy.requests)) == ("經過代理", 1)


def test_one_on_this_machine_is_not(
    behind: Home, web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(LlmUnavailable):
        Llm("m", tmp_path / "answers", 1.0, 3.0).ask("write", StoryText)
    assert web.asked == []


def fetched(url: str) -> str:
    """What went wrong with asking for the URL; "" where nothing did."""

    async def ask() -> str:
        async for answer in fetch_all([Ask(url)], proxy=Proxies.of(), limits=QUICK):
            return answer.error
        return "nothing came"

    return run_async(ask())
