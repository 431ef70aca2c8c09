"""A post's sections as a notebook shows them: plain semantic HTML, every text escaped, every fact cited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.day import TAIPEI
from digest_lib.sections.fact_finding import facts_of
from digest_lib.sections.facts import MIME, Facts, StoryFacts
from digest_lib.sections.making import making_html
from digest_lib.sections.markup import esc, lang_attr, slug
from digest_lib.sections.numbers_html import numbers_html
from digest_lib.sections.sentences import Sentences
from digest_lib.sections.source_html import mentions_html, sources_html
from digest_lib.sections.story_html import story_html
from digest_lib.sections.words import Words
from digest_lib.stories.kinds import Kind
from digest_lib.writing.draft import Revised

#: The sections that search results come from; the others repeat them or tell how they were made.
_SEARCHED: Final = frozenset({"trend", "stories", "analysis", "outlook"})
#: What a notebook shows in the place of a section that the post leaves out.
OMITTED: Final = f'<p class="omitted"><small>{esc(Words("")("omitted"))}</small></p>'


@dataclass(frozen=True)
class Section:
    """One section of a post. It shows itself in a notebook; where it is omitted (`html` is empty), a line
    there says so, which is no part of the post."""

    key: str
    html: str
    #: the post's facts, carried by the last section
    facts: Facts | None = field(default=None, repr=False)

    def _repr_html_(self) -> str:
        return self.html or OMITTED

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self._repr_html_()}
        if self.facts is not None:
            bundle[MIME] = self.facts.model_dump(mode="json")
        return bundle


def section(digest: Revised, key: str) -> Section:
    """The section `key` (trend, stories, analysis, key_points, outlook, sources or making) of a digest.

    `making` carries the facts of the whole post, from which publishing and the site's pages work.
    Raises `ValueError` for another key.
    """
    if key not in _MAKERS:
        raise ValueError(f"no section «{key}»; there are: {', '.join(_MAKERS)}")
    facts = facts_of(digest)
    inner = _MAKERS[key](facts, Words(facts.language))
    return Section(key, inner, facts if key == "making" else None)


def _wrap(words: Words, key: str, heading: str, inner: str) -> str:
    anchor = slug(key)
    searched = " data-pagefind-body" if key in _SEARCHED else ""
    return (
        f'<section class="part part-{anchor}"{lang_attr(words.language)}{searched} '
        f'aria-labelledby="{anchor}">'
        f'<h2 id="{anchor}">{esc(heading)}</h2>{inner}</section>'
    )


def _trend(facts: Facts, words: Words) -> str:
    if not facts.digest.trend:
        return ""
    text = Sentences(facts, words).paragraph(facts.digest.trend)
    return _wrap(words, "trend", words("trend", window=words.window(facts.window_days)), text)


def _stories(facts: Facts, words: Words) -> str:
    window = words.window(facts.window_days)
    known = {story.id: story for story in facts.stories}
    told = [story for story in facts.digest.stories if story.story in known]
    also = _first_lesson([known[story.story] for story in told])
    parts = [
        story_html(story, known[story.story], facts, words, minor=k >= also or (k > 0 and _is_bare(story)))
        for k, story in enumerate(told)
    ]
    if also < len(parts):
        parts.insert(also, f'<p class="also">{esc(words("lessons"))}</p>')
    if not parts:
        parts = [f'<p class="no-news">{esc(_no_news(facts, words, window))}</p>']
    return _wrap(words, "stories", words("stories", window=window), "".join(parts))


def _is_bare(story: DigestStory) -> bool:
    """Is nothing told of it but that it is there? A page full of such headlines hides those that tell."""
    return not story.why_it_matters and all(sentence.kind == "count" for sentence in story.sentences)


def _first_lesson(stories: Sequence[StoryFacts]) -> int:
    """Where the lessons and events begin that come behind the news: past the end where there are none, or
    nothing else. What several publishers report is news, whatever its words are."""
    begin = len(stories)
    while begin and stories[begin - 1].kind == Kind.EVENT and stories[begin - 1].publishers <= 1:
        begin -= 1
    return begin or len(stories)


def _no_news(facts: Facts, words: Words, window: str) -> str:
    if facts.found:
        return words("nothing_stands", window=window, stories=facts.found, name=facts.name)
    return words(
        "no_news",
        window=window,
        name=facts.name,
        cutoff=facts.cutoff.astimezone(TAIPEI).strftime("%m-%d %H:%M"),
        articles=facts.coverage.articles,
    )


def _labelled(facts: Facts, words: Words, parts: Sequence[tuple[str, Sequence[Sentence]]]) -> str:
    show = Sentences(facts, words, of_analysis=True)
    return "".join(
        f"<h3>{esc(words(label))}</h3>{show.paragraph(sentences)}" for label, sentences in parts if sentences
    )


def _analysis(facts: Facts, words: Words) -> str:
    what = facts.digest.analysis
    inner = _labelled(
        facts,
        words,
        [("industry", what.industry), ("rivals", what.rivals), ("market", what.market)],
    )
    if not inner and facts.digest.numbers:
        return _wrap(words, "analysis", words("numbers"), numbers_html(facts, words))
    return _wrap(words, "analysis", words("analysis"), inner) if inner else ""


def _key_points(facts: Facts, words: Words) -> str:
    said = facts.digest.key_points
    if not said:
        return ""
    points = Sentences(facts, words).points(said)
    return _wrap(words, "key_points", words("key_points"), points)


def _outlook(facts: Facts, words: Words) -> str:
    show = Sentences(facts, words, of_analysis=True)
    what = facts.digest.outlook
    inner = "".join(
        f"<h3>{esc(words(label))}</h3>{show.points(sentences)}"
        for label, sentences in [("developers", what.developers), ("users", what.users)]
        if sentences
    )
    return _wrap(words, "outlook", words("outlook"), inner) if inner else ""


def _sources(facts: Facts, words: Words) -> str:
    inner = sources_html(facts, words) + mentions_html(facts, words)
    return _wrap(words, "sources", words("sources"), inner) if inner else ""


def _making(facts: Facts, words: Words) -> str:
    return _wrap(words, "making", words("making"), making_html(facts, words))


_MAKERS: Final[dict[str, Callable[[Facts, Words], str]]] = {
    "trend": _trend,
    "stories": _stories,
    "analysis": _analysis,
    "key_points": _key_points,
    "outlook": _outlook,
    "sources": _sources,
    "making": _making,
}
