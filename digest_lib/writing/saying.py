"""Which sentence of a story says what its headline does: of whom the headline speaks and what happened, with
the figure where the headline has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest_lib.articles.article import Article
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import quotations
from digest_lib.stories.story import Story
from digest_lib.text.names import well_known
from digest_lib.text.quantity import Quantity
from digest_lib.text.scripts import fold
from digest_lib.text.vectors import tokens
from digest_lib.writing.background import is_background
from digest_lib.writing.frames import frames
from digest_lib.writing.known import things
from digest_lib.writing.picking import TURNS, without_frame
from digest_lib.writing.relayed import WITHIN
from digest_lib.writing.telling import said
from digest_lib.writing.worth import Extract, extracts, in_own_voice, named, worth

#: A sentence with an actor and an event is worth so much (`worth`).
_LEAST = 1.5
#: It has so much of the headline's names and of its words, and is no longer.
_NAMES, _WORDS, _LONGEST = 2 / 3, 0.2, 130
#: A headline is no longer.
_HEADLINE = 48
#: A quotation of so many characters is a clause of somebody else's, and no term.
_CLAUSE = 8
#: It says whose report it is.
_SAYS_WHOSE = re.compile(r"(?:根[據据]|[據据])?《[^》]+》|[據据][^，]{2,24}(?:報導|报道|報道)，")

#: It adds to what was said before it.
_ADDS = re.compile("也|亦|[還还](?![原款])|更(?![新多高快好大小低換换動动])")
#: A title asks whether or why, folded; what heads its story must not answer.
_ASKS = re.compile("[?？吗]|[为如]何|为什么|怎[么样]|是否|是不是|会不会")
#: An article doubts or denies what it tells, or tells what somebody said who is not named, folded.
_DOUBTS = re.compile(
    "否认|驳斥|澄清|不实|不属实|假消息|假的|谣|传闻|传言|流传|(?<!数)据传(?!输)|(?<!联)网传|查证|(?:未[经获]?|尚未|无法|没有)证实|(?:消息|知情)人士|爆料|真伪|真实性"
    r"|(?i:\b(?:den(?:y|ies|ied)|rumou?rs?|unverified|unconfirmed|hoax|fake|reportedly|allegedly)\b)|噂|否定"
)
#: It relays what somebody says, which is no event of the publisher's telling.
_RELAYS = re.compile(f"(?:{WITHIN})?轉述")


def tellable(story: Story, headline: str, language: str) -> Iterator[Sentence]:
    """The sentences of the story's articles that can be told, each with who reports it."""
    frame = frames(language)
    for article in story.articles:
        every = extracts(article) if is_readable(article, language) else []
        turned = {e.place - 1 for e in every if TURNS.match(e.text)}
        for extract in every:
            pattern = frame.more if _SAYS_WHOSE.match(extract.text) else frame.same_day
            text = said(pattern, extract, language, len(headline)) if _stands(extract) else ""
            if text and extract.place not in turned:
                yield Sentence(text=text, sources=[article.id])


def heading(story: Story, title: str, language: str) -> str:
    """A sentence of the story that can head it instead of a title that teases; "" where none says it, or
    where it would sound surer without its publisher than the story is: a title asks, an article doubts it."""
    best, most = "", 0.0
    if any(_ASKS.search(fold(a.title)) for a in story.articles) or any(map(_doubts, story.articles)):
        return best
    for sentence in tellable(story, title, language):
        article = _article(sentence, story)
        text = without_frame(sentence.text, article.publisher).lstrip("，：").rstrip("。")
        value = 0.0 if _is_own_word(article, story, text) else fits(sentence, story, title)
        stands = not (_SAYS_WHOSE.match(text) or _RELAYS.match(text) or _ADDS.search(text))
        if value > most and stands and len(text) <= _HEADLINE:
            best, most = text, value
    return best


def _doubts(article: Article) -> bool:
    return bool(_DOUBTS.search(fold(f"{article.title}\n{article.summary}\n{article.text}")))


def _is_own_word(article: Article, story: Story, text: str) -> bool:
    """Is it what a vendor says of itself: on its official page, or on a page of somebody whom it names?"""
    is_official = story.official and article.publisher == story.lead.publisher
    return is_official or bool(well_known(article.publisher) & named(text))


def fits(sentence: Sentence, story: Story, headline: str) -> float:
    """How well a sentence says what the headline does; 0 where the headline says it better."""
    own = without_frame(sentence.text, _article(sentence, story).publisher)
    heads, words = named(headline), set(tokens(headline))
    shared = len(words & set(tokens(own))) / max(1, len(words))
    is_long = len(sentence.text) > _LONGEST or any(len(q) >= _CLAUSE for q in quotations(sentence.text))
    lacks = _has_figure(headline) and not _has_figure(own)
    if is_long or lacks or worth(own) < _LEAST or shared < _WORDS:
        return 0.0
    return worth(own) + shared if len(heads & named(own)) >= _NAMES * len(heads) else 0.0


def _article(sentence: Sentence, story: Story) -> Article:
    return next(a for a in story.articles if a.id in sentence.sources)


def _has_figure(text: str) -> bool:
    return any(isinstance(thing, Quantity) for thing in things(text))


def _stands(extract: Extract) -> bool:
    """Can a sentence be read alone, and does it report what has just happened?"""
    is_report = extract.worth >= _LEAST and not extract.leans and not in_own_voice(extract.text)
    return is_report and not is_background(extract.text, extract.article)


def is_readable(article: Article, language: str) -> bool:
    """Is it in a language that the readers of the post read?"""
    return article.lang.partition("-")[0] == language.partition("-")[0]
