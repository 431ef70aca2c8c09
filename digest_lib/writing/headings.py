"""What heads a story: the gist of a title, in the language of the post.

A Chinese title says it itself, without the label before it and the teaser after it. A foreign one is told by
rule where every part is sure (`gist`), else a frame says what is sure of it: who published what kind of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from digest_lib.articles.article import Article
from digest_lib.checking.form import says
from digest_lib.stories.kinds import Kind, kind_of
from digest_lib.stories.story import Story
from digest_lib.text.names import entries, known_spans, well_known
from digest_lib.text.one_spelling import in_one_name, in_one_spelling
from digest_lib.text.room import with_room
from digest_lib.text.scripts import HAN, fold
from digest_lib.text.vectors import tfidf
from digest_lib.writing.frames import frames, in_language
from digest_lib.writing.gist import gist
from digest_lib.writing.saying import heading
from digest_lib.writing.statements import resolved, statement
from digest_lib.writing.teasing import pointed, teases
from digest_lib.writing.telling import converted, filled
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.subjects import subjects
from digest_lib.writing.whole import first_sentences

#: The languages of titles that a reader of a post can read, best first.
_OWN = {"zh-TW": ("zh-Hant", "zh-Hans"), "en": ("en",), "ja": ("ja",)}
#: A title denies what others tell, folded.
_DENIED = re.compile(
    "否认|驳斥|澄清|谣言|谣传|辟谣|假消息|假的|不实|没这回事|子虚乌有|[并绝]非|[并从]未|[并从]没有|未遭|未被|不存在"
)
#: The marks of quotations in Taiwan.
_MARKS = str.maketrans("“”", "「」")
#: Where a program's releases are told.
_RELEASES = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/([\w.-]+)/(?:-/)?releases/")
#: Beside a mark of full width stands no space.
_ROOM = re.compile(r"(?<=[，、。：；！？「」《》（）]) +| +(?=[，、。：；！？」》）])")
#: Of two titles none is the more central.
_PAIR = 2
#: Names that a heading of our own has, and what of a name follows it.
_MOST_NAMES, _MOST_SUBJECTS = 4, 3
_VERSION = re.compile(r"(?:[- ]?v?\d+(?:\.\d+)*\b)?")
#: A word that few texts have is long, or written as names are.
_RARE = re.compile(r"\b(?:[a-z]{7,}|[A-Z][\w.-]+)")
#: A kind of which a frame speaks must be told by the title itself, or by what the vendor's page says.
_NO_KIND = frozenset({Kind.OPINION})


def headline_of(story: Story, language: str, *, gists: bool = True) -> str:
    """A title of the story that its readers can read; of a foreign one its gist where that is sure (and
    `gists` are wanted), else the title in a frame that says who published what."""
    own = [a for lang in _OWN[language] for a in story.articles if a.lang == lang and says(a.title)]
    readable = [a for a in own if _is_own(a, language)]
    if readable:
        if gists and language == "zh-TW":
            return _pointed(story, readable)
        return _title(_most_central(readable), language)
    lead, frame = story.lead, frames(language)
    if gists and language == "zh-TW" and (made := gist_of(story) or stated_of(story)):
        return in_one_name(made)
    pattern = frame.titled_official if story.official else frame.titled
    return pattern.format(
        publisher=converted(lead.publisher, lead, language),
        language=in_language(lead.lang, language),
        title=_untitled(lead.title),
        what=noun(lead, language),
    )


def _pointed(story: Story, readable: Sequence[Article]) -> str:
    """The most central of the readable titles that do not tease; where all do, a sentence of the story that
    says the same, if one does. Where one denies what the others may ask, the most central of all."""
    titles = {a: pointed(_title(a, "zh-TW")) for a in readable}
    is_denied = any(_DENIED.search(fold(a.title)) for a in readable)
    plain = [a for a, title in titles.items() if not (is_denied or teases(title))]
    title = titles[_most_central(plain or readable)]
    made = "" if plain or is_denied else heading(story, title, "zh-TW")
    return made or in_one_name(in_one_spelling(title))


def _title(article: Article, language: str) -> str:
    """An article's title as the post's readers read it."""
    title = converted(article.title, article, language, words=True)
    return with_room(title.translate(_MARKS)) if language == "zh-TW" else title


def _most_central(articles: Sequence[Article]) -> Article:
    """Of the articles whose titles can head a story, and of the first one's script, the one that says most of
    what the others do; the first, where there are only two."""
    rivals = [a for a in articles if a.lang == articles[0].lang]
    if len(articles) <= _PAIR:
        return articles[0]
    vectors = tfidf([a.title for a in [*rivals, *(a for a in articles if a not in rivals)]])
    shared = np.asarray((vectors @ vectors.T).todense())[: len(rivals)].sum(axis=1)
    return rivals[int(np.argmax(np.round(shared, 6)))]


def gist_of(story: Story) -> str | None:
    """The gist of a foreign story in Traditional Chinese; what somebody writes about, with who does."""
    lead = story.lead
    made = gist(lead.title, vendor=vendor_of(story), program=program_of(lead))
    if made and made.is_topic:
        return spaced(f"{converted(lead.publisher, lead, 'zh-TW')} {made.text}")
    return made.text if made else None


def stated_of(story: Story) -> str:
    """What an official page announces in its first sentence, where that tells of what its title does: what
    its vendor does, or with who says so what is said of anything else; "" where that is not sure."""
    lead, vendor = story.lead, vendor_of(story)
    first = next(iter(first_sentences(lead)), "") if vendor and lead.lang[:2] == "en" else ""
    made = statement(resolved(first, lead), vendor) if _shares_words(first, lead.title) else None
    if made is None:
        return ""
    return made.text if made.text.startswith(f"{vendor} ") else f"{vendor}：{made.text}"


def _shares_words(sentence: str, title: str) -> bool:
    """Have they a word in common that few texts have?"""
    return bool({w.lower() for w in _RARE.findall(sentence)} & {w.lower() for w in _RARE.findall(title)})


def noun(article: Article, language: str) -> str:
    """What a report is called, by the kind of event that its words tell; `文章` where they tell none."""
    kinds = frames(language).kinds
    if article.lang in _OWN[language]:
        return kinds["own"]
    kind = kind_of([article])
    return kinds.get(kind or "", kinds[""]) if kind not in _NO_KIND else kinds[""]


def is_foreign(headline: str, story: Story, language: str) -> bool:
    """Is the headline a foreign title in a frame, which its readers may not read?"""
    return not _is_own(story.lead, language) and _untitled(story.lead.title) in headline


def _is_own(article: Article, language: str) -> bool:
    """Is its title in the language of the post? An article in Chinese may have an English one."""
    return article.lang in _OWN[language] and (language != "zh-TW" or bool(HAN.search(article.title)))


def day_headline(headline: str, story: Story, language: str) -> str:
    """A story's headline as it heads a day and stands in its summary, where no foreign title does: in place
    of one, who published what kind of text, about whom and what."""
    if not is_foreign(headline, story, language):
        return headline
    lead, frame = story.lead, frames(language)
    things = [*_named_in(lead), *subjects_of(lead, language)][:_MOST_NAMES]
    pattern = frame.headed_official if story.official else frame.headed
    about = about_things(frame.headed_about, things, language)
    return filled(pattern, lead, language, what=noun(lead, language), about=about)


def about_things(pattern: str, things: Sequence[str], language: str) -> str:
    """That something is about these things, by a pattern of the frames; "" of none."""
    if not things:
        return ""
    said = pattern.format(names=("、" if language != "en" else ", ").join(things))
    return spaced(said) if language == "zh-TW" else said


def subjects_of(article: Article, language: str) -> list[str]:
    """Things that the title of an article in English names, in the post's language, where that is sure."""
    return (
        subjects(article.title)[:_MOST_SUBJECTS] if language == "zh-TW" and article.lang[:2] == "en" else []
    )


def _named_in(article: Article) -> list[str]:
    """The well-known names of a title, each as it is written there, with its version; not the publisher's."""
    title, own = article.title, well_known(article.publisher)
    spans = [(a, b) for a, b, entry in known_spans(title) if entry.canonical not in own]
    return list(dict.fromkeys(title[a:b] + _VERSION.match(title[b:])[0] for a, b in spans))  # type: ignore[index]


def vendor_of(story: Story) -> str:
    """The company on whose own page the story's lead stands, if that is sure."""
    companies = {entry.canonical for entry in entries() if entry.kind == "company"}
    named = well_known(story.lead.publisher) & companies
    return named.pop() if story.official and len(named) == 1 else ""


def program_of(article: Article) -> str:
    """The program whose releases a page tells of, by its address, where the article names it; empty else."""
    found = _RELEASES.match(article.url)
    said = f"{article.publisher} {article.title} {article.summary}".lower()
    return found[1] if found and found[1].lower() in said else ""


def _untitled(text: str) -> str:
    """Text that can stand inside 〈〉 or quotation marks."""
    return text.strip().translate(str.maketrans("「」〈〉", "『』《》"))
