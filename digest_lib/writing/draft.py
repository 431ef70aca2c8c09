"""What the writing steps hand on: a draft, and the revised digest that is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest_lib import desk_table
from digest_lib.checking.digest import Digest, Status, Verdict
from digest_lib.stories.story import Stories
from digest_lib.writing.desk import draft_table, verdict_counts, verdict_table
from digest_lib.writing.llm import Llm
from digest_lib.writing.requests import Requests
from digest_lib.writing.review import Review
from digest_lib.writing.usage import Usage, Writer

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Draft:
    """The digest as written, before the check. `counts` are the run's own numbers by name: the only
    numbers that a sentence of kind `count` may state."""

    digest: Digest
    stories: Stories
    name: str
    language: str
    writer: Writer
    usage: Usage = field(default_factory=Usage)
    counts: Mapping[str, int] = field(default_factory=dict)
    #: hashes of the prompts that were sent, by prompt
    prompts: Mapping[str, str] = field(default_factory=dict)
    #: the prompts as the desk has them, their placeholders unfilled
    templates: tuple[str, ...] = ()
    #: the run's access to the llm, with what is left of its budget; None offline
    llm: Llm | None = field(default=None, repr=False)
    #: the ids of the stories that the offline writer tells, since the llm did not
    quoted: frozenset[str] = frozenset()
    #: what the stories were looked over with when they were written
    review: Review | None = field(default=None, repr=False, compare=False)
    #: requests that no server answered, while the draft was written
    unanswered: int = 0

    @property
    def requests(self) -> Requests:
        """What was put to the llm, as it was sent, with its answers."""
        return Requests(self.llm.requests if self.llm else ())

    @property
    def frame(self) -> pd.DataFrame:
        """One row a sentence: place, kind, text, sources."""
        import pandas as pd  # slow, and hardly ever wanted

        return pd.DataFrame(
            [
                {"place": place, "kind": s.kind, "text": s.text, "sources": len(s.sources)}
                for place, sentences in self.digest.sentences()
                for s in sentences
            ],
            columns=["place", "kind", "text", "sources"],
        )

    def __repr__(self) -> str:
        """In a line, for where no HTML is shown: what is saved with a notebook holds it, too."""
        told = sum(len(some) for _, some in self.digest.sentences())
        return f"<draft by {self.writer.llm}: {len(self.digest.stories)} stories, {told} sentences>"

    def _repr_html_(self) -> str:
        by = "離線寫手" if self.writer.is_offline else self.writer.llm
        by += f"（回答的是 {self.writer.answered}）" if self.writer.answered else ""
        by += f"（{self.writer.why}）" if self.writer.why else ""
        cost = "費用不明" if self.usage.cost_usd is None else f"${self.usage.cost_usd:.4f}"
        tokens = f"{self.usage.input_tokens:,} + {self.usage.output_tokens:,} tokens"
        return (
            desk_table.line(f"標題：{self.digest.headline}")
            + desk_table.line(f"撰寫：{by}；{tokens}，{cost}。")
            + (desk_table.line(f"注意：{self.writer.warning}") if self.writer.warning else "")
            + draft_table(self.digest, self.stories.articles, self.language)
        )


@dataclass(frozen=True)
class Revised:
    """The digest that is published: only what the check let stand, with its verdicts."""

    digest: Digest
    draft: Draft
    verdicts: tuple[Verdict, ...]
    usage: Usage
    #: who wrote what stands
    writer: Writer

    @property
    def stories(self) -> Stories:
        return self.draft.stories

    @property
    def requests(self) -> Requests:
        """What was put to the llm, as it was sent, with its answers."""
        return self.draft.requests

    @property
    def checked(self) -> dict[Status, int]:
        """How many sentences stand as written, were repaired, were withheld."""
        return {s: sum(v.status is s for v in self.verdicts) for s in Status}

    @property
    def frame(self) -> pd.DataFrame:
        """One row a checked text: place, status, text, reasons."""
        import pandas as pd  # slow, and hardly ever wanted

        return pd.DataFrame(
            [
                {
                    "place": v.place,
                    "status": str(v.status),
                    "text": v.text,
                    "reasons": "; ".join(v.reasons),
                }
                for v in self.verdicts
            ],
            columns=["place", "status", "text", "reasons"],
        )

    def __repr__(self) -> str:
        counted = ", ".join(f"{n} {status}" for status, n in self.checked.items())
        return f"<digest of {self.draft.name}, {self.stories.day}: {counted}>"

    def _repr_html_(self) -> str:
        return desk_table.line(verdict_counts(self.checked)) + verdict_table(self.verdicts, self.draft.digest)
