"""Tables on a narrow screen: in boxes that scroll, that have names, and that show that there is more."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from digest_lib.publishing import dom
from digest_lib.site.tables import box_tables

STYLE = (Path(__file__).parents[2] / "assets/site.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("main", "names"),
    [
        ("<table><caption>各日 出刊</caption></table>", ["各日 出刊"]),
        ("<h2>分 <b>數</b></h2><table></table>", ["分 數"]),
        ("<details><summary>資料表</summary><table></table></details>", ["資料表"]),
        ("<table></table>", ["表格"]),
        ("<h3>句子</h3><table></table><table></table><table><caption>句子</caption></table>",
         ["句子", "句子（2）", "句子（3）"]),
        # one within another scrolls with it, and names nothing of it
        ("<h2>外</h2><table><tr><td><h3>內</h3><table></table></td></tr></table>", ["外"]),
        ('<h2>表</h2><div class="scroll by-day"><table></table></div>', ["表"]),
    ],
)  # fmt: skip
def test_each_table_stands_in_a_box_with_a_name_of_its_own(main: str, names: list[str]) -> None:
    tree = dom.page(f"<html><body><main>{main}</main><table></table></body></html>")
    before = tree.body.text() if tree.body else ""
    for _ in range(2):
        box_tables(tree)
        boxes = tree.css(".scroll")
        assert [box.attributes["aria-label"] for box in boxes] == names
        assert all(box.attributes["role"] == "region" for box in boxes)
        assert all(box.attributes["tabindex"] == "0" for box in boxes)
        assert len(tree.css("main .scroll > table")) == len(names)
        assert tree.body is not None
        assert tree.body.text() == before
        tree = dom.page(dom.written(tree))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_shade_says_on_which_side_there_is_more(chromium: Any, scheme: str) -> None:
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 390, "height": 600})
    cells = "".join(f"<td>第{n}欄</td>" for n in range(20))
    tree = dom.page(
        f"<html><head><style>{STYLE}</style></head><body><main><h2>寬</h2><table><tr>{cells}</tr></table>"
        "<h2>窄</h2><table><tr><td>一</td></tr></table></main></body></html>"
    )
    box_tables(tree)
    page.set_content(dom.written(tree))
    wide, narrow = page.locator(".scroll").all()
    assert shades(narrow) == (False, False)
    assert shades(wide) == (False, True)
    wide.evaluate("box => box.scrollLeft = 100")
    assert shades(wide) == (True, True)
    wide.evaluate("box => box.scrollLeft = box.scrollWidth")
    assert shades(wide) == (True, False)
    page.close()


def shades(box: Any) -> tuple[bool, bool]:
    """Whether the left and the right edge of a box are other than the paper in its middle."""
    from PIL import Image

    image = Image.open(BytesIO(box.screenshot())).convert("RGB")
    middle = image.getpixel((image.width // 2, 1))
    left, right = (image.getpixel((x, 1)) for x in (1, image.width - 2))
    return left != middle, right != middle
