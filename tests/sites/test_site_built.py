"""The whole way: posts into a site, by every renderer that is here, with the same result."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from digest_lib.errors import RenderFailed, UnsafePost, UserError
from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.finish import finish
from digest_lib.site.moved import leads_on
from digest_lib.site.outfit import outfit, sign
from digest_lib.site.preview import server
from digest_lib.site.renderers import choose
from digest_lib.site.renderers.quarto import Quarto, place_in, reason_in
from publishing import feed_rules
from publishing.hostile_days import plant, prose
from publishing.programs import program
from publishing.published_days import executed, make_home, revised, write
from publishing.sites import RENDERERS, broken_addresses, broken_links, filled_home, pages, tree

pytestmark = pytest.mark.slow

#: The site's address as a person types it, and as every machine is told it: of a host and a path that are not
#: ASCII.
TYPED = "https://例子.台灣/新聞/"
ADDRESS = "https://xn--fsqu00a.xn--kpry57d/%E6%96%B0%E8%81%9E/"
PATH = urlsplit(ADDRESS).path


@pytest.fixture(scope="module", params=RENDERERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = filled_home(tmp_path_factory.mktemp(request.param) / "home")
    settings = home.root / "_quarto.yml"
    repository = Path(__file__).resolve().parents[2]
    text = (repository / "_quarto.yml").read_text("utf-8")
    before = "# site-url: https://news.example"
    settings.write_text(text.replace(before, f"site-url: {TYPED}"), "utf-8")
    report = build_site(home, renderer=request.param)
    assert report.renderer == request.param and not report.set_aside and not report.warnings
    assert report.pages == len(pages(home.site)) == 27
    return home


def test_every_link_leads_somewhere(built: Home) -> None:
    bad = [b for b in broken_links(built.site) if not b.startswith("404.html")]
    assert bad == []


def test_every_whole_address_leads_somewhere(built: Home) -> None:
    assert [*broken_addresses(built.site, ADDRESS)] == []


def test_the_address_as_it_was_typed_is_in_no_file(built: Home) -> None:
    typed = [TYPED.encode(), urlsplit(TYPED).netloc.encode()]
    files = [path for path in built.site.rglob("*") if path.is_file()]
    assert [path for path in files if any(form in path.read_bytes() for form in typed)] == []


def test_the_page_for_lost_readers_works_at_every_depth(built: Home) -> None:
    links = {e.get("href") for e in tree(built.site / "404.html").iter("a")}
    assert f"{PATH}index.html" in links and f"{PATH}search.html" in links
    assert all(link.startswith((PATH, "#")) for link in links if link)


def test_a_post_shows_its_sections_once_and_no_code(built: Home) -> None:
    page = tree(built.site / "posts/2026-07-29-qwen/index.html")
    heads = [h.text_content() for h in page.iter("h2")]
    assert heads == [
        "今日模型趨勢", "📰 今日新聞焦點", "🔍 深度分析", "📌 重點摘要", "💡 延伸思考", "🔗 資料來源",
        "製作說明",
    ]  # fmt: skip
    assert [h.text_content() for h in page.iter("h1")] == ["阿里開源圖像分層模型，千問 API 降價 40%"]
    [kicker] = page.find_class("kicker")
    assert kicker.text_content() == "Qwen 每日動態 - 2026-07-29"
    text = page.text_content()
    for hidden in ("section(digest", "story_prompt", "How to use this notebook", "s1layered"):
        assert hidden not in text
    assert [i.get("src") for i in page.iter("img")] == []


def test_no_page_skips_a_level_of_headings(built: Home) -> None:
    for page in pages(built.site):
        levels = [int(h.tag[1]) for h in tree(page).iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1 and levels.count(1) == 1, page
        assert all(after <= before + 1 for before, after in pairwise(levels)), page


def metas(page: Path) -> dict[str, str]:
    """The tags for link previews."""
    found = tree(page).iter("meta")
    named = [(m.get("property") or m.get("name") or "", m.get("content") or "") for m in found]
    told = [(name, text) for name, text in named if ":" in name]
    assert len(dict(told)) == len(told)  # each once
    return dict(told)


def test_links_to_the_site_have_previews(built: Home) -> None:
    assert metas(built.site / "posts/2026-07-29-qwen/index.html") == {
        "og:site_name": "AI 模型日報",
        "og:type": "article",
        "og:title": "阿里開源圖像分層模型，千問 API 降價 40%",
        "og:description": "通義千問開源 Qwen-Image-Layered。",  # the headline says the rest
        "og:locale": "zh_TW",
        "og:url": f"{ADDRESS}posts/2026-07-29-qwen/",
        "og:image": f"{ADDRESS}posts/2026-07-29-qwen/infographic.webp",
        "article:published_time": "2026-07-29",
        "twitter:card": "summary_large_image",
    }
    for page in pages(built.site):
        told = metas(page)
        assert told["og:title"] and told["og:description"] and told["twitter:card"], page
        image = told["og:image"].removeprefix(ADDRESS)
        assert (built.site / image).is_file(), page
    assert metas(built.site / "families/gpt/index.html")["og:image"].endswith("-gpt/infographic.webp")


def test_a_posts_tab_says_what_happened(built: Home) -> None:
    title = tree(built.site / "posts/2026-07-29-qwen/index.html").findtext(".//title")
    headline = "阿里開源圖像分層模型，千問 API 降價 40%"
    assert title == f"{headline}｜Qwen 每日動態 - 2026-07-29 – AI 模型日報"


def test_posts_know_their_neighbours(built: Home) -> None:
    page = tree(built.site / "posts/2026-07-28-qwen/index.html")
    [nav, day] = page.find_class("post-nav")
    assert [(a.get("rel"), a.get("href")) for a in nav.iter("a")] == [
        ("prev", "../2026-07-27-qwen/index.html"),
        ("next", "../2026-07-29-qwen/index.html"),
    ]
    assert [a.get("href") for a in day.iter("a")] == [
        "../2026-07-28-gpt/index.html",
        "../2026-07-28-grok/index.html",
    ]


def test_a_story_leads_to_its_event_and_its_turns(built: Home) -> None:
    page = tree(built.site / "posts/2026-07-28-qwen/index.html")
    lines = [line.text_content() for line in page.find_class("turn-nav")]
    title = page.xpath("//article[@class='story']/h3")[1].text_content()
    assert lines[1] == (
        f"這個事件的經過：{title}・後一個轉折：7 月 29 日〈阿里雲調降千問 API 價格 40%〉・同一事件也見 GPT"
    )
    [first, *_] = page.find_class("turn-nav")[1].iter("a")
    assert first.get("href") == "../../stories/s2price.html"
    [tag, *_] = [a for chips in page.find_class("chips") for a in chips.iter("a")]
    assert tag.get("href") == "../../search.html?q=Qwen-Image-Layered"


def test_an_address_of_before_leads_on(built: Home) -> None:
    page = tree(built.site / "stories/2026-07-27-qwen-s2price.html")
    assert [a.get("href") for a in page.iter("a")] == ["s2price.html"]
    assert (built.site / "stories/s2price.html").is_file()


def test_a_page_has_one_address_everywhere(built: Home) -> None:
    listed = {e.text for e in ET.parse(built.site / "sitemap.xml").iter() if e.tag.endswith("loc")}
    for page in pages(built.site):
        found = [e.get("href") for e in tree(page).iter("link") if e.get("rel") == "canonical"]
        if page.name != "404.html":
            assert found == [metas(page)["og:url"]] and found[0] in listed, page
    told = [json.loads((built.site / f"{name}.json").read_bytes()) for name in ("feed", "families/qwen/feed")]
    assert {item["url"] for feed in told for item in feed["items"]} < listed


def test_pages_advertise_their_feeds_and_say_what_they_cite(built: Home) -> None:
    def feeds(name: str) -> list[str]:
        links = tree(built.site / name).iter("link")
        return [e.get("href") or "" for e in links if e.get("rel") == "alternate"]

    site = ["../../feed.xml", "../../feed.json", "../../daily.xml", "../../daily.json"]
    assert feeds("posts/2026-07-28-qwen/index.html") == site
    own = ["../../families/qwen/feed.xml", "../../families/qwen/feed.json"]
    assert feeds("families/qwen/index.html") == [*own, *site]
    assert feeds("stories/s2price.html")[:2] == ["../stories/s2price.xml", "../stories/s2price.json"]
    for page in pages(built.site):
        for link in feeds(page.relative_to(built.site).as_posix()):
            top = built.site if link.startswith(PATH) else page.parent
            assert (top / link.removeprefix(PATH)).is_file()
    [data] = tree(built.site / "posts/2026-07-28-qwen/index.html").xpath("//script[@type]")
    article = json.loads(data.text)
    assert article["@type"] == "NewsArticle" and article["url"] == f"{ADDRESS}posts/2026-07-28-qwen/"
    assert [source["publisher"]["name"] for source in article["citation"]][:2] == ["iThome", "量子位"]


def test_every_page_forbids_what_is_not_the_sites_own(built: Home) -> None:
    for page in pages(built.site):
        [told] = [m.get("content") for m in tree(page).iter("meta") if m.get("http-equiv")]
        assert told and told.startswith("default-src 'self'; script-src 'self'")
        assert not [e for e in tree(page).iter("script") if e.text and e.get("type") != "application/ld+json"]
        assert not [e for e in tree(page).iter() if e.get("style")]


def test_the_notebook_can_be_downloaded(built: Home) -> None:
    there = built.site / "posts/2026-07-29-qwen/notebook.ipynb"
    assert there.read_bytes() == (built.posts / "2026-07-29-qwen/index.ipynb").read_bytes()


def test_nothing_is_fetched_from_elsewhere(built: Home) -> None:
    for page in pages(built.site):
        for element in tree(page).iter("script", "img", "link", "iframe"):
            link = element.get("src") or element.get("href") or ""
            if element.get("rel") == "canonical":
                continue  # no browser follows it
            assert not link.startswith(("http", "//", "data:")), f"{page}: {link}"


def test_only_what_belongs_to_the_site_is_in_it(built: Home) -> None:
    kinds = {p.suffix for p in built.site.rglob("*") if p.is_file()}
    assert kinds == {
        ".html", ".css", ".js", ".json", ".svg", ".png", ".webp", ".csv", ".xml", ".txt", ".ipynb",
        ".woff2",
    }  # fmt: skip
    assert not (built.site / "_quarto.yml").exists()


def test_feeds_hold_whole_posts_with_absolute_links(built: Home) -> None:
    feed = feedparser.parse((built.site / "feed.xml").read_bytes())
    assert not feed.bozo and feed.feed.language == "zh-TW" and len(feed.entries) == 6
    assert feed.entries[0].media_thumbnail[0]["url"].endswith("/infographic-small.webp")
    entry = next(e for e in feed.entries if e.link.endswith("2026-07-29-qwen/"))
    assert entry.link.startswith(f"{ADDRESS}posts/")
    assert entry.published == "Wed, 29 Jul 2026 05:00:00 +0800"
    body = entry.content[0].value
    assert "class=" not in body and "data-" not in body
    assert "<details" not in body and "<table" not in body and "<h1" not in body
    assert "深度分析" in body and f'src="{ADDRESS}posts/2026-07-29' in body
    raw = (built.site / "feed.xml").read_text("utf-8")
    assert 'href="#' not in raw and 'href="..' not in raw and 'src="trend' not in raw
    own = feedparser.parse((built.site / "families/gpt/feed.xml").read_bytes())
    assert len(own.entries) == 3 and all("-gpt/" in e.link for e in own.entries)
    quiet = feedparser.parse((built.site / "families/grok/feed.xml").read_bytes())
    assert len(quiet.entries) == 3 and not any("-grok" in e.link for e in feed.entries)
    daily = feedparser.parse((built.site / "daily.xml").read_bytes())
    assert [e.link.rpartition("#")[2] for e in daily.entries] == [f"day-2026-07-{n}" for n in (29, 28, 27)]
    assert f'href="{ADDRESS}stories/' in daily.entries[0].content[0].value
    empty = feedparser.parse((built.site / "families/mistral/feed.xml").read_bytes())
    assert not empty.bozo and empty.entries == []


def test_feeds_keep_the_rules_of_their_forms(built: Home) -> None:
    assert [*feed_rules.faults(built.site, ADDRESS)] == []


def test_the_sitemap_names_every_page_but_the_lost_one(built: Home) -> None:
    root = ET.fromstring((built.site / "sitemap.xml").read_text("utf-8"))
    names = [e.text or "" for e in root.iter() if e.tag.endswith("loc")]
    assert len(names) == 26 and all(n.startswith(ADDRESS) for n in names)
    robots = (built.site / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {ADDRESS}sitemap.xml" in robots


def test_finishing_again_changes_nothing(built: Home) -> None:
    before = written(built.site)
    finish(built.site, built)
    assert written(built.site) == before


def written(site: Path) -> dict[str, bytes]:
    """Every file, by its path."""
    files = (p for p in site.rglob("*") if p.is_file())
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in files}


def test_the_same_posts_give_the_same_site(tmp_path: Path) -> None:
    sites = []
    for name in ("one", "another/place"):
        home = filled_home(tmp_path / name)
        sites.append(written(build_site(home, renderer="embedded").path))
    assert sites[0] == sites[1]


def test_the_index_is_of_posts_and_not_of_lists_of_them(built: Home) -> None:
    days = json.loads((built.site / "search-index/days.json").read_text("utf-8"))
    assert days == [[[0, "313" * 3]]]


ATTACK = "</main><script>alert('x')</script> &lbrace;&lbrace;&LT; env HOME &GT; *b* $x$ @y 'q' -- … \\d"
#: An author's, as JupyterLab shows it.
PROSE = [
    "## 標題\n\n- 一 *二*\n- 三\n\n1. 四\n\n> 引文\n\n    a < b",
    "前文\n- 緊接的列點\n\n前文\n> 緊接的引文\n\n前文\n### 緊接的標題",
    "```python\nx = 1 < 2\n```\n\n<https://a.example/?b=1&c=2> **粗**體 ~~刪~~ H~2~O x^2^",
    "| a | b |\n|:--|--:|\n| 1 | 2 |\n\n詞\n: 解釋",
    'a & b < c `x` 「引」 "x" -- ... C:\\路徑 $5$ @y',
]
#: As if it had been shipped.
EARLIER = "// Earlier."
PANDOCS_OWN = {("table", "class"), ("pre", "class"), ("tr", "class"), ("ol", "type")}  # in prose pages


@pytest.mark.quarto
def test_a_bare_quarto_render_builds_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{beside}{os.pathsep}{os.environ['PATH']}")
    home = filled_home(tmp_path / "home")
    outfit(home.root)
    subprocess.run(["quarto", "render"], cwd=home.root, check=True, timeout=900, capture_output=True)
    bare = written(home.site)
    assert written(build_site(home, renderer="quarto").path) == bare


def flat(page: Path) -> list[object]:
    """What a page says, whatever the spelling of its serialisation."""
    return [
        (
            element.tag,
            sorted(
                (key, "" if key == "defer" else value.removeprefix("./"))
                for key, value in element.items()
                if (element.tag, key) not in PANDOCS_OWN
            ),
            (element.text or "").split(),
            (element.tail or "").split(),
        )
        for element in tree(page).iter()
    ]


@pytest.mark.quarto
def test_both_renderers_say_the_same(tmp_path: Path) -> None:
    """On pages, down to their heads, and in every other file: feeds, search, sitemap, data for machines."""
    sites = []
    for name in RENDERERS:
        home = filled_home(tmp_path / name / "home")
        plant(home, ATTACK, "2026-07-30", "qwen", "2026-07-29-qwen")
        prose(home, [f"前言\n\n{text}" for text in PROSE], "2026-07-31")
        outfit(home.root)
        settings = home.root / "_quarto.yml"
        text = settings.read_text("utf-8").replace("# site-url: https://", "site-url: https://")
        settings.write_text(text.replace("title: AI 模型日報", "title: 'A & \"B\" $1 <C>'"), "utf-8")
        sites.append(build_site(home, renderer=name).path)
    first, second = sites
    names = [page.relative_to(first) for page in pages(first)]
    assert names == [page.relative_to(second) for page in pages(second)]
    for name in names:
        assert flat(first / name) == flat(second / name), name
    others = [{k: v for k, v in written(site).items() if not k.endswith(".html")} for site in sites]
    assert others[0].keys() == others[1].keys()
    assert [name for name in others[0] if others[0][name] != others[1][name]] == []


@pytest.fixture
def small(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    publish(write(tmp_path / "work.ipynb", executed()), home, provenance={})
    return home


@pytest.mark.parametrize("renderer", RENDERERS)
def test_an_attack_reaches_no_page(small: Home, renderer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMLESS", "expanded-by-a-shortcode")
    attack = "{{< env HARMLESS >}} >}} <script>alert(1)</script> `x`{=html} *b* $x$ @y ::: ---"
    digest = revised("2026-07-30", title=attack, extra=attack)
    work = write(small.root.parent / "w2.ipynb", executed(digest))
    publish(work, small, provenance={"x": attack})
    build_site(small, renderer=renderer)
    for page in pages(small.site):
        text = page.read_text("utf-8")
        assert "expanded-by" not in text and "<script>alert" not in text, page
    shown = tree(small.site / "posts/2026-07-30-qwen/index.html").text_content()
    assert "<script>alert(1)</script> `x`{=html} *b* $x$ @y ::: ---" in shown


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_bad_post_does_not_stop_the_site(small: Home, renderer: str) -> None:
    (small.posts / "2026-07-28-qwen").mkdir()
    (small.posts / "2026-07-28-qwen" / "index.ipynb").write_text("{", "utf-8")
    report = build_site(small, renderer=renderer)
    assert [aside.post for aside in report.set_aside] == ["2026-07-28-qwen"]
    assert (small.site / "posts/2026-07-29-qwen/index.html").is_file()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("search-engine.js", "const FORM = 1;", "search may fail: assets/search-engine.js was changed here"),
        ("search-engine.js", "const FORM = 2; // mine", ""),
        ("search-marks.js", "// mine", ""),
        ("search.js", EARLIER, "search may fail: assets/search.js of an earlier version; replace with"),
        ("site.css", EARLIER, ""),
    ],
)
def test_a_search_that_the_homes_own_scripts_would_break_is_named(
    small: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, text: str, said: str
) -> None:
    signs = tmp_path / "shipped.tsv"
    signs.write_text(f"assets/search.js\t{sign(EARLIER.encode())}\n", "utf-8")
    monkeypatch.setattr("digest_lib.site.outfit.SIGNS", signs)
    outfit(small.root)
    (small.root / "assets" / name).write_text(text, "utf-8")
    warnings = [one for one in build_site(small, renderer="embedded").warnings if "search" in one]
    assert len(warnings) == bool(said)
    assert all(one.startswith(said) for one in warnings)


def test_a_site_without_an_address_is_whole_and_says_what_it_lacks(small: Home) -> None:
    (small.root / "_quarto.yml").write_text("website:\n  repo-url: https://code.example/a?b&c\n", "utf-8")
    report = build_site(small, renderer="embedded")
    assert report.warnings == ("site-url is not set in _quarto.yml: links in the feed point to this machine",)
    assert not (small.site / "sitemap.xml").exists()
    assert "Sitemap" not in (small.site / "robots.txt").read_text("utf-8")
    told = metas(small.site / "posts/2026-07-29-qwen/index.html")
    assert told["og:title"] and "og:image" not in told and "og:url" not in told
    feed = feedparser.parse((small.site / "feed.xml").read_bytes())
    assert feed.entries[0].link == "http://127.0.0.1:4200/posts/2026-07-29-qwen/"
    index = (small.site / "index.html").read_text("utf-8")
    assert '<a href="https://code.example/a?b&amp;c/issues">回報錯誤</a>' in index


def test_an_empty_home_has_a_site(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    build_site(home, renderer="embedded")
    assert "第一篇文章還沒出刊" in tree(home.site / "index.html").text_content()
    assert list(broken_links(home.site)) == []


def test_a_new_frame_renders_everything_again(small: Home) -> None:
    build_site(small, renderer="embedded")
    frame = small.root / "assets/templates/frame.html.j2"
    frame.write_text(frame.read_text("utf-8").replace("跳到主要內容", "跳到內文"), "utf-8")
    build_site(small, renderer="embedded")
    for page in pages(small.site):
        assert "跳到內文" in page.read_text("utf-8")


def test_a_failed_render_leaves_the_old_site(small: Home, tmp_path: Path) -> None:
    build_site(small, renderer="embedded")
    before = (small.site / "index.html").read_bytes()
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder / "quarto", "import sys; print('ERROR: x.qmd: bad'); sys.exit(1)")
    old = os.environ["PATH"]
    try:
        os.environ["PATH"] = f"{folder}{os.pathsep}{old}"
        with pytest.raises(RenderFailed, match=r"quarto could not render the site: x.qmd: bad"):
            build_site(small)
    finally:
        os.environ["PATH"] = old
    assert (small.site / "index.html").read_bytes() == before
    assert not list(small.root.glob(".site-*"))


def test_quarto_gets_no_secret_and_runs_no_code(
    small: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "sk-something-secret")
    told = tmp_path / "told.json"
    fake = program(
        tmp_path / "quarto",
        "import json, os, sys, pathlib\n"
        f"pathlib.Path({str(told)!r}).write_text(json.dumps([sys.argv[1:], dict(os.environ)]))\n"
        "out = pathlib.Path(sys.argv[-1]); out.mkdir(); (out / 'index.html').write_text('x')\n",
    )
    assert Quarto(fake).render(small, tmp_path / "out") == 1
    arguments, environment = json.loads(told.read_text("utf-8"))
    assert arguments[0] == "render" and "--no-execute" in arguments
    assert "SOME_API_KEY" not in environment


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("\x1b[91mERROR: a.qmd\x1b[0m\nmore", "a.qmd"),
        ("ERROR:\n  In file x\n", "In file x"),
        (
            "ERROR: Include failed.\n  in file x,\n  no y.\n\nStack trace:\n    at f (a.ts:1)",
            "Include failed. in file x, no y.",
        ),
        (
            "Error running filter a.lua:\nC stack overflow\nstack traceback:\n\t[C]: in ?\nWARN: Error",
            "Error running filter a.lua: C stack overflow",
        ),
        (
            "Error parsing d.yml:\nAeson exception:\nError in $: expected Bool\nWARN: Error",
            "Error in $: expected Bool",
        ),
        ("ERROR (a/b.lua:200) cannot open x.lua\nWARN: Error encountered", "cannot open x.lua"),
        ("ERROR: YAMLException: end (3:1)\n\n 1 | \n 2 | title: x\n-----^\n", "YAMLException: end (3:1)"),
        ("no error\nWARN: Error encountered when rendering files\n", "no error"),
        ("nothing special\nlast line\n", "last line"),
        ("", ""),
    ],
)
def test_the_reason_in_quartos_output(output: str, reason: str) -> None:
    assert reason_in(output) == reason


@pytest.mark.parametrize(
    ("output", "place"),
    [
        (
            "\x1b[1m\x1b[34m\r[ 1/12] 404.qmd\x1b[39m\x1b[22m\n"
            "\x1b[1m\x1b[34m\r[ 2/12] posts/2026-07-29-qwen/index.ipynb\x1b[39m\x1b[22m\nERROR: x\n",
            "posts/2026-07-29-qwen/index.ipynb",
        ),
        ("[1/2] a b.qmd\r\n[3/2", "a b.qmd"),
        ("ERROR: nothing was rendered\n", ""),
    ],
)
def test_the_place_in_quartos_output(output: str, place: str) -> None:
    assert place_in(output) == place


def test_a_secret_in_a_finished_site_stops_it(small: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.root / "about.qmd").write_text("---\ntitle: x\n---\n\nthe-secret-value\n", "utf-8")
    monkeypatch.setenv("SITE_PASSWORD", "the-secret-value")
    with pytest.raises(UnsafePost, match=r"_site/about.html.*SITE_PASSWORD"):
        build_site(small, renderer="embedded")
    assert not small.site.exists()


def test_a_renderer_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_RENDERER", "jekyll")
    with pytest.raises(UserError, match="«jekyll» is no renderer"):
        choose()
    monkeypatch.setenv("PATH", "")
    if not (Path(sys.executable).parent / "quarto").exists():
        with pytest.raises(UserError, match="no `quarto` on PATH"):
            choose("quarto")
    assert choose("embedded").name == "embedded"


def test_the_preview_server(small: Home) -> None:
    with pytest.raises(UserError, match="digest render"):
        server(small.site, 0)
    build_site(small, renderer="embedded")
    with server(small.site, 0) as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        base = f"http://127.0.0.1:{running.server_port}"
        for path, kind in [
            ("/", "text/html; charset=utf-8"),
            ("/feed.xml", "application/xml; charset=utf-8"),
            ("/assets/site.js", "text/javascript; charset=utf-8"),
            ("/posts/2026-07-29-qwen/notebook.ipynb", "application/x-ipynb+json"),
        ]:
            with urllib.request.urlopen(base + path, timeout=10) as answer:
                assert answer.headers["Content-Type"] == kind
        with pytest.raises(urllib.error.HTTPError) as lost:
            urllib.request.urlopen(base + "/no/such/page", timeout=10)
        assert lost.value.code == 404 and "找不到頁面" in lost.value.read().decode()
        with pytest.raises(UserError, match="another with --port"):
            server(small.site, running.server_port)
        running.shutdown()


def test_a_reader_who_leaves_a_preview_early_is_no_error(
    small: Home, capfd: pytest.CaptureFixture[str]
) -> None:
    small.site.mkdir(exist_ok=True)
    (small.site / "index.html").write_text("x" * 20_000_000, "utf-8")
    with server(small.site, 0) as running:
        running.daemon_threads = False  # waited for at the end
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        with socket.create_connection(("127.0.0.1", running.server_port)) as reader:
            reader.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            reader.recv(100)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # hangs up
        running.shutdown()
    assert capfd.readouterr().err == ""


def test_the_sites_name_and_notice_stand_on_every_page(tmp_path: Path) -> None:
    home = filled_home(tmp_path / "home")
    outfit(home.root)
    settings = home.root / "_quarto.yml"
    text = settings.read_text("utf-8").replace("title: AI 模型日報", "title: A & B")
    settings.write_text(f"{text}\nnotice: 示範 <b>$5$</b>\n", "utf-8")
    build_site(home, renderer="embedded")
    for page in home.site.rglob("*.html"):
        html = page.read_text("utf-8")
        assert '<p class="notice">示範 &lt;b&gt;$5$&lt;/b&gt;</p>' in html, page
        assert "– A &amp; B</title>" in html or leads_on(page)
