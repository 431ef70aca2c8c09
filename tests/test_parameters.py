"""A slip in a notebook's parameters is told in a line, wherever the notebook is read or run."""

from pathlib import Path

import nbformat
import pytest

from digest_lib.errors import BadNotebook, UserError
from digest_lib.parameters import check, problem
from digest_lib.publishing.fold import set_parameters
from digest_lib.running.families import load
from homes import REPOSITORY


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("aliases", "GPT", "`aliases` is 'GPT'; it must be a list of texts"),
        ("aliases", [], "`aliases` is []"),
        ("aliases", ["GPT", 4], "`aliases` is ['GPT', 4]"),
        ("aliases", ["GPT", " "], "`aliases` is ['GPT', ' ']"),
        ("exclude", None, "`exclude` is None"),
        ("official", "openai.com", "`official` is 'openai.com'"),
        ("rivals", ["Claude"], "`rivals` is ['Claude']; it must be names with their aliases"),
        ("rivals", {"Claude": "Claude"}, "`rivals` is {'Claude': 'Claude'}"),
        ("window_days", 0, "`window_days` is 0; it must be a whole number from 1 to 366"),
        ("window_days", "7", "`window_days` is '7'"),
        ("window_days", True, "`window_days` is True"),
        ("max_stories", 2.5, "`max_stories` is 2.5"),
        ("max_cost_usd", "1", "`max_cost_usd` is '1'; it must be a number"),
        ("max_cost_usd", -1, "`max_cost_usd` is -1"),
        ("together", ("a", "b"), "`together` is ('a', 'b'); it must be couples of URLs by day"),
        ("apart", {"2026-07-29": ["a"]}, "`apart` is {'2026-07-29': ['a']}"),
        ("story_prompt", "", "`story_prompt` is ''"),
        ("language", "fr", '`language` is \'fr\'; it must be "zh-TW", "en" or "ja"'),
        ("max_seconds", float("inf"), "`max_seconds` is inf"),
        ("date", 0, "`date` is 0; it must be a date in quotation marks"),
        ("date", True, "`date` is True"),
        ("date", 20260729.0, "`date` is 20260729.0"),
        ("cut_off", 5, "`cut_off` is 5; it must be a time with a zone"),
        ("since", ["2026-07-29"], "`since` is ['2026-07-29']"),
    ],
)
def test_what_is_wrong_is_said_with_what_it_must_be(name: str, value: object, says: str) -> None:
    assert (problem(name, value) or "").startswith(says)
    with pytest.raises(UserError, match="see the notebook's parameters cell"):
        check(**{name: value})


KEY = "sk-proj-abcdefghij0123456789ABCD"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("llm", KEY),
        ("story_prompt", f"Write. Key: {KEY}"),
        ("queries", ["OpenAI", KEY]),
        ("anything", "of our own: told-to-nobody"),
    ],
)
def test_a_key_in_a_parameter_is_refused_and_not_repeated(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "told-to-nobody")
    said = problem(name, value) or ""
    assert said.startswith(f"`{name}` holds what looks like a key: parameters are published.")
    assert KEY not in said
    assert "told-to-nobody" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("llm", "ask-me-anything-large-preview"),
        ("story_prompt", "Ask about sk-learn, desk-work and risk-management-of-the-whole-company."),
        ("aliases", ("Qwen", "通義千問")),
        ("exclude", []),
        ("rivals", {}),
        ("window_days", 7),
        ("max_cost_usd", 0),
        ("doubt_prompt", None),
        ("date", None),
        ("date", "2026-07-29"),
        ("date", 20260729),
        ("cut_off", "2026-07-29T05:00+08:00"),
        ("together", {"2026-07-29": [("https://a.example/1", "https://a.example/2")]}),
        ("apart", [("a1", "b2")]),
        ("something_of_ones_own", object()),
    ],
)
def test_what_is_right_is_let_through(name: str, value: object) -> None:
    assert problem(name, value) is None


def test_a_notebook_with_a_slip_is_no_family(tmp_path: Path) -> None:
    notebook = nbformat.read(REPOSITORY / "notebooks" / "gpt.ipynb", as_version=4)
    set_parameters(notebook, {"aliases": "GPT"})
    nbformat.write(notebook, tmp_path / "gpt.ipynb")
    with pytest.raises(BadNotebook, match="in its parameters cell, `aliases` is 'GPT'"):
        load(tmp_path / "gpt.ipynb")


@pytest.mark.parametrize("name", ["gpt", "claude", "gemini", "grok", "mistral", "qwen"])
def test_the_notebooks_that_are_here_are_right(name: str) -> None:
    assert load(REPOSITORY / "notebooks" / f"{name}.ipynb") is not None
