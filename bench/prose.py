"""The check on whole answers: good texts withheld, by section, and false ones caught, by kind.

The texts are those of `bench/answers/` (`README.md` there); what is right beside a false one must stand, too.
No llm is asked; what one would change is told last. Publishers have the names that `feeds.opml` gives them.
Run by `python bench/checking.py --only answers`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import answer_data
from answer_data import Answer, Falsehood

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_tag, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.checking.doubt import doubtful

FEEDS = Path(__file__).resolve().parents[1] / "feeds.opml"
#: The sections, as a reader sees them: the parts of the analysis and of the outlook in one.
SECTIONS = ("headline", "summary", "trend", "stories.headline", "stories.sentences", "stories.why_it_matters",
            "analysis", "key_points", "outlook", "tags")  # fmt: skip
NAMES = {"claude": "Claude", "gemini": "Gemini", "gpt": "GPT", "grok": "Grok", "mistral": "Mistral",
         "qwen": "Qwen"}  # fmt: skip

PARTS: tuple[answer_data.Split, ...] = ("dev", "heldout", "blind", "kinds-dev", "kinds-heldout")
#: Said by nobody of somebody without a name, added to facts; where a source speaks of others, it may stand.
OTHERS = ("另一家公司也已跟進", "競爭對手也推出了類似的功能", "其他業者也調降了價格", "多家新創公司已改用它")
#: A text of an answer, and why it is withheld.
Judged = tuple[Answer, str, list[str]]


def named(articles: Sequence[Article]) -> dict[str, Article]:
    """The articles by id, with their publishers' names."""
    feeds = ET.parse(FEEDS).getroot().iter("outline")
    names = {_host(o.get("htmlUrl", "")): o.get("text", "").split(" | ")[0] for o in feeds}
    return {a.id: replace(a, publisher=names.get(_host(a.url)) or _host(a.url)) for a in articles}


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


def reasons(answer: Answer, text: str, by_id: Mapping[str, Article], *, doubts: bool = True) -> list[str]:
    """What the check says of a text in the place of this one."""
    cited, own = [by_id[i] for i in answer.sources], (NAMES[answer.family],)
    if answer.kind == "headline":
        return check_text(text, cited, own=own, doubts=doubts)
    if answer.kind == "tag":
        return check_tag(text, cited, own=own)
    kind: Literal["fact", "analysis"] = "analysis" if answer.kind == "analysis" else "fact"
    sentence = Sentence(text=text, sources=list(answer.sources), kind=kind)
    return check_sentence(sentence, by_id, own=own, doubts=doubts)


def section(answer: Answer) -> str:
    """The section of a text."""
    return next(s for s in sorted(SECTIONS, key=len, reverse=True) if answer.section.startswith(s))


def measure(articles: Sequence[Article], *, show: str = "") -> None:
    """Prints the shares of `dev` and of `heldout`; `show`: a date of `dev`, or `dev`, judged wrongly."""
    by_id = named(articles)
    for part in PARTS:
        good, false = answer_data.good(part), answer_data.false(part)
        stands = [(a, a.text, reasons(a, a.text, by_id)) for a in good]
        twins = [(a, a.true, reasons(a, a.true, by_id)) for a in false if a.true]
        falls = [(a, a.text, reasons(a, a.text, by_id)) for a in false]
        print(f"answers of recorded days, {part}: good ones withheld, by section (aim at most 5%)")
        for name in SECTIONS:
            _row(name, [bool(why) for a, _, why in stands if section(a) == name])
        _row("all", [bool(why) for _, _, why in stands])
        _row("what is right beside a false one", [bool(why) for _, _, why in twins])
        print(f"answers of recorded days, {part}: false ones caught, by kind (aim 70% of all)")
        for kind in dict.fromkeys([*answer_data.FALSE_KINDS, *answer_data.NEAR_KINDS]):
            _row(
                kind, [bool(why) for a, (_, _, why) in zip(false, falls, strict=True) if a.false_kind == kind]
            )
        _row("all", [bool(why) for _, _, why in falls])
        facts = [a for a in good if a.kind == "fact"]
        others = [f"{a.text.rstrip('。')}，{OTHERS[n % len(OTHERS)]}。" for n, a in enumerate(facts)]
        _row(
            "good facts with somebody else added",
            [bool(reasons(*of, by_id)) for of in zip(facts, others, strict=True)],
        )
        _with_llm(part, [a for a in good if a.kind != "tag"], false, by_id)
        if part == "dev" and show:
            _show([*stands, *twins], falls, by_id, "" if show == "dev" else show)


def _with_llm(
    part: str, good: Sequence[Answer], false: Sequence[Falsehood], by_id: Mapping[str, Article]
) -> None:
    """The same where an honest llm is asked (`answer_data.doubted`) about what carries weight, and about what
    a rule only doubts: what falls then, before any repair."""
    print(f"answers of recorded days, {part}: with an llm that is asked")
    for what, among in (
        ("good ones withheld (aim at most 5%)", good),
        ("false ones caught (aim 95%)", false),
    ):
        certain = [bool(reasons(a, a.text, by_id, doubts=False)) for a in among]
        asked = [not sure and _is_asked_about(a, by_id) for a, sure in zip(among, certain, strict=True)]
        fallen = [
            sure or (ask and answer_data.doubted(a))
            for a, sure, ask in zip(among, certain, asked, strict=True)
        ]
        _row(what, fallen)
        _row("  by rules that need no llm", certain)
        _row("  asked about", asked)


def _is_asked_about(answer: Answer, by_id: Mapping[str, Article]) -> bool:
    if answer.kind in {"headline", "analysis"} or answer.story is None or reasons(answer, answer.text, by_id):
        return True
    return doubtful(Sentence(text=answer.text, sources=list(answer.sources)), by_id)


def _row(what: str, hits: Sequence[bool]) -> None:
    if hits:
        print(f"  {what:<36} {sum(hits):4} of {len(hits):4}  {100 * sum(hits) / len(hits):5.1f}%")


def _show(good: Sequence[Judged], false: Sequence[Judged], by_id: Mapping[str, Article], day: str) -> None:
    for answer, text, why in good:
        if why and day in answer.date:
            print("   WITHHELD", answer.section, text, why)
    for answer, text, why in false:
        if not why and day in answer.date and isinstance(answer, Falsehood):
            told = [f"{by_id[i].title} / {by_id[i].summary}" for i in answer.sources]
            print("   MISSED", answer.false_kind, text, told)
