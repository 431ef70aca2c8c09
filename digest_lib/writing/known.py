"""What a text has said, and what a sentence adds to it: figures, names, events, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from digest_lib.text.numbers import stated
from digest_lib.text.quantity import Quantity
from digest_lib.text.vectors import tokens
from digest_lib.writing.worth import NO_FIGURES, events, named

#: A sentence that has so many of its words in common with one that was told repeats it.
_REPEATS = 0.6
#: Of its words so many are new where it says something else than what was told; so many are enough where a
#: name or an event is new, too, and so many where a figure is.
_NEW_WORDS, _FEW_WORDS, _FEWEST_WORDS = 0.7, 0.45, 0.25
_GLOSS = re.compile(r"[（(][^）)]*[）)]")


@dataclass
class Known:
    """What has been said."""

    texts: list[str]
    things: set[object] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for text in self.texts:
            self._note(text)

    def new_in(self, text: str) -> set[object]:
        """The figures and names of a text that were not said; none of a text that says what was."""
        own = set(tokens(text))
        repeats = any(len(own & set(tokens(known))) >= _REPEATS * len(own) for known in self.texts)
        return set() if repeats else things(text) - self.things

    def share_new(self, text: str) -> float:
        """Of a text's words, the share that was not said."""
        own = set(tokens(text))
        return len(own - self.words) / len(own) if own else 0.0

    def is_told_by(self, text: str) -> bool:
        """Does a text say something that was not said?"""
        new = (things(text) | events(text)) - self.things
        least = _FEW_WORDS if new else _NEW_WORDS
        return self.share_new(text) >= (_FEWEST_WORDS if any(isinstance(n, Quantity) for n in new) else least)

    def add(self, text: str) -> None:
        """Says it."""
        self.texts.append(text)
        self._note(text)

    def _note(self, text: str) -> None:
        self.things |= things(text) | events(text)
        self.words |= set(tokens(text))


def things(text: str) -> set[object]:
    """The figures and the names of a text; what stands in brackets is another name of what is named."""
    text = _GLOSS.sub("", text)
    figures = {q for q in stated(text) if q.unit not in NO_FIGURES and any(c.isdigit() for c in q.said)}
    return figures | named(text)
