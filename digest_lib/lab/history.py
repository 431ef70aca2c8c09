"""A score over the versions of the prompts, as the published posts have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest_lib.checking.digest import Digest, Sentence, Status
from digest_lib.errors import UserError
from digest_lib.lab.case import Case
from digest_lib.lab.compare import daily, interval
from digest_lib.lab.rated import RATED, rated_runs
from digest_lib.lab.scorers import SCORERS, scores_of
from digest_lib.publishing.post import facts_on_disk
from digest_lib.sections.facts import Facts
from digest_lib.settings import Home

if TYPE_CHECKING:
    import pandas as pd


def draft_of(facts: Facts) -> Digest:
    """The draft of a post, from what its verdicts tell: what was repaired as it was, what was withheld in its
    place again. Headlines that were replaced stay replaced."""
    draft = facts.digest.model_copy(deep=True)
    was = {(v.place, v.text): v.before for v in facts.verdicts if v.status is Status.REPAIRED and v.before}
    gone = [v for v in facts.verdicts if v.status is Status.WITHHELD]
    for place, sentences in draft.sentences():
        for sentence in sentences:
            sentence.text = was.get((place, sentence.text), sentence.text)
        kind = "fact" if place in {"summary", "key_points"} or place.endswith(".sentences") else "analysis"
        sentences += [Sentence(text=v.text, kind=kind) for v in gone if v.place == place]  # type: ignore[arg-type]
    return draft


def _posted(home: Home, scorer: str) -> Iterator[tuple[Facts, float]]:
    """The published posts that have the score."""
    name = scorer.split(":", 1)[0]
    if name not in SCORERS:
        raise UserError(f"no scorer «{scorer}»; there are: {', '.join([*SCORERS, RATED])}")
    for folder in sorted(home.posts.glob("????-??-??-*")):
        facts = facts_on_disk(folder)
        if facts is None or facts.retracted:
            continue
        score = scores_of(Case(facts, draft_of(facts)), [name]).get(scorer)
        if score is not None:
            yield facts, score


def _rated(home: Home) -> Iterator[tuple[Facts, float]]:
    """The rated runs of the home's experiments, by day: versions stand in the order of their first use."""
    found = [(result.facts, score) for result, score in rated_runs(home.experiments)]
    yield from sorted(found, key=lambda one: (one[0].date, one[0].family))


def history(home: Home, scorer: str, families: Sequence[str] = ()) -> pd.DataFrame:
    """A row a version of the prompts (and the llm), in the order in which they were first used: from when to
    when, how many posts, the mean of the score and its interval over days. Of `rated`, which people give
    to an experiment's runs, these runs are what is counted. Raises `UserError`."""
    import pandas as pd

    versions: dict[tuple[str, str, str], dict[tuple[str, str, int], float]] = {}
    for facts, score in _rated(home) if scorer == RATED else _posted(home, scorer):
        if not families or facts.family in families:
            key = (facts.writer.llm, facts.prompts.get("story", ""), facts.prompts.get("day", ""))
            some = versions.setdefault(key, {})
            some[str(facts.date), facts.family, len(some)] = score
    rows = []
    for (llm, story, day), some in versions.items():
        days = sorted({date for date, _, _ in some})
        found = interval(daily(some))
        rows.append(
            (llm, story[:8], day[:8], days[0], days[-1], len(some), found.mean, found.low, found.high)
        )
    columns = ["llm", "story_prompt", "day_prompt", "first", "last", "posts", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
