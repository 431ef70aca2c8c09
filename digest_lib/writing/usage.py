"""Who wrote a digest, and what the llm's answers took."""

from __future__ import annotations

from dataclasses import dataclass

#: The writer that asks no llm: it picks and quotes.
OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote: `llm` is the model's name as it was asked for, or `offline`; `why` says why an llm that was
    asked for is not the one that wrote (empty otherwise)."""

    llm: str
    why: str = ""
    #: the model that answered, as it says itself, where that is another one
    answered: str = ""
    #: what else did not go as it should while an llm was asked
    warning: str = ""

    @property
    def is_offline(self) -> bool:
        return self.llm == OFFLINE


@dataclass(frozen=True, slots=True)
class Usage:
    """What the llm's answers took. A cached answer counts what it took when it was made."""

    requests: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    #: US dollars; None where the price of the model is not known
    cost_usd: float | None = 0.0

    def plus(self, other: Usage) -> Usage:
        """The sum; its cost is unknown as soon as one of the two is."""
        unknown = self.cost_usd is None or other.cost_usd is None
        return Usage(
            self.requests + other.requests,
            self.cached + other.cached,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            None if unknown else (self.cost_usd or 0.0) + (other.cost_usd or 0.0),
        )
