"""What each way in may load: slow modules are imported where they are used, and nowhere before."""

import subprocess
import sys

import pytest

SLOW = (
    "pandas",
    "matplotlib",
    "openai",
    "papermill",
    "trafilatura",
    "duckdb",
    "nbconvert",
    "scipy",
    "feedparser",
)

FIRST_CELL = (
    "from digest_lib import cluster, compare, coverage_chart, gather, history, infographic, match, read, "
    "revise, section, trend_chart, write"
)


def loaded(code: str) -> set[str]:
    """The slow modules that a fresh Python has loaded after `code`."""
    tell = f"{code}\nimport sys; print(*[m for m in {SLOW!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "may"),
    [
        ("import digest_lib", set()),
        ("import digest_lib.cli", set()),
        ("import digest_lib.running.families", set()),
        (FIRST_CELL, {"pandas", "matplotlib", "scipy"}),
        (
            "import digest_lib, digest_lib.lab.work; [getattr(digest_lib, n) for n in digest_lib.undrawn()]",
            {"pandas", "scipy"},
        ),
        ("import digest_lib.lab.ahead", set()),
    ],
    ids=[
        "the package",
        "the command",
        "the families",
        "a notebook's first cell",
        "what draws nothing",
        "what is begun first",
    ],
)
def test_nothing_slow_is_loaded_before_it_is_used(code: str, may: set[str]) -> None:
    assert loaded(code) <= may


@pytest.mark.parametrize("module", ["running.families", "lab.run", "lab.work", "lab.told"])
def test_notebooks_are_read_without_grammars_that_take_a_second(module: str) -> None:
    code = f"import digest_lib.{module}, papermill, nbformat, jsonschema"
    tell = f"{code}\nimport sys; print('rfc3987_syntax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"  # neither loaded nor blocked: whoever wants it can import it
