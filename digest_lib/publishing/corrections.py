"""What changed between a published post and the same one made again."""

from __future__ import annotations

from collections.abc import Sequence

from digest_lib.sections.facts import Correction, Facts
from digest_lib.sections.words import Words


def changes_between(old: Facts | None, new: Facts) -> list[str]:
    """What a reader should be told, in the post's language; `old` is None where it cannot be read."""
    words = Words(new.language)
    if old is None:
        return [words("unreadable_before")]
    before = {story.id: story.headline for story in old.stories}
    after = {story.id: story.headline for story in new.stories}
    again = _told_again(old, new)
    come = [s for s in after if s not in before and s not in again.values()]
    gone = [s for s in before if s not in after and s not in again]
    changes = [words("story_added", headline=after[s]) for s in come]
    changes += [words("story_removed", headline=before[s]) for s in gone]
    kept = before.keys() & after.keys()
    changed = _changed(_texts(old, kept), _texts(new, kept))
    if changed:
        changes.append(words("sentences_changed", n=changed))
    if old.digest.headline != new.digest.headline:
        changes.append(words("headline_changed", headline=new.digest.headline))
    return changes or [words("other_change")]


def with_entry(before: Sequence[Correction], entry: Correction, language: str) -> list[Correction]:
    """The corrections with one more. That nothing changed in what a post tells is said once a day: a reader
    learns nothing from it again."""
    says_nothing = entry.changes == [Words(language)("other_change")]
    return [*before] if says_nothing and entry in before[-1:] else [*before, entry]


def _told_again(old: Facts, new: Facts) -> dict[str, str]:
    """The stories of the old post that the new one tells under another id, since another of their articles
    leads: old id -> new id."""
    known = {story.id for story in new.stories}
    others = [story for story in new.stories if story.id not in {s.id for s in old.stories}]
    found: dict[str, str] = {}
    for story in old.stories:
        same = (s.id for s in others if s.id not in found.values() and set(s.articles) & set(story.articles))
        if story.id not in known and (name := next(same, "")):
            found[story.id] = name
    return found


def _texts(facts: Facts, stories: set[str]) -> dict[str, list[str]]:
    """The sentences by place; those of stories that only one of the posts has are told of as stories."""
    places = {place: [s.text for s in sentences] for place, sentences in facts.digest.sentences()}
    others = [s.story for s in facts.digest.stories if s.story not in stories]
    return {
        place: texts
        for place, texts in places.items()
        if not any(place.startswith(f"stories[{story}]") for story in others)
    }


def _changed(old: dict[str, list[str]], new: dict[str, list[str]]) -> int:
    """How many sentences are new, changed or gone."""
    total = 0
    for place in old.keys() | new.keys():
        before, after = old.get(place, []), new.get(place, [])
        gone = sum(text not in after for text in before)
        come = sum(text not in before for text in after)
        total += max(gone, come)
    return total
