"""The publishers that a text names: digits and marks in a publisher's name state and quote nothing.

36氪 is no number, The 19th no rank, 《財訊》 no title that a source must hold. What stands beside a name is
checked as everything is, and a name that would read as a claim of its own (AI 3.0, 10億觀察) is a
publisher's only where the text has it report: 「AI 3.0 報導」, not 「推出 AI 3.0」.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.articles.article import Article
from digest_lib.checking.reasons import Reason
from digest_lib.text.number_patterns import MAKES_FIGURE
from digest_lib.text.numbers import Quantity, stated
from digest_lib.text.quantity import VERSION
from digest_lib.text.scripts import fold, to_traditional

#: A longer one is no name, but a text in its place.
LONGEST = 60
#: Private characters, one a name: they are no digit, letter or mark, and can be told apart again.
FIRST_SIGN = 0xE000
MOST_SIGNS = 0x1000
#: What parts a feed's title into its publisher's name and what else it says: 36氪 - 让一部分人先看到未来.
_TITLE_PARTS = re.compile(r"\s+[-–—|:·]\s+|\s*[|｜：]\s*|:\s+")
#: Words, and each of the other characters.
_TOKEN = re.compile(r"[a-z]+|\d+|\S")
_MARKS = frozenset("「」『』“”\"'《》〈〉")

_DATE = r"(?:\d{4}\s?[年/.-]\s?)?\d{1,2}\s?[月/.-]\s?\d{1,2}(?:\s?[日号])?"
_DATE += r"|\d{4}-\d{2}-\d{2}|[本今昨]日|[周週][一二三四五六日]"
SIGNS = r"[\ue000-\uefff]+"
#: What may stand between a publisher's name and what it does.
BETWEEN = (
    rf"(?:\s|{_DATE}|{SIGNS}|[、,,和与及跟は於于在的等也]|官方|网站|网|媒体|记者|以[英日韩外]文|独家|随后|稍早"
    r"|and|on|in (?:chinese|japanese|korean|english)|英語で|英语で|[中韩]国[語语]で|次のように){0,12}"
)
REPORTS = (
    r"(?:报导|报道|报じ|報じ|伝え|掲載|指出|称[,:\s「]|写道|表示|引述|转述|援引|获悉|刊出|刊载|刊登|披露|透露|揭露|评论|分析指|消息"
    r"|によると|によれば|report(?:s|ed|ing)?\b|sa(?:ys|id)\b|wrote\b|writes\b|noted\b|ran a\b|told\b"
    r"|(?:发布|発表した|announced)[^。;!?「“]{0,40}[「“]|「[^」]{1,200}」と題する|:\s?[「『“])"
)
_AFTER = re.compile(rf"(?:{BETWEEN}){REPORTS}")
#: What hands over to a publisher's name.
BEFORE = re.compile(
    r"(?:根据|依据|依照|据|引述|引用|援引|转述|转引(?:自)?|来源[:为是]?|according to|as reported by"
    rf"|cit(?:ed|ing)|via|(?:媒体|网站|外媒|报纸|杂志))\s?(?:{SIGNS}[、,和与及\s]*)*[「《]?\s?$"
)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A text without the publishers' names that it has: each is blanked, so that the rest keeps its place."""

    text: str
    #: the names as the text has them, by the character that stands for them
    names: tuple[str, ...] = ()

    def restored(self, reason: Reason) -> Reason:
        """The reason with the names back in what it repeats of the text."""
        return Reason(reason.key, tuple(self.filled(part) for part in reason.parts))

    def filled(self, part: str) -> str:
        """A part of the text with the names back in it."""
        for number, name in enumerate(self.names):
            sign = chr(FIRST_SIGN + number)
            if sign in part:
                start = part.index(sign)
                part = part[:start] + name[: part.count(sign)] + part[start:].lstrip(sign)
        return part


def unnamed(text: str, articles: Iterable[Article]) -> Unnamed:
    """The text without the names of the articles' publishers, where a name has digits or marks in it and is
    used as a name."""
    patterns = [p for a in by_publisher(articles) for p in _patterns(a)]
    if not patterns:
        return Unnamed(text)
    folded, names = fold(text), list[str]()
    for distinct in (True, False):  # those that are plain first: they may stand beside the others
        for name in (p for p in patterns if p.distinct is distinct):
            for start, end in name.places(folded):
                if len(names) == MOST_SIGNS:
                    break
                blank = chr(FIRST_SIGN + len(names)) * (end - start)
                names.append(text[start:end])
                text = text[:start] + blank + text[end:]
                folded = folded[:start] + blank + folded[end:]
    return Unnamed(text, tuple(names))


def without_own(text: str, own: Iterable[str]) -> str:
    """The text without the names of whom the run is about: o3 in a count of its articles is no number."""
    folded = fold(text)
    for name in own:
        for start, end in _Name(written(name), distinct=True).places(folded):
            folded = folded[:start] + "\ue000" * (end - start) + folded[end:]
    return "".join(b if b == "\ue000" else a for a, b in zip(text, folded, strict=True))


def by_publisher(articles: Iterable[Article]) -> list[Article]:
    """One article a publisher, the longest names first: the short one may be a part of the long one."""
    one = {(a.publisher, a.lang): a for a in articles if a.publisher}
    return sorted(one.values(), key=lambda a: (-len(a.publisher), a.publisher, a.lang))


@dataclass(frozen=True, slots=True)
class _Name:
    """A spelling of a publisher's name; `distinct`: nobody writes it but to name the publisher."""

    pattern: re.Pattern[str]
    distinct: bool

    def places(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where a folded text has it as a name."""
        for match in list(self.pattern.finditer(folded)):
            start, end = match.span()
            if not is_whole(folded, start, end):
                continue
            if self.distinct or _AFTER.match(folded, end) or BEFORE.search(folded[:start]):
                yield start, end


@lru_cache(maxsize=2048)
def spellings(article: Article) -> tuple[str, ...]:
    """How the article's publisher may be written: as it is, as the post writes it, and the title's parts."""
    whole = {article.publisher, article.publisher_in("zh-TW"), to_traditional(article.publisher)}
    parts = {part for name in whole for part in _TITLE_PARTS.split(name)}
    spelled = sorted({n.strip() for n in whole | parts if n.strip()}, key=lambda n: (-len(n), n))
    return tuple(n for n in spelled if len(n) <= LONGEST)


@lru_cache(maxsize=2048)
def _patterns(article: Article) -> tuple[_Name, ...]:
    """The spellings of the article's publisher that have digits or marks in them."""
    return tuple(
        _Name(written(n), _is_distinct(n))
        for n in spellings(article)
        if stated(n) or _MARKS & set(n) or any(c.isdigit() for c in n)
    )


@lru_cache(maxsize=2048)
def written(name: str) -> re.Pattern[str]:
    """The name in any script, width and spacing."""
    return re.compile(r"\s?".join(re.escape(token) for token in _TOKEN.findall(fold(name))) or r"(?!)")


def _is_distinct(name: str) -> bool:
    """Would the name, were it no publisher's, state nothing in particular? 36氪 would not; AI 3.0, 10億觀察,
    The 19th and a bare 360 would, and one that ends in a number would take what follows as its unit."""
    folded = fold(name)
    if (
        _MARKS & set(name)
        or folded[-1].isdigit()
        or not re.search(r"[a-z\u3040-\u30ff\u3400-\u9fff]", folded)
    ):
        return False
    return all(_is_bare(quantity) for quantity in stated(name))


def _is_bare(quantity: Quantity) -> bool:
    """A number alone, without unit, scale or what it is the version of."""
    if quantity.unit == VERSION:
        return quantity.said[:1].isdigit() and not quantity.exact.count(".")
    return not quantity.unit and bool(re.fullmatch(r"\d+|[A-Za-z]+", quantity.said))


def is_whole(folded: str, start: int, end: int) -> bool:
    """Is it no part of a longer word or number?"""
    before, after = folded[:start], folded[end:]
    first, last = folded[start], folded[end - 1]
    if first.isascii() and first.isalnum() and re.search(r"[a-z0-9]$|\d[.,:/%~–-]\s?$", before):
        return False
    if first.isdigit() and re.search(r"[$€£¥+±第百千万亿]\s?$|-$", before):
        return False
    if last.isascii() and last.isalnum() and re.match(r"[a-z0-9]|[.,:/~–-]\s?\d", after):
        return False
    return not (last.isdigit() and MAKES_FIGURE.match(after.lstrip()))
