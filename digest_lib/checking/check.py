"""The check: does a sentence stand in the sources that it cites? Deterministic, across languages.

Checked are the sources themselves, numbers with units, dates, versions, quotations, names, links, the script
and the usage, what an llm leaves by mistake, what an article says to the machine, the closest clause of
the sources (`contrast`) and copying. An empty list of reasons means that nothing speaks against the sentence;
whether sources that are far from it in wording *mean* what it says is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from digest_lib.articles.article import Article
from digest_lib.checking.contrast import contradictions, smuggled, unsupported
from digest_lib.checking.copying import copied
from digest_lib.checking.digest import Sentence
from digest_lib.checking.directions import turned
from digest_lib.checking.evidence import Evidence, evidence, is_quoted, plain, quotations, without_quotations
from digest_lib.checking.leaks import leaks
from digest_lib.checking.polarity import flipped
from digest_lib.checking.roles import reversed_roles, unrelated
from digest_lib.text.chinese_names import is_transliterated, organisations, people, titles
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
from digest_lib.text.scripts import HAN, fold, simplified_in
from digest_lib.text.usage import mainland_words

_ADDRESS = re.compile(r"(?i:https?://|www\.)[^\s<>「」）)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(
    r"(?<![\w.])@[A-Za-z]\w{3,}|(?<![\w.@/-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./?=&%-]*)?(?![\w-])", re.ASCII
)
_LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
#: So many Latin words without a Chinese one are no name.
MANY = 4

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
    reasons += _numbers(sentence.text, cited) + _words(sentence.text, cited, own)
    if reasons:
        return reasons
    return unsupported(sentence.text, cited) or [
        *contradictions(sentence.text, cited),
        *turned(sentence.text, cited),
        *flipped(sentence.text, cited),
        *reversed_roles(sentence.text, cited),
        *unrelated(sentence.text, cited),
        *copied(sentence.text, cited),
    ]


def check_text(
    text: str, articles: Collection[Article], *, own: Collection[str] = (), language: str = "zh-TW"
) -> list[str]:
    """The same for a text without sources of its own (a headline, a tag, a summary): each of its numbers,
    quotations and names must stand in one of `articles`."""
    sources = [evidence(a) for a in articles]
    reasons = _form(text, language) + _numbers(text, sources) + _words(text, sources, own)
    if not reasons and sources:
        reasons = unsupported(text, sources)
    return list(dict.fromkeys(reasons))


def check_tag(tag: str, articles: Collection[Article], *, own: Collection[str] = ()) -> list[str]:
    """The same for a tag: it names what stands in one of `articles`, or whom the run is about."""
    if fold(tag) in {fold(name) for name in own}:
        return []
    sources = [evidence(a) for a in articles]
    known = well_known(tag)
    stands = any(fold(tag) in s.folded or (known and known <= s.names) for s in sources)
    stands = stands or any(stands_in(tag, s.folded) for s in sources)
    return leaks(tag) or ([] if stands else [f"「{tag}」不在來源中"])


def _form(text: str, language: str) -> list[str]:
    reasons = leaks(text)
    is_taiwan = language.lower() in {"zh-tw", "zh-hant"}
    if is_taiwan and (simplified := simplified_in(text)):
        reasons.append(f"簡體字：{'、'.join(simplified)}")
    elif is_taiwan:
        reasons += _usage(text)
    if is_taiwan and not HAN.search(text) and len(_LATIN_WORDS.findall(without_quotations(text))) >= MANY:
        reasons.append("不是中文")
    return reasons


def _links(text: str, sources: list[Evidence]) -> list[str]:
    """Addresses: a whole one must be an article's own, a bare host must stand in a source."""
    own = {s.article.url for s in sources}
    whole = [m.group() for m in _ADDRESS.finditer(text) if m.group().rstrip(".,;)") not in own]
    rest = _ADDRESS.sub(" ", text)
    hosts = [m.group() for m in _HOST.finditer(rest) if not any(fold(m.group()) in s.folded for s in sources)]
    return [f"不是文章的連結：「{link[:60]}」" for link in [*whole, *hosts]]


def _usage(text: str) -> list[str]:
    quoted = [(at, at + len(q)) for q in quotations(text) for at in [text.find(q)]]
    return [
        f"大陸用語：「{text[a:b]}」（臺灣用「{said}」）"
        for a, b, said in mainland_words(text)
        if not any(start <= a < end for start, end in quoted)
    ]


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
    reasons = [f"引文與來源不符：「{q}」" for q in wrong] + _links(text, sources)
    return reasons + _names(text, sources, own) + smuggled(text, sources)


def _names(text: str, sources: list[Evidence], own: Collection[str]) -> list[str]:
    """Well-known names in any script, and Latin names as they are written."""
    known = (well_known(text) & _CHECKED_NAMES).difference(*map(well_known, own))
    no_names = words_of_known(text) | {fold(name) for name in own}
    absent = sorted(n for n in known if not any(_is_named(n, s) for s in sources))
    for name in latin_names(text):
        if fold(name) in no_names:
            continue
        whole = well_known(name)
        if any(stands_in(name, s.folded) for s in sources) or whole & set(absent):
            continue
        if not (whole and _is_spelling(name)):
            absent.append(name)
    absent += [name for name in _chinese_names(text, sources) if not well_known(name)]
    return [f"「{name}」不在所引來源中" for name in absent]


def _chinese_names(text: str, sources: list[Evidence]) -> list[str]:
    """People and organisations that no glossary holds. A source in another script spells them otherwise."""
    found = [n for n in people(text) if not any(_person_in(n, s) for s in sources)]
    if not all(s.is_chinese for s in sources):
        # No foreign source says with which characters a Chinese name is written.
        return [n for n in found if not is_transliterated(n)]
    found += [t for t in titles(text) if not any(plain(t) in s.quotable for s in sources)]
    return found + [n for n in organisations(text) if not any(fold(n) in s.folded for s in sources)]


def _person_in(name: str, source: Evidence) -> bool:
    """The whole name, or every part of a foreign one that is long enough to tell."""
    parts = [fold(p) for p in re.split("[·•‧・]", name)]
    return parts[-1] in source.folded or fold(name) in source.folded


def _is_named(canonical: str, source: Evidence) -> bool:
    """Does the source name it, in any spelling? As a file or a setting spells it, too: oracle, mysql."""
    return canonical in source.names or stands_in(canonical, source.folded)


def _is_spelling(name: str) -> bool:
    """A name that the glossary knows whole stands in a source in another spelling (NVIDIA as 輝達)."""
    return fold(name) in glossary()
