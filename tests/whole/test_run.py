"""The newsroom from end to end on the sample: real archive, real kernels, real posts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from digest_lib.cells import parameters_of
from digest_lib.charts.raster import MOST, ending_of
from digest_lib.running import records
from digest_lib.running.families import new_family, read_notebook
from digest_lib.running.records import Outcome
from digest_lib.settings import Home
from homes import command, copy_home, quickly

pytestmark = pytest.mark.slow

SIX = ["claude", "gemini", "gpt", "grok", "mistral", "qwen"]
DATE = "2026-07-22"


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


def test_every_family_gets_an_honest_post(home: Home) -> None:
    done = command(home, "run", "--date", DATE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(p.name for p in home.posts.iterdir()) == [f"{DATE}-{f}" for f in SIX]
    outcomes = {f: records.load(home, f, DATE) for f in SIX}
    assert all(r is not None and r.ok for r in outcomes.values())
    assert outcomes["grok"].status is outcomes["mistral"].status is Outcome.QUIET
    assert outcomes["qwen"].stories > 0
    assert outcomes["qwen"].llm == "offline"
    for family in SIX:
        folder = home.posts / f"{DATE}-{family}"
        assert ending_of((folder / "infographic.webp").read_bytes()) == ".webp"
        assert (folder / "infographic-small.webp").stat().st_size <= MOST
        text = (folder / "index.ipynb").read_text("utf-8")
        assert str(home.root) not in text
        assert parameters_of(json.loads(text))["date"] == DATE


def test_a_run_again_changes_nothing_and_backfill_finds_nothing_to_do(home: Home) -> None:
    first = quickly(home, "run", "--date", DATE, "--families", "qwen,gpt")
    assert first.returncode == 0, first.stderr
    before = posts(home)
    again = quickly(home, "run", "--date", DATE, "--families", "qwen,gpt")
    assert again.returncode == 0
    assert "(unchanged)" in again.stdout
    assert posts(home) == before
    filled = quickly(home, "backfill", "--from", DATE, "--to", DATE, "--families", "qwen,gpt")
    assert filled.stdout.strip() == "Every day has its posts."


def test_the_same_bytes_whatever_the_folder_the_time_zone_and_the_hash_seed(
    gathered: Home, tmp_path: Path
) -> None:
    made = []
    for folder, zone, seed in (("one", "Asia/Taipei", "1"), ("a/longer place", "America/New_York", "77")):
        home = copy_home(gathered, tmp_path / folder)
        dates = ["backfill", "--from", "2026-07-21", "--to", "2026-07-22", "--families", "qwen,claude"]
        done = command(home, *dates, TZ=zone, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        made.append(posts(home))
    assert made[0].keys() == made[1].keys()
    assert len(made[0]) >= 8
    for name in made[0]:
        assert made[0][name] == made[1][name], name


def test_what_was_told_yesterday_is_not_told_again(home: Home) -> None:
    done = quickly(home, "backfill", "--from", "2026-07-21", "--to", "2026-07-24", "--families", "claude")
    assert done.returncode == 0, done.stderr
    cited: set[str] = set()
    for folder in sorted(home.posts.iterdir()):
        facts = json.loads((folder / "index.ipynb").read_text("utf-8"))["metadata"]["digest"]
        today = {a for story in facts["stories"] for a in story["articles"]}
        assert not today & cited
        cited |= today
    assert len(cited) > 10


def test_bad_notebooks_and_prompts_are_named_and_the_rest_goes_on(home: Home) -> None:
    edit(home, "gpt", story_prompt="{articles} {artcles}")
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    nbformat.write(bare, home.notebooks / "bare.ipynb")
    done = quickly(home, "run", "--date", DATE)
    assert done.returncode == 3  # five posts are published, and want to be rendered
    said = told(done)
    assert "gpt" in said
    assert "`story_prompt`: unknown placeholder {artcles}" in said
    assert "notebooks/bare.ipynb: no code cell is tagged `parameters`" in said
    assert "Traceback" not in said
    assert {p.name for p in home.posts.iterdir()} == {f"{DATE}-{f}" for f in SIX if f != "gpt"}
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


def test_a_failed_run_leaves_the_published_post_alone(home: Home) -> None:
    assert quickly(home, "run", "--date", DATE, "--families", "qwen").returncode == 0
    before = posts(home)
    edit(home, "qwen", day_prompt="no placeholder")
    done = quickly(home, "run", "--date", DATE, "--families", "qwen")
    assert done.returncode == 1
    assert "`day_prompt`: the placeholder {stories} is missing" in told(done)
    assert posts(home) == before


def test_a_changed_run_is_a_correction_that_readers_see(home: Home) -> None:
    assert quickly(home, "run", "--date", DATE, "--families", "qwen").returncode == 0
    edit(home, "qwen", max_stories=1)
    done = quickly(home, "run", "--date", DATE, "--families", "qwen")
    assert done.returncode == 0, done.stderr
    assert "(corrected)" in done.stdout
    text = (home.posts / f"{DATE}-qwen" / "index.ipynb").read_text("utf-8")
    assert "更正" in text
    again = quickly(home, "run", "--date", DATE, "--families", "qwen")
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


@pytest.mark.parametrize("family", SIX)
def test_each_notebook_runs_alone_through_plain_papermill(home: Home, family: str, tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    command_line = [str(Path(sys.executable).with_name("papermill")), str(home.notebooks / f"{family}.ipynb")]
    plain = {k: v for k, v in os.environ.items() if not k.startswith("DIGEST_")}
    done = subprocess.run(
        [*command_line, str(out), "--cwd", str(home.notebooks)],
        capture_output=True, text=True, env=plain | {"DIGEST_FETCH": "no"}, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    outputs = [c.outputs for c in nbformat.read(out, 4).cells if c.cell_type == "code"]
    shown = [o for group in outputs for o in group if "text/html" in o.get("data", {})]
    assert len(shown) >= 10


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
