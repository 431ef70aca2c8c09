"""The list of a post's sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from digest_lib.sections.facts import Facts, Mention, Passage, Source
from digest_lib.sections.foreign import headline_html, publisher_html
from digest_lib.sections.markup import esc, lang_attr, link_out, moment
from digest_lib.sections.sentences import MENTIONS, mentioned_line, passages_by_source
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
    official = f' <span class="badge official">{esc(words("official"))}</span>' if source.official else ""
    # A quotation from it stands in Traditional characters in the post.
    converted = source.lang == "zh-Hans" and facts.language == FALLBACK
    note = f"・{esc(words('simplified'))}" if converted else ""
    back = ""
    if any(story.id == source.story for story in facts.stories):
        anchor, label = story_anchor(source.story), esc(words("back"))
        back = f' <a class="back" href="#{anchor}" aria-label="{label}">↩</a>'
    return (
        f'<li id="source-{source.number}" value="{source.number}">{_printed(source, facts)} '
        f'<span class="source-by">{_by(source, facts)}{note}{back}</span>{official}'
        f"{_passages(passages, source, facts, words)}</li>"
    )


def _printed(article: Source | Mention, facts: Facts) -> str:
    """The title as it was printed, which leads to the article."""
    return link_out(
        article.url, f"<span{lang_attr(article.lang, facts.language)}>{esc(article.title)}</span>"
    )


def _by(article: Source | Mention, facts: Facts) -> str:
    """Who published it, and when."""
    return f"{publisher_html(article.publisher, article.lang, facts.language)}・{moment(article.published)}"


def mentions_html(facts: Facts, words: Words) -> str:
    """The articles that only mention the family, folded away; they have no numbers, since they are no
    sources."""
    if not facts.mentions:
        return ""
    items = "".join(
        f'<li>{_printed(mention, facts)} <span class="source-by">{_by(mention, facts)}</span></li>'
        for mention in facts.mentions
    )
    left = facts.mentioned - len(facts.mentions)
    more = f"<p><small>{esc(words('mentions_more', n=left))}</small></p>" if left > 0 else ""
    return (
        f'<details class="mentions" id="{MENTIONS}"><summary>{esc(mentioned_line(facts))}</summary>'
        f"<ul>{items}</ul>{more}</details>"
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
