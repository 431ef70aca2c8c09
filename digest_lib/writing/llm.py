"""Asking an OpenAI-compatible llm: typed answers, cached by content, with tokens and cost counted."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from digest_lib import settings
from digest_lib.errors import BudgetReached, LlmBroken, LlmError, LlmRefused
from digest_lib.files import digest_of, write_json
from digest_lib.secrets import Scanner
from digest_lib.writing.prices import guessed, price
from digest_lib.writing.reply import Reply
from digest_lib.writing.requests import Request
from digest_lib.writing.server import Manner, Server, without_prose, worded
from digest_lib.writing.shape import shaped
from digest_lib.writing.tokens import estimated, read_less
from digest_lib.writing.unwrap import is_json, values_in
from digest_lib.writing.usage import OFFLINE, Usage, Writer

Answer = TypeVar("Answer", bound=BaseModel)

#: Changes when the way of asking changes what is answered, so that older answers are not used again.
CACHE_VERSION = "1"

#: Warnings, by what they are about.
CUT = "prompts were cut off by the llm server: give it a larger context (Ollama: num_ctx)"


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer with what is told of it."""

    answer: BaseModel
    usage: Usage
    #: the model that says that it answered
    model: str = ""
    #: the server has read less than was asked
    is_cut: bool = False


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
    _models: set[str] = field(default_factory=set)
    _counted: set[str] = field(default_factory=set)
    _spent: float = 0.0
    _server: Server = field(init=False, repr=False)
    _started: float = field(init=False)
    _turn: threading.Semaphore = field(init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._started = self.clock()
        self._turn = threading.Semaphore(self.at_once)
        self._server = Server(self.model)

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
        path = self.answers / f"{key}.json"
        known = _cached(path, schema)
        if known is None:
            with self._turn:  # the time for the request begins when it is sent
                known = self._request(prompt, schema)
            # Before it is kept: what an answer repeats of a key goes nowhere.
            if self.secrets.found(known.answer.model_dump_json().encode(errors="replace")):
                raise LlmBroken("the answer holds the value of a secret of this machine")
            _keep(path, self.model, known)
        elif key not in self._counted:
            self._count(known.usage)
        self._note(key, known)
        self._keep_request(step, prompt, schema, known)
        return schema.model_validate(known.answer.model_dump())

    def _keep_request(self, step: str, prompt: str, schema: type[BaseModel], known: _Known) -> None:
        manner, cached = self._server.manner, known.usage.cached > 0
        with self._lock:
            asked = Request(step, self.model, prompt, schema, manner, known.answer, cached)
            self.requests.append(asked)

    def _refuse_secret(self, prompt: str) -> None:
        name = self.secrets.found(prompt.encode(errors="replace"))
        if name:
            raise LlmBroken(f"not asked: the prompt holds the value of the environment variable {name}")

    def _key(self, prompt: str, schema: type[BaseModel]) -> str:
        # Not the server's address: a replay on another port must find its answers.
        shape = json.dumps(without_prose(schema.model_json_schema()), sort_keys=True)
        return digest_of(CACHE_VERSION, self.model, prompt, shape)

    def _check_budget(self) -> None:
        if self._spent >= self.max_cost_usd:
            raise BudgetReached(f"the run's limit of ${self.max_cost_usd:.2f} is reached")
        if self._left() <= 0:
            raise BudgetReached(f"the run's limit of {self.max_seconds:.0f} s is reached")

    def _left(self) -> float:
        return self.max_seconds - (self.clock() - self._started)

    def _for_one(self) -> float:
        return min(self.seconds, max(1.0, self._left()))

    def _count(self, usage: Usage, spent: float = 0.0) -> None:
        with self._lock:
            self.usage = self.usage.plus(usage)
            self._spent += spent

    def _note(self, key: str, known: _Known) -> None:
        """Notes once a run what is told of an answer."""
        with self._lock:
            if key in self._counted:
                return
            self._counted.add(key)
            self._models.update(filter(None, [known.model]))
            self.warnings.update([CUT] if known.is_cut else [])

    def _request(self, prompt: str, schema: type[BaseModel]) -> _Known:
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
        return _Known(answer, usage, reply.model, is_cut)

    def _replied(
        self, prompt: str, schema: type[BaseModel], manner: Manner | None
    ) -> tuple[Reply, Manner, Usage]:
        """What the server answers, how it was asked, and what it took. It is counted before anything of it is
        read: what cannot be used has its price, too."""
        self._check_budget()
        try:
            reply, manner = self._server.ask(prompt, schema, self._for_one(), manner)
        except LlmError as error:
            if self.secrets.found(str(error).encode(errors="replace")):  # what a server says is its own
                raise LlmBroken(
                    "the llm server's error holds the value of a secret of this machine"
                ) from None
            raise
        usage = _usage(self.model, reply, self._server.address)
        tokens = (
            estimated(prompt) if reply.input_tokens is None else reply.input_tokens,
            estimated(reply.text) if reply.output_tokens is None else reply.output_tokens,
        )
        self._count(usage, usage.cost_usd or guessed(self.model, *tokens, self._server.address))
        return reply, manner, usage


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


def _cached(path: Path, schema: type[BaseModel]) -> _Known | None:
    """A cached answer with what it took when it was made; None where there is none that can be read."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
        _note_used(path)
        answer = shaped([stored["answer"]], schema)
        usage = Usage(1, 1, stored["input_tokens"], stored["output_tokens"], stored["cost_usd"])
        model, is_cut = str(stored.get("answered", "")), bool(stored.get("prompt_cut"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return _Known(answer, usage, model, is_cut) if answer is not None else None


def _note_used(path: Path) -> None:
    """Its time says when it was used last: what nobody has used for longest goes first."""
    with suppress(OSError):  # a disk that is read-only keeps its answers
        os.utime(path)


def _keep(path: Path, model: str, known: _Known) -> None:
    write_json(path, {
        "model": model, "answered": known.model, "answer": known.answer.model_dump(mode="json"),
        "input_tokens": known.usage.input_tokens, "output_tokens": known.usage.output_tokens,
        "cost_usd": known.usage.cost_usd, "prompt_cut": known.is_cut,
    })  # fmt: skip


def _usage(model: str, reply: Reply, address: str) -> Usage:
    if reply.input_tokens is None or reply.output_tokens is None:
        return Usage(1, 0, reply.input_tokens or 0, reply.output_tokens or 0, None)
    tokens = reply.input_tokens, reply.output_tokens
    costs = [price(name, *tokens, address) for name in (reply.model, model) if name]
    return Usage(1, 0, *tokens, next((cost for cost in costs if cost is not None), None))
