"""Two digests of a day, sentence by sentence: what is added, gone, reworded, supported or withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from digest_lib.checking.digest import Status, Verdict
from digest_lib.sections.facts import Facts
from digest_lib.text.differences import alike

What = Literal["same", "reworded", "added", "gone", "now supported", "now withheld"]

#: From so much alike on, two sentences are one that was reworded.
_ALIKE = 0.5
_STORY = re.compile(r"stories\[(.*)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence or headline of a place, before and after; `why`: why the check withholds it, or did."""

    place: str
    what: What
    before: str = ""
    after: str = ""
    why: tuple[str, ...] = ()


def diff(old: Facts, new: Facts) -> list[Change]:
    """Every text of both digests once, in the order of the new one; places are the new one's."""
    places = _same_story(old, new)
    before, after = _texts(old, places), _texts(new, {})
    gone, had = _withheld(old, places), _withheld(new, {})
    order = [*after, *(place for place in before if place not in after)]
    changes: list[Change] = []
    for place in order:
        texts = before.get(place, []), after.get(place, [])
        changes += _of_place(place, *texts, gone.get(place, []), had.get(place, []))
    return changes


def _same_story(old: Facts, new: Facts) -> dict[str, str]:
    """Old story id -> the new one that tells of the same: by its id, else by an article in common."""
    ids = {story.id for story in new.stories}
    found: dict[str, str] = {}
    for story in old.stories:
        others = (s for s in new.stories if s.id not in found.values())
        same = (s.id for s in others if set(s.articles) & set(story.articles))
        found[story.id] = story.id if story.id in ids else next(same, story.id)
    return found


def _place(place: str, stories: Mapping[str, str]) -> str:
    named = _STORY.fullmatch(place)
    return f"stories[{stories.get(named[1], named[1])}].{named[2]}" if named else place


def _texts(facts: Facts, stories: Mapping[str, str]) -> dict[str, list[str]]:
    """What stands, by place in reading order: headlines, sentences, tags. Counts are the run's own, and the
    same in both."""
    digest = facts.digest
    found: dict[str, list[str]] = {"headline": [digest.headline] if facts.stories else []}
    heads = {f"stories[{story.story}].sentences": story.headline for story in digest.stories}
    for place, sentences in digest.sentences():
        if place in heads:
            found[_place(place.replace(".sentences", ".headline"), stories)] = [heads[place]]
        found[_place(place, stories)] = [s.text for s in sentences if s.kind != "count"]
    found["tags"] = list(digest.tags)
    return {place: texts for place, texts in found.items() if texts}


def _withheld(facts: Facts, stories: Mapping[str, str]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for verdict in facts.verdicts:
        if verdict.status is Status.WITHHELD:
            found.setdefault(_place(verdict.place, stories), []).append(verdict)
    return found


def _of_place(
    place: str, before: Sequence[str], after: Sequence[str], gone: Sequence[Verdict], had: Sequence[Verdict]
) -> Iterator[Change]:
    """The changes of one place: `gone` was withheld before, `had` is withheld now."""
    left = [text for text in before if text not in after]
    pairs = _pairs(left, [text for text in after if text not in before])
    for text in after:
        if text in before:
            yield Change(place, "same", text, text)
        elif (old := pairs.pop(text, "")) in left:
            left.remove(old)
            yield Change(place, "reworded", old, text)
        elif (was := _like(text, gone)) is not None:
            yield Change(place, "now supported", was.text, text, tuple(was.reasons))
        else:
            yield Change(place, "added", "", text)
    for text in left:
        if (now := _like(text, had)) is not None:
            yield Change(place, "now withheld", text, now.text, tuple(now.reasons))
        else:
            yield Change(place, "gone", text)


def _pairs(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """New text -> the old one of which it is another wording, the most alike first, each once."""
    ranked = sorted(
        ((alike(a, b), a, b) for a in after for b in before), key=lambda one: (-one[0], one[1], one[2])
    )
    found: dict[str, str] = {}
    for much, a, b in ranked:
        if much >= _ALIKE and a not in found and b not in found.values():
            found[a] = b
    return found


def _like(text: str, verdicts: Sequence[Verdict]) -> Verdict | None:
    """The verdict on a text that is the same or much like it."""
    best = max(verdicts, key=lambda v: alike(text, v.text), default=None)
    return best if best is not None and alike(text, best.text) >= _ALIKE else None
