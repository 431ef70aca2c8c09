"""Results of runs that nobody ran, for tests of what looks at them."""

from __future__ import annotations

from digest_lib.lab.keep import Result
from digest_lib.sections.fact_finding import facts_of
from publishing.published_days import revised


def result(variant: str, day: str, extra: str = "") -> Result:
    digest = revised(day, extra=extra)
    return Result(
        variant=variant, family="qwen", date=day, seed=None, key=f"{variant}{day}", parameters={},
        facts=facts_of(digest), draft=digest.digest, requests=[],
    )  # fmt: skip
