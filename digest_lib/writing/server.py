"""One llm server: how it wants to be asked is found out by asking, and kept for the rest of the run.

A server that takes a JSON schema is given one. One that refuses it is asked for an object of JSON with the
schema in the prompt, then without a word about the form; one that answers in streams only is asked for one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from digest_lib import settings
from digest_lib.writing.access import address, query
from digest_lib.writing.bounded import Turn, bounded_client
from digest_lib.writing.llm_errors import ours, takes_no_form, wants_stream
from digest_lib.writing.reply import Reply, decoded, read_reply

if TYPE_CHECKING:
    from openai import OpenAI

#: Times that a request is sent again.
RETRIES = 2

#: What is added to a prompt where the server takes no schema beside it.
IN_PROMPT = "\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n"

#: Where a schema's keys are names of its author's.
_NAMING = {"properties", "$defs"}

Form = Literal["schema", "object", "words"]
#: What a server is asked for next that does not take the form.
_NEXT: dict[Form, Form] = {"schema": "object", "object": "words"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a server is asked."""

    form: Form = "schema"
    stream: bool = False


@dataclass
class Server:
    """The server of this machine's settings, asked for `model`. Safe to use from several threads."""

    model: str
    address: str = field(default_factory=address)
    manner: Manner = field(default_factory=Manner)
    #: sent with every request, such as `temperature`
    options: Mapping[str, Any] = field(default_factory=dict)
    #: held while a request is under way
    turn: Turn = field(default=nullcontext, repr=False)
    _doubted: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ask(
        self, prompt: str, schema: type[BaseModel], seconds: float, manner: Manner | None = None
    ) -> tuple[Reply, Manner]:
        """What the server answers, and how it had to be asked. Raises `LlmError`."""
        manner, refusal = manner or self.manner, None
        while True:
            try:
                return read_reply(self._sent(prompt, schema, manner, seconds), self.address), manner
            except Exception as error:
                after = _after(error, manner)
                if after is None:
                    # Where nothing is taken, the first refusal says best what the server thinks of it.
                    said = refusal if refusal and takes_no_form(error) else error
                    raise ours(said, self.address) from None  # the client's errors quote what was answered
                manner, refusal = after, refusal or error

    def takes(self, manner: Manner) -> None:
        """From now on the server is asked so."""
        with self._lock:
            self.manner = manner

    def instead(self, manner: Manner) -> Manner | None:
        """How to ask after an answer that has nothing of the schema, which may come of a server that passes
        none on to its model: with the schema in the prompt. Thought of once a run; None otherwise."""
        with self._lock:
            if self._doubted or manner.form != "schema":
                return None
            self._doubted = True
            return replace(manner, form="object")

    def _sent(self, prompt: str, schema: type[BaseModel], manner: Manner, seconds: float) -> str:
        with self._client(seconds) as client:
            body = body_of(self.model, prompt, schema, manner, self.options)
            response = client.chat.completions.with_raw_response.create(
                model=body.pop("model"), messages=body.pop("messages"), timeout=seconds, extra_body=body
            )
            return decoded(response.http_response.content, response.http_response.charset_encoding)

    def models(self, seconds: float) -> str:
        """What the server answers when it is asked for its models, as it is. Raises `LlmError`."""
        try:
            with self._client(seconds, retries=0) as client:
                response = client.models.with_raw_response.list().http_response
                return decoded(response.content, response.charset_encoding)
        except Exception as error:
            raise ours(error, self.address) from None

    def _client(self, seconds: float, retries: int = RETRIES) -> OpenAI:
        from digest_lib.writing.client_ahead import openai  # slow: only where an llm is really asked

        # A local server wants no key, but the client insists on one.
        key, http, asked = settings.llm_key() or "none", bounded_client(seconds, self.turn), query()
        if version := asked.pop("api-version", ""):  # Azure's: its key has a header of its own
            http.follow_redirects = False  # which would follow to wherever they lead
            return openai.AzureOpenAI(
                api_key=key, base_url=self.address, api_version=version, default_query=asked,
                max_retries=retries, http_client=http,
            )  # fmt: skip
        return openai.OpenAI(
            api_key=key, base_url=self.address, default_query=asked, max_retries=retries, http_client=http
        )


def _after(error: Exception, manner: Manner) -> Manner | None:
    """How to ask after this error; None where asking otherwise would not help."""
    if not manner.stream and wants_stream(error):
        return replace(manner, stream=True)
    if manner.form in _NEXT and takes_no_form(error):
        return replace(manner, form=_NEXT[manner.form])
    return None


def worded(prompt: str, schema: type[BaseModel], manner: Manner) -> str:
    """The prompt as it is sent."""
    if manner.form == "schema":
        return prompt
    return f"{prompt}{IN_PROMPT}{json.dumps(_strict(schema), ensure_ascii=False)}"


def body_of(
    model: str, prompt: str, schema: type[BaseModel], manner: Manner, options: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The body of a request, whole: all that a server is told."""
    messages = [{"role": "user", "content": worded(prompt, schema, manner)}]
    return {"model": model, "messages": messages, **(options or {}), **_asked_for(schema, manner)}


def _asked_for(schema: type[BaseModel], manner: Manner) -> dict[str, Any]:
    """What is asked for beside the prompt."""
    asked: dict[str, Any] = {"stream": True} if manner.stream else {}
    if manner.form == "object":
        asked["response_format"] = {"type": "json_object"}
    if manner.form == "schema":
        asked["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": name_of(schema), "schema": _strict(schema), "strict": True},
        }
    return asked


def _strict(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema as strict servers want it: every field required, none added. It has names and types
    alone: what an llm is told in words stands in the desk's prompts."""
    from digest_lib.writing.client_ahead import openai

    return dict(without_prose(openai.pydantic_function_tool(schema)["function"]["parameters"]))


def without_prose(schema: Any, *, names: bool = False) -> Any:
    """A JSON schema without the descriptions that it takes from docstrings; `names`: of an object whose keys
    are names of fields, which may be called so, too."""
    if isinstance(schema, dict):
        return {
            key: without_prose(value, names=key in _NAMING and not names)
            for key, value in schema.items()
            if names or key != "description"
        }
    return [without_prose(value) for value in schema] if isinstance(schema, list) else schema


def name_of(schema: type[BaseModel]) -> str:
    """The name under which a schema is asked for."""
    return str(schema.model_config.get("title") or schema.__name__)
