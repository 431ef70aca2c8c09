"""The site as a reader meets it, in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib
import pylopdf_fonts_zh_cn
import pylopdf_fonts_zh_tw
import pytest

from digest_lib.site.build import build_site
from publishing.sites import filled_home

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = (
    "index.html", "posts/2026-07-29-qwen/index.html", "posts/2026-07-29-grok/index.html",
    "families/index.html", "families/qwen/index.html", "months/2026-07.html", "trends.html",
    "about.html", "search.html", "status.html", "method.html", "stories/s2price.html",
    "stories/2026-07.html", "no/such/page.html",
)  # fmt: skip


LATIN = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_fits_and_is_quiet(chromium: Any, base: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(base) else noise.append(r.url))
    for path in PAGES:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        box = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        scroll, client = page.evaluate(box)
        assert scroll <= client, path
        if "no/such" in path:
            noise = [line for line in noise if "404" not in line]
    assert [line for line in noise if "404" not in line] == []
    page.close()


def test_light_dark_and_the_readers_own_choice(chromium: Any, base: str) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    for scheme, other in [("light", "dark"), ("dark", "light")]:
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(base)
        first = page.evaluate(colour)
        page.click("button.theme")
        second = page.evaluate(colour)
        assert first != second
        page.goto(base + "about.html")
        assert page.evaluate(colour) == second
        assert page.get_attribute("html", "data-theme") == other
        context.close()


def test_a_citation_shows_its_source_on_hover_focus_and_tap(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base + "posts/2026-07-29-qwen/index.html")
    cite = page.locator(".story .cites a").first
    cite.hover()
    assert "iThome" in page.locator(".tip .tip-by").inner_text()
    page.mouse.move(1, 1)
    page.locator(".tip").wait_for(state="detached")
    cite.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tip') !== null")
    page.keyboard.press("Escape")
    assert page.locator(".tip").count() == 0
    assert page.evaluate("document.activeElement.hash") == "#source-1"
    page.close()
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(base + "posts/2026-07-29-qwen/index.html")
    cite = page.locator(".story .cites a").first
    cite.tap()
    assert page.locator(".tip").count() == 1 and "#" not in page.url
    cite.tap()
    assert page.url.endswith("#source-1")
    context.close()


def test_what_else_was_mentioned_opens_where_it_is_counted(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base + "posts/2026-07-29-qwen/index.html")
    first = page.locator("#mentions li a").first
    assert not first.is_visible()
    page.click('.part-trend a[href="#mentions"]')
    assert first.is_visible() and page.url.endswith("#mentions")
    page.click("#mentions > summary")
    assert not first.is_visible()
    page.click('.part-trend a[href="#mentions"]')  # the address stays the same
    assert first.is_visible()
    page.close()
    page = chromium.new_page()
    page.goto(base + "posts/2026-07-29-qwen/index.html#mentions")
    assert page.locator("#mentions li a").first.is_visible()
    page.close()


def test_search_finds_a_chinese_word(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base + "search.html")
    page.fill("#search input[type=text]", "圖層")
    page.wait_for_selector("#search .results h2 a")
    page.locator("#search-count", has_text="筆結果").wait_for()
    link = page.get_attribute("#search .results h2 a", "href")
    assert "/posts/2026-07-29-" in link and "#story-" in link  # the newest first
    assert page.get_attribute("#search input[type=text]", "aria-label") == "搜尋本站"
    page.goto(link)
    assert "圖層" in page.inner_text("main")
    page.close()


def test_the_keyboard_reaches_everything(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base + PAGES[1])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_a_page_opened_as_a_file_is_whole(chromium: Any, tmp_path: Path) -> None:
    home = filled_home(tmp_path / "home")
    build_site(home, renderer="embedded")
    page = chromium.new_page()
    page.goto((home.site / PAGES[1]).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.badge')).borderRadius") != "0px"
    assert page.evaluate("document.querySelector('main svg.lines path').getBoundingClientRect().width") > 100
    page.goto((home.site / "search.html").as_uri())
    assert "digest preview" in page.inner_text("#search-note")
    page.close()


def test_text_keeps_its_size_on_a_phone(chromium: Any, base: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    small = """[...document.querySelectorAll('main *')].filter(node =>
        [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim())
        && node.checkVisibility() && parseFloat(getComputedStyle(node).fontSize) < 11)
        .map(node => node.outerHTML)"""
    scaled = """[...document.querySelectorAll('main svg text')].filter(node =>
        node.getBoundingClientRect().height < 11).map(node => node.outerHTML)"""
    for path in PAGES[:7]:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(scaled) == [], path
        assert [found for found in page.evaluate(small) if "cites" not in found and "[" not in found] == []
    page.close()


def test_charts_are_dark_in_the_dark(chromium: Any, base: str) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    for path in ("posts/2026-07-29-qwen/index.html", "families/qwen/index.html", "trends.html"):
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        assert page.locator("main svg").count() > 0 and page.locator("main img").count() == 0
        fills = "[...document.querySelectorAll('main svg text')].map(n => getComputedStyle(n).fill)"
        for fill in set(page.evaluate(fills)):
            assert min(int(part) for part in fill[4:-1].split(",")) > 100, fill  # light, on dark paper
    context.close()


def test_trends_are_chosen_and_read_with_the_keyboard(chromium: Any, base: str) -> None:
    page = chromium.new_page()
    page.goto(base + "trends.html")
    finding, measure = (page.locator(f"[data-part=reports] .{name}") for name in ("finding", "measure"))
    made = finding.inner_text(), measure.inner_text()
    lines = page.locator("[data-part=reports] path.line")
    page.wait_for_selector("form.choices")
    assert (finding.inner_text(), measure.inner_text()) == made  # the script says what the page said
    assert lines.count() == 3
    page.locator("[name=model][value=GPT]").focus()
    page.keyboard.press("Space")
    assert lines.count() == 2
    assert "GPT" not in page.locator("[data-part=share] .legend").inner_text()
    assert page.locator("#trend-choices [role=status]").text_content().startswith("顯示 Grok、Qwen，")
    page.locator("[name=days]").first.focus()
    page.keyboard.press("ArrowLeft" if page.locator("[name=days]").first.is_checked() else "Space")
    assert page.locator("[data-part=reports] tbody tr").count() == 7
    assert "models=Grok" in page.url and "days=7" in page.url
    slider = page.locator("[data-part=reports] input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    said = slider.get_attribute("aria-valuetext")
    assert said == "7 月 28 日：Grok 0、Qwen 0" == page.locator("[data-part=reports] .read").inner_text()
    assert page.locator("[data-part=reports] .guide").count() == 1
    page.locator("[data-part=reports] svg.lines").hover(position={"x": 2, "y": 60})
    assert page.locator("[data-part=reports] .read").inner_text().startswith("7 月 23 日：沒有資料")
    page.reload()  # the address keeps what was chosen
    page.wait_for_selector("form.choices")
    assert lines.count() == 2 and page.locator("[data-part=reports] tbody tr").count() == 7
    page.close()


def test_trends_without_scripts_show_everything(chromium: Any, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "trends.html")
    assert page.locator("figure[data-part] svg").count() > 10
    assert page.locator("figure[data-part] a.csv").count() == 5
    assert page.locator("form").count() == 0
    context.close()


#: The characters of a page that are drawn as a box: as one that no font has, in the font of their element.
BOXES = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const drawn = (font, char) => {
    pen.clearRect(0, 0, 60, 60);
    pen.font = font;
    pen.fillText(char, 10, 40);
    return pen.getImageData(0, 0, 60, 60).data.join();
  };
  const found = new Set();
  for (const node of document.querySelectorAll("body *")) {
    if (!node.checkVisibility()) continue;
    const words = [...node.childNodes].filter(one => one.nodeType === 3).map(one => one.data).join("");
    const font = `30px ${getComputedStyle(node).fontFamily}`;
    for (const char of new Set(words.replace(/[\\s\\u2060]/g, "")))
      if (drawn(font, char) === drawn(font, "\\u{10ABCD}")) found.add(char);
  }
  return [...found].join("");
}"""


def test_no_reader_sees_a_box(fonts_alone: Any, base: str) -> None:
    page = fonts_alone(LATIN).new_page()
    for path in ("index.html", PAGES[1], "stories/s2price.html", "search.html", "titles.html"):
        asked = opened(page, base, path)
        fonts = {url: size for url, size in asked.items() if ".woff2" in url}
        assert any("headlines" not in url for url in fonts), (path, fonts)
        assert sum(fonts.values()) <= 150_000 and (path != "index.html" or len(asked) <= 12), fonts
        assert path == "search.html" or not [url for url in fonts if "folded" in url], "unopened"
        if path == "search.html":  # what is found may have characters that the page itself has not
            page.fill("#search input[type=text]", "圖層")
            page.wait_for_selector("#search .results h2 a")
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready")
            assert page.locator("link[href*='fonts/posts/']").count() > 0
        assert page.evaluate(BOXES) == "", path
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        assert page.evaluate(BOXES) == "", path
    page.evaluate("document.documentElement.style.setProperty('--sans', 'sans-serif')")
    assert set("这峠龘") <= set(page.evaluate(BOXES)), "without the face there are boxes"
    page.close()


@pytest.mark.parametrize("fonts", [pylopdf_fonts_zh_tw, pylopdf_fonts_zh_cn], ids=["by name", "by local()"])
def test_a_reader_with_a_font_downloads_none(fonts_alone: Any, base: str, fonts: Any) -> None:
    page = fonts_alone(LATIN, Path(fonts.sans_path()).parent).new_page()
    for path in ("index.html", PAGES[1]):
        assert not [u for u in opened(page, base, path) if ".woff2" in u and "headlines" not in u], path
    page.close()


def opened(page: Any, base: str, path: str) -> dict[str, int]:
    """What a browser asks for when it opens a page of the site, with the bytes of each."""
    found: dict[str, int] = {}

    def note(response: Any) -> None:
        found[response.url.removeprefix(base)] = len(response.body())

    page.on("response", note)
    page.goto(base + path)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    return found
