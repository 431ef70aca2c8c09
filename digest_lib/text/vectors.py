"""Texts as sparse vectors: which share their rare words, numbers and names, in whatever script.

TF-IDF as in Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, chapter 6 (sublinear term
frequency, smoothed inverse document frequency, rows of length 1), on scipy: a few lines, where importing a
machine-learning library for it costs seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from digest_lib.quick import later
from digest_lib.text.names import well_known
from digest_lib.text.scripts import fold

later("numpy.f2py")  # a reader of Fortran, which scipy asks for by importing all that numpy names
from scipy import sparse as sparse  # noqa: E402, PLC0414 - for others, too

#: How much a well-known name counts beside a word: across scripts it is what one event's headlines share.
_NAME_WEIGHT = 2.0

_NAME = "name:"
#: A Latin word with what is glued to it (gpt-5.6 stays one), a number, or a run of Han, kana or hangul.
_TERM = re.compile(
    r"[a-z\u00c0-\u024f][a-z\u00c0-\u024f0-9]*(?:[-.'’][a-z0-9\u00c0-\u024f]+)*|\d+(?:[.,:]\d+)*"
    r"|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+|[\u3041-\u30ff]+|[\uac00-\ud7a3]+"
    r"|[^\W\d_a-z\u00c0-\u024f\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)*")
_STOP = re.compile(
    r"(?:a|an|the|and|or|of|in|on|at|to|for|from|by|with|as|is|are|was|be|it"
    r"|its|this|that|how|why|what|you|your)"
)


def tokens(text: str) -> list[str]:
    """What a text is compared by, with repetitions: Latin words (a word with digits also by its parts, so
    that gpt-5.6 and GPT 5.6 meet), numbers, pairs of Han characters in Simplified, and well-known names as
    `name:NVIDIA`, whatever they are called in the text."""
    found = list(chain.from_iterable(_terms(m.group()) for m in _TERM.finditer(fold(text))))
    return found + [_NAME + name for name in sorted(well_known(text))]


def _terms(term: str) -> Iterable[str]:
    first = term[0]
    if first.isdigit():
        return [term.replace(",", "")]
    if not first.isascii() and not "\u00c0" <= first <= "\u024f":
        return [term] if len(term) == 1 else [term[i : i + 2] for i in range(len(term) - 1)]
    if _STOP.fullmatch(term):
        return []
    term = re.sub(r"['’]s$", "", term)
    numbers = _DIGITS.findall(term)
    words = [w for w in re.split(r"[-.\d'’]+", term) if len(w) > 1]
    return [term] if words == [term] else [term.replace("-", ""), *words, *numbers]


def tfidf(texts: Sequence[str]) -> sparse.csr_matrix:
    """One row a text, of length 1 (or empty, where the text has no token), one column a token.

    The product of two rows is their cosine. Time and memory grow with the tokens, not with pairs of texts.
    """
    return weighted([tokens(t) for t in texts])


def weighted(documents: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """As `tfidf`, from tokens: for a caller that adds its own or keeps them."""
    columns: dict[str, int] = {}
    indices: list[int] = []
    counts: list[int] = []
    starts = [0]
    for document in documents:
        for token, n in Counter(document).items():
            indices.append(columns.setdefault(token, len(columns)))
            counts.append(n)
        starts.append(len(indices))
    column = np.asarray(indices, dtype=np.int32)
    frequency = np.bincount(column, minlength=len(columns))
    idf = np.log((1 + len(documents)) / (1 + frequency)) + 1
    idf *= np.fromiter((_weight(t) for t in columns), dtype=float, count=len(columns))
    values = (1 + np.log(np.asarray(counts, dtype=float))) * idf[column]
    matrix = sparse.csr_matrix((values, column, np.asarray(starts)), shape=(len(documents), len(columns)))
    return _unit_rows(matrix)


def _weight(token: str) -> float:
    return _NAME_WEIGHT if token.startswith(_NAME) else 1.0


def _unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix
