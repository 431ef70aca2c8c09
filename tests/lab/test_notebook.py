"""`prompt_lab.ipynb` from top to bottom, in a real kernel, without a network: as a newcomer runs it."""

from __future__ import annotations

import os
from typing import Any

import nbformat
import papermill
import pytest

from digest_lib.settings import Home
from homes import REPOSITORY

#: The notebook's own experiment, on one family's day.
SMALL = {"[qwen, gpt]": "[qwen]", "from: 2026-07-19": "from: 2026-07-24"}


def shown(cell: Any) -> str:
    """What a reader of the executed notebook sees of a cell, widgets left out."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(output.get("text") or data.get("text/html") or data.get("text/plain", ""))
    return "".join(parts)


@pytest.mark.slow
def test_every_cell_of_the_notebook_runs_and_shows_what_it_says(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_HOME", str(home.root))
    monkeypatch.setenv("DIGEST_FETCH", "no")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")]))
    source = REPOSITORY / "notebooks" / "prompt_lab.ipynb"
    parameters = {c.id: c.source for c in nbformat.read(source, as_version=4).cells if c.cell_type == "code"}[
        "parameters"
    ]
    said: dict[str, str] = {}
    exec(parameters, said)  # the notebook's own values
    experiment = said["experiment"]
    for what, instead in SMALL.items():
        assert what in experiment
        experiment = experiment.replace(what, instead)
    done = papermill.execute_notebook(
        str(source), str(home.root / "executed.ipynb"), {"experiment": experiment}, progress_bar=False,
        cwd=str(home.root),
    )  # fmt: skip
    cells = {
        c.id: c for c in done.cells if c.cell_type == "code" and "injected-parameters" not in c.metadata.tags
    }
    outputs = {name: shown(cell) for name, cell in cells.items()}
    assert not [o for c in cells.values() for o in c.outputs if o.output_type == "error"]
    assert not [o for c in cells.values() for o in c.outputs if o.get("name") == "stderr"]
    assert "3 variants × 1 families × 1 days = 3 runs; 3 to run" in outputs["open"]
    assert "one-sentence" in outputs["dry-run"] and "output_tokens" in outputs["dry-run"]
    assert "✓ 3/3" in outputs["run"] and "✗" not in outputs["run"]
    assert outputs["board"].index(">supported<") < outputs["board"].index(">characters<")
    assert '<img src="data:image/png;base64,' in outputs["plot"] and "characters: baseline" in outputs["plot"]
    assert "這一天的新聞裡" in outputs["side"]
    assert "2026-07-24 還沒有刊出 Qwen 的文章" in outputs["diff"]
    assert "0 of 1 rated" in outputs["rate"] and "rating.rate(" in outputs["rate"]
    assert any("application/vnd.jupyter.widget-view+json" in o.get("data", {}) for o in cells["rate"].outputs)
    assert "2026-07-24" in outputs["scores"] and "no-meaning" in outputs["scores"]
    assert set(outputs) == {*cells} and all(outputs[name] for name in cells if name != "parameters")
