"""A story of a post as HTML."""

from __future__ import annotations

from digest_lib.checking.digest import DigestStory
from digest_lib.publishing.facts import Facts, Follows, StoryFacts
from digest_lib.publishing.foreign import headline_html
from digest_lib.publishing.markup import SEPARATOR, esc, slug
from digest_lib.publishing.sentences import Sentences
from digest_lib.publishing.words import Words


def story_anchor(story: str) -> str:
    """The `id` of a story in its post."""
    return f"story-{slug(story)}"


def story_html(told: DigestStory, story: StoryFacts, facts: Facts, words: Words) -> str:
    """One story: headline, how well it is corroborated, its sentences, why it matters."""
    show = Sentences(facts, words)
    why = ""
    if told.why_it_matters:
        why = (
            f'<div class="why"><h4>{esc(words("why_it_matters"))}</h4>'
            f"{show.paragraph(told.why_it_matters)}</div>"
        )
    marks = badges(story, words)
    shown = f'<p class="badges" data-pagefind-ignore>{marks}</p>' if marks else ""
    headline = headline_html(told.headline, facts, told.story)
    return (
        f'<article class="story"><h3 id="{story_anchor(told.story)}">{headline}</h3>'
        f"{shown}{show.paragraph(told.sentences)}{why}</article>"
    )


def badges(story: StoryFacts, words: Words) -> str:
    """How many articles, how many independent publishers, official or not, what it follows. Of a single
    report there is nothing to count."""
    marks = []
    if len(story.articles) > 1:
        marks += [
            f'<span class="badge">{esc(words("articles", n=len(story.articles)))}</span>',
            f'<span class="badge">{esc(words("publishers", n=story.publishers))}</span>',
        ]
    if story.official:
        marks.append(f'<span class="badge official">{esc(words("official"))}</span>')
    if story.follows:
        marks.append(_follow_up(story.follows, words))
    return SEPARATOR.format("・").join(marks)


def _follow_up(earlier: Follows, words: Words) -> str:
    title = words("follow_up_of", headline=earlier.headline)
    href = f"../{slug(earlier.post)}/index.html#{story_anchor(earlier.story)}"
    return f'<a class="badge follow-up" href="{href}" title="{esc(title)}">{esc(words("follow_up"))}</a>'
