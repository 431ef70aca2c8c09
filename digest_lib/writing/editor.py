"""The writer that asks an llm: one typed request a story, then one for the day, from the desk's prompts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import NamedTuple

from digest_lib.checking.digest import DayText, Digest, DigestStory, Sentence, StoryText
from digest_lib.errors import LlmError
from digest_lib.stories.story import Stories, Story
from digest_lib.writing.claims import Claim, claims_of, headline
from digest_lib.writing.counts import counts_of, trend_of
from digest_lib.writing.headings import headline_of
from digest_lib.writing.listing import STORY_TOKENS, listed, named
from digest_lib.writing.llm import Llm
from digest_lib.writing.offline import counted_of, story_text, write_offline
from digest_lib.writing.overview import DAY_TOKENS, computed, told_numbers, told_stories
from digest_lib.writing.prompts import fill
from digest_lib.writing.references import references, resolved
from digest_lib.writing.review import Review, own_words
from digest_lib.writing.taken import day_of, story_of

__all__ = ["DAY_TOKENS", "STORY_TOKENS", "Edited", "Editor", "listed", "named", "references", "resolved"]


class Edited(NamedTuple):
    """What an llm wrote, and the offline writer where it did not."""

    digest: Digest
    #: the numbers that the digest may state
    counts: dict[str, int]
    #: in a line each, what the llm failed to give
    failures: list[str]
    #: the ids of the stories that the offline writer tells
    quoted: frozenset[str]


@dataclass(frozen=True)
class Editor:
    """Writes a family's digest with an llm. What the llm fails to give, the offline writer does.

    `review` looks over each story as soon as it is written: the day is told of what will stand. `earlier` is
    what the last posts told.
    """

    llm: Llm
    name: str
    language: str
    story_prompt: str
    day_prompt: str
    review: Review
    earlier: str = ""
    #: told in a line of each request that is finished, in the order in which they finish
    show: Callable[[str], None] | None = None

    def write(self, stories: Stories) -> Edited:
        """The day's digest."""
        if not stories:
            return Edited(*self._offline(stories), [], frozenset())
        counted = counted_of(stories, self.name, self.language)
        self.review.numbers = computed(counted, stories.day.cutoff, self.language)
        failures: dict[str, str] = {}
        told = list(self._stories(stories, failures))
        quoted = frozenset(failures)
        lines = list(failures.values())
        try:
            day = self._day(stories, told)
        except LlmError as error:
            plain, counts = self._offline(stories)
            plain = plain.model_copy(update={"stories": told})
            return Edited(plain, counts, [*lines, f"the day: {error}"], quoted)
        # What the llm saw in the day comes first; the counts are right by construction.
        trend = day.trend + trend_of(stories, self.name, self.language)
        return Edited(
            day.model_copy(update={"trend": trend, "stories": told}), counts_of(stories), lines, quoted
        )

    def _offline(self, stories: Stories) -> tuple[Digest, dict[str, int]]:
        return write_offline(stories, name=self.name, language=self.language)

    def _stories(self, stories: Stories, failures: dict[str, str]) -> Iterator[DigestStory]:
        with ThreadPoolExecutor(self.llm.at_once) as pool:
            asked = [(story, pool.submit(self._story, story, stories)) for story in stories]
            self._show_each({answer: story.lead.title for story, answer in asked})
            for story, answer in asked:
                try:
                    yield answer.result()
                except LlmError as error:
                    failures[story.id] = f"{named(story.lead.title)}: {error}"
                    yield story_text(story, self.language)

    def _show_each(self, asked: Mapping[Future[DigestStory], str]) -> None:
        if self.show is None:
            return
        for n, answer in enumerate(as_completed(asked), 1):
            error = answer.exception()
            said = f"failed: {error}" if error else f"«{answer.result().headline}»"
            self.show(f"{n}/{len(asked)} {asked[answer][:40]}: {said}")

    def _story(self, story: Story, stories: Stories) -> DigestStory:
        refs = references(story.articles)
        own = own_words(self.name, self.language, str(stories.day))
        prompt = fill(self.story_prompt, {**own, "articles": listed(refs)})
        told = story_of(resolved(self.llm.ask(prompt, StoryText, "story"), refs), story.id)
        if not told.headline:
            told = told.model_copy(update={"headline": headline_of(story, self.language)})
        self.review.look_over(story_claims(told, story))
        return told

    def _standing(self, text: DigestStory, story: Story) -> DigestStory:
        """The story as the day's request sees it: what stands, as it will be published."""
        head = self.review.standing(headline(text.headline, story.articles))
        kept = self._kept(text.sentences, story)
        return text.model_copy(update={
            "headline": head.text if head else headline_of(story, self.language),
            "sentences": kept or story_text(story, self.language).sentences,
            "why_it_matters": self._kept(text.why_it_matters, story),
        })  # fmt: skip

    def _kept(self, sentences: Sequence[Sentence], story: Story) -> list[Sentence]:
        counts = [s for s in sentences if s.kind == "count"]
        claims = map(self.review.standing, claims_of(sentences, story.articles, weighs=False))
        return counts + [c.sentence for c in claims if c]

    def _day(self, stories: Stories, told: Sequence[DigestStory]) -> Digest:
        numbers = self.review.numbers
        refs = references([*(a for story in stories for a in story.articles), *numbers.values()])
        names = {article.id: ref for ref, article in refs.items()}
        standing = [self._standing(text, s) for text, s in zip(told, stories, strict=True)]
        prompt = fill(self.day_prompt, {
            **own_words(self.name, self.language, str(stories.day)),
            "stories": told_stories(standing, stories, names),
            "numbers": told_numbers(numbers, names),
            "earlier": self.earlier,
        })  # fmt: skip
        day = day_of(resolved(self.llm.ask(prompt, DayText, "day"), refs))
        return day if day.headline else day.model_copy(update={"headline": told[0].headline})


def story_claims(told: DigestStory, story: Story) -> list[Claim]:
    """What a story claims: its headline, its sentences, why it matters."""
    among = story.articles
    return [
        headline(told.headline, among),
        *claims_of(told.sentences, among, weighs=False),
        *claims_of(told.why_it_matters, among, weighs=True),
    ]


def day_claims(digest: Digest, stories: Stories) -> list[Claim]:
    """What a digest claims above and below its stories."""
    among = list(stories.articles.values())
    leads = [story.lead for story in stories]
    found = [headline(digest.headline, [*leads, *(a for a in among if a not in leads)])]
    for place, sentences in digest.sentences():
        if not place.startswith("stories["):
            found += claims_of(sentences, among, weighs=True)
    return found
