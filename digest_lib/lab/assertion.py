"""Assertions of one's own: what every story, day or digest must be, as one writes it in the YAML."""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal[
    "contains", "not-contains", "regex", "not-regex", "max-chars", "min-chars", "python", "llm-rubric"
]
#: What an assertion is made of: each story's text, what stands above and below the stories, or all of it.
Per = Literal["story", "day", "digest"]


class Assertion(BaseModel):
    """`{type: contains, value: 台積電, per: story}`; its score is the share of texts of which it holds.

    `python`: `file.py:function`, called with the text, which returns True, False, or a number from 0 to 1.
    """

    model_config = ConfigDict(extra="forbid")

    type: Kind
    value: str | int
    per: Per = "digest"
    #: what the scoreboard calls it
    name: str = ""
    #: the model that judges an `llm-rubric`
    llm: str = Field(default="")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.type.endswith("-chars") and not (isinstance(self.value, int) and self.value >= 0):
            raise ValueError(f"`{self.type}` wants a number of characters")
        if self.type.endswith("regex"):
            try:
                re.compile(str(self.value))
            except re.error as error:
                raise ValueError(f"«{self.value}» is no regular expression: {error}") from None
        if self.type == "python" and not re.fullmatch(r".+\.py:[A-Za-z_]\w*", str(self.value)):
            raise ValueError(f"«{self.value}» is not file.py:function")
        return self

    @property
    def scorer(self) -> str:
        """The name of its score."""
        return self.name or f"{self.type}:{self.value}@{self.per}"
