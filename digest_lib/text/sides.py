"""Directed verbs, and where in a sentence their two sides stand.

A verb of `verbs.tsv` has a doer and another side; the passive (被, 遭, 由, by) and prepositions (對, 向, 從)
tell which part of the clause holds which, and so does who is made to do it (要求 X 賠償, orders X to pay).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest_lib.text.lexicon import pattern, rows, words
from digest_lib.text.patterns import led

#: Where a clause ends. A comma between digits does not end one.
_END = re.compile(r"[。;!?\n:]|\.(?=\s|$)|,(?!\d)")
#: What closes the object of a verb: the next verb has an object of its own.
_NEXT = re.compile(r"但|而(?!非)|并(?!购)|\b(?:but|while|and then|although|which|who|because)\b")
_PASSIVE = re.compile(r"被|遭到?|由(?!于)|获得?|受到?(?!惠|益)")
_TOWARDS = re.compile(r"针对|对(?!手|象|抗|话)|向|为(?!了|止|首)|替|从")
_TAKEN = re.compile(r"把|将")
_WITH = re.compile(r"用(?!户|量|途)|以")
#: What makes somebody else do it: X of 要求 X 賠償 pays, not who requires it.
_CAUSE = re.compile(
    r"(?<!应)要求|勒令|责令|[命下]令|敦促|促请|吁请|请求|呼吁|(?<![谈裁审批评研])判(?:决|令|处)?(?!断)|裁定|逼迫?|迫使|强[制迫]"
)
_CAUSED = re.compile(
    r"\b(?:ask|order|forc|requir|urg|tell|compel|demand)(?:e?s|e?d|ing|e)?\b(?: that)?([^,]*?)(?:\bto )?$"
)
_BE = re.compile(r"\b(?:is|was|are|were|be|been|being|get|gets|got)\s(?:\w+ly\s|also\s)?$")
_BY = re.compile(r"\bby\b")


@dataclass(frozen=True, slots=True)
class Verb:
    """A directed verb in a text: its groups, each with whether its subject is the group's doer."""

    start: int
    end: int
    groups: frozenset[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Sides:
    """The parts of a sentence, as (start, end), in which a verb's doer and its other side stand."""

    doer: tuple[tuple[int, int], ...]
    other: tuple[tuple[int, int], ...]

    def turned(self) -> Sides:
        """Seen from the other end of the verb."""
        return Sides(self.other, self.doer)


@cache
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(
        (group, sign == "+", pattern(w)) for group, sign, w in rows("text", "verbs.tsv") if sign != "~"
    )


@cache
def _any_verb() -> re.Pattern[str]:
    """Any directed verb: most sentences have none, which one look tells."""
    return led("|".join(words(w) for _, sign, w in rows("text", "verbs.tsv") if sign != "~"))


def verbs(folded: str) -> list[Verb]:
    """The directed verbs of a folded text, in order."""
    if not _any_verb().search(folded):
        return []
    found: dict[tuple[int, int], set[tuple[str, bool]]] = {}
    for group, active, told in _patterns():
        for match in told.finditer(folded):
            found.setdefault(match.span(), set()).add((group, active))
    return [Verb(*span, frozenset(groups)) for span, groups in sorted(found.items())]


def sides(text: str, verb: Verb, *, wide: bool = False) -> Sides:
    """Where in a folded sentence the doer and the other side of this verb stand, as a subject sees it;
    `wide`: the subject may stand in a clause before."""
    start = max(
        (m.end() for m in _END.finditer(text, 0, verb.start) if not (wide and m.group() == ",")), default=0
    )
    ends = [m.start() for p in (_END, _NEXT) for m in p.finditer(text, verb.end)]
    end = min(ends, default=len(text))
    if text[verb.start].isascii():
        return _english_sides(text, verb, start, end)
    return _chinese_sides(text, verb, start, end)


def _english_sides(text: str, verb: Verb, start: int, end: int) -> Sides:
    by = _BY.search(text, verb.end, end)
    before, after = (start, verb.start), (verb.end, end)
    if caused := _made_to(text, *before):
        return Sides((caused,), (after,))
    if by and text[verb.start : verb.end].endswith(("ed", "t", "n", "sued", "ght")):
        return Sides(((by.end(), end),), (before,))
    if _BE.search(text, start, verb.start) and not text[verb.start : verb.end].endswith("ing"):
        return Sides((), (before,))
    to = re.compile(r"\b(?:to|from)\b").search(text, verb.end, end)
    if to and any(group == "goods" for group, _ in verb.groups):
        after = (to.end(), end)
    return Sides((before,), (after,))


def _chinese_sides(text: str, verb: Verb, start: int, end: int) -> Sides:
    before, after = (start, verb.start), (verb.end, end)
    passive = _last(_PASSIVE, text, *before)
    cause = _last(_CAUSE, text, *before)
    if cause and (passive is None or passive.start() < cause.start()):
        return Sides((_caused(text, start, cause, passive, verb),), (after,))
    if passive:
        return Sides(((passive.end(), verb.start),), ((start, passive.start()),))
    towards = _last(_TOWARDS, text, *before)
    if towards and towards.end() < verb.start:
        return Sides(((start, towards.start()),), ((towards.end(), verb.start), after))
    taken = _last(_TAKEN, text, *before)
    if taken and towards is None:
        return Sides(((start, taken.start()), (taken.end(), verb.start)), (after,))
    used = _last(_WITH, text, *before)
    if used and any(group == "replace" for group, _ in verb.groups):
        return Sides(((used.end(), verb.start),), (after,))
    return Sides((before,), (after,))


def _caused(
    text: str, start: int, cause: re.Match[str], passive: re.Match[str] | None, verb: Verb
) -> tuple[int, int]:
    """Where the one stands who is made to do it: behind the cause, before 被 or 遭; nowhere for 要求賠償."""
    if text[cause.end() : verb.start].strip():
        return cause.end(), verb.start
    return (start, passive.start()) if passive else (cause.end(), cause.end())


def _made_to(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in an English sentence the one stands who is asked, ordered or forced to do it."""
    found = _CAUSED.search(text, start, end)
    if found is None:
        return None
    if found[1].strip():
        return found.span(1)
    was = _BE.search(text, start, found.start())  # Google is ordered, or in a headline «Google ordered», to
    return start, was.start() if was else found.start()


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(text, start, end), key=lambda m: m.start(), default=None)
