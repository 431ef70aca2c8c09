"""The check of what an llm wrote, with what it was asked about it: once of each claim in a run.

The stories are looked over before the day is written, so that the day is told what will stand; what was asked
about then is not asked again when the digest is revised.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from digest_lib.articles.article import Article
from digest_lib.checking import own_script
from digest_lib.checking.check import reasons_of, reasons_of_text
from digest_lib.checking.digest import Sentence
from digest_lib.checking.doubt import doubtful, restated
from digest_lib.checking.evidence import evidence, plain
from digest_lib.checking.grounds import MOST_CITED, grounded, nearest
from digest_lib.checking.leaks import echoed
from digest_lib.checking.quoted_script import requoted
from digest_lib.checking.reasons import Reason, certain, reason, said
from digest_lib.language_names import is_taiwans
from digest_lib.prompt_fields import PROMPTS
from digest_lib.stories.story import Stories
from digest_lib.text.scripts import HAN
from digest_lib.writing.claims import Claim
from digest_lib.writing.judging import Judge
from digest_lib.writing.llm import Llm
from digest_lib.writing.prompts import LANGUAGES, fill
from digest_lib.writing.rewording import reworded
from digest_lib.writing.server import IN_PROMPT

#: What is longer than a name in a prompt is no part of the prompt's own words.
BLANK = dict.fromkeys({name for fields in PROMPTS.values() for name in fields.allowed}, "{}")


def own_words(name: str, language: str, date: str) -> dict[str, str]:
    """What fills the placeholders that every prompt may have."""
    return {"name": name, "language": LANGUAGES.get(language, language), "date": date}


def told_by(stories: Stories) -> Mapping[str, Article]:
    """What a digest may cite: the articles of its stories; on a day without any, those of its mentions."""
    mentions = {} if stories else {article.id: article for article in stories.mentions}
    return {**mentions, **stories.articles}


@dataclass
class Review:
    """Judges what is written of `stories`. `numbers` are the run's computed statements, as articles that a
    sentence may cite beside others; `prompts` are those of the desk, which nothing may repeat."""

    stories: Stories
    name: str
    language: str
    repair_prompt: str
    doubt_prompt: str | None = None
    llm: Llm | None = None
    prompts: tuple[str, ...] = ()
    numbers: Mapping[str, Article] = field(default_factory=dict)
    #: did an llm write, which knows the desk's prompts?
    is_offline: bool = False
    counts: Collection[int] = ()
    #: what the llm writes in a claim's place, and why it objects to one (None: it does not), by its key
    repairs: dict[str, Claim] = field(default_factory=dict)
    doubted: dict[str, str | None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    #: what the rules say of a claim, with what they only doubt and without; and how a rule mends it
    _found: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    _mended: dict[tuple[str, tuple[str, ...]], Sentence | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = own_words(self.name, self.language, str(self.stories.day))
        self.articles = told_by(self.stories)
        self.desk = [*self.prompts, self.repair_prompt, self.doubt_prompt or "", IN_PROMPT]
        self.filled = [fill(p, {**BLANK, **own}) for p in self.desk]
        self.judge = Judge(self.llm, self.repair_prompt, self.doubt_prompt, own) if self.llm else None

    def reasons(self, claim: Claim) -> list[str]:
        """Why the claim must not stand; empty where nothing speaks against it.

        A rule that reads a meaning decides where no llm does: one that showed the passage knows better. The
        words of an llm that doubts a claim are not shown: they are no more checked than the claim was.
        """
        found = self._checked(claim)
        if claim.key not in self.doubted:
            return found
        doubt = self.doubted[claim.key]
        return self.certain(claim) or (found or self._said(doubt) if doubt else [])

    def certain(self, claim: Claim) -> list[str]:
        """Those reasons that no llm is asked about."""
        return self._checked(claim) and self._checked(claim, doubts=False)

    def reasons_of(self, sentence: Sentence) -> list[str]:
        """The same for a sentence that no llm was asked about: one that is computed, or the offline
        writer's."""
        return self._told(self._of_sentence(sentence), sentence.text, sentence.sources)

    def _checked(self, claim: Claim, *, doubts: bool = True) -> list[str]:
        """What the rules say of the claim, with or without what they only doubt; worked out once."""
        if claim.key not in self._found:
            found = self._of_claim(claim)
            cites = () if claim.kind == "headline" else claim.sentence.sources
            self._found[claim.key] = (
                self._told(found, claim.text, cites), self._told(certain(found), claim.text, cites)
            )  # fmt: skip
        whole, without_doubts = self._found[claim.key]
        return whole if doubts else without_doubts

    def _of_claim(self, claim: Claim) -> list[Reason]:
        if claim.kind != "headline":
            return self._of_sentence(claim.sentence)
        return reasons_of_text(claim.text, claim.articles, own=(self.name,), language=self.language)

    def _of_sentence(self, sentence: Sentence) -> list[Reason]:
        known = self.articles if sentence.kind == "count" else {**self.articles, **self.numbers}
        return reasons_of(
            sentence, known, self.counts, dates=(self.stories.day.date,), own=(self.name,),
            language=self.language,
        )  # fmt: skip

    def _told(self, found: Sequence[Reason], text: str, cites: Sequence[str]) -> list[str]:
        """The reasons in words; where there is none, what else may speak against the text."""
        if found:
            return said(found, self.language)
        if cites and set(cites) <= set(self.numbers):
            return self._said("no_source")  # what was computed is told already; a sentence adds to it
        return self._echoed(text)

    def _echoed(self, text: str) -> list[str]:
        """What of the desk's prompts an llm repeats; the offline writer has read none."""
        if self.is_offline:
            return []
        # In Chinese a few characters with the family's name in them may be news: 關於 Qwen 的新聞.
        return said(echoed(text, self.desk if HAN.search(text) else self.filled), self.language)

    def _said(self, key: str) -> list[str]:
        return said(reason(key), self.language)

    def look_over(self, claims: Sequence[Claim]) -> None:
        """Has what carries weight judged and what fails repaired, where there is an llm to do it."""
        if self.judge is None:
            return
        for claim in claims:
            sources = nearest(claim.sentence, self.articles, MOST_CITED)
            claim.sentence.sources = claim.sentence.sources if claim.kind == "headline" else sources
        # What is asked about is what may be published: as it was written, or as a rule mends it.
        self._doubt(self.judge, [c if not self.certain(c) else self._ruled(c) for c in claims])
        failing = [c for c in claims if self.reasons(c) and self.by_rule(c) is None]
        new = [c for c in failing if f"repair {c.key}" not in self.asked]
        self.asked.update(f"repair {c.key}" for c in new)
        repaired = self.judge.repairs(new, {c.key: self.reasons(c) for c in new})
        self.repairs.update({key: c for key, c in repaired.items() if not self._restated(c)})
        self._doubt(self.judge, [self.mended(self.repairs[c.key]) for c in new if c.key in self.repairs])

    def _doubt(self, judge: Judge, claims: Sequence[Claim | None]) -> None:
        """Asks about those claims that would stand and carry weight, and those that a rule doubts, once of
        each.

        An llm that does not say that they are supported objects: its answer must not decide by its form
        whether a sentence is checked.
        """
        possible = {c.key: c for c in claims if c and not self.certain(c) and self._is_asked_about(c)}
        new = {key: c for key, c in possible.items() if key not in self.asked}
        self.asked.update(new)
        self.doubted.update(judge.doubts(list(new.values())))

    def _is_asked_about(self, claim: Claim) -> bool:
        if self._checked(claim):
            return True
        if claim.kind == "headline":  # a title of a source says what its publisher says
            return plain(claim.text) not in {plain(a.title) for a in claim.articles}
        return claim.weighs or doubtful(claim.sentence, self.articles)

    def _restated(self, claim: Claim) -> bool:
        """Has the repair of an analysis only said again what a source says?"""
        return claim.kind == "analysis" and restated(claim.sentence, self.articles)

    def mended(self, repaired: Claim) -> Claim:
        """A repair as it is published: an llm that repairs what is said may slip in how it is written."""
        return repaired if not self.reasons(repaired) else self.by_rule(repaired) or repaired

    def by_rule(self, claim: Claim) -> Claim | None:
        """The claim in the language's own script and words, and an analysis with the article that it is seen
        to build on, where that is all that it lacks."""
        mended = self._ruled(claim)
        return mended if mended is not None and not self.reasons(mended) else None

    def _ruled(self, claim: Claim) -> Claim | None:
        """The same, of which only a doubt may be left; worked out once."""
        among = claim.articles if claim.kind == "headline" else claim.named or claim.articles
        key = claim.key, tuple(a.id for a in among)
        if key not in self._mended:
            mended = self._mend(claim, among)
            self._mended[key] = mended.sentence if mended else None
        sentence = self._mended[key]
        return claim.saying(sentence.model_copy(deep=True)) if sentence else None

    def _mend(self, claim: Claim, among: Collection[Article]) -> Claim | None:
        own = self.put_right(claim.text, among)
        mended = claim.saying(claim.sentence.model_copy(update={"text": own}))
        if own != claim.text and not self.certain(mended):
            return mended
        if mended.kind != "analysis" or self.certain(mended) != self._said("no_source"):
            return None
        # A source that the llm did not name is one only where the sentence would stand there as a fact.
        told = grounded(mended.sentence, self.articles.values(), lambda s: not self._fails_as_fact(s))
        return mended.saying(told) if told else None

    def put_right(self, text: str, among: Collection[Article]) -> str:
        """The text in the language's own script and words; what it quotes, and the names that it tells, in
        its sources' characters."""
        text = reworded(text, self.language)
        if not is_taiwans(self.language):
            return text
        return own_script.put_right(requoted(text, [evidence(a) for a in among]), among)

    def by_rule_of(self, sentence: Sentence) -> Sentence | None:
        """A sentence that no llm wrote in the language's own script and words, where that is what it
        lacks."""
        cited = [self.articles[i] for i in sentence.sources if i in self.articles]
        cited = cited or list(self.articles.values())
        mended = sentence.model_copy(update={"text": self.put_right(sentence.text, cited)})
        return mended if mended != sentence and not self.reasons_of(mended) else None

    def _fails_as_fact(self, sentence: Sentence) -> list[str]:
        return self.reasons_of(sentence.model_copy(update={"kind": "fact"}))

    def instead(self, claim: Claim) -> Claim | None:
        """What stands in the place of a claim that fell, if anything does."""
        repaired = self.by_rule(claim) or self.repairs.get(claim.key)
        repaired = repaired and self.mended(repaired)
        return repaired if repaired is not None and not self.reasons(repaired) else None

    def standing(self, claim: Claim) -> Claim | None:
        """The claim as it is published: as it is, in other words, or not at all."""
        return claim if not self.reasons(claim) else self.instead(claim)
