"""What the desk asks an llm about what was written: is it supported, and how would it stand?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest_lib.checking.digest import Judgement, Mending, Sentence, Support, Written
from digest_lib.checking.doubt import shows
from digest_lib.errors import LlmBroken, LlmError, LlmRefused
from digest_lib.prompt_fields import used
from digest_lib.writing.claims import MOST_AT_ONCE, Claim, batches, number_of, numbered, references_of
from digest_lib.writing.listing import listed
from digest_lib.writing.llm import Llm
from digest_lib.writing.prompts import fill
from digest_lib.writing.references import resolved

#: What was answered about a claim that does not stand: keys of `reasons.toml`.
UNSUPPORTED, UNJUDGED, UNSHOWN = "unsupported", "unjudged", "unshown"


@dataclass(frozen=True)
class Judge:
    """Puts claims to the llm with the desk's prompts. `own` fills what every prompt may have: name, language,
    date."""

    llm: Llm
    repair_prompt: str
    doubt_prompt: str | None
    own: Mapping[str, str]

    def doubts(self, claims: Sequence[Claim]) -> dict[str, str | None]:
        """Why a claim is not seen to be supported (a key of `reasons.toml`), by the claim's key; None where
        the llm showed the passage that supports it. A claim about which no server answers is left to the
        check without it."""
        prompt, found = self.doubt_prompt, dict[str, str | None]()
        if prompt is None:
            return found
        for batch in batches(claims, 1 if _is_for_one(prompt) else MOST_AT_ONCE):
            found.update(self._doubts(prompt, batch))
        return found

    def _doubts(self, prompt: str, batch: Sequence[Claim]) -> dict[str, str | None]:
        try:
            answers = self._judged(prompt, batch)
        except (LlmBroken, LlmRefused):
            if len(batch) == 1:
                return {batch[0].key: UNJUDGED}
            half = len(batch) // 2  # what one of them breaks must not fall on the others
            return {**self._doubts(prompt, batch[:half]), **self._doubts(prompt, batch[half:])}
        except LlmError as error:
            for _ in batch:
                self.llm.warn(f"doubtful sentences that were not asked about ({error})")
            return {}
        return {c.key: _doubt(answers.get(c.key), c) for c in batch}

    def _judged(self, prompt: str, batch: Sequence[Claim]) -> dict[str, Support]:
        filled = self._filled(prompt, batch)
        if _is_for_one(prompt):
            return {batch[0].key: self.llm.ask(filled, Support, "doubt")}
        answer = self.llm.ask(filled, Judgement, "doubt")
        found: dict[str, Support] = {}
        for verdict in answer.verdicts:
            claim = number_of(verdict.sentence, batch)
            # Of two verdicts on one sentence the worse counts.
            if claim and (claim.key not in found or found[claim.key].supported):
                found[claim.key] = verdict
        return found

    def repairs(self, claims: Sequence[Claim], reasons: Mapping[str, Sequence[str]]) -> dict[str, Claim]:
        """What the llm writes in the place of claims that fell for these `reasons`, by the claim's key."""
        found: dict[str, Claim] = {}
        one = _is_for_one(self.repair_prompt)
        for batch in batches(claims, 1 if one else MOST_AT_ONCE):
            try:
                found.update(self._repaired(batch, reasons, one=one))
            except LlmError as error:  # withheld with the reasons of the check, which say more
                for _ in batch:
                    self.llm.warn(f"repairs that were not made ({error})")
        return found

    def _repaired(
        self, batch: Sequence[Claim], reasons: Mapping[str, Sequence[str]], *, one: bool
    ) -> dict[str, Claim]:
        filled, refs = self._filled(self.repair_prompt, batch, reasons), references_of(batch)
        if one:
            written = resolved(self.llm.ask(filled, Written, "repair"), refs)
            return {batch[0].key: _mended(batch[0], written.text, written.sources)}
        answer = resolved(self.llm.ask(filled, Mending, "repair"), refs)
        told = [(number_of(m.sentence, batch), m) for m in answer.sentences]
        return {claim.key: _mended(claim, m.text, m.sources) for claim, m in told if claim}

    def _filled(
        self, prompt: str, batch: Sequence[Claim], reasons: Mapping[str, Sequence[str]] | None = None
    ) -> str:
        refs, first = references_of(batch), batch[0]
        return fill(prompt, {
            **self.own,
            "sentences": numbered(batch, refs, reasons),
            "sentence": first.text,
            "kind": first.kind,
            "reasons": "\n".join(f"- {reason}" for reason in (reasons or {}).get(first.key, ())),
            "articles": listed(refs),
        })  # fmt: skip


def _is_for_one(prompt: str) -> bool:
    """Is the prompt sent for each sentence alone?"""
    return "sentences" not in used(prompt)


def _doubt(answer: Support | None, claim: Claim) -> str | None:
    """Why an answer is no yes: only one that shows the passage is."""
    if answer is None:
        return UNJUDGED
    if not answer.supported:
        return UNSUPPORTED
    return None if shows(answer.quote, claim.cited) else UNSHOWN


def _mended(claim: Claim, text: str, sources: Sequence[str]) -> Claim:
    """The claim as the llm would have it: of the kind that it was, whatever the llm calls it. A headline
    cites what it cited, and has no full stop."""
    before = claim.sentence
    if claim.kind == "headline":
        return claim.saying(before.model_copy(update={"text": text.rstrip("。. ")}))
    return claim.saying(Sentence(text=text, sources=list(sources), kind=before.kind))
