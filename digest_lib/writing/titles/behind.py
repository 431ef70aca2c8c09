"""What stands behind a verb whose Chinese is sure: whether it leaves the verb its sense."""

from __future__ import annotations

from collections.abc import Sequence

from digest_lib.writing.titles.lexicon import Entry
from digest_lib.writing.titles.reading import Reading
from digest_lib.writing.titles.tokens import BODIES, Token

#: What hangs on a noun, and may hang on another one than the one before it.
HANGS = frozenset(
    ["of", "for", "in", "on", "at", "by", "with", "from", "to", "that", "which", "who", "as", "into", "over",
     "about", "after", "via", "using", "through", "between", "vs", "than", "or", "per", "without", "under"]
)  # fmt: skip
#: What begins no object: prepositions, particles, auxiliaries, conjunctions. «That» may: says that.
NO_OBJECT = (HANGS - {"that"}) | frozenset(
    ["and", "but", "is", "are", "was", "were", "will", "would", "can", "could", "may", "might", "should",
     "must", "has", "have", "had", "does", "do", "did", "be", "been", "being", "isn't", "aren't", "won't",
     "can't", "don't", "doesn't", "up", "down", "out", "off", "back", "away", "around", "ahead", "against",
     "amid", "across", "during", "before", "because", "while", "when", "if", "so", "then", "too", "not",
     "now", "again", "together", "here", "there", "explained", "like", "since", "toward", "towards",
     "within"]
)  # fmt: skip
_OBJECTS = frozenset(["word", "quote", "money", "number", "share"])
#: What is got is a thing, where it begins like this.
_THINGS = frozenset(["a", "an", "the", "its", "new", "more", "another", "first", "support", "approval"])
_RELATIVE = frozenset(["that", "which", "who"])
#: What only several can do, so that it is no verb that stands before it.
_PLURAL = frozenset(["are", "were", "have", "could", "will", "can", "may"])
#: What somebody says has so many words.
_SAID = 3


def says(reading: Reading, at: int, entry: Entry) -> bool:
    """Is what stands behind it what somebody says?"""
    rest = reading.tokens[at:]
    says = len(rest) >= _SAID and rest[0].low not in NO_OBJECT and not _words(rest) & words_of(entry, "not")
    return says and not _goes_on(reading, at)


def fits(reading: Reading, at: int, entry: Entry) -> bool:
    """May this be what the verb is said of, in its one sense?"""
    first, rest = reading.tokens[at], reading.tokens[at:]
    if entry.en.endswith(" to") or entry.has("ing"):
        return len(rest) > 1 and first.kind == "word"
    # A team is introduced, and not a Team plan.
    never = (_words(rest) & words_of(entry, "not")) - BODIES | (_words(_head(rest)) & words_of(entry, "not"))
    if first.kind not in _OBJECTS or first.low in NO_OBJECT or never:
        return False
    if entry.has("only") and not _words(_head(rest)) & words_of(entry, "only"):
        return False
    if entry.has("number") and first.kind not in {"money", "number", "share"}:
        return False
    # Gets websites rendering: what is got is a thing, and not that it does something.
    thing = first.low in _THINGS or first.kind == "number"
    if entry.has("det") and not (thing and not any(t.low.endswith("ing") for t in rest)):
        return False
    return not (_goes_on(reading, at) or _is_acting(reading, at, plural=entry.has("n")))


def words_of(entry: Entry, use: str) -> set[str]:
    """The words that an entry names under a use: `not=attack|war`."""
    return set(entry.uses.get(use, "").split("|")) - {""}


def _head(tokens: Sequence[Token]) -> Sequence[Token]:
    """The noun of an object: the last word before what hangs on it."""
    end = next((i for i, t in enumerate(tokens) if t.low in HANGS or t.kind == "mark"), len(tokens))
    return tokens[max(0, end - 1) : end]


def _words(tokens: Sequence[Token]) -> set[str]:
    """The words with their singulars."""
    return {w for t in tokens for w in (t.low, t.low.removesuffix("s"), t.low.removesuffix("es"))}


def _goes_on(reading: Reading, at: int) -> bool:
    """Is it one of several headlines in a row: Nvidia backs a data center, Google buys an airline?"""
    low = [t.low for t in reading.tokens]
    for i in range(at + 2, len(low)):
        mark = next((k for k in range(i - 1, at, -1) if low[k] in {",", ";", "."}), i)
        if mark < i - 1 and only_acts(reading, i, "s") and not {*_RELATIVE, "and", "but"} & {*low[mark:i]}:
            return True
    return False


def _is_acting(reading: Reading, at: int, *, plural: bool) -> bool:
    """Is what stands behind the verb another verb, of which the first would be the subject, a plural noun?
    «OpenAI updates bring», «Anthropic claims debunked», «Google plans developers hate»."""
    if any(only_acts(reading, at, form) for form in ("base", "past", "pp")):
        return True
    # More driver fixes prepped: what was done to a plural noun.
    if plural and reading.tokens[at].low.endswith("ed") and not reading.tokens[at].is_capital:
        return True
    for i, token in enumerate(reading.tokens[at:] if plural else ()):
        if token.kind == "mark" or token.low in _RELATIVE or token.low == "to":
            return False
        if token.low in _PLURAL or (i and only_acts(reading, at + i, "base")):
            return True
    return False


def only_acts(reading: Reading, at: int, form: str) -> bool:
    """Is this word a verb in this form, and nothing else?"""
    if reading.tokens[at].is_capital or any(True for pos in "na" for _ in reading.entries(at, pos)):
        return False
    return any(f.form == form for _, f in reading.entries(at, "v") if len(f.words) == 1)
