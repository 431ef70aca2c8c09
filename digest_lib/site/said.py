"""What the site's pages say of a story: who reported it, why it is there, what is new, its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.checking.digest import Sentence
from digest_lib.sections.facts import Source
from digest_lib.sections.foreign import publisher_html
from digest_lib.sections.markup import JOINER, SITE_LANGUAGE, esc, lang_attr, link_out
from digest_lib.sections.sentences import Sentences
from digest_lib.sections.story_html import story_anchor
from digest_lib.sections.words import FALLBACK, Words, short_day
from digest_lib.site.events import Event, Told
from digest_lib.site.lists import url_of
from digest_lib.text.filled import filled

#: So many publishers are named; of more, how many there are.
_NAMED: Final = 4
#: So many sources of a sentence are linked to.
_CITED: Final = 3
#: Kinds of events, in words.
_KINDS: Final = {
    "incident": "事故",
    "price": "價格",
    "launch": "發表",
    "security": "資安",
    "people": "人事",
    "policy": "法規與訴訟",
    "deal": "投資與交易",
    "research": "研究",
    "partnership": "合作",
    "event": "活動",
    "opinion": "評論",
}


def story_link(told: Told, top: str) -> str:
    """The way to a story in its post, from a page whose way to the top is `top`."""
    return f"{url_of(told.post, top)}#{story_anchor(told.id)}"


def headline(told: Told) -> str:
    """A told story's headline as HTML."""
    return told.brief.headline


def families(told: Iterable[Told], top: str) -> str:
    """The families that tell it, each leading to its post."""
    links = {t.family: _family(t, top) for t in told}
    return "、".join(links.values())


def _family(told: Told, top: str) -> str:
    """A family's name that leads to a story in its post; the same name leads to its page elsewhere."""
    name = told.post.brief.name
    label = esc(filled("{name} 日報：{title}", name=name, title=told.brief.title))
    return f'<a href="{story_link(told, top)}" aria-label="{label}">{esc(name)}</a>'


def who(told: Sequence[Told]) -> str:
    """Who reported it: names, and of many how many."""
    known: dict[str, Source] = {}
    for source in (source for t in told for source in t.sources):
        known.setdefault(source.publisher, source)
    named = [publisher_html(s.publisher, s.lang, SITE_LANGUAGE) for s in [*known.values()][:_NAMED]]
    rest = f"等 {len(known)} 家" if len(known) > _NAMED else ""
    return f"{'、'.join(named)}{rest}"


def why(event: Event, told: Sequence[Told]) -> str:
    """One line why a story is there, as HTML: why it matters, as a post says it, or what it was ranked by."""
    for one in told:
        if one.text and one.text.why_it_matters:
            show = Sentences(one.post.facts, Words(one.post.facts.language))
            first = one.text.why_it_matters[0]
            spoken = lang_attr(one.post.facts.language)
            return f"<span{spoken}>{show.mark(first)}{show.text(first)}</span>"
    return esc(reason(event, told))


def reason(event: Event, told: Sequence[Told]) -> str:
    """What a story was ranked by, in words."""
    publishers = max(t.brief.publishers for t in told)
    official = any(t.brief.official for t in told)
    parts = [_KINDS[kind] for kind in dict.fromkeys(t.brief.kind for t in told) if kind in _KINDS][:1]
    if publishers > 1:
        parts.append(f"{publishers} 家獨立媒體報導{'，並有官方來源' if official else ''}")
    elif publishers == 1:
        parts.append("一家媒體報導，並有官方來源" if official else "我們讀的來源中，只有一家報導")
    else:
        parts.append("僅官方發布" if official else "僅業者自己發布")
    if event.first < told[0].day:
        parts.append(f"{short_day(event.first)}以來的後續")
    return "・".join(parts)


def what_is_new(told: Iterable[Told]) -> str:
    """What a follow-up tells that was not told before, in words; empty for anything else."""
    words = Words(FALLBACK)
    new = dict.fromkeys(fact for t in told for fact in t.story.what_is_new)
    return words("new_facts", facts=words("and").join(new)) if new else ""


def sentence_html(told: Told, sentence: Sentence, top: str) -> str:
    """A sentence with its mark, and its publishers behind it, each leading to the article itself."""
    facts = told.post.facts
    show = Sentences(facts, Words(facts.language))
    cited = [source for source in facts.sources if source.id in set(sentence.sources)]
    links = [link_out(s.url, publisher_html(s.publisher, s.lang, SITE_LANGUAGE)) for s in cited[:_CITED]]
    if len(cited) > _CITED:
        links.append(
            f'<a href="{url_of(told.post, top)}#source-{cited[_CITED].number}">等 {len(cited)} 篇</a>'
        )
    by = f'{JOINER}<span class="by-whom">（{"、".join(links)}）</span>' if links else ""
    text = f"{show.mark(sentence)}{show.text(sentence)}"
    return f'<span class="sentence {sentence.kind}"{lang_attr(facts.language)}>{text}</span>{by}'
