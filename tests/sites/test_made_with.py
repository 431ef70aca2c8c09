"""What a post says of its prompts and parameters, beside those of the post before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest_lib.publishing import dom
from digest_lib.site.made_with import diff, made_with
from digest_lib.site.posts import Post
from sites.posts_made import post

SOURCE = 'family = "qwen"\nname = "Qwen"\ndate = "{day}"\nllm = "{llm}"\nstory_prompt = """{prompt}"""\n'


def made(folder: Path, day: str, prompt: str = "寫一則。\n用繁體。", llm: str = "m") -> Post:
    """A post whose notebook has these parameters."""
    known = post(day, "qwen")
    path = folder / known.name
    path.mkdir()
    source = SOURCE.format(day=day, llm=llm, prompt=prompt)
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source, "outputs": []}
    (path / "index.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}}), "utf-8")
    return Post(known.name, path, known.brief, "", known.load)


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\nc\nd", "a\nb\nx\nd", ["-c", "+x"]),
        ("a", "a\nb", ["+b"]),
        ("a\n<i>\nb", "a\nb", ["-<i>"]),
        ("a", "a", []),
        ("寫二到五句，用繁體中文。", "寫一句，用繁體中文。", ["-二到五句", "+一句"]),
        ("用繁體中文\n列出來源", "先想\n用正體中文", ["+先想", "-繁體中文", "+正體中文", "-列出來源"]),
        ("llm = 'a'", "llm = '<i>'", ["-a", "+<i>"]),
        ("一句話說明", "請列出三個數字", ["-一句話說明", "+請列出三個數字"]),
    ],
)
def test_a_diff_shows_what_changed(before: str, after: str, lines: list[str]) -> None:
    signs = {"ins": "+", "del": "-"}
    tree = dom.part("".join(diff(before, after)))
    found = [f"{signs[node.tag]}{node.text()}" for node in tree.css("ins, del")]
    assert found == lines
    assert [node.text() for node in tree.css("i")] == []


def test_a_post_is_laid_beside_the_one_before(tmp_path: Path) -> None:
    first = made(tmp_path, "2026-07-27")
    second = made(tmp_path, "2026-07-28", "寫一則。\n用<b>正體</b>。", "n")
    tree = dom.part(made_with(second, first))
    assert [node.text() for node in tree.css("del")] == ["用繁體。", "m"]
    assert [node.text() for node in tree.css("ins")] == ["用<b>正體</b>。", "n"]
    assert "1 項提示詞和前一篇" in tree.text() and "1 項參數和前一篇" in tree.text()
    same = made(tmp_path, "2026-07-29", "寫一則。\n用<b>正體</b>。", "n")
    assert "提示詞和前一篇 2026 年 7 月 28 日（二） 相同" in dom.part(made_with(same, second)).text()
    assert "沒有前一篇可以比較提示詞" in made_with(first, None)


def test_a_notebook_without_parameters_says_nothing(tmp_path: Path) -> None:
    assert made_with(post("2026-07-28", "qwen"), None) == ""
