"""The newsroom from end to end on the sample: real archive, real kernels, real posts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import warm
from digest_lib.cells import parameters_of
from digest_lib.charts.raster import MOST, ending_of
from digest_lib.running import records
from digest_lib.running.families import new_family, read_notebook
from digest_lib.running.records import Outcome
from digest_lib.settings import Home
from homes import command, copy_home, quickly

pytestmark = pytest.mark.slow

SIX = ["claude", "gemini", "gpt", "grok", "mistral", "qwen"]
DATE, NEXT = "2026-07-22", "2026-07-23"


def posts(home: Home) -> dict[str, bytes]:
    """Every byte that is published, by path."""
    files = sorted(p for p in home.posts.rglob("*") if p.is_file())
    return {str(p.relative_to(home.posts)): p.read_bytes() for p in files}


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What a command said, however its lines were broken."""
    return " ".join(f"{done.stdout} {done.stderr}".split())


def edit(home: Home, family: str, **values: object) -> None:
    """Changes parameters in a family's notebook, as a researcher would."""
    from digest_lib.publishing.fold import set_parameters

    path = home.notebooks / f"{family}.ipynb"
    notebook = read_notebook(path)
    set_parameters(notebook, values)
    nbformat.write(notebook, path)


@pytest.fixture
def published(ran: Home, tmp_path: Path) -> Home:
    """A copy of that home, for one test."""
    return copy_home(ran, tmp_path / "published")


def test_every_family_gets_an_honest_post(ran: Home) -> None:
    assert sorted(p.name for p in ran.posts.iterdir()) == [f"{DATE}-{f}" for f in SIX]
    outcomes = {f: records.load(ran, f, DATE) for f in SIX}
    assert all(r is not None and r.ok for r in outcomes.values())
    assert outcomes["grok"].status is outcomes["mistral"].status is Outcome.QUIET
    assert outcomes["qwen"].stories > 0
    assert outcomes["qwen"].llm == "offline"
    for family in SIX:
        folder = ran.posts / f"{DATE}-{family}"
        assert ending_of((folder / "infographic.webp").read_bytes()) == ".webp"
        assert (folder / "infographic-small.webp").stat().st_size <= MOST
        text = (folder / "index.ipynb").read_text("utf-8")
        assert str(ran.root) not in text
        assert parameters_of(json.loads(text))["date"] == DATE


def test_a_run_again_changes_nothing_and_backfill_finds_nothing_to_do(published: Home) -> None:
    before = posts(published)
    again = quickly(published, "run", "--date", DATE, "--families", "qwen,gpt")
    assert again.returncode == 0
    assert "(unchanged)" in again.stdout
    assert posts(published) == before
    filled = quickly(published, "backfill", "--from", DATE, "--to", DATE, "--families", "qwen,gpt")
    assert filled.stdout.strip() == "Every day has its posts."


def test_the_same_bytes_whatever_the_folder_the_time_zone_and_the_hash_seed(
    two_days: Home, gathered: Home, tmp_path: Path
) -> None:
    """And whether the command forks its worker from a process that has just imported all, or from another."""
    home = copy_home(gathered, tmp_path / "a/longer place")
    dates = ["backfill", "--from", DATE, "--to", NEXT, "--families", "qwen,claude"]
    # What is done quickly is done with a hash seed that nobody knows, and in Taipei.
    done = command(home, *dates, TZ="America/New_York", PYTHONHASHSEED="77")
    assert done.returncode == 0, done.stderr
    made = [posts(two_days), posts(home)]
    assert made[0].keys() == made[1].keys()
    assert len(made[0]) >= 8
    for name in made[0]:
        assert made[0][name] == made[1][name], name


def test_what_was_told_yesterday_is_not_told_again(two_days: Home, tmp_path: Path) -> None:
    home = copy_home(two_days, tmp_path / "home")
    done = quickly(home, "run", "--date", "2026-07-24", "--families", "claude")
    assert done.returncode == 0, done.stderr
    cited: set[str] = set()
    assert len([*home.posts.glob("*-claude")]) == 3
    for folder in sorted(home.posts.glob("*-claude")):
        facts = json.loads((folder / "index.ipynb").read_text("utf-8"))["metadata"]["digest"]
        today = {a for story in facts["stories"] for a in story["articles"]}
        assert not today & cited
        cited |= today
    assert len(cited) > 10


def test_bad_notebooks_and_prompts_are_named_and_the_rest_goes_on(home: Home) -> None:
    edit(home, "gpt", story_prompt="{articles} {artcles}")
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    nbformat.write(bare, home.notebooks / "bare.ipynb")
    for family in {*SIX} - {"gpt", "qwen", "grok"}:
        (home.notebooks / f"{family}.ipynb").unlink()
    done = quickly(home, "run", "--date", DATE)
    assert done.returncode == 3  # two posts are published, and want to be rendered
    said = told(done)
    assert "gpt" in said
    assert "`story_prompt`: unknown placeholder {artcles}" in said
    assert "notebooks/bare.ipynb: no code cell is tagged `parameters`" in said
    assert "Traceback" not in said
    assert {p.name for p in home.posts.iterdir()} == {f"{DATE}-{f}" for f in ("grok", "qwen")}
    failed = records.load(home, "gpt", DATE)
    assert failed is not None
    assert failed.status is Outcome.FAILED


def test_a_day_on_which_nothing_was_gathered_is_blind_and_never_published(home: Home) -> None:
    done = quickly(home, "run", "--date", "2026-06-01", "--families", "qwen")
    assert done.returncode == 1
    assert "nothing was gathered for 2026-06-01" in done.stdout
    assert not any(home.posts.iterdir())
    blind = records.load(home, "qwen", "2026-06-01")
    assert blind is not None
    assert blind.status is Outcome.BLIND


def test_a_failed_run_leaves_the_published_post_alone(published: Home) -> None:
    before = posts(published)
    edit(published, "qwen", day_prompt="no placeholder")
    done = quickly(published, "run", "--date", DATE, "--families", "qwen")
    assert done.returncode == 1
    assert "`day_prompt`: the placeholder {stories} is missing" in told(done)
    assert posts(published) == before


def test_a_changed_run_is_a_correction_that_readers_see(published: Home) -> None:
    edit(published, "qwen", max_stories=1)
    done = quickly(published, "run", "--date", DATE, "--families", "qwen")
    assert done.returncode == 0, done.stderr
    assert "(corrected)" in done.stdout
    text = (published.posts / f"{DATE}-qwen" / "index.ipynb").read_text("utf-8")
    assert "更正" in text
    again = quickly(published, "run", "--date", DATE, "--families", "qwen")
    assert "(unchanged)" in again.stdout


def test_a_hole_filled_later_marks_later_posts_and_rewrites_none(home: Home) -> None:
    assert quickly(home, "run", "--date", "2026-07-23", "--families", "qwen").returncode == 0
    before = posts(home)
    assert quickly(home, "run", "--date", DATE, "--families", "qwen").returncode == 0
    later = records.load(home, "qwen", "2026-07-23")
    assert later is not None
    assert later.stale == DATE
    assert {k: v for k, v in posts(home).items() if k in before} == before
    status = quickly(home, "status")
    assert f"written before {DATE} was filled in" in status.stdout


def test_a_new_family_runs_as_it_stands(home: Home) -> None:
    new_family(home, "mistral-next")
    edit(home, "mistral-next", aliases=["Mistral"])
    done = quickly(home, "run", "--date", "2026-07-23", "--families", "mistral-next")
    assert done.returncode == 0, done.stdout + done.stderr


def shown_by(out: Path) -> int:
    """How many outputs of an executed notebook a reader sees."""
    outputs = [c.outputs for c in nbformat.read(out, 4).cells if c.cell_type == "code"]
    return len([o for group in outputs for o in group if "text/html" in o.get("data", {})])


def test_a_notebook_runs_alone_through_plain_papermill(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    command_line = [str(Path(sys.executable).with_name("papermill")), str(home.notebooks / "qwen.ipynb")]
    done = subprocess.run(
        [*command_line, str(out), "--cwd", str(home.notebooks)],
        capture_output=True, text=True, env=plain(), check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert shown_by(out) >= 10


@pytest.mark.parametrize("family", sorted({*SIX} - {"qwen"}))  # grok's day is a quiet one
def test_each_notebook_runs_alone_through_papermill(home: Home, family: str, tmp_path: Path) -> None:
    """As above, but for a kernel that has its imports behind it."""
    out, path = tmp_path / "out.ipynb", home.notebooks / f"{family}.ipynb"
    words = [str(path), str(out), "--cwd", str(home.notebooks), "--engine", "digest"]
    done = warm.run("papermill", words, plain(), kernels=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert shown_by(out) >= 10


def plain() -> dict[str, str]:
    """An environment that says nothing to the newsroom, but not to fetch."""
    return {k: v for k, v in os.environ.items() if not k.startswith("DIGEST_")} | {"DIGEST_FETCH": "no"}


def test_a_post_of_a_read_only_home_is_one_line(home: Home) -> None:
    if os.geteuid() == 0:
        shutil.rmtree(home.posts)
        home.posts.write_text("a file where the folder should be")
    else:
        home.posts.chmod(0o500)
    done = quickly(home, "run", "--date", DATE, "--families", "qwen")
    assert done.returncode == 1
    assert "cannot write" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
