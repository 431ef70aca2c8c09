"""Who does what to whom: does a sentence put two sides of a verb in each other's place?

For each directed verb of a claim its two sides are read from the clause (`sides`); then the sentences of the
sources with a verb of the same group say on which side each of the two stands. A claim is reversed where a
source has the two the other way round and none has them as the claim does. Where a side cannot be told,
nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache

from digest_lib.checking.evidence import Evidence, as_written
from digest_lib.checking.predicates import LONGEST
from digest_lib.checking.reasons import Reason
from digest_lib.text.lexicon import rows, words
from digest_lib.text.names import known_spans, latin_names
from digest_lib.text.scripts import fold
from digest_lib.text.sides import Verb, sides, verbs

#: Where something happens, which is no side of it.
_PLACE = re.compile(
    r"在[^,。]{1,16}?(?:中|上|里|内|方面|测验|测试)"
    r"|\b(?:in|on) (?:the )?\S+ (?:benchmark|market|test)s?\b"
)
#: What a subject ends with, where no known name tells it.
_SUBJECT = re.compile(
    r"^(.*?)(?=[将已会要在于以向对把被遭由获从用曾也再正拟今]|打算|宣布|决定|同意|日前|去年|$)"
)
_NOISE = re.compile(r"[\s「」“”\"'的了过]+")
#: Who tells it: 法院判, 公司表示.
_REPORTED = re.compile(r"^[^,]{1,8}?(?:表示|指出|认为|判决?|裁定|认定|宣布|称|透露|证实)")
#: Words that stand for somebody and name nobody.
_NOBODY = re.compile(
    r"^(?:[该本这那此其他她它两]|双方|公司|法院|政府|对手|用户|客户|市场|外界|官方|报导|报道|媒体)"
)
#: A shorter run of Han characters tells no one apart.
_SHORTEST = 2
_LONGEST_HEAD = 8


def reversed_roles(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for which the text has two sides of a verb in each other's place; empty where none is.

    Where no sentence of the sources names both (它勝過 Gemini), one of them on the wrong side is enough, if
    that is where it always stands.
    """
    found = []
    for verb, doers, others in claimed(text):
        stood = [_stands(verb, a, b, s) for a in doers for b in others for s in sources]
        seen = {way for ways in stood for way in ways}
        if seen == {False} or (not seen and _half(verb, doers, others, sources)):
            found.append(Reason("roles", _act(text, doers[-1], verb, others[0])))
    return found


def unrelated(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for which no source says what the text says that one named side did to another: none that names
    both has a word for it. Empty where one has."""
    found = []
    for verb, doers, others in claimed(text):
        groups = {group for group, _ in verb.groups} & _spoken_of().keys()
        told = [_spoken_of()[group] for group in groups]
        if not (told and _sure(doers) and _sure(others)):
            continue
        both = [s for s in sources if _names_one(s, _sure(doers)) and _names_one(s, _sure(others))]
        if not any(w.search(s.folded) for w in told for s in both):
            found.append(Reason("untold_act", _act(text, doers[-1], verb, others[0])))
    return found


def _act(text: str, doer: str, verb: Verb, other: str) -> tuple[str, str, str]:
    """Who is said to do what to whom, as the text writes them."""
    spelled = {name: text[a:b] for a, b, name in reversed(_named(text))}
    one, two = (spelled.get(name) or as_written(name, [text]) for name in (doer, other))
    return one, text[verb.start : verb.end], two


def _sure(names: Sequence[str]) -> list[str]:
    """Those that are names for sure: the glossary's (canonical), and Latin ones."""
    return [name for name in names if name.isascii()]


def _names_one(source: Evidence, names: Sequence[str]) -> bool:
    return any(name in source.names or fold(name) in source.folded for name in names)


@cache
def _spoken_of() -> dict[str, re.Pattern[str]]:
    """Of each group whose other words are listed, a pattern that finds any of its words."""
    table = rows("text", "verbs.tsv")
    listed = sorted({group for group, sign, _ in table if sign == "~"})
    return {g: re.compile("|".join(words(w) for group, _, w in table if group == g)) for g in listed}


def claimed(text: str) -> Iterator[tuple[Verb, list[str], list[str]]]:
    """Each directed verb of the text whose two sides can be told, with who stands on them."""
    if len(text) > LONGEST:
        return
    folded = fold(text)
    spans = _named(text)
    for verb in verbs(folded):
        parts = sides(folded, verb)
        doers = _who(parts.doer, spans, folded, first=False)
        if not doers:  # Meta 擬在兩年內，以 100 億美元向 Anthropic 租用: it stands in the clause before
            doers = _sure(_who(sides(folded, verb, wide=True).doer, spans, folded, first=False))
        others = [o for o in _who(parts.other, spans, folded, first=True) if o not in doers]
        if doers and others:
            yield verb, doers, others


def _who(
    parts: Sequence[tuple[int, int]], spans: list[tuple[int, int, str]], folded: str, *, first: bool
) -> list[str]:
    """Who is named in these parts; where no known name is, what stands there as a noun would: `first` in it,
    or last."""
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
    if not (_sure(doers) and _sure(others)):
        return False
    right = wrong = False
    for line in (line for s in sources for line in _with_verbs(s)):
        ones = [w for d in _sure(doers) for w in _where(d, line)]
        twos = [w for o in _sure(others) for w in _where(o, line)]
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
    lines = ((fold(s), s) for s in source.sentences if len(s) <= LONGEST)
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
