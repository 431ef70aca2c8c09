"""Who, what, which number, how sure and how many: does a clause keep together what its source keeps together?

Each clause of a text is laid beside the clauses of its sources that tell most of the same (`beside`), in any
language, and then the slots of the two are compared (`slots`): somebody else in the place of the one who did
it, a number of another thing, what is weighed told as done, all for some. A clause that none resembles is
not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest_lib.checking.causes import uncaused
from digest_lib.checking.clauses import features
from digest_lib.checking.counting import is_own
from digest_lib.checking.evidence import Evidence, as_written
from digest_lib.checking.matching import MATTER, Match, beside, is_one_of, matches, told_by, without_names
from digest_lib.checking.predicates import ADVICE, OPEN
from digest_lib.checking.reasons import Reason
from digest_lib.checking.slots import PLAIN, Slots, ranks, slots
from digest_lib.checking.turns import DENIES, FIRST, NEGATION, turns
from digest_lib.text.numbers import Quantity, stated, supported_by
from digest_lib.text.quantity import DATE, ORDINAL, VERSION
from digest_lib.text.scripts import fold
from digest_lib.text.sides import verbs

#: Clauses that share so much say the same.
SURELY = 0.6
_MAYBE, _TO_COME, _SETTLED = 2, 4, 6
_SOME, _MOST, _ALL = 1, 2, 3
#: Kinds of names that act, and may stand in each other's place.
_ACTS = frozenset({"company", "person", "body"})
#: A clause of somebody whom it does not name.
_WE = re.compile(
    r"\s*(?:we|our|it|its|they|their|he|his|she|her|i|you|your)\b|\s*(?:我们|我|他们?|她|它们?|这[家名位款]|该|公司|[前后]者)"
)
_TWO = 2
#: What can be done, is meant to be or is asked is not said to be done.
_ABLE = re.compile(r"[可能][\u4e00-\u9fff]|为了|\?|如何|为何|是否|\bcan\b")
#: The other way round: done by, or «who did it is …».
_PASSIVE = re.compile(r"[被由遭获受]|的(?:正|就|竟|则)?是|\bby\b")
#: Names that do it together.
_JOINED = re.compile(r"[a-z\u4e00-\u9fff] ?(?:[和与及跟同、]|\b(?:and|with)\b)")
#: Negations that are done: a ban is decided as a launch is.
_BANS = re.compile(r"禁[止掉用令售]?|停止|中止|终止")
#: What joins clauses of English that no comma parts.
_JOINS = re.compile(r"\s(?:and|but|while|which|who|where|when|because|although|though|after|before|so|-|–)\s")
#: Words for all of them that no writer chooses for the sound.
_WHOLE = re.compile(r"所有(?![人者权])|全部|全体|全都|一律|任何|全数|全校|全公司|无一例外")

#: The same in a source; and those that a text lists before it says so of all.
_ALL_OF_THEM = re.compile(r"100 ?%|全[检员民班]|清一色|没有一[个家人款]")
_LISTED = re.compile(r"、[^,。;]{1,20}(?:和|与|及|以及)")


def unbound(text: str, sources: Sequence[Evidence], *, is_analysis: bool = False) -> list[Reason]:
    """Reasons for which a slot of the text is not what its sources have in its place; each kind once. How
    sure an analysis is of what it takes for granted is not compared."""
    found: list[Reason] = []
    for claim in slots(text):
        found_in = matches(claim, sources)
        near = beside(found_in)
        found += _moved(claim, sources)
        whoever = without_names(found_in)
        found += [
            *_somebody_else(claim, whoever),
            *_other_speaker(claim, whoever),
            *_turned_round(claim, whoever),
            *_led_by_another(claim, near),
        ]
        if near:
            found += _broader(claim, near)
        if near and not is_analysis:
            found += [*_surer(claim, near), *_opposed(claim, near)]
    if not is_analysis:
        found += [*uncaused(text, sources), *_all_of_none(text, sources)]
    first = {reason.key: reason for reason in reversed(found)}
    return [_as_written(r, text, sources) for r in reversed(first.values())]


def _somebody_else(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """Somebody in the claim's clause whom no clause that tells it names, in the place of whom that names."""
    theirs = [m.clause for m in near]
    if not theirs or any(not t.about or _WE.match(t.clause) for t in theirs):
        return
    surely = all(m.bare >= SURELY for m in near)
    for name, kind in claim.names:
        if any(is_one_of(name, t.about) for t in theirs):
            continue
        # where the sentence names both, only a clause that tells nearly the whole claim says whose it is
        swapped = surely and all(t.names for t in theirs)
        if not swapped and any(is_one_of(name, [(n, "") for n in t.around]) for t in theirs):
            continue
        here = {n for n, _ in claim.names} | (set() if swapped else claim.around)
        others = [
            [n for n, k in t.about if n not in here and not t.is_aside(n) and _in_place(kind, k)]
            for t in theirs
        ]
        if all(others):
            yield Reason("another_actor", (name, others[0][0], theirs[0].clause.strip()))
            return


def _other_speaker(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """What somebody is said to say, and in the source somebody else says."""
    if not claim.speaker or not near:
        return
    name, kind = claim.speaker
    theirs = [m.clause for m in near]
    others = [t.speaker for t in theirs if t.speaker and _may_be(kind, t.speaker[1]) and t.speaker[0] != name]
    if len(others) == len(theirs) and not any(is_one_of(name, [(n, "") for n in t.around]) for t in theirs):
        yield Reason("another_actor", (name, others[0][0], theirs[0].clause.strip()))


def _turned_round(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """Two names in each other's place about the same words: the one that leads here is the other there."""
    mine = _leader(claim)
    if not mine or len(claim.names) < _TWO or _PASSIVE.search(claim.clause) or not near:
        return
    for match in near:
        theirs = _leader(match.clause)
        if _acts(claim) != _acts(match.clause):  # 採購 seen from the other end is 供應
            return
        if match.bare < SURELY or not theirs or theirs == mine or _PASSIVE.search(match.clause.clause):
            return
        both = dict(claim.names).items() & dict(match.clause.names).items()
        kinds = [dict(both).get(mine), dict(both).get(theirs)]
        if (
            kinds[0] != kinds[1]
            or kinds[0] not in _ACTS
            or _JOINED.search(claim.clause)
            or _JOINED.search(match.clause.clause)
        ):
            return
    yield Reason("another_actor", (mine, _leader(near[0].clause) or "", near[0].clause.clause.strip()))


def _led_by_another(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """Somebody who leads here, and in every clause that tells it is nobody or one for whom it is done, where
    another of the kind leads."""
    mine = _leader(claim)
    kind = dict(claim.names).get(mine, "")
    if kind not in _ACTS or not claim.leads or _PASSIVE.search(claim.clause) or _JOINED.search(claim.clause):
        return
    for match in near:
        clause = match.clause
        theirs = _led(clause)
        same = theirs == mine or dict(clause.about).get(theirs) != kind
        acts = is_one_of(mine, clause.names) and not clause.is_aside(mine)
        joined = _PASSIVE.search(clause.clause) or _JOINED.search(clause.clause)
        if same or acts or joined or _acts(claim) != _acts(clause) or match.share < SURELY:
            return
    if near:
        yield Reason("another_actor", (mine, _led(near[0].clause), near[0].clause.clause.strip()))


def _led(clause: Slots) -> str:
    """Who leads a clause, be it of the clause before."""
    return _leader(clause) if clause.names else next((n for n, k in clause.carried if k != "place"), "")


def _acts(clause: Slots) -> set[str]:
    """The directed verbs of a clause, as it writes them."""
    return {clause.clause[v.start : v.end] for v in verbs(clause.clause)}


def _leader(clause: Slots) -> str:
    """The first name of a clause, where it does something; a name of a place does nothing, nor one behind a
    word that stands for somebody else (這家公司)."""
    if _WE.match(clause.clause):
        return ""
    names = [n for n, k in clause.names if k != "place"]
    return names[0] if names and not clause.is_aside(names[0]) else ""


def _in_place(kind: str, other: str) -> bool:
    """May a name of one kind stand in the place of one of another? Of a name that no glossary knows, nobody
    can say what it is."""
    return kind == other and kind in _ACTS


def _moved(claim: Slots, sources: Sequence[Evidence]) -> Iterator[Reason]:
    """A number of the claim that in the sources is of another thing, while the claim's thing has another."""
    amounts = [q for q in claim.numbers if _is_amount(q) and not is_own(q, claim.clause, sources)]
    clauses = [c for s in sources for c in _numbered(s)] if amounts else []
    for quantity in amounts:
        has = [c for c in clauses if supported_by(quantity, c.numbers)]
        others = [
            c for c in clauses
            if c not in has and any(q.unit == quantity.unit and _is_amount(q) for q in c.numbers)
            and not any(supported_by(q, c.numbers) for q in amounts)
        ]  # fmt: skip
        theirs = frozenset[str]().union(*(_subject(c, quantity.unit) for c in has)) if others else frozenset()
        for other in others if has else ():
            if _speaks_of(claim, other, has, theirs):
                yield Reason("owner", (quantity.said, has[0].clause.strip(), other.clause.strip()))
                return


def _may_be(kind: str, other: str) -> bool:
    """May both say something? Of a name that no glossary knows, nobody can say that it cannot."""
    return kind == other or "" in {kind, other}


def _numbered(source: Evidence) -> list[Slots]:
    told = told_by(source)
    return [told.clauses[i] for i in told.numbered]


def _is_amount(quantity: Quantity) -> bool:
    """Is it how much, or on which day? A bare number or a year may be anything's."""
    if quantity.unit == DATE:
        return quantity.names_day
    return quantity.unit not in {"", ORDINAL, VERSION}


def _speaks_of(claim: Slots, other: Slots, has: Sequence[Slots], of_theirs: frozenset[str]) -> bool:
    """Does the claim's clause speak of what the other clause speaks of, and of nothing of theirs alone?
    `of_theirs`: what those that have the number speak of."""
    mine = claim.terms | claim.matters
    of_other = other.terms | other.matters
    names, theirs = {n for n, _ in claim.about}, {n for c in has for n, _ in c.about}
    other_names = {n for n, _ in other.about}
    if names & (theirs - other_names):
        return False
    told = _weight(mine & (of_other - of_theirs))
    for_them = _weight(mine & (of_theirs - of_other))
    own = {n for n, _ in claim.names}
    named = bool(own & (other_names - theirs)) and bool(theirs - other_names - names)
    return (told >= MATTER and not for_them) or (named and told >= for_them)


def _subject(clause: Slots, unit: str) -> frozenset[str]:
    """What a clause speaks of, and what stands before it in its sentence (營收 119 億美元，年增 24%), unless
    that has a figure of that unit (62% 增加，18% 減少)."""
    before = clause.sentence.partition(clause.clause)[0]
    goes_on = all(q.unit != unit for q in stated(before))
    return clause.terms | clause.matters | (features(before) if goes_on else frozenset())


def _weight(shared: frozenset[str]) -> int:
    """Classes say more than pairs of characters; all that are shared count."""
    return len(shared)


def _surer(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """What its sources only weigh or think possible, told as a fact; what they plan, expect or have from
    hearsay, told as settled. That hearsay and what is to come are told as a fact is not compared: that
    withheld more good sentences than it caught false ones."""
    said = min(ranks("sure", claim.sentence), default=PLAIN)
    # 考慮禁止 and 已禁止 speak of one ban; what did not come about is told as sure as what did
    denies = NEGATION.search(_BANS.sub("|", claim.clause))
    if 1 in ranks("heard", claim.sentence) or denies or _ABLE.search(claim.clause):
        return
    theirs = [min(ranks("sure", _told_in(claim, m.clause)), default=PLAIN) for m in near]
    weighed = max(theirs) <= _MAYBE and said >= _TO_COME
    settled = _SETTLED in claim.rank("sure") and said >= PLAIN and not OPEN.search(claim.clause)
    if weighed or (settled and all(_is_unsettled(m.clause) for m in near)):
        yield Reason("surer", (claim.clause.strip(), near[0].clause.clause.strip()))


def _told_in(claim: Slots, clause: Slots) -> str:
    """The part of an English clause that tells most of the claim: what may be in another part of it («and his
    squad could include …») says nothing of this one."""
    if clause.is_chinese or claim.is_chinese:
        return clause.clause
    parts = _JOINS.split(clause.clause)
    return max(parts, key=lambda part: len(claim.terms & features(part)))


def _is_unsettled(clause: Slots) -> bool:
    """Is it yet to come, or somebody's unconfirmed word?"""
    if 1 in ranks("heard", clause.clause):
        return True
    if _SETTLED in clause.rank("sure"):
        return False
    return min(ranks("sure", clause.scope), default=PLAIN) <= _TO_COME or 1 in ranks("heard", clause.sentence)


def _opposed(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """What its sources tell the other way round in other words: one side negated, or on the other end of an
    axis."""
    mine = turns(claim.clause)
    if mine.leaning or ADVICE.search(claim.clause):
        return
    for match in near:
        theirs = turns(match.clause.clause)
        both = mine.negations % 2 == theirs.negations % 2 and mine.opposes(theirs)
        is_open = theirs.leaning or OPEN.search(match.clause.clause)
        if is_open or not (both or _is_denied_by(claim, match.clause)):
            return
    yield Reason("opposite", (claim.clause.strip(), near[0].clause.clause.strip()))


def _is_denied_by(claim: Slots, clause: Slots) -> bool:
    """Does one of the two deny what the other says?"""
    odd = [turns(c.clause).negations % 2 for c in (claim, clause)]
    if odd[0] == odd[1]:
        return False
    if FIRST.search(claim.clause) or FIRST.search(clause.clause):
        return False
    negated, plain = (claim.clause, clause.clause) if odd[0] else (clause.clause, claim.clause)
    return any(m.group("what") in plain for m in DENIES.finditer(negated))


def _broader(claim: Slots, near: Sequence[Match]) -> Iterator[Reason]:
    """All or most for some."""
    said = max(claim.rank("all"), default=0)
    theirs = [ranks("all", m.clause.sentence) for m in near]
    if said < _MOST or any(_ALL in t or said in t for t in theirs):
        return
    if all(t for t in theirs) and max(max(t) for t in theirs) < said:
        yield Reason("broader", (claim.clause.strip(), near[0].clause.clause.strip()))


def _all_of_none(text: str, sources: Sequence[Evidence]) -> Iterator[Reason]:
    """All of them, where no source says so of anything."""
    match = _WHOLE.search(fold(text))
    if not match or _LISTED.search(fold(text)[: match.start()]):
        return
    if not any(_ALL in ranks("all", s.folded) or _ALL_OF_THEM.search(s.folded) for s in sources):
        yield Reason("event", (match.group(),))


def _as_written(reason: Reason, text: str, sources: Sequence[Evidence]) -> Reason:
    texts = [text, *(s.whole for s in sources)]
    return Reason(reason.key, tuple(as_written(part, texts) for part in reason.parts))
