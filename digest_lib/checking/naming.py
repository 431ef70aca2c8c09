"""The names in a text: do they stand in its sources, and do those named together stand together there?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from digest_lib.checking.counting import is_own
from digest_lib.checking.english_names import names_in_lower_case, told_in_other_form
from digest_lib.checking.evidence import Evidence, plain
from digest_lib.checking.place_names import names_place
from digest_lib.checking.reasons import Reason, reason
from digest_lib.text.chinese_names import is_surname, is_transliterated, organisations, people, titles
from digest_lib.text.japanese_names import japanese_people
from digest_lib.text.names import (
    entries,
    glossary,
    known_spans,
    latin_names,
    stands_in,
    well_known,
    words_of_known,
)
from digest_lib.text.numbers import stated
from digest_lib.text.scripts import fold, language_of
from digest_lib.text.segmented_names import segmented_names, spoken_for, stem
from digest_lib.text.short_forms import holds_each, stands_in_parts, stands_otherwise
from digest_lib.text.sounds import spells_one
from digest_lib.text.tagged_names import tagged_names

#: The kinds of well-known names that must stand in a source; a place may be told by its people or capital.
_CHECKED_KINDS = frozenset({"company", "product", "person", "body"})
CHECKED_NAMES = frozenset(e.canonical for e in entries() if e.kind in _CHECKED_KINDS)
#: So many characters tell a part of a foreign name.
PART = 2
#: A Chinese name has three characters, with a surname of two four.
_LONGEST_CHINESE = 3
#: A shorter Latin name may be the end of another word.
_SHORTEST_LATIN = 3
#: What else may speak of who speaks for a country.
_SPEAKS_AS = {
    "政府": "政府|官方|当局|官员|行政|白宫|内阁|监管|[商财教交技业防安]部|业省|务省",
    "官方": "政府|官方|当局|官员", "当局": "政府|官方|当局|官员",
    "警方": "警", "警察": "警", "军方": "军", "军队": "军", "士兵": "兵|军", "检方": "检",
    "媒体": "媒体|报纸|[日早晚时]报|电视|通讯社|新闻[网社]|杂志|网站|周刊",
    "议会": "议会|国会|议员|参院|众院|议院", "国会": "议会|国会|议员|参院|众院|议院",
    "外交部": "外交|外长", "外长": "外长|外交部|国务卿",
    "防长": "防长|国防", "国防部": "国防|防长", "央行": "央行|中央银行|储",
}  # fmt: skip
#: What people who do something together are called: 駭客集團, 駭客組織.
_ANY_KIND = re.compile(r"(?:集团|组织|团体|团队|团伙|公司|业者|企业|厂商|单位|机构|部门)$")
#: What else tells of a name: the kernel of whom an English source speaks is Linux.
_TOLD_BY = {
    "Linux": re.compile(r"\bkernel (?:community|developers?|mailing|maintainers?)|\blinus torvalds|内核社区"),
    "Mac": re.compile(r"\bmacos\b|苹果电脑"),
    "iPhone": re.compile(r"苹果手机"),
}
_GLOSS = re.compile(r"[(（][a-z][a-z .,'-]{1,40}[)）]")
CLAUSE = re.compile(r"[，。；！？：,;!?:](?!\d)\s?|\n")
#: How a clause begins that goes on with the subject of the one before it.
_GOES_ON = re.compile(r"[以由用向把将为让使]|透过|通过|打造|推出|正是|促使|借此|其中|并以")
#: Words that set several things beside each other: what is named with them need not stand in one source.
_BESIDE = re.compile(
    r"相较|相比|比起|相对|不同于|有别于|反观|而(?![且非])|对比|同样|(?<!首)都(?![市柏])|皆|(?<!平)均(?![价值线衡匀势摊分])|分别|各自|同时|同一[天日周]|同日|当天|前者|后者|两[大条个家者]"
    r"|\b(?:compared|unlike|while|whereas|both|all|each|respectively|versus|vs)\b"
)


def absent(text: str, sources: Sequence[Evidence], own: Collection[str]) -> list[Reason]:
    """Reasons for the names of the text that stand in none of the sources: well-known ones in any script,
    Latin ones as they are written, Chinese ones by their form. `own` are those of whom the run is about."""
    known = (well_known(text) & CHECKED_NAMES).difference(*map(well_known, own))
    no_names = words_of_known(text) | {fold(name) for name in own}
    lacking = sorted(n for n in known if not any(_is_named(n, s) for s in sources))
    for name in [*latin_names(text), *names_in_lower_case(text)]:
        if fold(name) in no_names:
            continue
        whole = well_known(name)
        if any(_is_told(name, text, s) for s in sources) or whole & set(lacking):
            continue
        if not (whole and _is_spelling(name)):
            lacking.append(name)
    spelled = {entry.canonical: text[a:b] for a, b, entry in reversed(known_spans(text))}
    lacking = [spelled.get(name, name) for name in lacking]
    lacking += [name for name in _chinese_names(text, sources) if not is_known(name)]
    return [Reason("absent", (name,)) for name in lacking]


@lru_cache(maxsize=2048)
def _runs_on(name: str) -> re.Pattern[str]:
    """The name where a page's lines were joined without a space: «Red TeamCryptography»."""
    whole = len(name) >= _SHORTEST_LATIN and name[0].isupper() and not name.isupper()
    return re.compile(rf"(?<![A-Z]){re.escape(name)}(?![a-z])" if whole else r"(?!)")


def apart(text: str, sources: Sequence[Evidence], own: Collection[str]) -> list[Reason]:
    """The reason, where a clause names what no single source names together; else nothing.

    Each name may stand somewhere among the day's news, and what the clause says of them nowhere. A sentence
    that sets things beside each other (相較, 都, 分別) may take each from a source of its own.
    """
    if _BESIDE.search(fold(text)):
        return []
    before: set[int] | None = None
    for clause in CLAUSE.split(text):
        names = list(_told_apart(clause, own))
        numbers = [q for q in stated(clause) if not is_own(q, clause, sources)] if len(sources) > 1 else []
        having = {
            i for i, s in enumerate(sources)
            if all(_is_told(n, clause, s) for n in names) and all(s.states(q) for q in numbers)
        }  # fmt: skip
        if not having and (len(names) > 1 or (names and numbers)):
            return reason("apart", "、".join([*names, *(q.said for q in numbers)]))
        # a clause that goes on without a subject of its own speaks of what the one before it speaks of
        goes_on = _GOES_ON.match(fold(clause).lstrip()) and bool(names or numbers)
        if before and having and goes_on and not before & having:
            return reason("apart", "、".join([*names, *(q.said for q in numbers)]))
        before = having if names or numbers else before
    return []


def _told_apart(clause: str, own: Collection[str]) -> Iterator[str]:
    """The names of a clause: canonical ones, and Latin ones that the glossary does not know, or knows without
    the version that they have here."""
    known = well_known(clause) & CHECKED_NAMES
    yield from sorted(known.difference(*map(well_known, own)))
    no_names = words_of_known(clause) | {fold(name) for name in own}
    yield from (
        n for n in latin_names(clause) if fold(n) not in no_names and (n[-1].isdigit() or not well_known(n))
    )


def _chinese_names(text: str, sources: Sequence[Evidence]) -> list[str]:
    """People and organisations that no glossary holds. A source in another script spells them otherwise."""
    if not all(s.is_chinese for s in sources):
        # No foreign source says with which characters a Chinese name is written.
        told = [n for n in unknown(people(text), sources) if not is_transliterated(n)]
        return _with_japanese(told, text, sources)
    found = unknown([*people(text), *people_told(text)], sources)
    found += [t for t in titles(text) if not any(_title_in(plain(t), s) for s in sources)]
    found += [n for n in organisations(text) if not any(fold(n) in s.folded for s in sources)]
    return _with_japanese([*found, *_segmented(text, sources)], text, sources)


def _with_japanese(names: Sequence[str], text: str, sources: Sequence[Evidence]) -> list[str]:
    """The names, each once, and the Japanese people of the text whose surname no source has; nobody twice, by
    a part of his name."""
    lacking = [
        one.name for one in japanese_people(text)
        if not any(one.stands_in(source.whole, source.folded) for source in sources)
    ]  # fmt: skip
    others = (n for n in names if not any(n in one or one in n for one in lacking))
    return list(dict.fromkeys([*others, *lacking]))


def unknown(named: Iterable[str], sources: Sequence[Evidence]) -> list[str]:
    """Those of the people whom no source names, nor spells in Latin letters."""
    return [n for n in named if not any(_person_in(n, s) or spells_one(n, s.whole) for s in sources)]


def people_told(text: str) -> list[str]:
    """The people whom the tagger tells, beside those that the glossary does. Of two characters, a word that
    it does not know may be taken for one: 季增."""
    known = [text[a:b] for a, b, _ in known_spans(text)]
    named = (name for kind, name in tagged_names(text) if kind == "person")
    named = (name for name in named if len(name) >= _LONGEST_CHINESE or is_surname(name[0]))
    return [name for name in named if not any(name in one for one in known)]


def _title_in(title: str, source: Evidence) -> bool:
    """Is it a work that the source names, or its publisher, which may be written as one: 《財訊》報導?"""
    return title in source.quotable or title in plain(source.article.publisher)


def _segmented(text: str, sources: Sequence[Evidence]) -> list[str]:
    """Names that only a segmenter tells. Foreign ones are spelled otherwise across the strait."""
    across = is_across(text, sources)
    return [
        name
        for kind, name in segmented_names(text)
        if not any(segment_in(kind, name, s) for s in sources)
        and not (across and is_transliterated(name))
        and not (kind in {"person", "place"} and any(spells_one(name, s.whole) for s in sources))
    ]


def is_across(text: str, sources: Sequence[Evidence]) -> bool:
    """Is one of the sources from the other side of the strait?"""
    return {s.article.lang for s in sources} != {"zh-Hans" if language_of(text) == "zh-Hans" else "zh-Hant"}


def segment_in(kind: str, name: str, source: Evidence) -> bool:
    """Does the source name it, a place with what it is or without, a foreign person by one part?"""
    folded = fold(name)
    if kind == "place":
        return fold(stem(name)) in source.folded or names_place(name, source)
    if kind == "phrase":
        return phrase_in(folded, source)
    if kind == "organisation":
        kind_of = _ANY_KIND.search(folded)
        called = folded[: kind_of.start()] if kind_of else ""
        if len(called) >= PART and _called(called).search(source.folded):
            return True
        return folded in source.folded or any(_in_other_words(folded, t) for t in tellings(source))
    if kind == "speaker":
        place, speaks = spoken_for(folded)
        return segment_in("place", place, source) and bool(_spoken_of(speaks).search(source.folded))
    # What follows a foreign name may sound like more of it, and a segmenter may cut a name short.
    pieces = [piece for part in re.split("[·•‧・]", folded) for piece in (part[:PART], part[-PART:])]
    return any(piece in source.folded for piece in pieces)


def phrase_in(folded: str, source: Evidence) -> bool:
    """Has the source something of each part of the folded phrase, or a longer or a shorter form of it?"""
    return any(holds_each(folded, t) or stands_otherwise(folded, t) for t in tellings(source))


@lru_cache(maxsize=2048)
def _called(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}{_ANY_KIND.pattern.rstrip('$')}")


@cache
def _spoken_of(speaks: str) -> re.Pattern[str]:
    return re.compile(_SPEAKS_AS.get(speaks, speaks))


def tellings(source: Evidence) -> Iterator[str]:
    """The source's words, those in which Taiwan says them, and without what explains a name in its midst."""
    yield source.folded
    yield source.quotable
    if (bare := _without_glosses(source.folded)) != source.folded:
        yield bare


@lru_cache(maxsize=256)
def _without_glosses(folded: str) -> str:
    """Without Latin names in brackets: 波美拉尼亚(Pomerania)省 names 波美拉尼亚省."""
    return _GLOSS.sub("", folded)


def _in_other_words(folded: str, told: str) -> bool:
    return stands_in_parts(folded, told) or stands_otherwise(folded, told)


def _person_in(name: str, source: Evidence) -> bool:
    """The whole name, or the last part of a foreign one; of a long one without parts, perhaps cut wrongly
    (翠克慶生), what it begins or ends with."""
    if len(name) > _LONGEST_CHINESE and name.isalpha():
        return segment_in("person", name, source)
    parts = [fold(p) for p in re.split("[·•‧・]", name)]
    return parts[-1] in source.folded or fold(name) in source.folded


def _is_named(canonical: str, source: Evidence) -> bool:
    """Does the source name it, in any spelling, or what else tells of it? As a file or a setting spells
    it, too: oracle, mysql."""
    named = canonical in source.names or stands_in(canonical, source.folded)
    told = _TOLD_BY.get(canonical)
    return named or bool((told and told.search(source.folded)) or _runs_on(canonical).search(source.whole))


def _is_told(name: str, text: str, source: Evidence) -> bool:
    """The same, or in another of its English forms, as the text has it."""
    return _is_named(name, source) or (not source.is_chinese and told_in_other_form(name, text, source))


def is_known(name: str) -> bool:
    """Is it, or does it hold, a name that the glossary checks? 北京 in 北京市政府 is a place alone."""
    return fold(name) in glossary() or bool(well_known(name) & CHECKED_NAMES)


def _is_spelling(name: str) -> bool:
    """A name that the glossary knows whole stands in a source in another spelling (NVIDIA as 輝達)."""
    return fold(name) in glossary()
