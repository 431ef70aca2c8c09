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
FOUND = """options => axe.run(document, options).then(said => said.violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target} ${node.html.slice(0, 120)}`)))"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("scheme", "rules"), [("light", ALL), ("dark", COLOURS)])
def test_axe_finds_nothing(chromium: Any, base: str, scheme: str, rules: dict[str, Any], width: int) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(base + path)
        page.evaluate(OPEN)
        found[path] = faults(page, rules)
    assert {path: those for path, those in found.items() if those} == {}
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_a_reader_calls_up(chromium: Any, base: str, scheme: str) -> None:
    page = chromium.new_context(color_scheme=scheme).new_page()
    page.goto(base + "search.html")
    page.fill("#search input[type=text]", "圖層")
    page.wait_for_selector("#search .results h2 a")
    assert faults(page, ALL) == []
    page.goto(base + PAGES[1])
    page.locator(".story .cites a").first.focus()
    page.wait_for_selector(".tip")
    assert faults(page, ALL) == []
    page.context.close()


def test_axe_is_heard(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base)
    page.evaluate("document.querySelectorAll('main p').forEach(one => one.style.color = '#eee')")
    page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"x.png\">'")
    named = {line.partition(":")[0] for line in faults(page, ALL)}
    assert {"color-contrast", "image-alt", "page-has-heading-one"} <= named
    page.close()


def faults(page: Any, rules: dict[str, Any]) -> list[str]:
    """Each element that breaks a rule: which rule, where it is, how it begins."""
    page.evaluate(axe.AXE_SCRIPT)
    return list(page.evaluate(FOUND, {"runOnly": rules, "resultTypes": ["violations"]}))
