"""What somebody writes about, where it is sure: doing something to what; a thing that has a name, and what it
is where that is sure, too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.text.names import known_spans
from digest_lib.writing.titles.half import half
from digest_lib.writing.titles.held import OF_ONE_KIND, Deed, deed_told, with_rest
from digest_lib.writing.titles.kept import is_sure_name, may_name, verbatim
from digest_lib.writing.titles.lexicon import sure_verbs
from digest_lib.writing.titles.phrase import is_phrase
from digest_lib.writing.titles.pieces import named, noun_in, placed, thing_told, whole_told
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.segment import Told
from digest_lib.writing.titles.tokens import Token

#: Gerunds that make a noun with the one behind them: training data.
_NOUNS = frozenset(
    ["auditing", "benchmarking", "debugging", "funding", "generating", "hiring", "inviting", "learning",
     "monitoring", "patching", "planning", "publishing", "reporting", "selling", "sharing",
     "testing", "training"]
)  # fmt: skip
#: Who is promised something: an answer for every investor.
_READERS = frozenset({"every", "your", "you"})
_DETERMINERS = frozenset(["a", "an", "the", "our", "my", "your", "its"])
#: With these a vendor tells what it did: its news.
_NEWS = frozenset(
    ["announcing", "bringing", "expanding", "introducing", "launching", "releasing", "sharing", "unveiling",
     "updating"]
)  # fmt: skip
_ASKED = {"how": "如何", "why": "為何"}
_MARKS = frozenset({":", "—", "–", "|"})
#: A name of common words has so many at most.
_CALLED = 3
#: A name and its version; kinds of names of those who say something.
_VERSIONED, _VERSION = 2, re.compile(r"v?\d+(?:\.\d+)*")
_WHO = frozenset({"company", "person", "body", "place"})
_ARTICLES = frozenset({"a", "an"})
#: What stands before a colon and names no thing, but what kind of text it is.
_LABELS = frozenset(
    ["the", "meet", "analysis", "announcement", "ask", "breaking", "editorial", "essay", "exclusive",
     "guide", "interview", "conversation", "history", "note", "opinion", "poll", "podcast", "preview",
     "question", "report", "review", "tell", "tutorial", "update", "video", "watch", "study", "dive",
     "look", "news", "launch", "spotlight", "story", "week", "q&a", "faq", "part", "episode", "issue",
     "chapter", "lesson", "lessons"]
)  # fmt: skip


def themed(tokens: Sequence[Token], title: str, vendor: str) -> Told | None:
    """What somebody writes about: what is done, and the rest as it is written. None where the first part is
    not sure."""
    if any(t.text == "?" for t in tokens):
        return None
    said = _done(Reading(tokens, vendor)) or _asked(tokens, vendor) or _called(tokens, title, vendor)
    return said and Told(f"{vendor} {said.text}" if vendor else said.text, is_topic=not vendor)


def shown(tokens: Sequence[Token], vendor: str) -> Told | None:
    """What else is written about: how something with a name is used; a thing, whole."""
    if any(t.text == "?" or t.low in _READERS for t in tokens):
        return None
    reading = Reading(tokens, vendor)
    said = _directed(reading) or _thing(reading)
    return said and Told(f"{vendor} {said.text}" if vendor else said.text, is_topic=not vendor)


def presented(tokens: Sequence[Token], title: str, vendor: str) -> Told | None:
    """A thing by its name, and what it is, as it is written: Orchard: An open framework."""
    said = _presented(tokens, title)
    return said and Told(f"{vendor} {said.text}" if vendor else said.text, is_topic=not vendor)


def _done(reading: Reading) -> Told | None:
    """Evaluating agents: who does it stands nowhere, so that it is what is written about; but a vendor's news
    are its own."""
    first = reading.tokens[0]
    news = bool(reading.vendor) and first.low in _NEWS
    noun = first.low in _NOUNS and reading.word(1) not in _DETERMINERS
    if noun or (first.low in _NEWS and not news):
        return None
    for form in sure_verbs().get(first.low, ()):
        plain = len(form.words) == 1 and not any(form.entry.has(use) for use in OF_ONE_KIND)
        if form.form != "ing" or not plain:
            continue
        before = "" if news else "談"
        if theme := form.entry.uses.get("theme") if not news else None:
            said = with_rest(reading, Deed(theme, 1, form.entry), plain=True)
        else:
            deed = Deed(form.entry.zh, 1, form.entry).but(before)
            said = with_rest(reading, deed, by_means=not news)
        if said:
            return Told(said)
    if (
        reading.word(0).endswith("ing")
        and first.low != "coming"
        and (said := whole_told(reading, "vp", 0, "ing"))
    ):
        return Told(said if news else f"談{said.strip()}")
    return None


def _directed(reading: Reading) -> Told | None:
    """Customize Auroxa with plugins: directions for something that has a name."""
    after, products = reading.tokens[1:2], any(p.has("product") for p in _names(reading))
    noun = any(form.form == "sg" for _, form in reading.entries(0, "n"))
    begins = bool(after) and (may_name(after[0]) or after[0].low in _DETERMINERS)
    if not products or (noun and not begins):
        return None
    said = None if reading.word(1) == "hn" else deed_told(reading)
    return Told(f"說明如何{said}") if said else None


def _names(reading: Reading) -> list[Part]:
    return [part for at in range(len(reading.tokens)) for part in reading.parts("name", at)]


def _thing(reading: Reading) -> Told | None:
    """A thing, whole: on a vendor's own page its name alone, too."""
    if name := named(reading.tokens):
        return Told(f"介紹 {name}") if reading.vendor else None
    said = placed(reading) or thing_told(reading, 0, len(reading.tokens))
    if not said:
        return None
    if said.startswith("關於"):
        return Told(f"發表{said}" if reading.vendor else f"談有關{said.removeprefix('關於')}")
    verb = "介紹" if any(p.has("product") for p in _names(reading)) else "談"
    return Told(f"{verb} {said}")


def _asked(tokens: Sequence[Token], vendor: str) -> Told | None:
    """How somebody does it, why somebody did."""
    asked = _ASKED.get(tokens[0].low)
    said = half(tokens[1:], vendor, asked=asked) if asked else None
    if not asked or not said:
        return None
    # A vendor says how it did so itself.
    said = said.strip()
    own = said.removeprefix(f"{vendor} ") if vendor and said.startswith(f"{vendor} ") else ""
    return Told(own if own.startswith(asked) else f"談自家{own}" if own else f"談 {said}")


def _called(tokens: Sequence[Token], title: str, vendor: str) -> Told | None:
    """Himalaya v2.0.0: CLI to manage emails; InvisiCaps: A capability model. A name with its version, or one
    that is written as no person's is: who says what follows may stand there, too."""
    at = next((i for i, token in enumerate(tokens) if token.text in _MARKS), 0)
    name = tokens[:at]
    numbered = len(name) == _VERSIONED and bool(_VERSION.fullmatch(name[1].text))
    alone = numbered or (len(name) == 1 and name[0].is_marked)
    if not alone or not is_sure_name(name) or name[0].low in _LABELS:
        return None
    if _WHO & {entry.kind for _, _, entry in known_spans(name[0].text)}:
        return None
    rest = verbatim(title, tokens, at + 1)
    which = _which(rest) if is_phrase(rest) else ""
    said = verbatim(title, tokens, 0, at)
    if vendor:
        return Told(f"介紹 {said}{which}")
    return Told(f"談 {said}{which}") if which else None


def _presented(tokens: Sequence[Token], title: str) -> Told | None:
    """Orchard: An open framework; Show HN: Ballet – Workflow automation."""
    shows = [t.low for t in tokens[:3]] == ["show", "hn", ":"]
    begin = 3 * shows
    at = next((i for i in range(begin + 1, len(tokens)) if tokens[i].text in _MARKS), 0)
    name = tokens[begin:at]
    if not name or at + 2 >= len(tokens) or not (shows or tokens[at + 1].low in _ARTICLES):
        return None
    called = is_sure_name(name) or (len(name) <= _CALLED and all(may_name(t) for t in name))
    kind = {t.low for t in (name[0], name[-1], *tokens[at + 2 : at + 4])}
    if not called or kind & _LABELS or name[0].low.endswith("ing"):
        return None
    said = verbatim(title, tokens, begin, at)
    return Told(f"介紹 {said}{_which(verbatim(title, tokens, at + 1))}")


def _which(rest: str) -> str:
    """What the thing is, where that is sure."""
    told = noun_in(rest)
    return f"：{told.strip()}" if told else ""
