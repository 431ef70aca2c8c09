"""What is said of a story whose sources are all in other languages: a sentence of theirs, quoted in its own,
and in the post's language what they count and whom they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest_lib.articles.article import Article
from digest_lib.checking.digest import Sentence
from digest_lib.stories.story import Story
from digest_lib.text.names import entries, well_known
from digest_lib.text.numbers import stated
from digest_lib.text.one_spelling import in_one_name
from digest_lib.writing.frames import frames
from digest_lib.writing.headings import vendor_of
from digest_lib.writing.statements import resolved, statement, statements
from digest_lib.writing.telling import filled, opening
from digest_lib.writing.titles.counting import counted_in
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.whole import first_sentences
from digest_lib.writing.worth import can_be_told, named, refers_back, worth

#: Names and counts that are told of a story.
MOST_NAMES, MOST_COUNTS = 4, 3
#: So many of its sentences are told.
MOST_STATED = 2
#: So many words of a sentence, at least, a quotation has.
_FEWEST_WORDS = 4
#: Words that a quotation has beside those of the title, and what is counted as one.
_NEW_WORDS = 3
#: Of the Chinese of what is told, this much is new.
_NEW_SHARE = 0.5
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
#: Where an English sentence may end early: before what adds to it.
_JOINTS = re.compile(
    r"(?:[,;:—–]|\s-)?\s+(?=(?:with|to|by|using|as|for|from|in|on|at|across|through|that|which|while|after|when"
    r"|where|so|because|including)\b)|(?<=,)\s+(?=(?:with|an?|the|[a-z]+ing)\b)|[;:](?=\s)|\s?[—–]\s?|\s-\s"
)
#: What turns or limits what was said before it must not be left out.
_TURNS = re.compile(
    r"\b(?:not|no|never|none|but|except|unless|until|despite|although|though|without|however|yet|denie[sd]|deny|only"
    r"|if|instead|rather|than|alleged(?:ly)?|reportedly|could|may|might|would|fail(?:s|ed)?|or|just)\b|n't\b|\?",
    re.IGNORECASE,
)
#: What sets a scene: when it was before, or who tells of himself.
_SCENE = re.compile(
    r"^(?:Last|Earlier|Over the (?:past|last|years)|In (?:19|20)\d\d|Since"
    r"|For (?:years|decades|many|the (?:past|last))|An? (?:year|month|week|few \w+) ago"
    r"|Years ago|Every (?:day|week|month|year)|As (?!of\b)[a-z]+ [a-z]+|When|While"
    r"|If|Many|Most|Some)\b|^(?:\S+ ){0,8}I(?:'\w+)?\b"
)
#: Who acts stands within so many words, or announces it himself; what everybody talks about is nobody.
_BEGINS = 8
_WE = re.compile(r"(?:Today,? )?(?:[Ww]e|[Oo]ur)\b")
_ACTS = re.compile(r"(?:Introducing|Announcing|(?:An? )?[Nn]ew)\b")
_ANNOUNCES = re.compile(r"\b(?:announc|launch|introduc|releas|unveil|open)")
_EVERYBODYS = frozenset({"AI", "API", "APIs", "LLM", "LLMs", "I"})
#: A cut must not end in a word that wants another.
_WANTS = re.compile(
    r"\b(?:the|a|an|of|to|and|or|in|on|at|by|for|with|from|as|its|their|our|his|her|new|more|most|is|are|was|were"
    r"|designed|intended|aimed|able|likely|commitments?|expected|has|have|had|be|that|which|who|how|why|what"
    r"|when|where|both|between|can|will|says?|said|shows?|them|it|this|these|those)$",
    re.IGNORECASE,
)
#: Two names at the beginning.
_TOGETHER = re.compile(r"(?:[A-Z][\w.&’'-]*,? )+and [A-Z][\w.-]*")
#: What explains what stands before it.
_APART = re.compile(r",\s+(?=(?:an?|the|its|our|[a-z]+ing)\b)")
_LAST_MARKS = " .。,;:—–-"


def from_abroad(story: Story, headline: str, language: str) -> list[Sentence]:
    """What the sentences of one of the story's articles say beside what `headline` says, in the post's
    language where that is sure; else one of them, quoted as much as is told besides, with what the article
    counts and names. Nothing where neither can be."""
    own = language.partition("-")[0]
    abroad = [a for a in story.articles if a.lang.partition("-")[0] != own]
    for article in sorted(abroad, key=lambda a: a is not story.lead):
        sentences = _stated(article, story, headline, language) or _quoted(article, story, headline, language)
        if sentences:
            return sentences
    return []


def _stated(article: Article, story: Story, headline: str, language: str) -> list[Sentence]:
    """What the article's first sentences say, each where it says more than was told. A vendor's deed is told
    as it is, with who says so what is said of anything else."""
    frame, vendor = frames(language), _vendor(article, story)
    known, told = [headline], list[Sentence]()
    for text in statements(article, vendor) if language == "zh-TW" else ():
        if len(told) == MOST_STATED or not says_more(text, known):
            continue
        acts = bool(vendor) and text.startswith(f"{vendor} ")
        pattern = frame.more if acts or told else opening(article, story, frame)
        said = filled(pattern, article, language, told=f"{text}。", comma="，", foreign=False)
        told.append(Sentence(text=said, sources=[article.id]))
        known.append(text)
    return told


def _is_official(article: Article, story: Story) -> bool:
    """Is it a vendor's own page of which the story tells?"""
    return story.official and article is story.lead


def _vendor(article: Article, story: Story) -> str:
    """Who speaks of itself there; "" where nobody does."""
    return vendor_of(story) if _is_official(article, story) else ""


def says_more(text: str, known: Sequence[str]) -> bool:
    """Does it say something that is not in what is known: a figure, or so many of its Chinese words? Names
    alone do not: a headline has them in another order."""
    figures = {q for known_text in known for q in stated(known_text)}
    own = _pairs(text)
    new = own - {pair for known_text in known for pair in _pairs(known_text)}
    return len(new) >= _NEW_SHARE * len(own) or any(q not in figures for q in stated(text))


def _pairs(text: str) -> set[str]:
    """The pairs of Chinese characters beside each other."""
    return {a + b for run in _HAN_RUN.findall(text) for a, b in pairwise(run)}


def _quoted(article: Article, story: Story, headline: str, language: str) -> list[Sentence]:
    """A sentence of the article, quoted."""
    frame = frames(language)
    start = filled(opening(article, story, frame), article, language, told="", comma=frame.colon)
    besides = _Besides((*counts_of(article, headline), *names_of(article, headline, language)), language)
    vendor = _vendor(article, story)
    made = {s: statement(resolved(s, article), vendor) for s in first_sentences(article)}
    heads = {s: stated.of for s, stated in made.items() if stated and stated.text in headline}
    quote = quotation(
        article, len(headline) + len(start), besides, official=_is_official(article, story), heads=heads
    )
    if not quote:
        return []
    shown = f"{frame.open}{quote}{frame.close}{besides(quote)}{frame.stop}"
    pattern = opening(article, story, frame, quote)
    return [
        Sentence(text=filled(pattern, article, language, told=shown, comma=frame.colon), sources=[article.id])
    ]


@dataclass(frozen=True, slots=True)
class _Besides:
    """What an article counts and names, to be told beside a quotation."""

    things: tuple[str, ...] = ()
    language: str = "zh-TW"

    def __call__(self, quote: str) -> str:
        """Those that the quotation does not name."""
        said = well_known(quote)
        left = [thing for thing in self.things if thing not in said][:MOST_NAMES]
        listed = ("、" if self.language != "en" else ", ").join(left)
        return frames(self.language).besides.format(names=listed) if left else ""


def quotation(
    article: Article,
    room: int,
    besides: Callable[[str], str] = _Besides(),
    *,
    official: bool = False,
    heads: Mapping[str, str] | None = None,
) -> str:
    """The best sentence of the article's opening in so many characters and those told `besides` it: whole,
    or up to where what follows adds to it; "" where there is none. A vendor's page need not name who acts.
    None that sets a scene or leans on another one; of those in `heads`, whose beginning there is told, what
    stands behind it."""
    least = 0.5 if official else 1.0
    found = []
    for place, sentence in enumerate(first_sentences(article)):
        if not can_be_told(sentence, article.title) or _sets_scene(sentence, official=official):
            continue
        kept, value = _kept(
            sentence, article, (heads or {}).get(sentence, ""), lambda quote: room + len(besides(quote))
        )
        if kept and value >= least and _adds(kept + besides(kept), f"{article.title} {article.publisher}"):
            found.append((value - 0.2 * place, kept))
    return max(found)[1] if found else ""


def _sets_scene(sentence: str, *, official: bool = False) -> bool:
    """Is it no news: what was before, what a person tells of itself, what is so of everybody?"""
    if not sentence.isascii() and not re.search(r"[A-Za-z]{3}", sentence):
        return False
    begins = " ".join(sentence.split()[:_BEGINS])
    speaks = bool(_WE.match(sentence))
    acts = speaks or _ACTS.match(sentence) or named(begins) - _EVERYBODYS
    chats = speaks and not (official or _ANNOUNCES.search(sentence))
    return bool(_SCENE.search(sentence)) or refers_back(sentence) or not acts or chats


def _kept(sentence: str, article: Article, told: str, room: Callable[[str], int]) -> tuple[str, float]:
    """The sentence as it is quoted, and how much of a report it is. Of one that begins as its title does what
    stands behind that, where the whole of it has no room: «…a platform that deploys agents»; and of one whose
    beginning is `told` already."""
    kept = fitting(sentence, room, article.lang)
    head = told or article.title.rstrip(_LAST_MARKS)
    rest = sentence[len(head) :] if _begins(sentence, head) else ""
    if not _APART.match(rest):
        return ("", 0.0) if told else (kept, _worth(kept, article.lang))
    if kept.rstrip("….") == sentence.rstrip(_LAST_MARKS) and not told:
        return kept, _worth(kept, article.lang)
    behind = fitting(_APART.sub("", rest), lambda quote: room(quote) - 1, article.lang)
    if behind:
        return f"…{behind}", _worth(sentence, article.lang)
    return ("", 0.0) if told else (kept, _worth(kept, article.lang))


def _begins(sentence: str, head: str) -> bool:
    """Does the sentence begin so, whatever its marks?"""
    return sentence.replace("’", "'").lower().startswith(head.replace("’", "'").lower())


def _worth(text: str, lang: str) -> float:
    """How much of a report it is; in other languages than English, whether it names somebody."""
    if lang[:2] != "en":
        return float(bool(named(text)))
    if found := worth(text):
        return found
    # Two that act have a verb in the plural: OpenAI and Hugging Face share what they found.
    finite = {"s", "past", "base"} if _TOGETHER.match(text) else {"s", "past"}
    rows = (form for word in _WORD.findall(text) for form in forms().get(word.lower(), ()))
    acts = any(form.entry.pos == "v" and form.form in finite for form in rows)
    return 0.5 + bool(named(text)) if acts else 0.0


def _adds(quote: str, known: str) -> bool:
    """Does it say more than the title and the publisher's name, which are known?"""
    said = {q.value for q in stated(known)}
    words = {w.lower() for w in _WORD.findall(quote)} - {w.lower() for w in _WORD.findall(known)}
    return len(words) >= _NEW_WORDS or any(q.value not in said for q in stated(quote))


def fitting(sentence: str, room: Callable[[str], int], lang: str) -> str:
    """The sentence in the characters that there are for it, whole or up to a joint; "" where it cannot be."""
    whole = sentence.rstrip(_LAST_MARKS)
    if len(whole) <= room(whole):
        return "" if _WANTS.search(whole) else whole
    if lang[:2] != "en":
        return ""
    return next((f"{kept}…" for kept in _shorter(whole) if len(kept) < room(kept)), "")


def _shorter(sentence: str) -> Iterator[str]:
    """What stands before each joint, the longest first, as far as nothing left out may turn it."""
    for joint in sorted(_JOINTS.finditer(sentence), key=lambda m: -m.start()):
        kept, rest = sentence[: joint.start()].rstrip(_LAST_MARKS), sentence[joint.end() :]
        if _TURNS.search(rest):
            return
        if len(kept.split()) >= _FEWEST_WORDS and not _WANTS.search(kept):
            yield kept


def counts_of(article: Article, headline: str) -> list[str]:
    """What an English article counts in its opening."""
    if article.lang[:2] != "en":
        return []
    found = [zh for sentence in first_sentences(article) for zh in counted_in(sentence)]
    return [zh for zh in dict.fromkeys(found) if zh not in headline][:MOST_COUNTS]


def names_of(article: Article, headline: str, language: str) -> list[str]:
    """The well-known names of an article beside those of its publisher and of the headline, as a post of the
    language writes them."""
    text = f"{article.title}\n{article.summary}"
    said = well_known(f"{article.publisher} {headline}") | {
        e.canonical for e in entries() if e.kind == "place"
    }
    names = sorted(well_known(text) - said, key=lambda name: _place(name, text))[:MOST_NAMES]
    return [in_one_name(name) for name in names] if language == "zh-TW" else names


def _place(name: str, text: str) -> tuple[int, str]:
    at = text.lower().find(name.lower())
    return (at if at >= 0 else len(text), name)
