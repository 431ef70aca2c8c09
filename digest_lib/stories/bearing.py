"""How a name stands in a text: as what it is about, or in a comparison, a list of vendors, someone's past.

Patterns run on folded text (Simplified, half-width, lower case), which is as long as the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest_lib.stories import besides
from digest_lib.text.names import Aliases, Entry, known_spans
from digest_lib.text.scripts import fold

#: What joins the items of a list, with a version or a few words between; in Chinese a comma ends a clause,
#: and joins only where next to nothing stands before it.
_JOINED = re.compile(
    r"[^、,，/与和及跟以&.。;；:：!?！？\n]{0,14}(?:、|/|与|和|及|以及|跟|&|\band\b|\bor\b)\s?(?:and\s)?"
    r"|[^、,，/&.。;；:：!?！？\n\u3400-\u9fff]{0,14}[\u3400-\u9fff]{0,2}[,，]\s?(?:and\s)?"
)
#: The end of an item with a capital, before the next.
_UNKNOWN_ITEM = re.compile(r"[A-Z][A-Za-z]+,\s$")
_KANA = re.compile("[\u3041-\u30fa]")
#: Items of a list from which on none of them is the subject.
_MANY = 3

#: Names joined in one list: (start, end, name).
Run = list[tuple[int, int, str]]

MEDIA = frozenset((
    "Reuters", "Bloomberg", "New York Times", "Wall Street Journal", "Financial Times", "YouTube", "Reddit",
    "Twitter", "LinkedIn", "GitHub",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the family is named."""

    start: int
    compared: bool  #: something else is measured by it, or works with it
    aside: bool  #: it is set aside for another name
    office: bool  #: it says whose officer speaks
    past: bool  #: it says where someone was before
    paired: bool  #: named in one breath with another vendor
    listed: bool  #: one of many vendors

    @property
    def subject(self) -> bool:
        return not (self.compared or self.aside or self.listed or self.office or self.past)


def places(text: str, family: Aliases) -> list[Place]:
    """Every place of the family's names in the text, with how it stands there."""
    spans = family.spans(text)
    if not spans:
        return []
    folded = fold(text)
    runs = _lists(folded, text, spans)
    paired = {a for run in runs if len(run) > 1 for a in _starts(run, spans)}
    listed = {a for run in runs if len(run) + _unknown(run, text) >= _MANY for a in _starts(run, spans)}
    strangers = [a for a, b, _ in _vendors(text) if not any(a < e and s < b for s, e in spans)]
    found = []
    for first, start, end in _whole_names(spans, folded):
        head, tail = _in_one_breath(runs, first, end, folded)
        found.append(Place(
            start,
            _is_measure(folded, first, end) or _is_measure(folded, head, tail)
            or (start in paired and bool(besides.TOOLS.search(folded[:head][-12:]))),
            _is_aside(folded, head, tail)
            or _only_says_when(folded, head, tail, strangers)
            or _is_precedent(folded, tail, strangers),
            bool(besides.OFFICE_AFTER.match(folded, end)),
            bool(besides.PAST_AFTER.match(folded, end) or besides.PAST_BEFORE.search(folded[:first][-16:])),
            start in paired,
            start in listed,
        ))  # fmt: skip
    return found


def _is_measure(folded: str, start: int, end: int) -> bool:
    """Is something else measured by what stands there, or does it work with it?"""
    before = folded[max(0, start - 24) : start]
    works_with = besides.WORKS_WITH.search(folded[max(0, start - 90) : start])
    version = besides.VERSION.match(folded, end)
    ends = {end, version.end() if version else end}
    measured = besides.COMPARED.search(before) or any(besides.AS_MEASURE.match(folded, e) for e in ends)
    return bool(works_with or measured or _even(before, folded[end:]))


def _is_aside(folded: str, start: int, end: int) -> bool:
    """Is it set aside for what follows: «不只 X，Y 也…»?"""
    opens = besides.OPENS_ASIDE.match(folded[:start]) and besides.ENDS_ASIDE.match(folded, end)
    before = besides.ASIDE.search(folded[max(0, start - 24) : start])
    return bool(opens or before or besides.ASIDE_AFTER.match(folded, end))


def _only_says_when(folded: str, start: int, end: int, strangers: Sequence[int]) -> bool:
    """Does its clause only say when somebody else did something: «X 被禁當晚，Y 宣布…»?"""
    clause = besides.WHEN_AFTER.match(folded, end)
    if clause is None and besides.WHEN_BEFORE.match(folded[:start]):
        clause = besides.REST_OF_CLAUSE.match(folded, end)
    return clause is not None and any(clause.end() <= at <= clause.end() + 12 for at in strangers)


def _is_precedent(folded: str, end: int, strangers: Sequence[int]) -> bool:
    """Did it do before what somebody else does now: «X 才出事，Y 也承認…»?"""
    clause = besides.PRECEDENT_AFTER.match(folded, end)
    if clause is None or not any(clause.end() <= at <= clause.end() + 12 for at in strangers):
        return False
    return bool(clause["again"] or besides.ALSO.match(folded, clause.end()))


def _in_one_breath(runs: Sequence[Run], start: int, end: int, folded: str) -> tuple[int, int]:
    """Where the names begin and end that the name is joined with, by more than a comma: what is said of A and
    B is said of both, while after a comma another clause may begin."""
    for run in runs:
        at = next((k for k, (a, b, _) in enumerate(run) if a <= start < b or start <= a < end), None)
        if at is None:
            continue
        first, last = at, at
        commas = (",", "，", "、") if _KANA.search(folded) else (",", "，")
        while first and not folded[run[first - 1][1] : run[first][0]].rstrip().endswith(commas):
            first -= 1
        while last + 1 < len(run) and not folded[run[last][1] : run[last + 1][0]].rstrip().endswith(commas):
            last += 1
        return min(start, run[first][0]), max(end, run[last][1])
    return start, end


def _whole_names(spans: Sequence[tuple[int, int]], folded: str) -> list[tuple[int, int, int]]:
    """(where the whole name begins, start, end) of each: Claude and Fable 5 of «Claude Fable 5» are one, and
    so are OpenAI and Codex of «OpenAI 的 Codex»."""
    found: list[tuple[int, int, int]] = []
    for start, end in spans:
        joined = bool(found) and (start - found[-1][2] <= 1 or _is_of(folded[found[-1][2] : start]))
        found.append((found[-1][0] if joined else start, start, end))
    return found


def _is_of(between: str) -> bool:
    return between.strip() in ("的", "'s", "’s")


def _even(before: str, after: str) -> bool:
    """«連 X 都採購»: somebody among many who do something."""
    return bool(re.search(r"(?:连|就连|\beven)\s?$", before)) and bool(re.match(r"\s?(?:都|也|\w)", after))


def others(text: str, family: Aliases) -> set[str]:
    """The companies in the text that are not the family's own, publishers aside."""
    own = family.spans(text)
    return {
        entry.canonical
        for start, end, entry in _vendors(text)
        if not any(start < b and a < end for a, b in own) and entry.kind == "company"
    }


def _vendors(text: str) -> list[tuple[int, int, Entry]]:
    kinds = ("company", "product")
    return [hit for hit in known_spans(text) if hit[2].kind in kinds and hit[2].canonical not in MEDIA]


def _unknown(run: Run, text: str) -> int:
    """One more where a list goes on from a name that we do not know: «from Acme Capital, A and B»."""
    return len(run) > 1 and bool(_UNKNOWN_ITEM.search(text[max(0, run[0][0] - 24) : run[0][0]]))


def _starts(run: Run, own: Sequence[tuple[int, int]]) -> set[int]:
    """Where the family is named in a list."""
    return {a for s, e, _ in run for a, _ in own if s <= a < e}


def _lists(folded: str, text: str, own: Sequence[tuple[int, int]]) -> list[Run]:
    """The vendors of the text, each list of them together; a name said twice in a list counts once."""
    hits = [(start, end, entry.canonical) for start, end, entry in _vendors(text)]
    hits += [(a, b, folded[a:b]) for a, b in own if not any(s < b and a < e for s, e, _ in hits)]
    runs: list[Run] = []
    for hit in _with_owners(sorted(hits), folded):
        last = runs[-1][-1] if runs else None
        if last and _JOINED.fullmatch(folded[last[1] : hit[0]]) and hit[2] not in {n for *_, n in runs[-1]}:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs


def _with_owners(hits: Sequence[tuple[int, int, str]], folded: str) -> Run:
    """The names, «Anthropic 的 Claude Code» and «Google Gemini» as one."""
    found: Run = []
    for start, end, name in hits:
        between = folded[found[-1][1] : start] if found else ""
        owned = between == " " or _is_of(between)
        found.append((found.pop()[0] if owned else start, end, name))
    return found
