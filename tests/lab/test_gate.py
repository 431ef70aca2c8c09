"""The gate, adopting, and the history of a score."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

from digest_lib.cells import parameters_of
from digest_lib.cli import main
from digest_lib.errors import UserError
from digest_lib.files import write_atomic
from digest_lib.lab.adopt import adopt, changes, decided, finish
from digest_lib.lab.adopt_kept import carry_out, is_in_place
from digest_lib.lab.board import Board
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.gate import chance, judge
from digest_lib.lab.history import draft_of, history
from digest_lib.lab.plan import plan
from digest_lib.lab.planned import Run
from digest_lib.lab.showing import told
from digest_lib.publishing.fold import set_parameters
from digest_lib.publishing.post import publish
from digest_lib.sections.fact_finding import facts_of
from digest_lib.settings import Home
from digest_lib.site.adopted import read_reports
from kills import content
from publishing.published_days import executed, make_home, revised, write

DAYS = [f"2026-07-{day}" for day in range(20, 29)]


def scores(scorer: str, base: list[float], new: list[float]) -> pd.DataFrame:
    rows = [
        ("e", variant, "qwen", day, 0, scorer, value)
        for variant, values in (("base", base), ("new", new))
        for day, value in zip(DAYS, values, strict=False)
    ]
    return pd.DataFrame(rows, columns=["experiment", "variant", "family", "day", "seed", "scorer", "score"])


@pytest.mark.parametrize(("worse", "p"), [
    ([0.1], 1 / 2), ([0.1, 0.1], 1 / 4), ([0.1] * 7, 1 / 128), ([0.0] * 7, 1.0), ([-0.1] * 3, 1.0),
    ([0.1, -0.1], 3 / 4), ([0.3, -0.1], 2 / 4),
])  # fmt: skip
def test_chance_is_counted_out(worse: list[float], p: float) -> None:
    assert chance(worse) == p


def test_with_many_days_chance_is_drawn_and_the_same_again() -> None:
    assert 0 < chance([0.1] * 20) < 1e-3
    assert chance([0.1, -0.1] * 10) == pytest.approx(0.58, abs=0.03)
    assert chance([0.1, -0.1] * 10) == chance([0.1, -0.1] * 10)


@pytest.mark.parametrize(("scorer", "base", "new", "says"), [
    ("cited", [1.0] * 7, [0.9] * 7, "is worse (worse by 0.1 over"),
    ("cited", [0.9] * 7, [1.0] * 7, "holds (better by 0.1 over"),
    ("leaks", [0.0] * 7, [1.0] * 7, "is worse (worse by 1 over"),  # less is better
    ("leaks", [1.0] * 7, [0.0] * 7, "holds (better by 1 over"),
    ("cited", [0.9, 1.0] * 4, [1.0, 0.9] * 4, "holds (worse by 0 over"),
    ("cited", [1.0] * 7, [1.0] * 7, "holds (worse by 0 over"),
])  # fmt: skip
def test_only_what_lowers_a_score_beyond_chance_is_told(
    scorer: str, base: list[float], new: list[float], says: str
) -> None:
    (found,) = judge(scores(scorer, base, new), [scorer], ["base", "new"], 0.02)
    assert found.is_lowered is says.startswith("is worse")
    assert str(found).startswith(f"new: {scorer} {says}")


@pytest.mark.parametrize(("scorer", "days", "says"), [
    ("cited", 5, "5 days cannot tell at a level of 0.02; 6 are needed"),
    ("characters", 7, "characters: neither more nor less of it is better"),
    ("kept", 7, "no score «kept» to compare; there are: "),
])  # fmt: skip
def test_a_gate_that_can_tell_nothing_says_so(scorer: str, days: int, says: str) -> None:
    table = scores("cited" if scorer == "kept" else scorer, [1.0] * days, [0.9] * days)
    with pytest.raises(UserError) as caught:
        judge(table, [scorer], ["base", "new"], 0.02)
    assert says in str(caught.value)


PROMPT = "寫一句。\n\n{articles}\n"
NOW = datetime(2026, 7, 29, 1, tzinfo=UTC)


def tried(folder: Path) -> tuple[Home, Experiment, list[Run], Board]:
    """A home of two families, and an experiment whose runs say that the second variant is better."""
    home = make_home(folder, [("qwen", "Qwen"), ("gpt", "GPT")])
    experiment = Experiment.model_validate({
        "name": "length", "dataset": {"days": DAYS[:2]},
        "variants": [{"name": "base"}, {"name": "new", "note": "短一點"}],
    })  # fmt: skip
    experiment.path = folder / "length.yaml"
    own = {"date": DAYS[0], "seed": 1, "story_prompt": PROMPT}
    runs = [Run("new", family, DAYS[0], None, {"family": family, **own}) for family in ("qwen", "gpt")]
    return (
        home,
        experiment,
        runs,
        Board(scoreboard(scores("kept", [0.5, 0.5], [0.75, 0.75])), ("base", "new")),
    )


def test_the_winner_goes_into_the_notebooks_with_its_figures(tmp_path: Path) -> None:
    home, experiment, runs, board = tried(tmp_path)
    both = {"qwen": ["story_prompt"], "gpt": ["story_prompt"]}
    assert not is_in_place(home, experiment, "new")
    assert adopt(home, experiment, runs, "new", board, NOW) == both
    own = parameters_of(nbformat.read(home.notebooks / "qwen.ipynb", as_version=4))
    assert (own["story_prompt"], own["date"]) == (PROMPT, None)
    entry = (home.root / "PROMPTS.md").read_text("utf-8")
    assert "## 2026-07-29: new (length)" in entry
    assert "短一點" in entry
    assert "- qwen: `story_prompt` " in entry
    assert "| kept | 0.5 | 0.75 |" in entry
    (report,), bad = read_reports(home)
    assert (report.page, report.on, bad) == ("prompts-2026-07-29-length-new.html", NOW.date(), [])
    assert report.wrote("qwen", "story_prompt", PROMPT)
    assert {(s.variant, s.scorer, s.mean, s.better) for s in report.scores} == {
        ("base", "kept", 0.5, 1), ("new", "kept", 0.75, 1),
    }  # fmt: skip
    assert adopt(home, experiment, runs, "new", board, NOW) == {}
    assert (home.root / "PROMPTS.md").read_text("utf-8") == entry
    # How all variants were tried is no part of what won.
    experiment.parameters["llm"] = "fake-llm"
    for one in experiment.variants:
        one.parameters["llm"] = "fake-llm"
    asked = [Run("new", "qwen", DAYS[0], None, {"story_prompt": PROMPT, "llm": "fake-llm"})]
    assert adopt(home, experiment, asked, "new", board, NOW) == {}
    experiment.variants[1].parameters["llm"] = "m"
    assert "llm" in changes(experiment, asked, "new")["qwen"]
    again = [Run("new", "qwen", DAYS[0], None, {"story_prompt": "{articles}"})]
    adopt(home, experiment, again, "new", board, NOW)
    assert (home.root / "PROMPTS.md").read_text("utf-8").count("## 2026-07-29") == 2


def test_what_a_researcher_makes_lies_with_the_notebooks_that_a_home_links_to(tmp_path: Path) -> None:
    """As under `make lab`: its home, `build/sample`, is removed by `make clean`."""
    home, experiment, runs, board = tried(tmp_path / "sample")
    (tmp_path / "repository").mkdir()
    home.notebooks.rename(tmp_path / "repository" / "notebooks")
    home.notebooks.symlink_to(tmp_path / "repository" / "notebooks")
    assert home.experiments == tmp_path / "repository" / "experiments"
    assert adopt(home, experiment, runs, "new", board, NOW)
    assert home.notebooks.is_symlink()
    assert "new (length)" in (tmp_path / "repository" / "PROMPTS.md").read_text("utf-8")
    assert not (home.root / "PROMPTS.md").exists()


@pytest.mark.parametrize("here", [".", "repository", "repository/notebooks", "sample"])
def test_an_experiment_is_found_wherever_one_stands(
    here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, *_ = tried(tmp_path / "sample")
    (home.root / "_quarto.yml").touch()
    (tmp_path / "repository").mkdir()
    home.notebooks.rename(tmp_path / "repository" / "notebooks")
    home.notebooks.symlink_to(tmp_path / "repository" / "notebooks")
    write_atomic(home.experiments / "e.yaml", "dataset: {days: [2026-07-20]}\nvariants: [{name: a}]\n")
    monkeypatch.setenv("DIGEST_HOME", str(home.root))
    monkeypatch.chdir(tmp_path / here)
    done = CliRunner().invoke(main, ["lab", "score", "experiments/e.yaml"])
    assert f"{home.experiments / 'e'} holds no run" in done.output


def test_adopting_that_is_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    """After each of its writes in turn; a notebook that is changed has other runs than were tried."""
    whole, experiment, runs, board = tried(tmp_path / "whole")
    written = list(carry_out(whole, experiment, decided(whole, experiment, runs, "new", board, NOW)))
    assert len(written) == 6  # what is to be done, the report, the entry, two notebooks, that it is done
    for most in range(1, len(written) + 1):
        home, experiment, runs, board = tried(tmp_path / str(most))
        for _ in islice(
            carry_out(home, experiment, decided(home, experiment, runs, "new", board, NOW)), most
        ):
            pass
        # Whatever is asked of the experiment meanwhile, half of its notebooks may be other ones.
        with pytest.raises(UserError) as caught:
            plan(home, experiment)
        again = (
            f"adopting «new» was stopped before its end; finish it: digest lab adopt {experiment.path} new"
        )
        assert (again in str(caught.value)) is (most < len(written)), most
        assert "\n" not in str(caught.value)
        assert (finish(home, experiment) is None) is (most == len(written))
        assert content(home.root) == content(whole.root)
        # What was run with notebooks of before is told to be run anew, and why.
        assert told(experiment, runs, runs).endswith("; 2 to run")
        write_atomic(runs[0].path(experiment.folder), "{}")
        anew = "2 to run, 1 of them anew: notebooks, news or code are not what they were («new» was adopted)"
        assert told(experiment, runs, runs).endswith(anew)
        assert told(experiment, runs, []).endswith("2 are kept")
        assert is_in_place(home, experiment, "new")
        assert not is_in_place(home, experiment, "base")


def test_what_somebody_changes_meanwhile_is_theirs(tmp_path: Path) -> None:
    home, experiment, runs, board = tried(tmp_path)
    next(carry_out(home, experiment, decided(home, experiment, runs, "new", board, NOW)))
    path = home.notebooks / "gpt.ipynb"
    notebook = nbformat.read(path, as_version=4)
    set_parameters(notebook, {"story_prompt": "{articles}"})
    nbformat.write(notebook, path)
    mine = path.read_bytes()
    assert finish(home, experiment)
    assert path.read_bytes() == mine
    assert not is_in_place(home, experiment, "new")
    (experiment.folder / "adopted.json").write_text("{", "utf-8")
    with pytest.raises(UserError, match="remove it"):
        finish(home, experiment)


def test_a_score_is_told_over_the_versions_of_the_prompts(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    for day in DAYS[:2]:
        publish(write(tmp_path / f"{day}.ipynb", executed(revised(day))), home, provenance={})
    draft = draft_of(facts_of(revised()))
    texts = [s.text for _, some in draft.sentences() for s in some]
    assert {"API 降價 45%。", "已有 1600 家企業採用。"} <= {*texts}
    found = history(home, "kept")
    assert found[["llm", "first", "last", "posts"]].values.tolist() == [["offline", *DAYS[:2], 2]]
    assert found["mean"][0] == pytest.approx(15 / 16)
    assert len(history(home, "kept", ["gpt"])) == 0
    with pytest.raises(UserError, match="no scorer «wit»"):
        history(home, "wit")
