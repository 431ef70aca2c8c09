"""Answers that are kept: one file each, by what was asked, with what it took when it was made."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from digest_lib.files import read_json, write_json
from digest_lib.writing.shape import shaped
from digest_lib.writing.usage import Usage


@dataclass(frozen=True, slots=True)
class Known:
    """An answer with what is told of it."""

    answer: BaseModel
    usage: Usage
    #: the model that says that it answered
    model: str = ""
    #: the server has read less than was asked
    is_cut: bool = False
    #: how long it took when it was made
    seconds: float = 0.0


def cached(path: Path, schema: type[BaseModel]) -> Known | None:
    """A cached answer with what it took when it was made; None where there is none that can be read."""
    try:
        stored: dict[str, Any] = read_json(path)
        _note_used(path)
        answer = shaped([stored["answer"]], schema)
        usage = Usage(1, 1, stored["input_tokens"], stored["output_tokens"], stored["cost_usd"])
        model, is_cut = str(stored.get("answered", "")), bool(stored.get("prompt_cut"))
        seconds = float(stored.get("seconds") or 0.0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Known(answer, usage, model, is_cut, seconds) if answer is not None else None


def _note_used(path: Path) -> None:
    """Its time says when it was used last: what nobody has used for longest goes first."""
    with suppress(OSError):  # a disk that is read-only keeps its answers
        os.utime(path)


def keep(path: Path, model: str, known: Known) -> None:
    write_json(path, {
        "model": model, "answered": known.model, "answer": known.answer.model_dump(mode="json"),
        "input_tokens": known.usage.input_tokens, "output_tokens": known.usage.output_tokens,
        "cost_usd": known.usage.cost_usd, "prompt_cut": known.is_cut,
        "seconds": known.seconds,
    })  # fmt: skip
