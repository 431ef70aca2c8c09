"""Plain text from what feeds and files call text: no markup, no control characters, one line."""

from __future__ import annotations

import html
import re
import unicodedata

#: A summary is what a publisher's feed says in a few sentences; more is a full text, and read elsewhere.
SUMMARY_LIMIT = 600

#: Longer than any headline that was ever printed; a longer one is an attack or a mistake.
TITLE_LIMIT = 300

_BLOCK = re.compile(r"<(?=/?(?:p|br|div|li|ul|ol|h\d|tr|td|blockquote|figure|section)\b)", re.I)
_BLOCKS = (
    "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "table", "blockquote",
    "figure", "figcaption", "section", "article", "header", "footer", "aside", "nav", "hr", "dl", "dt", "dd",
    "pre",
)  # fmt: skip
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(_BLOCKS)})\b[^>]*>")
_LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
_LINK_TAG = re.compile(r"</?a\b[^>]*>")
_WORD = re.compile(r"\w{2}|[\u3400-\u9fff\u3040-\u30ff]")
#: What is linked as a whole and is a sentence may be the news itself.
_SENTENCE = re.compile(r".{20}[。！？.!?]$")
#: Control characters and lone surrogates: not text, and not all formats can carry; tab and line end stay.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Characters that make an XML parser give up on the whole document (XML 1.0, section 2.2).
XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Zero-width marks, soft hyphens, what turns the direction of the text around it, and characters for private
#: use, which pages draw with fonts of their own.
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_SENTENCE_END = re.compile(r"[。！？!?]|\.(?=\s)")
_WORD_END = re.compile(r"[\s，、；：,;]")


def storable(text: str) -> str:
    """The text without what cannot be stored, in Unicode's composed form (NFC), trimmed."""
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("", text)).strip()


def one_line(text: str) -> str:
    """`storable`, with every run of white space as one space and no invisible characters."""
    return " ".join(_INVISIBLE.sub("", storable(text)).split())


def from_html(markup: str) -> str:
    """What a reader would see of the markup, in one line; scripts and styles are gone."""
    import nh3

    # A space where a block begins, or words of neighbouring paragraphs run together.
    spaced = _BLOCK.sub(" <", markup)
    return one_line(html.unescape(nh3.clean(spaced, tags=set(), attributes={})))


def paragraphs(markup: str) -> list[str]:
    """The markup's blocks as a reader would see them, each in one line; none that only links elsewhere (read
    on, share, a list of other stories), unless what it links is a sentence."""
    if "<" not in markup:
        return [text] if (text := from_html(markup)) else []
    import nh3

    kept = nh3.clean(markup, tags={"a", *_BLOCKS}, attributes={}, link_rel=None)
    found = []
    for block in _BLOCK_TAG.split(kept):
        text = one_line(html.unescape(_LINK_TAG.sub("", block)))
        rest = _LINK.sub("", block)
        only_links = rest != block and not _WORD.search(html.unescape(rest))
        if text and not (only_links and not _SENTENCE.search(text)):
            found.append(text)
    return found


def shortened(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """At most `limit` characters, ending after a sentence or, failing that, after a word with «…».

    Never within a number: a figure cut in two would be another figure.
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    for pattern, mark in ((_SENTENCE_END, ""), (_WORD_END, "…")):
        ends = [match.end() for match in pattern.finditer(head)]
        if ends and ends[-1] > limit // 2:
            return head[: ends[-1]].rstrip() + mark
    return re.sub(r"[\d.,]+$", "", head) + "…"
