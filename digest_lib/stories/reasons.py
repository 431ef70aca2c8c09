"""Why articles stand together, in words for the table at the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from digest_lib.articles.article import Article
from digest_lib.stories.topics import TOPIC
from digest_lib.stories.traits import NAME, NUMBER, words_of

_MOST = 5
#: Of a group by hand or by meaning alone, nothing may be shared.
_ALIKE = "alike in meaning"


def why_together(articles: Sequence[Article]) -> str:
    """The names, numbers and words that most of the articles share, those in their titles first."""
    if len(articles) == 1:
        return "single report"
    words = [words_of(a) for a in articles]
    titles = Counter(w for title, _ in words for w in set(title))
    everywhere = Counter(w for title, rest in words for w in {*title, *rest})
    most = [w for w, n in everywhere.items() if n > len(articles) / 2]
    best = sorted(most, key=lambda w: (not _telling(w), -titles[w], -everywhere[w], -len(w), w))
    # What the news is on says least, and is no word of theirs: only where nothing else is shared.
    shown: dict[str, str] = {}
    for word in sorted(best, key=lambda w: w.startswith(TOPIC)):
        if not (shown and word.startswith(TOPIC)):
            shown.setdefault(_readable(word).casefold(), _readable(word))
    return "share " + ", ".join([*shown.values()][:_MOST]) if shown else _ALIKE


def _telling(word: str) -> bool:
    """A name, or a number: what an event is recognised by across languages."""
    return word.startswith((NAME, NUMBER)) or any(c.isdigit() for c in word)


def _readable(word: str) -> str:
    if word.startswith(NUMBER):
        return f"{float(word.removeprefix(NUMBER)):,.12g}"
    return word.removeprefix(NAME).removeprefix(TOPIC)
