"""The answers written for the bench of the check are well formed, and what they cite is there."""

import os
from pathlib import Path
from typing import Any

import pytest

from homes import REPOSITORY

SPLITS = ("dev", "heldout", "blind", "kinds-dev", "kinds-heldout")
#: So many falsehoods of each kind, at least.
FEWEST = {"dev": 5, "heldout": 5, "blind": 3, "kinds-dev": 1, "kinds-heldout": 1}
DAYS = {
    "dev": {"2026-07-22", "2026-07-27", "2026-07-28"},
    "heldout": {"2026-07-24", "2026-07-25", "2026-07-31"},
    "blind": {"2026-07-21", "2026-07-23"},
    "kinds-dev": {"2026-07-26", "2026-07-29"},
    "kinds-heldout": {"2026-07-30"},
}


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(REPOSITORY / "bench"))
    import answer_data

    return answer_data


@pytest.mark.parametrize("split", SPLITS)
def test_every_row_has_a_place_and_cites(data: Any, split: Any) -> None:
    rows = [*data.good(split), *data.false(split)]
    assert len({(r.date, r.family, r.section, r.story, r.text, r.sources) for r in rows}) == len(rows)
    for row in rows:
        assert row.date in DAYS[split], row
        assert row.section in data.SECTIONS and row.kind in data.KINDS, row
        assert row.text and row.text == row.text.strip() and row.sources, row
        assert bool(row.story) == row.section.startswith("stories."), row


@pytest.mark.parametrize("split", SPLITS)
def test_every_kind_of_falsehood_is_there_and_says_what_is_wrong(data: Any, split: Any) -> None:
    rows = data.false(split)
    kinds = data.NEAR_KINDS if split.startswith("kinds") else data.FALSE_KINDS
    for kind in kinds:
        assert sum(row.false_kind == kind for row in rows) >= FEWEST[split], kind
    assert all(row.false_kind in kinds and row.why and row.true != row.text for row in rows)


@pytest.mark.parametrize("split", SPLITS)
def test_no_falsehood_is_among_the_good_ones(data: Any, split: Any) -> None:
    good = {(row.text, row.sources) for row in data.good(split)}
    assert not good & {(row.text, row.sources) for row in data.false(split)}


@pytest.mark.recorded
@pytest.mark.parametrize("split", SPLITS)
def test_what_is_cited_is_recorded(data: Any, split: Any) -> None:
    from story_data import recorded

    file = next(Path(os.environ["DIGEST_RECORDED"]).glob("articles-*.jsonl"))
    known = {article.id for article in recorded(file).values()}
    rows = [*data.good(split), *data.false(split)]
    assert {cited for row in rows for cited in (*row.sources, row.story) if cited} <= known
