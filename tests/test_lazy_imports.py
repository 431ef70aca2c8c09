"""What each way in may load: slow modules are imported where they are used, and nowhere before."""

import subprocess
import sys
from pathlib import Path

import pytest

from digest_lib.writing.fake_llm import FakeLlm

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
def test_notebooks_are_read_without_what_checks_formats(module: str) -> None:
    code = f"import digest_lib.{module}, papermill, nbformat, jsonschema"
    tell = f"{code}\nimport sys; print({{'rfc3987_syntax', 'isoduration'}} & {{*sys.modules}})"
    # Neither loaded nor blocked: whoever wants it can import it.
    assert said(tell) == "set()\n"


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    ("modules", "unused"),
    [
        ("digest_lib.writing.client_ahead", ("openai.types", "openai.types.responses")),
        ("digest_lib.stories.cluster", ("numpy.f2py",)),
        ("digest_lib.running.families, papermill", ("requests",)),
    ],
)
def test_what_others_import_and_do_not_use_is_not_executed(modules: str, unused: tuple[str, ...]) -> None:
    tell = f"import sys, {modules}\nprint(*[type(sys.modules[n]).__name__ for n in {unused!r}])"
    assert said(tell).split() == ["_Later"] * len(unused)


ASK = """
import sys, digest_lib.writing.client_ahead
from pydantic import BaseModel
from digest_lib.writing.server import Server
before = set(sys.modules)
Server("fake-llm").ask("一句", type("Said", (BaseModel,), {}), 30.0)
print(sorted(n for n in set(sys.modules) - before if n.startswith("openai.")))
"""


def test_whoever_asks_an_llm_has_its_client_imported_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeLlm().serving() as llm:
        monkeypatch.setenv("OPENAI_BASE_URL", llm.url)
        assert said(ASK) == "[]\n"


LATER = """
import sys
sys.path.insert(0, {folder!r})
from digest_lib.quick import later
later("kept", "kept.part", "nowhere", "nowhere.part")
{code}
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import kept", []),
        ("import kept.other", ["other"]),  # a module of a package that is not executed itself
        ("import kept.part; assert not hasattr(kept.part, '__wrapped__')", []),
        ("from kept.part import NAME; print(NAME)", ["part", "7"]),
        ("import kept; print(kept.NAME, kept.NAME)", ["kept", "other", "1", "1"]),
        ("import kept; print(hasattr(kept, 'nothing'))", ["kept", "other", "False"]),
        ("import kept; print(kept.anything_at_all)", ["kept", "other", "anything_at_all"]),
    ],
)
def test_a_module_for_later_is_executed_once_it_is_asked(tmp_path: Path, code: str, told: list[str]) -> None:
    package = tmp_path / "kept"
    package.mkdir()
    (package / "__init__.py").write_text(
        "print('kept')\nfrom . import other\nNAME = 1\n"
        "def __getattr__(name):\n    if 'any' in name: return name\n    raise AttributeError(name)\n"
    )
    (package / "other.py").write_text("print('other')\n")
    (package / "part.py").write_text("print('part')\nNAME = 7\n")
    assert said(LATER.format(folder=str(tmp_path), code=code)).split() == told
