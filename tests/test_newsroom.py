"""The sample newsroom: its pages state what its ledger states, and its proxy serves them."""

from __future__ import annotations

import json
import os
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import feedparser
import httpx2
import pytest

from digest_lib.errors import BadInput
from digest_lib.publishing.plain_yaml import read_yaml
from digest_lib.running.newsroom import NOTICE, Newsroom
from digest_lib.running.press import PlacedPage, Press
from newsroom_facts import Event, allowed_by, foreign, read, sentences

DATA = Path(__file__).parent / "data" / "newsroom"
TAIPEI = timezone(timedelta(hours=8))
FAMILIES = {"gpt", "claude", "gemini", "grok", "mistral", "qwen"}
DAYS = [f"2026-07-{day}" for day in range(15, 25)]
LEDGER: list[Event] = read_yaml((DATA / "ledger.yaml").read_text(encoding="utf-8"))
EVENTS = {event["id"]: event for event in LEDGER}
PRESS = Press(DATA)
HAN = re.compile(r"[\u3400-\u9fff]")


def events_of(page: PlacedPage) -> list[Event]:
    return [EVENTS[name] for name in page.events or (page.event,) if name]


def families_of(page: PlacedPage) -> set[str]:
    return {family for event in events_of(page) for family in event["families"]}


def post_date(page: PlacedPage) -> str:
    """The post that a page is news for: its day ends at 05:00 in Taipei."""
    local = page.published.astimezone(TAIPEI)
    return str((local + timedelta(hours=19)).date())


def texts(page: PlacedPage) -> list[str]:
    return [page.title, page.summary, *page.body]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"2026-07-{moment}+08:00")


# ------------------------------------------------------------------------------ facts


def unstated(page: PlacedPage) -> list[str]:
    """What the page states and none of its events does."""
    events = events_of(page)
    return [fact for text in texts(page) for fact in foreign(text, events, LEDGER, page.lang)]


@pytest.mark.parametrize("page", PRESS.pages, ids=lambda page: f"{page.publisher}/{page.slug}")
def test_a_page_states_nothing_that_its_events_do_not(page: PlacedPage) -> None:
    assert events_of(page), "a page is of some event"
    assert unstated(page) == []


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_a_page_with_a_planted_fact_is_found(field: str) -> None:
    page = next(page for page in PRESS.pages if page.slug == "gemini-36-flash-workhorse")
    planted = "另外，马斯克称 Grok 9 提速 31%。"
    changed = page.model_copy(update={field: (planted,) if field == "body" else planted})
    assert unstated(changed) == ["name Grok", "name 马斯克", "number 31%", "number 9", "word Grok"]


@pytest.mark.parametrize("event", LEDGER, ids=lambda event: event["id"])
def test_an_event_is_told_from_its_own_names_dates_and_figures(event: Event) -> None:
    assert foreign(event["what"], [event], LEDGER, "zh-Hant") == []
    assert set(event["families"]) <= FAMILIES
    assert event["sources"]
    for source in event["sources"]:
        assert re.fullmatch(r"https?://[^/\s]+/\S*", source)


@pytest.mark.parametrize(
    ("lang", "text", "planted"),
    [
        ("zh-Hant", "阿里巴巴宣布 Qwen3.8，參數量 2.5 兆。", ["number 2500000000000"]),
        ("zh-Hant", "阿里巴巴宣布 Qwen3.9，將開放權重。", ["number 3.9", "word Qwen"]),
        ("zh-Hans", "参数规模 2400 亿，权重将开放。", ["number 240000000000"]),
        ("zh-Hans", "性能提升 12%，提升三倍。", ["number 12%", "number 3"]),
        ("zh-Hant", "價格只要四成，第五代即將推出。", ["number 40%", "number 5"]),
        ("zh-Hant", "馬斯克也轉發了消息。", ["name 馬斯克"]),
        ("en", "The model was praised by Nadella.", ["name Nadella", "word Nadella"]),
        ("en", "Alibaba named Brightwater as a partner.", ["word Brightwater"]),
        ("en", "Brightwater is a partner of Alibaba.", ["word Brightwater"]),
        ("en", "It took seven weeks and 12 people.", ["number 12", "number 7"]),
        ("zh-Hant", "阿里巴巴 7 月 21 日宣布。", ["date (None, 7, 21)"]),
        ("en", "Alibaba said so on Tuesday.", ["weekday 1"]),
        ("ja", "アリババは8月に公開する。", ["date (None, 8, None)"]),
    ],
)
def test_a_planted_fact_is_found(lang: str, text: str, planted: list[str]) -> None:
    assert foreign(text, [EVENTS["qwen-3-8"]], LEDGER, lang) == planted


def test_one_figure_is_the_same_in_every_language() -> None:
    written = ["2.4兆", "2.4 萬億", "2.4万亿", "2.4 trillion", "2.4T", "24,000 億"]
    assert {number for text in written for number in read(text).numbers} == {"2400000000000"}
    assert read("15億").numbers == read("1.5 billion").numbers == read("十五億").numbers


@pytest.mark.recorded
def test_the_ledger_stands_in_the_recorded_sources() -> None:
    recorded = _recorded(Path(os.environ["DIGEST_RECORDED"]))
    for event in LEDGER:
        source = " ".join(recorded(url) for url in event["sources"])
        said = read(re.sub(r"(\d)\. (\d)", r"\1.\2", source)).numbers
        missing = {n for n in allowed_by([event]).numbers - said if not re.fullmatch(r"\d", n)}
        # «every fourth car» in the source
        assert missing <= {"四分之一"}, event["id"]


def _recorded(folder: Path) -> Callable[[str], str]:
    found: dict[str, str] = {}
    for file in folder.glob("articles-*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            found[item["url"]] = f"{found.get(item['url'], '')} {item['title']} {item['summary']}"
    for file in (folder / "vendor-feeds").glob("*.xml"):
        for entry in ET.parse(file).getroot().iter("item"):
            parts = [entry.findtext("title") or "", entry.findtext("description") or ""]
            link = entry.findtext("link") or ""
            found[link] = " ".join([found.get(link, ""), *parts])
    posts = folder.parent.glob("reference/seed-post-*.md")
    seed = " ".join(post.read_text(encoding="utf-8") for post in posts)

    def text_of(url: str) -> str:
        assert url in found or f"]({url})" in seed, f"not recorded: {url}"
        return found.get(url, seed)

    return text_of


# ------------------------------------------------------------------------------ shape


def test_no_two_pages_share_a_url() -> None:
    counts = Counter(page.url for page in PRESS.pages)
    assert [url for url, count in counts.items() if count > 1] == []


def test_a_copy_repeats_the_page_that_it_names() -> None:
    originals = {f"{page.publisher}/{page.slug}": page for page in PRESS.pages}
    copies = [page for page in PRESS.pages if page.copy_of]
    assert len(copies) >= 3
    for copy in copies:
        original = originals[copy.copy_of or ""]
        assert texts(copy) == texts(original)
        assert copy.publisher != original.publisher
        assert copy.published > original.published


@pytest.mark.parametrize("page", PRESS.pages, ids=lambda page: f"{page.publisher}/{page.slug}")
def test_a_page_is_of_readable_length_and_in_its_own_script(page: PlacedPage) -> None:
    assert 2 <= len(page.body) <= 5
    assert 3 <= sentences(page.body) <= 8
    text = "".join(texts(page))
    if page.lang == "en":
        assert not HAN.search(text)
    elif page.lang == "ja":
        assert re.search(r"[\u3040-\u30ff]", text)
    else:
        mine, other = ("big5hkscs", "gb2312") if page.lang == "zh-Hant" else ("gb2312", "cp950")
        only_other = {char for char in HAN.findall(text) if not _fits(char, mine) and _fits(char, other)}
        assert only_other == set()
        # These three are Simplified, though Big5 happens to have them.
        assert page.lang == "zh-Hans" or not set("苹么与") & set(text)


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def test_every_day_language_and_family_is_there() -> None:
    languages = Counter(page.lang for page in PRESS.pages)
    assert len(PRESS.pages) >= 120
    assert languages["zh-Hant"] >= 60
    assert languages["zh-Hans"] >= 25
    assert languages["en"] >= 28
    assert languages["ja"] >= 7
    assert sorted({post_date(page) for page in PRESS.pages}) == DAYS
    assert sum(not families_of(page) for page in PRESS.pages) >= 10, "noise"
    assert sum(len(page.events) > 2 for page in PRESS.pages) >= 4, "round-ups"


def test_a_file_holds_the_pages_of_its_day() -> None:
    assert [file.stem for file in sorted((DATA / "pages").glob("*.yaml"))] == DAYS
    for day in DAYS:
        written = read_yaml((DATA / "pages" / f"{day}.yaml").read_text(encoding="utf-8"))
        expected = {(page.publisher, page.slug) for page in PRESS.pages if post_date(page) == day}
        assert {(page["publisher"], page["slug"]) for page in written} == expected


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        ("2026-07-22", {"grok", "mistral"}),
        ("2026-07-23", {"grok", "qwen"}),
        ("2026-07-24", set[str]()),
    ],
)
def test_the_shown_days_are_quiet_for_small_families_only(day: str, quiet: set[str]) -> None:
    busy = set[str]().union(*(families_of(p) for p in PRESS.pages if post_date(p) == day))
    assert FAMILIES - busy == quiet


def test_the_feed_list_is_that_of_the_publishers() -> None:
    outlines = ET.parse(DATA / "feeds.opml").getroot().findall("./body/outline/outline")
    listed = {
        (o.get("title"), o.get("xmlUrl"), o.get("htmlUrl"), o.get("language"), o.get("type"))
        for o in outlines
    }
    publishers = PRESS.publishers.values()
    assert listed == {(p.name, p.feed_url, p.home_url, p.lang, "rss") for p in publishers}
    assert all(p.host.endswith(".example") for p in publishers)


def test_a_main_story_reaches_readers_whatever_the_faulty_feeds_lose() -> None:
    sound = {p.slug for p in PRESS.publishers.values() if p.fault == "none"}
    for event in ("qwen-3-8", "gemini-three-flash", "openai-hf-incident", "amd-anthropic"):
        publishers = {page.publisher for page in PRESS.pages if page.event == event}
        assert len(publishers & sound) >= 3, event


# ------------------------------------------------------------------------------ the proxy


@pytest.fixture(scope="module")
def playing() -> Iterator[Newsroom]:
    with Newsroom(DATA, at("24T05:00")) as running:
        yield running


@pytest.fixture
def newsroom(playing: Newsroom) -> Newsroom:
    """The newsroom at five on the 24th. It keeps nothing but its clock, which a test may set."""
    playing.now = at("24T05:00")
    return playing


@pytest.fixture
def client(newsroom: Newsroom) -> Iterator[httpx2.Client]:
    with httpx2.Client(proxy=newsroom.proxy_url, timeout=10) as client:
        yield client


def feed(client: httpx2.Client, slug: str) -> httpx2.Response:
    return client.get(PRESS.publishers[slug].feed_url)


def titles(response: httpx2.Response) -> list[str]:
    return [entry.title for entry in feedparser.parse(response.content).entries]


def expected(slug: str, now: datetime) -> list[str]:
    pages = [p for p in PRESS.pages if p.publisher == slug and p.published <= now]
    return [page.title for page in pages][:30]


@pytest.mark.parametrize("page", PRESS.pages[::7], ids=lambda page: f"{page.publisher}/{page.slug}")
def test_a_page_is_served_with_its_notice(client: httpx2.Client, page: PlacedPage) -> None:
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    for text in (NOTICE, f'href="{page.url}"', f'lang="{page.lang}"', "<article>"):
        assert text in answer.text
    assert ("article:published_time" in answer.text) is not page.undated


def test_every_page_is_rendered_with_its_notice() -> None:
    for page in PRESS.pages:
        html = PRESS.answer(page.url, page.published).body.decode()
        visible = re.sub(r"<[^>]+>", " ", html.split("<body>")[1])
        assert NOTICE in visible, page.url


@pytest.mark.parametrize("slug", ["daoyu", "shanmai", "beichen", "juzai", "beihe", "hinode"])
def test_a_feed_holds_what_was_published_newest_first(
    newsroom: Newsroom, client: httpx2.Client, slug: str
) -> None:
    for now in (at("20T05:00"), at("24T05:00")):
        newsroom.now = now
        assert titles(feed(client, slug)) == expected(slug, now)
    assert expected(slug, at("20T05:00")) != expected(slug, at("24T05:00"))


def test_a_json_feed_holds_its_pages(client: httpx2.Client) -> None:
    items: list[dict[str, Any]] = feed(client, "appshelf").json()["items"]
    assert [item["title"] for item in items] == expected("appshelf", at("24T05:00"))


def test_an_unchanged_feed_answers_304_until_it_changes(newsroom: Newsroom, client: httpx2.Client) -> None:
    newsroom.now = at("22T05:00")
    url = PRESS.publishers["daoyu"].feed_url
    first = client.get(url)
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_date = {"If-Modified-Since": first.headers["Last-Modified"]}
    for headers in (by_tag, by_date):
        again = client.get(url, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    newsroom.now = at("23T05:00")
    assert [client.get(url, headers=h).status_code for h in (by_tag, by_date)] == [200, 200]


def test_the_same_moment_gives_the_same_bytes(newsroom: Newsroom) -> None:
    other = Press(DATA)
    for page in PRESS.pages:
        for url in (page.url, PRESS.publishers[page.publisher].feed_url):
            assert other.answer(url, newsroom.now) == PRESS.answer(url, newsroom.now)


def test_a_page_of_the_future_is_not_there_yet(newsroom: Newsroom, client: httpx2.Client) -> None:
    page = PRESS.pages[0]
    newsroom.now = page.published - timedelta(seconds=1)
    assert client.get(page.url).status_code == 404
    newsroom.now = page.published
    assert client.get(page.url).status_code == 200


def test_no_other_host_is_ever_reached(client: httpx2.Client) -> None:
    assert client.get("http://example.com/").status_code == 502
    assert client.get("http://127.0.0.1:1/").status_code == 502
    assert client.get("http://daoyu-tech.example/nowhere").status_code == 404
    with pytest.raises(httpx2.ProxyError):
        client.get("https://daoyu-tech.example/")


def test_robots_keep_one_folder_private(client: httpx2.Client) -> None:
    robots = client.get("http://daoyu-tech.example/robots.txt").text
    assert robots == "User-agent: *\nDisallow: /private/\n"
    assert client.get("http://gangwan-finance.example/robots.txt").text.endswith("Disallow:\n")


def test_each_faulty_feed_has_the_fault_that_it_declares(client: httpx2.Client) -> None:
    served = {p.fault: feed(client, p.slug) for p in PRESS.publishers.values()}
    assert served["dead"].status_code == 500
    assert served["html-instead"].headers["Content-Type"].startswith("text/html")
    for fault in ("truncated", "bare-ampersand"):
        with pytest.raises(ET.ParseError):
            ET.fromstring(served[fault].content)
    assert b" & " in served["bare-ampersand"].content
    assert b"</rss>" not in served["truncated"].content
    with pytest.raises(UnicodeDecodeError):
        served["invalid-utf8"].content.decode("utf-8")
    assert b"<item>" in served["no-dates"].content
    assert b"pubDate" not in served["no-dates"].content


def test_old_encodings_are_what_the_feed_claims_or_wider(client: httpx2.Client) -> None:
    beihe = feed(client, "beihe").content
    assert b'encoding="gb2312"' in beihe
    assert "北河新闻" in beihe.decode("gb18030")
    assert "橘仔開發誌" in feed(client, "juzai").content.decode("big5")
    assert "ひので技術新聞" in feed(client, "hinode").content.decode("shift_jis")


# ------------------------------------------------------------------------------ mistakes


def test_a_folder_that_is_no_newsroom_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=re.escape(str(tmp_path))):
        Newsroom(tmp_path, at("24T05:00"))


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("publishers.yaml", "- {slug: [", "not YAML"),
        ("publishers.yaml", "just words", "the whole file"),
        ("pages/2026-07-24.yaml", "- {publisher: daoyu, slug: x}", "0.published"),
        ("pages/2026-07-24.yaml", b"- \xff", "not YAML"),
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, file: str, content: str | bytes, said: str) -> None:
    folder = shutil.copytree(DATA, tmp_path / "newsroom")
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / file).write_bytes(raw)
    with pytest.raises(BadInput, match=f"{re.escape(file)}.*{re.escape(said)}"):
        Press(folder)


def test_a_page_of_an_unknown_publisher_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(DATA, tmp_path / "newsroom")
    file = folder / "pages" / "2026-07-24.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("publisher: gangwan", "publisher: nobody", 1), encoding="utf-8")
    with pytest.raises(BadInput, match=r"2026-07-24\.yaml.*nobody"):
        Press(folder)


def test_a_moment_without_a_time_zone_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(ValueError, match="time zone"):
        newsroom.now = datetime(2026, 7, 24, 5, 0)  # noqa: DTZ001


def test_feeds_are_in_order_of_time() -> None:
    assert all(later.published >= earlier.published for later, earlier in pairwise(PRESS.pages))
