"""Sentences as HTML: each with the numbers of its sources, analysis and vendors' claims marked as such."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from digest_lib.checking.digest import Sentence
from digest_lib.sections.facts import Facts, Passage
from digest_lib.sections.foreign import marked
from digest_lib.sections.markup import JOINER, SEPARATOR, esc
from digest_lib.sections.words import FALLBACK, Words
from digest_lib.writing.counts import mentioned_of
from digest_lib.writing.frames import FRAMES

#: The `id` of the list of articles that only mention the family.
MENTIONS: Final = "mentions"
#: From so many citations in a row on, only the first and the last number are shown.
_RUN: Final = 3
#: Of what says a headline again, so much may be new: a particle, a word order.
_NEW: Final = 0.15
#: What is never only that.
_TELLS: Final = re.compile(r"\d|[不沒未無非否]|^(?:not?|never|without)$")
_PIECE: Final = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[\u3400-\u9fff]{2,}|[\u3040-\u30ff\uac00-\ud7af]{2,}")
#: The first character that is written without spaces between words.
_CLOSE: Final = "\u3040"
_END: Final = re.compile(r"[。！？!?.…][」』”’\"')）\]]*$")


def bare(text: str) -> str:
    """Text without the stop at its end and without the spaces in it: to tell whether two say the same."""
    return "".join(text.split()).rstrip("。.！!；;")


def says_again(text: str, headline: str) -> bool:
    """Whether a text says a headline again, maybe in another order, and hardly anything more: no number, no
    denial and hardly a word that is not in it."""
    told, known = _pieces(text), _pieces(headline)
    new = told - known
    return len(new) <= _NEW * len(told) and not any(map(_TELLS.search, new))


def _pieces(text: str) -> set[str]:
    """Its Latin words and numbers, and its pairs of Chinese characters, of kana and of hangul: what a check
    compares clauses by (`clauses.features`) has neither, and a Japanese sentence would say nothing by it."""
    runs = _PIECE.findall(unicodedata.normalize("NFKC", text).casefold())
    return {piece for run in runs for piece in ([run] if run[0] < _CLOSE else map("".join, pairwise(run)))}


def joined(texts: Iterable[str]) -> str:
    """Sentences as one text. Those that do not end as one, such as headlines, are told apart by 「；」."""
    told = [text.strip() for text in texts if text.strip()]
    parts = told[:1]
    for before, text in pairwise(told):
        between = "" if _END.search(before) else "；"
        parts += [" " if not between and before[-1].isascii() else between, text]
    return "".join(parts)


class Sentences:
    """Shows the sentences of one post."""

    def __init__(self, facts: Facts, words: Words, *, of_analysis: bool = False) -> None:
        """`of_analysis`: they stand under a heading that says that they are analysis."""
        self._of_analysis = of_analysis
        self._sources = {source.id: source for source in facts.sources}
        self._passages = {
            (passage.sentence, source): anchor
            for source, quoted in passages_by_source(facts).items()
            for anchor, passages in quoted.items()
            for passage in passages
        }
        self._mentions = mentioned_line(facts)
        self._words = words
        self._page = facts.language

    def paragraph(self, sentences: Sequence[Sentence]) -> str:
        """The sentences as one paragraph."""
        between = "" if self._page[:2] in {"zh", "ja"} else " "
        return f"<p>{between.join(map(self.one, sentences))}</p>" if sentences else ""

    def points(self, sentences: Sequence[Sentence]) -> str:
        """The sentences as a list."""
        return f"<ul>{''.join(f'<li>{self.one(s)}</li>' for s in sentences)}</ul>"

    def one(self, sentence: Sentence) -> str:
        """One sentence, its mark before it and its citations after it."""
        return (
            f'<span class="sentence {sentence.kind}">{self.mark(sentence)}'
            f"{self._leading(sentence)}{self._cites(sentence)}</span>"
        )

    def _leading(self, sentence: Sentence) -> str:
        """The words; those that count what else mentions the family lead to the list of it."""
        line = _unstopped(sentence.text)
        if not line or line != self._mentions:
            return self.text(sentence)
        return f'<a href="#{MENTIONS}">{esc(line)}</a>{esc(sentence.text[len(line) :])}'

    def text(self, sentence: Sentence) -> str:
        """The words alone."""
        langs = {self._sources[s].lang for s in sentence.sources if s in self._sources}
        return marked(sentence.text, langs, self._page)

    def mark(self, sentence: Sentence) -> str:
        """What tells analysis and what only a vendor says from what is known; empty for that."""
        words = self._words
        if sentence.kind == "analysis" and self._of_analysis:
            return ""
        if sentence.kind == "analysis":
            return (
                f'<span class="mark mark-analysis" data-pagefind-ignore>{esc(words("analysis_mark"))}'
                f"{SEPARATOR.format('：')}</span>"
            )
        cited = [self._sources[s] for s in sentence.sources if s in self._sources]
        if sentence.kind == "fact" and cited and all(source.official for source in cited):
            return (
                f'<span class="mark mark-claim" data-pagefind-ignore title="{esc(words("claim_title"))}">'
                f"{esc(words('claim_mark'))}{SEPARATOR.format('：')}</span>"
            )
        return ""

    def _cites(self, sentence: Sentence) -> str:
        cited = {self._sources[s].number: s for s in sentence.sources if s in self._sources}
        links = "".join(self._link(run, cited, sentence) for run in _runs(sorted(cited)))
        # The joiner keeps the numbers on the line of the sentence's end.
        return f'{JOINER}<sup class="cites" data-pagefind-ignore>{links}</sup>' if links else ""

    def _link(self, run: Sequence[int], cited: dict[int, str], sentence: Sentence) -> str:
        """One number, or the ends of a run of them, which leads to its first source. The passage that the
        sentence rests on stands there, and describes the link to those who do not see the page."""
        first, last = run[0], run[-1]
        anchor = self._passages.get((sentence.text, cited[first]), "")
        described = f' aria-describedby="{anchor}"' if anchor else ""
        if first == last:
            label = self._words("cite", n=first, publisher=self._sources[cited[first]].publisher)
            return f'<a href="#source-{first}" aria-label="{esc(label)}"{described}>[{first}]</a>'
        label = self._words("cite_run", first=first, last=last)
        return f'<a href="#source-{first}" aria-label="{esc(label)}"{described}>[{first}–{last}]</a>'


def _unstopped(text: str) -> str:
    """Text without the stop at its end."""
    return text.rstrip("。.")


def mentioned_line(facts: Facts) -> str:
    """How many articles more mention the family, in words without a stop; empty where none is listed."""
    if not facts.mentions:
        return ""
    language = facts.language if facts.language in FRAMES else FALLBACK  # as `Words` has it
    return _unstopped(mentioned_of(facts.mentioned, facts.name, language))


def passages_by_source(facts: Facts) -> dict[str, dict[str, list[Passage]]]:
    """By a source's id: the anchors of its passages in the list of sources, and who rests on each. Sentences
    that rest on the same words share an anchor."""
    numbers = {source.id: source.number for source in facts.sources}
    grouped: dict[str, dict[str, list[Passage]]] = {}
    for passage in facts.passages:
        if passage.source in numbers:
            grouped.setdefault(passage.source, {}).setdefault(passage.text, []).append(passage)
    return {
        source: {f"passage-{numbers[source]}-{n}": own for n, own in enumerate(texts.values(), start=1)}
        for source, texts in grouped.items()
    }


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Sorted numbers, each alone but for runs that are long enough to be shortened."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([run] if len(run) >= _RUN else [[n] for n in run])]
