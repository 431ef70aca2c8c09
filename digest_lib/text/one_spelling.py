"""One spelling for one word, and one name for one person, in what is told in Traditional Chinese: 週三 for
周三, 奧特曼 for Altman and 阿特曼. What is quoted, and the title of a work, keeps its own."""

from __future__ import annotations

import re

from digest_lib.text.names import Entry, known_spans
from digest_lib.text.quotation_marks import quoted

_ALL_HAN = re.compile(r"[\u3400-\u9fff·]+")
#: A day or a number of weeks; 周圍, 周邊 and 周年 are something else.
_WEEK = (
    r"周(?=[一二三四五六日末](?![圍年]))"
    r"|(?:(?<=[上下本每這當一二兩三五六七八九十數幾\d個])|(?<=\d ))周(?![一二三四五六日末圍年邊遭旋轉長刊報])"
)
#: What Taiwan's press writes in two ways, and how most of it does.
_SPELLINGS = {
    re.compile(_WEEK): "週",
    re.compile("游說"): "遊說",
    re.compile("佈署"): "部署",
    re.compile("佈"): "布",
    re.compile("臺"): "台",
    re.compile("(?<=身)份|(?<=部)份(?!子)"): "分",
}


def in_one_spelling(text: str) -> str:
    """The text with each of these words as most of Taiwan's press writes it."""
    for pattern, said in _SPELLINGS.items():
        spans = quoted(text)
        for match in reversed([*pattern.finditer(text)]):
            if not any(a <= match.start() < b for a, b in spans):
                text = text[: match.start()] + said + text[match.end() :]
    return text


def in_one_name(text: str) -> str:
    """The text with each person of the glossary by the first Chinese spelling there."""
    spans = quoted(text)
    for start, end, entry in reversed(known_spans(text)):
        said = chinese(entry)
        is_other = text[start:end] != said and _ALL_HAN.fullmatch(said)
        # Behind a bracket stands what the name before it is in letters.
        if entry.kind != "person" or not is_other or text[:start].endswith(("（", "(")):
            continue
        if not any(a <= start < b for a, b in spans):
            text = _joined(text[:start], said, text[end:])
    return text


def chinese(entry: Entry) -> str:
    """The first Chinese spelling of a name; its canonical one where the glossary has none."""
    return next((s for s in entry.spellings if _ALL_HAN.fullmatch(s)), entry.canonical)


def _joined(before: str, said: str, after: str) -> str:
    """A Chinese name between what stands around it, without the room that a Latin one had there."""
    before = re.sub(r"(?<=[\u3400-\u9fff]) $", "", before).removesuffix(said)
    after = re.sub(r"^ (?=[\u3400-\u9fff「])", "", after)
    while after.lstrip().startswith(said):
        after = after.lstrip().removeprefix(said)
    return f"{before}{said}{after}"
