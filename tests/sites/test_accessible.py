"""What axe finds on each kind of page, all parts open: WCAG 2.2 AA and its own best practices."""

from __future__ import annotations

from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.base")

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: A page of each kind.
PAGES = (
    "index.html", "posts/2026-07-29-qwen/index.html", "posts/2026-07-29-grok/index.html",
    "families/index.html",
    "families/qwen/index.html", "months/index.html", "months/2026-07.html", "trends.html", "about.html",
    "search.html", "status.html", "method.html", "stories/s2price.html", "stories/2026-07.html",
    "stories/index.html", "titles.html", "no/such/page.html",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules of `RULES` that colours can break: dark differs from light in nothing else.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
ALL, COLOURS = {"type": "tag", "values": RULES}, {"type": "rule", "values": OF_COLOURS}
OPEN = """document.querySelectorAll('details').forEach(one => one.open = true),
    document.fonts.ready.then(() => null)"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
FOUND = """options => axe.run(document, options).then(said => said.violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target} ${node.html.slice(0, 120)}`)))"""


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(chromium: Any, base: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    found = {}
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(base + path)
        page.evaluate(OPEN)
        page.evaluate(axe.AXE_SCRIPT)
        light = page.evaluate(BACKGROUND)
        found[path, "light"] = faults(page, ALL)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(BACKGROUND) != light
        found[path, "dark"] = faults(page, COLOURS)
    assert {where: those for where, those in found.items() if those} == {}
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_a_reader_calls_up(chromium: Any, base: str, scheme: str) -> None:
    page = chromium.new_context(color_scheme=scheme).new_page()
    page.goto(base + "search.html")
    page.fill("#search input[type=text]", "圖層")
    page.wait_for_selector("#search .results h2 a")
    page.evaluate(axe.AXE_SCRIPT)
    assert faults(page, ALL) == []
    page.goto(base + PAGES[1])
    page.locator(".story .cites a").first.focus()
    page.wait_for_selector(".tip")
    page.evaluate(axe.AXE_SCRIPT)
    assert faults(page, ALL) == []
    page.context.close()


def test_axe_is_heard(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base)
    page.evaluate("document.querySelectorAll('main p').forEach(one => one.style.color = '#eee')")
    page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"x.png\">'")
    page.evaluate(axe.AXE_SCRIPT)
    named = {line.partition(":")[0] for line in faults(page, ALL)}
    assert {"color-contrast", "image-alt", "page-has-heading-one"} <= named
    page.close()


def faults(page: Any, rules: dict[str, Any]) -> list[str]:
    """Each element that breaks a rule, of a page that has axe: which rule, where it is, how it begins."""
    return list(page.evaluate(FOUND, {"runOnly": rules, "resultTypes": ["violations"]}))
