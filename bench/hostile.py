"""What strings that would like to act can do: nothing, or what.

    python bench/hostile.py FILE                  # any list, a string a line; each renderer that is here
    python bench/hostile.py FILE --renderer quarto --browser /usr/bin/chromium
    python bench/hostile.py tests/data/hostile/strings.txt --escapes

Every string stands in every field that a feed, an llm or a notebook fills (titles, summaries, texts,
publishers, addresses, feeds' names, each text of a digest, tags, verdicts, attachments), in a post of its
own. The posts are published and rendered with marked values in the environment and a marked file beside
them; the pages are read by an HTML5 parser and opened in Chromium, the feeds decoded as readers do. What is
found is printed with the string that did it; the exit code is 1 where anything is.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from digest_lib.errors import DigestError
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.outfit import outfit
from digest_lib.site.preview import server
from digest_lib.site.renderers import find_quarto
from publishing import hostile_days
from publishing.published_days import days, make_home
from publishing.sites import pages as pages_of

FAMILIES = ("claude", "gemini", "gpt", "grok", "mistral", "qwen")
#: What no list holds by chance.
SECRET = "4f1d7c-of-this-machine"
NAMED = re.compile(r"\benv[^A-Za-z]{1,40}([A-Za-z_]\w*)")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def planted(home: Home, strings: Sequence[str]) -> dict[str, str]:
    """Publishes a post for every string; returns the strings by their posts' names."""
    dates = days("2026-01-01", len(strings) // len(FAMILIES) + 1)
    before = dict.fromkeys(FAMILIES, "")
    posts: dict[str, str] = {}
    for number, attack in enumerate(strings):
        family = FAMILIES[number % len(FAMILIES)]
        try:
            name = hostile_days.plant(home, attack, dates[number // len(FAMILIES)], family, before[family])
        except DigestError as error:
            print(f"not published: {error}: {attack[:100]!r}")
            continue
        before[family] = name
        posts[name] = attack
    return posts


def poisoned(strings: Sequence[str]) -> None:
    """Marks the values that the strings ask for in the environment, this user's home among them."""
    names = {name for line in strings for name in NAMED.findall(line)} | {"NEWSROOM_MARK", "LOGNAME"}
    os.environ.update({name: f"{name}-{SECRET}" for name in names - {"HOME", "PATH", "PWD", "TMPDIR"}})


def found_in(home: Home, renderer: str, chromium: Any) -> Iterator[str]:
    """Renders the site and yields what is wrong with it."""
    begun = time.monotonic()
    report = build_site(home, renderer=renderer)
    print(f"{report.renderer}: {report.pages} pages in {time.monotonic() - begun:.0f} s", flush=True)
    yield from (f"set aside: {aside.post}: {aside.reason}" for aside in report.set_aside)
    yield from hostile_days.page_faults(home.site)
    yield from hostile_days.feed_faults(home.site)
    yield from hostile_days.leaked(home.site, [SECRET])
    if chromium is None:
        return
    pages = [path.relative_to(home.site).as_posix() for path in pages_of(home.site)]
    with server(home.site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        for width in (390, 1280):
            page = chromium.new_page(viewport={"width": width, "height": 844})
            yield from hostile_days.browser_faults(page, f"http://127.0.0.1:{running.server_port}/", pages)
            page.close()
        page = chromium.new_page()
        yield from hostile_days.search_faults(page, f"http://127.0.0.1:{running.server_port}/")
        running.shutdown()


def run(strings: Sequence[str], renderers: Sequence[str], chromium: Any) -> int:
    """Prints what is found and returns how much."""
    poisoned(strings)
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        home = make_home(Path(folder) / "home", [(family, family) for family in FAMILIES])
        outfit(home.root)
        (home.root / hostile_days.OUTSIDE).write_text(SECRET, "utf-8")
        (home.root.parent / hostile_days.OUTSIDE).write_text(SECRET, "utf-8")
        posts = planted(home, strings)
        written, refused = hostile_days.prose(home, strings, "2020-01-01")
        posts[written] = "an author's prose"
        said = (
            f"{len(posts) - 1} of {len(strings)} published; as an author's prose, {len(refused)} are refused"
        )
        print(said, flush=True)
        for renderer in renderers:
            for fault in found_in(home, renderer, chromium):
                name = next((name for name in posts if name in fault), "")
                print(f"{renderer}: {fault[:300]}{f'  <- {posts[name][:120]!r}' if name else ''}")
                count += 1
    print(f"{count} found")
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("list", type=Path)
    parser.add_argument("--escapes", action="store_true", help=r"\u0301{90} stands for ninety of it")
    parser.add_argument("--renderer", choices=["embedded", "quarto"])
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, _BROWSERS)), ""))
    args = parser.parse_args()
    strings = hostile_days.strings(args.list, escapes=args.escapes)
    renderers = [args.renderer] if args.renderer else ["embedded", *(["quarto"] if find_quarto() else [])]
    if not args.browser:
        print("no Chromium: the pages are only read")
        return int(run(strings, renderers, None) > 0)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as api:
        chromium = api.chromium.launch(executable_path=args.browser, args=["--no-sandbox"])
        return int(run(strings, renderers, chromium) > 0)


if __name__ == "__main__":
    sys.exit(main())
