"""What Python makes of patterns: kept, and the same as what is compiled."""

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digest_lib.running import kept_patterns
from digest_lib.running.kept_patterns import _compiling

PATTERNS = [
    ("plain", 0), ("", 0), ("(?P<year>20\\d\\d)-(?P<month>\\d\\d)|(x)", 0), ("[一-龥]{2,}(?<!的)", 0),
    ("straße|ſ|K", re.IGNORECASE), ("(?i:ab)c|(?x: d # told\n)", 0), (r"(a)?b(?(1)c|d)\1?", 0),
    (b"[\x80-\xff]+|(?P<raw>x)", 0), ("a.b", re.DOTALL | re.MULTILINE), (r"\bλ\w+", re.ASCII),
]  # fmt: skip


def test_what_is_kept_makes_the_same_patterns() -> None:
    known: kept_patterns._Kept = {}
    with _compiling({}, known):
        compiled = [re._compiler.compile(one, int(flags)) for one, flags in PATTERNS]
    kept = marshal.loads(marshal.dumps(known))
    new: kept_patterns._Kept = {}
    with _compiling(kept, new):
        made = [re._compiler.compile(one, int(flags)) for one, flags in PATTERNS]
    assert len(kept) == len(PATTERNS) and not new
    assert made == compiled  # of patterns that tells all they are made of
    assert [m.groupindex for m in made] == [c.groupindex for c in compiled]
    assert made[2].fullmatch("2026-07")["month"] == "07"


def test_a_pattern_is_told_apart_from_another_of_the_same_text() -> None:
    known: kept_patterns._Kept = {}
    with _compiling({}, known):
        for text, flags in (("a", 0), ("a", re.IGNORECASE), (b"a", 0)):
            re._compiler.compile(text, int(flags))
    with _compiling(known, {}):
        made = [re._compiler.compile("a", int(re.IGNORECASE)), re._compiler.compile(b"a"), re.compile("a")]
    assert [bool(m.match(b"A" if m.pattern == b"a" else "A")) for m in made] == [True, False, False]


def test_what_depends_on_more_is_not_kept_and_what_is_wrong_is_told() -> None:
    new: kept_patterns._Kept = {}
    with _compiling({}, new):
        re._compiler.compile(rb"\w", int(re.LOCALE))
        with pytest.raises(re.error):
            re._compiler.compile("(", 0)
    assert new == {}
    assert re.compile("(?P<a>.)").groups == 1  # `re` is as it was


CODE = """
import re
from digest_lib.kept import beside, read
from digest_lib.running import kept_patterns as module
from digest_lib.running.kept_patterns import kept_patterns
path = beside(module.__file__, "patterns")
known = len(read(path) or ())
with kept_patterns():
    for n in range({}):
        assert re.compile(f"one{{n}}(two|three)").fullmatch(f"one{{n}}two")
print(known, len(read(path) or ()))
"""


def kept_by(folder: Path, patterns: int = 9, **environment: str) -> str:
    """What a process that asks for so many patterns found kept, and what it left."""
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(patterns)], capture_output=True, text=True, check=True,
        env={**given, "PYTHONPYCACHEPREFIX": str(folder), **environment},
    )  # fmt: skip
    return done.stdout.strip()


def test_they_are_kept_where_python_keeps_bytecode(tmp_path: Path) -> None:
    assert kept_by(tmp_path, PYTHONDONTWRITEBYTECODE="1") == "0 0"
    assert kept_by(tmp_path, 8) == "0 0"  # not worth a file
    assert [kept_by(tmp_path), kept_by(tmp_path), kept_by(tmp_path, 17)] == ["0 9", "9 9", "9 9"]
    assert kept_by(tmp_path, 18) == "9 18"
    (file,) = tmp_path.rglob("patterns.*")
    for damaged in (file.read_bytes()[:-3], file.read_bytes().replace(b"one0(two", b"one0[two"), b""):
        file.write_bytes(damaged)
        assert kept_by(tmp_path) == "0 9"
    file.unlink()
    file.mkdir()
    assert kept_by(tmp_path) == "0 0"
