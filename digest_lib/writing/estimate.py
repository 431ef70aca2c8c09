"""What a day would ask of an llm at most, without asking: requests, tokens, dollars.

The first request of each story is known to the letter; what follows depends on what is answered. It is
reckoned with as many claims as the prompts that ship ask for at most, each of them doubted, mended and
doubted again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from digest_lib.errors import DigestError
from digest_lib.prompt_fields import used
from digest_lib.stories.story import Stories
from digest_lib.writing import access
from digest_lib.writing.claims import MOST_AT_ONCE
from digest_lib.writing.listing import listed
from digest_lib.writing.overview import DAY_TOKENS
from digest_lib.writing.prices import guessed, own_cost, own_pair
from digest_lib.writing.prompts import fill
from digest_lib.writing.references import references
from digest_lib.writing.review import BLANK
from digest_lib.writing.tokens import estimated

#: Headline, sentences and meaning of a story; what stands above and below the stories of a day.
STORY_CLAIMS, DAY_CLAIMS = 8, 36
#: Tokens of a claim as it is written, and as it is judged.
_SAID, _JUDGED = 90, 70
#: Tokens of an answer beside its claims.
_FORM = 100

_wanted: ContextVar[bool] = ContextVar("estimating", default=False)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is asked at most."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0.0

    def plus(self, requests: int, input_tokens: int, output_tokens: int) -> Estimate:
        return Estimate(
            self.requests + requests, self.input_tokens + input_tokens, self.output_tokens + output_tokens
        )


class Estimated(DigestError):
    """Raised by `write` in the place of a draft, where only the estimate is wanted."""

    def __init__(self, estimate: Estimate) -> None:
        super().__init__(f"{estimate.requests} requests at most; nothing was asked")
        self.estimate = estimate


@contextmanager
def estimating() -> Iterator[None]:
    """For its time, `write` raises `Estimated` and asks nothing."""
    token = _wanted.set(True)
    try:
        yield
    finally:
        _wanted.reset(token)


def is_wanted() -> bool:
    return _wanted.get()


def estimate(
    stories: Stories, model: str, *, story_prompt: str, day_prompt: str, repair_prompt: str | None,
    doubt_prompt: str | None, max_cost_usd: float, price: Sequence[float] | None,
) -> Estimate:  # fmt: skip
    """What the day of these stories asks of `model` at most; its dollars never more than the limit."""
    found = Estimate()
    if not stories:
        return found
    size = {name: estimated(fill(text or "", BLANK)) for name, text in (
        ("story", story_prompt), ("day", day_prompt), ("repair", repair_prompt), ("doubt", doubt_prompt),
    )}  # fmt: skip
    for story in stories:
        articles = estimated(listed(references(story.articles)))
        found = found.plus(1, size["story"] + articles, STORY_CLAIMS * _SAID + _FORM)
        found = _after(found, STORY_CLAIMS, articles, size, repair_prompt, doubt_prompt)
    told = len(stories) * STORY_CLAIMS * _SAID
    found = found.plus(1, size["day"] + min(DAY_TOKENS, told) + _FORM, DAY_CLAIMS * _SAID + _FORM)
    every = sum(estimated(listed(references(story.articles))) for story in stories)
    found = _after(found, DAY_CLAIMS, every, size, repair_prompt, doubt_prompt)
    tokens = found.input_tokens, found.output_tokens
    own = own_pair(price)
    usd = own_cost(own, *tokens) if own else guessed(model, *tokens, access.address())
    return Estimate(found.requests, *tokens, min(usd, max_cost_usd))


def _after(
    found: Estimate, claims: int, articles: int, size: dict[str, int], repair: str | None, doubt: str | None
) -> Estimate:
    """With what may be asked about so many claims: doubt, repair, doubt of what was repaired."""
    for step, prompt, times, said in (("doubt", doubt, 2, _JUDGED), ("repair", repair, 1, _SAID)):
        if prompt is None or (step == "doubt" and not repair):
            continue
        at_once = MOST_AT_ONCE if "sentences" in used(prompt) else 1
        requests = times * math.ceil(claims / at_once)
        sent = requests * size[step] + times * (articles + claims * _SAID)
        found = found.plus(requests, sent, times * claims * said + requests * _FORM)
    return found
