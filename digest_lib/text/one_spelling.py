"""One spelling for one word, and one name for one person, in what is told in Traditional Chinese: 週三 for
周三, 奧特曼 for Altman and 阿特曼. What is quoted, and the title of a work, keeps its own."""

from __future__ import annotations

import re

from digest_lib.text.names import Entry, known_spans
from digest_lib.text.quotation_marks import quoted

#: What touches a name may make it a part of another; but not who somebody is.
_TOUCHES_BEFORE = re.compile("[A-Za-z0-9.·•‧・@_-] ?$")
_TOUCHES_BEHIND = re.compile("[A-Za-z0-9'’·•‧・@_-]| [A-Z]| Jr")
_OFFICE = re.compile(r"(?<![A-Za-z])(?:CEO|CFO|CTO|COO) ?$")
#: Spellings that are a first name or a word by themselves.
_NOT_ALONE = frozenset({"伊爾亞", "劈柴"})
_ALL_HAN = re.compile(r"[\u3400-\u9fff·]+")
#: What follows a week or a day of it; what follows the surname 周 is a given name (周鴻禕, 周六福).
_GOES_ON = (
    "的在於起前後內凌清早上中下晚深夜午間初稍傍宣公發表報推將與和至到開舉正已也就才更再首傳揭出召接證回登對向"
)
_BEHIND = rf"(?=$|[^\u3400-\u9fff]|[{_GOES_ON}])"
#: A day or a number of weeks; 周圍, 周邊 and 周年 are something else.
_WEEK = (
    rf"周(?=[一二三四五六日末]{_BEHIND})"
    rf"|(?<=[上下本每這當一二兩三五六七八九十數幾個])周{_BEHIND}"
    r"|(?:(?<=\d)|(?<=\d ))周(?=[內後前來的以，。]|$)"
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
        if text[start:end] in _NOT_ALONE or _is_of_another(text[:start], text[end:]):
            continue
        if not any(a <= start < b for a, b in spans):
            text = _joined(text[:start], said, text[end:])
    return text


def _is_of_another(before: str, after: str) -> bool:
    """Is a name a part of another one: Jack Altman, Trump Mobile, 伊爾亞·波洛蘇欣?"""
    if _OFFICE.search(before):
        before = ""
    return bool(_TOUCHES_BEFORE.search(before) or _TOUCHES_BEHIND.match(after))


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
