"""Runs happen in other processes: every error survives the journey, with its identity and its line."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from digest_lib import errors

EXAMPLES = [
    errors.BadInput(Path("news.jsonl:3"), "no title"),
    errors.BadNotebook("notebooks/qwen.ipynb", "no code cell is tagged `parameters`"),
    errors.BadPrompt("story_prompt", "unknown placeholder {artcles}"),
    errors.UnknownFamily("gwen", ["gpt", "qwen"]),
    errors.NoHome("/tmp"),
    errors.StorageError("posts/x", "No space left on device"),
    errors.RestlessFiles("archive/articles"),
    errors.BlindDay(date(2026, 7, 29)),
    errors.RunFailed("qwen", date(2026, 7, 29), "its kernel died"),
    errors.LlmUnavailable("no connection"),
    errors.LlmRefused("declined"),
    errors.LlmBroken("not JSON"),
    errors.BudgetReached("the run's limit of $0.50 is reached"),
    errors.LlmAway("2026-07-29-qwen", "gpt-5.4-mini", "it does not answer"),
    errors.UnsafePost("2026-07-29-qwen", "a script"),
    errors.PostChanged("2026-07-29-qwen"),
    errors.RenderFailed("quarto", "exit 1"),
    errors.RenderFailed("quarto", "no such image", "posts/2026-07-29-qwen/index.ipynb"),
    errors.RenderBusy(Path("/home/news"), 900),
    errors.UserError("do this"),
    errors.NewerFile("archive/runs/x.json", 2),
    errors.WrongClock("the clock says 1970-01-01"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_survives_pickling(error: errors.DigestError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert back.__dict__ == error.__dict__


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_is_one_line(error: errors.DigestError) -> None:
    assert str(error)
    assert "\n" not in str(error)


def test_a_notebook_shows_one_line_and_no_traceback() -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    with capture_output() as shown:
        shell.run_cell("from digest_lib.day import Day\nDay.of('29/7/2026')")
    assert shown.stdout.strip() == "✗ «29/7/2026» is not a date; write it as 2026-07-29"


def test_every_error_is_covered_and_in_the_tree() -> None:
    def leaves(kind: type) -> set[str]:
        below = kind.__subclasses__()
        return {kind.__name__} | {
            name for sub in below for name in leaves(sub) if sub.__module__ == errors.__name__
        }

    named = leaves(errors.DigestError)
    covered = {type(e).__name__ for e in EXAMPLES} | {"DigestError", "LlmError"}
    assert named == covered
    assert all(name in (errors.__doc__ or "") for name in named)
