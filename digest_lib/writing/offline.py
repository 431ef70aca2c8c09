"""The writer that asks no llm: it picks sentences, quotes them with their source, and counts.

It says nothing that is not a quotation or a count of the run's own tables, so it has no analysis and no
outlook. Sentences are picked by how central they are to their story and how little they repeat (maximal
marginal relevance; Carbonell and Goldstein, SIGIR 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from digest_lib.articles.article import Article
from digest_lib.articles.boilerplate import is_boilerplate, told_lines
from digest_lib.checking.check import says
from digest_lib.checking.digest import Digest, DigestStory, Sentence
from digest_lib.checking.injections import told
from digest_lib.checking.leaks import leaks
from digest_lib.day import TAIPEI
from digest_lib.stories.story import Stories, Story
from digest_lib.text.names import entries, latin_names, well_known
from digest_lib.text.plural import for_number
from digest_lib.text.scripts import simplified_in, to_traditional
from digest_lib.text.sentences import split_sentences
from digest_lib.text.traditional import in_script
from digest_lib.text.vectors import tfidf
from digest_lib.writing.counts import counts_of, trend_of
from digest_lib.writing.frames import Frames, frames, in_language
from digest_lib.writing.gist import gist

#: Quotations of one story, and the characters of a sentence worth quoting.
QUOTES = 3
#: Quotations of one article: a story is told by those who report it, not copied from one of them.
QUOTES_OF_ONE = 2
SHORTEST, LONGEST = 12, 220

#: Sentences of an article that are looked at: news puts what happened first.
DEPTH = 12

#: The weight of relevance against novelty, as in the method's paper.
LAMBDA = 0.7

#: With fewer stories than this, key points would only repeat the headlines above them.
KEY_POINTS_FROM = 3


#: From this length on, a line without an end may be a summary that the publisher's feed cut off.
CUT_FROM = 120

#: How a whole sentence ends, and how one that was cut off does.
_ENDS = re.compile(r"[。！？!?.｡][」』”’\"')）\]]*$(?<!\.\.)")
#: No link but an article's own is published, so a sentence with one cannot be quoted.
_ADDRESS = re.compile(r"https?://|www\.|\S@\S")
_CUT = re.compile(r"(…|\.\.\.?|\[…\]|[，,、：:])\W*$")


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of an article, a candidate for quoting."""

    article: Article
    text: str
    place: int  #: its number in the article


def write_offline(stories: Stories, *, name: str, language: str) -> tuple[Digest, dict[str, int]]:
    """A digest of quotations and counts, and the counts that its sentences may state."""
    counts = counts_of(stories)
    told = [story_text(story, language) for story in stories]
    digest = Digest(
        headline=told[0].headline if told else name,
        summary=summary_of(told, stories),
        trend=trend_of(stories, name, language),
        stories=told,
        key_points=_key_points(told, stories),
        tags=tags_of(stories, name),
    )
    if not told:
        digest.summary = digest.trend
    return digest, counts


def summary_of(told: Sequence[DigestStory], stories: Iterable[Story]) -> list[Sentence]:
    """The day in its most important headlines, each a sentence that cites its story; `stories` may hold
    more than are told."""
    by_id = {story.id: story for story in stories}
    return [_ended(_headline_sentence(t, by_id[t.story])) for t in told][:3]


def story_text(story: Story, language: str) -> DigestStory:
    """One story, quoted from the articles that report it."""
    frame = frames(language)
    sentences = _quotations(pick(story), story, language)
    if not sentences:
        sentences = [framed(frame.bare, story.lead, story.lead.title, language)]
    if len(story.articles) > 1 and story.publishers:
        publishers = story.publishers
        pattern = for_number(frame.voices, publishers)
        voices = pattern.format(articles=len(story.articles), publishers=publishers)
        sentences.append(Sentence(text=voices, kind="count"))
    return DigestStory(story=story.id, headline=headline_of(story, language), sentences=sentences)


def headline_of(story: Story, language: str, *, gists: bool = True) -> str:
    """A title of the story that its readers can read; of a foreign one its gist where that is sure (and
    `gists` are wanted), else the title quoted with its publisher and in which language it reports."""
    own = {"zh-TW": ("zh-Hant", "zh-Hans"), "en": ("en",), "ja": ("ja",)}[language]
    readable = [a for lang in own for a in story.articles if a.lang == lang and says(a.title)]
    if readable:
        return _read_here(readable[0].title, readable[0], language, to_traditional)
    lead, frame = story.lead, frames(language)
    if gists and language == "zh-TW" and (made := gist(lead.title, vendor=_vendor(story))):
        return made
    pattern = frame.titled_official if story.official else frame.titled
    publisher, told = _quoted(lead.publisher, lead, language), in_language(lead.lang, language)
    return pattern.format(publisher=publisher, language=told, title=_unquoted(lead.title))


def _vendor(story: Story) -> str:
    """The company on whose own page the story's lead stands, if that is sure."""
    companies = {entry.canonical for entry in entries() if entry.kind == "company"}
    named = well_known(story.lead.publisher) & companies
    return named.pop() if story.official and len(named) == 1 else ""


def _quoted(text: str, article: Article, language: str) -> str:
    """Chinese text of an article, or a name, in the post's script; anything else as it is."""
    return _read_here(text, article, language, in_script)


def _read_here(text: str, article: Article, language: str, convert: Callable[[str, str], str]) -> str:
    """What the conversion makes of Simplified text of an article in a Traditional post; else the text."""
    if language == "zh-TW" and (article.lang == "zh-Hans" or simplified_in(text)):
        return convert(text, article.lang if article.lang == "zh-Hans" else "")
    return text


def pick(story: Story) -> list[Extract]:
    """The sentences that tell the story: central to it, early in their article, not repeating."""
    candidates = [e for a in story.articles for e in _extracts(a)]
    if not candidates:
        return []
    titles = [a.title for a in story.articles]
    vectors = tfidf([*(e.text for e in candidates), *titles])
    alike = np.asarray((vectors @ vectors.T).todense())
    n = len(candidates)
    # Near the titles: what the story is about, rather than what its longest article dwells on.
    central = alike[:n, n:].mean(axis=1)
    early = np.array([1.0 / (1.0 + e.place) for e in candidates])
    worth = central + 0.3 * early + np.array([_preference(e, story) for e in candidates])
    owners = [e.article.id for e in candidates]
    return [candidates[i] for i in _marginal(worth, alike[:n, :n], owners)]


def _marginal(worth: np.ndarray, alike: np.ndarray, owners: Sequence[str]) -> list[int]:
    """Indices by maximal marginal relevance, the best first; no owner more than `QUOTES_OF_ONE` times."""
    chosen: list[int] = []
    while len(chosen) < min(QUOTES, len(worth)):
        repeats = alike[:, chosen].max(axis=1) if chosen else np.zeros(len(worth))
        score = LAMBDA * worth - (1 - LAMBDA) * repeats
        # What is nearly the same sentence is never quoted twice.
        score[repeats > 0.6] = -np.inf  # noqa: PLR2004 - cosine of near-identical wording
        score[chosen] = -np.inf
        often = {o for o, n in Counter(owners[i] for i in chosen).items() if n >= QUOTES_OF_ONE}
        score[[i for i, owner in enumerate(owners) if owner in often]] = -np.inf
        best = int(np.argmax(score))
        if score[best] == -np.inf:
            break
        chosen.append(best)
    return chosen


def _preference(extract: Extract, story: Story) -> float:
    """A little more for the lead and for sentences that readers here can read."""
    readable = extract.article.lang in {"zh-Hant", "zh-Hans"}
    return 0.15 * (extract.article is story.lead) + 0.1 * readable


def _extracts(article: Article) -> list[Extract]:
    """The sentences of the article's opening that can be quoted: whole, and of a readable length."""
    body = told(article.text) or told(article.summary)
    # Again here: an archive may be older than the list of what is none of an article's words.
    body = "\n".join(told_lines(body.split("\n")))
    sentences = [s.strip() for s in split_sentences(body, article.lang) if not is_boilerplate(s)]
    whole = [s for s in sentences if _ENDS.search(s) and not _ADDRESS.search(s) and not leaks(s)]
    # Where nothing ends, it is a line of its own, unless it is long enough for a feed to have cut it off.
    if not whole and len(sentences) == 1 and len(sentences[0]) < CUT_FROM and not _CUT.search(sentences[0]):
        whole = sentences
    return [Extract(article, s, i) for i, s in enumerate(whole[:DEPTH]) if SHORTEST <= len(s) <= LONGEST]


def _unquoted(text: str) -> str:
    """Text that can stand inside 「」: inner quotation marks become 『』."""
    return text.strip().replace("「", "『").replace("」", "』")


def framed(pattern: str, article: Article, quote: str, language: str) -> Sentence:
    """A sentence of the offline writer about one article: its pattern, filled."""
    when = article.published.astimezone(TAIPEI)
    text = pattern.format(
        publisher=_quoted(article.publisher, article, language),
        year=when.year,
        month=when.month,
        day=when.day,
        language=in_language(article.lang, language),
        quote=_unquoted(_quoted(quote, article, language)),
    )
    return Sentence(text=text, sources=[article.id])


def _quotations(extracts: Sequence[Extract], story: Story, language: str) -> list[Sentence]:
    """The extracts as quotations: article by article in the order in which they were picked, each article's
    in its own order, its name said once."""
    frame = frames(language)
    order = list(dict.fromkeys(e.article.id for e in extracts))
    told: list[Sentence] = []
    before = ""
    for extract in sorted(extracts, key=lambda e: (order.index(e.article.id), e.place)):
        article = extract.article
        pattern = frame.again if article.id == before else opening(article, story, frame)
        told.append(framed(pattern, article, extract.text, language))
        before = article.id
    return told


def opening(article: Article, story: Story, frame: Frames) -> str:
    """The pattern of the first quotation of an article: its vendor's own page, or a report."""
    return frame.official if story.official and article is story.lead else frame.report


def _headline_sentence(told: DigestStory, story: Story) -> Sentence:
    return Sentence(text=told.headline, sources=[a.id for a in story.articles])


def _ended(sentence: Sentence) -> Sentence:
    """A headline as a sentence among others: with a full stop, where it has no end of its own."""
    if not sentence.text or not sentence.text[-1].isalnum():
        return sentence
    stop = "。" if any("\u3040" <= c <= "\u9fff" for c in sentence.text) else "."
    return sentence.model_copy(update={"text": sentence.text + stop})


def _key_points(told: Sequence[DigestStory], stories: Stories) -> list[Sentence]:
    if len(told) < KEY_POINTS_FROM:
        return []
    return [_headline_sentence(t, s) for t, s in zip(told, stories, strict=True)][:5]


def tags_of(stories: Stories, name: str) -> list[str]:
    """The family, and the names that the stories' titles share, most frequent first.

    Places tell little. Latin words are names where the title around them is Chinese, Japanese or
    Korean; in an English title every second word has a capital, so there only well-known names count.
    """
    places = {entry.canonical for entry in entries() if entry.kind == "place"}
    seen: Counter[str] = Counter()
    for story in stories:
        found: dict[str, str] = {}
        for article in story.articles:
            known = sorted(well_known(article.title) - places)
            own = latin_names(article.title) if article.lang[:2] in {"zh", "ja", "ko"} else []
            # Code of Claude Code names nothing by itself.
            own = [name for name in own if not any(name in k.split() for k in known)]
            for tag in [*known, *own]:
                found.setdefault(tag.casefold(), tag)
        seen.update(found.values())
    ordered = sorted(seen, key=lambda tag: (-seen[tag], tag))
    return [name, *(tag for tag in ordered if tag.casefold() != name.casefold())][:8]
