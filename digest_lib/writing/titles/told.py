"""What a title says, in Traditional Chinese: its segments (`segment.py`) told and joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from digest_lib.text.english import is_common
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.segment import Told, segment
from digest_lib.writing.titles.tokens import Token, is_known, tokens_of

#: What stands before a title and says nothing of what it tells.
_TAG = re.compile(r"^\s*(?:[\[【(][^\]】)]{1,24}[\]】)]\s*|[^\w\s\"'“‘$\[(.]+\s*)+")
#: Behind these, an event is added to and a topic is narrowed; a title keeps so many words before them.
_ADDS = frozenset(["with", "to", "amid", "after", "while", "following", "ahead"])
_NARROWS = frozenset(["with", "for", "in", "on", "using", "via", "at", "across", "from", "through"])
#: What takes somebody else, who is named behind «with».
_JOINTLY = (
    "合作", "結盟", "聯盟", "聯手", "協議", "合約", "整合",
    "洽談", "對話", "對談", "競爭", "合資公司",
)  # fmt: skip
_LEAST = 3
#: A column is called «The» and a word.
_COLUMN = 2
#: Words that turn or hedge what stands before them, or say whose claim it is: nothing with one is left out.
_TURNS = frozenset([
    "not", "no", "never", "but", "except", "only", "if", "unless", "until",
    "despite", "although", "though", "without", "says", "said", "say", "claims", "claimed",
    "according", "report", "reports", "reportedly", "sources", "study", "survey", "warns", "rumor",
    "rumors", "alleged", "allegedly", "fake", "could", "may", "might", "would", "rather",
    "instead", "however", "yet", "denies", "denied", "opinion", "satire", "maybe", "perhaps",
    "almost", "nearly", "just", "still", "than", "or", "sort", "kind", "somewhat",
    "mostly", "partially", "partly", "temporarily", "eventually", "soon",
])  # fmt: skip
#: A name that hangs on what stands before it.
_HANGING = re.compile(r"(?:適用於|帶到|[在為於對的型業]) ?([A-Z][a-z]+(?: [A-Z][a-z]+)*)(?![\w-]| [\w-])")
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)\s*$")
_CUT = frozenset([".", ":", "—", "–", "|", ";", "-", "·", "?", "!", "…", "--"])
_HAN = r"\u3001-\u9fff\uff01-\uff5e"
_SHORTEST = 3


def told(title: str, vendor: str = "") -> Told | None:
    """The title in Chinese; None where a part of it is not sure. `vendor`: on whose own page it stands."""
    text = _YEAR.sub("", " ".join(_TAG.sub("", title.replace("’", "'")).split())).rstrip(". ")
    tokens = tokens_of(text)
    if not 1 < len(tokens) <= 28:  # noqa: PLR2004
        return None
    whole = segment(tokens, vendor)
    said = whole or _segments(tokens, vendor) or _shortened(tokens, vendor)
    if said is None or len(re.findall(f"[{_HAN}]", said.text)) < _SHORTEST - 1:
        return None
    text = spaced(said.text)
    return None if _is_half(text) else Told(text, said.is_topic)


def _is_half(text: str) -> bool:
    """Is a word left in English that is no name: «帶到 Everyone», «安全的 Intelligence Institute», «Meta's»?
    Who acts, what comes out and who else takes part stand as their names, be they common words."""
    if "'s" in text:
        return True
    runs = _HANGING.findall(text)
    return any(all(is_common(w.lower()) and not is_known(w) for w in run.split()) for run in runs)


def _segments(tokens: Sequence[Token], vendor: str) -> Told | None:
    """The parts between colons and dashes, each told; of an event, what goes on behind it may be left out."""
    parts = _split(tokens, _CUT)
    # The Batch: a column's name.
    if (
        len(parts) > 1
        and len(parts[0]) == _COLUMN
        and parts[0][0].low == "the"
        and parts[0][1].text[:1].isupper()
    ):
        return None
    said = [segment(part, vendor, inner=True) for part in parts] if len(parts) > 1 else []
    if said and said[0] and all(said):
        return Told("：".join(s.text.strip() for s in said if s), said[0].is_topic)
    for marks in (_CUT, _CUT | {","}):
        parts = _split(tokens, marks)
        rest = [t for part in parts[1:] for t in part]
        # A list that goes on is told whole or not at all.
        if "," in marks and {"and", "&"} & {t.low for t in rest} and not parts[1][0].low.endswith("ing"):
            continue
        if rest and not any(t.low in _TURNS or t.text in {"?", "'s"} for t in rest):
            return segment(parts[0], vendor, events=True)
    return None


def _shortened(tokens: Sequence[Token], vendor: str) -> Told | None:
    """The title up to a preposition behind which a word is not known: of an event only what adds to it is
    left out, of a topic what narrows it."""
    for at in range(len(tokens) - 2, _LEAST - 1, -1):
        word, rest = tokens[at].low, tokens[at:]
        # Tools that work: what a clause says of them goes on.
        if any(t.low in {"that", "which", "who"} for t in tokens[:at]):
            continue
        if word not in _NARROWS | _ADDS or any(t.low in _TURNS or t.kind == "mark" for t in rest):
            continue
        adds = word in _ADDS and (word != "to" or _bids(tokens[at + 1]))
        said = segment(tokens[:at], vendor, events=True) if adds else None
        # A court rules: what may be a verb makes no topic of what stands before the preposition.
        narrows = word in _NARROWS and not any(_acts(t) for t in tokens[1:at])
        topic = segment(tokens[:at], vendor, topics=word) if narrows else None
        told = said or topic
        # «Mistral AI partners with …»: who it is with is what is told.
        if told and word == "with" and told.text.rstrip().endswith(_JOINTLY):
            continue
        if told:
            return told
    return None


def _acts(token: Token) -> bool:
    """Is it the third person of a verb, whatever else?"""
    rows = forms().get(token.low, ())
    return any(f.form == "s" and len(f.words) == 1 for f in rows if f.entry.pos == "v")


def _bids(token: Token) -> bool:
    """Is it a verb, so that «to» says what for?"""
    return any(f.form == "base" for f in forms().get(token.low, ()) if f.entry.pos == "v")


def _split(tokens: Sequence[Token], marks: frozenset[str]) -> list[Sequence[Token]]:
    """The parts between marks; a question keeps its own."""
    cuts = [i for i, t in enumerate(tokens) if t.kind == "mark" and t.text in marks]
    parts = [
        tokens[a + 1 : b + (b < len(tokens) and tokens[b].text == "?")]
        for a, b in pairwise([-1, *cuts, len(tokens)])
    ]
    return [p for p in parts if p]


def spaced(text: str) -> str:
    """Spaces between Chinese and Latin, and nowhere else beside Chinese."""
    text = re.sub(r" +", " ", text)
    text = re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}])", "", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])", " ", text)
    text = re.sub(r" (?=[，、：。」])|(?<=[，、：。「]) ", "", text)
    # Of two 的 in a row, that of a short adjective goes.
    return re.sub(rf"的({_short()})的(?=[\u4e00-\u9fffA-Za-z ])", r"的\1", text).strip()


@cache
def _short() -> str:
    """Adjectives of two characters that have 的 before a noun."""
    entries = (f.entry for rows in forms().values() for f in rows if f.entry.pos == "a")
    return "|".join(
        sorted(
            {
                e.zh[:2]
                for e in entries
                if len(e.zh) == len("新的的") and e.zh.endswith("的") and e.zh != "未來的"
            }
        )
    )
