"""What the offline writer says of a story: sentences of its articles, attributed and cited.

In Chinese a sentence is reported speech, and what would be a long run of another's words is quoted in it
(«甲報 7 月 28 日報導，阿里巴巴發表 Qwen3.8，「參數達 2.4 兆」。»): never more than is told. Publisher and
date are said where an article is first told of, and once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest_lib.articles.article import Article
from digest_lib.checking.copying import LONGEST_HAN, is_prose
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import plain, quotations, without_quotations
from digest_lib.day import TAIPEI
from digest_lib.stories.story import Story
from digest_lib.text.scripts import simplified_in, to_traditional
from digest_lib.text.traditional import in_script
from digest_lib.writing.frames import Frames, frames, in_language
from digest_lib.writing.pieces import Piece, clauses, hangs, inside, turns
from digest_lib.writing.worth import Extract, in_own_voice, worth

#: Where a long clause can be parted: behind what is done, or before what is done besides; and the least
#: that stands before it.
_DOES = re.compile(
    "(?:发布|發布|发表|發表|推出|宣布|宣佈|公布|公佈|揭露|表示|指出|透露|收购|收購|投资|投資|达成|達成|采用|採用|提供|修复|修復|上线|上線"
    "|(?:开放|開放)(?!权重|權重|源|原始|模型|式|性|平台|生[态態])|打造|研發|研发|接上|部署)了?"
)
_ALSO = re.compile("(?=以及|并(?!非|列)|並(?!非|列)|进而|進而|藉此|借此)")
_SHORT = 6
_NO_BEGINNING = frozenset(["", "：", "「", "，", "、"])
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff「]) (?=[\u4e00-\u9fff「])")
#: A name in its own letters after the Chinese one: 三星電子（Samsung Electronics）.
_GLOSS = re.compile(r"[（(][A-Za-z][A-Za-z .,&'-]*[)）]")


def tellings(extracts: Sequence[Extract], story: Story, language: str, headline: str = "") -> list[Sentence]:
    """The extracts as sentences of the digest, article by article in the order in which they were picked,
    each article's in its own order; of the story with its `headline` at most half is quoted."""
    frame = frames(language)
    order = list(dict.fromkeys(e.article.id for e in extracts))
    told: list[Sentence] = []
    articles: dict[str, int] = {}
    dates: set[tuple[int, int]] = set()
    room = len(headline)
    for extract in sorted(extracts, key=lambda e: (order.index(e.article.id), e.place)):
        article = extract.article
        if extract.leans and articles.get(article.id) != extract.place - 1:
            continue
        pattern = opening(article, story, frame) if article.id not in articles else frame.more
        if article.id not in articles and _date(article) in dates:
            pattern = frame.same_day
        text = said(pattern, extract, language, room)
        if text:
            told.append(Sentence(text=text, sources=[article.id]))
            articles[article.id] = extract.place
            dates.add(_date(article))
            room += len(text) - 2 * sum(map(len, quotations(text)))
    return told


def said(pattern: str, extract: Extract, language: str, room: int) -> str:
    """A sentence of an article in the pattern, where so many characters more may be quoted than it tells;
    empty where it cannot be told."""
    article, frame = extract.article, frames(language)
    if language != "zh-TW" or article.lang[:2] != "zh":
        quote = f"{frame.open}{_unquoted(converted(extract.text, article, language))}{frame.close}"
        return filled(pattern, article, language, told=quote, comma=frame.colon)
    lead = filled(pattern, article, language, told="", comma="")
    parts = _parted(extract.text, len(lead) + room)
    if not parts:
        return ""
    told = "".join(part.before + _shown(part, article, language) for part in parts)
    comma = ("：" if parts[0].marked else "，") if lead else ""
    stop = "" if told.endswith(("。」", "。』")) else "。"
    return filled(pattern, article, language, told=f"{told}{stop}", comma=comma)


def _shown(part: Piece, article: Article, language: str) -> str:
    if part.marked:
        return f"「{_unquoted(converted(part.text, article, language))}」"
    return _plainly(converted(part.text, article, language, words=True))


def _parted(text: str, room: int) -> list[Piece]:
    """The sentence as it is told, where `room` characters more may be quoted than it tells itself; nothing
    where it cannot be. What comes last is left out first, unless it turns what was said."""
    every = clauses(text.rstrip("。.｡ "))
    for n in range(len(every), 0, -1):
        told = [c.text for c in every[:n]]
        if any(turns(c.text) for c in every[n:]):
            break
        parts = _marked([piece for c in every[:n] for piece in _pieces(c)])
        if (
            _balance(parts) + room >= 0
            and not hangs(told[-1])
            and (n == len(every) or worth("，".join(told)) >= 1)
        ):
            return parts
    return []


def _balance(parts: Sequence[Piece]) -> int:
    """How many more characters are told than quoted."""
    quoted = sum(len(p.text) if p.marked else sum(map(len, quotations(p.text))) for p in parts)
    return sum(len(p.text) for p in parts) - 2 * quoted


def _marked(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces in turn told and quoted, so that no run of what is told would be called copied."""
    parts: list[Piece] = []
    run = ""
    for piece in pieces:
        longer = f"{run}{piece.before if parts else ''}{_GLOSS.sub('', piece.text)}"
        quote = _copies(f"{longer}，") or in_own_voice(piece.text)
        run = "" if quote else longer
        between = piece.before if quote or not piece.before.strip() else "，"
        if parts and parts[-1].marked == quote:
            parts[-1] = replace(parts[-1], text=parts[-1].text + between + piece.text)
        else:
            before = "，" if piece.before.strip() else piece.before
            parts.append(Piece(before if parts else "", piece.text, quote))
    return parts


def _copies(text: str) -> bool:
    """Would the check call it copied?"""
    own = plain(without_quotations(text))
    return any(is_prose(own[i : i + LONGEST_HAN]) for i in range(len(own) - LONGEST_HAN + 1))


def _pieces(part: Piece) -> list[Piece]:
    """A clause; where it is too long to be told in one, what is done and to what apart."""
    clause = part.text
    if len(plain(without_quotations(clause))) < LONGEST_HAN:
        return [part]
    within = inside(clause)
    for joints in (_DOES, _ALSO):
        for joint in joints.finditer(clause):
            cut = joint.end()
            early = _SHORT <= len(plain(clause[:cut])) < LONGEST_HAN - 2
            if (
                early
                and clause[cut : cut + 1] not in _NO_BEGINNING
                and not any(a < cut < b for a, b in within)
            ):
                space = " " if " " in (clause[cut - 1], clause[cut]) else ""
                return [Piece(part.before, clause[:cut].strip()), Piece(space, clause[cut:].strip())]
    return [part]


def _plainly(text: str) -> str:
    """Reported speech without the glosses of the original, in Taiwan's marks."""
    return _GLOSS.sub("", text).replace("“", "「").replace("”", "」")


def opening(article: Article, story: Story, frame: Frames) -> str:
    """The pattern of an article's first sentence: its vendor's own page, or a report."""
    return frame.official if story.official and article is story.lead else frame.report


def _date(article: Article) -> tuple[int, int]:
    when = article.published.astimezone(TAIPEI)
    return when.month, when.day


def filled(pattern: str, article: Article, language: str, **values: str) -> str:
    """A pattern of the frames about an article."""
    when = article.published.astimezone(TAIPEI)
    publisher = converted(article.publisher, article, language)
    told = in_language(article.lang, language)
    text = pattern.format(
        publisher=publisher, year=when.year, month=when.month, day=when.day, language=told, **values
    )
    return _BETWEEN_HAN.sub("", text)


def converted(text: str, article: Article, language: str, *, words: bool = False) -> str:
    """What an article says in the script of the post, and with `words` in its words."""
    if language == "zh-TW" and (article.lang == "zh-Hans" or simplified_in(text)):
        return (to_traditional if words else in_script)(
            text, article.lang if article.lang == "zh-Hans" else ""
        )
    return text


def _unquoted(text: str) -> str:
    """Text that can stand inside 「」: inner quotation marks become 『』."""
    return text.strip().replace("「", "『").replace("」", "』")
