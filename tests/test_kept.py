"""Tables that are kept: what was made of something else is made anew."""

import os
import subprocess
import sys
from pathlib import Path

from digest_lib.kept import beside, read
from digest_lib.text import script_tables, scripts

MODULE = """
from pathlib import Path
from digest_lib.kept import kept

@kept("click")
def table():
    print("made anew", end=" ")
    return {"words": Path(__file__).with_name("words.txt").read_text().split(), "some": ({1, 2}, 0.5)}
"""


def told(folder: Path, **environment: str) -> str:
    """What a new process says that asks for the table."""
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    given["PYTHONPATH"] = f"{folder}{os.pathsep}{Path.cwd()}"
    done = subprocess.run(
        [sys.executable, "-c", "import own; print(own.table())"],
        capture_output=True, text=True, check=True, env=given | environment,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_table_is_made_anew_when_what_it_is_made_of_is_another(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(MODULE)
    (tmp_path / "words.txt").write_text("one two")
    value = "{'words': ['one', 'two'], 'some': ({1, 2}, 0.5)}"
    assert told(tmp_path, PYTHONDONTWRITEBYTECODE="1") == f"made anew {value}"
    assert [told(tmp_path), told(tmp_path)] == [f"made anew {value}", value]
    (tmp_path / "words.txt").write_text("one two three")
    changed = value.replace("'two'", "'two', 'three'")
    assert [told(tmp_path), told(tmp_path)] == [f"made anew {changed}", changed]
    (tmp_path / "own.py").write_text(f"{MODULE}# changed")
    assert told(tmp_path) == f"made anew {changed}"
    (file,) = tmp_path.rglob("own.table.*")
    file.write_bytes(file.read_bytes().replace(b"three", b"threx"))  # damaged
    assert [told(tmp_path), told(tmp_path)] == [f"made anew {changed}", changed]


def test_the_tables_that_are_kept_are_those_that_would_be_made() -> None:
    tables = (
        script_tables.phrases, script_tables.other_phrases, script_tables.characters, scripts._script_only,
        scripts._simple, scripts._folded, scripts._lower_table,
    )  # fmt: skip
    for table in tables:
        make = table.__wrapped__.__wrapped__  # type: ignore[attr-defined]
        assert table() == make()
        path = beside(
            sys.modules[make.__module__].__file__ or "", f"{make.__module__.split('.')[-1]}.{make.__name__}"
        )
        if path and path.exists():
            assert read(path)[1] == make()
