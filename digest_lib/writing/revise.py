"""`revise`: the draft, checked; what fails is repaired once where an llm can, and withheld otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Digest, DigestStory, Sentence, Status, Verdict
from digest_lib.errors import LlmError
from digest_lib.writing.draft import Draft, Revised
from digest_lib.writing.editor import AT_ONCE, listed, references, resolved
from digest_lib.writing.llm import Llm
from digest_lib.writing.offline import headline_of
from digest_lib.writing.prompts import fill, validate

REPAIR_PLACEHOLDERS = ("name", "language", "sentence", "reasons", "articles")


def revise(draft: Draft, *, repair_prompt: str) -> Revised:
    """The digest in which every sentence stands in its sources, with a verdict on each sentence of the draft.

    A sentence that fails the check is put to the draft's llm once, with the reasons; what fails again (or has
    no llm to go to) is withheld, alone. A headline that fails gives way to a title of the story's own.
    Raises `BadPrompt`.
    """
    validate("repair_prompt", repair_prompt, REPAIR_PLACEHOLDERS, ["sentence", "reasons"])
    desk = _Desk(draft, repair_prompt)
    digest = draft.digest.model_copy(deep=True)
    desk.look_over(digest)
    for place, sentences in digest.sentences():
        sentences[:] = [kept for s in sentences if (kept := desk.verdict(place, s)) is not None]
    digest.stories = [s for told in digest.stories if (s := desk.story(told)) is not None]
    digest.headline = desk.text("headline", digest.headline, _fallback(digest, draft))
    digest.tags = [tag for tag in digest.tags if desk.text("tags", tag, "")]
    usage = draft.llm.usage if draft.llm else draft.usage
    return Revised(digest, draft, tuple(desk.verdicts), usage)


def _fallback(digest: Digest, draft: Draft) -> str:
    return digest.stories[0].headline if digest.stories else draft.name


@dataclass
class _Desk:
    """The state of one revision: what was found, what was repaired, what was said of it."""

    draft: Draft
    repair_prompt: str
    verdicts: list[Verdict] = field(default_factory=list)
    repairs: dict[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.articles: Mapping[str, Article] = self.draft.stories.articles
        self.counts: Collection[int] = tuple(self.draft.counts.values())

    def reasons(self, sentence: Sentence) -> list[str]:
        return check_sentence(
            sentence,
            self.articles,
            self.counts,
            dates=(self.draft.stories.day.date,),
            own=(self.draft.name,),
            language=self.draft.language,
        )

    def look_over(self, digest: Digest) -> None:
        """Has every failing sentence repaired, all at once, where there is an llm to do it."""
        if self.draft.llm is None:
            return
        failing = [
            (s, reasons)
            for _, sentences in digest.sentences()
            for s in sentences
            if s.kind != "count" and (reasons := self.reasons(s))
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            jobs = [(s, pool.submit(self._repair, self.draft.llm, s, why)) for s, why in failing]
            for sentence, job in jobs:
                try:
                    self.repairs[_key(sentence)] = job.result()
                except LlmError:
                    continue  # withheld with the reasons of the check, which say more

    def _repair(self, llm: Llm, sentence: Sentence, reasons: list[str]) -> Sentence:
        cited = [self.articles[i] for i in sentence.sources if i in self.articles]
        refs = references(cited or list(self.articles.values())[:5])
        prompt = fill(self.repair_prompt, {
            "name": self.draft.name,
            "language": self.draft.language,
            "sentence": sentence.text,
            "reasons": "\n".join(f"- {r}" for r in reasons),
            "articles": listed(refs),
        })  # fmt: skip
        return resolved(llm.ask(prompt, Sentence), refs)

    def verdict(self, place: str, sentence: Sentence) -> Sentence | None:
        """The sentence that is published in this one's place, if any; the verdict is noted."""
        reasons = self.reasons(sentence)
        if not reasons:
            self._note(place, sentence.text, Status.SUPPORTED)
            return sentence
        repaired = self.repairs.get(_key(sentence))
        if repaired is not None and not self.reasons(repaired):
            self._note(place, repaired.text, Status.REPAIRED, reasons, before=sentence.text)
            return repaired
        self._note(place, sentence.text, Status.WITHHELD, reasons)
        return None

    def story(self, told: DigestStory) -> DigestStory | None:
        """The story with a headline that stands; None when nothing of it was left to tell."""
        story = next(s for s in self.draft.stories if s.id == told.story)
        own = headline_of(story, self.draft.language)
        place = f"stories[{told.story}].headline"
        told.headline = self.text(place, told.headline, own, list(story.articles))
        return told if told.sentences else None

    def text(self, place: str, text: str, instead: str, articles: list[Article] | None = None) -> str:
        """A text without sources of its own, checked against `articles` (default: the day's); `instead`
        where it fails."""
        among = list(self.articles.values()) if articles is None else articles
        reasons = check_text(text, among, own=(self.draft.name,), language=self.draft.language)
        if not reasons:
            return text
        self._note(place, text, Status.WITHHELD, reasons)
        return instead

    def _note(
        self, place: str, text: str, status: Status, reasons: list[str] | None = None,
        before: str = "",
    ) -> None:  # fmt: skip
        verdict = Verdict(place=place, text=text, status=status, reasons=reasons or [], before=before)
        self.verdicts.append(verdict)


def _key(sentence: Sentence) -> str:
    return f"{sentence.text}\n{','.join(sentence.sources)}"
