"""The list of a post's sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from digest_lib.sections.facts import Facts, Passage, Source
from digest_lib.sections.foreign import headline_html, publisher_html
from digest_lib.sections.markup import esc, lang_attr, link_out, moment
from digest_lib.sections.sentences import passages_by_source
from digest_lib.sections.story_html import story_anchor
from digest_lib.sections.words import FALLBACK, Words

_Passages = Mapping[str, Mapping[str, Sequence[Passage]]]


def sources_html(facts: Facts, words: Words) -> str:
    """The sources in the order of their numbers. Those of a story with several stand together under its
    headline; a single source says by its own title what it is about."""
    titles = {story.id: headline_html(story.headline, facts, story.id) for story in facts.stories}
    groups = [list(own) for _, own in groupby(facts.sources, key=lambda source: source.story)]
    passages = passages_by_source(facts)
    parts, alone = [], list[Source]()
    for group in groups:
        if len(group) == 1 and group[0].story in titles:
            alone += group
            continue
        heading = titles.get(group[0].story) or esc(words("other_sources"))
        parts += [_list(alone, facts, words, passages), f'<div class="told"><h3>{heading}</h3>']
        parts += [_list(group, facts, words, passages), "</div>"]
        alone = []
    return "".join([*parts, _list(alone, facts, words, passages)])


def _list(sources: Sequence[Source], facts: Facts, words: Words, passages: _Passages) -> str:
    items = "".join(_item(source, facts, words, passages.get(source.id, {})) for source in sources)
    return f'<ol class="sources">{items}</ol>' if items else ""


def _item(source: Source, facts: Facts, words: Words, passages: Mapping[str, Sequence[Passage]]) -> str:
    title = f"<span{lang_attr(source.lang, facts.language)}>{esc(source.title)}</span>"
    publisher = publisher_html(source.publisher, source.lang, facts.language)
    official = f' <span class="badge official">{esc(words("official"))}</span>' if source.official else ""
    # A quotation from it stands in Traditional characters in the post.
    converted = source.lang == "zh-Hans" and facts.language == FALLBACK
    note = f"・{esc(words('simplified'))}" if converted else ""
    back = ""
    if any(story.id == source.story for story in facts.stories):
        anchor, label = story_anchor(source.story), esc(words("back"))
        back = f' <a class="back" href="#{anchor}" aria-label="{label}">↩</a>'
    return (
        f'<li id="source-{source.number}" value="{source.number}">{link_out(source.url, title)} '
        f'<span class="source-by">{publisher}・{moment(source.published)}{note}{back}</span>{official}'
        f"{_passages(passages, source, facts, words)}</li>"
    )


def _passages(passages: Mapping[str, Sequence[Passage]], source: Source, facts: Facts, words: Words) -> str:
    """What of the source the post's sentences rest on, folded away."""
    spoken = lang_attr(source.lang, facts.language)
    quoted = "".join(
        f'<p id="{anchor}"><q{spoken}>{esc(own[0].text)}</q></p>' for anchor, own in passages.items()
    )
    if not quoted:
        return ""
    return f'<details class="passages"><summary>{esc(words("passages"))}</summary>{quoted}</details>'
