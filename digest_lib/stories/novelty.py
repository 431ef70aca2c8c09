"""What a follow-up adds to what was told: new numbers, names, dates, or a turn such as 證實 or «denies»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from digest_lib.articles.article import Article
from digest_lib.stories.bearing import MEDIA, places
from digest_lib.stories.traits import OPENING, Told, opening
from digest_lib.text.names import Aliases, Entry, glossary, known_spans, latin_names, names_in, stands_in
from digest_lib.text.numbers import stated, supported_by
from digest_lib.text.scripts import HAN, fold

#: How many of the new things are named.
_MOST = 6
#: Smaller numbers in words (兩項, four), or of nothing that is counted, tell nothing.
_TELLING = 10
#: A new thing counts when a headline says it, or when this many articles do.
_ENOUGH = 2

#: How far into an opening a name is as telling as in a headline.
_FIRST = 30
#: Numbers that are no facts of an event: hours, and dates, which every new report has.
_NO_FACT = frozenset(("time", "date"))
#: Shares in words, which measure nothing by themselves.
_IN_WORDS = re.compile(
    r"(?:超过|逾|近|约|大约|不到)?(?:一半|半数|过半|多数|大半|三分之[一二]|四分之[一三])"
    r"|half|most|a? ?quarter|(?:a|one|two) thirds?"
)
#: What makes a rival named beside another one a measure, too.
_MEASURES = re.compile(
    r"(?:直追|逼近|媲美|超越|超车|胜过|领先|不输|叫板|对标|rival|beat|match|ahead of)[^。.;；]{0,24}$"
)

#: Somebody opens a source: what is of open source, or about it, is opened by nobody.
_OPENED = (
    r"(?<![谈论对就于的])开源(?!模型|软体|软件|工具|框架|专案|项目|社[群区]|生态|阵营|授权|权重|程式|代码|平台|版|路线"
    r"|人工|的|与|和|或|、|[\s」]*(?:ai|llm|$))|open[- ]sourc(?:es|ed|ing)\b"
)
#: What happens to a story, by folded words: a turn that was not told yet is news without new number or name.
_TURNS = {
    "證實": r"证实|确认|confirm",
    "否認": r"否认|澄清|辟谣|den(?:y|ies|ied)\b",
    "延後": r"延后|推迟|延期|延迟|delay|postpone",
    "取消": r"取消|撤回|撤销|中止|cancel|withdraw|scrap",
    "批准": r"批准|核准|通过|获准|approv",
    "駁回": r"驳回|拒绝|reject|dismiss",
    "起訴": r"起诉|提告|控告|\bsu(?:es|ed|ing)\b|lawsuit",
    "和解": r"和解|settl",
    "判決": r"判决|裁定|\brul(?:es|ed|ing)\b|verdict",
    "開放": r"正式开放|开放使用|上线|开卖|generally available|now available|rolls? out",
    "開源": _OPENED,
    "回應": r"回应|respond",
    "修補": r"修补|修复|patch|\bfix(?:es|ed)\b",
    "道歉": r"道歉|致歉|apolog",
    "調查": r"调查|investigat|probe",
    "停用": r"下架|停用|关闭|shuts? down|discontinu",
    "提案": r"提案|法案|立法|\bbills?\b|legislation",
    "聽證": r"听证|\bhearings?\b",
    "求償": r"赔偿|求偿|索赔|compensation|damages",
    "開罰": r"开罚|裁罚|罚款|\bfine[sd]\b",
    "禁用": r"禁用|封杀|\bban(?:s|ned)?\b",
    "恢復": r"恢复|解禁|resum|restor|reinstat",
    "抗議": r"抗议|谴责|联名|protest|condemn",
    "離職": r"离职|请辞|辞职|下台|resign|steps? down",
    "漲價": r"涨价|调涨|raises? price",
    "降價": r"降价|调降|cuts? price",
}
#: An abbreviation, and the words that it may be made of.
_INITIALS = re.compile(r"[A-Z]{3,6}")
_LATIN_WORD = re.compile(r"[A-Z][A-Za-z]*")
#: A digit or a capital inside a word: iOS, ChatGPT, M5, but not «Introducing».
_OWN_SPELLING = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}")
#: The words for turns, which are ours: no article need say them so; and what says them in folded text.
TURNS = {said: re.compile(pattern) for said, pattern in _TURNS.items()}


def what_is_new(
    articles: Sequence[Article], told: Sequence[Told], vendor: Aliases | None = None
) -> tuple[str, ...]:
    """The facts in the articles' headlines and openings that were not told yet, as they are said; empty where
    there is none, and the story is not news. The names of the `vendor` and its family are none."""
    before = "\n".join(t.text for t in told)
    passers_by = {fold(a.publisher) for a in articles}
    found, spelled = Counter[str](), _spellings(articles)
    for article in articles:
        lead = _whole_words(opening(article))
        first = {n for n in _new_names(lead, before) if 0 <= lead.find(spelled.get(n, n)) < _FIRST}
        headline = first | set(_new(article.title, before))
        found.update(dict.fromkeys(headline, _ENOUGH))
        found.update(set(_new(lead, before)) - headline)
    order = {
        fact: k
        for k, fact in enumerate(
            f for a in articles for f in _new(f"{a.title}\n{_whole_words(opening(a))}", before)
        )
    }
    enough = [fact for fact, n in found.items() if n >= _ENOUGH and fold(fact) not in passers_by]
    best = sorted(enough, key=lambda f: (-found[f], order.get(f, len(order)), f))
    said = list(dict.fromkeys(spelled.get(fact, fact) for fact in best))
    said = [fact for fact in said if fact in TURNS or not (vendor and _is_bare(fact, vendor))]
    # GPT-5.6 Sol says all that GPT and GPT-5.6 would.
    whole = [fact for fact in said if not any(fact != other and fact in other for other in said)]
    return tuple(whole[:_MOST])


def tells(fact: str, vendor: Aliases) -> bool:
    """Would a reader learn something by this fact of `what_is_new`? Not by a name of the family's own
    (GPT-5.6 Sol, Fable), and not by a share in words (一半, half)."""
    if fact in TURNS:
        return True
    if vendor.spans(fact) or fact.split(maxsplit=1)[0] in vendor.words:
        return False
    return not _IN_WORDS.fullmatch(fold(fact))


def _whole_words(cut: str) -> str:
    """The text without the word that it was cut in."""
    return re.sub(r"[\w-]+$", "", cut) if cut[-1:].isascii() and len(cut) >= OPENING else cut


def _is_bare(name: str, vendor: Aliases) -> bool:
    """Is it a name of the family or its maker and nothing more?"""
    for start, end in reversed(vendor.spans(name)):
        name = name[:start] + name[end:]
    return not re.search(r"\w", name)


def _spellings(articles: Sequence[Article]) -> dict[str, str]:
    """The well-known names as the first article that has them spells them: 黃仁勳 for Jensen Huang."""
    found: dict[str, str] = {}
    for article in articles:
        text = f"{article.title}\n{opening(article)}"
        for start, end, entry in known_spans(text):
            found.setdefault(entry.canonical, text[start:end])
    return found


def _new(text: str, before: str) -> list[str]:
    return list(
        dict.fromkeys([*_new_turns(text, before), *_new_numbers(text, before), *_new_names(text, before)])
    )


def _new_turns(text: str, before: str) -> list[str]:
    now, then = fold(text), fold(before)
    return [said for said, pattern in TURNS.items() if pattern.search(now) and not pattern.search(then)]


def _new_numbers(text: str, before: str) -> list[str]:
    known = set(stated(before))
    fresh = (q for q in stated(text) if q.unit not in _NO_FACT and not supported_by(q, known))
    return [q.said for q in fresh if q.value >= _TELLING or (q.unit and any(c.isdigit() for c in q.said))]


def _new_names(text: str, before: str) -> list[str]:
    """Who or what is new: places, papers and what something is merely measured by are no actors."""
    known, folded = names_in(before), fold(before)
    acting = {e.canonical for s, _, e in known_spans(text) if e.kind != "place" and _acts(text, s, e)}
    found = sorted(acting - known)
    # In an English headline every word has a capital: only a name's own spelling tells it there.
    spelled = (
        latin_names(text) if HAN.search(text) else [n for n in latin_names(text) if _OWN_SPELLING.search(n)]
    )
    lower = {n.lower() for n in found}
    fresh = [
        n for n in spelled
        if fold(n) not in lower and fold(n) not in glossary() and not stands_in(n, folded)
        and not _abbreviates(n, before)
        and not re.search(rf"[《〈]\s?{re.escape(n)}", text)
    ]  # fmt: skip
    return found + _joined(fresh, text)


def _abbreviates(name: str, text: str) -> bool:
    """Is it made of the initials of words that stand in the text: NDSA of National Data Safety Agency?"""
    if not _INITIALS.fullmatch(name):
        return False
    words = _LATIN_WORD.findall(text)
    made = [w if w.isupper() else w[:1].upper() for w in words]
    return any(
        "".join(made[k : k + n]) == name for n in range(2, len(name) + 1) for k in range(len(made) - n + 1)
    )


def _acts(text: str, start: int, entry: Entry) -> bool:
    """Is it more than a paper that is cited, or what something is measured by?"""
    if entry.canonical in MEDIA:
        return False
    placed = [p for p in places(text, Aliases(entry.spellings)) if p.start == start]
    return not any(
        p.compared or p.listed or (p.paired and _MEASURES.search(fold(text[:start]))) for p in placed
    )


def _joined(names: Sequence[str], text: str) -> list[str]:
    """Names that stand beside each other in the text are one: Modal Labs."""
    made: list[str] = []
    for name in names:
        if made and f"{made[-1]} {name}" in text:
            made[-1] += f" {name}"
        else:
            made.append(name)
    return made
