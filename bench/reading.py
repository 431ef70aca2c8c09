"""What a reader downloads for a page of a site: for the home, the newest post and a first search."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

from search import BROWSERS, found

from digest_lib.site.preview import server

#: Something that every newsroom of AI models has.
_QUERY = "模型"


def browser() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def downloaded(site: Path, program: str) -> dict[str, tuple[int, int]]:
    """By page: the bytes and the requests of it, opened first and with nothing kept, as they lie in the site
    (a server may send them smaller)."""
    from playwright.sync_api import sync_playwright

    serving = server(site, 0)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{serving.server_address[1]}/"
    newest = max(path.name for path in (site / "posts").iterdir())
    with sync_playwright() as api:
        chromium = api.chromium.launch(executable_path=program, args=["--no-sandbox"])
        costs = {
            what: _cost(chromium, base, path)
            for what, path in (("home", "index.html"), ("post", f"posts/{newest}/index.html"), ("search", ""))
        }
        chromium.close()
    serving.shutdown()
    return costs


def _cost(chromium: Any, base: str, path: str) -> tuple[int, int]:
    """Of a page, or of a search where there is no path."""
    page = chromium.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright wants a function
    if path:
        page.goto(base + path, wait_until="networkidle")
    else:
        found(page, base, _QUERY)
    size = sum(len(answer.body()) for answer in answers)
    page.close()
    return size, len(answers)
