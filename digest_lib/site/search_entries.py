"""What can be found of a post: the post itself and each of its stories, out of its page. Deciding only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.publishing import dom
from digest_lib.site.search_terms import terms

#: What a word counts where it stands.
_TITLE: Final = 6.0
_LABEL: Final = 3.0
_LEAD: Final = 2.0
_TEXT: Final = 1.0
_SOURCE: Final = 1.0
#: Of a text so much is kept for the excerpts.
_KEPT: Final = 400
#: Of a post so many stories are entries.
_STORIES: Final = 34
#: How quickly a word that is said again counts less, and how much a long text takes from each word.
_SATURATION: Final = 4.0
_LENGTH: Final = 0.4
_USUAL_LENGTH: Final = 120
#: An impact is less than `_SCALE * (_SATURATION + 1)`: one character of the index.
_SCALE: Final = 18
#: Not searched: what is marked so (`data-pagefind-ignore`: labels, citations), counts, charts, and what
#: unfolds tables.
_UNSEARCHED: Final = (
    "[data-pagefind-ignore], .continues, .count, .part > h2, figure, table, summary, script, style, nav"
)
#: Words that may be misspelt: names more often than not.
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]{4,24}")
_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


@dataclass(frozen=True)
class Entry:
    """One thing that is found: where it stands on its page, what is shown of it, and what each of its terms
    counts."""

    anchor: str
    title: str
    text: str
    impacts: dict[str, int]


@dataclass(frozen=True)
class Found:
    """What is found of a post: its entries, its own first; day and family are those of its name. `words` may
    be misspelt by who looks for them: its Latin words as written, and its tags."""

    name: str
    day: str
    family: str
    family_name: str
    entries: tuple[Entry, ...]
    words: Counter[str]


def found_in(name: str, html: str) -> Found | None:
    """What can be found of the post of this name, whose page is `html`; None where it is no post's."""
    named, tree = _NAME.fullmatch(name), dom.page(html)
    for node in tree.css("wbr"):  # where a line may break, no word ends
        node.decompose()
    tree.merge_text_nodes()
    head = tree.css_first("main .post-head")
    if not named or head is None or not _is_day(named[1]):
        return None
    _, _, family = dom.attributes(head).get("data-pagefind-filter", "").partition(":")
    family = family or named[2]
    sources = _sources(tree)
    tags = [_text(node) for node in tree.css(".post-tags li, .part-making .chips li")]
    for node in tree.css(_UNSEARCHED):
        node.decompose()
    stories = [_Story(node) for node in tree.css("main article.story")][:_STORIES]
    entries = [_post(tree, head, stories, [family, *tags])]
    entries += [story.entry(family, sources.get(story.anchor, "")) for story in stories]
    said = " ".join(f"{entry.title} {entry.text}" for entry in entries)
    return Found(name, named[1], named[2], family, tuple(entries), Counter([*_LATIN.findall(said), *tags]))


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return bool(date.fromisoformat(text))
    return False


def _post(
    tree: LexborHTMLParser, head: LexborNode, stories: Sequence[_Story], labels: Sequence[str]
) -> Entry:
    """The post itself: its headline and summary, and what it says beside its stories, which are no longer in
    the tree."""
    texts = " ".join(_text(node) for node in tree.css("main section[data-pagefind-body]")).strip()
    summary = " ".join(_text(node) for node in head.css(".summary"))
    shown = summary or texts or next((story.text for story in stories), "")
    lead = " ".join([summary, *(_text(node) for node in head.css(".subtitle"))])
    beside = " ".join([texts, *(story.title for story in stories)])
    title = _text(head.css_first("h1"))
    return _entry(
        ("", title, shown), [(_TITLE, title), (_LABEL, " ".join(labels)), (_LEAD, lead), (_TEXT, beside)]
    )


class _Story:
    """A story as it stands on the page, without its heading in its text."""

    def __init__(self, node: LexborNode) -> None:
        heading = node.css_first("h3[id]")
        self.anchor = dom.attributes(heading)["id"] if heading else ""
        self.title = _text(heading)
        if heading:
            heading.decompose()
        self.text = _text(node)
        node.decompose()

    def entry(self, family: str, sources: str) -> Entry:
        """It is found by its headline, its text, its family, and its sources' titles in their language."""
        fields = [(_TITLE, self.title), (_TEXT, self.text), (_TEXT, family), (_SOURCE, sources)]
        return _entry((self.anchor, self.title, self.text), fields)


def _sources(tree: LexborHTMLParser) -> dict[str, str]:
    """By a story's anchor: the titles of what it is told from, and who published them."""
    said: dict[str, list[str]] = {}
    for item in tree.css(".part-sources li[id]"):
        back = item.css_first("a.back[href]")
        anchor = dom.attributes(back)["href"].removeprefix("#") if back else ""
        said.setdefault(anchor, []).append(_text(item.css_first("a")))
    return {anchor: " ".join(titles) for anchor, titles in said.items()}


def _text(node: LexborNode | None) -> str:
    """The words of an element; what keeps a line together (word joiners) is none of them."""
    if node is None:
        return ""
    for block in node.css("p, li, h2, h3, h4, dd, br"):
        block.insert_before(" ")
    return " ".join(node.text().replace("\u2060", "").split())


def _entry(shown: tuple[str, str, str], fields: Iterable[tuple[float, str]]) -> Entry:
    """An entry (anchor, title, text) with the impact of its terms: more the more often and prominently they
    stand."""
    anchor, title, text = shown
    counts: Counter[str] = Counter()
    length = 0
    for weight, words in fields:
        found = terms(words)
        length += len(found)
        for term, times in Counter(found).items():
            counts[term] += weight * times  # type: ignore[assignment]  # a Counter adds up any number
    slow = _SATURATION * (1 - _LENGTH + _LENGTH * min(length, 4 * _USUAL_LENGTH) / _USUAL_LENGTH)
    impacts = {t: max(1, round(_SCALE * n * (_SATURATION + 1) / (n + slow))) for t, n in counts.items()}
    kept = text if len(text) <= _KEPT else f"{text[: _KEPT - 1]}…"
    return Entry(anchor, title, kept, impacts)
