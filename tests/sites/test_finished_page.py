"""Finished pages are edited as trees: also such as pandoc writes, which leaves `<` as it is in attributes."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing import dom
from digest_lib.publishing.post import publish
from digest_lib.site.finish import finish
from digest_lib.site.outfit import outfit
from publishing.hostile_days import page_faults, strings
from publishing.published_days import days, executed, make_home, revised, write

LIST = Path(__file__).parents[1] / "data/hostile/strings.txt"
MARKERS = [
    "</main>", "</head>", "</body></html>", "<title>", "</title>", "</nav>", "</h1>",
    '<nav class="post-nav">',
    '<meta property="og:title" content="x">', ' href="/x"', ' src="/x"', "<main>", "<!--", "-->", "<script>",
]  # fmt: skip


def pandocs(attack: str) -> str:
    """A page whose attributes hold the string as pandoc writes it: only its quotes and ampersands escaped."""
    raw = attack.replace("&", "&amp;").replace('"', "&quot;")
    text = raw.replace("<", "&lt;")
    return (
        f'<!DOCTYPE html>\n<html lang="zh-TW"><head><meta charset="utf-8"><title>{text} – 站</title>\n'
        f'<meta name="description" content="{raw}">\n<link rel="icon" href="/assets/icon.svg">\n</head>\n'
        f'<body class="post"><a href="/index.html">首頁</a><main id="main"><header data-pagefind-meta="title:'
        f'{raw}"><h1>題</h1></header><img alt="{raw}" src="infographic.png"><a href="/index.html" '
        f'aria-label="{raw}">{text}</a></main>\n<footer><a href="/feed.xml">RSS</a></footer></body>\n'
        "</html>\n"
    )


ATTACKS = [*MARKERS, *strings(LIST, escapes=True)]


def test_a_title_breaks_out_of_no_attribute(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    outfit(home.root)
    pages = {}
    for day, attack in zip(days("2026-06-01", len(MARKERS)), MARKERS, strict=True):
        publish(write(tmp_path / "work.ipynb", executed(revised(day))), home, provenance={})
        pages[f"posts/{day}-qwen/index.html"] = attack
    pages |= {f"months/{number}.html": attack for number, attack in enumerate(ATTACKS)}
    for name, attack in pages.items():
        (home.site / name).parent.mkdir(parents=True, exist_ok=True)
        (home.site / name).write_text(pandocs(f"甲{attack}乙"), "utf-8")
    before = {name: alt(home.site / name) for name in pages}
    finish(home.site, home)
    assert [*page_faults(home.site)] == []
    for name in pages:
        tree = LexborHTMLParser((home.site / name).read_text("utf-8"))
        assert [len(tree.css(s)) for s in ("main", "head > title", "footer")] == [1] * 3
        assert len(tree.css("main > nav.post-nav")) == name.startswith("posts")
        assert all(not (n.attributes["href"] or "").startswith("/") for n in tree.css("[href]"))
        assert alt(home.site / name) == before[name]  # it is text, and stays the same
    once = {name: (home.site / name).read_bytes() for name in pages}
    finish(home.site, home)
    assert {name: (home.site / name).read_bytes() for name in pages} == once


def alt(page: Path) -> str | None:
    return LexborHTMLParser(page.read_text("utf-8")).css("img")[0].attributes["alt"]


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<html><head><title>a</title></head>\n<body><main>b</main>\n\n</body>\n</html>\n\n",
        "<!DOCTYPE html>\n<html><head></head><body>text at the end\n</body></html>",
        "<p title='</p>'>a &amp;lt; b<br/><pre>c\n</pre>",
        "<svg><title>&lt;b&gt;</title></svg><script>1 < 2 && 3</script>",
        "",
    ],
)
def test_what_was_written_is_written_the_same_again(text: str) -> None:
    once = dom.written(dom.page(text))
    assert dom.written(dom.page(once)) == once
