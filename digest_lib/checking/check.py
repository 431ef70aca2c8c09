"""The check: does a sentence stand in the sources that it cites? Deterministic, across scripts and languages.

Checked are the sources themselves, numbers with their units, dates, versions, quotations, names, the
script, and what an llm leaves by mistake. An empty list of reasons means that nothing speaks against the
sentence; whether the sources *mean* what it says is not decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from digest_lib.articles.article import Article
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import Evidence, evidence, is_quoted, quotations
from digest_lib.checking.leaks import leaks
from digest_lib.text.names import (
    entries,
    glossary,
    latin_names,
    stands_in,
    well_known,
    words_of_known,
)
from digest_lib.text.numbers import Quantity, date_of, stated, supported_by
from digest_lib.text.quantity import DATE
from digest_lib.text.scripts import fold, simplified_in

#: The kinds of well-known names that must stand in a source; a place may be told by its people or capital.
_CHECKED_KINDS = frozenset({"company", "product", "person", "body"})
_CHECKED_NAMES = frozenset(e.canonical for e in entries() if e.kind in _CHECKED_KINDS)


def check_sentence(
    sentence: Sentence,
    articles: Mapping[str, Article],
    counts: Collection[int] = (),
    *,
    dates: Collection[date] = (),
    own: Collection[str] = (),
    language: str = "zh-TW",
) -> list[str]:
    """Reasons (Traditional Chinese) for which the sentence must not be published; empty where it stands.

    `articles` by id are what it may cite; `counts` and `dates` are the run's own, the only ones that a
    sentence of kind `count` may state; `own` are the names of whom the run is about, which need no
    source. An `analysis` that states a number, a date or a quotation is checked
    as a fact. Simplified characters are a fault where `language` is zh-TW.
    """
    return list(dict.fromkeys(_reasons(sentence, articles, counts, dates, own, language)))


def _reasons(
    sentence: Sentence,
    articles: Mapping[str, Article],
    counts: Collection[int],
    dates: Collection[date],
    own: Collection[str],
    language: str,
) -> list[str]:
    reasons = _form(sentence.text, language)
    missing = [i for i in sentence.sources if i not in articles]
    reasons += [f"引用了不存在的來源 {i}" for i in missing]
    cited = [evidence(articles[i]) for i in sentence.sources if i in articles]
    if sentence.kind == "count":
        among = cited or [evidence(a) for a in articles.values()]
        return reasons + _counted(sentence.text, counts, dates) + _words(sentence.text, among, own)
    if not cited:
        return reasons + _without_source(sentence, articles, missing, own)
    return reasons + _numbers(sentence.text, cited) + _words(sentence.text, cited, own)


def check_text(
    text: str, articles: Collection[Article], *, own: Collection[str] = (), language: str = "zh-TW"
) -> list[str]:
    """The same for a text without sources of its own (a headline, a tag, a summary): each of its numbers,
    quotations and names must stand in one of `articles`."""
    sources = [evidence(a) for a in articles]
    reasons = _form(text, language) + _numbers(text, sources) + _words(text, sources, own)
    return list(dict.fromkeys(reasons))


def _form(text: str, language: str) -> list[str]:
    reasons = leaks(text)
    if language.lower() in {"zh-tw", "zh-hant"} and (simplified := simplified_in(text)):
        reasons.append(f"簡體字：{'、'.join(simplified)}")
    return reasons


def _without_source(
    sentence: Sentence, articles: Mapping[str, Article], missing: list[str], own: Collection[str]
) -> list[str]:
    """An analysis without source may speak, not state; its names are the day's."""
    states = sentence.kind == "fact" or stated(sentence.text) or quotations(sentence.text)
    if states:
        return [] if missing else ["沒有來源"]
    return _names(sentence.text, [evidence(a) for a in articles.values()], own)


def _numbers(text: str, sources: list[Evidence]) -> list[str]:
    return [
        f"「{quantity.said}」不在所引來源中"
        for quantity in _once(stated(text))
        if not any(source.states(quantity) for source in sources)
    ]


def _once(found: Iterable[Quantity]) -> list[Quantity]:
    return list(dict.fromkeys(found))


def _counted(text: str, counts: Collection[int], dates: Collection[date]) -> list[str]:
    own = {date_of(d.year, d.month, d.day) for d in dates}
    return [
        f"「{quantity.said}」不是這次統計的數字"
        for quantity in _once(stated(text))
        if not (supported_by(quantity, own) if quantity.unit == DATE else quantity.value in counts)
    ]


def _words(text: str, sources: list[Evidence], own: Collection[str]) -> list[str]:
    wrong = [q for q in quotations(text) if not any(is_quoted(q, s) for s in sources)]
    return [f"引文與來源不符：「{q}」" for q in wrong] + _names(text, sources, own)


def _names(text: str, sources: list[Evidence], own: Collection[str]) -> list[str]:
    """Well-known names in any script, and Latin names as they are written."""
    known = (well_known(text) & _CHECKED_NAMES).difference(*map(well_known, own))
    no_names = words_of_known(text) | {fold(name) for name in own}
    absent = sorted(n for n in known if not any(n in s.names for s in sources))
    for name in latin_names(text):
        if fold(name) in no_names:
            continue
        whole = well_known(name)
        if any(stands_in(name, s.folded) for s in sources) or whole & set(absent):
            continue
        if not (whole and _is_spelling(name)):
            absent.append(name)
    return [f"「{name}」不在所引來源中" for name in absent]


def _is_spelling(name: str) -> bool:
    """A name that the glossary knows whole stands in a source in another spelling (NVIDIA as 輝達)."""
    return fold(name) in glossary()
