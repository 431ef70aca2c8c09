"""`revise`: the draft, checked; what fails is repaired once where an llm can, and withheld otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_tag, check_title
from digest_lib.checking.digest import Digest, DigestStory, Sentence, Status, Verdict
from digest_lib.checking.reasons import reason, said
from digest_lib.day import TAIPEI
from digest_lib.stories.story import Story
from digest_lib.text.scripts import fold
from digest_lib.writing.claims import Claim, claims_of, headline
from digest_lib.writing.counts import counts_of, retold, told_of
from digest_lib.writing.draft import Draft, Revised
from digest_lib.writing.editor import day_claims, story_claims
from digest_lib.writing.frames import frames
from digest_lib.writing.headings import day_headline, headline_of
from digest_lib.writing.leaning import leans
from digest_lib.writing.listing import named
from digest_lib.writing.llm import written_by
from digest_lib.writing.offline import story_text
from digest_lib.writing.overview import without_numbers
from digest_lib.writing.points import summary_of
from digest_lib.writing.prompts import validate_all
from digest_lib.writing.review import Review, told_by
from digest_lib.writing.rewording import reworded
from digest_lib.writing.usage import OFFLINE, Writer

#: Why a story has quotations instead of what the llm wrote.
NOTHING_STANDS = "nothing that the llm wrote stands"


def revise(draft: Draft, *, repair_prompt: str, doubt_prompt: str | None = None) -> Revised:
    """The digest in which every sentence stands in its sources, with a verdict on each sentence of the draft.

    Script and usage are put right in place. A sentence or headline that fails the check otherwise is put to
    the draft's llm once, with the reasons; what fails again (or has no llm to go to) is withheld, alone. With
    a `doubt_prompt` the llm is also asked whether the sources support what carries weight: what stands above
    the stories, every analysis, and what is far from its sources in wording. What was asked of the stories
    when they were written is not asked again. An analysis that names no source cites the article that it is
    seen to build on, or is withheld. A headline that fails gives way to a title of the story's own, a story
    of which nothing that the llm wrote stands to quotations of its articles. Raises `BadPrompt`.
    """
    validate_all(repair_prompt=repair_prompt, doubt_prompt=doubt_prompt)
    desk = _Desk(draft, _review_of(draft, repair_prompt, doubt_prompt))
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
    digest.headline = desk.headline(digest)
    tags = (desk.review.put_right(tag, list(desk.articles.values())) for tag in digest.tags)
    heads = [digest.headline, *(story.headline for story in digest.stories)]
    digest.tags = [tag for tag in dict.fromkeys(tags) if desk.tag(tag, heads)]
    usage = draft.llm.usage if draft.llm else draft.usage
    return Revised(digest, desk.draft, tuple(desk.verdicts), usage, desk.writer(wrote=wrote))


def _review_of(draft: Draft, repair_prompt: str, doubt_prompt: str | None) -> Review:
    """The review that the draft was written with, where it asked as is asked now; else one of its own."""
    begun = draft.review
    if begun is None or (begun.repair_prompt, begun.doubt_prompt) != (repair_prompt, doubt_prompt):
        begun = Review(
            draft.stories, draft.name, draft.language, repair_prompt, doubt_prompt, draft.llm,
            draft.templates, begun.numbers if begun else {}, draft.writer.is_offline,
        )  # fmt: skip
    begun.counts = tuple(draft.counts.values())
    return begun


def _fallback(digest: Digest, draft: Draft) -> str:
    """What heads the day where the llm's headline falls: its first story's."""
    if not digest.stories:
        return draft.name
    first = digest.stories[0]
    story = next(s for s in draft.stories if s.id == first.story)
    return day_headline(first.headline, story, draft.language)


@dataclass
class _Desk:
    """The state of one revision: what stands of the draft, and what was said of it."""

    draft: Draft
    review: Review
    verdicts: list[Verdict] = field(default_factory=list)
    #: the stories of which nothing that the llm wrote stands, by title
    fallen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.articles: Mapping[str, Article] = told_by(self.draft.stories)
        self.stories = {story.id: story for story in self.draft.stories}

    def _said(self, key: str) -> list[str]:
        return said(reason(key), self.draft.language)

    def look_over(self, digest: Digest) -> None:
        """Has what the llm wrote judged and repaired, where there is one: the stories that are not looked
        over yet, then what stands above and below them."""
        for told in digest.stories:
            if told.story not in self.draft.quoted:
                self.review.look_over(story_claims(told, self.stories[told.story]))
        self.review.look_over(day_claims(digest, self.draft.stories))

    def standing(self, place: str, sentences: Iterable[Sentence]) -> list[Sentence]:
        """Of the sentences, those that are published, as they are published; the verdicts are noted. What
        speaks of «the same report» falls where nothing that stands before it cites that report."""
        kept: list[Sentence] = []
        for sentence in sentences:
            told = self._alone(place, sentence, kept)
            if told is not None and (stands := self._verdict(place, told)) is not None:
                kept.append(stands)
        return kept

    def _alone(self, place: str, sentence: Sentence, before: Sequence[Sentence]) -> Sentence | None:
        """The sentence as it can follow those before it; None, and noted, where it cannot."""
        held = before and set(before[-1].sources) & set(sentence.sources)
        if held or sentence.kind == "count" or not leans(sentence, self.draft.language):
            return sentence
        self._note(place, sentence.text, Status.WITHHELD, self._said("leans"))
        return None

    def _verdict(self, place: str, sentence: Sentence) -> Sentence | None:
        """The sentence that is published in this one's place, if any; the verdict is noted."""
        if sentence.kind == "count":
            return self._counted(place, sentence)
        story = self.stories.get(place.partition("]")[0].removeprefix("stories["))
        among = story.articles if story else tuple(self.articles.values())
        stands = self._judged(place, claims_of([sentence], among, weighs=story is None)[0])
        return without_numbers(stands.sentence, self.review.numbers) if stands else None

    def _counted(self, place: str, sentence: Sentence) -> Sentence | None:
        """The same of what is computed, which no llm is asked about."""
        reasons = self.review.reasons_of(sentence)
        stands = self.review.by_rule_of(sentence) if reasons else sentence
        status = Status.WITHHELD if not stands else Status.REPAIRED if reasons else Status.SUPPORTED
        before = sentence.text if status is Status.REPAIRED else ""
        self._note(place, (stands or sentence).text, status, reasons, before)
        return stands

    def _judged(self, place: str, claim: Claim) -> Claim | None:
        """The claim that is published in this one's place, if any; the verdict is noted, but for a headline
        that stands."""
        reasons = self.review.reasons(claim)
        if not reasons:
            if claim.kind != "headline":
                self._note(place, claim.text, Status.SUPPORTED)
            return claim
        instead = self.review.instead(claim)
        if instead is not None:
            self._note(place, instead.text, Status.REPAIRED, reasons, before=claim.text)
        else:
            self._note(place, claim.text, Status.WITHHELD, reasons)
        return instead

    def headline(self, digest: Digest) -> str:
        """The day's headline; its first story's where it falls."""
        stands = self._judged("headline", day_claims(digest, self.draft.stories)[0])
        return stands.text if stands else _fallback(digest, self.draft)

    def story(self, told: DigestStory) -> DigestStory | None:
        """The story with a headline that stands; None when nothing of it was left to tell."""
        story = self.stories[told.story]
        place = f"stories[{told.story}].headline"
        stands = self._judged(place, headline(told.headline, story.articles))
        told.headline = stands.text if stands else self.title(story)
        if not told.sentences and not self.draft.writer.is_offline:
            self.fallen.append(story.lead.title)
            # What the offline writer says of the story, as far as it stands.
            plain = story_text(story, self.draft.language).sentences
            told.sentences = self.standing(f"stories[{story.id}].sentences", plain)
        return told if told.sentences else None

    def trend(self, digest: Digest) -> None:
        """The trend, with the day's numbers as they are of the stories that are told."""
        told = told_of(self.draft.stories, {s.story for s in digest.stories})
        trend = retold(digest.trend, self.draft.stories, told, self.draft.name, self.draft.language)
        # What an llm saw in the day comes before the counts, which the offline writer's trend is.
        digest.trend = sorted(trend, key=lambda s: s.kind == "count")
        if len(told) < len(self.draft.stories):
            self.draft = replace(self.draft, counts=counts_of(told))
            self.review.counts = tuple(self.draft.counts.values())
        digest.trend = self.standing("trend", digest.trend)

    def summary(self, told: Sequence[DigestStory]) -> list[Sentence]:
        """The day in its headlines, where nothing of the llm's summary stands."""
        if self.draft.writer.is_offline or not self.draft.digest.summary:
            return []
        return self.standing("summary", summary_of(told, self.draft.stories, self.draft.language))

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

    def tag(self, tag: str, heads: Sequence[str]) -> bool:
        """Does the tag name what the day's articles speak of, or stand in a headline that passed?"""
        if any(_squeezed(tag) in _squeezed(head) for head in heads):
            return True
        reasons = check_tag(tag, self.articles.values(), own=(self.draft.name,), language=self.draft.language)
        if reasons:
            self._note("tags", tag, Status.WITHHELD, reasons)
        return not reasons

    def _note(
        self, place: str, text: str, status: Status, reasons: list[str] | None = None,
        before: str = "",
    ) -> None:  # fmt: skip
        verdict = Verdict(place=place, text=text, status=status, reasons=reasons or [], before=before)
        self.verdicts.append(verdict)


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())
