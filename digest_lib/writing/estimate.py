"""What a day would ask of an llm at most, without asking: requests, tokens, dollars.

The first request of each story is known to the letter; what follows depends on what is answered. It is
reckoned with as many claims as the prompts that ship ask for at most, each of them doubted, mended and
doubted again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from digest_lib.errors import DigestError
from digest_lib.files import digest_of
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
class Part:
    """What one story asks at most, or what stands above and below them. Two parts of one `key` ask the same:
    it is sent once, and kept for the other."""

    key: str
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0.0

    def plus(self, requests: int, input_tokens: int, output_tokens: int) -> Part:
        return replace(
            self, requests=self.requests + requests, input_tokens=self.input_tokens + input_tokens,
            output_tokens=self.output_tokens + output_tokens,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a day asks at most, and the limit of its dollars."""

    parts: tuple[Part, ...] = ()
    max_cost_usd: float = 0.0


class Estimated(DigestError):
    """Raised by `write` in the place of a draft, where only the estimate is wanted."""

    def __init__(self, estimate: Estimate) -> None:
        requests = sum(part.requests for part in estimate.parts)
        super().__init__(f"{requests} requests at most; nothing was asked")
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
    doubt_prompt: str | None, own: Mapping[str, str], manner: str, max_cost_usd: float,
    price: Sequence[float] | None,
) -> Estimate:  # fmt: skip
    """What the day of these stories asks of `model` at most. `own` fills what every prompt may have, `manner`
    is all else that an answer depends on."""
    if not stories:
        return Estimate()
    after = (repair_prompt, doubt_prompt)
    filled = [fill(text or "", {**BLANK, **own}) for text in after]
    sizes = [estimated(text) for text in filled]
    found = []
    for story in stories:
        shown = listed(references(story.articles))
        prompt = fill(story_prompt, {**own, "articles": shown})
        part = Part(digest_of(model, manner, prompt, *filled, shown))
        part = part.plus(1, estimated(prompt), STORY_CLAIMS * _SAID + _FORM)
        found.append(_after(part, STORY_CLAIMS, estimated(shown), sizes, after))
    told = len(stories) * STORY_CLAIMS * _SAID
    prompt = fill(day_prompt, {**BLANK, **own})
    day = Part(digest_of(prompt, *(part.key for part in found)))
    day = day.plus(1, estimated(prompt) + min(DAY_TOKENS, told) + _FORM, DAY_CLAIMS * _SAID + _FORM)
    every = sum(estimated(listed(references(story.articles))) for story in stories)
    found.append(_after(day, DAY_CLAIMS, every, sizes, after))
    pair = own_pair(price)

    def priced(part: Part) -> Part:
        tokens = part.input_tokens, part.output_tokens
        usd = own_cost(pair, *tokens) if pair else guessed(model, *tokens, access.address())
        return replace(part, usd=usd)

    return Estimate(tuple(map(priced, found)), max_cost_usd)


def _after(
    found: Part, claims: int, articles: int, sizes: Sequence[int], prompts: tuple[str | None, str | None]
) -> Part:
    """With what may be asked about so many claims: doubt, repair, doubt of what was repaired."""
    (repair, doubt), (of_repair, of_doubt) = prompts, sizes
    for prompt, size, times, said in ((doubt, of_doubt, 2, _JUDGED), (repair, of_repair, 1, _SAID)):
        if prompt is None or repair is None:
            continue
        at_once = MOST_AT_ONCE if "sentences" in used(prompt) else 1
        requests = times * math.ceil(claims / at_once)
        sent = requests * size + times * (articles + claims * _SAID)
        found = found.plus(requests, sent, times * claims * said + requests * _FORM)
    return found
