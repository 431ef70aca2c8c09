"""The site's address as it is typed in `_quarto.yml`, and every address made of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest_lib.settings import Home
from digest_lib.site.addresses import address
from digest_lib.site.build import build_site
from digest_lib.site.config import read_config
from publishing.published_days import make_home

TYPED = [
    ("https://例子.台灣/新聞/", "https://xn--fsqu00a.xn--kpry57d/%E6%96%B0%E8%81%9E"),
    ("https://news.example:8443/日 報", "https://news.example:8443/%E6%97%A5%20%E5%A0%B1"),
    ("https://news.example/%E6%96%B0/~a", "https://news.example/%E6%96%B0/~a"),
    ("https://News.example/blog/", "https://News.example/blog"),
]


def _home(folder: Path, url: str) -> Home:
    home = make_home(folder / "home")
    (home.root / "_quarto.yml").write_text(f'website:\n  title: 日報\n  site-url: "{url}"\n', "utf-8")
    return home


@pytest.mark.parametrize(("typed", "url"), TYPED)
def test_an_address_is_ascii(tmp_path: Path, typed: str, url: str) -> None:
    config = read_config(_home(tmp_path, typed))
    assert address(config, "posts/x/index.html") == f"{url}/posts/x/"
    assert config.placed


def test_every_file_of_a_site_says_the_ascii_address(tmp_path: Path) -> None:
    site = build_site(_home(tmp_path, TYPED[0][0]), renderer="embedded").path
    said = {
        f.name: f.read_text("utf-8")
        for f in site.rglob("*")
        if f.suffix in {".html", ".xml", ".txt", ".json"}
    }
    assert "例子.台灣" not in "".join(said.values())
    assert f"{TYPED[0][1]}/sitemap.xml" in said["robots.txt"]
    assert not re.search(r"https?://[!-~]*[^\x00-\x7f]", said["sitemap.xml"])
    assert TYPED[0][1] in said["sitemap.xml"]
    assert re.search(
        rf"<link[^>]+canonical[^>]+{re.escape(TYPED[0][1])}|{re.escape(TYPED[0][1])}[^>]+canonical",
        said["index.html"],
    )
