"""What the day's request is filled with: the stories as they will stand, and computed statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from digest_lib.articles.article import Article
from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.stories.story import Stories, Story
from digest_lib.writing import tokens

#: Tokens of a day's stories that its prompt may hold, the most important first.
DAY_TOKENS = 8_000
#: How the id of a computed statement begins; no article's does.
NUMBER = "computed-"
#: So many computed statements are shown.
MOST_NUMBERS = 16


def told_stories(told: Sequence[DigestStory], stories: Stories, numbers: Mapping[str, str]) -> str:
    """The stories as the prompt shows them. `numbers`: the short name of each article."""
    return _within([_told(text, story, numbers) for text, story in zip(told, stories, strict=True)])


def _within(parts: Sequence[str]) -> str:
    """The stories that fit, the most important first; of the others their headlines."""
    left, kept = DAY_TOKENS, list[str]()
    for part in parts:
        shown = part if tokens.estimated(part) <= left else part.split("\n")[0]
        left -= tokens.estimated(shown)
        kept.append(shown)
    return "\n\n".join(kept)


def _told(text: DigestStory, story: Story, numbers: Mapping[str, str]) -> str:
    lines = [f"## {text.headline}", f"({'; '.join(marks(story))})"]
    lines += [f"- {cited(sentence, numbers)}" for sentence in text.sentences]
    lines += [f"why: {cited(sentence, numbers)}" for sentence in text.why_it_matters]
    return "\n".join(lines)


def marks(story: Story) -> list[str]:
    """What the newsroom knows of a story beside its text."""
    found = [f"kind: {story.kind}"] if story.kind else []
    found += ["source: official" if story.official else "source: reports"]
    found += [f"articles: {len(story.articles)}", f"publishers: {story.publishers}"]
    if story.follows:
        found.append(f"follows: {story.follows.post[:10]} {' '.join(story.follows.headline.split())}")
        found += [f"new: {', '.join(story.what_is_new)}"] if story.what_is_new else []
    return found


def cited(sentence: Sentence, numbers: Mapping[str, str]) -> str:
    """The sentence with the short names of its sources behind it."""
    names = "".join(f"[{numbers[i]}]" for i in sentence.sources if i in numbers)
    return f"{sentence.text} {names}".rstrip()


def computed(counted: Iterable[Sentence], day: datetime, language: str) -> dict[str, Article]:
    """What is `counted` of a day, by id, as articles that a sentence can be checked against. What is counted
    of one story («刊出報導») says when it was published and nothing of the day: it is none of them."""
    counts = [s.text for s in counted]
    lang = "zh-Hant" if language == "zh-TW" else language
    return {
        (name := f"{NUMBER}{n}"): Article(name, "", "", text, "", "", lang, day, day)
        for n, text in enumerate(list(dict.fromkeys(counts))[:MOST_NUMBERS], 1)
    }


def told_numbers(numbers: Mapping[str, Article], names: Mapping[str, str]) -> str:
    """The computed statements as the prompt shows them."""
    return "\n".join(f"- {article.summary} [{names[name]}]" for name, article in numbers.items())


def without_numbers(sentence: Sentence, numbers: Mapping[str, Article]) -> Sentence:
    """The sentence as it is published: computed statements are no sources that a reader can open."""
    return sentence.model_copy(update={"sources": [i for i in sentence.sources if i not in numbers]})
