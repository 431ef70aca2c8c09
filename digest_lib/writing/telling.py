"""What the offline writer says of a story: sentences of its articles, attributed and cited.

In Chinese a sentence is reported speech, and what would be a long run of another's words is quoted in it
(«甲報 7 月 28 日報導，阿里巴巴發表 Qwen3.8，「參數達 2.4 兆」。»): never more than is told. Publisher and
date are said where an article is first told of, and once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest_lib.articles.article import Article
from digest_lib.checking.copying import LONGEST_HAN, is_prose
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import plain, quotations, without_quotations
from digest_lib.checking.lent import SPEAKS
from digest_lib.day import TAIPEI
from digest_lib.stories.story import Story
from digest_lib.text.names import known_spans
from digest_lib.text.one_spelling import in_one_name, in_one_spelling
from digest_lib.text.room import with_room
from digest_lib.text.scripts import simplified_in, to_traditional
from digest_lib.text.traditional import in_script
from digest_lib.writing.closing import goes_on, is_closed, is_list
from digest_lib.writing.frames import Frames, frames, in_language
from digest_lib.writing.known import things
from digest_lib.writing.pieces import Piece, breaks_off, clauses, hangs, turns
from digest_lib.writing.relayed import WITHIN, is_relayed, relayed
from digest_lib.writing.worth import Extract, events, in_own_voice, worth

#: A clause before what is said is at least so long.
_SHORT = 6
#: By so much more a sentence has to report (see `_reports`) for clauses in its middle to be quoted.
_MUCH = 2
#: A clause that says by whom or what the next one is told; and how a name begins that no glossary has.
_TOLD_BY = re.compile(
    "^(?:根[據据]|[據据](?![點点守說说]))|(?:宣[布佈]|公[布佈]|證實|证实|報導|报道|報道|顯示|显示|[發发]表)$"
)
_CAPITAL = re.compile(r"[A-Z][\w.-]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff「]) (?=[\u4e00-\u9fff「])")
#: A term in straight marks.
_STRAIGHT = re.compile(r'"([^"「」\n]*[\u4e00-\u9fff][^"「」\n]*)"')
#: A source's today is the day of its report; «today's trade» is none.
_TODAY = re.compile(
    "今[日天](?=(?:正式|也|又|已|將|晚|稍早)?(?:宣[布佈]|[發推更傳公開證指釋揭調說]|表示|上線|起|向))"
)
_THAT_DAY = "當天"
_ON_THAT_DAY = re.compile(f"[於在]?{_THAT_DAY} ?")
#: A name in its own letters after the Chinese one: 三星電子（Samsung Electronics）.
_GLOSS = re.compile(r"[（(][A-Za-z][A-Za-z .,&'-]*[)）]")


def tellings(extracts: Sequence[Extract], story: Story, language: str, room: int) -> dict[Extract, Sentence]:
    """The extracts as sentences of the digest, article by article in the order in which they were picked,
    each article's in its own order; `room` characters more may be quoted than they tell."""
    frame = frames(language)
    order = list(dict.fromkeys(e.article.id for e in extracts))
    told: dict[Extract, Sentence] = {}
    articles: dict[str, int] = {}
    dates: set[tuple[int, int]] = set()
    for extract in sorted(extracts, key=lambda e: (order.index(e.article.id), e.place)):
        article = extract.article
        if extract.leans and articles.get(article.id) != extract.place - 1:
            continue
        pattern = opening(article, story, frame) if article.id not in articles else frame.more
        if article.id not in articles and _date(article) in dates:
            pattern = frame.same_day
        text = said(pattern, extract, language, room)
        if text:
            told[extract] = Sentence(text=text, sources=[article.id])
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
    # Where no date is said with it, nobody knows which day it is.
    told = told if "{month}" in pattern else _ON_THAT_DAY.sub("", told)
    comma = ("：" if parts[0].marked else "，") if lead else ""
    told = f"{WITHIN}{told}" if not lead and is_relayed(parts) else told
    stop = "" if told.endswith(("。」", "。』")) else "。"
    return filled(pattern, article, language, told=f"{told}{stop}", comma=comma)


def _shown(part: Piece, article: Article, language: str) -> str:
    if part.marked:
        return f"「{_unquoted(converted(part.text, article, language))}」"
    return _plainly(converted(part.text, article, language, words=True))


def _parted(text: str, room: int) -> list[Piece]:
    """The sentence as it is told, where `room` characters more may be quoted than it tells itself; nothing
    where it cannot be. What comes last is left out first, unless it turns what was said; and rather than to
    quote, unless it reports less then."""
    every = clauses(text.rstrip("。.｡ "))
    return next((parts for start in _starts(every) if (parts := _ended(every[start:], room))), [])


def _starts(every: Sequence[Piece]) -> Iterator[int]:
    """The clauses with which the sentence can begin: its first, or one with a subject of its own that nothing
    before it leads up to."""
    yield 0
    for n in range(1, len(every)):
        if hangs(every[n - 1].text) or _says(every[n - 1].text):
            return
        if _has_subject(every[n].text) and worth(_joined(every[n:])) > 1:
            yield n


def _ended(every: Sequence[Piece], room: int) -> list[Piece]:
    """The same for a sentence with its beginning: told, or with its end quoted where that reports more; or
    with clauses quoted here and there, where it says much less without them."""
    told, quoted, mixed = list[Piece](), list[Piece](), list[Piece]()
    for n in range(len(every), 0, -1):
        if any(turns(c.text) for c in every[n:]):
            break
        if not _can_end(every, n):
            continue
        told = told or _told(every[:n])
        quoted = quoted or next((p for p in _quoted(every[:n]) if _balance(p) + room >= 0), [])
        if not mixed and _balance(parts := _marked(every[:n])) + room >= 0:
            mixed = parts
    whole = quoted if worth(_joined(quoted)) > worth(_joined(told)) else told
    return mixed if _reports(mixed) >= _reports(whole) + _MUCH else whole


def _reports(parts: Sequence[Piece]) -> int:
    """How much is told of: a figure or a name counts twice as much as a word for an event."""
    text = _joined(parts)
    return 2 * len(things(text)) + len(events(text))


def _marked(every: Sequence[Piece]) -> list[Piece]:
    """The clauses in turn told and quoted, each whole, so that no run of what is told is called copied, and
    behind whose view it is where somebody speaks; nothing where the rest of a list would be quoted."""
    if by := relayed(every):
        head, view = by
        first, *rest = _in_turn(view)
        parts = [head, replace(first, before="："), *rest]
    else:
        parts = _in_turn(every)
    return [] if any(part.marked and is_list(part.text) for part in parts) else parts


def _in_turn(every: Sequence[Piece]) -> list[Piece]:
    """The same. Where somebody speaks in what is told, what is quoted behind it would be his words to a
    reader: so it is quoted with him; and so is what a quoted clause breaks off before."""
    marks = list[bool]()
    run = ""
    for n, clause in enumerate(every):
        longer = f"{run}{clause.before if n else ''}{_GLOSS.sub('', clause.text)}"
        is_rest = n > 0 and marks[-1] and breaks_off(every[n - 1].text)
        marks.append(is_rest or _copies(f"{longer}，") or in_own_voice(clause.text))
        run = "" if marks[-1] else longer
        if marks[-1]:
            spoken = (k for k in range(n) if not marks[k] and SPEAKS.search(every[k].text))
            first = next(spoken, n)
            marks[first:] = [True] * (n + 1 - first)
    parts: list[Piece] = []
    for clause, marked in zip(every, marks, strict=True):
        if parts and parts[-1].marked == marked:
            between = clause.before if marked else _comma(clause)
            parts[-1] = replace(parts[-1], text=parts[-1].text + between + clause.text)
        else:
            parts.append(Piece(_comma(clause) if parts else "", clause.text, marked))
    return parts


def _comma(clause: Piece) -> str:
    """What stands before a clause where its sentence is told: a comma for any mark."""
    return "，" if clause.before.strip() else clause.before


def _can_end(every: Sequence[Piece], n: int) -> bool:
    """Can the sentence end behind so many of its clauses?"""
    kept, dropped = [c.text for c in every[:n]], [c.text for c in every[n:]]
    if hangs(kept[-1]) or not dropped:
        return not hangs(kept[-1])
    return is_closed(kept[-1]) and not goes_on(kept, dropped) and worth(_joined(every[:n])) >= 1


def _joined(parts: Sequence[Piece]) -> str:
    return "".join((part.before if i else "") + part.text for i, part in enumerate(parts))


def _told(parts: Sequence[Piece]) -> list[Piece]:
    """The clauses in words that are told, where none of them must be quoted."""
    made = [Piece(_comma(part) if i else "", part.text) for i, part in enumerate(parts)]
    plainly = _GLOSS.sub("", _joined(made))
    return [] if _copies(f"{plainly}，") or in_own_voice(plainly) else made


def _quoted(parts: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The clauses up to their end in quotation marks, from where somebody's words begin, with those before
    them told: the least that is quoted first. No quotation begins or ends within a statement."""
    if by := relayed(parts):
        yield [by[0], Piece("：", _joined(by[1]), marked=True)]
    for n in range(len(parts) - 1, -1, -1):
        for head, tail in _cuts(parts, n):
            told = _told(head) if head else []
            if told or not head:
                text = _joined(tail)
                yield [*told, Piece(tail[0].before if told else "", text, marked=True)]


def _cuts(parts: Sequence[Piece], n: int) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Whether a quotation can begin with the clause of this number: with the sentence, behind by whom it is
    told, or with a subject of its own, and never behind somebody who speaks, whose words it would be to a
    reader. The clauses before it and from it on."""
    before = parts[n - 1].text if n else ""
    closed = len(before) >= _SHORT and not hangs(before) and is_closed(before)
    begins = n == 0 or _TOLD_BY.search(before) or (closed and _has_subject(parts[n].text))
    if begins and not any(SPEAKS.search(part.text) for part in parts[:n]):
        yield [*parts[:n]], [*parts[n:]]


def _says(clause: str) -> bool:
    """Does somebody say in it what the next one says, or is it told by whom that is known?"""
    return bool(_TOLD_BY.search(clause) or any(m.end() == len(clause) for m in SPEAKS.finditer(clause)))


def _has_subject(clause: str) -> bool:
    """Does it begin with a name?"""
    return any(a == 0 for a, _, _ in known_spans(clause)) or bool(_CAPITAL.match(clause))


def _balance(parts: Sequence[Piece]) -> int:
    """How many more characters are told than quoted."""
    quoted = sum(len(p.text) if p.marked else sum(map(len, quotations(p.text))) for p in parts)
    return sum(len(p.text) for p in parts) - 2 * quoted


def _copies(text: str) -> bool:
    """Would the check call it copied? Taiwan's words may be longer than those that they stand for."""
    tellings = [text, to_traditional(text, "zh-Hans")] if simplified_in(text) else [text]
    return any(
        is_prose(own[i : i + LONGEST_HAN])
        for own in map(plain, map(without_quotations, tellings))
        for i in range(len(own) - LONGEST_HAN + 1)
    )


def _plainly(text: str) -> str:
    """Reported speech without the glosses of the original, in Taiwan's marks, spelled and with room between
    Chinese and Latin as all that the newsroom writes; what it quotes stays as it is."""
    text = _TODAY.sub(_THAT_DAY, _GLOSS.sub("", text))
    text = _STRAIGHT.sub(r"「\1」", text.replace("“", "「").replace("”", "」"))
    return with_room(in_one_name(in_one_spelling(text)))


def opening(article: Article, story: Story, frame: Frames, quote: str = "") -> str:
    """The pattern of an article's first sentence: its vendor's own page, or a report. Who says «we» in what
    is quoted speaks of himself and reports nothing."""
    speaks = (story.official and article is story.lead) or (quote and in_own_voice(quote))
    return frame.official if speaks else frame.report


def _date(article: Article) -> tuple[int, int]:
    when = article.published.astimezone(TAIPEI)
    return when.month, when.day


def filled(pattern: str, article: Article, language: str, *, foreign: bool = True, **values: str) -> str:
    """A pattern of the frames about an article; with the language of a `foreign` one, where it is quoted."""
    when = article.published.astimezone(TAIPEI)
    publisher = converted(article.publisher, article, language)
    told = in_language(article.lang, language) if foreign else ""
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
