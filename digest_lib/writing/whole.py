"""The whole sentences of an article's text: without the marks of links, without the heading that ran into the
first of them, and of one that was cut off what stands before the cut."""

from __future__ import annotations

import re

from digest_lib.articles.article import Article
from digest_lib.checking.evidence import plain
from digest_lib.checking.injections import told
from digest_lib.documents.boilerplate import is_boilerplate
from digest_lib.text.names import VARIANTS, known_spans
from digest_lib.text.sentences import split_sentences
from digest_lib.writing.pieces import Piece, clauses, hangs, inside

#: How a whole sentence ends, and how one that was cut off does.
_ENDS = re.compile(r"[。！？!?.｡][」』”’\"')）\]]*$(?<!\.\.)")
_CUT = re.compile(r"\s*(?:…|\.\.\.?|\[…\]|\[\.{3}\])\s*$")
#: From this length on, a text whose last line has no end may have been cut off by its publisher's feed.
_CUT_FROM = 120
#: Two paragraphs that ran into one: companies.Cognizant.
_RAN_ON = re.compile(r"(?<=[a-z])([.!?])(?=[A-Z][a-z])")
#: So many sentences of an article are looked at; what is longer is no sentence.
_DEPTH, _LONGEST = 4, 600
_HAN = r"[\u4e00-\u9fff]"
#: Where a link was, feeds leave a space on each side: 聯手 宣布 ，雙方.
_SIDE = re.compile(rf"(?<={_HAN}|[」』》）]) +(?={_HAN}|[「『《（])")
_BEFORE_MARK = re.compile(r"(?<=\S) +(?=[，。、；：！？」』》）])")
_AFTER_MARK = re.compile(r"(?<=[「『《（]) +")
_CLAUSE = re.compile(r"[^，。；！？]+[，。；！？]*")
#: A heading has so many characters, and what follows it is a sentence with its own subject: no verb first.
_HEADING = 8
_VERB = re.compile(
    r"(?:宣布|宣佈|发布|發布|发表|發表|推出|公布|公佈|表示|指出|透露|稱|称|將|将|已|並|并|也|以|在|於|于|與|与|和|及|的|為|为|是|有|會|会|後|后)"
)
#: So the product of what may be a heading ends, where another follows: «主打 Flash Gemini 3.5 Pro 原定…».
_AT_END = re.compile(rf"[\u4e00-\u9fff].*(?<![A-Za-z])(?i:{VARIANTS}) $")
#: What goes on so may turn what stands before it.
_MAY_TURN = re.compile(r"[但卻却惟遭仍尚]|不過|不过|然而|只是|若|如果|除非|前提|據傳|据传|可能|恐")
#: What had happened before is told as having happened: «after OpenAI disclosed it, …».
_PRESUPPOSED = re.compile(r"(?:[繼继]|在)?(.{8,}?[^今幕背然之以])(?:之?[後后])")
#: So it is told: the date of the report is not its own.
_EARLIER = "先前"
#: A sentence that says itself when it was, first or behind who did it, needs no such word.
_SAYS_WHEN = re.compile(
    r"(?:\d{4} ?年 ?)?\d{1,2} ?[月日](?!活)|[上本][個个]?[月週周]|去年|今年|昨|[週周][一二三四五六日天]"
)
_OPENS, _CLOSES = "「『《（“(", "」』》）”)"


def whole_sentences(text: str, lang: str) -> list[tuple[int, str]]:
    """The sentences of a text that are whole, each with its place among all; what was cut off in a Chinese
    one is left out with the clause that it was part of."""
    if lang[:2] == "zh":
        text = "\n".join(without_links(line) for line in text.split("\n"))
    sentences = [s.strip() for s in split_sentences(text, lang) if not is_boilerplate(s)]
    made = [(i, _whole(s, lang, len(text), last=i == len(sentences) - 1)) for i, s in enumerate(sentences)]
    found = [(i, s) for i, s in made if s]
    # Where nothing ends, it is a line of its own, unless it is long enough for a feed to have cut it off.
    if not found and len(sentences) == 1 and len(sentences[0]) < _CUT_FROM:
        only = sentences[0]
        return [] if _CUT.search(only) or only[-1] in "。，,、：:" else [(0, only)]
    return found


def openings(text: str, lang: str) -> list[str]:
    """The sentences of a text in another language, and of one that was cut off what stands before the cut's
    last word."""
    text = _RAN_ON.sub(r"\1 ", text)
    sentences = [s.strip() for s in split_sentences(text, lang) if not is_boilerplate(s)]
    return [s if _ENDS.search(s) else before_last_mark(s) for s in sentences]


def first_sentences(article: Article) -> list[str]:
    """The first of the article's page, and of its feed's summary, which a page may not have."""
    texts = (told(article.text), told(article.summary))
    found = dict.fromkeys(s for text in texts for s in openings(text, article.lang)[:_DEPTH])
    return [sentence for sentence in found if len(sentence) <= _LONGEST]


def _whole(sentence: str, lang: str, length: int, *, last: bool) -> str:
    """The sentence, whole; "" where nothing of it is."""
    if _ENDS.search(sentence):
        return without_heading(sentence) if lang[:2] == "zh" else sentence
    was_cut = bool(_CUT.search(sentence)) or (last and length >= _CUT_FROM)
    return before_cut(without_heading(sentence)) if was_cut and lang[:2] == "zh" else ""


def without_links(line: str) -> str:
    """A line of Chinese without the spaces that links left in it; the space behind a heading stays, since it
    stands alone in its clause."""
    line = _AFTER_MARK.sub("", line)
    return "".join(_without_links(clause) for clause in _CLAUSE.findall(line)) or line


def _without_links(clause: str) -> str:
    sides = [m.span() for m in _SIDE.finditer(clause)]
    ends = [m.span() for m in _BEFORE_MARK.finditer(clause)]
    # A link at the end of a clause has its second space before the mark.
    paired = sides if (len(sides) + len(ends)) % 2 == 0 else sides[1:]
    for start, end in sorted([*paired, *ends], reverse=True):
        clause = clause[:start] + clause[end:]
    return clause


def without_heading(sentence: str) -> str:
    """A sentence without the heading before it; "" where it is not sure which words are the heading."""
    products = (a for a, _, entry in known_spans(sentence) if entry.kind == "product")
    ran_on = (a for a in products if _AT_END.search(sentence[:a]) and not _within(sentence, a))
    if next(ran_on, 0):
        return ""
    spaces = [m for m in _SIDE.finditer(sentence) if not _within(sentence, m.start())]
    if not spaces:
        return sentence
    heading, rest = sentence[: spaces[0].start()], sentence[spaces[0].end() :]
    sure = len(spaces) == 1 and len(plain(heading)) >= _HEADING and not _VERB.match(rest)
    return rest if sure else ""


def _within(sentence: str, at: int) -> bool:
    return any(a < at < b for a, b in inside(sentence))


def before_cut(sentence: str) -> str:
    """The clauses of a cut sentence before the one that was cut, as a sentence; "" where they say nothing by
    themselves, or what was cut may turn them."""
    parts = clauses(_CUT.sub("", sentence))
    cut = parts[-1].text if parts else ""
    kept = parts[:-1]
    while kept and (hangs(kept[-1].text) or not _is_closed(kept[-1].text)):
        cut = kept.pop().text
    if not kept or _MAY_TURN.match(cut):
        return ""
    return "".join(("" if i == 0 else p.before) + p.text for i, p in enumerate(kept)) + "。"


def background(text: str, lang: str) -> str:
    """What a cut sentence tells as having happened before: «after OpenAI disclosed it, …»."""
    for sentence in split_sentences(without_links(text), lang) if lang[:2] == "zh" else ():
        first, *rest = clauses(_CUT.sub("", sentence)) or [Piece("", "")]
        before = _PRESUPPOSED.fullmatch(first.text)
        if before and rest and not _ENDS.search(sentence) and _is_closed(before[1]):
            said = before[1].strip()
            return f"{'' if _says_when(said) else _EARLIER}{said}。"
    return ""


def _says_when(text: str) -> bool:
    """Does a sentence begin with when it was, or with a well-known name and that?"""
    ends = [0, *(end for start, end, _ in known_spans(text) if start == 0)]
    return any(_SAYS_WHEN.match(text[end:].lstrip("在於于 ")) for end in ends)


def before_last_mark(sentence: str) -> str:
    """What stands before the last comma of a cut sentence; "" where there is none."""
    return _CUT.sub("", sentence).rpartition(", ")[0]


def _is_closed(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in zip(_OPENS, _CLOSES, strict=True))
