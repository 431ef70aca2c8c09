"""With `--log-json` every line is an object, a command's have one id in common, and none has a secret."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from digest_lib.running.logs import ID, LEFT_OUT
from digest_lib.settings import Home
from homes import quickly

KEY = "sk-test-4f9a8b7c6d5e4f3a2b1c"  # no real one


@pytest.fixture
def bare(tmp_path: Path) -> Home:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_quarto.yml").touch()
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["run", "--families", "nobody"], 2, "no family «nobody»"),
        (["run", "--date", "yesterday"], 2, "yesterday"),
        (["runn"], 2, "No such command"),
        (["import", "none.jsonl"], 2, "cannot be read"),
        (["import", f"{KEY}.jsonl"], 2, LEFT_OUT),
        (["archive", "check"], 0, "Every file can be read."),
        (["tidy"], 0, "There was nothing to tidy."),
        (["status"], 0, "Nothing has run here yet"),
    ],
)  # fmt: skip
def test_every_line_is_json_of_one_command(bare: Home, words: list[str], code: int, says: str) -> None:
    done = quickly(bare, "--log-json", *words, OPENAI_API_KEY=KEY)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout) == (code, "")
    assert any(says in one["says"] for one in told)
    assert len({one["log"] for one in told}) == 1 and told[0]["log"]
    assert KEY not in done.stderr


def test_what_was_asked_for_is_no_line_of_the_log(bare: Home) -> None:
    done = quickly(bare, "--log-json", "status", "--json")
    assert "problems" in json.loads(done.stdout)


@pytest.mark.slow
def test_a_run_is_traced_by_one_id_over_command_worker_and_kernel(home: Home) -> None:
    path = home.notebooks / "qwen.ipynb"
    notebook = nbformat.read(path, 4)
    printed = "import os\nos.write(1, b'a line')\nos.write(2, b'no end')\n"  # as another program does
    cell = f"{printed}raise ValueError('in ' + os.environ['{ID}'])"
    notebook.cells.insert(2, nbformat.v4.new_code_cell(cell))
    nbformat.write(notebook, path)
    done = quickly(
        home, "--log-json", "run", "--date", "2026-07-22", "--families", "qwen", OPENAI_API_KEY=KEY
    )
    told = [json.loads(line) for line in done.stderr.splitlines()]
    (failure,) = (one for one in told if one.get("event") == "failure")
    (run,) = (one for one in told if one.get("event") == "run")
    assert failure["process"] != run["process"]  # the worker, and the command
    assert failure["run"] == run["run"] and failure["log"] == run["log"]
    assert any(f"in {run['log']}" in line for line in failure["trace"])  # the kernel
    assert (done.returncode, KEY in done.stderr) == (1, False)
