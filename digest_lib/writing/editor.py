"""The writer that asks an llm: one typed request a story, then one for the day, from the desk's prompts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import NamedTuple

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import DayText, Digest, DigestStory, StoryText
from digest_lib.checking.injections import told
from digest_lib.day import TAIPEI
from digest_lib.errors import LlmError
from digest_lib.stories.story import Stories, Story
from digest_lib.writing import tokens
from digest_lib.writing.headings import headline_of
from digest_lib.writing.llm import Llm
from digest_lib.writing.offline import story_text, write_offline
from digest_lib.writing.prompts import fill
from digest_lib.writing.references import references, resolved
from digest_lib.writing.taken import day_of, story_of

#: Tokens of one story's articles, of one article, and of a day's stories that a prompt may hold. Leads come
#: first, so what is cut off is background.
STORY_TOKENS = 8_000
ARTICLE_TOKENS = 2_600
DAY_TOKENS = 8_000


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
    """Writes a family's digest with an llm. What the llm fails to give, the offline writer does."""

    llm: Llm
    name: str
    language: str
    story_prompt: str
    day_prompt: str
    #: told in a line of each request that is finished, in the order in which they finish
    show: Callable[[str], None] | None = None

    def write(self, stories: Stories) -> Edited:
        """The day's digest."""
        plain, counts = write_offline(stories, name=self.name, language=self.language)
        if not stories:
            return Edited(plain, counts, [], frozenset())
        failures: dict[str, str] = {}
        told = list(self._stories(stories, failures))
        quoted = frozenset(failures)
        lines = list(failures.values())
        plain = plain.model_copy(update={"stories": told})
        try:
            day = self._day(stories, told)
        except LlmError as error:
            return Edited(plain, counts, [*lines, f"the day: {error}"], quoted)
        # What the llm saw comes before the counts, which are right by construction.
        trend = day.trend + [s for s in plain.trend if s.kind == "count"]
        return Edited(day.model_copy(update={"trend": trend, "stories": told}), counts, lines, quoted)

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

    def _standing(self, text: DigestStory, story: Story) -> DigestStory:
        """The story as the day's request sees it: only what stands."""
        known = {a.id: a for a in story.articles}
        own = (self.name,)
        kept = [
            s
            for s in text.sentences
            if s.kind == "count" or not check_sentence(s, known, own=own, language=self.language)
        ]
        wrong = check_text(text.headline, story.articles, own=own, language=self.language)
        headline = headline_of(story, self.language) if wrong else text.headline
        return text.model_copy(update={"headline": headline, "sentences": kept})

    def _story(self, story: Story, stories: Stories) -> DigestStory:
        refs = references(story.articles)
        prompt = fill(self.story_prompt, {
            "name": self.name,
            "language": self.language,
            "date": str(stories.day),
            "articles": listed(refs),
        })  # fmt: skip
        told = story_of(resolved(self.llm.ask(prompt, StoryText), refs), story.id)
        return (
            told if told.headline else told.model_copy(update={"headline": headline_of(story, self.language)})
        )

    def _day(self, stories: Stories, told: Sequence[DigestStory]) -> Digest:
        refs = references([a for story in stories for a in story.articles])
        numbers = {article.id: ref for ref, article in refs.items()}
        prompt = fill(self.day_prompt, {
            "name": self.name,
            "language": self.language,
            "date": str(stories.day),
            "stories": _within(
                [_told(self._standing(text, s), numbers) for text, s in zip(told, stories, strict=True)]
            ),
        })  # fmt: skip
        day = day_of(resolved(self.llm.ask(prompt, DayText), refs))
        return day if day.headline else day.model_copy(update={"headline": told[0].headline})


def named(title: str) -> str:
    """A story as a line about it names it: «its title», as far as a line has room for it."""
    return f"«{title[:40].replace('«', '').replace('»', '')}»"


def listed(refs: Mapping[str, Article]) -> str:
    """The articles as a prompt shows them, best first, within the budget of tokens, without what in them
    speaks to the machine."""
    left = STORY_TOKENS
    parts = []
    for ref, article in refs.items():
        body = tokens.cut(told(article.text) or told(article.summary), min(ARTICLE_TOKENS, max(0, left)))
        left -= tokens.estimated(body)
        when = article.published.astimezone(TAIPEI).strftime("%Y-%m-%d %H:%M")
        parts.append(f"[{ref}] {told(article.publisher)}, {when}\n{told(article.title)}\n{body}".strip())
    return "\n\n".join(parts)


def _within(parts: Sequence[str]) -> str:
    """The stories that fit, the most important first; of the others their headlines."""
    left, kept = DAY_TOKENS, []
    for part in parts:
        shown = part if tokens.estimated(part) <= left else part.split("\n")[0]
        left -= tokens.estimated(shown)
        kept.append(shown)
    return "\n\n".join(kept)


def _told(text: DigestStory, numbers: Mapping[str, str]) -> str:
    lines = [f"## {text.headline}"]
    for sentence in text.sentences:
        cited = "".join(f"[{numbers[i]}]" for i in sentence.sources if i in numbers)
        lines.append(f"- {sentence.text} {cited}".rstrip())
    return "\n".join(lines)
