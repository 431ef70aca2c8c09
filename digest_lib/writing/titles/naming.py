"""Names in titles: runs of words that are kept as they are."""

from __future__ import annotations

from collections.abc import Iterator

from digest_lib.text.english import is_common
from digest_lib.text.names import entries, glossary
from digest_lib.text.scripts import fold
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.reading import Part, Reading, rule
from digest_lib.writing.titles.tokens import is_known, is_name, spelled

_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
#: What a name of two words has «of» behind.
_OF = frozenset({"university", "department", "bank", "institute", "house", "ministry"})


@rule("name")
def _name(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A run of words that name one thing."""
    tokens, end = reading.tokens, at
    while end < len(tokens) and _goes_on(reading, at, end):
        end += 1
    if end == at or not _is_whole(reading, at, end):
        return
    for stop in range(end, at, -1):
        text = spelled(tokens[at:stop])
        kind = _kind_of(text)
        # Cut short of its run, it is a name only where it is well known: Claude Code of «Claude Code quality».
        if stop == end or kind:
            common = not tokens[at].is_marked and is_common(tokens[at].low)
            lone = common and stop == at + 1 and not kind
            score = 0.0 if kind or is_known(tokens[at].text) else -0.05
            yield Part(stop, text, frozenset({"name", *kind, *(["lone"] if lone else [])}), None, score)


def _goes_on(reading: Reading, at: int, end: int) -> bool:
    token = reading.tokens[end]
    if token.kind == "number":
        return end > at and reading.word(end + 1).rstrip("s") not in {"year", "million", "day", "%"}
    if token.low in _CALENDAR:
        return False
    if is_name(token):
        return token.is_capital or _stands_alone(reading, end) or not _is_term(reading, end)
    if token.low == "of" and end > at and end + 1 < len(reading.tokens):
        after = reading.tokens[end + 1]
        return reading.word(end - 1) in _OF and is_name(after)
    # Agent of Agent Skills, at the beginning of a title in small letters.
    first = token.begins and not token.raised and token.text[:1].isupper() and end == at
    behind = reading.tokens[end + 1] if end + 1 < len(reading.tokens) else None
    return bool(
        first and behind and behind.is_capital and not behind.is_marked and not is_known(behind.text)
        and any(f.entry.pos == "n" for _, f in reading.entries(end, "n")) and _is_term(reading, end + 1)
    )  # fmt: skip


def _is_term(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    return any(f.words in {(token.low,), (token.text,)} for f in forms().get(token.low, ()))


def _stands_alone(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    return (token.is_marked and not _is_term(reading, at)) or is_known(token.text)


def _is_whole(reading: Reading, at: int, end: int) -> bool:
    return any(not t.text[0].isdigit() or t.is_marked for t in reading.tokens[at:end])


def _kind_of(text: str) -> set[str]:
    canonical = glossary().get(fold(text))
    if not canonical:
        return {"place"} if text in _PLACES else set()
    kind = next((e.kind for e in entries() if e.canonical == canonical), "")
    return {"known", {"company": "o", "body": "o", "person": "person", "place": "place"}.get(kind, "product")}


_PLACES = frozenset(
    {"Milan", "Seoul", "Sydney", "Munich", "Bengaluru", "Dublin", "Montreal", "Africa", "Brazil"}
)
