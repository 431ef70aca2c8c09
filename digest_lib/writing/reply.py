"""What a server answered, read from its bytes: the text, how it ended, who answered and what it took.

Nothing is raised for what the text is worth: what was answered has its price, whether it can be used or not.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from digest_lib.errors import LlmBroken, LlmUnavailable
from digest_lib.writing.access import try_instead
from digest_lib.writing.words import words_of

#: A web page, whatever its first tag is.
_PAGE = re.compile(
    r"^\s*(?:(?:<\?xml[^>]*>|<!--.*?-->)\s*)*"
    r"(?:<!doctype html|<(?:html|head|body|title|div|script|h1|p|center|meta)\b)",
    re.IGNORECASE | re.DOTALL,
)
#: A line of a stream: an event, or an object of JSON alone.
_EVENT = re.compile(r"^(?:(?:data|event|id|retry)?:|\{.*\}\s*$)", re.MULTILINE)
#: Why an answer ended, in the words of several servers.
_CUT = {"length", "max_tokens", "max_output_tokens", "model_length", "model_context_window_exceeded"}
_FILTERED = {"content_filter", "safety", "recitation", "prohibited_content", "blocklist", "spii"}
#: A model's name is no longer than this, and of these signs.
_NO_NAME = re.compile(r"[^\w./:@+-]+", re.ASCII)
_LONGEST_NAME = 80


class ErrorAsAnswer(Exception):
    """An error that came with the status of an answer, as gateways send them; never leaves this room."""

    def __init__(self, body: Any) -> None:
        code = str(body.get("code", body.get("status"))) if isinstance(body, dict) else ""
        super().__init__("an error came as an answer")
        self.body = body
        self.status_code = int(code) if re.fullmatch(r"[45]\d\d", code, re.ASCII) else 200


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. Tokens are None where the server does not count them."""

    text: str = ""
    is_cut: bool = False
    is_filtered: bool = False
    is_refused: bool = False
    #: the model that says that it answered; empty where none does
    model: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None


def decoded(raw: bytes, told: str | None) -> str:
    """The bytes of an answer as text: JSON is Unicode, whatever a header says; only what is none is in the
    encoding that was told. Raises `LlmBroken` for bytes that are neither."""
    for encoding in dict.fromkeys([json.detect_encoding(raw), "utf-8-sig", told or "utf-8"]):
        with suppress(UnicodeError, LookupError):
            return raw.decode(encoding)
    raise LlmBroken("the answer is in no encoding that can be told")


def read_reply(raw: str, address: str) -> Reply:
    """The answer in a response's body, whole or as a stream of events. Raises `LlmUnavailable` for
    what is no answer of this API, `ErrorAsAnswer` for an error that came as one."""
    body = _body(raw)
    if not isinstance(body, dict):
        raise LlmUnavailable(no_api("a web page" if is_page(raw) else "something", address))
    message, finish = _message(body)
    if (finish == "error" or not _text(message)) and (error := _error(body, message)):
        raise ErrorAsAnswer(error)
    if not message and "choices" not in body:
        raise LlmUnavailable(no_api("other JSON", address))
    took, given = _tokens(body.get("usage"))
    return Reply(
        text=_text(message),
        is_cut=finish in _CUT,
        is_filtered=finish in _FILTERED,
        is_refused=bool(message.get("refusal")),
        model=_named(str(body.get("model") or "")),
        input_tokens=took,
        output_tokens=given,
    )


def no_api(answered: str, address: str) -> str:
    """The line about a server that answered so, and not as the API does."""
    kind = answered if "JSON" in answered else f"{answered}, not JSON"
    return f"the llm server answered {kind}: there is no llm API at this address; {try_instead(address)}"


def is_page(raw: str) -> bool:
    """Is it a web page?"""
    return bool(_PAGE.match(raw.lstrip("\ufeff")))


def _body(raw: str) -> Any:
    raw = raw.lstrip("\ufeff").strip()
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return _joined(raw) if _EVENT.match(raw) else None
    return body[0] if isinstance(body, list) and body else body


def _joined(events: str) -> dict[str, Any] | None:
    """A stream's events as the one answer that they are parts of."""
    whole: dict[str, Any] = {}
    message: dict[str, Any] = {}
    finish = None
    for line in events.splitlines():
        try:
            part = json.loads(line.removeprefix("data:")) if line.startswith(("data:", "{")) else None
        except (ValueError, RecursionError):
            continue
        if not isinstance(part, dict):
            continue
        counted = {**_dict(whole.get("usage")), **_dict(part.get("usage"))}  # some tell it in two parts
        whole.update({k: v for k, v in part.items() if v and k not in {"choices", "message"}})
        whole["usage"] = counted
        delta, ended = _message(part)
        finish = ended or finish
        for key in ("content", "reasoning_content", "reasoning", "refusal"):
            if said := _plain(delta.get(key)):
                message[key] = message.get(key, "") + said
        for call in delta.get("tool_calls") or []:
            message["arguments"] = message.get("arguments", "") + _arguments(call)
    if not any(whole.values()) and not message:
        return None
    return {**whole, "choices": [{"message": message, "finish_reason": finish}]}


def _choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = body.get("choices")
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else body


def _error(body: Mapping[str, Any], message: Mapping[str, Any]) -> Any:
    """The error that came instead of an answer; some name it by its words or its number alone."""
    told = body.get("error") or _choice(body).get("error")
    unnamed = not told and not message and not body.get("choices") and words_of(body)
    return body if unnamed else told


def _message(body: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The first message of a body, and why it ended."""
    choice = _choice(body)
    message = choice.get("message") or choice.get("delta") or {}
    if isinstance(message, str) or not message:
        message = {"content": message or choice.get("text") or ""}
    finish = str(choice.get("finish_reason") or choice.get("done_reason") or "").casefold()
    return ({k: v for k, v in message.items() if v} if isinstance(message, dict) else {}), finish


def _text(message: Mapping[str, Any]) -> str:
    """What was answered: as content, as a tool's arguments, and only else among the thoughts."""
    calls = message.get("tool_calls") or [message.get("function_call")]
    arguments = "".join(_arguments(call) for call in calls) if isinstance(calls, list) else ""
    thoughts = message.get("reasoning_content") or message.get("reasoning")
    content = _plain(message.get("content"))
    return content or arguments or str(message.get("arguments") or "") or _plain(thoughts)


def _plain(content: Any) -> str:
    """Content as text: it may be one, a list of parts, or an object that was read already."""
    if isinstance(content, str):
        return content if content.strip() else ""
    if isinstance(content, list):
        return "".join(_plain(_of_part(part)) for part in content)
    return json.dumps(content, ensure_ascii=False) if isinstance(content, dict) else ""


def _of_part(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if str(part.get("type", "")).startswith(("reasoning", "thinking")):
        return ""
    return next((part[key] for key in ("text", "content", "json") if part.get(key)), "")


def _arguments(call: Any) -> str:
    function = call.get("function", call) if isinstance(call, dict) else None
    return _plain(function.get("arguments")) if isinstance(function, dict) else ""


def _named(model: str) -> str:
    """The model as it is named; of the path of a file on the server's disk, the file's name alone."""
    if re.match(r"[/~.]|[A-Za-z]:[\\/]|file:", model) or "\\" in model:
        model = re.split(r"[\\/]", model.rstrip("\\/"))[-1]
    return _NO_NAME.sub("", model)[:_LONGEST_NAME]


def _tokens(usage: Any) -> tuple[int | None, int | None]:
    """What the prompt and what the answer took."""
    counts = _dict(usage)
    took = _count(counts, "prompt_tokens", "input_tokens")
    given = _count(counts, "completion_tokens", "output_tokens")
    whole = _count(counts, "total_tokens")
    if took and given and whole:  # thoughts are paid for, and some servers count them in the sum alone
        given = max(given, whole - took)
    return took, given


def _count(usage: Mapping[str, Any], *names: str) -> int | None:
    """The first of these that is a number of tokens. None took nothing: a server that says so counts none."""
    for name in names:
        try:
            number = float(usage[name])
        except (KeyError, TypeError, ValueError):
            continue
        if math.isfinite(number) and number >= 1 and usage[name] is not True:
            return int(number)
    return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
