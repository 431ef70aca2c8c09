"""What an English sentence of an article says, in Traditional Chinese: who did what, to what, how much.

The lexicon and the grammar are those of titles (`gist.py`), the sentence is made what they read
(`plainer.py`). What only adds to it is left out, or told where it is sure. A sentence that turns what it says
there, that leans on another one, or that is no event says nothing here: a wrong statement is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.articles.article import Article
from digest_lib.writing.gist import gist
from digest_lib.writing.plainer import plain, shorter
from digest_lib.writing.titles.held import aim_in
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.pieces import noun_in
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.tokens import is_known, tokens_of
from digest_lib.writing.whole import first_sentences
from digest_lib.writing.worth import can_be_told, refers_back

#: What was named before, and is not said of which it is.
_REFERS = re.compile(
    r"\b[Tt]he (fund|program|initiative|project|company|tool|feature|model|service|platform|agreement"
    r"|partnership|deal|team|product|report|work|effort|update|release|system|app)\b"
    r"(?! (?:of|for|that|which|to be|behind)\b)(?='?[s,. ]|$)"
)
#: A name that comes out, and what it is.
_NAME_IS = re.compile(
    r"\b(?:[Ii]ntroduc|[Ll]aunch|[Aa]nnounc|[Uu]nveil|[Rr]eleas|[Ss]har)\w+ (?:the )?"
    r"([A-Z][\w.+-]*(?: [A-Z\d][\w.+-]*){0,4}), ((?:an?|its|the) [^,;:—–]+)"
)
#: Several names in a row, of which more than the first must be told.
_NAMES = re.compile(r"[A-Z][\w.+-]*(?:, [A-Z][\w.+&-]*(?: [\w.+&-]+){0,4})+,? (?:and|or) [A-Z]")
_THINGS = re.compile(r", (?:an?|the|our|its) [^,]+,? (?:and|or) (?:an?|the|our|its|[A-Z])")
#: That somebody uses something is no news without what for.
_USES = re.compile(r"\bus(?:es?|ed|ing)\b.* (?:to|for) ")
_ONLY_USES = re.compile(r"使用 ?[^，以為]*$")
#: What somebody is not doing is no event, and what he also does leans on what he does.
_DENIED = re.compile(r"\b(?:is|are|'re|has|have|'ve) not\b|n't\b|^(?:\S+ ){0,3}also\b")
_IS_DONE = re.compile(r"\b(?:is|are|was|were) (?:\w+ly )?(?:\w+ed|built|made|given|shown|known)\b")
#: Who acts has a name, which stands in Latin letters or is known; what comes out need not have one.
_NAMED = re.compile(r"[A-Za-z0-9]")
#: Who acts does no more than so much, without a name or a figure.
_HOLLOW = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .+/&-]* (?:正在|已|將)?[\u4e00-\u9fff]{1,6}")
_COMES_OUT = re.compile(r"推出|登場|開放|發布|現可|現已")
_ONLY_NAMES = re.compile(r"(?:任命|聘用|招募|選出) ?[A-Z][^為，]*$")
#: Who speaks or is spoken to is nobody in a text of ours.
_PERSONS = re.compile("[我你您]|作者|他們|自家")
#: An event begins with who acts or what comes out: never with what somebody writes about.
_NO_EVENT = re.compile(
    r"^AI |存在$|最[佳好]|唯一|這個|是.*，以|宣布$|可用性$|擁有[^\d]*$|Government of"
    r"|(?:推出|發布|分享|宣布|新增) ?新[\u4e00-\u9fff]{1,3}$"
    r"|(?:^| )(?:談|探討|解析|介紹|引述|教學|入門|案例|實作)|[：〈「]"
)
_SMALL = re.compile(r"(?<![A-Za-z0-9.+] )(?<![\w.+/-])[a-z]{3,}(?![\w+/-])")
#: What begins with when, where or why names who acts only later, and which of several it is only the sentence
#: before says; what else leans is the same for all sentences.
_OPENS = re.compile(
    r"(?:The (?:first|second|third|last|latter|former|other|same|next)"
    r"|In|At|On|By|For|As|With|When|If|Since|After|Before|Once|Where|How|Why|What)\b"
)
_BE = frozenset({"is", "are", "was", "were", "has", "have", "'s"})
#: What is longer is no plain statement.
_LONGEST = 400
#: What a thing is has so many characters, or says nothing: a new initiative.
_LEAST = 6


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence says in Chinese, and its part in English that says so."""

    text: str
    of: str


def statements(article: Article, vendor: str = "") -> list[str]:
    """What the first sentences of an English article say, and what they explain of a name, of those that are
    sure. `vendor`: on whose own page they stand."""
    if article.lang[:2] != "en":
        return []
    sentences = [resolved(s, article) for s in first_sentences(article)]
    said = [made.text for sentence in sentences if (made := statement(sentence, vendor))]
    said += [is_what for sentence in sentences if (is_what := explained(sentence, vendor))]
    return list(dict.fromkeys(said))


def resolved(sentence: str, article: Article) -> str:
    """The sentence with its name for what has one in the article's title or at its beginning: the fund; ""
    where it speaks of one that has none there."""
    for the in _REFERS.finditer(sentence):
        known = f"{article.title}. {article.summary}"
        name = re.search(rf"((?:[A-Z][\w.&'-]* )+{the[1].capitalize()})\b", known)
        return f"{sentence[: the.start()]}the {name[1]}{sentence[the.end() :]}" if name else ""
    return sentence


@lru_cache(maxsize=1024)
def statement(sentence: str, vendor: str = "") -> Stated | None:
    """What the sentence says; None where that is not sure, or is no event."""
    text = plain(sentence, vendor)
    if (
        len(sentence) > _LONGEST
        or refers_back(sentence)
        or _OPENS.match(sentence)
        or _DENIED.search(sentence)
        or _IS_DONE.search(text)
    ):
        return None
    for kept, rest in shorter(text):
        said = gist(kept, vendor=vendor) if can_be_told(kept) and _tells(kept) else None
        if said and not said.is_topic and _is_event(said.text):
            aim = aim_in(rest.strip(), vendor) if "以" not in said.text else ""
            told = spaced(said.text + aim)
            if _is_whole(kept, rest, told):
                return Stated(told, kept)
    return None


def _tells(text: str) -> bool:
    """Is there a verb in it, and does what begins it agree with it: «Workflows is» has a name? And is it no
    habit and no tale: we build tools, we built this?"""
    tokens = tokens_of(text)
    if len(tokens) <= 1:
        return False
    acts = any(f.entry.pos == "v" for t in tokens for f in forms().get(t.low, ()))
    be = next((i for i, t in enumerate(tokens) if t.low in {"is", "has", "was"}), 0)
    many = be == 1 and any(f.form == "pl" for f in forms().get(tokens[0].low, ()) if len(f.words) == 1)
    verb = next((t.low for t in tokens[1:] if not t.low.endswith("ly")), "")
    does = [f for f in forms().get(verb, ()) if f.entry.pos == "v" and f.form in {"base", "past"}]
    news = any(f.entry.has("ann") or f.entry.has("act") for f in does)
    always = tokens[0].low == "we" and bool(does) and not news
    return (acts or any(t.low in _BE for t in tokens)) and not many and not always


def _is_event(said: str) -> bool:
    """Is it told as what happens, in Chinese but for names, of somebody with a name or of what comes out?"""
    named = bool(_NAMED.match(said)) or bool(_COMES_OUT.search(said))
    small = [word for word in _SMALL.findall(said) if not is_known(word)]
    hollow = _HOLLOW.fullmatch(said) and not _COMES_OUT.search(said[-2:])
    return named and not (_PERSONS.search(said) or _NO_EVENT.search(said) or small or hollow)


def _is_whole(kept: str, rest: str, told: str) -> bool:
    """Is more told than the first of what is listed, as what somebody comes, what for something is used?"""
    if (_NAMES.search(kept) or _THINGS.search(kept)) and "、" not in told:
        return False
    if " as " in kept + rest and _ONLY_NAMES.search(told):
        return False
    return not (_USES.search(kept + rest) and _ONLY_USES.search(told))


@lru_cache(maxsize=1024)
def explained(sentence: str, vendor: str) -> str:
    """What a new thing is, of a sentence on its vendor's page that explains its name behind a comma; "" where
    that is not sure."""
    found = _NAME_IS.search(plain(sentence, vendor)) if vendor else None
    if found is None:
        return ""
    what = re.sub("^its ", f"{vendor}'s ", found[2])
    pieces = (kept for kept, _ in shorter(what) if can_be_told(kept) and " for " not in kept)
    noun = next((noun for kept in pieces if (noun := noun_in(kept, vendor, raised=False))), "")
    says = len(noun.replace("新", "").strip()) >= _LEAST and not _PERSONS.search(noun)
    return spaced(f"{found[1]} 是{noun}") if says else ""
