"""Asking an OpenAI-compatible llm: typed answers, cached by content, with tokens and cost counted."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from digest_lib import settings
from digest_lib.errors import LlmBroken, LlmError, LlmRefused, LlmUnavailable
from digest_lib.files import digest_of
from digest_lib.secrets import Scanner
from digest_lib.writing.kept import Known, cached, keep
from digest_lib.writing.prices import guessed, own_cost, price
from digest_lib.writing.reply import Reply
from digest_lib.writing.requests import Request
from digest_lib.writing.server import Manner, Server, without_prose, worded
from digest_lib.writing.shape import shaped
from digest_lib.writing.spending import Spending
from digest_lib.writing.together import Together, shared
from digest_lib.writing.tokens import estimated, read_less
from digest_lib.writing.unwrap import is_json, values_in
from digest_lib.writing.usage import OFFLINE, Usage, Writer

Answer = TypeVar("Answer", bound=BaseModel)

#: Changes when the way of asking changes what is answered, so that older answers are not used again.
CACHE_VERSION = "1"

#: Warnings, by what they are about.
CUT = "prompts were cut off by the llm server: give it a larger context (Ollama: num_ctx)"


@dataclass
class Llm:
    """One run's access to the llm `model`. Safe to use from several threads.

    `answers` is the folder of cached answers. The limits are for the run: once `max_cost_usd` or
    `max_seconds` is reached, a request that is not cached raises `BudgetReached`. `temperature` and `seed`
    are sent where they are given, and then part of what an answer is kept by. `own_price` is what a million
    tokens cost, in and out, where no list knows it.
    """

    model: str
    answers: Path
    max_cost_usd: float
    max_seconds: float
    clock: Callable[[], float] = time.monotonic
    temperature: float | None = None
    seed: int | None = None
    own_price: tuple[float, float] | None = None
    #: what the answers of this run took, each once, whether they could be used or not
    usage: Usage = field(default_factory=Usage)
    secrets: Scanner = field(default_factory=Scanner, repr=False)
    #: requests under way at once, and seconds for each
    at_once: int = field(default_factory=settings.llm_at_once)
    seconds: float = field(default_factory=settings.llm_seconds)
    #: what did not go as it should, and how often
    warnings: Counter[str] = field(default_factory=Counter)
    #: what was asked and answered, in the order of the answers
    requests: list[Request] = field(default_factory=list, repr=False)
    #: requests that no server answered: what is written without them says nothing of the llm
    unanswered: int = 0
    _models: set[str] = field(default_factory=set)
    _counted: set[str] = field(default_factory=set)
    _server: Server = field(init=False, repr=False)
    _spending: Spending = field(init=False, repr=False)
    _together: Together = field(init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    #: of each thread: for how long its request has been under way
    _took: threading.local = field(default_factory=threading.local, repr=False)

    def __post_init__(self) -> None:
        self._together = shared(self.at_once)
        self._server = Server(self.model, options=self._options(), turn=self._turn)
        # Each of those that ask side by side waits for the others, who take as long as it may itself.
        seconds = self.max_seconds * self._together.runs
        self._spending = Spending(self.max_cost_usd, seconds, self._guessed, self.clock)

    def _options(self) -> dict[str, float | int]:
        """What is asked for beside the prompt and its form."""
        told = {"temperature": self.temperature, "seed": self.seed}
        return {name: value for name, value in told.items() if value is not None}

    def warn(self, what: str) -> None:
        """Counts one more of what did not go as it should, such as `questions that got no answer`."""
        with self._lock:
            self.warnings[what] += 1

    @property
    def answered(self) -> str:
        """The models that say that they answered, where they are others than the one that was asked for."""
        return ", ".join(sorted(self._models - {self.model}))

    def ask(self, prompt: str, schema: type[Answer], step: str = "") -> Answer:
        """The answer to `prompt` in the form of `schema`, kept in `requests` as one of `step`. Raises
        `LlmError` in one of its kinds; a prompt that holds the value of a secret is not sent, and an answer
        that does is not kept."""
        self._refuse_secret(prompt)
        key = self._key(prompt, schema)
        # What is asked twice at a time is sent once.
        with self._together.under_way(str(self.answers / key)):
            known = self._known(key, prompt, schema)
        self._note(key, known)
        self._keep_request(step, prompt, schema, known)
        return schema.model_validate(known.answer.model_dump())

    def _known(self, key: str, prompt: str, schema: type[BaseModel]) -> Known:
        """The kept answer, or the server's, which is kept."""
        path = self.answers / f"{key}.json"
        known = cached(path, schema)
        if known is not None:
            if key not in self._counted:
                self._count(known.usage)
            return known
        self._took.seconds = 0.0
        known = self._request(prompt, schema)
        known = replace(known, seconds=round(self._took.seconds, 3))
        # Before it is kept: what an answer repeats of a key goes nowhere.
        if self.secrets.found(known.answer.model_dump_json().encode(errors="replace")):
            raise LlmBroken("the answer holds the value of a secret of this machine")
        keep(path, self.model, known)
        return known

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The turn of a request; the time for it begins with it. Raises `BudgetReached` where the run's was
        over before."""
        with self._together.turn:
            self._spending.check_time()
            began = time.monotonic()
            try:
                yield
            finally:
                self._took.seconds += time.monotonic() - began

    def _keep_request(self, step: str, prompt: str, schema: type[BaseModel], known: Known) -> None:
        asked = Request(
            step, self.model, prompt, schema, self._server.manner, known.answer, known.usage.cached > 0,
            self._options(), known.seconds,
        )  # fmt: skip
        with self._lock:
            self.requests.append(asked)

    def _refuse_secret(self, prompt: str) -> None:
        name = self.secrets.found(prompt.encode(errors="replace"))
        if name:
            raise LlmBroken(f"not asked: the prompt holds the value of the environment variable {name}")

    def _key(self, prompt: str, schema: type[BaseModel]) -> str:
        # Not the server's address: a replay on another port must find its answers.
        shape = _shape(schema)
        # What is not given is not in the key: an answer of before is still one.
        told = [f"{name}={value!r}" for name, value in self._options().items()]
        return digest_of(CACHE_VERSION, self.model, prompt, shape, *told)

    def _for_one(self) -> float:
        return min(self.seconds, max(1.0, self._spending.left_seconds()))

    def _guessed(self, input_tokens: int, output_tokens: int) -> float:
        """What so many tokens may cost, for the limit."""
        if self.own_price is not None:
            return own_cost(self.own_price, input_tokens, output_tokens)
        return guessed(self.model, input_tokens, output_tokens, self._server.address)

    def _count(self, usage: Usage) -> None:
        with self._lock:
            self.usage = self.usage.plus(usage)

    def _note(self, key: str, known: Known) -> None:
        """Notes once a run what is told of an answer."""
        with self._lock:
            if key in self._counted:
                return
            self._counted.add(key)
            self._models.update(filter(None, [known.model]))
            self.warnings.update([CUT] if known.is_cut else [])

    def _request(self, prompt: str, schema: type[BaseModel]) -> Known:
        """The answer of the server, asked again with the schema in the prompt where it seems to know none."""
        reply, manner, usage = self._replied(prompt, schema, None)
        answer = _answer(reply, schema)
        if answer is None and (other := self._server.instead(manner)) is not None:
            with suppress(LlmError):  # what was wrong with the first answer says more
                reply, manner, more = self._replied(prompt, schema, other)
                usage = usage.plus(more)
                answer = _answer(reply, schema)
        is_cut = reply.input_tokens is not None and read_less(
            reply.input_tokens, worded(prompt, schema, manner)
        )
        if answer is None:
            raise LlmBroken(
                f"the answer is not JSON of the schema{'; the prompt was cut off' if is_cut else ''}"
            )
        self._server.takes(manner)
        return Known(answer, usage, reply.model, is_cut)

    def _replied(
        self, prompt: str, schema: type[BaseModel], manner: Manner | None
    ) -> tuple[Reply, Manner, Usage]:
        """What the server answers, how it was asked, and what it took. It is counted before anything of it is
        read: what cannot be used has its price, too."""
        with self._spending.request(estimated(prompt)) as settle:
            try:
                reply, manner = self._server.ask(prompt, schema, self._for_one(), manner)
            except LlmError as error:
                with self._lock:
                    self.unanswered += isinstance(error, LlmUnavailable)
                if self.secrets.found(str(error).encode(errors="replace")):  # what a server says is its own
                    raise LlmBroken(
                        "the llm server's error holds the value of a secret of this machine"
                    ) from None
                raise
            usage = self._usage(reply)
            tokens = (
                estimated(prompt) if reply.input_tokens is None else reply.input_tokens,
                estimated(reply.text) if reply.output_tokens is None else reply.output_tokens,
            )
            self._count(usage)
            settle(usage.cost_usd or self._guessed(*tokens), tokens[1])
        return reply, manner, usage

    def _usage(self, reply: Reply) -> Usage:
        if reply.input_tokens is None or reply.output_tokens is None:
            return Usage(1, 0, reply.input_tokens or 0, reply.output_tokens or 0, None)
        tokens = reply.input_tokens, reply.output_tokens
        if self.own_price is not None:
            return Usage(1, 0, *tokens, own_cost(self.own_price, *tokens))
        costs = [price(name, *tokens, self._server.address) for name in (reply.model, self.model) if name]
        return Usage(1, 0, *tokens, next((cost for cost in costs if cost is not None), None))


@cache
def _shape(schema: type[BaseModel]) -> str:
    return json.dumps(without_prose(schema.model_json_schema()), sort_keys=True)


def written_by(llm: str, why: str, client: Llm) -> Writer:
    """Who wrote, with what this run's llm says of itself and what went wrong with it."""
    warning = "; ".join(f"{n} {what}" for what, n in sorted(client.warnings.items()))
    return Writer(llm, why, "" if llm == OFFLINE else client.answered, warning)


def _answer(reply: Reply, schema: type[Answer]) -> Answer | None:
    """The reply in the form of the schema; None where it has nothing of it. Raises `LlmRefused`, and
    `LlmBroken` for what has no end or no content."""
    if reply.is_refused:
        raise LlmRefused("the llm declined to answer")
    if reply.is_filtered:
        raise LlmRefused("the llm server filtered the answer")
    if reply.is_cut and not is_json(reply.text):
        raise LlmBroken("the answer was cut off at the llm's length limit")
    if not reply.text.strip():
        raise LlmBroken("the answer is empty")
    return shaped(values_in(reply.text), schema)
