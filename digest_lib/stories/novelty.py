"""What a follow-up adds to what was told: new numbers, names, dates, or a turn such as 證實 or «denies»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from digest_lib.articles.article import Article
from digest_lib.stories.traits import Told, opening
from digest_lib.text.names import known_spans, latin_names, names_in, stands_in, well_known
from digest_lib.text.numbers import stated, supported_by
from digest_lib.text.scripts import HAN, fold

#: How many of the new things are named.
_MOST = 6
#: Smaller numbers in words (兩項, four), or of nothing that is counted, tell nothing.
_TELLING = 10
#: A new thing counts when a headline says it, or when this many articles do.
_ENOUGH = 2

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
    "開源": r"开源|open[- ]sourc",
    "回應": r"回应|respond",
    "修補": r"修补|修复|patch|\bfix(?:es|ed)\b",
    "道歉": r"道歉|致歉|apolog",
    "調查": r"调查|investigat|probe",
    "停用": r"下架|停用|关闭|shuts? down|discontinu",
    "完成": r"完成|complet",
    "降價": r"降价|调降|cuts? price",
}
#: A digit or a capital inside a word: iOS, ChatGPT, M5, but not «Introducing».
_OWN_SPELLING = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}")
#: The words for turns, which are ours: no article need say them so.
TURNS = frozenset(_TURNS)
_PATTERNS = {said: re.compile(pattern) for said, pattern in _TURNS.items()}


def what_is_new(articles: Sequence[Article], told: Sequence[Told]) -> tuple[str, ...]:
    """The facts in the articles' headlines and openings that were not told yet, as they are said; empty where
    there is none, and the story is not news."""
    before = "\n".join(t.text for t in told)
    found = Counter[str]()
    for article in articles:
        headline = set(_new(article.title, before))
        found.update(dict.fromkeys(headline, _ENOUGH))
        found.update(set(_new(opening(article), before)) - headline)
    order = {
        fact: k
        for k, fact in enumerate(f for a in articles for f in _new(f"{a.title}\n{opening(a)}", before))
    }
    enough = [fact for fact, n in found.items() if n >= _ENOUGH]
    best = sorted(enough, key=lambda f: (-found[f], order.get(f, len(order)), f))
    spelled = _spellings(articles)
    said = list(dict.fromkeys(spelled.get(fact, fact) for fact in best))
    # GPT-5.6 Sol says all that GPT and GPT-5.6 would.
    whole = [fact for fact in said if not any(fact != other and fact in other for other in said)]
    return tuple(whole[:_MOST])


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
    return [said for said, pattern in _PATTERNS.items() if pattern.search(now) and not pattern.search(then)]


def _new_numbers(text: str, before: str) -> list[str]:
    known = set(stated(before))
    fresh = (q for q in stated(text) if q.unit != "time" and not supported_by(q, known))
    return [q.said for q in fresh if q.value >= _TELLING or (q.unit and any(c.isdigit() for c in q.said))]


def _new_names(text: str, before: str) -> list[str]:
    known, folded = names_in(before), fold(before)
    found = sorted(well_known(text) - known)
    # In an English headline every word has a capital: only a name's own spelling tells it there.
    spelled = (
        latin_names(text) if HAN.search(text) else [n for n in latin_names(text) if _OWN_SPELLING.search(n)]
    )
    lower = {n.lower() for n in found}
    return found + _joined([n for n in spelled if fold(n) not in lower and not stands_in(n, folded)], text)


def _joined(names: Sequence[str], text: str) -> list[str]:
    """Names that stand beside each other in the text are one: Modal Labs."""
    made: list[str] = []
    for name in names:
        if made and f"{made[-1]} {name}" in text:
            made[-1] += f" {name}"
        else:
            made.append(name)
    return made
