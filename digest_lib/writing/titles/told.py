"""What a title says, in Traditional Chinese: its segments told and joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from digest_lib.text.english import is_common
from digest_lib.writing.titles import clauses, naming, nouns, phrases, questions, verbs  # noqa: F401 - they are the grammar's rules
from digest_lib.writing.titles.joints import date_at
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.tokens import Token, is_known, spelled, tokens_of

#: What stands before a title and says nothing of what it tells.
_TAG = re.compile(r"^\s*(?:[\[【(][^\]】)]{1,24}[\]】)]\s*|[^\w\s\"'“‘$\[(.]+\s*)+")
#: Behind these, an event is added to and a topic is narrowed; a title keeps so many words before them.
_ADDS = frozenset(["with", "to", "amid", "after", "while", "following", "ahead"])
_NARROWS = frozenset(["with", "for", "in", "on", "using", "via", "at", "across", "from", "through"])
_MEANS = frozenset(["with", "using", "via"])
#: What takes somebody else, who is named behind «with».
_JOINTLY = (
    "合作",
    "結盟",
    "聯盟",
    "聯手",
    "協議",
    "合約",
    "整合",
    "洽談",
    "對話",
    "對談",
    "競爭",
    "合資公司",
)
_LEAST = 3
#: A column is called «The» and a word.
_COLUMN = 2
#: Words that turn or hedge what stands before them, or say whose claim it is: nothing with one is left out.
_TURNS = frozenset(
    [
        "not",
        "no",
        "never",
        "but",
        "except",
        "only",
        "if",
        "unless",
        "until",
        "despite",
        "although",
        "though",
        "without",
        "says",
        "said",
        "say",
        "claims",
        "claimed",
        "according",
        "report",
        "reports",
        "reportedly",
        "sources",
        "study",
        "survey",
        "warns",
        "rumor",
        "rumors",
        "alleged",
        "allegedly",
        "fake",
        "could",
        "may",
        "might",
        "would",
        "rather",
        "instead",
        "however",
        "yet",
        "denies",
        "denied",
        "opinion",
        "satire",
        "maybe",
        "perhaps",
        "almost",
        "nearly",
        "just",
        "still",
        "than",
        "or",
        "sort",
        "kind",
        "somewhat",
        "mostly",
        "partially",
        "partly",
        "temporarily",
        "eventually",
        "soon",
    ]
)
#: What hangs on what is open in a title that holds one of these: by what means, together with what, or what
#: each part of a list belongs to. A quarter of what was told of such titles was read as wrong.
_OPEN = frozenset(["with", "using", "via", "while", "as", "through", "and", "&", "or", "between"])
#: A name that hangs on what stands before it.
_HANGING = re.compile(r"(?:適用於|帶到|[在為於對的型業]) ?([A-Z][a-z]+(?: [A-Z][a-z]+)*)(?![\w-]| [\w-])")
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)\s*$")
_CUT = frozenset([".", ":", "—", "–", "|", ";", "-", "·", "?", "!", "…", "--"])
_HAN = r"\u3001-\u9fff\uff01-\uff5e"
#: Gerunds with which a vendor tells what it did, not how it is done.
_NEWS = frozenset(
    ["introducing", "announcing", "launching", "releasing", "unveiling", "expanding", "bringing", "updating"]
)
#: A title of fewer words in capitals is a name: Slash Pages.
_BID = 4
#: A person has so many names at most.
_NAMED = 5
_SHORTEST = 3
#: Told is what somebody writes about, and not who does. Of two words, as no noun of the tags is.
_TOPIC = frozenset({"a topic"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a title says in Chinese; of a topic without who writes about it: 談如何評估代理."""

    text: str
    is_topic: bool = False


def told(title: str, vendor: str = "") -> Told | None:
    """The title in Chinese; None where a part of it is not sure. `vendor`: on whose own page it stands."""
    text = _YEAR.sub("", " ".join(_TAG.sub("", title.replace("’", "'")).split())).rstrip(". ")
    tokens = tokens_of(text)
    if not 1 < len(tokens) <= 28:  # noqa: PLR2004
        return None
    whole = _segment(tokens, vendor)
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
    said = [_segment(part, vendor, inner=True) for part in parts] if len(parts) > 1 else []
    if said and said[0] and all(said):
        return Told("：".join(s.text.strip() for s in said if s), said[0].is_topic)
    for marks in (_CUT, _CUT | {","}):
        parts = _split(tokens, marks)
        rest = [t for part in parts[1:] for t in part]
        # A list that goes on is told whole or not at all.
        if "," in marks and {"and", "&"} & {t.low for t in rest} and not parts[1][0].low.endswith("ing"):
            continue
        if rest and not any(t.low in _TURNS or t.text in {"?", "'s"} for t in rest):
            return _segment(parts[0], vendor, events=True)
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
        said = _segment(tokens[:at], vendor, events=True) if adds else None
        # A court rules: what may be a verb makes no topic of what stands before the preposition.
        narrows = word in _NARROWS and not any(_acts(t) for t in tokens[1:at])
        topic = _segment(tokens[:at], vendor, topics=word) if narrows else None
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


def _segment(
    tokens: Sequence[Token], vendor: str, *, inner: bool = False, events: bool = False, topics: str = ""
) -> Told | None:
    """One segment, where the grammar covers all of it; None where two readings differ in what is done. With
    `events` only a clause counts, with `topics`, the preposition that follows, a noun phrase or, where it
    says by what means, a deed."""
    if any(_is_open(tokens, at) for at in range(len(tokens))):
        return None
    tokens, dated = _undated(tokens)
    reading = Reading(tokens, vendor)
    asks = bool(tokens) and tokens[-1].text == "?"
    end = len(tokens) - asks
    found = list(_readings(reading, end, asks, inner))
    if events:
        found = [(p, said) for p, said in found if p.has("clause")]
    if topics:
        means = topics in _MEANS
        found = [(p, said) for p, said in found if p.has("names") or (means and not p.has("clause", "how"))]
    # A word that begins a title may be what is done or what it is about: build, support, research.
    if len({kind for part, _ in found if (kind := _kind(part))}) > 1:
        return None
    best = max(found, key=lambda p: p[0].score, default=None)
    return Told(best[1] + dated, best[0].has(*_TOPIC)) if best else None


def _is_open(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word there leaves open what hangs on what; two names, and what one is kept from, do not."""
    word, sides = tokens[at].low, [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    if word not in _OPEN:
        return False
    joins = word in {"and", "&"} and all(t.raised and not is_known(t.text) for t in sides)
    return not joins and not (word == "using" and at > 0 and tokens[at - 1].low == "from")


def _undated(tokens: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """The tokens without the date behind a comma at their end, and that date."""
    for at in range(max(1, len(tokens) - 5), len(tokens) - 1):
        if tokens[at].text == "," and (date := date_at(Reading(tokens), at + 1)) and date[0] == len(tokens):
            return tokens[:at], f"（{date[1]}）"
    return tokens, ""


def _topic(part: Part) -> Part:
    return part.but(part.end, part.zh, tags=part.tags | _TOPIC)


def _kind(part: Part) -> str:
    return next((kind for kind in ("bids", "names") if part.has(kind)), "")


def _readings(reading: Reading, end: int, asks: bool, inner: bool) -> Iterator[tuple[Part, str]]:
    def whole(name: str, at: int = 0, how: str = "") -> Iterator[Part]:
        return (p for p in reading.parts(name, at, how) if p.end == end)

    if asks:
        yield from ((_topic(p), f"探討{p.zh}") for p in (*whole("whether"), *whole("how")))
        return
    for part in whole("clause"):
        yield part, part.zh
    for part in whole("how"):
        yield (_topic(part), f"教學：{part.zh}") if part.has("howto") and not inner else (part, part.zh)
    for at in reading.any_of(0, "meet", "meet the new"):
        yield from ((p, f"{_who(reading)}推出 {p.zh}") for p in whole("np", at) if not p.has("h"))
    yield from _patterns(reading, end)
    # What stands alone is what somebody talks about: the vendor, or who published it.
    alone = _TOPIC if not (inner or reading.vendor) else frozenset[str]()
    for part in whole("vp", 0, "ing"):
        if said := _gerund(reading, part.zh, inner=inner):
            tags = part.tags | (alone if reading.word(0) not in _NEWS else frozenset())
            yield part.but(end, part.zh, score=-1, tags=tags), said
    # Debugging information is a noun of two words, not what is debugged.
    known = any(len(form.words) > 1 for _, form in reading.entries(0, "n"))
    for part in whole("np"):
        if not part.has("deed"):
            told = part.zh if inner else f"{_who(reading)}談 {part.zh}"
            yield part.but(end, part.zh, score=0.0 if known else -2.0, tags=alone | {"names"}), told
    short = reading.tokens[0].raised and end < _BID
    for part in whole("vp", 0, "base") if not short else ():
        yield (
            part.but(end, part.zh, score=-3, tags=alone | {"bids"}),
            part.zh if inner else f"{_who(reading)}談如何{part.zh}",
        )


def _gerund(reading: Reading, said: str, *, inner: bool) -> str:
    """A title that begins with what is done: a vendor's news of its own, or what is written about."""
    if reading.word(0) not in _NEWS:
        return said if inner else f"{_who(reading)}談{said}"
    if reading.vendor:
        return f"{reading.vendor} {said}"
    # Without who did it, what came out is told.
    return f"{said.removeprefix('推出')} 推出" if said.startswith("推出") and "，" not in said else ""


def _patterns(reading: Reading, end: int) -> Iterator[tuple[Part, str]]:
    """What titles of blogs are built like: a quotation, a person on a matter, a matter explained."""
    tokens = reading.tokens
    if (
        reading.word(0) == "quoting"
        and 1 < end <= _NAMED
        and all(t.text[:1].isupper() for t in tokens[1:end])
    ):
        yield Part(end, "", _TOPIC), f"引述 {spelled(tokens[1:end])} 的說法"
    for name in reading.parts("name", 0):
        if reading.word(name.end) == "on" and _is_person(tokens[: name.end]):
            for what in reading.parts("np", name.end + 1):
                if what.end == end and not what.has("name", "on", "product"):
                    yield Part(end, ""), f"{name.zh} 談 {what.zh}"
            for what in reading.parts("how", name.end + 1):
                if what.end == end:
                    yield Part(end, ""), f"{name.zh} 談 {what.zh}"
    if reading.word(end - 1) == "explained":
        yield from ((_topic(p), f"解析 {p.zh}") for p in reading.parts("np", 0) if p.end == end - 1)


def _is_person(tokens: Sequence[Token]) -> bool:
    """May these words be a person's names?"""
    alone = all(
        t.text.replace(".", "").isalpha() and not is_known(t.text) and t.text[1:].islower() for t in tokens
    )
    return 1 < len(tokens) < _NAMED and alone


def _who(reading: Reading) -> str:
    return f"{reading.vendor} " if reading.vendor else ""


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
