"""Titles that were run together with what stood beside them, and summaries that begin with the title.

«Jul 28, 2026Frontier Red TeamDiscovering …»: a list of pages was read as one text. A date at the edge of a
title that no space parts from it is taken off, and the name of a section that several entries have there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:{_MONTH}\s+\d{{1,2}},?\s+20\d\d|\d{{1,2}}\s+{_MONTH}\s+20\d\d|20\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    r"|20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
)
#: Right before the title, or right after it: with a space it may be the title's own date.
_DATE_FIRST = re.compile(rf"{_DATE}(?=[^\W\d_]|[「『《【“])")
_DATE_LAST = re.compile(rf"(?<=[^\W\d_!?。！？」』》】”]){_DATE}$")
_MINUTES = re.compile(r"(?<=\S)\d{1,2} min(?:ute)?s? read$")
#: A capital that begins a word right after a small letter: where two texts were joined, or within a name.
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z][a-z’']|[A-Z]\s)")
_SECTION = re.compile(r"[A-Z][\w&’']*(?: (?:[A-Z&][\w&’']*|and|of|the|for|in))*$")
#: Names of sections that are one word, which within a name («YouTube») would be no joint.
_ONE_WORD = frozenset((
    "Announcements", "Announcement", "Product", "Products", "Research", "Policy", "News", "Engineering",
    "Company", "Safety", "Security", "Alignment", "Interpretability", "Customers", "Events", "Education",
    "Publication", "Release", "Releases", "Blog", "Article", "Featured", "Agents", "Models", "Updates",
    "Community", "Partnerships",
))  # fmt: skip
_LEAST = 2
#: Fewer are no sentence.
_WORDS = 6
_MARKS = " \t|｜:：—–-・·•.。…>»"
#: A title may be the beginning of its first sentence: what follows must begin anew.
_ANEW = re.compile(
    r"(?:The|A|An|In|On|At|It|Its|He|She|They|We|But|And|For|This|That|These|When|While|After|Before|Today|Some|If"
    r"|Our|You|There|With|From|As|By)\b"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def without_neighbours(titles: Sequence[str], urls: Sequence[str]) -> list[tuple[str, str]]:
    """The titles of one feed's entries, each without the date and the section that were run together with it,
    and beside it the text that was. `urls` are the entries': an address often begins with the title's words.
    """
    dated = [_undated(title) for title in titles]
    joined = [title != was for title, was in zip(dated, titles, strict=True)]
    sections = Counter(_section(title) for title, is_joined in zip(dated, joined, strict=True) if is_joined)
    known = {name for name, times in sections.items() if name and (times >= _LEAST or name in _ONE_WORD)}
    told = []
    for title, url, is_joined in zip(dated, urls, joined, strict=True):
        section = _section(title) if is_joined else ""
        if section and (section in known or _begins(title.removeprefix(section), url)):
            title = title.removeprefix(section)  # noqa: PLW2901
        told.append(_parted(title) if is_joined else (title, ""))
    return told


def _begins(title: str, url: str) -> bool:
    """Whether the last step of the address begins with the title's first word."""
    first = re.match(r"[A-Za-z]{2,}", title)
    return first is not None and bool(re.search(rf"/{first.group().lower()}s?[-_][^/]*/?$", url.lower()))


def _parted(title: str) -> tuple[str, str]:
    """The title, and a sentence of the text that begins in it without a space."""
    for joint in _JOINT.finditer(title):
        rest = title[joint.start() :]
        if rest.endswith((".", "?", "!")) and len(rest.split()) >= _WORDS:
            return title[: joint.start()], rest
    return title, ""


def _undated(title: str) -> str:
    title = _MINUTES.sub("", title)
    if (found := _DATE_FIRST.match(title)) or (found := _joined_date(title)):
        title = title[: found.start()] + title[found.end() :]
    return _DATE_LAST.sub("", title).strip()


def _joined_date(title: str) -> re.Match[str] | None:
    """A date that stands between the section and the title, parted from neither."""
    for found in re.finditer(rf"(?<=[a-z]){_DATE}(?=[^\W\d_])", title):
        if title[: found.start()] in _ONE_WORD or _SECTION.match(title[: found.start()]):
            return found
    return None


def _section(title: str) -> str:
    """What stands before the first joint, where it can be the name of a section."""
    joint = _JOINT.search(title)
    if joint is None:
        return ""
    name = title[: joint.start()]
    return name if _SECTION.match(name) and (" " in name or name in _ONE_WORD) else ""


def without_title(summary: str, title: str) -> str:
    """The summary without the title that it begins with, where what follows begins anew."""
    if not title or not summary.startswith(title):
        return summary
    rest = summary[len(title) :]
    if not rest.strip(_MARKS):
        return ""
    told = rest.lstrip(_MARKS)
    parted = rest[:1] in "|｜—–\n" or rest[:2] in {"- ", ". ", "。 "} or rest.startswith(" - ")
    han = bool(_HAN.match(title[-1]) and _HAN.match(told) and rest[:1].isspace())
    return told if parted or han or _ANEW.match(told) else summary
