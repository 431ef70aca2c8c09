"""Which sentences tell a story: by what they report (`worth`), how central they are to their story and how
little they repeat (maximal marginal relevance; Carbonell and Goldstein, SIGIR 1998)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from digest_lib.stories.story import Story
from digest_lib.text.vectors import tfidf, tokens
from digest_lib.writing.background import LONG_AGO, is_background
from digest_lib.writing.frames import frames
from digest_lib.writing.known import Known
from digest_lib.writing.telling import said
from digest_lib.writing.worth import Extract, backgrounds, extracts, named

#: One sentence, or two of which the second leans on the first.
Passage = tuple[Extract, ...]

#: Sentences of one story.
SENTENCES = 4
#: Sentences of one article: a story is told by those who report it, not copied from one of them.
OF_ONE = 3
#: The weight of relevance against novelty, as in the method's paper.
LAMBDA = 0.7
#: How a sentence begins that turns the one before it.
TURNS = re.compile("但|不過|不过|然而|可是|只是")
#: A sentence of so late a place still begins an article.
LATEST_OPENING = 2


def pick(story: Story, language: str = "zh-TW", headline: str = "", room: int | None = None) -> list[Extract]:
    """The sentences that tell the story: reports of what happened, central to it, early in their article, not
    repeating; one that leans on another comes with it. A Chinese post tells no sentence of a language that
    its readers may not read. In each, `room` characters more may be quoted than it tells: as many as the
    headline has, unless it is said."""
    readable = [a for a in story.articles if language != "zh-TW" or a.lang[:2] == "zh"]
    report, room = frames(language).report, len(headline) if room is None else room
    texts = {e: said(report, e, language, room) for a in readable for e in extracts(a)}
    told = [e for e, text in texts.items() if text]
    titles = [a.title for a in story.articles]
    candidates = (
        _telling(titles, [e for e in told if not is_background(e.text, e.article)])
        or _telling(titles, [e for e in told if not is_background(e.text, e.article, LONG_AGO)])
        or [(e,) for a in readable for e in backgrounds(a)]
    )
    if not candidates:
        return []
    n = len(candidates)
    vectors = tfidf(
        [*(p[-1].text for p in candidates), *("".join(e.text for e in p) for p in candidates), *titles]
    )
    alike = np.asarray((vectors @ vectors.T).todense())
    # Near the titles: what the story is about, rather than what its longest article dwells on.
    central = alike[n : 2 * n, 2 * n :].mean(axis=1)
    early = np.array([1.0 / (1.0 + p[-1].place) for p in candidates])
    value = central + 0.4 * early + np.array([_preference(p, story) for p in candidates])
    shown = [without_frame(texts.get(p[-1], p[-1].text), p[-1].article.publisher) for p in candidates]
    chosen = _marginal(value, alike[:n, :n], candidates, shown, Known([headline]))
    picked = list(dict.fromkeys(e for i in chosen for e in candidates[i]))
    return _with_turns(picked, told)


def _with_turns(picked: Sequence[Extract], told: Sequence[Extract]) -> list[Extract]:
    """The same, each with the sentence behind it that turns it, as far as there is room: who has set a record
    and broken the law to do so has not only set a record."""
    by_place = {(e.article.id, e.place): e for e in told}
    found = list(picked)
    for extract in picked:
        behind = by_place.get((extract.article.id, extract.place + 1))
        own = sum(e.article.id == extract.article.id for e in found)
        has_room = len(found) < SENTENCES and own < OF_ONE
        if behind and behind not in found and TURNS.match(behind.text) and has_room:
            found.append(behind)
    return found


def _telling(titles: Sequence[str], found: Sequence[Extract]) -> list[Passage]:
    """What tells the news of these titles; else what begins their articles."""
    return _on_the(titles, passages(found)) or openings(found)


def _on_the(titles: Sequence[str], passages: Sequence[Passage]) -> list[Passage]:
    """Those that share a name or a word with a title; the others are about something else."""
    names = {name for title in titles for name in named(title)}
    words = {word for title in titles for word in tokens(title)}
    return [p for p in passages if any(named(e.text) & names or words & set(tokens(e.text)) for e in p)]


def passages(extracts: Sequence[Extract]) -> list[Passage]:
    """What can be chosen of these: each sentence that is worth telling, with the one that it leans on."""
    by_place = {(e.article.id, e.place): e for e in extracts}
    found: list[Passage] = []
    for extract in extracts:
        if extract.worth < 1:
            continue
        before = by_place.get((extract.article.id, extract.place - 1))
        if not extract.leans:
            found.append((extract,))
        elif before and not before.leans and (before.worth >= 1 or _on_topic(before)):
            found.append((before, extract))
    return found


def openings(extracts: Sequence[Extract]) -> list[Passage]:
    """Where nothing says an event: what begins an article and speaks of what its title does."""
    return [(e,) for e in extracts if e.place <= LATEST_OPENING and not e.leans and _on_topic(e)]


def _on_topic(extract: Extract) -> bool:
    """Does it name somebody whom its article's title names?"""
    return bool(named(extract.text) & named(extract.article.title))


def without_frame(text: str, publisher: str) -> str:
    """What is told, without who reported it when."""
    _, reports, rest = text.partition("報導")
    return rest if reports and text.startswith(publisher) else text


def _marginal(
    value: np.ndarray, alike: np.ndarray, passages: Sequence[Passage], texts: Sequence[str], known: Known
) -> list[int]:
    """Indices by maximal marginal relevance, the best first; so many sentences at most, and of one article no
    more than `OF_ONE`. None whose text, as it is told, says only what is `known` or told before it, unless
    there is no other."""
    chosen: list[int] = []
    again: list[int] = []
    while len(chosen) < len(value):
        repeats = alike[:, chosen].max(axis=1) if chosen else np.zeros(len(value))
        score = LAMBDA * value - (1 - LAMBDA) * repeats
        # What is nearly the same sentence is never quoted twice.
        score[repeats > 0.6] = -np.inf  # noqa: PLR2004 - cosine of near-identical wording
        score[[i for i in range(len(value)) if not _has_room(i, chosen, passages)]] = -np.inf
        best = int(np.argmax(score))
        if score[best] == -np.inf:
            break
        if known.is_told_by(texts[best]):
            chosen.append(best)
            known.add(texts[best])
        else:
            value[best] = -np.inf
            again.append(best)
    return chosen or again[:1]


def _has_room(i: int, chosen: Sequence[int], passages: Sequence[Passage]) -> bool:
    """Can the passage be told beside those chosen?"""
    told = {e for k in chosen for e in passages[k]}
    with_it = told | set(passages[i])
    own = sum(e.article.id == passages[i][0].article.id for e in with_it)
    return told != with_it and len(with_it) <= SENTENCES and own <= OF_ONE


def _preference(passage: Passage, story: Story) -> float:
    """More for what is more of a report, and a little for the lead; less for what needs another sentence."""
    return 0.2 * passage[-1].worth + 0.15 * (passage[0].article is story.lead) - 0.1 * (len(passage) - 1)
