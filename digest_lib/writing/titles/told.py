"""What a title says, in Traditional Chinese: its segments (`segment.py`) told and joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from digest_lib.writing.titles.half import half
from digest_lib.writing.titles.held import aim_in
from digest_lib.writing.titles.kept import verbatim
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.odd import is_odd
from digest_lib.writing.titles.pieces import adds_only, has_small, is_readable
from digest_lib.writing.titles.segment import Told, segment
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.terms import has_one_sense
from digest_lib.writing.titles.themes import presented, shown, themed
from digest_lib.writing.titles.tokens import BODIES, Token, tokens_of

#: What stands before a title and says nothing of what it tells.
_TAG = re.compile(r"^\s*(?:[\[【(][^\]】)]{1,24}[\]】)]\s*|[^\w\s\"'“‘$\[(.]+\s*)+")
#: A column is called «The» and a word.
_COLUMN = 2
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)\s*$")
_CUT = frozenset([".", ":", "—", "–", "|", ";", "-", "·", "?", "!", "…", "--"])
_HAN = r"\u3001-\u9fff\uff01-\uff5e"
_SHORTEST = 3
#: The name of a body has so many words, and ends with one of these.
_NAMED = 5
_BODIES = frozenset({"agency", "association", "bureau", "center", "commission", "fund", "office", "society"})
#: Behind these stands on which occasion something is done.
_OCCASIONS = frozenset({"amid", "after", "following", "ahead", "while"})
#: A title has so many words and marks at most.
_MOST = 28


def told(title: str, vendor: str = "") -> Told | None:
    """The title in Chinese; None where a part of it is not sure. `vendor`: on whose own page it stands."""
    text, tokens = _read(title)
    if not 1 < len(tokens) <= _MOST:
        return None
    if (thing := presented(tokens, text, vendor)) is not None:
        return replace(thing, text=spaced(thing.text))
    for read in (partial(segment, tokens), partial(_segments, tokens, text), partial(_cut, tokens)):
        said = read(vendor)
        if said and len(re.findall(f"[{_HAN}]", said.text)) >= _SHORTEST - 1:
            whole = spaced(said.text)
            about = whole.partition("談")[2] if not (said.is_event or said.is_told or said.is_name) else ""
            if about and not is_readable(tokens, about, noun=not tokens[0].low.endswith("ing")):
                continue
            unsure = has_small([t for t in tokens if not t.coined], whole) or _is_body(tokens)
            if unsure and not said.is_name:
                continue
            if said.is_name or not (is_odd(whole, tokens) or _is_open(said, tokens, vendor)):
                return Told(whole, said.is_topic)
    return None


def _cut(tokens: Sequence[Token], vendor: str) -> Told | None:
    """Who does what, where behind it only stands what for, or on which occasion."""
    for at in range(len(tokens) - 1, _SHORTEST - 1, -1):
        aim = tokens[at].low == "to" and _is_deed(tokens[at + 1 :])
        aim = aim and not any(wants_deed(t) for t in tokens[:at])
        if not (aim or tokens[at].low in _OCCASIONS) or tokens[at - 1].kind == "mark":
            continue
        event = segment(tokens[:at], vendor, events=True)
        if event and not _is_open(event, tokens[:at], vendor) and not is_odd(spaced(event.text), tokens[:at]):
            rest = " ".join(t.text for t in tokens[at:])
            return Told(event.text + aim_in(rest, vendor), is_told=True) if adds_only(rest) else None
    return None


def _is_deed(tokens: Sequence[Token]) -> bool:
    """Do these begin with a verb that says what to do?"""
    verbs = forms().get(tokens[0].low, ()) if tokens and not tokens[0].is_capital else ()
    return any(form.form == "base" for form in verbs)


def _is_body(tokens: Sequence[Token]) -> bool:
    """Does it begin with a body's name under capitals, whose words may be told: Sovereign Tech Fund?"""
    first = next((i for i, t in enumerate(tokens[:_NAMED]) if i > 1 and t.low in BODIES | _BODIES), 0)
    called = all(t.raised and t.text[:1].isupper() for t in tokens[: first + 1])
    return bool(first) and called and tokens[0].low not in {"a", "an", "the"}


def wants_deed(token: Token) -> bool:
    """Is it a verb or a noun that says what somebody is to do: wants developers to, plan to?"""
    return any(
        form.entry.has(use) for form in forms().get(token.low, ()) for use in ("vo", "inf", "tov", "ving")
    )


def partly(title: str, vendor: str = "") -> Told | None:
    """Who does what of a title, or what it is about; None where that is not sure."""
    text, tokens = _read(title)
    if not 1 < len(tokens) <= _MOST:
        return None
    if said := None if _is_body(tokens) else half(tokens, vendor):
        return Told(spaced(said))
    theme = themed(tokens, text, vendor)
    return theme and replace(theme, text=spaced(theme.text))


def topic(title: str, vendor: str = "") -> Told | None:
    """What a title names, or says how to do, where it tells of nothing else."""
    _, tokens = _read(title)
    thing = shown(tokens, vendor) if 1 <= len(tokens) <= _MOST else None
    return thing and replace(thing, text=spaced(thing.text))


def _read(title: str) -> tuple[str, list[Token]]:
    text = _YEAR.sub("", " ".join(_TAG.sub("", title).split())).rstrip(". !")
    # K–12 is one word.
    text = re.sub(r"(?<=\w)–(?=\w)", "-", text)
    return text, tokens_of(text.replace("’", "'"))


def _segments(tokens: Sequence[Token], text: str, vendor: str) -> Told | None:
    """The parts between colons and dashes, each told; what only adds to an event behind it is left out."""
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
    sure = [s for s, part in zip(said, parts, strict=False) if s and not _is_open(s, part, vendor)]
    if sure and len(sure) == len(parts):
        return Told("：".join(s.text.strip() for s in sure), sure[0].is_topic, is_event=True, is_told=True)
    event = segment(parts[0], vendor, events=True) if len(parts) > 1 else None
    if event is None or _is_open(event, parts[0], vendor) or any(t.text == "?" for t in tokens):
        return None
    rest = verbatim(text, tokens, len(parts[0]))
    return Told(event.text.strip(), is_told=True, is_name=event.is_name) if rest and adds_only(rest) else None


def _is_open(said: Told, tokens: Sequence[Token], vendor: str) -> bool:
    """Has a word of it several senses, or does more hang on something than is surely read?"""
    return not (said.is_name or said.is_told or has_one_sense(tokens, vendor, hanging=2 * said.is_event))


def _split(tokens: Sequence[Token], marks: frozenset[str]) -> list[Sequence[Token]]:
    """The parts between marks; a question keeps its own."""
    cuts = [i for i, t in enumerate(tokens) if t.kind == "mark" and t.text in marks]
    parts = [
        tokens[a + 1 : b + (b < len(tokens) and tokens[b].text == "?")]
        for a, b in pairwise([-1, *cuts, len(tokens)])
    ]
    return [p for p in parts if p]
