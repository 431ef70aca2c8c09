"""A site that is served, for tests that look at it as its readers do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.preview import server
from publishing.sites import filled_home
from shared import once

#: As publishers elsewhere print them, and with characters that few have seen.
TITLES = """---
title: 標題
---

# 標題

<p lang="zh-Hans">这个业级网说</p>
<p lang="ja">峠の戻り、々</p>
<p>𡃁龘骉 <code>註解</code></p>
"""


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a built site with every kind of page; nothing changes it."""

    def make(folder: Path) -> None:
        home = filled_home(folder / "home")
        (home.root / "titles.qmd").write_text(TITLES, encoding="utf-8")
        build_site(home, renderer="embedded")

    home = Home(once(tmp_path_factory, "read-site", make) / "home")
    with server(home.site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
