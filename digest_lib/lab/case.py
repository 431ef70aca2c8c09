"""What a scorer looks at: a run's digest as it was written and as it stands, and what readers had before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from digest_lib.checking.digest import Digest, Status, Verdict
from digest_lib.sections.facts import Facts

Kind = Literal["fact", "analysis", "headline"]


@dataclass(frozen=True, slots=True)
class Line:
    """A text that an llm wrote, with what the check made of it. `text` is as it stands, where it does."""

    place: str
    kind: Kind
    written: str
    text: str
    status: Status
    #: keys of `reasons.toml`; a reason that is none of them as it is said
    reasons: tuple[str, ...] = ()
    #: the reasons as they are said
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A run for scorers. `before` are the sentences of the family's digest of the day before."""

    facts: Facts
    draft: Digest
    before: Sequence[str] = ()

    @cached_property
    def lines(self) -> list[Line]:
        """Every headline and sentence that was written, in the order of the digest; counts are computed, and
        tags are no sentences."""
        return list(_lines(self.facts, self.draft))

    def after(self, before: Sequence[str]) -> Case:
        """The same run behind another digest; what was worked out of it alone stays known."""
        case = Case(self.facts, self.draft, before)
        vars(case).update({name: vars(self)[name] for name in ("lines", "published") if name in vars(self)})
        return case

    @cached_property
    def published(self) -> list[str]:
        """The texts of the sentences that stand."""
        return texts_of(self.facts.digest)


def texts_of(digest: Digest) -> list[str]:
    """The sentences of a digest; counts are computed."""
    return [s.text for _, some in digest.sentences() for s in some if s.kind != "count"]


def _lines(facts: Facts, draft: Digest) -> Iterator[Line]:
    known: dict[tuple[str, str], Verdict] = {}
    for verdict in facts.verdicts:
        known.setdefault((verdict.place, verdict.before or verdict.text), verdict)
    # On a day without news nobody wrote the headline.
    heads = [("headline", draft.headline)] if draft.stories else []
    heads += [(f"stories[{story.story}].headline", story.headline) for story in draft.stories]
    for place, text in heads:
        if text.strip():
            yield _line(place, "headline", text, known.get((place, text)), facts.language)
    for place, sentences in draft.sentences():
        for sentence in sentences:
            if sentence.kind != "count" and sentence.text.strip():
                said = known.get((place, sentence.text))
                yield _line(place, sentence.kind, sentence.text, said, facts.language)


def _line(place: str, kind: Kind, text: str, verdict: Verdict | None, language: str) -> Line:
    """A text without a verdict is one of which nothing bad was found: a headline that stands."""
    if verdict is None:
        return Line(place, kind, text, text, Status.SUPPORTED)
    reasons = tuple(reason_key(reason, language) for reason in verdict.reasons)
    stands = "" if verdict.status is Status.WITHHELD else verdict.text
    return Line(place, kind, text, stands, verdict.status, reasons, tuple(verdict.reasons))


def reason_key(said: str, language: str) -> str:
    """Which reason of `reasons.toml` it is that is said so; what is none of them stays as it is said."""
    for key, pattern in _patterns(language).items():
        if pattern.fullmatch(said):
            return key
    return said


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """The reasons with the longest words of their own first: «{}» alone would be any of them."""
    from digest_lib.checking.reasons import table  # slow to import, and not wanted before there are texts

    words = {key: told.get(language, told["zh-TW"]) for key, told in table().items()}
    ranked = sorted(words.items(), key=lambda item: -len(item[1].replace("{}", "")))
    return {key: re.compile(".*".join(map(re.escape, said.split("{}"))), re.DOTALL) for key, said in ranked}
