"""Is the page that a reader wants the first that the search shows, or among the first five?

    digest sample /tmp/sample && python bench/search.py /tmp/sample/_site
    python bench/search.py SITE FILE --half held      # any list: query, expected page, kind, half (tab)

Opens the real search page in Chromium for every query and reads the links that it shows. What a correction
leads to counts as found when the page shows it by itself. Also: the bytes and requests of a first search.
"""

from __future__ import annotations

import argparse
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from digest_lib.site.preview import server

HERE = Path(__file__).parent
#: What a Chromium may be called.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Expected where the site has nothing.
_NOTHING = "none"
_AIMS = {1: 0.90, 5: 0.97}
#: The page is at rest when what it shows stays the same for so long.
_REST_MS = 350
_SETTLED = """async rest => {
    const box = document.getElementById('search');
    for (let last = null, waited = 0; waited < 8000; waited += rest) {
        if (box.innerHTML === last && box.querySelector('input') && document.readyState === 'complete') break;
        last = box.innerHTML;
        await new Promise(done => setTimeout(done, rest));
    }
    return [...box.querySelectorAll('a')].map(a => a.href);
}"""


class Query(NamedTuple):
    """What is asked, the pages of which any is right, and to which kind and half it belongs."""

    text: str
    expected: tuple[str, ...]
    kind: str
    half: str


def read_queries(path: Path) -> list[Query]:
    """The queries of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [
        Query(text, tuple(e.strip() for e in expected.split("|")), *(*more, "", "held")[:2])
        for text, expected, *more in rows
    ]


def found(page: Any, base: str, text: str) -> list[str]:
    """The pages that the search shows, by name (`2026-07-23-qwen`, `stories/…`), each once, in order."""
    page.goto("about:blank")
    page.goto(f"{base}search.html?q={quote(text)}", wait_until="networkidle")
    links = (unquote(link).removeprefix(base).partition("#")[0] for link in page.evaluate(_SETTLED, _REST_MS))
    paths = (link for link in links if link.startswith(("posts/", "stories/")))
    return list(dict.fromkeys(p.removeprefix("posts/").removesuffix("/index.html").strip("/") for p in paths))


def place(query: Query, pages: Iterable[str]) -> int | None:
    """Where the first right page stands, from 1."""
    if query.expected == (_NOTHING,):
        return None if pages else 1
    right = (n for n, page in enumerate(pages, start=1) if page.startswith(query.expected))
    return next(right, None)


def asked(site: Path, queries: Iterable[Query]) -> Iterator[tuple[Query, list[str]]]:
    """Every query with the pages that are shown for it; says first what the first search costs."""
    from playwright.sync_api import sync_playwright

    serving = server(site, 0)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{serving.server_address[1]}/"
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as api:
        browser = api.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        answers: list[Any] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright wants a function
        for number, query in enumerate(queries):
            pages = found(page, base, query.text)
            if not number:
                size = sum(len(answer.body()) for answer in answers)
                print(f"first search ({query.text}): {size:,} bytes in {len(answers)} requests\n")
            yield query, pages
        browser.close()
    serving.shutdown()


def report(answers: Iterable[tuple[Query, list[str]]]) -> bool:
    """Prints what was not first, and the rates by half and kind; true where the aims are met."""
    places: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for query, pages in answers:
        at = place(query, pages)
        for kind in ("", query.kind):
            places[query.half, kind].append(at)
        if at != 1:
            print(f"{query.half:5} {at or '-':>2}  {query.text} -> {pages[0] if pages else 'nothing'}")
    met = True
    print(f"\n{'':5} {'':11}{'queries':>8}{'first':>8}{'in five':>8}")
    for (half, kind), at in sorted(places.items()):
        rates = {n: sum(p is not None and p <= n for p in at) / len(at) for n in _AIMS}
        met &= bool(kind) or all(rates[n] >= aim for n, aim in _AIMS.items())
        print(f"{half:5} {kind or 'all':11}{len(at):8}{rates[1]:8.0%}{rates[5]:8.0%}")
    return met


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("queries", type=Path, nargs="?", default=HERE / "search" / "queries.tsv")
    parser.add_argument("--half", choices=("dev", "held"))
    given = parser.parse_args()
    queries = [q for q in read_queries(given.queries) if given.half in (None, q.half)]
    return 0 if report(asked(given.site, queries)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
