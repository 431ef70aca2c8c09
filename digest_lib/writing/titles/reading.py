"""A title being read: its tokens, what the lexicon has at each, and what each rule found there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from digest_lib.writing.titles.lexicon import Entry, Form, forms
from digest_lib.writing.titles.tokens import Token, is_named

#: Parts of speech whose terms of several words are not read word by word.
_TERMS = "na"
#: So many readings of one place are kept, the best first.
_MOST = 24


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a title that was understood: up to which token it goes, and what it is in Chinese."""

    end: int
    zh: str
    #: what kind of thing it is: h people, o a body, name, money, share, number, place, pl, e an event, …
    tags: frozenset[str] = frozenset()
    entry: Entry | None = None
    score: float = 0.0

    def has(self, *tags: str) -> bool:
        """Is it of one of these kinds?"""
        return any(tag in self.tags for tag in tags)

    def but(self, end: int, zh: str, *, score: float = 0.0, tags: frozenset[str] | None = None) -> Part:
        """The same thing further on, told in other words."""
        return replace(
            self, end=end, zh=zh, score=self.score + score, tags=self.tags if tags is None else tags
        )


Rule = Callable[["Reading", int, str], Iterator[Part]]
_RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Registers a rule of the grammar under a name, by which other rules call it."""

    def registered(function: Rule) -> Rule:
        _RULES[name] = function
        return function

    return registered


@dataclass(slots=True)
class Reading:
    """The tokens of one title, the vendor on whose page it stands (or nobody), and what was found."""

    tokens: Sequence[Token]
    vendor: str = ""
    _found: dict[tuple[str, int, str], list[Part]] = field(default_factory=dict)

    def parts(self, name: str, at: int, how: str = "") -> list[Part]:
        """What a rule finds at a token, the best first; nothing where it is asked within itself."""
        key = (name, at, how)
        if key not in self._found:
            self._found[key] = []
            if at < len(self.tokens):
                best: dict[tuple[int, str], Part] = {}
                for part in _RULES[name](self, at, how):
                    known = best.get((part.end, part.zh))
                    if known is None or known.score < part.score:
                        best[part.end, part.zh] = part
                self._found[key] = sorted(best.values(), key=lambda p: (-p.end, -p.score))[:_MOST]
        return self._found[key]

    def word(self, at: int) -> str:
        """The word or mark at a place, in lower case; empty behind the last."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def any_of(self, at: int, *phrases: str) -> Iterator[int]:
        """Behind each of these phrases that stands here."""
        for phrase in phrases:
            words = phrase.split()
            if [self.word(at + i) for i in range(len(words))] == words:
                yield at + len(words)

    def entries(self, at: int, pos: str) -> Iterator[tuple[int, Form]]:
        """Forms of the lexicon of one part of speech that stand here, the longest first; of nouns no shorter
        ones than the longest: a stable kernel, large language models."""
        longest = 0
        for form in forms().get(self.word(at), ()):
            if form.entry.pos == pos and self._stands(form, at):
                if pos in _TERMS and len(form.words) < longest:
                    return
                longest = len(form.words)
                yield at + longest, form

    def _stands(self, form: Form, at: int) -> bool:
        if at + len(form.words) > len(self.tokens):
            return False
        for i, word in enumerate(form.words):
            token = self.tokens[at + i]
            if token.kind not in {"word", "mark"}:
                return False
            if word != word.lower():
                if token.text != word and not (token.raised and _as_raised(word, token.text)):
                    return False
            # A capital within a title in small letters makes of a common word a name; so does the beginning
            # of a title of what is one, too: Reality Labs.
            elif len(form.words) == 1 and token.begins and is_named(token.text):  # noqa: SIM114
                return False
            elif token.low != word or token.is_capital or (token.text.isupper() and len(word) > 1):
                return False
        return True


def _as_raised(word: str, text: str) -> bool:
    """Is it the word with more capitals, as headlines have them: AI-Powered for AI-powered?"""
    return text.lower() == word.lower() and all(
        t.isupper() for w, t in zip(word, text, strict=True) if w.isupper()
    )
