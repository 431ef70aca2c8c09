"""An experiment, run: on the sample's days, by a fake llm, killed and resumed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import nbformat
import pandas as pd
import pytest

from digest_lib.errors import UserError
from digest_lib.lab.experiment import read_experiment
from digest_lib.lab.plan import plan
from digest_lib.settings import Home
from digest_lib.site.adopted import read_reports
from digest_lib.writing.fake_llm import FakeLlm
from homes import line, quickly
from lab.test_notebook import shown
from publishing.programs import wait_until

EXPERIMENT = """
name: length
dataset: {{families: [qwen], days: [2026-07-24]}}
servers: {{fake: {{base_url: "{url}", key: FAKE_KEY}}}}
parameters: {{llm: fake-llm}}
variants:
  - {{name: baseline, server: fake}}
  - {{name: short, server: fake, replace: {{story_prompt: {{"sentences 寫二到五句": "sentences 寫一句"}}}}}}
  - {{name: few, server: fake, parameters: {{max_stories: 1}}}}
  - {{name: offline, parameters: {{llm: offline}}}}
assert: [{{type: contains, value: Qwen}}, {{type: python, value: "rules.py:short", per: story}}]
"""
RULES = "def short(text):\n    return len(text) < 10_000\n"


@pytest.fixture
def fake() -> Iterator[FakeLlm]:
    with FakeLlm().serving() as server:
        yield server


def written(home: Home, name: str, text: str) -> Path:
    path = home.root / "experiments" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.with_name("rules.py").write_text(RULES, "utf-8")
    return path


def killed(home: Home, path: Path, most: int) -> None:
    """Runs the experiment, and kills it when `most` answers are kept."""
    environment = {**os.environ, "DIGEST_LLM": "", "FAKE_KEY": "none"}
    running = subprocess.Popen(
        line(home, "lab", "run", str(path)),
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )

    def is_far_enough() -> bool:
        assert running.poll() is None
        return len(answers(path)) >= most

    wait_until(is_far_enough, f"{most} answers", 120)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def answers(path: Path) -> dict[str, int]:
    """The answers that an experiment keeps; one that is written anew has another number."""
    return {p.name: p.stat().st_ino for p in path.with_suffix("").glob("answers/fake/*.json")}


def untouched(home: Home) -> dict[str, bytes | None]:
    """All that is in the home but what an experiment makes: what each file holds (None: a folder)."""
    paths = (p for p in home.root.rglob("*") if not {"experiments", "vectors"} & {*p.parts})
    return {str(p.relative_to(home.root)): p.read_bytes() if p.is_file() else None for p in paths}


def tables(path: Path) -> list[bytes]:
    folder = path.with_suffix("")
    return [
        (folder / n).read_bytes() for n in ("scores.csv", "scores.parquet", "scoreboard.csv", "sentences.csv")
    ]


def articles_text(home: Home) -> list[str]:
    """The bodies of the archive's articles, as far as they are longer than what a digest may quote."""
    rows = duckdb.sql(f"SELECT text, summary FROM '{home.archive}/articles/*/*.parquet'").fetchall()
    return [text for row in rows for text in row if text and len(text) > 80]


def shared_and_told(home: Home, whole: Path) -> None:
    """What others have of an experiment that was run."""
    # Shared, it is scored to the same numbers without the home's archive, and without any article's text.
    away = Home(home.root.parent / "away")
    (away.root / "notebooks").mkdir(parents=True)
    (away.root / "_quarto.yml").touch()
    shared = quickly(home, "lab", "share", str(whole), str(away.root / "shared"))
    assert shared.returncode == 0, shared.stderr
    bodies = articles_text(home)
    assert bodies
    files = [p for p in (away.root / "shared").rglob("*") if p.is_file()]
    assert {"README.md", "whole.yaml", "rules.py", "sources.json"} <= {p.name for p in files}
    assert not [p for p in files if any(part in p.read_text("utf-8", "replace") for part in bodies)]
    for name in ("scores.csv", "scores.parquet", "scoreboard.csv", "sentences.csv"):
        (away.root / "shared" / "whole" / name).unlink()
    scored = quickly(away, "lab", "score", str(away.root / "shared" / "whole.yaml"))
    assert scored.returncode == 0, scored.stderr
    assert tables(away.root / "shared" / "whole.yaml") == tables(whole)

    # Its report is a notebook in its folder, and a page of whoever's site wants it.
    told = quickly(away, "lab", "report", str(away.root / "shared" / "whole.yaml"), "--publish", kernels=True)
    assert told.returncode == 0, told.stderr
    report = nbformat.read(away.root / "shared" / "whole" / "report.ipynb", as_version=4)
    outputs = {cell.id: shown(cell) for cell in report.cells if cell.cell_type == "code"}
    assert "qwen × 2026-07-24 = 4 runs" in outputs["open"]
    assert ">supported<" in outputs["board"] and "data:image/png" in outputs["plot"]
    assert "sentences 寫<del>二到五句</del><ins>一句</ins>" in outputs["changes"]
    assert not [cell.id for cell in report.cells if "execution" in cell.metadata]  # the same each time
    text = nbformat.writes(report)
    assert not [body for body in [*bodies, str(away.root)] if body in text]
    (page,), bad = read_reports(away)
    assert (page.experiment, page.adopted, bad) == ("length", "", [])
    assert outputs["side"].count("<tr>") == "".join(page.shown).count("<tr>") > 1
    assert "<h2>同一則新聞，各種寫法並排</h2>" in page.shown[0]


@pytest.mark.slow
def test_an_experiment_comes_out_the_same_killed_and_resumed_and_touches_no_post(
    home: Home, fake: FakeLlm
) -> None:
    text = EXPERIMENT.format(url=fake.url)
    whole, torn = written(home, "whole", text), written(home, "torn", text)
    before = untouched(home)
    assert any(name.startswith("archive/articles/") for name in before)
    key = {"DIGEST_LLM": "", "FAKE_KEY": "none"}

    done = quickly(home, "lab", "run", str(whole), **key)
    assert done.returncode == 0, done.stderr
    assert "4 variants × 1 families × 1 days = 4 runs; 4 to run" in done.stdout
    asked = len(fake.requests)
    again = quickly(home, "lab", "run", str(whole))  # nobody is asked, so nobody need be within reach
    assert (again.returncode, "4 are kept" in again.stdout) == (0, True), again.stderr
    assert len(fake.requests) == asked

    killed(home, torn, most=2)
    assert not (torn.with_suffix("") / "scores.csv").exists()
    kept = answers(torn)
    resumed = quickly(home, "lab", "run", str(torn), **key)
    assert resumed.returncode == 0, resumed.stderr
    assert len(kept) >= 2
    assert kept.items() <= answers(torn).items()  # what was kept is not asked again
    assert tables(torn) == tables(whole)

    assert untouched(home) == before
    folder = whole.with_suffix("")
    frame = pd.read_csv(folder / "scores.csv")
    assert list(frame.columns) == ["experiment", "variant", "family", "day", "seed", "scorer", "score"]
    assert duckdb.read_parquet(str(folder / "scores.parquet")).df().equals(frame)
    score = frame.set_index(["variant", "scorer"])["score"]
    assert score["short", "characters"] < score["baseline", "characters"]
    assert score["few", "stories"] == 1
    assert score["baseline", "contains:Qwen@digest"] == score["baseline", "python:rules.py:short@story"] == 1
    assert ("offline", "cost_usd") in score.index

    shared_and_told(home, whole)

    # Adopted, the notebooks are no longer those that it was run with; adopting it once more says so in peace.
    for says in ("max_stories", "the notebooks are as this variant already"):
        adopted = quickly(home, "lab", "adopt", str(whole), "few", kernels=True)
        assert (adopted.returncode, says in adopted.stdout) == (0, True), adopted.stderr


@pytest.mark.parametrize(("was", "now", "says"), [
    ("few, server: fake, parameters: {max_stories", "few, server: fake, parameters: {max_storeis",
     "variant «few», qwen: its notebook has no parameter `max_storeis`; did you mean `max_stories`?"),
    ("寫二到五句", "寫十句", "variant «short», qwen: `story_prompt` does not hold «sentences 寫十句»"),
    ("sentences 寫一句", "{artcles}",
     "variant «short», qwen: `story_prompt`: unknown placeholder {artcles}; there are: {articles}"),
    ("[qwen]", "[qwne]", "no family «qwne» in notebooks/"),
    ("2026-07-24", "2036-07-24", "2036-07-24 has not come yet"),
    ("", "", "variant «baseline»: the key of server «fake» is not set: export FAKE_KEY="),
    ("baseline, server: fake", "baseline",
     "variant «baseline»: who answers for «fake-llm»? set OPENAI_API_KEY"),
])  # fmt: skip
def test_what_is_wrong_with_an_experiment_is_told_before_anything_is_run(
    was: str, now: str, says: str, gathered: Home, tmp_path: Path
) -> None:
    path = written(Home(tmp_path), "wrong", EXPERIMENT.format(url="http://127.0.0.1:9/v1").replace(was, now))
    with pytest.raises(UserError) as caught:
        plan(gathered, read_experiment(path))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_llm_that_is_set_for_the_machine_would_write_for_every_variant(
    gathered: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(Home(tmp_path), "set", EXPERIMENT.format(url="http://127.0.0.1:9/v1"))
    monkeypatch.setenv("DIGEST_LLM", "offline")
    with pytest.raises(UserError, match="DIGEST_LLM=offline is set, and would write instead of «fake-llm»"):
        plan(gathered, read_experiment(path))
