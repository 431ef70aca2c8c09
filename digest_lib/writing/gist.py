"""The gist of an English headline in Traditional Chinese: who did what to what, with which figure.

Made by a lexicon and a grammar (`titles/`), and by rules for what is always said alike (`gists.tsv`; those
with a ! before the grammar, the others after it, those with a ? behind it; those with a ~ say what somebody
writes about), where every part is sure: each name must be told as a name, each figure be read, and nothing of
the headline may turn what is said (a denial, a question, a hedge that is not kept). No piece of English but
names stands in it; what only adds to it is left out. Anything else has no gist, and its title is quoted in a
frame: a wrong gist is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count

from digest_lib.text.english import is_common, is_in_capitals
from digest_lib.text.names import glossary, latin_names
from digest_lib.text.scripts import fold
from digest_lib.writing.titles.amounts import money
from digest_lib.writing.titles.held import aim_in, deed_in
from digest_lib.writing.titles.joints import MONTHS
from digest_lib.writing.titles.naming import in_chinese
from digest_lib.writing.titles.pieces import adds_only, named, noun_in, piece_of
from digest_lib.writing.titles.segment import Told
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.tokens import is_known, is_raised
from digest_lib.writing.titles.told import partly, told, topic

#: A word with a capital or a digit in it, as names of this field have: OpenAI, xAI, iOS, 5.6.
_WORD = r"(?=[\w.+/&'-]*[A-Z0-9\u00c0-\u00de])[A-Za-z0-9\u00c0-\u024f][\w\u00c0-\u024f.+/&'!-]*"
_NAME = rf"{_WORD}(?: (?:of |& )?{_WORD}){{0,4}}?"
_LONG_NAME = rf"{_WORD}(?: (?:(?:of|for) |& )?{_WORD}){{0,5}}?"
_AMOUNT = r"(?:US)?[$€£] ?\d[\d,.]* ?(?:k|m|mn|b|bn|t|thousand|million|billion|trillion)?"
#: Counts that headlines write out, from two on.
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
#: The slots of a pattern, as expressions.
_SLOTS = {
    **dict.fromkeys("ABCNT", rf"(?-i:{_NAME})"), **dict.fromkeys("GS", rf"(?-i:{_LONG_NAME})"),
    **dict.fromkeys("MW", _AMOUNT), "I": r"[A-Za-z][\w.-]*",
    "V": r"v?\d+(?:\.\d+)+(?:[.-]?(?:rc|b|beta|alpha|a)\.?\d*)?", "P": r"(?:up to )?\d+(?:\.\d+)? ?%",
    "X": r"[A-Za-z][^:?;,]*?", **dict.fromkeys("FHL", r"[^:?;|—–]+?"),
    "Z": rf"(?:\d{{1,2}}|{'|'.join(_COUNTED)})",
    "K": r"\d[\d,]*", "R": r".+",
    "E": rf"(?:{'|'.join(MONTHS)}) \d{{1,2}}, 20\d\d",
    "Y": r"20\d\d", "D": rf"(?:{'|'.join(MONTHS)})(?: 20\d\d)?",
    "Q": r"(?:Q[1-4](?: 20\d\d)?|[1-4]Q ?(?:20)?\d\d|(?:first|second|third|fourth)[- ]quarter)",
}  # fmt: skip
#: Where the first part of a headline ends. ChatGPT for Excel is not ChatGPT: a product's name goes so far.
_STOP = r"(?:$|[:;|—–] ?(?P<more>.*)| [—–|-] (?P<more_>.*))"
_ADDS = "with|to|as|for|in|on|from|led by|at|across|over|alleging|claiming|amid|after|that|and more"
#: Where what follows an event adds to it and does not change it.
_END = rf"(?:{_STOP}|, (?P<more__>.*)|(?P<more___> (?:{_ADDS})\b.*))"
_GOES_ON = re.compile(r"(?:For|With|To|In|On|From|Over|At|After|Across) [A-Z]")
#: Words that make of an event a wish, a rumour, a denial or a question. A rule that keeps them has them.
_TURNS = re.compile(
    r"\b(?:not|never|no longer|denies|denied|deny|may|might|could|would|should|plans?|planning|considers?"
    r"|considering|reportedly|rumou?red|rumou?rs?|alleged(?:ly)?|wants?|hopes?|if|without|instead|fake|why|whether"
    r"|almost|nearly|fails?|failed|refuses?|stops?|halts?|delays?|cancels?|talks)\b|\?",
    re.IGNORECASE,
)
#: The title of a release: a version, a part of the program before it, how it was built behind it.
_RELEASE = re.compile(
    r"(?:Release:? )?((?:[a-z][\w-]*-)?v?\d+(?:\.\d+)+(?:[-.]?[a-z]+\.?\d*)?)(?: [·(].*)?", re.I
)
_TAG = re.compile(r"^\s*[\[【][^\]】]{1,24}[\]】]\s*")
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
#: What has a number and is no program.
_NUMBERED = frozenset(
    ["version", "release", "update", "chapter", "part", "section", "episode", "season", "volume", "vol",
     "issue", "lesson", "phase", "stage", "level", "table", "figure", "rule", "report", "web", "industry",
     "the", "a", "an", "over", "about", "nearly", "by", "with", "in", "of", "to", "for", "on", "and", "vs",
     "magnitude"]
)  # fmt: skip
#: What joins the words of a name.
_JOINING = frozenset({"of", "for", "&"})


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    says: str
    hedged: bool
    when: str  #: "!": it comes before the grammar of titles; "?": behind all that reads more of one
    is_topic: bool  #: what it says is what somebody writes about, without who does


def gist(title: str, *, vendor: str = "", program: str = "") -> Told | None:
    """What an English `title` says, in Traditional Chinese; None where a part of it is not sure.

    `vendor` is who published it, where it stands on the vendor's own page; `program` whose releases the page
    tells of, where it does.
    """
    if program and (version := _RELEASE.fullmatch(title.strip())):
        return Told(f"{program} {version[1]} 發布")
    text = " ".join(_TAG.sub("", title).replace("’", "'").split()).rstrip(". !")
    whole = _by_rule(text, vendor, "!") or told(title, vendor)
    event = whole or _by_rule(text, vendor) or partly(title, vendor)
    return event or _by_rule(text, vendor, "?") or topic(title, vendor)


def _by_rule(text: str, vendor: str, when: str = "") -> Told | None:
    """The first rule of the table that holds, of those that come then."""
    capitals = is_in_capitals(text) or is_raised(text)
    turns = bool(_TURNS.search(re.sub(r"\bMay(?= \d)", "", text)))
    for rule in _rules():
        if ("{O}" in rule.says and not vendor) or rule.when != when:
            continue
        match = rule.pattern.fullmatch(text)
        if match is None or (not rule.hedged and turns):
            continue
        groups = {group: part.strip() for group, part in match.groupdict().items() if part}
        more = next((part for group, part in groups.items() if group.startswith("more")), "")
        # Teach For All is one name.
        if not capitals and _GOES_ON.match(more):
            continue
        filled = {group[0]: part for group, part in groups.items() if not group.startswith("more")}
        parts = {slot: _said(slot, part, text, capitals, vendor) for slot, part in filled.items()}
        # Two 的 in a row are no headline.
        heavy = any("的" in (said or "") and f"{{{slot}}}的" in rule.says for slot, said in parts.items())
        if all(parts.values()) and adds_only(more) and not heavy:
            return Told(spaced(rule.says.format(O=vendor, **parts) + aim_in(more, vendor)), rule.is_topic)
    return None


def _said(slot: str, part: str, title: str, capitals: bool, vendor: str) -> str | None:
    """A part of a headline as the gist says it; None where it is not surely what its slot wants."""
    if slot in "FR":
        return noun_in(part, vendor, raised=is_raised(title))
    if slot == "L":
        return named(piece_of(part, raised=is_raised(title)))
    if slot == "H":
        return deed_in(part, vendor, raised=is_raised(title))
    if slot in _SAID:
        return _SAID[slot](part)
    if slot == "I":
        return part if "-" in part or not is_common(part.lower()) else None
    return in_chinese(re.sub("'s ", " 的 ", part)) if _is_name(slot, part, title, capitals) else None


def _is_name(slot: str, part: str, title: str, capitals: bool) -> bool:
    """Is this surely a name? In a headline that gives every word a capital, or at the beginning of any, a
    capital says nothing, and a common word may be any word."""
    words = [word for word in part.split() if word not in _JOINING]
    # OpenAI-backed: what is built of a name is none.
    if any(re.search(r"-[a-z]+ed$|^(?:I|[Ww]e|[Yy]ou|[Tt]hey|[Ss]?[Hh]e|[Ii]t)'", word) for word in words):
        return False
    # Auroxa for Teachers is a name by itself, Auroxa for Excel may be what is made for it.
    common = any(is_common(word.lower()) and not is_known(word) for word in words[1:])
    if slot == "S" and not (common and " for " in part):
        return False
    if fold(part) in glossary():
        return True
    # Beside a Chinese character, a capital means a name, and trade words (AI, API) are told as such.
    named = [bool(latin_names(f"是{word}")) or word[0].isdigit() for word in words]
    told = [
        fold(word) in glossary()
        or (slot in "ABC" and word.isupper() and len(word) > 1)
        or not is_common(re.sub(r"'s$", "", word).lower())
        for word in words
    ]
    if not any(named) or not words:
        return False
    if capitals:
        return all(told) if slot in "NGS" else any(told) if slot == "T" else told[0]
    # Cognizant and Anthropic: beside a well-known name.
    beside = re.match(rf"{re.escape(part)} and ([\w.]+)", title)
    known = told[0] or slot == "T" or bool(beside and fold(beside[1]) in glossary())
    return known if title.startswith(part) else True


def _month(text: str) -> str:
    """A month as Taiwan writes it: `May 2024` is 2024 年 5 月."""
    name, _, year = text.lower().partition(" ")
    return f"{f'{year} 年 ' if year else ''}{MONTHS.index(name) + 1} 月"


def _day(text: str) -> str:
    """A date as Taiwan writes it."""
    month, day, year = text.lower().replace(",", "").split()
    return f"{year} 年 {MONTHS.index(month) + 1} 月 {day} 日"


def _quarter(text: str) -> str | None:
    if text.lower().startswith("series "):
        return f" {text[-1].upper()} 輪"
    year = re.search(r"(?:20)?(\d\d)$", text)
    number = re.search(r"Q([1-4])|([1-4])Q", text)
    which = int(number[1] or number[2]) if number else _QUARTERS.get(re.split(r"[- ]", text.lower())[0])
    if which is None:
        return None
    return f" 20{year[1]} 年第 {which} 季" if year else f"第 {which} 季"


def _program(text: str) -> str | None:
    """What has a version, by its name, which may be common words: Mesa 26.2; None of what is but numbered."""
    words = text.split()
    if len({word.lower() for word in words}) < len(words):
        return None
    called = all(word[0].isupper() or word[0].isdigit() for word in words) or len(words) == 1
    return text if called and not _NUMBERED & {word.lower() for word in words} else None


#: What is told of the slots that are no names.
_SAID: dict[str, Callable[[str], str | None]] = {
    "M": money, "W": money, "Q": _quarter, "D": _month, "E": _day, "V": str, "K": str, "Y": str,
    "X": _program,
    "Z": lambda said: said if said.isdigit() else str(_COUNTED.index(said.lower()) + 2),
    "P": lambda share: f"最多 {share[6:].strip()}" if share.lower().startswith("up to") else share,
}  # fmt: skip


@cache
def _rules() -> tuple[_Rule, ...]:
    table = files("digest_lib.writing").joinpath("gists.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(
        _Rule(
            name,
            _compiled(pattern),
            says,
            bool(_TURNS.search(pattern)),
            next((mark for mark in "!?" if mark in name), ""),
            "~" in name,
        )
        for name, pattern, says in rows
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern as an expression; its own words in any case, its names as they are written. Its groups
    are the slots, numbered, since a slot may stand in each of two branches, of which one is filled."""
    number = count()
    slots = re.sub(r"\{([A-Z])\}", lambda m: f"(?P<{m[1]}{next(number)}>{_SLOTS[m[1]]})", pattern)
    return re.compile(slots.replace("{END}", _END).replace("{STOP}", _STOP), re.IGNORECASE)
