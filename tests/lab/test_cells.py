"""What variants have in common is run once; what differs is run for each, in names of its own."""

from __future__ import annotations

import threading
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from digest_lib.errors import BadNotebook
from digest_lib.lab.cells import Trial, assemble, digest_name, working_cells
from digest_lib.sections.trial import begin, branch, trials
from digest_lib.writing.together import shared

DESK = {"tags": ["remove-cell"]}


def cell(source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata or {}, "source": source, "id": "a", "outputs": []}


def notebook(*sources: str) -> dict[str, Any]:
    cells = [cell("days = 1\nlimit = 8\nprompt = 'p'", {"tags": ["parameters", "remove-cell"]})]
    cells += [cell(source, DESK) for source in sources]
    return {"cells": [*cells, cell('section(digest, "making")')], "metadata": {}}


NEWS, GROUPS, DRAFT = (
    "news = gather(days)\nnews",
    "groups = cluster(news, limit)",
    "digest = write(groups, prompt)",
)


def shape(values: list[dict[str, Any]]) -> list[str]:
    """The cells of an assembled notebook: what is run once as it is, branches and trials by their cells."""
    trials = [Trial(f"t{n}", some) for n, some in enumerate(values)]
    found = []
    known = {"news": "gather(", "groups": "cluster(", "draft": "write("}
    for one in assemble(notebook(NEWS, GROUPS, DRAFT), trials, "digest")["cells"][1:]:
        for source in one["source"].splitlines() if "trials([" in one["source"] else [one["source"]]:
            steps = " ".join(step for step, said in known.items() if said in source)
            if source.startswith("    ('"):
                names = source.rsplit(", ", 1)[1].rstrip("(),").replace("globals", "start")
                found.append(f"{source[6:8]}: {steps} from {names}")
            elif steps:
                found.append(steps + " in a branch" * ("branch(" in source))
    return found


@pytest.mark.parametrize(("values", "cells"), [
    ([{}], ["news", "groups", "t0: draft from start"]),
    ([{"prompt": "a"}, {"prompt": "b"}], ["news", "groups", "t0: draft from start", "t1: draft from start"]),
    ([{"limit": 1}, {"limit": 2}], ["news", "t0: groups draft from start", "t1: groups draft from start"]),
    ([{"days": 1}, {"days": 7}], ["t0: news groups draft from start", "t1: news groups draft from start"]),
    ([{"seed": 1}, {"seed": 2}], ["news", "groups", "t0: draft from start", "t1: draft from start"]),
    ([{"limit": 8, "prompt": "a"}, {"limit": 8, "prompt": "b"}, {"limit": 2, "prompt": "a"}],
     ["news", "groups in a branch", "t0: draft from lab_1", "t1: draft from lab_1",
      "t2: groups draft from start"]),
    # several days of one kernel: what is made of each day's news once, then its variants
    ([{"days": n, "prompt": p} for n in (1, 7) for p in "ab"],
     ["news groups in a branch", "news groups in a branch", "t0: draft from lab_1", "t1: draft from lab_1",
      "t2: draft from lab_2", "t3: draft from lab_2"]),
])  # fmt: skip
def test_what_variants_leave_alone_is_run_once(values: list[dict[str, Any]], cells: list[str]) -> None:
    assert shape(values) == cells


def test_what_several_trials_have_alike_is_set_where_their_cells_run_once() -> None:
    values = [{"limit": 8, "prompt": "a", "days": n} for n in (1, 2)] + [
        {"limit": 2, "prompt": "b", "days": 1}
    ]
    cells = notebook(GROUPS, "text = prompt", "digest = write(groups, text, days)")
    made = assemble(cells, [Trial(f"t{n}", some) for n, some in enumerate(values)], "digest")
    branches = [one["source"] for one in made["cells"] if "= branch(" in one["source"]]
    assert len(branches) == 1
    assert "limit = 8\\nprompt = 'a'" in branches[0]


def test_the_cells_that_make_a_digest_are_kept_and_those_that_show_it_are_not() -> None:
    made = notebook("x = 1", "x", "%matplotlib inline")
    made["cells"] += [
        cell("chart(digest)"),
        cell("y = more(digest)"),
        cell("def f():\n    return 1"),
        cell("  "),
    ]
    assert working_cells(made) == [
        "x = 1",
        "%matplotlib inline",
        "y = more(digest)",
        "def f():\n    return 1",
    ]


def test_the_digest_is_what_the_last_section_shows() -> None:
    made = notebook("x = 1")
    assert digest_name(made, "a.ipynb") == "digest"
    made["cells"][-1]["source"] = 'section(better, "making")'
    assert digest_name(made, "a.ipynb") == "better"
    made["cells"].pop()
    with pytest.raises(BadNotebook, match=r"a\.ipynb: no cell shows `section"):
        digest_name(made, "a.ipynb")


def test_a_trial_sees_what_was_made_before_and_nothing_of_another() -> None:
    names = {"shared": [1], "ask": ask}
    one = branch("own = shared + [2]", names)
    found = trials([
        ("a", "ask(); mine = own[0]; raise ValueError('no\\nmore')", "digest", one),
        ("b", "ask(); mine", "digest", one),
        ("c", "ask(); digest = 1", "digest", one),
        ("d", "digest = 1", "digest", branch("1 / 0", names)),
    ])  # fmt: skip
    assert "own" not in names
    assert [(t.found["trial"], t.found["error"]) for t in found] == [
        ("a", "ValueError: no"), ("b", "NameError: name 'mine' is not defined"), ("c", "AssertionError: "),
        ("d", "ZeroDivisionError: division by zero"),
    ]  # fmt: skip


def test_trials_run_side_by_side_and_what_they_have_in_common_runs_once() -> None:
    names = {"met": threading.Barrier(3), "made": [], "ask": ask}
    common = branch("made.append(1)\nat = len(made)", names)
    found = trials([(n, "ask()\nmet.wait(10)\nraise ValueError(at)", "digest", common) for n in "cab"])
    assert [(t.found["trial"], t.found["error"]) for t in found] == [
        ("c", "ValueError: 1"), ("a", "ValueError: 1"), ("b", "ValueError: 1"),
    ]  # fmt: skip


def ask() -> None:
    with shared(1).under_way("an answer"):
        pass


@pytest.mark.parametrize("asks", ["ask()", "raise ValueError"])
def test_a_trial_begins_when_the_one_before_it_has_asked_or_has_ended(asks: str) -> None:
    """In a process of its own, which can be ended where a trial waits for ever."""
    with get_context("fork").Pool(1) as pool:
        assert pool.apply_async(in_turn, [asks]).get(timeout=60) == [0, 1, 0, 3, 0, 5]


def in_turn(asks: str) -> list[int]:
    """How often three trials had begun or asked when each of them did."""
    begun: list[int] = []
    names = {"begun": begun, "pause": lambda: time.sleep(0.1), "ask": ask}
    source = f"begun.append(0)\npause()\nbegun.append(len(begun))\n{asks}"
    trials([(name, source, "digest", names) for name in "abc"])
    return begun


def test_what_a_cell_ends_with_is_not_shown_in_a_kernel_of_trials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    try:
        shell.user_ns["seen"] = []
        before = shell.run_cell("seen.append(1) or seen")
        begin()
        after = shell.run_cell("seen.append(2) or seen")
        assert (before.result, after.result) == ([1, 2], None)
    finally:
        InteractiveShell.clear_instance()
