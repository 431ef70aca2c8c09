"""Real news of three days: imported, run, rendered. Runs where DIGEST_RECORDED names the folder."""

import json
from pathlib import Path

import pytest

from digest_lib.running import records
from digest_lib.running.records import Outcome
from digest_lib.running.sample import create_home
from digest_lib.settings import Home
from homes import REPOSITORY, quickly
from published_numbers import contradictions, published_numbers

pytestmark = [pytest.mark.slow, pytest.mark.recorded]

FILE = "articles-2026-07-20_2026-07-31.jsonl"
DATES = ["2026-07-29", "2026-07-30", "2026-07-31"]
#: Families that the labelled days report about; the others' days may be quiet.
WITH_NEWS = ["gpt", "claude", "gemini"]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the recorded news imported and the three days run."""
    import os

    home = create_home(tmp_path_factory.mktemp("real") / "home", REPOSITORY / "feeds.opml", REPOSITORY)
    imported = quickly(home, "import", str(Path(os.environ["DIGEST_RECORDED"]) / FILE))
    assert imported.returncode == 0, imported.stderr
    assert "1679 articles read, 1671 of them new, 0 lines skipped" in imported.stdout
    done = quickly(home, "backfill", "--from", DATES[0], "--to", DATES[-1])
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def facts(home: Home, post: str) -> dict:
    return json.loads((home.posts / post / "index.ipynb").read_text("utf-8"))["metadata"]["digest"]


def test_every_family_has_a_post_and_the_big_ones_have_news(real: Home) -> None:
    found = {r.name: r for r in records.load_all(real)}
    assert len(found) == 18
    assert all(r.status in (Outcome.PUBLISHED, Outcome.QUIET) for r in found.values())
    for date in DATES:
        for family in WITH_NEWS:
            assert found[f"{date}-{family}"].stories > 0


def test_every_sentence_of_a_story_cites_and_stands(real: Home) -> None:
    told = 0
    for record in records.load_all(real):
        post = facts(real, record.name)
        known = {source["id"] for source in post["sources"]}
        for story in post["digest"]["stories"]:
            for sentence in story["sentences"]:
                assert sentence["kind"] == "count" or set(sentence["sources"]) <= known
                assert sentence["kind"] == "count" or sentence["sources"]
                told += 1
    assert told > 50  # the offline writer quotes at most two sentences of an article


def test_little_is_withheld_from_what_only_quotes_and_counts(real: Home) -> None:
    found = records.load_all(real)
    withheld, written = sum(r.withheld for r in found), sum(r.supported + r.withheld for r in found)
    assert withheld / written < 0.05


def test_nothing_is_told_twice(real: Home) -> None:
    for family in WITH_NEWS:
        cited = [a for d in DATES for s in facts(real, f"{d}-{family}")["stories"] for a in s["articles"]]
        assert len(cited) == len(set(cited))


def test_all_posts_say_one_number_of_each_family_and_day(real: Home) -> None:
    said = published_numbers(real)
    assert contradictions(said) == []
    assert len({key for key in said if key[0] == "about"}) == 6 * 12  # all days that the charts show


def test_what_was_imported_is_not_said_to_have_answered(real: Home) -> None:
    for record in records.load_all(real):
        post = facts(real, record.name)
        assert (post["coverage"]["feeds"], post["coverage"]["answered"]) == (0, 0)
        assert post["coverage"]["imported"] > 0
        assert "有回應" not in (real.posts / record.name / "index.ipynb").read_text("utf-8")


def test_the_site_renders(real: Home) -> None:
    done = quickly(real, "render", "--renderer", "embedded")
    assert done.returncode == 0, done.stderr
    assert "set aside" not in done.stderr
    for record in records.load_all(real):
        page = (real.site / "posts" / record.name / "index.html").read_text("utf-8")
        assert 'id="sources"' in page or record.status is Outcome.QUIET
        assert "infographic.webp" in page
