"""Sentences that lean on the one before them: «the same report» is nothing where that report is not named."""

from __future__ import annotations

import re

from digest_lib.checking.digest import Sentence
from digest_lib.stories.story import Story
from digest_lib.writing.frames import frames
from digest_lib.writing.offline import framed, opening

#: How a sentence begins that speaks of the report that the one before it named.
_LEANING = {
    "zh-TW": re.compile(
        r"同一?篇(?:報導|文章|新聞稿?)|(?:該|此|這)篇?(?:報導|文章|新聞稿)"
        r"|(?:報導|文章|文中)(?:中|裡)?(?:還|也|另|並|亦|又|同時)"
    ),
    "en": re.compile(
        r"(?i)(?:the same|that|this) (?:report|article|post|story)\b"
        r"|it (?:also|further) (?:says?|said|reports?|adds?)\b"
    ),
    "ja": re.compile(r"(?:同じ|同|この|その)(?:記事|報道|リリース)"),
}


def leans(sentence: Sentence, language: str) -> bool:
    """Does it begin with a report that it does not name?"""
    return bool(_LEANING[language].match(sentence.text))


def standing_alone(sentence: Sentence, story: Story, language: str) -> Sentence | None:
    """A leaning quotation of the offline writer's as it reads where nothing before it names its article; None
    for a sentence in other words, or one of another story."""
    frame = frames(language)
    before, after = frame.again.split("{quote}")
    article = next((a for a in story.articles if a.id in sentence.sources), None)
    if article is None or not (sentence.text.startswith(before) and sentence.text.endswith(after)):
        return None
    quote = sentence.text[len(before) : len(sentence.text) - len(after)]
    return framed(opening(article, story, frame), article, quote, language)
