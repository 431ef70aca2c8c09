"""Does the llm server answer as the API does, and has it the model? Asked without spending anything."""

from __future__ import annotations

import json
from typing import Any

from digest_lib import settings
from digest_lib.errors import LlmUnavailable
from digest_lib.writing import access
from digest_lib.writing.access import shown
from digest_lib.writing.draft import OFFLINE
from digest_lib.writing.reply import is_page, no_api
from digest_lib.writing.server import Server
from digest_lib.writing.unwrap import is_json

#: A server that has not listed its models by then is not there.
SECONDS = 10.0
#: So many of the models' names fit a line.
_SHOWN = 5


def writer() -> tuple[bool | None, str]:
    """Who writes on this machine: whether that is as it should be, and a line that says so, or what to do."""
    if settings.chosen_llm("") == OFFLINE:
        return None, "offline (DIGEST_LLM=offline)"
    if not settings.llm_is_reachable():
        return None, "offline: it quotes and counts; set OPENAI_API_KEY to have an llm write"
    if problem := access.problem():
        return False, problem
    return probed(settings.chosen_llm(""))


def probed(model: str) -> tuple[bool | None, str]:
    """Whether the server of this machine's settings is fine (None: it may be), and a line that says so, or
    what to do. `model` is looked for among its models; empty for none in particular."""
    server = Server(model)
    where = shown(server.address)
    try:
        raw = server.models(SECONDS)
    except LlmUnavailable as error:
        if "this model" in str(error):  # the address is right, but the list of models is not kept there
            return None, f"{where} answers, without a list of its models"
        silent = any(word in str(error) for word in ("no connection", "in time"))
        return False, f"{where} does not answer: {error}" if silent else f"{where}: {error}"
    except Exception as error:  # whatever a setting can break, a line says it
        return False, f"{where}: {error or type(error).__name__}".splitlines()[0]
    names = _names(raw)
    if names is None:
        return False, f"{where}: {no_api(_what(raw), server.address)}"
    if model and names and model not in {*names, *(name.removesuffix(":latest") for name in names)}:
        there = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
        by = "DIGEST_LLM" if model == settings.chosen_llm("") else "the notebook's `llm`"
        return None, f"{where} answers, but lists no model «{model}» ({by}); there are: {there}"
    return True, f"{where} answers with {len(names)} models"


def _what(raw: str) -> str:
    """What was answered that is no list of models."""
    if is_page(raw):
        return "a web page"
    return "other JSON" if is_json(raw) else "something"


def _names(raw: str) -> list[str] | None:
    """The models' names; None for what is no list of models."""
    try:
        body: Any = json.loads(raw.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    listed = body.get("data", body.get("models")) if isinstance(body, dict) else body
    if not isinstance(listed, list):
        return None
    return [str(m.get("id") or m.get("name") or "") for m in listed if isinstance(m, dict)]
