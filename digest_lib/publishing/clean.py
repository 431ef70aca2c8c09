"""HTML that may stand in a post: our own elements, attributes and classes, and nothing else."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import nh3

from digest_lib.language_names import LANGUAGE_TAG
from digest_lib.sections.markup import inert, tame

#: Every element that a post may have.
TAGS: Final = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "hr",
        "img",
        "li",
        "nav",
        "ol",
        "p",
        "q",
        "s",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ]
)
_CLASSES: Final = frozenset(
    [
        "also",
        "analysis",
        "back",
        "badge",
        "badges",
        "by",
        "chart",
        "chips",
        "cites",
        "contents",
        "continues",
        "correction",
        "count",
        "fact",
        "follow-up",
        "headline",
        "kicker",
        "made",
        "mark",
        "mark-analysis",
        "mark-claim",
        "mentions",
        "minor",
        "no-news",
        "official",
        "original",
        "part",
        "part-analysis",
        "part-key-points",
        "part-making",
        "part-outlook",
        "part-sources",
        "part-stories",
        "part-trend",
        "passages",
        "post-head",
        "retracted",
        "sentence",
        "sep",
        "source-by",
        "sources",
        "story",
        "subtitle",
        "summary",
        "told",
        "why",
    ]
)
_ANYWHERE: Final = frozenset({"class", "id", "lang", "title", "aria-label", "aria-labelledby"})
_BY_TAG: Final[dict[str, frozenset[str]]] = {
    "a": frozenset({"href", "rel", "aria-describedby"}),
    "img": frozenset({"src", "alt", "width", "height", "loading", "data-name"}),
    "li": frozenset({"value"}),
    "nav": frozenset({"data-pagefind-ignore"}),
    "ol": frozenset({"start"}),
    "p": frozenset({"data-pagefind-ignore"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "section": frozenset({"data-pagefind-body"}),
    "span": frozenset({"data-pagefind-ignore"}),
    "sup": frozenset({"data-pagefind-ignore"}),
    "header": frozenset(
        {"data-pagefind-body", "data-pagefind-filter", "data-pagefind-meta", "data-pagefind-sort"}
    ),
}

#: A family's key, which is part of file names and addresses.
FAMILY: Final = r"[A-Za-z0-9][A-Za-z0-9_-]*"
POST_NAME: Final = rf"\d{{4}}-\d{{2}}-\d{{2}}-{FAMILY}"
#: The file of a chart.
IMAGE: Final = r"[a-z][a-z0-9-]*\.(png|webp)"
_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_NUMBER = r"\d{1,5}"
#: What a value must be, whole; attributes that are not here may hold any text.
_VALUES: Final = {
    "id": _NAME,
    "aria-describedby": _NAME,
    "aria-labelledby": _NAME,
    "lang": LANGUAGE_TAG,
    "rel": r"noopener nofollow",
    "src": IMAGE,
    "data-name": r"[a-z][a-z0-9-]*",
    "loading": r"lazy|eager",
    "scope": r"col|row",
    "datetime": r"[0-9T:+Z. -]{4,40}",
    "href": (
        rf"https?://[^\s<>]+|#{_NAME}|\.\./{POST_NAME}/index\.html(#{_NAME})?"
        r"|\.\./\.\./families/[A-Za-z0-9_-]+/index\.html|notebook\.ipynb"
    ),
    **dict.fromkeys(("width", "height", "value", "start", "colspan", "rowspan"), _NUMBER),
}  # fmt: skip


def clean_html(text: str) -> str:
    """The HTML with only what may stand in a post, on one line that begins with a tag, and its `{{` apart.

    One line, since Quarto puts it into a fenced block of Markdown, where a line of its own could end
    the fence, open a YAML block or be a shortcode. What comes out stays as it is when cleaned again.
    """
    safe = _cleaner().clean(tame(text))
    line = re.sub(r"\s+", " ", tame(safe)).strip()
    if line and not line.startswith("<"):
        line = f"<div>{line}</div>"
    return line


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(_ANYWHERE | _BY_TAG.get(tag, frozenset())) for tag in TAGS},
        attribute_filter=_allowed,
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _allowed(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if name in _CLASSES) or None
    wanted = _VALUES.get(attribute)
    if wanted is None:  # words; pandoc leaves `<` raw in them
        return inert(value)
    return value if re.fullmatch(wanted, value, re.IGNORECASE) else None
