"""An llm's judgement by a rubric that stands in the YAML: of one text, or of two of which it knows no names.

Of two, it is asked twice, each of them first once: what it prefers only for its place counts half. Answers
are kept in the experiment's folder, so that the same digests are judged once, and offline from then on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from digest_lib.errors import BadInput, LlmError
from digest_lib.lab.assertion import Assertion
from digest_lib.lab.checks import Check, texts
from digest_lib.lab.experiment import Experiment, Judge
from digest_lib.lab.keep import Result
from digest_lib.settings import environment_of
from digest_lib.writing.llm import Llm
from digest_lib.writing.prompts import fill

Answer = TypeVar("Answer", bound=BaseModel)

#: One judgement costs far less; a prompt that grew by mistake is stopped.
_MOST_USD = 1.0


class Held(BaseModel):
    """Does a text hold to the rubric?"""

    model_config = ConfigDict(extra="forbid", title="Held")

    holds: bool
    reason: str


class Preference(BaseModel):
    """Which of two is better by the rubric?"""

    model_config = ConfigDict(extra="forbid", title="Preference")

    #: the first is what an answer counts as that says none of them
    better: Literal["same", "first", "second"]
    reason: str


@dataclass(frozen=True)
class Judging:
    """Asks an experiment's judge. `at`: where its servers are."""

    experiment: Experiment
    at: Mapping[str, str]

    def check(self, assertion: Assertion) -> Check:
        """The check of an `llm-rubric`."""

        def held(text: str) -> float:
            answer = self._ask(
                fill(str(assertion.value), {"text": text}), Held, assertion.llm, assertion.server
            )
            return float(answer.holds)

        return held

    def preferred(self, judge: Judge, results: Sequence[Result]) -> dict[str, float]:
        """By result: how far the judge prefers it to the first variant's of the same family, day and seed,
        from 0 to 1. The first one's is a half."""
        first = self.experiment.variants[0].name
        base = {(r.family, r.date, r.seed): r for r in results if r.variant == first}
        found = {r.name: 0.5 for r in base.values()}
        for result in results:
            other = base.get((result.family, result.date, result.seed))
            if other is not None and result.variant != first:
                found[result.name] = self._better(judge, _text(result), _text(other))
        return found

    def _better(self, judge: Judge, mine: str, other: str) -> float:
        if mine == other:
            return 0.5
        votes = []
        for a, b, own in ((mine, other, "first"), (other, mine, "second")):
            answer = self._ask(fill(judge.rubric, {"a": a, "b": b}), Preference, judge.llm, judge.server)
            votes.append(0.5 if answer.better == "same" else float(answer.better == own))
        return sum(votes) / len(votes)

    def _ask(self, prompt: str, schema: type[Answer], llm: str, server: str) -> Answer:
        folder = self.experiment.folder / "answers" / f"judge-{server or 'default'}"
        key = self.experiment.servers[server].key if server else ""
        with environment_of(_server(self.at.get(server, ""), key)):
            try:
                return Llm(llm, folder, _MOST_USD, 300.0).ask(prompt, schema, "judge")
            except LlmError as error:
                raise BadInput(self.experiment.path, f"the judge «{llm}» gave no answer: {error}") from None


def _text(result: Result) -> str:
    return texts(result.facts.digest, "digest")[0]


def _server(address: str, key: str) -> dict[str, str]:
    """The environment in which that server is asked; without an `address`, this process's own."""
    own = {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": os.environ.get(key, "") if key else ""}
    return own if address else {}
