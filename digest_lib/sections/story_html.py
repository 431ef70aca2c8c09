"""A story of a post as HTML."""

from __future__ import annotations

from typing import Protocol

from digest_lib.checking.digest import DigestStory
from digest_lib.sections.facts import Facts, StoryFacts
from digest_lib.sections.foreign import headline_html
from digest_lib.sections.markup import SEPARATOR, esc, lang_attr, slug
from digest_lib.sections.sentences import Sentences
from digest_lib.sections.words import Words


class Voiced(Protocol):
    """A story, by who reports it."""

    @property
    def publishers(self) -> int: ...
    @property
    def official(self) -> bool: ...


def story_anchor(story: str) -> str:
    """The `id` of a story in its post."""
    return f"story-{slug(story)}"


def story_html(
    told: DigestStory, story: StoryFacts, facts: Facts, words: Words, *, minor: bool = False
) -> str:
    """One story: headline, how well it is corroborated, its sentences, why it matters; `minor`: it is
    shown as what is mentioned besides."""
    show = Sentences(facts, words)
    why = ""
    if told.why_it_matters:
        why = (
            f'<div class="why"><h4>{esc(words("why_it_matters"))}</h4>'
            f"{Sentences(facts, words, of_analysis=True).paragraph(told.why_it_matters)}</div>"
        )
    marks = badges(story, words)
    shown = f'<p class="badges" data-pagefind-ignore>{marks}</p>' if marks else ""
    headline = headline_html(told.headline, facts, told.story)
    return (
        f'<article class="story{" minor" * minor}"><h3 id="{story_anchor(told.story)}">{headline}</h3>'
        f"{_original(told, facts, words)}{shown}{_continued(story, words)}"
        f"{show.paragraph(told.sentences)}{why}</article>"
    )


def _original(told: DigestStory, facts: Facts, words: Words) -> str:
    """The title of the lead beneath a headline of our own, where it is in another language."""
    lead = next((source for source in facts.sources if source.story == told.story), None)
    own = facts.language.partition("-")[0]
    if lead is None or lead.lang.partition("-")[0] == own or lead.title in told.headline:
        return ""
    title = f"<span{lang_attr(lead.lang, facts.language)}>{esc(lead.title)}</span>"
    return f'<p class="original"><small>{esc(words("original"))}{title}</small></p>'


def badges(story: StoryFacts, words: Words) -> str:
    """How many articles, how many independent publishers, official or not, what it follows. Of a single
    report there is nothing to count."""
    marks = []
    if len(story.articles) > 1:
        marks += [
            f'<span class="badge">{esc(words("articles", n=len(story.articles)))}</span>',
            f'<span class="badge">{esc(voices(story, words))}</span>',
        ]
    if story.official:
        marks.append(f'<span class="badge official">{esc(words("official"))}</span>')
    if story.follows:
        marks.append(f'<span class="badge follow-up">{esc(words("follow_up"))}</span>')
    return SEPARATOR.format("・").join(marks)


def voices(story: Voiced, words: Words) -> str:
    """How many independent publishers report it; of what only the vendor, or another company, tells, that."""
    if story.publishers:
        return words("publishers", n=story.publishers)
    return words("no_publisher" if story.official else "no_publisher_own")


def _continued(story: StoryFacts, words: Words) -> str:
    """What story of which day it continues, with a link there, and what is new since."""
    if not story.follows:
        return ""
    earlier = story.follows
    href = f"../{slug(earlier.post)}/index.html#{story_anchor(earlier.story)}"
    line = esc(words("continues", date=earlier.post[:10], headline=earlier.headline))
    new = ""
    if story.what_is_new:
        new = f" {esc(words('new_facts', facts=words('and').join(story.what_is_new)))}"
    return f'<p class="continues"><a href="{href}">{line}</a>{new}</p>'
