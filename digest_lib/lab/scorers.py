"""The scorers: each takes a digest's facts and gives a number, or several by name; None: nothing to say.

A new one is a function with `@scorer(...)`; it must depend on the case alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import fmean
from typing import Final

from digest_lib.checking.digest import Status
from digest_lib.checking.leaks import leaks
from digest_lib.lab.case import Case, Line
from digest_lib.text.names import names_in
from digest_lib.text.numbers import stated
from digest_lib.text.scripts import fold, simplified_in
from digest_lib.text.usage import mainland_words

Score = float | None | Mapping[str, float]
Scoring = Callable[[Case], Score]


@dataclass(frozen=True, slots=True)
class Scorer:
    """`better` says which way is good: 1 more, -1 less, 0 neither."""

    name: str
    says: str
    better: int
    score: Scoring


SCORERS: Final[dict[str, Scorer]] = {}

#: Two sentences of which so much of the shorter one's pairs of characters are shared say the same.
_SAME = 0.6
#: A share of withheld texts by reason is a score of its own, under this name.
WITHHELD = "withheld"


def scorer(name: str, says: str, better: int = 1) -> Callable[[Scoring], Scoring]:
    """Registers a scorer."""

    def register(score: Scoring) -> Scoring:
        SCORERS[name] = Scorer(name, says, better, score)
        return score

    return register


def scorer_of(name: str) -> Scorer | None:
    """The scorer of a score, whose name begins with the scorer's; None for an assertion's or a judge's."""
    return SCORERS.get(name) or SCORERS.get(name.split(":", 1)[0])


def better_of(name: str) -> int:
    """Which way is good for a score."""
    found = scorer_of(name)
    return found.better if found else 1


def place_of(name: str) -> int:
    """Where a score stands: as the scorers do, then assertions and judgements. (A day without news has few
    scores: in which order they turn up says nothing.)"""
    found = scorer_of(name)
    return [*SCORERS].index(found.name) if found else len(SCORERS)


def says_of(name: str) -> str:
    """What a score says, in a few words; empty for an assertion's or a judge's."""
    found = scorer_of(name)
    return found.says if found else ""


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _by_kind(lines: Sequence[Line], good: set[Status]) -> dict[str, float]:
    kinds = {"": lines, **{k: [x for x in lines if x.kind == k] for k in ("fact", "analysis", "headline")}}
    shares = {kind: _share(sum(x.status in good for x in some), len(some)) for kind, some in kinds.items()}
    return {kind: share for kind, share in shares.items() if share is not None}


@scorer("supported", "share of what was written that stands as it was written, before repair and withholding")
def _supported(case: Case) -> Score:
    return _by_kind(case.lines, {Status.SUPPORTED})


@scorer("kept", "share of what was written that is published, as written or repaired")
def _kept(case: Case) -> Score:
    return _by_kind(case.lines, {Status.SUPPORTED, Status.REPAIRED})


@scorer(WITHHELD, "share of what was written that is withheld, and of it by each reason", better=-1)
def _withheld(case: Case) -> Score:
    lines = case.lines
    if not lines:
        return None
    gone = [line for line in lines if line.status is Status.WITHHELD]
    reasons = Counter(reason for line in gone for reason in dict.fromkeys(line.reasons))
    return {"": len(gone) / len(lines), **{key: n / len(lines) for key, n in sorted(reasons.items())}}


@scorer("citations", "sources that a published sentence cites, on average")
def _citations(case: Case) -> Score:
    told = [s for _, some in case.facts.digest.sentences() for s in some if s.kind != "count"]
    return fmean(len(s.sources) for s in told) if told else None


@scorer("cited", "share of the sentences that were written which cite a source")
def _cited(case: Case) -> Score:
    told = [s for _, some in case.draft.sentences() for s in some if s.kind != "count"]
    return _share(sum(bool(s.sources) for s in told), len(told))


@scorer("stories", "stories that are told", better=0)
def _stories(case: Case) -> Score:
    return float(len(case.facts.digest.stories))


@scorer("stories_covered", "share of the day's stories that are told")
def _covered(case: Case) -> Score:
    return _share(len(case.facts.digest.stories), case.facts.found)


@scorer("official_cited", "share of the official sources of the told stories that a sentence cites")
def _official(case: Case) -> Score:
    official = {s.id for s in case.facts.sources if s.official and s.story}
    return _share(len(official & _cited_ids(case)), len(official))


@scorer("publishers", "publishers that are cited")
def _publishers(case: Case) -> Score:
    cited = _cited_ids(case)
    return float(len({s.publisher for s in case.facts.sources if s.id in cited}))


def _cited_ids(case: Case) -> set[str]:
    return {i for _, some in case.facts.digest.sentences() for s in some for i in s.sources}


@scorer("repeated", "share of published sentences that say what one before them says", better=-1)
def _repeated(case: Case) -> Score:
    told = case.published
    return _share(sum(_says_again(text, told[:n]) for n, text in enumerate(told)), len(told))


@scorer(
    "repeated_yesterday", "share of published sentences that the digest of the day before says", better=-1
)
def _yesterday(case: Case) -> Score:
    told = case.published
    return _share(sum(_says_again(text, case.before) for text in told), len(told)) if case.before else None


def _says_again(text: str, others: Sequence[str]) -> bool:
    own = _pairs(text)
    known = filter(None, map(_pairs, others))
    return bool(own) and any(len(own & there) >= _SAME * min(len(own), len(there)) for there in known)


@lru_cache(maxsize=4_096)  # a day's sentences are held against each other, and against the day's before
def _pairs(text: str) -> frozenset[str]:
    letters = [c for c in fold(text) if c.isalnum()]
    return frozenset(a + b for a, b in pairwise(letters))


@scorer("characters", "characters of the published sentences", better=0)
def _characters(case: Case) -> Score:
    return float(sum(map(len, case.published)))


@scorer("sentences", "published sentences", better=0)
def _sentences(case: Case) -> Score:
    return float(len(case.published))


@scorer("pure", "share of what was written without Simplified characters or the mainland's words (zh-TW)")
def _pure(case: Case) -> Score:
    if case.facts.language != "zh-TW":
        return None
    texts = [line.written for line in case.lines]
    return _share(sum(map(_is_pure, texts)), len(texts))


@lru_cache(maxsize=16_384)  # variants say many a sentence alike
def _is_pure(text: str) -> bool:
    return not simplified_in(text) and not mainland_words(text)


@scorer(
    "leaks", "texts that were written with a prompt's words, reasoning, markup or placeholders", better=-1
)
def _leaks(case: Case) -> Score:
    echoed = {"leak_prompt"}
    return float(sum(_leaks_by_itself(x.written) or bool(echoed & {*x.reasons}) for x in case.lines))


@lru_cache(maxsize=16_384)
def _leaks_by_itself(text: str) -> bool:
    return bool(leaks(text))


@scorer("headline_names", "names in the day's headline")
def _headline_names(case: Case) -> Score:
    return float(len(names_in(case.facts.digest.headline))) if case.facts.stories else None


@scorer("headline_numbers", "does the day's headline give a number? 1 or 0", better=0)
def _headline_numbers(case: Case) -> Score:
    return float(bool(stated(case.facts.digest.headline))) if case.facts.stories else None


@scorer("input_tokens", "tokens that the llm was sent", better=-1)
def _input(case: Case) -> Score:
    return float(case.facts.usage.input_tokens)


@scorer("output_tokens", "tokens that the llm wrote", better=-1)
def _output(case: Case) -> Score:
    return float(case.facts.usage.output_tokens)


@scorer("cost_usd", "dollars that the answers cost when they were made", better=-1)
def _cost(case: Case) -> Score:
    return case.facts.usage.cost_usd


def scores_of(case: Case, names: Sequence[str] = ()) -> dict[str, float]:
    """Every score of the case, by name: `supported`, `supported:fact`, … in the order of the registry."""
    found: dict[str, float] = {}
    for one in (SCORERS[name] for name in names or SCORERS):
        score = one.score(case)
        if isinstance(score, Mapping):
            found.update({f"{one.name}:{part}" if part else one.name: value for part, value in score.items()})
        elif score is not None:
            found[one.name] = score
    return found
