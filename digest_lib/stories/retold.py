"""How likely a story is but another report of what was told, by the measure of one day's articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from digest_lib.stories import grouping
from digest_lib.stories.story import Story
from digest_lib.stories.traits import Ids, Told, Traits, ids_in, told_traits, traits
from digest_lib.text.encoder import Encoder
from digest_lib.text.scripts import HAN

#: An older report is compared as if it were this many days old: the same is told again weeks later, too.
_DAYS_AGO = 2.0
#: The articles of a longer window are compared as if all were of its first day, as where it was measured.
_ONE_DAY = 1.0
#: Mean likelihood from which a story may be what a report of other news told.
_ALIKE = 0.2
#: Likelihood without the encoder above which a report is worth encoding.
_WORTH_ENCODING = 0.02
#: A quotation without a Chinese character, and so many characters outside of it that tell something.
_FOREIGN = re.compile(r"「[^」\u3400-\u9fff]{8,}」")
_LEAST_OUTSIDE = 16
#: A word of a title, or a character where words are not parted.
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")


def says_something(told: Told) -> bool:
    """Not a page that is called «ChatGPT»: every headline with the name in it takes that up."""
    return len(_WORD.findall(told.title)) > 1


def is_plain(sentence: str, language: str) -> bool:
    """Does a sentence of a post in Chinese tell something besides what it quotes in another script? Not one
    that is only a frame round a quotation («… 以英文表示：「Today we …」»)."""
    if not language.startswith("zh"):
        return True
    bare = _FOREIGN.sub("", sentence)
    return bare == sentence or len(HAN.findall(bare)) >= _LEAST_OUTSIDE


def retold(
    story: Sequence[Traits],
    told: Sequence[Traits],
    background: Sequence[Ids],
    meaning: Encoder | None,
    names: Sequence[str],
) -> float:
    """The mean, over the story's articles, of the likelihood that the nearest of the told reports is on the
    same event. `names` are those of the family that all are about."""
    today = min(t.day for t in story)
    together = [*(replace(t, day=today - _DAYS_AGO) for t in told), *(replace(t, day=today) for t in story)]
    i, j, likely = grouping.likely_pairs(together, background, meaning, names)
    best: dict[int, float] = defaultdict(float)
    for a, b, p in zip(i.tolist(), j.tolist(), likely.tolist(), strict=True):
        if a < len(told) <= b:
            best[b] = max(best[b], p)
    return round(sum(best.values()) / len(story), 4)


def alike(
    stories: Sequence[Story],
    told: Sequence[Told],
    background: Sequence[str],
    meaning: Encoder | None,
    names: Sequence[str],
) -> dict[str, dict[int, float]]:
    """For each story that may be what some of the reports told: which of them, and how likely."""
    articles = [(s.id, traits(a)) for s in stories for a in s.articles]
    if not told or not articles:
        return {}
    today = min(t.day for _, t in articles)
    # In a window of a week the last article would stand too far from every report to be compared.
    articles = [(name, replace(t, day=min(t.day, today + _ONE_DAY))) for name, t in articles]
    known = [(k, told_traits(t, today - _DAYS_AGO)) for k, t in enumerate(told) if says_something(t)]
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for (name, k), values in sorted(_likely(known, articles, background, meaning, names).items()):
        count = sum(1 for owner, _ in articles if owner == name)
        mean = round(sum(values.values()) / count, 4)
        if mean >= _ALIKE:
            found[name][k] = mean
    return found


def _likely(
    known: Sequence[tuple[int, Traits]],
    articles: Sequence[tuple[str, Traits]],
    background: Sequence[str],
    meaning: Encoder | None,
    names: Sequence[str],
) -> dict[tuple[str, int], dict[int, float]]:
    """(story, earlier story) -> article -> its likelihood with the nearest report of that earlier story."""
    words = [ids_in(text) for text in background]
    rough = _across([t for _, t in known], [t for _, t in articles], words, None, names)
    if meaning is not None and rough:
        olds = sorted({old for old, _ in rough})
        news = sorted({new for _, new in rough})
        fine = _across([known[o][1] for o in olds], [articles[n][1] for n in news], words, meaning, names)
        rough = {(olds[o], news[n]): p for (o, n), p in fine.items()}
    found: dict[tuple[str, int], dict[int, float]] = defaultdict(dict)
    for (old, new), p in rough.items():
        row = found[articles[new][0], known[old][0]]
        row[new] = max(p, row.get(new, 0.0))
    return found


def _across(
    known: Sequence[Traits],
    articles: Sequence[Traits],
    background: Sequence[Ids],
    meaning: Encoder | None,
    names: Sequence[str],
) -> dict[tuple[int, int], float]:
    """(number of the report, number of the article) -> likelihood, where there is one to speak of."""
    together = [*known, *articles]
    order = sorted(range(len(together)), key=lambda k: (together[k].day, k))
    i, j, likely = grouping.likely_pairs([together[k] for k in order], background, meaning, names)
    found = {}
    for a, b, p in zip(i.tolist(), j.tolist(), likely.tolist(), strict=True):
        old, new = sorted((order[a], order[b]))
        if old < len(known) <= new and p >= _WORTH_ENCODING:
            found[old, new - len(known)] = p
    return found
