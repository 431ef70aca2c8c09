"""Who does what to whom: does a sentence put two sides of a verb in each other's place?

For each directed verb of a claim (`verbs.tsv`) its two sides are read from the clause, the passive (被, 遭, 由,
by) and the prepositions (對, 向, 從) taken into account; then the sentences of the sources with a verb of the
same group say on which side each of the two stands. A claim is reversed where a source has the two the other
way round and none has them as the claim does. Where a side cannot be told, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from digest_lib.checking.evidence import Evidence
from digest_lib.checking.lexicon import pattern, rows, words
from digest_lib.text.names import known_spans, latin_names
from digest_lib.text.scripts import fold

#: Where a clause ends. A comma between digits does not end one.
_END = re.compile(r"[。;!?\n:]|\.(?=\s|$)|,(?!\d)")
#: What closes the object of a verb: the next verb has an object of its own.
_NEXT = re.compile(r"但|而(?!非)|并(?!购)|\b(?:but|while|and then|although|which|who|because)\b")
_PASSIVE = re.compile(r"被|遭到?|由(?!于)|获得?|受到?(?!惠|益)")
_TOWARDS = re.compile(r"针对|对(?!手|象|抗|话)|向|为(?!了|止|首)|替|从")
_TAKEN = re.compile(r"把|将")
_WITH = re.compile(r"用(?!户|量|途)|以")
_PLACE = re.compile(r"在[^,。]{1,16}?(?:中|上|里|内|方面|测验|测试)|\b(?:in|on) (?:the )?\S+ (?:benchmark|market|test)s?\b")
_BE = re.compile(r"\b(?:is|was|are|were|be|been|being|get|gets|got)\s(?:\w+ly\s|also\s)?$")
_BY = re.compile(r"\bby\b")
#: What a subject ends with, where no known name tells it.
_SUBJECT = re.compile(r"^(.*?)(?=将|已|会|要|在|于|以|向|对|把|被|遭|由|获|从|用|曾|也|再|正|拟|打算|宣布|决定|同意|日前|今|去年|$)")
_NOISE = re.compile(r"[\s「」“”\"'的了过]+")
#: Who tells it: 法院判, 公司表示.
_REPORTED = re.compile(r"^[^,]{1,8}?(?:表示|指出|认为|判决?|裁定|认定|宣布|称|透露|证实)")
#: Words that stand for somebody and name nobody.
_NOBODY = re.compile(r"^(?:该|本|这|那|此|其|他|她|它|两|双方|公司|法院|政府|对手|用户|客户|市场|外界|官方|报导|报道|媒体)")
#: A shorter run of Han characters tells no one apart.
_SHORTEST = 2
_LONGEST_HEAD = 8


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
    return tuple((group, sign == "+", pattern(w)) for group, sign, w in rows("verbs.tsv") if sign != "~")


def verbs(folded: str) -> list[Verb]:
    """The directed verbs of a folded text, in order."""
    found: dict[tuple[int, int], set[tuple[str, bool]]] = {}
    for group, active, told in _patterns():
        for match in told.finditer(folded):
            found.setdefault(match.span(), set()).add((group, active))
    return [Verb(*span, frozenset(groups)) for span, groups in sorted(found.items())]


def sides(text: str, verb: Verb, *, wide: bool = False) -> Sides:
    """Where in a folded sentence the doer and the other side of this verb stand, as a subject sees it; `wide`:
    the subject may stand in a clause before."""
    start = max((m.end() for m in _END.finditer(text, 0, verb.start) if not (wide and m.group() == ",")), default=0)
    ends = [m.start() for p in (_END, _NEXT) for m in p.finditer(text, verb.end)]
    end = min(ends, default=len(text))
    if text[verb.start].isascii():
        return _english_sides(text, verb, start, end)
    return _chinese_sides(text, verb, start, end)


def _english_sides(text: str, verb: Verb, start: int, end: int) -> Sides:
    by = _BY.search(text, verb.end, end)
    before, after = (start, verb.start), (verb.end, end)
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


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(text, start, end), key=lambda m: m.start(), default=None)


def reversed_roles(text: str, sources: Sequence[Evidence]) -> list[str]:
    """Reasons for which the text has two sides of a verb in each other's place; empty where none is.

    Where no sentence of the sources names both (它勝過 Gemini), one of them on the wrong side is enough, if that
    is where it always stands.
    """
    found = []
    for verb, doers, others in claimed(text):
        stood = [_stands(verb, a, b, s) for a in doers for b in others for s in sources]
        seen = {way for ways in stood for way in ways}
        if seen == {False} or not seen and _half(verb, doers, others, sources):
            said = text[verb.start : verb.end]
            found.append(f"與來源的主客相反：「{doers[-1]}」「{said}」「{others[0]}」")
    return found


def unrelated(text: str, sources: Sequence[Evidence]) -> list[str]:
    """Reasons for which no source says what the text says that one named side did to another: none that names
    both has a word for it. Empty where one has."""
    found = []
    for verb, doers, others in claimed(text):
        groups = {group for group, _ in verb.groups} & _spoken_of().keys()
        told = [_spoken_of()[group] for group in groups]
        doers, others = ([n for n in names if n.isascii()] for names in (doers, others))
        if not (told and doers and others):
            continue
        both = [s for s in sources if any(_in_source(d, s) for d in doers) and any(_in_source(o, s) for o in others)]
        if not any(w.search(s.folded) for w in told for s in both):
            found.append(f"來源沒有說「{doers[-1]}」「{text[verb.start : verb.end]}」「{others[0]}」")
    return found


def _in_source(name: str, source: Evidence) -> bool:
    return name in source.names or fold(name) in source.folded


@cache
def _spoken_of() -> dict[str, re.Pattern[str]]:
    """Of each group whose other words are listed, a pattern that finds any of its words."""
    table = rows("verbs.tsv")
    listed = sorted({group for group, sign, _ in table if sign == "~"})
    return {g: re.compile("|".join(words(w) for group, _, w in table if group == g)) for g in listed}


def claimed(text: str) -> Iterator[tuple[Verb, list[str], list[str]]]:
    """Each directed verb of the text whose two sides can be told, with who stands on them."""
    folded = fold(text)
    spans = _named(text)
    for verb in verbs(folded):
        parts = sides(folded, verb)
        doers, others = (_who(side, spans, folded, first) for side, first in ((parts.doer, False), (parts.other, True)))
        others = [o for o in others if o not in doers]
        if doers and others:
            yield verb, doers, others


def _who(parts: Sequence[tuple[int, int]], spans: list[tuple[int, int, str]], folded: str, first: bool) -> list[str]:
    """Who is named in these parts; where no known name is, what stands there as a noun would."""
    for c, d in parts:  # 對輝達出貨 H20: the nearer part tells to whom
        if known := [name for a, b, name in spans if c <= a and b <= d]:
            return list(dict.fromkeys(known))
    return [head for a, b in parts if (head := _head(folded[a:b], first))]


def _head(part: str, first: bool) -> str:
    clause = part if first else part.rsplit(",", 1)[-1]
    told = "" if first else _REPORTED.sub("", clause)
    clause = told if len(told) >= _SHORTEST else clause
    subject = _SUBJECT.match(_NOISE.sub("", clause))
    found = (subject.group(1) if subject else "")[:_LONGEST_HEAD]
    return "" if len(found) < _SHORTEST or found.isascii() or _NOBODY.match(found) else found


def _named(text: str) -> list[tuple[int, int, str]]:
    """Who is named in a text, but as the place where something happens: (start, end, name), in order."""
    folded = fold(text)
    places = [m.span() for m in _PLACE.finditer(folded)]
    spans = [(a, b, e.canonical) for a, b, e in known_spans(text) if e.kind != "place"]
    for name in latin_names(text):
        spans += [(a, b, fold(name)) for a, b in _occurrences(fold(name), folded)
                  if not any(c < b and a < d for c, d, _ in spans)]  # fmt: skip
    return sorted(s for s in spans if not any(a <= s[0] < b for a, b in places))


def _occurrences(word: str, folded: str) -> list[tuple[int, int]]:
    edge = r"(?<![a-z0-9])" if word[0].isascii() else ""
    return [m.span() for m in re.finditer(edge + re.escape(word), folded)]


def _stands(verb: Verb, doer: str, other: str, source: Evidence) -> set[bool]:
    """True: a sentence of the source has the two as the claim does; False: the other way round."""
    found = set[bool]()
    for line in _with_verbs(source):
        for same, theirs in _shared(verb, line.verbs):
            ones, others = _where(doer, line), _where(other, line)
            if ones and others:
                found |= set(_ways(theirs, ones, others, line.folded, same=same))
    return found


def _half(verb: Verb, doers: list[str], others: list[str], sources: Sequence[Evidence]) -> bool:
    """Does one of the two stand on the wrong side of the verb wherever it stands, and neither on its own?"""
    doers, others = ([n for n in names if n.isascii()] for names in (doers, others))
    if not (doers and others):
        return False
    right = wrong = False
    lines = [line for s in sources for line in _with_verbs(s)]
    for line in lines:
        ones = [w for d in doers for w in _where(d, line)]
        twos = [w for o in others for w in _where(o, line)]
        for same, theirs in _shared(verb, line.verbs) if ones or twos else ():
            stands = sides(line.folded, theirs)
            stands = stands if same else stands.turned()
            right = right or _in(ones, stands.doer) or _in(twos, stands.other)
            wrong = wrong or _in(ones, stands.other) or _in(twos, stands.doer)
    return wrong and not right


def _shared(claim: Verb, theirs: Sequence[Verb]) -> Iterator[tuple[bool, Verb]]:
    """The verbs that share a group with the claim's, each with whether it is seen from the same end."""
    for verb in theirs:
        for same in {a == b for g, a in claim.groups for h, b in verb.groups if g == h}:
            yield same, verb


class _Line:
    """A sentence of a source that has directed verbs."""

    def __init__(self, folded: str, text: str, found: Sequence[Verb]) -> None:
        self.folded, self.verbs, self._text = folded, found, text

    @cached_property
    def named(self) -> list[tuple[int, int, str]]:
        return _named(self._text)


@lru_cache(maxsize=2048)
def _with_verbs(source: Evidence) -> list[_Line]:
    lines = ((fold(s), s) for s in source.sentences)
    return [_Line(folded, s, found) for folded, s in lines if (found := verbs(folded))]


def _ways(
    verb: Verb, doer: list[tuple[int, int]], other: list[tuple[int, int]], folded: str, *, same: bool
) -> Iterator[bool]:
    for wide in (False, True):
        stands = sides(folded, verb, wide=wide)
        stands = stands if same else stands.turned()
        if _in(doer, stands.doer) and _in(other, stands.other):
            yield True
            return
        if _in(doer, stands.other) and _in(other, stands.doer):
            yield False
            return


def _in(spans: list[tuple[int, int]], parts: Sequence[tuple[int, int]]) -> bool:
    return any(c <= a and b <= d for a, b in spans for c, d in parts)


def _where(name: str, line: _Line) -> list[tuple[int, int]]:
    known = [(a, b) for a, b, n in line.named if n == name]
    if known or name != fold(name):
        return known
    for length in range(len(name), _SHORTEST - 1, -1):  # 威朗科技, or what of it the source has
        if found := _occurrences(name[:length], line.folded):
            return found
        if name.isascii():
            break
    return []
