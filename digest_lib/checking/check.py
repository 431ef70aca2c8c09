"""The check: does a sentence stand in the sources that it cites? Deterministic, across languages.

Checked are the sources themselves, numbers with units, dates, versions, quotations, names, links, the script
and the usage, what an llm leaves by mistake, what an article says to the machine, the closest clause of
the sources (`contrast`) and copying. An empty list of reasons means that nothing speaks against the sentence;
whether sources that are far from it in wording *mean* what it says is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from digest_lib.articles.article import Article
from digest_lib.checking.attribution import misattributed, without_bylines
from digest_lib.checking.binding import unbound
from digest_lib.checking.bylines import unnamed, without_own
from digest_lib.checking.concepts import is_concept
from digest_lib.checking.contrast import contradictions, smuggled, unsupported
from digest_lib.checking.copying import copied
from digest_lib.checking.counting import is_own
from digest_lib.checking.digest import Sentence
from digest_lib.checking.directions import turned
from digest_lib.checking.events import untold
from digest_lib.checking.evidence import Evidence, evidence, is_quoted, quotations
from digest_lib.checking.figures import misplaced
from digest_lib.checking.form import addresses, characters, empty, links, written
from digest_lib.checking.injections import speaks_to_machine
from digest_lib.checking.leaks import leaks
from digest_lib.checking.lent import lent
from digest_lib.checking.matters import matters
from digest_lib.checking.meaning import far
from digest_lib.checking.nameless import nameless
from digest_lib.checking.naming import absent, apart
from digest_lib.checking.pieced import pieced
from digest_lib.checking.polarity import flipped
from digest_lib.checking.reasons import Reason, certain, reason, said
from digest_lib.checking.roles import reversed_roles, unrelated
from digest_lib.checking.seeming import hardly_named
from digest_lib.checking.unsaid import unsaid
from digest_lib.text.names import latin_names, stands_in, well_known
from digest_lib.text.numbers import Quantity, date_of, stated, supported_by
from digest_lib.text.quantity import DATE
from digest_lib.text.scripts import fold
from digest_lib.text.short_forms import stands_in_parts

#: A writer counts the points made: 兩條主線, 三個重點.
_OWN_POINTS = re.compile(
    r"[兩二三四2-4]\s?[個條大項]\s?(?=主線|主軸|主題|重點|方向|面向|層面|趨勢|關鍵|焦點|看點)"
)
#: What is longer is no sentence, but an answer that did not stop, or was made to cost time.
LONGEST = 1200
#: A source's name that is longer is no name: so much of it is shown.
LONGEST_NAME = 40


def check_sentence(
    sentence: Sentence,
    articles: Mapping[str, Article],
    counts: Collection[int] = (),
    *,
    dates: Collection[date] = (),
    own: Collection[str] = (),
    language: str = "zh-TW",
    by_meaning: bool = True,
    doubts: bool = True,
) -> list[str]:
    """Reasons, in the words of `language`, for which the sentence must not be published; empty where it
    stands.

    `articles` by id are what it may cite; `counts` and `dates` are the run's own, the only ones that a
    sentence of kind `count` may state, beside the days on which what it cites was published; `own` are the
    names of whom the run is about, which need no source. An `analysis` is checked as a fact is: it cites
    what it builds on. Simplified characters are a fault where `language` is zh-TW. `by_meaning`: the
    encoder is asked, too, where it is installed. `doubts`: reasons that an llm may be asked about
    (`reasons.DOUBTS`) count, too.
    """
    found = reasons_of(
        sentence, articles, counts, dates=dates, own=own, language=language, by_meaning=by_meaning
    )
    return said(found if doubts else certain(found), language)


def reasons_of(
    sentence: Sentence,
    articles: Mapping[str, Article],
    counts: Collection[int] = (),
    *,
    dates: Collection[date] = (),
    own: Collection[str] = (),
    language: str = "zh-TW",
    by_meaning: bool = True,
) -> list[Reason]:
    """The same, as reasons."""
    found = _reasons(sentence, articles, counts, dates, own, language)
    if not found and by_meaning and sentence.kind == "fact":
        found = far(sentence.text, [evidence(articles[i]) for i in sentence.sources])
    return found


def _reasons(
    sentence: Sentence,
    articles: Mapping[str, Article],
    counts: Collection[int],
    dates: Collection[date],
    own: Collection[str],
    language: str,
) -> list[Reason]:
    if len(sentence.text) > LONGEST:
        return reason("endless")
    named = [articles[i] for i in sentence.sources if i in articles]
    reasons = empty(sentence.text) + written(sentence.text, language, named)
    reasons += characters(sentence.text, language, named or articles.values())
    missing = [i for i in sentence.sources if i not in articles]
    reasons += [Reason("unknown_source", (i[:LONGEST_NAME],)) for i in missing]
    cited = [evidence(article) for article in named]
    if sentence.kind == "count":
        among = cited or [evidence(a) for a in articles.values()]
        bare = unnamed(without_own(sentence.text, own), named).text
        reasons += _counted(bare, counts, dates, cited)
        reasons += _words(sentence.text, among, own)
        return reasons or _roles(sentence.text, among, own)
    if not cited:
        return reasons if missing else [*reasons, Reason("no_source")]
    # How it is written hides nothing of what it says, nor one name another: one repair is to mend all.
    stated_wrong = _numbers(sentence.text, cited) + _words(sentence.text, cited, own)
    if stated_wrong:
        also = _hardly_named(sentence.text, cited) if sentence.kind == "fact" else []
        told = [part for r in stated_wrong for part in r.parts]
        return [*reasons, *stated_wrong, *(r for r in also if not any(t in p for t in told for p in r.parts))]
    return reasons + (_meaning(sentence.text, cited, own, sentence.kind) or copied(sentence.text, cited))


def _meaning(
    text: str, sources: Sequence[Evidence], own: Collection[str], kind: str = "fact"
) -> list[Reason]:
    """Reasons that lie in what the text says of what it names, though each name may stand in a source."""
    articles = [s.article for s in sources]
    bare = unnamed(text, articles)
    if off_topic := unsupported(text, sources, is_analysis=kind == "analysis"):
        return off_topic
    turned_round = [
        *map(bare.restored, contradictions(bare.text, sources)),
        *map(bare.restored, turned(bare.text, sources)),
        *flipped(text, sources),
    ]
    bound = unbound(text, sources, is_analysis=kind == "analysis")
    return [
        *turned_round,
        *_roles(text, sources, own),
        *misplaced(text, sources),
        *untold(text, sources),
        *(r for r in bound if not (turned_round and r.key == "opposite")),  # which is said already
        *([] if kind == "analysis" else [*_hardly_named(text, sources), *pieced(text, sources)]),
    ]


def _hardly_named(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for those of whom the sources seem not to speak, with a name or without."""
    bare = without_bylines(text, [s.article for s in sources])
    return hardly_named(bare, sources) or nameless(text, sources)


def _roles(text: str, sources: Sequence[Evidence], own: Collection[str]) -> list[Reason]:
    """Reasons that lie in who is said to do what to whom."""
    return apart(text, sources, own) or [*reversed_roles(text, sources), *unrelated(text, sources)]


def check_text(
    text: str, articles: Collection[Article], *, own: Collection[str] = (), language: str = "zh-TW",
    doubts: bool = True,
) -> list[str]:  # fmt: skip
    """The same for a text without sources of its own (a headline): each of its numbers, quotations and names
    must stand in one of `articles`, names of one clause in the same, and none may contradict it."""
    found = reasons_of_text(text, articles, own=own, language=language)
    return said(found if doubts else certain(found), language)


def reasons_of_text(
    text: str, articles: Collection[Article], *, own: Collection[str] = (), language: str = "zh-TW"
) -> list[Reason]:
    """The same, as reasons."""
    if len(text) > LONGEST:
        return reason("endless")
    sources = [evidence(a) for a in articles]
    stated_wrong = _numbers(text, sources) + _words(text, sources, own)
    if not stated_wrong and sources:
        stated_wrong = _meaning(text, sources, own)
    form = written(text, language, articles) + characters(text, language, articles)
    return empty(text, 1) + form + stated_wrong


def check_title(title: str, *, language: str = "zh-TW") -> list[str]:
    """The same for a title of a source that is to head its story: what it says is its publisher's, so only
    how it is written counts, and whether it speaks to the machine."""
    to_machine = reason("to_machine") if speaks_to_machine(title) else []
    # A bare host may be what the news is about (llama.cpp, character.ai).
    return said([*to_machine, *empty(title, 1), *written(title, language), *addresses(title)], language)


def check_tag(
    tag: str, articles: Collection[Article], *, own: Collection[str] = (), language: str = "zh-TW"
) -> list[str]:
    """The same for a tag: it names what stands in one of `articles`, or whom the run is about."""
    if fold(tag) in {fold(name) for name in own}:
        return []
    sources = [evidence(a) for a in articles]
    known = well_known(tag)
    stands = any(fold(tag) in s.folded or (known and known <= s.names) for s in sources)
    stands = stands or any(stands_in(tag, s.folded) or _is_concept_of(tag, s) for s in sources)
    return said(leaks(tag) or ([] if stands else reason("nowhere", tag)), language)


def _is_concept_of(tag: str, source: Evidence) -> bool:
    """Is it a concept, no name, that the source tells of in parts, or in another language?"""
    if well_known(tag) or latin_names(tag) or stated(tag):
        return False
    about = matters(fold(tag))
    told = not source.is_chinese and bool(about) and about <= matters(source.folded)
    return told or stands_in_parts(fold(tag), source.folded)


def _numbers(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    bare = unnamed(text, [s.article for s in sources]).text
    return [
        Reason("absent", (quantity.said,))
        for quantity in _once(stated(_OWN_POINTS.sub("", bare)))
        if not any(source.states(quantity) for source in sources) and not is_own(quantity, bare, sources)
    ]


def _once(found: Iterable[Quantity]) -> list[Quantity]:
    return list(dict.fromkeys(found))


def _counted(
    text: str, counts: Collection[int], dates: Collection[date], cited: Sequence[Evidence]
) -> list[Reason]:
    own = {date_of(d.year, d.month, d.day) for d in dates}.union(*(s.published for s in cited))
    return [
        Reason("not_counted", (quantity.said,))
        for quantity in _once(stated(text))
        if not (supported_by(quantity, own) if quantity.unit == DATE else quantity.value in counts)
    ]


def _words(text: str, sources: Sequence[Evidence], own: Collection[str]) -> list[Reason]:
    bare = unnamed(text, [s.article for s in sources])
    quoted = [bare.filled(q) for q in quotations(bare.text)]
    wrong = [
        q for q in quoted
        if not any(is_quoted(q, s) for s in sources) and not is_concept(q, text, sources)
    ]  # fmt: skip
    reasons = [Reason("misquoted", (q,)) for q in wrong] + links(text, sources)
    reasons += [*misattributed(text, sources), *lent(text, sources), *unsaid(text, sources)]
    return reasons + absent(text, sources, own) + smuggled(text, sources)
