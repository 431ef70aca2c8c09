"""Is a part of a title a phrase that names something, and no sentence of its own?"""

from __future__ import annotations

from digest_lib.text.english import is_common
from digest_lib.writing.titles.behind import only_acts
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.reading import Reading
from digest_lib.writing.titles.tokens import Token, tokens_of

#: Words that only a sentence has: what is or may be, and who does it.
_OF_SENTENCES = frozenset(
    ["is", "are", "was", "were", "am", "has", "have", "had", "does", "do", "did", "will", "would", "can",
     "could", "may", "might", "must", "should", "won't", "can't", "don't", "doesn't", "isn't", "aren't",
     "didn't", "shouldn't", "i", "we", "you", "he", "she", "it", "they", "not", "never", "no", "but", "if",
     "because", "than", "says", "gets", "goes", "i'm", "we're", "you're", "it's", "they're", "that's",
     "here's", "there's", "let's", "what's", "who's"]
)  # fmt: skip
_LONGEST = 90
#: What stands behind a noun rather than behind a verb.
_BEHIND_NOUNS = frozenset({"of", "and", "or", ",", "&", "'s", "("})


def is_phrase(text: str) -> bool:
    """Does nothing in it say that somebody does something, as far as the lexicon knows its words?"""
    tokens = tokens_of(text)
    reading = Reading(tokens)
    plain = 0 < len(text) <= _LONGEST and not any(t.low in _OF_SENTENCES for t in tokens)
    return plain and not any(_acts(reading, tokens, i) for i in range(1, len(tokens)))


def _acts(reading: Reading, tokens: list[Token], at: int) -> bool:
    """Is this word a verb that somebody does, and none behind «to»? What ends as one in the third person is,
    where no list has it as a noun and something goes on behind it: depends on, hinges on."""
    if only_acts(reading, at, "s"):
        return True
    token, after = tokens[at], reading.word(at + 1)
    looks = token.low.endswith("s") and not token.low.endswith(("ss", "us", "is")) and is_common(token.low)
    known = any(form.entry.pos in {"n", "a"} for form in forms().get(token.low, ()))
    if looks and not known and not token.is_capital and after and after not in _BEHIND_NOUNS:
        return True
    return tokens[at - 1].low not in {"to", "and", "or"} and only_acts(reading, at, "base")
