"""What a run put to the llm, as it was sent: nothing that an llm is told is hidden from the desk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, overload

from pydantic import BaseModel

from digest_lib.writing.server import Manner, body_of

#: The order in which the steps ask.
_STEPS = ("story", "doubt", "repair", "day")


@dataclass(frozen=True)
class Request:
    """One request of a step (`story`, `day`, `repair` or `doubt`) with what was answered."""

    step: str
    model: str
    prompt: str
    schema: type[BaseModel]
    manner: Manner
    answer: BaseModel
    #: the answer was kept from an earlier run: nothing was sent
    is_cached: bool
    #: what was sent beside, such as `temperature`
    options: Mapping[str, Any] = field(default_factory=dict)
    #: how long the answer took when it was made
    seconds: float = 0.0

    @property
    def body(self) -> dict[str, Any]:
        """The request's body, as the server gets it."""
        return body_of(self.model, self.prompt, self.schema, self.manner, self.options)


class Requests(Sequence[Request]):
    """The requests of a run by step; `draft.requests` in a cell shows each with its answer."""

    def __init__(self, requests: Sequence[Request]) -> None:
        known = {step: n for n, step in enumerate(_STEPS)}
        self._items = sorted(requests, key=lambda r: (known.get(r.step, len(known)), r.prompt))

    @overload
    def __getitem__(self, index: int) -> Request: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Request]: ...
    def __getitem__(self, index: int | slice) -> Request | Sequence[Request]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Request]:
        return iter(self._items)

    def __repr__(self) -> str:
        return "\n".join(f"{r.step}: {len(r.prompt):,} characters" for r in self) or "nothing was asked"

    def _repr_html_(self) -> str:
        return "".join(map(_shown, self)) or "<p>沒有送出任何請求。</p>"


def _shown(request: Request) -> str:
    asked = {key: value for key, value in request.body.items() if key != "messages"}
    parts = [
        request.prompt,
        json.dumps(asked, ensure_ascii=False, indent=1),
        json.dumps(request.answer.model_dump(mode="json"), ensure_ascii=False, indent=1),
    ]
    title = f"{request.step}{'（存過的答案）' if request.is_cached else ''}：{len(request.prompt):,} 字"
    inner = "".join(f"<pre style='white-space:pre-wrap'>{escape(part)}</pre>" for part in parts)
    return f"<details><summary>{escape(title)}</summary>{inner}</details>"
