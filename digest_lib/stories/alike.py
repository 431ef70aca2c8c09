"""How likely two articles report one event, from what they share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digest_lib.stories.matrices import Ints, Matrices

Floats = npt.NDArray[np.float64]

_PAIRS_AT_ONCE = 50_000

#: A title or text with less telling words than this says little by what it shares of them.
_LEAST = 1.5

SIGNALS = (
    "words", "characters' cosine", "across languages", "one publisher", "days",
    "names: less covered title", "names: more covered title",
    "characters: less covered title", "characters: more covered title",
    "less covered title", "more covered title",
    "shared names",
    "names across languages: less covered", "names across languages: more covered",
    "names and topics across languages: less covered", "names and topics across languages: more covered",
    "names with topics across languages",
    "meaning", "titles' meaning", "leads' meaning",
)  # fmt: skip
#: The last ones need the encoder.
_BY_ENCODER = 3

#: Logistic regression on labelled pairs, as `bench/stories.py --fit` prints it: one weight a signal, then the
#: intercept; without the encoder its signals are missing and the others weigh more. Across languages a name
#: in the titles speaks for one event as far as a topic does, too: two affairs of one firm share its name.
WITH_ENCODER = (
    2.37, 10.3, 0.267, -0.987, -0.636, 2.13, 0.913, 3.41, 1.36, -4.26, 2.63, 0.572, -7.31, 0.093, 7.49, 0.502,
    3.66, 3.63, 3.62, 1.9, -7.26,
)  # fmt: skip
WITHOUT_ENCODER = (
    4.24, 14.1, 0.204, -0.584, -0.594, 2.73, 0.926, 4.29, 2.12, -1.08, 3.02, 0.687, -6.8, -0.0321, 8.9, 1.22,
    3.28, -6.41,
)  # fmt: skip
#: What two articles about one family have ahead of any two of the day, on the same scale: their events are
#: few, and the names that they share are not looked at. With the encoder, and without; measured on the days
#: before 30 July and on the written days. With the encoder a little more would find more of one event's
#: reports, and put an interview beside a release.
ONE_FAMILY = (1.25, 1.85)


def signals(news: Matrices, i: Ints, j: Ints) -> Floats:
    """One row a pair, one column a signal of `SIGNALS`, without the last three where there is no encoder.

    A title is covered as far as the other article has its telling words, in its title or its opening: of two
    reports of one event, at least one headline is covered. Across languages its telling words are its names
    and its topics: no other word is the same in both.
    """
    fixed = _Fixed(news)
    rows = [
        _signals(news, fixed, i[k : k + _PAIRS_AT_ONCE], j[k : k + _PAIRS_AT_ONCE])
        for k in range(0, len(i), _PAIRS_AT_ONCE)
    ]
    width = len(SIGNALS) - _BY_ENCODER * (news.dense is None)
    return np.concatenate(rows) if rows else np.zeros((0, width))


class _Fixed:
    """What is worked out once for all pairs: sums of telling words of each article."""

    def __init__(self, news: Matrices) -> None:
        self.language = np.unique([t.language for t in news.traits], return_inverse=True)[1]
        self.publisher = np.unique([t.publisher for t in news.traits], return_inverse=True)[1]
        # 1 and 2 on the left, 1 and 3 on the right: the product tells in which titles a shared word stands
        self.right = news.titled.copy()
        self.right.data = np.where(self.right.data > 1, 3, 1).astype(np.float32)
        self._rows = np.repeat(np.arange(len(news.traits)), np.diff(news.titled.indptr))
        columns, in_title = news.titled.indices, news.titled.data > 1
        telling, named, topical = news.telling[columns], news.named[columns], news.topical[columns]
        other = ~named & ~topical
        self.characters = np.sqrt(self._sum(telling * other))
        self.names_of_title = self._sum(telling * (named & in_title)) + _LEAST
        self.characters_of_title = self._sum(telling * (other & in_title)) + _LEAST
        self.topics_of_title = self._sum(telling * (topical & in_title)) + _LEAST
        self.same_in_all_of_title = self._sum(telling * (~other & in_title)) + _LEAST
        self.title = self._sum(telling * (~topical & in_title)) + _LEAST

    def _sum(self, weights: npt.NDArray[np.float32]) -> Floats:
        return np.bincount(self._rows, weights, len(self.language)).astype(np.float64)


def _signals(news: Matrices, fixed: _Fixed, i: Ints, j: Ints) -> Floats:
    shared = _Shared(news, fixed, i, j)
    across = (fixed.language[i] != fixed.language[j]).astype(float)
    names = shared.covered(shared.named, fixed.names_of_title)
    other = ~shared.named & ~shared.topical
    characters = shared.covered(other, fixed.characters_of_title)
    everything = shared.covered(~shared.topical, fixed.title)
    topics = shared.covered(shared.topical, fixed.topics_of_title)
    same_in_all = shared.covered(~other, fixed.same_in_all_of_title)
    lengths = np.maximum(fixed.characters[i] * fixed.characters[j], _LEAST)
    columns = [
        np.asarray(news.words[i].multiply(news.words[j]).sum(axis=1)).ravel(),
        shared.total(other) / lengths,
        across,
        (fixed.publisher[i] == fixed.publisher[j]).astype(float),
        np.abs(news.days[i] - news.days[j]),
        *names, *characters, *everything,
        np.log1p(shared.total(shared.named)),
        *(across * covered for covered in (*names, *same_in_all, np.sqrt(names[1] * topics[1]))),
    ]  # fmt: skip
    if news.dense is not None:
        title, lead = news.dense
        crossed = np.maximum((title[i] * lead[j]).sum(1), (lead[i] * title[j]).sum(1))
        columns += [crossed, (title[i] * title[j]).sum(1), (lead[i] * lead[j]).sum(1)]
    return np.stack(columns, axis=1)


class _Shared:
    """The words that the articles of each pair share."""

    def __init__(self, news: Matrices, fixed: _Fixed, i: Ints, j: Ints) -> None:
        words = news.titled[i].multiply(fixed.right[j]).tocsr()
        self._i, self._j = i, j
        self._rows = np.repeat(np.arange(len(i)), np.diff(words.indptr))
        self._telling = news.telling[words.indices]
        self._in_first, self._in_second = words.data % 2 == 0, words.data % 3 == 0
        self.named, self.topical = news.named[words.indices], news.topical[words.indices]

    def total(self, chosen: npt.NDArray[np.bool_]) -> Floats:
        """A pair's sum of what the chosen ones of its shared words tell."""
        return np.bincount(self._rows[chosen], self._telling[chosen], len(self._i)).astype(np.float64)

    def covered(self, chosen: npt.NDArray[np.bool_], whole: Floats) -> tuple[Floats, Floats]:
        """How much of the title's chosen words the other article has: of the title with less, and with more;
        `whole` are the titles' sums."""
        first = self.total(chosen & self._in_first) / whole[self._i]
        second = self.total(chosen & self._in_second) / whole[self._j]
        return np.minimum(first, second), np.maximum(first, second)


def likelihoods(news: Matrices, i: Ints, j: Ints) -> Floats:
    """How likely each pair reports one event, from 0 to 1."""
    weights = np.asarray(WITHOUT_ENCODER if news.dense is None else WITH_ENCODER)
    # Rounded: the last digits of a product depend on the machine's libraries.
    ahead = ONE_FAMILY[news.dense is None] if news.one_family else 0.0
    sums: Floats = signals(news, i, j) @ weights[:-1] + weights[-1] + ahead
    return np.asarray(np.round(1 / (1 + np.exp(-sums)), 4))
