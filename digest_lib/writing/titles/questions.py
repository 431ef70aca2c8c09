"""How and why it is done, what it is, whether it is so."""

from __future__ import annotations

from collections.abc import Iterator

from digest_lib.writing.titles.clauses import number_of, subjects
from digest_lib.writing.titles.lexicon import table
from digest_lib.writing.titles.reading import Part, Reading, rule

_HOW = frozenset({"how"})
#: Verbs whose object is the question: what we learned.
_ASKED = table("asked")
_WHETHER = table("whether")
#: How surely it is done stands before how: 應如何, 可能如何.
_BEFORE = ("應", "必須", "可能", "可以", "現可", "不應")


@rule("how")
def _how(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """An indirect question."""
    for en, zh in (("how to", "如何"), ("how not to", "如何避免")):
        for end in reading.any_of(at, en):
            for vp in reading.parts("vp", end, "base"):
                yield Part(vp.end, zh + vp.zh, _HOW | {"howto"}, None, vp.score)
    for en, zh in (("how", "如何"), ("why", "為何"), ("when", "何時")):
        for end in reading.any_of(at, en):
            yield from _done_how(reading, end, zh)
            yield from _asked_how(reading, end, zh)
    for end in reading.any_of(at, "what is", "what are"):
        for what in reading.parts("np", end):
            yield Part(what.end, f"什麼是 {what.zh}", _HOW, None, what.score)
    yield from _what(reading, at)
    for end in reading.any_of(at, "who"):
        for rest in reading.parts("predicate", end, "sg"):
            if not rest.has("is", "passive"):
                yield Part(rest.end, f"誰{rest.zh}", _HOW, None, rest.score)


def _done_how(reading: Reading, at: int, zh: str) -> Iterator[Part]:
    """How somebody does it."""
    for subject, score in subjects(reading, at):
        for rest in reading.parts("predicate", subject.end, number_of(subject)):
            if zh == "為何" or not rest.has("is", "passive"):
                said = _asked(zh, rest.zh)
                yield Part(rest.end, f"{subject.zh} {said}", _HOW, None, score + rest.score)


def _asked(zh: str, done: str) -> str:
    done = done.removeprefix("正在")
    before = next((b for b in _BEFORE if zh != "為何" and done.startswith(b)), "")
    return f"{before}{zh}{done.removeprefix(before)}"


def _asked_how(reading: Reading, at: int, zh: str) -> Iterator[Part]:
    """How does, can, should somebody do it?"""
    for en, before in (
        ("does", ""),
        ("do", ""),
        ("did", ""),
        ("can", "可以"),
        ("should", "應"),
        ("will", "將"),
    ):
        for end in reading.any_of(at, en):
            for subject, score in subjects(reading, end):
                for vp in reading.parts("vp", subject.end, "base"):
                    yield Part(vp.end, f"{subject.zh} {before}{zh}{vp.zh}", _HOW, None, score + vp.score)


def _what(reading: Reading, at: int) -> Iterator[Part]:
    """What we learned: the object is the question; what it means for somebody."""
    for end in reading.any_of(at, "what"):
        for subject, score in subjects(reading, end):
            for en, zh in _ASKED.items():
                for stop in reading.any_of(subject.end, en):
                    yield Part(stop, f"{subject.zh} {zh}", _HOW, None, score)
            for stop in reading.any_of(subject.end, "means for", "mean for"):
                for whom in reading.parts("np", stop):
                    said = f"{subject.zh} 對 {whom.zh} 的意義"
                    yield Part(whom.end, said, _HOW, None, score + whom.score)


@rule("whether")
def _whether(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A question that can be answered with yes or no."""
    for be in reading.any_of(at, "is", "are"):
        for subject in reading.parts("np", be):
            if not subject.has("deed"):
                yield from _is_it(reading, subject)
    for en, zh in _WHETHER.items():
        for end in reading.any_of(at, en):
            for subject, score in subjects(reading, end):
                for vp in reading.parts("vp", subject.end, "base"):
                    yield Part(vp.end, f"{subject.zh} {zh}{vp.zh}", _HOW, None, score + vp.score)


def _is_it(reading: Reading, subject: Part) -> Iterator[Part]:
    """Is it something, somehow, doing something?"""
    for what in reading.parts("np", subject.end):
        if not what.has("deed"):
            score = subject.score + what.score - 0.5
            yield Part(what.end, f"{subject.zh} 是否為 {what.zh}", _HOW, None, score)
    for vp in reading.parts("vp", subject.end, "ing"):
        who = vp.entry.uses.get("who") if vp.entry else None
        if not who or subject.has(*who.split("|")):
            yield Part(vp.end, f"{subject.zh} 是否正在{vp.zh}", _HOW, None, subject.score + vp.score)
    for stop, form in reading.entries(subject.end, "a"):
        if "is" not in form.entry.uses:
            said = form.entry.zh.removesuffix("的")
            yield Part(stop, f"{subject.zh} 是否{said}", _HOW, None, subject.score)
