"""Sentences as HTML: each with the numbers of its sources, analysis and vendors' claims marked as such."""

from __future__ import annotations

from collections.abc import Sequence

from digest_lib.checking.digest import Sentence
from digest_lib.publishing.facts import Facts
from digest_lib.publishing.markup import JOINER, esc
from digest_lib.publishing.words import Words


class Sentences:
    """Shows the sentences of one post."""

    def __init__(self, facts: Facts, words: Words) -> None:
        self._sources = {source.id: source for source in facts.sources}
        self._words = words

    def paragraph(self, sentences: Sequence[Sentence]) -> str:
        """The sentences as one paragraph."""
        return f"<p>{''.join(map(self.one, sentences))}</p>" if sentences else ""

    def points(self, sentences: Sequence[Sentence]) -> str:
        """The sentences as a list."""
        return f"<ul>{''.join(f'<li>{self.one(s)}</li>' for s in sentences)}</ul>"

    def one(self, sentence: Sentence) -> str:
        """One sentence, its mark before it and its citations after it."""
        return (
            f'<span class="sentence {sentence.kind}">{self._mark(sentence)}'
            f"{esc(sentence.text)}{self._cites(sentence)}</span>"
        )

    def _mark(self, sentence: Sentence) -> str:
        words = self._words
        if sentence.kind == "analysis":
            return (
                f'<span class="mark mark-analysis" data-pagefind-ignore>{esc(words("analysis_mark"))}</span>'
            )
        cited = [self._sources[s] for s in sentence.sources if s in self._sources]
        if sentence.kind == "fact" and cited and all(source.official for source in cited):
            return (
                f'<span class="mark mark-claim" data-pagefind-ignore title="{esc(words("claim_title"))}">'
                f"{esc(words('claim_mark'))}</span>"
            )
        return ""

    def _cites(self, sentence: Sentence) -> str:
        cited = {self._sources[s].number: s for s in sentence.sources if s in self._sources}
        links = "".join(
            f'<a href="#source-{number}" aria-label="{esc(self._label(number, source))}">[{number}]</a>'
            for number, source in sorted(cited.items())
        )
        # The joiner keeps the numbers on the line of the sentence's end.
        return f'{JOINER}<sup class="cites" data-pagefind-ignore>{links}</sup>' if links else ""

    def _label(self, number: int, source: str) -> str:
        return self._words("cite", n=number, publisher=self._sources[source].publisher)
