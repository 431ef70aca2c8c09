"""What an experiment's YAML may say, and the line that tells what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.errors import BadInput
from digest_lib.lab.experiment import Experiment, read_experiment

GOOD = """
dataset: {families: [qwen], days: [2026-07-23, 2026-07-22, 2026-07-23]}
servers: {here: {base_url: "http://127.0.0.1:8000/v1", key: MY_KEY}}
parameters: {llm: m, max_cost_usd: 0.1}
seeds: 3
variants:
  - name: baseline
  - {name: short, server: here, parameters: {story_prompt: "file://short.txt", max_cost_usd: 0.2}}
scorers: [supported, withheld]
assert: [{type: contains, value: Qwen}, {type: max-chars, value: 400, per: story}]
"""


def read(folder: Path, text: str) -> Experiment:
    (folder / "short.txt").write_text("寫一句：{articles}\n", "utf-8")
    path = folder / "try.yaml"
    path.write_text(text, "utf-8")
    return read_experiment(path)


def test_an_experiment_is_read_with_what_all_variants_have_and_with_texts_of_files(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert (found.name, found.folder) == ("try", tmp_path / "try")
    assert found.dataset.dates() == ["2026-07-22", "2026-07-23"]
    assert found.seed_values == [1, 2, 3]
    assert [v.parameters for v in found.variants] == [
        {"llm": "m", "max_cost_usd": 0.1},
        {"llm": "m", "max_cost_usd": 0.2, "story_prompt": "寫一句：{articles}"},
    ]
    assert [a.scorer for a in found.assertions] == ["contains:Qwen@digest", "max-chars:400@story"]


@pytest.mark.parametrize(("was", "now", "says"), [
    ("days: [2026-07-23, 2026-07-22, 2026-07-23]", "", "dataset: which days? give `days:"),
    ("days: [", "from: 2026-07-01, days: [", "dataset: give either `days`, or `from` and `to`"),
    ("days: [2026-07-23, 2026-07-22, 2026-07-23]", "from: 2026-07-03, to: 2026-07-01",
     "dataset: from 2026-07-03 to 2026-07-01 is no span"),
    ("2026-07-22,", "yesterday,", "dataset.days.1: Input should be a valid date"),
    ("dataset:", "datasets:", "there is no `datasets` here"),
    ("dataset: {families: [qwen], days: [2026-07-23, 2026-07-22, 2026-07-23]}", "", "`dataset` is missing"),
    ("seeds: 3", "seed: 3", "there is no `seed` here"),
    ("seeds: 3", "seeds: 0", "seeds: Input should be greater than or equal to 1"),
    ("name: baseline", "name: short", "two variants are called «short»"),
    ("name: baseline", "name: a/b", "variant «a/b»: name: «a/b» is no name"),
    ("  - name: baseline", "  - {nmae: baseline}", "variant «number 1»: there is no `nmae` here"),
    ("server: here", "server: there", "variant «short»: no server «there» in `servers` (there are: here)"),
    ("key: MY_KEY", "key: sk-abcdefgh", "`key` is the NAME of an environment variable"),
    ('"http:', '"ftp:', "`base_url` begins with http:// or https://"),
    ("file://short.txt", "file://long.txt", "long.txt cannot be read"),
    ("max_cost_usd: 0.2", "max_cost_usd: cheap",
     "variant «short»: `max_cost_usd` is 'cheap'; it must be a number"),
    ("max_cost_usd: 0.2", "temperature: 3",
     "variant «short»: `temperature` is 3; it must be a number from 0 to 2"),
    ("max_cost_usd: 0.2", "date: 2026-07-01", "variant «short»: `date` is the lab's to set"),
    ("max_cost_usd: 0.2", "seed: 1", "variant «short»: `seed` is the lab's to set"),
    ("[supported,", "[suported,", "no scorer «suported»; there are: supported, kept"),
    ("type: contains", "type: contians", "assert.0.type: Input should be 'contains'"),
    ("{type: contains, value: Qwen}", "{type: regex, value: '('}", "«(» is no regular expression"),
    ("value: 400", "value: many", "`max-chars` wants a number of characters"),
    ("{type: contains, value: Qwen}", "{type: python, value: f}", "«f» is not file.py:function"),
    ("dataset: {", "dataset: {{", "line 3: it is not YAML"),
    (GOOD, "- a\n", "an experiment says `dataset:` and `variants:`"),
])  # fmt: skip
def test_what_is_wrong_is_told_in_a_line_with_its_place(
    was: str, now: str, says: str, tmp_path: Path
) -> None:
    assert was in GOOD
    with pytest.raises(BadInput) as caught:
        read(tmp_path, GOOD.replace(was, now))
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'try.yaml'}: ")
    assert "\n" not in str(caught.value)


def test_a_key_is_not_repeated_in_the_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, GOOD.replace("key: MY_KEY", "key: sk-abcdefgh"))
    assert "sk-abcdefgh" not in str(caught.value)
