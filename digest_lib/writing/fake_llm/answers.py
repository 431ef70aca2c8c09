"""A faithful answer to any request of the desk, from its schema and articles; then what is planted.

Simple instructions are followed (`instructions`): a prompt that asks for more, or for other fields, gets
them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from digest_lib.writing.fake_llm.instructions import wanted
from digest_lib.writing.fake_llm.lies import Said, false_headline, false_tag, lie
from digest_lib.writing.fake_llm.prompt import Put, Seen, articles, claims, headlines, told

#: Sentences of a story whose prompt does not say how many.
SENTENCES = 2

#: Notes what was planted: kind, text.
Note = Callable[[str, str], None]


def answer(schema: str, prompt: str, falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    """The answer to a request for `schema` (`StoryText`, `DayText`, `Sentence` or `Mending`, `Judgement`,
    another: a verdict on one sentence)."""
    seen = articles(prompt)
    if schema == "StoryText":
        return _story(prompt, seen, falsehoods, rng, note)
    if schema == "DayText":
        return _day(prompt, falsehoods, rng, note)
    if schema == "Sentence":
        return _repair(seen, falsehoods, rng, note)
    if schema == "Mending":
        return {"sentences": [_mended(c, seen, falsehoods, rng, note) for c in claims(prompt)]}
    if schema == "Judgement":
        return {"verdicts": [_judged(c, seen) for c in claims(prompt)]}
    return _verdict(schema, prompt, seen)


def _verdict(schema: str, prompt: str, seen: list[Seen]) -> dict[str, Any]:
    """A verdict of the lab's judge, on two texts or one; else on one sentence."""
    if schema == "Preference":
        return _preferred(prompt)
    if schema == "Held":
        return {"holds": True, "reason": "沒有看出違反的地方"}
    return {"supported": True, "quote": seen[0].title if seen else ""}


def _preferred(prompt: str) -> dict[str, Any]:
    """Of the texts between <a>…</a> and <b>…</b>, the one that says more."""
    a, b = (prompt.partition(f"<{t}>")[2].partition(f"</{t}>")[0] for t in "ab")
    better = "same" if len(a) == len(b) else "first" if len(a) > len(b) else "second"
    return {"better": better, "reason": "說得比較多"}


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


def _story(
    prompt: str, seen: list[Seen], falsehoods: Sequence[str], rng: Random, note: Note
) -> dict[str, Any]:
    headline = seen[0].title if seen else "今日新聞"
    faithful = [*map(_faithful, seen), *(_reported(s, text) for s in seen for text in s.sentences)]
    many = _many(prompt, "sentences", SENTENCES)
    sentences = [*(faithful[:many] if many > 1 else faithful[:1]), *_lies(seen, falsehoods, rng, note)]
    why = _weighed([_faithful(s) for s in seen])[: _many(prompt, "why_it_matters", 0)]
    return {
        "headline": _headline(headline, falsehoods, rng, note),
        "sentences": sentences,
        "why_it_matters": why,
    }


def _many(prompt: str, field: str, otherwise: int) -> int:
    """How many sentences of a field the prompt asks for; `otherwise` where it does not say."""
    asked = wanted(prompt, field)
    return otherwise if asked is None or asked < 0 else asked


def _reported(seen: Seen, text: str) -> Said:
    return {"text": f"報導寫道：「{_unquoted(text)}」。", "sources": [seen.ref], "kind": "fact"}


def _weighed(said: Sequence[Said]) -> list[Said]:
    """The same as an analysis."""
    return [{**one, "text": f"這一天的新聞裡，{one['text']}", "kind": "analysis"} for one in said]


def _day(prompt: str, falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    points: list[Said] = [{"text": text, "sources": refs, "kind": "fact"} for text, refs in told(prompt)]
    known = [Seen(ref, text, text) for text, refs in told(prompt) for ref in refs[:1]]
    planted = _lies(known, falsehoods, rng, note)
    tags = []
    if "tag" in falsehoods:
        tags = [false_tag(rng)]
        note("tag", tags[0])
    half = len(planted) // 2
    lies: list[Said] = [{**said, "kind": "analysis"} for said in planted[:half]]
    heads = headlines(prompt)

    def weighed(field: str) -> list[Said]:
        return _weighed(points)[: _many(prompt, field, 0)]

    return {
        "headline": _headline(heads[0] if heads else "今日新聞", falsehoods, rng, note),
        "summary": points[: _many(prompt, "summary", 2)],
        "trend": weighed("trend"),
        "key_points": [*points[: _many(prompt, "key_points", 3)], *planted[half:]],
        "tags": tags,
        "analysis": {
            "industry": [*weighed("industry"), *lies],
            "rivals": weighed("rivals"), "market": weighed("market"),
        },
        "outlook": {"developers": weighed("developers"), "users": weighed("users")},
    }  # fmt: skip


def _judged(claim: Put, seen: list[Seen]) -> dict[str, Any]:
    """A faithful verdict on one of several: a yes, with the title of the first article that it cites."""
    cited = _first(claim, seen)
    return {"sentence": claim.name, "supported": True, "quote": cited.title if cited else ""}


def _first(claim: Put, seen: list[Seen]) -> Seen | None:
    return next((s for s in seen if s.ref in claim.refs), seen[0] if seen else None)


def _mended(
    claim: Put, seen: list[Seen], falsehoods: Sequence[str], rng: Random, note: Note
) -> dict[str, Any]:
    """A repair of one of several; a headline becomes the title of its first article."""
    cited = _first(claim, seen)
    if claim.kind == "headline" and cited and "headline" not in falsehoods:
        return {"sentence": claim.name, "text": cited.title, "sources": [cited.ref]}
    said = _repair([cited] if cited else [], falsehoods, rng, note)
    return {"sentence": claim.name, "text": said["text"], "sources": said["sources"]}


def _repair(seen: list[Seen], falsehoods: Sequence[str], rng: Random, note: Note) -> dict[str, Any]:
    """An llm that lies goes on lying when it is asked to repair; a faithful one tells the title."""
    kinds = [kind for kind in falsehoods if kind not in {"headline", "tag"}]
    lies = _lies(seen, [rng.choice(kinds)], rng, note) if kinds else []
    if lies:
        return lies[0]
    return _faithful(seen[0]) if seen else {"text": "", "sources": [], "kind": "fact"}
