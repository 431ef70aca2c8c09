"""What a text affirms and what it denies: predicates, each with its sign, in Chinese and English.

A predicate is a class of words that say the same in both languages (`predicates.tsv`), or the word that
follows a negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from digest_lib.checking.turns import DENIAL, LEANING, NEGATION
from digest_lib.text.lexicon import rows, words
from digest_lib.text.patterns import led

#: What may stand between a negation and what it denies.
_BETWEEN = r"(?:[\s会能将再有曾要想是被正在很太需必须进一步打算计划准备]"
_BETWEEN += r"|(?:代表|等于|意味着?)(?:\s?[a-z][a-z0-9.-]{0,20}){0,3}\s?)*"
_BETWEEN_EN = r"\s(?:(?:yet|be|been|have|has|had|also|currently|to|plan|planning|going)\s)*"
_DENIED = re.compile(
    rf"(?:(?P<zh>{_BETWEEN}(?P<word>[\u4e00-\u9fff]{{2}}))|(?P<en>{_BETWEEN_EN}(?P<stem>[a-z]{{4,}})))"
)
#: How a negation reaches a predicate further on: past what it is done to, with or for.
_REACHES = re.compile(
    rf"{_BETWEEN}(?:(?![向对在与和跟就把将以为因给替让])[\u4e00-\u9fff]){{0,2}}|\s?(?:向|对|在|与|和|跟|就|把|将|以|为|因)[^,]{{1,16}}|(?:\s[a-z]+){{0,3}}\s"
)
#: A longer «sentence» is a page without stops, or made to cost time.
LONGEST = 800
_STEM = 6
#: Words that deny in a way of their own: a clause with one does not affirm.
DARK = re.compile(
    r"取消|排除|缺乏|缺少|失去|移除|删除|反对|[拒禁阻拦限退撤零假谣非免绝停]|抵制|不实|仅|只有|除了|以外|否则"
    r"|\b(?:without|instead|only|except|hardly|lack\w*|fail\w*|refus\w+|reject\w*|stop\w*|ban\w*)\b"
)
#: Words that leave it open, or ask.
OPEN = re.compile(
    r"如果|若|[是能可]否|假如|倘|何[时日]|如何|为何|会不会|吗|传[言闻]|[谣流]言"
    r"|\b(?:unless|if|whether|rumou?rs?)\b"
)
#: What a writer advises is no fact.
ADVICE = re.compile(
    r"应(?=该|当|先|要|在|把|以|于|设|备|留|避|另|同|事)|宜(?=先|在|备|把|及|尽|留)|最好|不妨|建议|值得|务必|可以(?:先|试|考虑|留意)|可考虑|试试|试着|记得|先别"
    r"|\b(?:should|ought to|had better|worth)\b"
)
#: Words that say of what follows that it does not come about, beside the negations.
_CANCELS = led(
    r"否决|放弃|取消|中止|搁置|叫停|撤回|打消|驳回"
    r"|\b(?:reject\w*|cancel\w*|scrap(?:s|ped)|abandon\w*|shelv\w+|(?:declin|refus)\w+ to)\b"
)
#: A word that denies the class `admit`, and so a claim of it.
_DENIES = re.compile(rf"{DENIAL}|\brejected the (?:claim|allegation|report)")
#: What stands before a word that only tells which thing is used.
_ATTRIBUTE = re.compile(r"(?:基于|使用|采用|利用|运用|凭借)[^,。]{0,2}(?:未|尚未|从未|不)$")


@dataclass(frozen=True, slots=True)
class Said:
    """A predicate in a clause: which (a class, or its own word), denied or not, and the clause."""

    predicate: str
    denied: bool
    clause: str
    sentence: str


@cache
def _classes() -> re.Pattern[str]:
    """Every class as a named group of one pattern."""
    return led("|".join(f"(?P<{name}>{words(field)})" for name, field in rows("checking", "predicates.tsv")))


def _denials(clause: str) -> list[int]:
    """Where in a clause a negation ends, or a word that says the same of what follows."""
    ends = [m.end() for m in NEGATION.finditer(clause) if m.lastgroup == "no"]
    return sorted({*ends, *(m.end() for m in _CANCELS.finditer(clause))})


def classed(clauses: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """What clauses (each with its sentence) say with a class of words."""
    for clause, sentence in clauses:
        found = list(_classes().finditer(clause))
        denies = _DENIES.search(clause)
        if not (found or denies) or LEANING.search(clause):
            continue
        ends = _denials(clause)
        for match in found:
            if _ATTRIBUTE.search(clause, 0, match.start()):
                continue  # 基於未公開模型 denies nothing of what is told
            denied = _is_denied(clause, match.start(), ends) or bool(denies and denies.end() <= match.start())
            yield Said(match.lastgroup or "", denied, clause, sentence)
        if denies:
            yield Said("admit", True, clause, sentence)


def denied_words(clauses: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """The words of no class that clauses deny: each the one that follows a negation."""
    for clause, sentence in clauses:
        ends = _denials(clause)
        if not ends or LEANING.search(clause):
            continue
        starts = [m.start() for m in _classes().finditer(clause)]
        for match in (_DENIED.match(clause, end) for end in ends):
            if match and not any(
                match.start("word") <= s < match.end() or match.start("stem") == s for s in starts
            ):
                yield Said(match.group("word") or match.group("stem")[:_STEM], True, clause, sentence)


def _is_denied(clause: str, start: int, ends: list[int]) -> bool:
    """Does a negation stand right before it, but for what may stand between?"""
    return any(end <= start and _REACHES.fullmatch(clause, end, start) for end in ends)


def is_class(predicate: str) -> bool:
    """Is it a class of words, not a word?"""
    return predicate in _classes().groupindex


def clauses_of(folded: str) -> Iterator[tuple[str, str]]:
    """The clauses of a folded text, each with its sentence; none that is longer than anybody writes."""
    for sentence in re.split(r"[。;!?\n]+|\.(?=\s|$)", folded):
        for clause in re.split(r",(?!\d)|(?<!\d),", sentence) if len(sentence) <= LONGEST else ():
            yield clause, sentence
