"""The attack: every string of a hostile list in every field, on the pages of each renderer, in the feeds, in
a browser. Nothing acts."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.outfit import outfit
from digest_lib.site.preview import server
from publishing import hostile_days
from publishing.hostile_days import EXPANDED, MARK, OUTSIDE, plant
from publishing.published_days import days, make_home
from publishing.sites import RENDERERS
from publishing.sites import pages as pages_of
from shared import once

pytestmark = pytest.mark.slow
LIST = Path(__file__).parents[1] / "data/hostile/strings.txt"
STRINGS = hostile_days.strings(LIST, escapes=True)
FAMILIES = ("qwen", "gpt", "grok")


@pytest.fixture(scope="module", params=RENDERERS)
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A site of the whole list, made with a value in the environment and a file that nobody should see."""

    def make(folder: Path) -> None:
        attack(folder / "home", request.param)

    return Home(once(tmp_path_factory, f"attacked-{request.param}", make) / "home")


def attack(root: Path, renderer: str) -> None:
    home = make_home(root, [(family, family) for family in FAMILIES])
    outfit(root)
    (root / OUTSIDE).write_text(EXPANDED, "utf-8")
    before = dict.fromkeys(FAMILIES, "")
    dates = days("2026-06-01", len(STRINGS))
    for number, string in enumerate(STRINGS):
        family = FAMILIES[number % len(FAMILIES)]
        before[family] = plant(home, string, dates[number // len(FAMILIES)], family, before[family])
    hostile_days.prose(home, STRINGS, "2026-05-01")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MARK, EXPANDED)
        report = build_site(home, renderer=renderer)
    assert not report.set_aside
    assert len([*home.site.glob("posts/*/index.html")]) == len(STRINGS) + 1


def test_nothing_on_a_page_is_live(attacked: Home) -> None:
    assert [*hostile_days.page_faults(attacked.site)] == []


def test_nothing_in_a_feed_is_live_however_often_it_is_decoded(attacked: Home) -> None:
    assert [*hostile_days.feed_faults(attacked.site)] == []


def test_nothing_of_the_machine_is_in_the_site(attacked: Home) -> None:
    assert [*hostile_days.leaked(attacked.site, [EXPANDED])] == []


@pytest.mark.browser
def test_a_browser_runs_and_fetches_nothing(attacked: Home, chromium: Any) -> None:
    pages = [path.relative_to(attacked.site).as_posix() for path in pages_of(attacked.site)]
    with server(attacked.site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        base = f"http://127.0.0.1:{running.server_port}/"
        try:
            assert [*hostile_days.browser_faults(page, base, pages)] == []
            assert [*hostile_days.search_faults(chromium.new_page(), base)] == []
        finally:
            page.close()
            running.shutdown()
