"""What heads a story: the gist of a title, in the language of the post.

A Chinese title says it itself, without the label before it and the teaser after it. A foreign one is told by
rule where every part is sure (`gist`), else a frame says what is sure of it: who published what kind of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.articles.article import Article
from digest_lib.checking.check import says
from digest_lib.stories.kinds import Kind, kind_of
from digest_lib.stories.story import Story
from digest_lib.text.names import entries, well_known
from digest_lib.text.quotation_marks import quoted
from digest_lib.writing.frames import frames, in_language
from digest_lib.writing.gist import gist
from digest_lib.writing.telling import converted
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.worth import worth

#: The languages of titles that a reader of a post can read, best first.
_OWN = {"zh-TW": ("zh-Hant", "zh-Hans"), "en": ("en",), "ja": ("ja",)}
#: 【官方範例一次看】 and 後續／ say what kind of page it is, not what happened. Before a stroke only words
#: that can name nobody: in 阿里／騰訊 both are who did it.
_LABEL = re.compile(
    r"^\s*(?:[【〔［\[][^】〕］\]]{1,16}[】〕］\]]\s*)+"
    r"|^\s*(?:後續|快訊|速報|獨家|即時|更新|專訪|觀點|評論|分析|解析|影音|圖解|整理|懶人包)[／｜]\s*"
)
_PIECE = re.compile(r"[^！!？?]*[！!？?]*")
#: Where a teaser may be cut off: a colon first, else a comma.
_CUTS = (re.compile(r"[：:｜|—](?!\d)"), re.compile(r"[，,；;]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])"))
#: The marks of quotations in Taiwan.
_MARKS = str.maketrans("“”", "「」")
#: Where a program's releases are told.
_RELEASES = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/([\w.-]+)/(?:-/)?releases/")
#: What is shorter tells nothing.
_LEAST = 8
#: A kind of which a frame speaks must be told by the title itself, or by what the vendor's page says.
_NO_KIND = frozenset({Kind.OPINION})


def headline_of(story: Story, language: str, *, gists: bool = True) -> str:
    """A title of the story that its readers can read; of a foreign one its gist where that is sure (and
    `gists` are wanted), else the title in a frame that says who published what."""
    readable = [a for lang in _OWN[language] for a in story.articles if a.lang == lang and says(a.title)]
    if readable:
        title = converted(readable[0].title, readable[0], language, words=True)
        title = title.translate(_MARKS) if language == "zh-TW" else title
        return pointed(title) if gists and language == "zh-TW" else title
    lead, frame = story.lead, frames(language)
    if gists and language == "zh-TW" and (made := gist_of(story)):
        return made
    pattern = frame.titled_official if story.official else frame.titled
    return pattern.format(
        publisher=converted(lead.publisher, lead, language),
        language=in_language(lead.lang, language),
        title=_untitled(lead.title),
        what=noun(lead, language),
    )


def gist_of(story: Story) -> str | None:
    """The gist of a foreign story in Traditional Chinese; what somebody writes about, with who does."""
    lead = story.lead
    made = gist(lead.title, vendor=vendor_of(story), program=program_of(lead))
    if made and made.is_topic:
        return spaced(f"{converted(lead.publisher, lead, 'zh-TW')} {made.text}")
    return made.text if made else None


def noun(article: Article, language: str) -> str:
    """What a report is called, by the kind of event that its words tell; `文章` where they tell none."""
    kinds = frames(language).kinds
    if article.lang in _OWN[language]:
        return kinds["own"]
    kind = kind_of([article])
    return kinds.get(kind or "", kinds[""]) if kind not in _NO_KIND else kinds[""]


def pointed(title: str) -> str:
    """A Chinese title without its label, its slogan and its teaser, where what is left says what happened."""
    bare = _LABEL.sub("", title).strip() or title
    spans = quoted(bare)
    if not any(c in "！!？?" and not any(a <= i < b for a, b in spans) for i, c in enumerate(bare)):
        return bare
    pieces = [p.strip() for p in _PIECE.findall(bare) if p.strip()]
    kept = [said for piece in pieces if (said := _told(piece))]
    # A slogan before what happened goes, unless only it names who did it.
    first = next((i for i, p in enumerate(kept) if worth(p) >= 1), 0)
    if _names(kept[:first]) - _names(kept[first:]):
        first = 0
    said = "，".join(kept[first:])
    return said if len(said) >= _LEAST and worth(said) >= 1 else bare


def _names(pieces: Sequence[str]) -> set[str]:
    """The well-known names in pieces of a title, but for places: where it was is not who did it."""
    return set(well_known("，".join(pieces))) - {e.canonical for e in entries() if e.kind == "place"}


def _told(piece: str) -> str:
    """A piece of a title without the question in it; empty where it is all question."""
    if piece[-1] not in "？?":
        return piece.rstrip("！!")
    spans = quoted(piece)
    for cut in _CUTS:
        at = [m.start() for m in cut.finditer(piece) if not any(a <= m.start() < b for a, b in spans)]
        if at and worth(piece[: at[-1]]) >= 1:
            return piece[: at[-1]].strip()
    return ""


def is_foreign(headline: str, story: Story, language: str) -> bool:
    """Is the headline a foreign title in a frame, which its readers may not read?"""
    return story.lead.lang not in _OWN[language] and _untitled(story.lead.title) in headline


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
