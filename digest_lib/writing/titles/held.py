"""What stands behind a verb whose Chinese is sure: whether it leaves the verb its sense, how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest_lib.writing.titles.kept import in_marks, is_doubtful, name_at, verbatim, whole_name
from digest_lib.writing.titles.lexicon import Entry
from digest_lib.writing.titles.reading import Reading
from digest_lib.writing.titles.tokens import Token

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
#: Behind a name in a row of words its end is sure only before these.
_BEHIND = frozenset(
    ["for", "in", "on", "at", "by", "with", "from", "to", "as", "over", "after", "via", "through", "under"]
)
#: A rest of more letters is no headline.
_LONGEST = 90
#: What somebody says has so many words.
_SAID = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done: its Chinese, at which token it ends, and the verb's entry."""

    zh: str
    end: int
    entry: Entry

    def but(self, before: str) -> Deed:
        """The same with how surely, or when, before it."""
        return replace(self, zh=before + self.zh)


def with_rest(reading: Reading, deed: Deed, title: str) -> str | None:
    """What is done with what stands behind it; None where that may turn what the verb says."""
    rest = reading.tokens[deed.end :]
    if not rest or not (_says if deed.entry.has("say") else _fits)(reading, deed.end, deed.entry):
        return None
    if deed.entry.has("money"):
        return _with_amount(reading, deed, title)
    if deed.entry.has("name"):
        return _with_name(reading, deed, title)
    kept = in_marks(verbatim(title, reading.tokens, deed.end, bare=not deed.entry.has("say")))
    if not 0 < len(kept) <= _LONGEST:
        return None
    if deed.entry.has("say"):
        return f"{deed.zh}：{kept}"
    return _with_object(reading, deed, title, kept)


def _with_object(reading: Reading, deed: Deed, title: str, kept: str) -> str:
    """The deed with its object: a name as a name, what explains it behind it; anything else in marks."""
    if name := whole_name(reading.tokens[deed.end :]):
        kept = f" {name} "
    elif "〈〉" not in deed.zh and (end := name_at(reading, deed.end)):
        name = verbatim(title, reading.tokens, deed.end, end)
        return f"{deed.zh} {name}{_more(title, reading.tokens, end)}"
    return deed.zh.replace("〈〉", kept) if "〈〉" in deed.zh else deed.zh + kept


def _says(reading: Reading, at: int, entry: Entry) -> bool:
    """Is what stands behind it what somebody says?"""
    rest = reading.tokens[at:]
    says = len(rest) >= _SAID and rest[0].low not in NO_OBJECT and not _words(rest) & words_of(entry, "not")
    return says and not _goes_on(reading, at)


def _fits(reading: Reading, at: int, entry: Entry) -> bool:
    """May this be what the verb is said of, in its one sense?"""
    first, rest = reading.tokens[at], reading.tokens[at:]
    if entry.en.endswith(" to") or entry.has("ing"):
        return len(rest) > 1 and first.kind == "word"
    if first.kind not in _OBJECTS or first.low in NO_OBJECT or _words(rest) & words_of(entry, "not"):
        return False
    if entry.has("only") and not _words(rest) & words_of(entry, "only"):
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


def _with_amount(reading: Reading, deed: Deed, title: str) -> str | None:
    amounts = [p for p in reading.parts("core", deed.end) if p.has("money") and p.entry is None]
    if not amounts:
        return None
    amount = max(amounts, key=lambda p: p.end)
    return deed.zh.replace("{}", amount.zh) + _more(title, reading.tokens, amount.end)


def _with_name(reading: Reading, deed: Deed, title: str) -> str | None:
    """What is done with somebody who is named; and what is behind the name."""
    tokens = reading.tokens
    for name in sorted(reading.parts("name", deed.end), key=lambda p: -p.end):
        after = tokens[name.end].low if name.end < len(tokens) else ""
        ends = not after or after in _BEHIND or after in {":", "—", "–"}
        if ends and not any(is_doubtful(t, name) for t in tokens[deed.end : name.end]):
            said = deed.zh.replace("{}", name.zh) if "{}" in deed.zh else f"{deed.zh} {name.zh}"
            return said + _more(title, tokens, name.end)
    return None


def _more(title: str, tokens: Sequence[Token], at: int) -> str:
    """What is behind it, as it stands."""
    rest = verbatim(title, tokens, at)
    return f"：{in_marks(rest)}" if rest else ""
