"""A family whose parameter `language` is changed has its whole post in that language, charts and all."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from digest_lib.settings import Home
from homes import quickly

pytestmark = pytest.mark.slow

#: What a post of another language may have in Chinese: what its articles and publishers are called and say.
QUOTED = re.compile(r"“[^”]*”|「[^」]*」")
HAN = re.compile(r"[\u3400-\u9fff]")


class _Text(HTMLParser):
    """The text of a page: of its own, without what stands in links, lists of sources and captions of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        alt = values.get("alt") or ""
        if tag == "img" and alt:
            self.said.append(alt)
        quoted = tag == "q" and "lang" in values  # what an article says, and in which language
        if quoted or tag in {"a", "th", "td", "cite", "small"} or self.skipping:
            self.skipping += tag not in {"img", "br", "wbr", "hr", "input", "link", "meta"}

    def handle_endtag(self, tag: str) -> None:
        self.skipping = max(0, self.skipping - 1)

    def handle_data(self, data: str) -> None:
        if not self.skipping and data.strip():
            self.said.append(data.strip())


def own_words(home: Home, post: str) -> list[str]:
    """What the post says in its own words, a text an element."""
    notebook = json.loads((home.posts / post / "index.ipynb").read_text("utf-8"))
    facts = notebook["metadata"]["digest"]
    printed = [*facts["sources"], *facts["mentions"]]
    known = {s["publisher"] for s in printed} | {s["title"] for s in printed}
    known |= {name for names in facts["coverage"]["failed"] for name in names}
    said = []
    shown = [
        c
        for c in notebook["cells"]
        if not {"remove-cell", "remove-output"} & set(c["metadata"].get("tags", []))
    ]
    for cell in shown:
        for output in cell.get("outputs", []):
            page = _Text()
            page.feed("".join(output.get("data", {}).get("text/html", "")))
            said += page.said
    for name in sorted(known, key=len, reverse=True):
        said = [text.replace(name, "") for text in said]
    return [QUOTED.sub("", text) for text in said]


def test_an_english_post_says_nothing_of_its_own_in_chinese(home: Home) -> None:
    path = home.notebooks / "mistral.ipynb"
    path.write_text(path.read_text("utf-8").replace('language = \\"zh-TW\\"', 'language = \\"en\\"'), "utf-8")
    done = quickly(home, "run", "--families", "mistral", "--date", "2026-07-24")
    assert done.returncode == 0, done.stderr
    notebook = json.loads((home.posts / "2026-07-24-mistral" / "index.ipynb").read_text("utf-8"))
    page = json.dumps(notebook["cells"])
    for tag in ("header", "section", "figure"):  # a screen reader is told, too
        found = re.findall(rf"<{tag} [^>]*>", page)
        assert found
        assert all('lang=\\"en\\"' in one for one in found), tag
    assert 'lang=\\"zh-Hant\\"' in page
    said = re.sub(r"<[^>]*>", "", page)
    assert "mention Mistral. They make" in said or "mentions Mistral. They make" in said
    words = own_words(home, "2026-07-24-mistral")
    assert len(words) > 20
    assert [text for text in words if HAN.search(text)] == []
