"""A server's own words about an error, short and clean enough to be shown: one line, no keys, no accounts."""

from __future__ import annotations

import json
import re
from typing import Any

_LONGEST = 160
_KEYS = (
    "message", "error", "detail", "msg", "error_msg", "status_msg", "base_resp",
    "title", "description", "reason",
)  # fmt: skip
#: What names an account, a key, a request or a person, or is an address with a password.
_PRIVATE = re.compile(
    r"\b(?:org|req|request|proj|project|sk|pk|key|user|acct|account|chatcmpl|team|tenant)[-_][\w-]{6,}"
    r"|\b[0-9a-fA-F]{16,}\b|\b[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}\b|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|//[^/\s@]+@"
)
_TAG = re.compile(r"<[^<>]{0,200}>")


def words_of(error: Any) -> str:
    """What the body of an error says in words; empty where it says nothing."""
    if isinstance(error, str):
        text = error.strip()
        if text[:1] in {"{", "["}:
            try:
                return words_of(json.loads(text))
            except (ValueError, RecursionError):
                pass
        return "" if text.startswith("<") else _clean(text)
    if isinstance(error, list):
        return next((words for one in error if (words := words_of(one))), "")
    if isinstance(error, dict):
        return next((words for key in _KEYS if (words := words_of(error.get(key)))), "")
    return ""


def named_in(error: Any) -> str:
    """What of the request the body of an error names beside its words: a parameter, a place."""
    if isinstance(error, list):
        return " ".join(named_in(one) for one in error)
    if not isinstance(error, dict):
        return ""
    told = [str(error[key]) for key in ("loc", "param", "code") if error.get(key)]
    return " ".join([*told, *(named_in(error.get(key)) for key in ("error", "detail", "message"))]).strip()


def said_by(error: Any) -> str:
    """The same as it is added to a line: «unsupported response_format» after a colon; empty for nothing."""
    words = words_of(error)
    return f": «{words}»" if words else ""


def _clean(text: str) -> str:
    text = _PRIVATE.sub("…", _TAG.sub(" ", text))
    text = " ".join(
        "".join(c if c.isprintable() else " " for c in text).replace("«", "").replace("»", "").split()
    )
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
