"""What an llm is told is what the desk shows, in the language that was asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from digest_lib import revise, write
from digest_lib.cells import parameters_of
from digest_lib.settings import Home
from digest_lib.writing.fake_llm import FakeLlm
from homes import REPOSITORY
from stories.making import article, stories

LEAD = article("Alibaba releases Qwen3.8", summary="Alibaba released Qwen3.8 with 2.4 trillion parameters.")
PROMPTS = ("story_prompt", "day_prompt", "repair_prompt", "doubt_prompt")
TAIWANS = ("正體字", "臺灣用語", "繁體中文")


def asked(language: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], list[Any]]:
    """What the server got of a day with the desk's own prompts, and what the desk shows of it."""
    desk = parameters_of(nbformat.read(REPOSITORY / "notebooks" / "qwen.ipynb", as_version=4))
    prompts = {name: desk[name] for name in PROMPTS}
    (folder / "posts").mkdir()
    # It lies, so that there is something to repair.
    with FakeLlm(falsehoods=("money", "name"), share=1.0).serving() as llm:
        monkeypatch.setenv("OPENAI_BASE_URL", llm.url)
        draft = write(
            stories(LEAD, home=folder), name="Qwen", llm="fake-llm", language=language, home=Home(folder),
            **prompts,
        )  # fmt: skip
        digest = revise(draft, repair_prompt=prompts["repair_prompt"], doubt_prompt=prompts["doubt_prompt"])
        assert repr(digest).startswith("<digest of Qwen, 2026-07-29: ")
        assert max(map(len, (repr(draft), repr(digest)))) < 120  # a notebook is saved with them
        return llm.requests, [request.body for request in digest.requests]


@pytest.mark.parametrize(("language", "is_taiwans"), [("zh-TW", True), ("en", False), ("ja", False)])
def test_every_request_stands_on_the_desk_as_it_was_sent_and_in_its_language(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_taiwans: bool
) -> None:
    sent, shown = asked(language, tmp_path, monkeypatch)
    texts = [json.dumps(body, sort_keys=True, ensure_ascii=False) for body in sent]
    assert sorted(texts) == sorted(json.dumps(b, sort_keys=True, ensure_ascii=False) for b in shown)
    steps = {re.sub(r"(?s).*<(stories|sentences)>.*", r"\1", t) for t in texts}
    assert {"stories", "sentences"} <= steps  # the day's, and those that judge and mend
    assert any(word in text for text in texts for word in TAIWANS) is is_taiwans
