"""Asking an OpenAI-compatible llm: typed answers, cached by content, with tokens and cost counted."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from digest_lib import settings
from digest_lib.errors import BudgetReached, LlmBroken, LlmError, LlmRefused, LlmUnavailable
from digest_lib.files import digest_of, write_json
from digest_lib.secrets import Scanner
from digest_lib.writing.bounded import bounded_client
from digest_lib.writing.draft import Usage

if TYPE_CHECKING:
    from openai import OpenAI

Answer = TypeVar("Answer", bound=BaseModel)

#: Times that a request is sent again.
RETRIES = 2

#: Changes when the way of asking changes what is answered, so that older answers are not used again.
CACHE_VERSION = "1"


@dataclass
class Llm:
    """One run's access to the llm `model`. Safe to use from several threads.

    `answers` is the folder of cached answers. The limits are for the run: once `max_cost_usd` or
    `max_seconds` is reached, a request that is not cached raises `BudgetReached`.
    """

    model: str
    answers: Path
    max_cost_usd: float
    max_seconds: float
    clock: Callable[[], float] = time.monotonic
    usage: Usage = field(default_factory=Usage)
    secrets: Scanner = field(default_factory=Scanner, repr=False)
    #: requests under way at once, and seconds for each
    at_once: int = field(default_factory=settings.llm_at_once)
    seconds: float = field(default_factory=settings.llm_seconds)
    _spent: float = 0.0
    _started: float = field(init=False)
    _turn: threading.Semaphore = field(init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._started = self.clock()
        self._turn = threading.Semaphore(self.at_once)

    def ask(self, prompt: str, schema: type[Answer]) -> Answer:
        """The answer to `prompt` in the form of `schema`. Raises `LlmError` in one of its kinds; a prompt
        that holds the value of a secret is not sent, and an answer that does is not kept."""
        self._refuse_secret(prompt)
        path = self.answers / f"{self._key(prompt, schema)}.json"
        known = _cached(path, schema)
        if known:
            answer, usage = known
            self._count(usage, paid=False)
            return answer
        with self._turn:  # the time for the request begins when it is sent
            self._check_budget()
            answer, usage = self._request(prompt, schema)
        self._count(usage, paid=True)
        # Before it is kept: what an answer repeats of a key goes nowhere.
        if self.secrets.found(answer.model_dump_json().encode(errors="replace")):
            raise LlmBroken("the answer holds the value of a secret of this machine")
        write_json(path, {
            "model": self.model, "answer": answer.model_dump(mode="json"),
            "input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens,
            "cost_usd": usage.cost_usd,
        })  # fmt: skip
        return answer

    def _refuse_secret(self, prompt: str) -> None:
        name = self.secrets.found(prompt.encode(errors="replace"))
        if name:
            raise LlmBroken(f"not asked: the prompt holds the value of the environment variable {name}")

    def _key(self, prompt: str, schema: type[BaseModel]) -> str:
        # Not the server's address: a replay on another port must find its answers.
        shape = json.dumps(schema.model_json_schema(), sort_keys=True)
        return digest_of(CACHE_VERSION, self.model, prompt, shape)

    def _check_budget(self) -> None:
        if self._spent >= self.max_cost_usd:
            raise BudgetReached(f"the run's limit of ${self.max_cost_usd:.2f} is reached")
        if self._left() <= 0:
            raise BudgetReached(f"the run's limit of {self.max_seconds:.0f} s is reached")

    def _left(self) -> float:
        return self.max_seconds - (self.clock() - self._started)

    def _count(self, usage: Usage, *, paid: bool) -> None:
        with self._lock:
            self.usage = self.usage.plus(usage)
            if paid:
                self._spent += usage.cost_usd or 0.0

    def _request(self, prompt: str, schema: type[Answer]) -> tuple[Answer, Usage]:
        try:
            with self._client() as client:
                reply = client.chat.completions.parse(
                    model=self.model,
                    messages=[{"role": "user", "content": prompt}],
                    response_format=schema,
                    timeout=self._for_one(),
                )
        except Exception as error:
            raise _ours(error) from None  # the client's errors quote what was answered
        usage = _usage(self.model, reply.usage)
        message = reply.choices[0].message if reply.choices else None
        if message is not None and message.refusal:
            raise LlmRefused("the llm declined to answer")
        if message is None or message.parsed is None:
            raise LlmBroken("the answer is empty")
        return message.parsed, usage

    def _client(self) -> OpenAI:
        from openai import OpenAI  # 1 s to import: only where an llm is really asked

        # A local server wants no key, but the client insists on one.
        key = os.environ.get("OPENAI_API_KEY") or "none"
        return OpenAI(api_key=key, max_retries=RETRIES, http_client=bounded_client(self._for_one()))

    def _for_one(self) -> float:
        return min(self.seconds, max(1.0, self._left()))


def _cached(path: Path, schema: type[Answer]) -> tuple[Answer, Usage] | None:
    """A cached answer with what it took when it was made; None where there is none that can be read."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
        answer = schema.model_validate(stored["answer"])
        usage = Usage(1, 1, stored["input_tokens"], stored["output_tokens"], stored["cost_usd"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer, usage


def _ours(error: Exception) -> LlmError:
    """Every error of the client as one of ours, in a line that holds no key."""
    import openai

    if isinstance(error, LlmError):
        return error
    if isinstance(error.__cause__, LlmError):
        return error.__cause__
    if isinstance(error, openai.APIStatusError):
        return LlmUnavailable(_STATUS.get(error.status_code, f"the llm server answered {error.status_code}"))
    kinds: list[tuple[type[Exception] | tuple[type[Exception], ...], LlmError]] = [
        (openai.APITimeoutError, LlmUnavailable("the llm did not answer in time")),
        (openai.APIConnectionError, LlmUnavailable("no connection to the llm server (OPENAI_BASE_URL)")),
        (openai.ContentFilterFinishReasonError, LlmRefused("the llm server filtered the answer")),
        (openai.LengthFinishReasonError, LlmBroken("the answer was cut off at the llm's length limit")),
        ((ValidationError, json.JSONDecodeError), LlmBroken("the answer is not JSON of the schema")),
        (openai.OpenAIError, LlmUnavailable(f"the llm client failed ({type(error).__name__})")),
    ]
    unread = LlmBroken(f"the answer could not be read ({type(error).__name__})")
    return next((ours for kind, ours in kinds if isinstance(error, kind)), unread)


_STATUS = {
    401: "the llm server refused the key (OPENAI_API_KEY)",
    403: "the llm server refused the key (OPENAI_API_KEY)",
    404: "the llm server does not have this model (the notebook's `llm`)",
    429: "the llm server is over its rate limit or quota",
}


def _usage(model: str, reported: Any) -> Usage:
    if reported is None:
        return Usage(1, 0, 0, 0, None)
    tokens = reported.prompt_tokens or 0, reported.completion_tokens or 0
    return Usage(1, 0, *tokens, price(model, *tokens))


def price(model: str, input_tokens: int, output_tokens: int) -> float | None:
    """US dollars for so many tokens at list price; None for a model without a known one."""
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    try:
        found = calc_price(Tokens(input_tokens=input_tokens, output_tokens=output_tokens), model_ref=model)
    except LookupError:
        return None
    return float(found.total_price)
