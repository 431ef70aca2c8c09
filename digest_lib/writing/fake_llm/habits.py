"""Servers that answer, and not as OpenAI's does: what they refuse, and how they write what they answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import cycle
from typing import Any

Body = dict[str, Any]

#: A model that is told of no schema answers in its own.
_OWN_SHAPE = {"標題": "今日新聞", "內容": "好的，以下是摘要。"}
_THOUGHT = '<think>\n先看文章 {"headline": "草稿"}，再寫。\n</think>\n\n'
#: Tokens of a context that is too small for any story.
_CONTEXT = 2048


def refuses(habit: str, body: Body) -> str:
    """What a server with this habit says instead of taking the request; empty where it takes it."""
    form = body.get("response_format", {}).get("type")
    if habit == "no-schema" and form == "json_schema":
        return "This response_format type is unavailable now"
    if habit == "no-format" and form:
        return "unsupported response_format"
    if habit == "stream-only" and not body.get("stream"):
        return "This model only supports stream mode, please enable the stream parameter"
    return ""


def written(habit: str, body: Body, content: str) -> str:
    """The content as a server with this habit writes it."""
    if habit == "schema-blind" and body.get("response_format", {}).get("type") == "json_schema":
        return json.dumps(_OWN_SHAPE, ensure_ascii=False)
    return _WRITTEN[habit](content) if habit in _WRITTEN else content


def told(habit: str, reply: Body) -> bytes:
    """The response body as a server with this habit sends it."""
    message = reply["choices"][0]["message"]
    if habit == "thoughts":
        message.update(content=None, reasoning_content=message["content"])
    elif habit == "parts":
        message["content"] = [{"type": "text", "text": message["content"]}]
    elif habit == "tool":
        call = {"type": "function", "function": {"name": "answer", "arguments": message["content"]}}
        message.update(content=None, tool_calls=[call])
    elif habit == "no-finish":
        reply["choices"][0]["finish_reason"] = None
        reply["usage"] = None
    elif habit == "other-model":
        reply["model"] = "fake-llm-small"
    elif habit == "cut-prompt":
        reply["usage"]["prompt_tokens"] = min(_CONTEXT, reply["usage"]["prompt_tokens"])
    elif habit in {"stream", "stream-only"}:
        return _stream(reply)
    return json.dumps(reply).encode()


def _stream(reply: Body) -> bytes:
    choice = reply["choices"][0]
    text = choice["message"]["content"]
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
    head = {key: reply[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
    events = [
        *(
            {**head, "choices": [{"index": 0, "delta": {"content": p}, "finish_reason": None}]}
            for p in pieces
        ),
        {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        {**head, "choices": [], "usage": reply["usage"]},
    ]
    return "".join(f"data: {json.dumps(e)}\n\n" for e in [*events]).encode() + b"data: [DONE]\n\n"


def _changed(change: Callable[[Any], Any]) -> Callable[[str], str]:
    """The content with each of its objects and lists changed, the inner ones first."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            value = {key: walk(inner) for key, inner in value.items()}
        elif isinstance(value, list):
            value = [walk(inner) for inner in value]
        return change(value)

    return lambda content: json.dumps(walk(json.loads(content)), ensure_ascii=False)


def _without_lists(value: Any) -> Any:
    return {k: v for k, v in value.items() if v != []} if isinstance(value, dict) else value


def _plainly(value: Any) -> Any:
    is_sentence = isinstance(value, dict) and {"text", "sources"} <= value.keys()
    return f"{value['text']} [{', '.join(value['sources'])}]" if is_sentence else value


def _with_publisher(value: Any) -> Any:
    if isinstance(value, dict) and value.get("sources"):
        return {**value, "sources": ", ".join(f"{ref} 某報" for ref in value["sources"])}
    return value


def _bracketed(content: str) -> str:
    forms = cycle(("[{}]", "【{}】", "({})", "Ａ{}", "<{}>"))

    def change(value: Any) -> Any:
        if not (isinstance(value, dict) and value.get("sources")):
            return value
        return {**value, "sources": [next(forms).format(r).replace("ＡA", "Ａ") for r in value["sources"]]}

    return _changed(change)(content)


def _wrapped(content: str) -> str:
    return json.dumps({"status": "ok", "result": [json.loads(content)]}, ensure_ascii=False)


def _with_commas(content: str) -> str:
    return content.replace("]", ",]").replace("[,]", "[]").replace("}", ",}")


_WRITTEN: dict[str, Callable[[str], str]] = {
    "think": lambda content: _THOUGHT + content,
    "fence": lambda content: f"好的，以下是 {{name}} 的摘要：\n```json\n{content}\n```\n希望有幫助！",
    "bom": lambda content: "\ufeff" + content,
    "text": json.dumps,
    "wrapped": _wrapped,
    "extra": _changed(lambda v: {**v, "confidence": 0.9} if isinstance(v, dict) else v),
    "nulls": _changed(lambda v: None if v == [] else v),
    "no-lists": _changed(_without_lists),
    "plain": _changed(_plainly),
    "one-source": _changed(_with_publisher),
    "brackets": _bracketed,
    "commas": _with_commas,
    "python": lambda content: repr(json.loads(content)),
}
