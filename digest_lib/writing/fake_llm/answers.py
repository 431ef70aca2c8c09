"""A faithful answer to any request of the desk, from its schema and articles; then what is planted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from digest_lib.writing.fake_llm.lies import Said, false_headline, false_tag, lie
from digest_lib.writing.fake_llm.prompt import Seen, articles, headlines, told

#: Notes what was planted: kind, text.
Note = Callable[[str, str], None]


def answer(schema: str, prompt: str, falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    """The answer to a request for `schema` (`StoryText`, `DayText`, `Sentence`, another: a bare verdict)."""
    seen = articles(prompt)
    if schema == "StoryText":
        return _story(seen, falsehoods, rng, note)
    if schema == "DayText":
        return _day(prompt, falsehoods, rng, note)
    if schema == "Sentence":
        return _repair(seen, falsehoods, rng, note)
    return {"supported": True, "reason": ""}


def _faithful(seen: Seen) -> Said:
    return {"text": f"有報導以「{_unquoted(seen.title)}」為題。", "sources": [seen.ref], "kind": "fact"}


def _unquoted(text: str) -> str:
    return text.replace("「", "『").replace("」", "』")


def _lies(seen: list[Seen], falsehoods: Sequence[str], rng: Random, note: Note) -> list[Said]:
    found = []
    for kind in falsehoods:
        said = lie(kind, seen, rng) if seen and kind not in {"headline", "tag"} else None
        if said is not None:
            note(kind, said["text"])
            found.append(said)
    return found


def _headline(text: str, falsehoods: Sequence[str], rng: Random, note: Note) -> str:
    if "headline" not in falsehoods:
        return text
    false = false_headline(text, rng)
    note("headline", false)
    return false


def _story(seen: list[Seen], falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    headline = seen[0].title if seen else "今日新聞"
    sentences = [*(_faithful(s) for s in seen[:2]), *_lies(seen, falsehoods, rng, note)]
    return {
        "headline": _headline(headline, falsehoods, rng, note),
        "sentences": sentences,
        "why_it_matters": [],
    }


def _day(prompt: str, falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    points = [{"text": text, "sources": refs, "kind": "fact"} for text, refs in told(prompt)][:3]
    known = [Seen(ref, text, text) for text, refs in told(prompt) for ref in refs[:1]]
    planted = _lies(known, falsehoods, rng, note)
    tags = []
    if "tag" in falsehoods:
        tags = [false_tag(rng)]
        note("tag", tags[0])
    half = len(planted) // 2
    analysis = [{**said, "kind": "analysis"} for said in planted[:half]]
    heads = headlines(prompt)
    return {
        "headline": _headline(heads[0] if heads else "今日新聞", falsehoods, rng, note),
        "summary": points[:2], "trend": [], "key_points": [*points, *planted[half:]], "tags": tags,
        "analysis": {"industry": analysis, "rivals": [], "market": []},
        "outlook": {"developers": [], "users": []},
    }  # fmt: skip


def _repair(seen: list[Seen], falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    """An llm that lies goes on lying when it is asked to repair; a faithful one tells the title."""
    kinds = [kind for kind in falsehoods if kind not in {"headline", "tag"}]
    lies = _lies(seen, [rng.choice(kinds)], rng, note) if kinds else []
    if lies:
        return lies[0]
    return _faithful(seen[0]) if seen else {"text": "", "sources": [], "kind": "fact"}
