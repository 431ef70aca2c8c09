"""`revise`: the draft, checked; what fails is repaired once where an llm can, and withheld otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_tag, check_text, check_title
from digest_lib.checking.digest import Digest, DigestStory, Sentence, Status, Support, Verdict, Written
from digest_lib.checking.doubt import doubtful
from digest_lib.checking.evidence import evidence
from digest_lib.checking.grounds import MOST_CITED, grounded, nearest
from digest_lib.checking.leaks import echoed
from digest_lib.checking.quoted_script import requoted
from digest_lib.checking.reasons import reason, said
from digest_lib.day import TAIPEI
from digest_lib.errors import LlmBroken, LlmError, LlmRefused
from digest_lib.stories.story import Story
from digest_lib.text.scripts import HAN
from digest_lib.writing.counts import counts_of, retold, told_of
from digest_lib.writing.draft import OFFLINE, Draft, Revised, Writer
from digest_lib.writing.editor import listed, named
from digest_lib.writing.frames import frames
from digest_lib.writing.leaning import leans, standing_alone
from digest_lib.writing.llm import Llm, written_by
from digest_lib.writing.offline import headline_of, story_text, summary_of
from digest_lib.writing.prompts import fill, validate
from digest_lib.writing.references import references, resolved
from digest_lib.writing.rewording import is_taiwans, reworded
from digest_lib.writing.server import IN_PROMPT
from digest_lib.writing.taken import repaired_of

#: What is longer than a name in a prompt is no part of the prompt's own words.
BLANK = dict.fromkeys(["articles", "stories", "sentence", "reasons"], "{}")

#: Why a story has quotations instead of what the llm wrote.
NOTHING_STANDS = "nothing that the llm wrote stands"

DOUBT_PLACEHOLDERS = ("name", "language", "sentence", "articles")
REPAIR_PLACEHOLDERS = ("name", "language", "sentence", "reasons", "articles")


def revise(draft: Draft, *, repair_prompt: str, doubt_prompt: str | None = None) -> Revised:
    """The digest in which every sentence stands in its sources, with a verdict on each sentence of the draft.

    Script and usage are put right in place. A sentence that fails the check otherwise is put to the draft's
    llm once, with the reasons; what fails again (or has no llm to go to) is withheld, alone. With a
    `doubt_prompt` the llm is also asked whether the sources support a sentence that is far from them in
    wording. An analysis that names no source cites the article that it is seen to build on, or is withheld. A
    headline that fails gives way to a title of the story's own, a story of which nothing that the llm wrote
    stands to quotations of its articles. Raises `BadPrompt`.
    """
    validate("repair_prompt", repair_prompt, REPAIR_PLACEHOLDERS, ["sentence", "reasons"])
    if doubt_prompt is not None:
        validate("doubt_prompt", doubt_prompt, DOUBT_PLACEHOLDERS, ["sentence", "articles"])
    desk = _Desk(draft, repair_prompt, doubt_prompt)
    digest = draft.digest.model_copy(deep=True)
    for _, sentences in digest.sentences():  # an llm that has nothing to say may say it in empty sentences
        sentences[:] = [s for s in sentences if s.text.strip()]
    desk.look_over(digest)
    for place, sentences in digest.sentences():
        if place != "trend":
            sentences[:] = desk.standing(place, sentences)
    others = {"trend", *(f"stories[{story}].sentences" for story in draft.quoted)}
    wrote = any(s.kind != "count" for place, told in digest.sentences() if place not in others for s in told)
    digest.stories = [s for told in digest.stories if (s := desk.story(told)) is not None]
    desk.trend(digest)
    wrote = wrote or any(s.kind != "count" for s in digest.trend)
    digest.summary = digest.summary or desk.summary(digest.stories)
    digest.headline = desk.text("headline", digest.headline, _fallback(digest, draft))
    digest.tags = [tag for tag in digest.tags if desk.tag(tag)]
    usage = draft.llm.usage if draft.llm else draft.usage
    return Revised(digest, desk.draft, tuple(desk.verdicts), usage, desk.writer(wrote=wrote))


def _fallback(digest: Digest, draft: Draft) -> str:
    return digest.stories[0].headline if digest.stories else draft.name


@dataclass
class _Desk:
    """The state of one revision: what was found, what was repaired, what was said of it."""

    draft: Draft
    repair_prompt: str
    doubt_prompt: str | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    repairs: dict[str, Sentence] = field(default_factory=dict)
    #: sentences that the llm was asked about, and why those that it does not find supported must not stand
    asked: set[str] = field(default_factory=set)
    doubted: dict[str, str] = field(default_factory=dict)
    #: the stories of which nothing that the llm wrote stands, by title
    fallen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.articles: Mapping[str, Article] = self.draft.stories.articles
        self.counts: Collection[int] = tuple(self.draft.counts.values())
        self.prompts = [*self.draft.templates, self.repair_prompt, self.doubt_prompt or "", IN_PROMPT]
        day = str(self.draft.stories.day)
        own = {"name": self.draft.name, "language": self.draft.language, "date": day}
        self.filled = [fill(p, {**BLANK, **own}) for p in self.prompts]

    def reasons(self, sentence: Sentence) -> list[str]:
        found = check_sentence(
            sentence,
            self.articles,
            self.counts,
            dates=(self.draft.stories.day.date,),
            own=(self.draft.name,),
            language=self.draft.language,
        )
        # The words of an llm that doubts it are not shown: they are no more checked than the sentence was.
        found = found or self._echoed(sentence.text)
        doubt = self.doubted.get(_key(sentence))
        return found or (self._said(doubt) if doubt else [])

    def _echoed(self, text: str) -> list[str]:
        """What of the desk's prompts an llm repeats; the offline writer has read none."""
        if self.draft.writer.is_offline:
            return []
        # In Chinese a few characters with the family's name in them may be news: 關於 Qwen 的新聞.
        return said(echoed(text, self.prompts if HAN.search(text) else self.filled), self.draft.language)

    def _said(self, key: str) -> list[str]:
        return said(reason(key), self.draft.language)

    def look_over(self, digest: Digest) -> None:
        """Has every failing sentence repaired, all at once, where there is an llm to do it."""
        if self.draft.llm is None:
            return
        llm = self.draft.llm
        written = [s for _, sentences in digest.sentences() for s in sentences if s.kind != "count"]
        for sentence in written:
            sentence.sources = nearest(sentence, self.articles, MOST_CITED)
        # What is asked about is what would be published: as it was written, or as a rule mends it.
        self._doubt(llm, [s if not self.reasons(s) else self._by_rule(s) for s in written])
        failing = [(s, why) for s in written if (why := self.reasons(s)) and self._by_rule(s) is None]
        with ThreadPoolExecutor(llm.at_once) as pool:
            jobs = [(s, pool.submit(self._repair, llm, s, why)) for s, why in failing]
            for sentence, job in jobs:
                try:
                    self.repairs[_key(sentence)] = job.result()
                except LlmError as error:  # withheld with the reasons of the check, which say more
                    llm.warn(f"repairs that were not made ({error})")
        self._doubt(llm, list(self.repairs.values()))

    def _doubt(self, llm: Llm, written: Iterable[Sentence | None]) -> None:
        """Asks of each doubtful sentence that stands whether its sources support it, once of each.

        An llm that does not say so objects: its answer must not decide by its form whether a sentence is
        checked. A server that gives none leaves the sentence to the check without it.
        """
        if self.doubt_prompt is None:
            return
        standing = {_key(s): s for s in written if s and not self.reasons(s) and doubtful(s, self.articles)}
        unsure = {key: s for key, s in standing.items() if key not in self.asked}
        self.asked.update(unsure)
        with ThreadPoolExecutor(llm.at_once) as pool:
            jobs = [
                (k, pool.submit(self._is_supported, llm, self.doubt_prompt, s)) for k, s in unsure.items()
            ]
            for key, job in jobs:
                try:
                    if not job.result():
                        self.doubted[key] = "unsupported"
                except (LlmBroken, LlmRefused):
                    self.doubted[key] = "unjudged"
                except LlmError as error:
                    llm.warn(f"doubtful sentences that were not asked about ({error})")

    def _is_supported(self, llm: Llm, prompt: str, sentence: Sentence) -> bool:
        refs = references([self.articles[i] for i in sentence.sources if i in self.articles])
        filled = fill(prompt, {
            "name": self.draft.name,
            "language": self.draft.language,
            "sentence": sentence.text,
            "articles": listed(refs),
        })  # fmt: skip
        return llm.ask(filled, Support).supported

    def _mended(self, repaired: Sentence) -> Sentence:
        """A repair as it is published: an llm that repairs what is said may slip in how it is written."""
        return repaired if not self.reasons(repaired) else self._by_rule(repaired) or repaired

    def _by_rule(self, sentence: Sentence) -> Sentence | None:
        """The sentence in the language's own script and words, and an analysis with the article that it is
        seen to build on, where that is all that it lacks."""
        cited = [self.articles[i] for i in sentence.sources if i in self.articles]
        own = self._put_right(sentence.text, cited)
        mended = sentence.model_copy(update={"text": own})
        if own != sentence.text and not self.reasons(mended):
            return mended
        if mended.kind != "analysis" or self.reasons(mended) != self._said("no_source"):
            return None
        # A source that the llm did not name is one only where the sentence would stand there as a fact.
        return grounded(mended, self.articles.values(), lambda s: not self.reasons(_as_fact(s)))

    def _put_right(self, text: str, among: Iterable[Article]) -> str:
        """The text in the language's own script and words, and what it quotes in its source's characters."""
        text = reworded(text, self.draft.language)
        return requoted(text, [evidence(a) for a in among]) if is_taiwans(self.draft.language) else text

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
        return repaired_of(resolved(llm.ask(prompt, Written), refs), sentence)

    def standing(self, place: str, sentences: Iterable[Sentence]) -> list[Sentence]:
        """Of the sentences, those that are published, as they are published; the verdicts are noted. What
        speaks of «the same report» is told anew where nothing that stands before it cites that report."""
        kept: list[Sentence] = []
        for sentence in sentences:
            told = self._alone(place, sentence, kept)
            if told is not None and (stands := self.verdict(place, told)) is not None:
                kept.append(stands)
        return kept

    def _alone(self, place: str, sentence: Sentence, before: Sequence[Sentence]) -> Sentence | None:
        """The sentence as it can follow those before it; None, and noted, where it cannot."""
        held = before and set(before[-1].sources) & set(sentence.sources)
        if held or sentence.kind == "count" or not leans(sentence, self.draft.language):
            return sentence
        for story in self.draft.stories:
            if alone := standing_alone(sentence, story, self.draft.language):
                return alone
        self._note(place, sentence.text, Status.WITHHELD, self._said("leans"))
        return None

    def verdict(self, place: str, sentence: Sentence) -> Sentence | None:
        """The sentence that is published in this one's place, if any; the verdict is noted."""
        reasons = self.reasons(sentence)
        if not reasons:
            self._note(place, sentence.text, Status.SUPPORTED)
            return sentence
        repaired = self._by_rule(sentence) or self.repairs.get(_key(sentence))
        repaired = repaired and self._mended(repaired)
        if repaired is not None and not self.reasons(repaired):
            self._note(place, repaired.text, Status.REPAIRED, reasons, before=sentence.text)
            return repaired
        self._note(place, sentence.text, Status.WITHHELD, reasons)
        return None

    def story(self, told: DigestStory) -> DigestStory | None:
        """The story with a headline that stands; None when nothing of it was left to tell."""
        story = next(s for s in self.draft.stories if s.id == told.story)
        place = f"stories[{told.story}].headline"
        told.headline = self.text(place, told.headline, self.title(story), list(story.articles))
        if not told.sentences and not self.draft.writer.is_offline:
            self.fallen.append(story.lead.title)
            # What the offline writer says of the story, as far as it stands.
            plain = story_text(story, self.draft.language).sentences
            told.sentences = self.standing(f"stories[{story.id}].sentences", plain)
        return told if told.sentences else None

    def trend(self, digest: Digest) -> None:
        """The trend, with the day's numbers as they are of the stories that are told."""
        told = told_of(self.draft.stories, {s.story for s in digest.stories})
        digest.trend = retold(digest.trend, self.draft.stories, told, self.draft.name, self.draft.language)
        if len(told) < len(self.draft.stories):
            self.draft = replace(self.draft, counts=counts_of(told))
            self.counts = tuple(self.draft.counts.values())
        digest.trend = self.standing("trend", digest.trend)

    def summary(self, told: Sequence[DigestStory]) -> list[Sentence]:
        """The day in its headlines, where nothing of the llm's summary stands."""
        if self.draft.writer.is_offline or not self.draft.digest.summary:
            return []
        return self.standing("summary", summary_of(told, self.draft.stories))

    def writer(self, *, wrote: bool) -> Writer:
        """Who wrote what is published; `wrote`: something that the llm wrote stands."""
        drafted = self.draft.writer
        fallen = [f"{named(title)}: {NOTHING_STANDS}" for title in self.fallen]
        why = "; ".join(filter(None, [drafted.why, *fallen]))
        by = drafted.llm if wrote else OFFLINE
        return written_by(by, why, self.draft.llm) if self.draft.llm else replace(drafted, llm=by, why=why)

    def title(self, story: Story) -> str:
        """The first title of the story's articles that can head it; where none can, a heading of our own."""
        language = self.draft.language
        for article in story.articles:
            alone = replace(story, articles=(article,))
            # A gist that could head it stood already, or failed the check.
            told = headline_of(alone if article is not story.lead else story, language, gists=False)
            title = reworded(told, language)
            if title.strip() and not check_title(title, language=language):
                return title
        when = story.lead.published.astimezone(TAIPEI)
        return frames(language).untitled.format(name=self.draft.name, month=when.month, day=when.day)

    def tag(self, tag: str) -> bool:
        """Does the tag name what the day's articles speak of?"""
        reasons = check_tag(tag, self.articles.values(), own=(self.draft.name,), language=self.draft.language)
        if reasons:
            self._note("tags", tag, Status.WITHHELD, reasons)
        return not reasons

    def text(self, place: str, text: str, instead: str, articles: list[Article] | None = None) -> str:
        """A text without sources of its own, checked against `articles` (default: the day's); `instead`
        where it fails."""
        among = list(self.articles.values()) if articles is None else articles
        own, language = (self.draft.name,), self.draft.language

        def wrong(text: str) -> list[str]:
            return check_text(text, among, own=own, language=language) or self._echoed(text)

        reasons = wrong(text)
        if not reasons:
            return text
        mended = self._put_right(text, among)
        if mended != text and not wrong(mended):
            self._note(place, mended, Status.REPAIRED, reasons, before=text)
            return mended
        self._note(place, text, Status.WITHHELD, reasons)
        return instead

    def _note(
        self, place: str, text: str, status: Status, reasons: list[str] | None = None,
        before: str = "",
    ) -> None:  # fmt: skip
        verdict = Verdict(place=place, text=text, status=status, reasons=reasons or [], before=before)
        self.verdicts.append(verdict)


def _as_fact(sentence: Sentence) -> Sentence:
    return sentence.model_copy(update={"kind": "fact"})


def _key(sentence: Sentence) -> str:
    return f"{sentence.text}\n{','.join(sentence.sources)}"
