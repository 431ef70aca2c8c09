"""What a kept run is known by: what the archive and the posts hold, however it is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.compacting import compact
from digest_lib.day import Day
from digest_lib.documents.facts import PageFacts
from digest_lib.lab.experiment import read_experiment
from digest_lib.lab.plan import plan
from digest_lib.settings import Home

FIRST, SECOND = Day.of("2026-07-22"), Day.of("2026-07-24")
EXPERIMENT = f"""
dataset: {{families: [qwen, gpt], days: [{FIRST}, {SECOND}]}}
parameters: {{llm: offline}}
variants: [{{name: baseline}}, {{name: few, parameters: {{max_stories: 1}}}}]
"""


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    path = tmp_path / "keys.yaml"
    path.write_text(EXPERIMENT, "utf-8")
    return path


def keys(home: Home, experiment: Path) -> dict[str, str]:
    return {run.name: run.key for run in plan(home, read_experiment(experiment))}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Family and day of the runs that would be run anew."""
    assert before.keys() == after.keys()
    return {name.partition("/")[2] for name in before if before[name] != after[name]}


EARLIER, LATER = {f"{FIRST}-qwen", f"{FIRST}-gpt"}, {f"{SECOND}-qwen", f"{SECOND}-gpt"}


@pytest.mark.parametrize("today", [date(2026, 8, 2), date(2026, 12, 1)], ids=["days", "months"])
def test_a_run_is_known_again_after_the_archive_was_put_together(
    today: date, home: Home, experiment: Path
) -> None:
    archive = Archive(home.archive)
    some = archive.articles(FIRST.cutoff)[:2]
    for n, one in enumerate(some):
        archive.pages.add_texts(FIRST.date, FIRST.cutoff, {one.id: (f"text {n}", "")})
        archive.pages.add_facts(FIRST.date, FIRST.cutoff, {one.id: PageFacts(author=f"author {n}")})
    archive.add(replace(one, id=f"{n:016}", url=f"{one.url}?{n}") for n, one in enumerate(some))
    before = keys(home, experiment)
    assert len({*before.values()}) == len(before)
    groups = [group for table in archive.tables.values() for group in compact(table, today)]
    assert {group.folder.parent.name for group in groups} >= {"articles", "texts", "pages"}
    assert keys(home, experiment) == before


def test_what_is_added_counts_from_its_day_on(home: Home, experiment: Path) -> None:
    archive, before = Archive(home.archive), keys(home, experiment)
    one, *_ = archive.articles(FIRST.cutoff)
    archive.add([replace(one, id="f" * 16, url=f"{one.url}?more")])
    after = keys(home, experiment)
    assert changed(before, after) == EARLIER | LATER
    archive.add([replace(one, title="another title", fetched=SECOND.cutoff - timedelta(hours=1))])
    said = keys(home, experiment)
    assert changed(after, said) == LATER
    archive.pages.add_texts(SECOND.date, SECOND.cutoff, {one.id: ("its text", "")})
    read = keys(home, experiment)
    assert changed(said, read) == LATER
    archive.add([replace(one, title="yet another", fetched=SECOND.shifted(2).cutoff)])
    archive.pages.add_texts(SECOND.shifted(1).date, SECOND.cutoff, {one.id: ("its text, read again", "")})
    assert keys(home, experiment) == read


def test_a_corrected_post_counts_for_the_days_after_it(home: Home, experiment: Path) -> None:
    post = home.posts / f"{FIRST}-qwen" / "index.ipynb"
    post.parent.mkdir(parents=True)
    post.write_text("one", "utf-8")
    before = keys(home, experiment)
    post.write_text("two", "utf-8")
    assert changed(before, keys(home, experiment)) == {f"{SECOND}-qwen"}
