"""What the offline writer says of a story: sentences of its articles, attributed and cited.

In Chinese a sentence is reported speech, and what would be a long run of another's words is quoted in it
(«甲報 7 月 28 日報導，阿里巴巴發表 Qwen3.8，「參數達 2.4 兆」。»): never more than is told. Publisher and
date are said where an article is first told of, and once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest_lib.articles.article import Article
from digest_lib.checking.copying import LONGEST_HAN
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import plain
from digest_lib.day import TAIPEI
from digest_lib.stories.story import Story
from digest_lib.text.quotation_marks import quoted
from digest_lib.text.scripts import simplified_in, to_traditional
from digest_lib.text.traditional import in_script
from digest_lib.writing.frames import Frames, frames, in_language
from digest_lib.writing.worth import Extract, in_own_voice, worth

_BRACKETS = re.compile(r"（[^）]*）|\([^)]*\)|【[^】]*】")
#: Where a long clause can be parted: behind what is done, or before what is done besides; and the least
#: that stands before it.
_DOES = re.compile(
    "(?:发布|發布|发表|發表|推出|宣布|宣佈|公布|公佈|揭露|表示|指出|透露|收购|收購|投资|投資|达成|達成|采用|採用|提供|修复|修復|上线|上線"
    "|开放|開放|打造|研發|研发|接上|部署)了?"
)
_ALSO = re.compile("(?=以及|并(?!非|列)|並(?!非|列)|进而|進而|藉此|借此)")
_SHORT = 6
#: What a headline adds, at least, to the characters of a story's first sentences that are not quoted.
_HEADLINE = 8
_BETWEEN = re.compile(r"[，；;,](?!\d)|——")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff「]) (?=[\u4e00-\u9fff「])")
#: A name in its own letters after the Chinese one: 三星電子（Samsung Electronics）.
_GLOSS = re.compile(r"[（(][A-Za-z][A-Za-z .,&'-]*[)）]")
#: A clause that begins or ends so hangs on the one after it.
_HANGS = re.compile(
    "(?:隨著|随着|當(?!局|地|家)|当(?!局|地|家)|若|如果|由於|由于|因為|因为|雖然|虽然|儘管|尽管|為了|为了|除了|針對|针对"
    "|根據|根据|據(?!點)|据(?!点))"
)
_WHEN = re.compile(
    "(?:時|时|之際|之际|之後|之后|之前|以來|以来|期間|期间|來看|来看|而言|來說|来说|看來|看来|指出|表示|強調|强调|宣布|宣佈|透露"
    "|認為|认为|坦言|直言|寫道|写道|揭露|披露|補充|补充|提到|解釋|解释|警告|回應|回应|(?<!名)[稱称]|(?<![傳传小學学])[說说])$"
)
#: What denies or limits what was said before it must not be left out.
_TURNS = re.compile(
    "否認|否认|澄清|不實|不实|並非|并非|尚未|還沒|还没|未獲|未获|駁回|驳回|取消|撤回|除非|前提|如果|若[是非要能]|而非|而不是|傳聞|传闻|謠言|谣言"
    "|(?:但|不過|不过|然而|惟)[^，]{0,4}(?:未|不|沒|没|僅|仅|只|否|需|須|须)"
)


def tellings(extracts: Sequence[Extract], story: Story, language: str) -> list[Sentence]:
    """The extracts as sentences of the digest, article by article in the order in which they were picked,
    each article's in its own order."""
    frame = frames(language)
    order = list(dict.fromkeys(e.article.id for e in extracts))
    told: list[Sentence] = []
    articles: dict[str, int] = {}
    dates: set[tuple[int, int]] = set()
    for extract in sorted(extracts, key=lambda e: (order.index(e.article.id), e.place)):
        article = extract.article
        if extract.leans and articles.get(article.id) != extract.place - 1:
            continue
        pattern = _opening(article, story, frame) if article.id not in articles else frame.more
        if article.id not in articles and _date(article) in dates:
            pattern = frame.same_day
        text = said(pattern, extract, language)
        if text:
            told.append(Sentence(text=text, sources=[article.id]))
            articles[article.id] = extract.place
            dates.add(_date(article))
    return told


def said(pattern: str, extract: Extract, language: str) -> str:
    """A sentence of an article in the pattern; empty where it cannot be told."""
    article, frame = extract.article, frames(language)
    if language != "zh-TW" or article.lang[:2] != "zh":
        quote = f"{frame.open}{_unquoted(converted(extract.text, article, language))}{frame.close}"
        return filled(pattern, article, language, told=quote, comma=frame.colon)
    lead = filled(pattern, article, language, told="", comma="")
    parts = _parted(extract.text, len(lead))
    if not parts:
        return ""
    told = "".join(part.before + _shown(part, article, language) for part in parts)
    comma = ("：" if parts[0].marked else "，") if lead else ""
    return filled(pattern, article, language, told=f"{told}。", comma=comma)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence, what stands before it, and whether it is quoted."""

    before: str
    text: str
    marked: bool = False


def _shown(part: _Part, article: Article, language: str) -> str:
    if part.marked:
        return f"「{_unquoted(converted(part.text, article, language))}」"
    return _plainly(converted(part.text, article, language, words=True))


def _parted(text: str, lead: int) -> list[_Part]:
    """The sentence as it is told after a lead of so many characters; nothing where more than half of it would
    be quoted. What comes last is left out first, unless it turns what was said."""
    clauses = _clauses(text.rstrip("。.｡ "))
    for n in range(len(clauses), 0, -1):
        told = [c.text for c in clauses[:n]]
        if any(_TURNS.search(c.text) for c in clauses[n:]):
            break
        parts = _marked([piece for c in clauses[:n] for piece in _pieces(c)])
        quotes = sum(len(p.text) for p in parts if p.marked)
        own = lead + _HEADLINE + sum(len(p.text) for p in parts if not p.marked)
        if quotes <= own and not _hangs(told[-1]) and worth("，".join(told)) >= 1:
            return parts
    return []


def _marked(pieces: Sequence[_Part]) -> list[_Part]:
    """The pieces in turn told and quoted, so that no run of what is told would be called copied."""
    parts: list[_Part] = []
    run = 0
    for piece in pieces:
        length = len(plain(_GLOSS.sub("", piece.text))) + len(piece.before)
        quote = run + length >= LONGEST_HAN or in_own_voice(piece.text)
        run = 0 if quote else run + length
        between = piece.before if quote or not piece.before.strip() else "，"
        if parts and parts[-1].marked == quote:
            parts[-1] = replace(parts[-1], text=parts[-1].text + between + piece.text)
        else:
            parts.append(
                _Part(("，" if piece.before.strip() else piece.before) if parts else "", piece.text, quote)
            )
    return parts


def _pieces(part: _Part) -> list[_Part]:
    """A clause; where it is too long to be told in one, what is done and to what apart."""
    clause = part.text
    if len(plain(clause)) < LONGEST_HAN:
        return [part]
    inside = _inside(clause)
    for joints in (_DOES, _ALSO):
        for joint in joints.finditer(clause):
            cut = joint.end()
            early = _SHORT <= len(plain(clause[:cut])) < LONGEST_HAN - 2
            if early and cut < len(clause) and not any(a < cut < b for a, b in inside):
                space = " " if " " in (clause[cut - 1], clause[cut]) else ""
                return [_Part(part.before, clause[:cut].strip()), _Part(space, clause[cut:].strip())]
    return [part]


def _hangs(clause: str) -> bool:
    return bool(_HANGS.match(clause) or _WHEN.search(clause))


def _plainly(text: str) -> str:
    """Reported speech without the glosses of the original, in Taiwan's marks."""
    return _GLOSS.sub("", text).replace("“", "「").replace("”", "」")


def _clauses(text: str) -> list[_Part]:
    """The text between its commas, but for those inside of quotations and brackets, each clause with the mark
    before it: what is quoted keeps its own."""
    inside = _inside(text)
    cuts = [m.span() for m in _BETWEEN.finditer(text) if not any(a <= m.start() < b for a, b in inside)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    marks = ["，", *(text[a:b] for a, b in cuts)]
    parts = (_Part(m, text[a:b].strip(" —")) for m, a, b in zip(marks, starts, ends, strict=True))
    return [part for part in parts if part.text]


def _inside(text: str) -> list[tuple[int, int]]:
    return [*quoted(text), *(m.span() for m in _BRACKETS.finditer(text))]


def _opening(article: Article, story: Story, frame: Frames) -> str:
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
