"""A title of the press without what only makes a reader curious: its label, its slogan, its question, its
words of surprise; and whether what is left still teases, so that something else should head the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.evidence import without_quotations
from digest_lib.text.names import by_canonical, entries, known_spans, well_known
from digest_lib.text.quotation_marks import quoted
from digest_lib.text.scripts import fold
from digest_lib.writing.worth import events, worth

#: 【官方範例一次看】 and 後續／ say what kind of page it is, not what happened. Before a stroke only words
#: that can name nobody: in 阿里／騰訊 both are who did it.
_LABEL = re.compile(
    r"^\s*(?:[【〔［\[][^】〕］\]]{1,16}[】〕］\]]\s*)+"
    r"|^\s*(?:後續|快訊|速報|獨家|即時|更新|專訪|觀點|評論|分析|解析|影音|圖解|整理|懶人包)[／｜]\s*"
)
_PIECE = re.compile(r"[^！!？?]*[！!？?]*")
#: Where a teaser may be cut off: a colon first, else a comma.
_CUTS = (re.compile(r"[：:｜|—](?!\d)"), re.compile(r"[，,；;]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])"))
#: What is shorter tells nothing.
_LEAST, _LEAST_BARE = 8, 6
#: Words for a writer's surprise and praise, which tell nothing: 竟能, 驚傳, «X 超強大：»; and of a question
#: how something did what it is said to have done. None of them within a word: 有志者事竟成, 震驚傳媒界.
_SURPRISE = re.compile(
    r"(?<![究畢毕未])竟(?:然|(?![日夜敢成陵]))|居然(?!之家)|(?<![震吃受人])[驚惊](?=[傳传](?!媒)|[見见](?![證证]))"
    r"|(?<=[\w」』）]) ?超級?(?:[強强]大?|狂|猛|神|扯|[誇夸][張张])(?=[：:，,！!]|$)|[強强]{2}(?=[聯联]手)"
    r"|(?P<how>如何)(?=(?:[導导]致|造成|引[發发]|促成)了)"
)
#: Before «how it did it»: somebody asks, knows or explains it, folded.
_HOW = re.compile("[不未无没解说释查探析究懂看谈问]")
#: A slogan denies what follows it, or may answer it, folded.
_DENIES = re.compile("谣|打脸|骗|否认|驳|没这回事|假消息|假的|不实|才怪")
_MAY_ANSWER = re.compile(f"[：:不没未别非假否]|{_DENIES.pattern}")
#: What follows a question may say no to it, folded.
_SAYS_NO = re.compile(f"[不没未非无假否]|{_DENIES.pattern}")
#: How a title teases, folded: it asks or exclaims, points at what it does not name, is beside itself.
_TEASES = re.compile(
    r"[?？!！]|这[款个项家招间位支种件些](?!月|星期|礼拜|周)|为何|为什么|怎么|怎样|如何|莫名|原来|才知道|没想到"
    r"|超(?:强大|狂|猛|神|扯|夸张)|太(?:狂|扯|猛|神)|吓|傻眼|惊呆|疯传|露馅|全都露|真相|秘密|神秘|揭秘|内幕|原因曝光"
    r"|这样|一次看|一文看|看懂|必看|别再|千万别|[教带]你|告诉你"
)


def pointed(title: str) -> str:
    """A Chinese title without its label, its slogan, its surprise and its teaser, where what is left says
    what happened."""
    bare = _unsurprised(_LABEL.sub("", title).strip() or title)
    spans = quoted(bare)
    if not any(c in "！!？?" and not any(a <= i < b for a, b in spans) for i, c in enumerate(bare)):
        return bare
    pieces = [p.strip() for p in _PIECE.findall(bare) if p.strip()]
    kept = [said for piece in pieces if (said := _told(piece))]
    asked = fold("".join(piece for piece in pieces if not _told(piece)))
    if asked and (_DENIES.search(asked) or _SAYS_NO.search(fold("".join(kept)))):
        return bare
    # A slogan before what happened goes, unless only it names who did it.
    first = next((i for i, p in enumerate(kept) if worth(p) >= 1), 0)
    if first and not _may_go(kept[:first], kept[first:]):
        first = 0
    said = "，".join(kept[first:])
    is_whole = kept[first:] == [piece.rstrip("！!") for piece in pieces]
    return said if len(said) >= _LEAST and (is_whole or worth(said) >= 1) else bare


def teases(headline: str) -> bool:
    """Does it ask or exclaim, point at what it does not name, or praise instead of telling?"""
    return bool(_TEASES.search(fold(without_quotations(headline))))


def _unsurprised(title: str) -> str:
    """A title without the words for the surprise of who writes it, but for those in quotations; the title
    itself where too little is left."""
    spans = quoted(title)

    def _left(word: re.Match[str]) -> str:
        is_quoted = any(a <= word.start() < b for a, b in spans)
        is_asked = word["how"] and _HOW.search(fold(title[: word.start()]))
        return word[0] if is_quoted or is_asked else ""

    said = _SURPRISE.sub(_left, title).strip()
    return said if len(said) >= _LEAST_BARE else title


def _may_go(slogans: Sequence[str], rest: Sequence[str]) -> bool:
    """Does a title say the same without its slogans: they deny nothing, and name nobody else but people who
    do not speak in them?"""
    lost, said = _names(slogans) - _names(rest), fold("，".join(slogans))
    is_sure = not lost or (_are_people(lost) and _stands_alone(rest[0]) and not _MAY_ANSWER.search(said))
    return is_sure and not _DENIES.search(said)


def _are_people(names: set[str]) -> bool:
    """Are they people, of whom a slogan speaks where their company did it?"""
    return all(by_canonical()[name].kind == "person" for name in names)


def _stands_alone(piece: str) -> bool:
    """Does it begin with a company, and say in the same clause what that did, and with whom?"""
    clause = re.split("[，：:；]", piece, maxsplit=1)[0]
    who = known_spans(clause)
    is_whole = len({entry.canonical for _, _, entry in who}) > 1 and bool(events(clause))
    return is_whole and who[0][0] == 0 and who[0][2].kind == "company"


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
