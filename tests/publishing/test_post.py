"""Publishing: what a post holds, the same bytes everywhere, corrections, retraction."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from digest_lib.charts.raster import smallest
from digest_lib.errors import BadNotebook, LlmAway, StorageError, UnsafePost, UserError
from digest_lib.publishing.guard import check_post
from digest_lib.publishing.post import publish
from digest_lib.publishing.retract import retract
from digest_lib.sections.facts import KEY, Facts
from digest_lib.settings import Home
from digest_lib.site.posts import read_posts
from digest_lib.writing.usage import Writer
from publishing.published_days import chart, code, executed, fact, make_home, png, revised, shown, write

NAME = "2026-07-29-qwen"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DIGEST_NOW", "2026-07-30T09:00+08:00")
    return make_home(tmp_path / "home")


def put(home: Home, notebook: dict[str, Any]) -> Any:
    return publish(write(home.root / "work.ipynb", notebook), home, provenance={"run": "x"})


def read(home: Home, name: str = NAME) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((home.posts / name / "index.ipynb").read_text("utf-8"))
    return loaded


def front(home: Home) -> dict[str, Any]:
    block = "".join(read(home)["cells"][0]["source"])
    loaded: dict[str, Any] = yaml.safe_load(block.strip().strip("-"))
    return loaded


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_new_post_has_front_matter_notebook_and_images(home: Home) -> None:
    done = put(home, executed())
    assert (done.post, done.outcome, done.path) == (NAME, "new", home.posts / NAME)
    # one colour is smaller as WebP
    assert set(tree(done.path)) == {
        "index.ipynb", "infographic.webp", "infographic-small.webp", "trend.png",
    }  # fmt: skip
    told = front(home)
    assert told["title"] == "Qwen 每日動態 - 2026-07-29"
    assert told["subtitle"] == "彙整 2 則 Qwen 相關新聞、4 篇報導"
    assert str(told["date"]) == "2026-07-29" and told["categories"] == ["qwen", "daily"]
    assert told["tags"] == ["Qwen-Image-Layered", "開源模型", "Qwen", "AI", "Digest"]
    assert told["image"] == "infographic.webp"
    assert told["description"] == "通義千問開源 Qwen-Image-Layered。千問 API 降價 40%。"
    assert told["execute"] == {"echo": False} and told["provenance"]["run"] == "x"
    assert told["provenance"]["checks"] == {"repaired": 1, "supported": 13, "withheld": 1}
    assert (done.path / "trend.png").read_bytes() == png(shade=40)
    assert (done.path / "infographic.webp").read_bytes() == smallest(png())[1]
    assert [p.name for p in home.posts.iterdir()] == [NAME]  # nothing is left aside


def test_nothing_of_the_machine_is_left(home: Home) -> None:
    put(home, executed())
    text = (home.posts / NAME / "index.ipynb").read_text("utf-8")
    for trace in ("data:image", "papermill", "0x", "took 0.3", "start_time", "text/plain", "mine"):
        assert trace not in text, trace
    cells = read(home)["cells"]
    assert [c["id"] for c in cells] == [f"cell-{n:02}" for n in range(1, len(cells) + 1)]
    assert all(c["execution_count"] is None for c in cells if c["cell_type"] == "code")
    folded = next(c for c in cells if "parameters" in c["metadata"].get("tags", []))
    assert "date = '2026-07-29'  # the latest day\n" in folded["source"]


def test_it_is_a_valid_notebook(home: Home) -> None:
    import nbformat

    put(home, executed())
    nbformat.validate(nbformat.read(home.posts / NAME / "index.ipynb", as_version=4))


PUBLISH = """
import sys; from pathlib import Path
sys.path.insert(0, {tests!r})
from publishing.published_days import executed, make_home, write
from digest_lib.publishing.post import publish
from digest_lib.site.posts import read_posts
from digest_lib.writing.usage import Writer
home = make_home(Path({root!r}))
publish(write(home.root / "work.ipynb", executed()), home, provenance={{"b": 1, "a": 2}})
"""


@pytest.mark.slow
def test_the_same_bytes_whatever_the_folder_zone_and_hash_seed(tmp_path: Path) -> None:
    here, there = tmp_path / "some", tmp_path / "other" / "deep" / "home"
    script = PUBLISH.format(tests=str(Path(__file__).parents[1]), root=str(there))
    environment = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "77"}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, timeout=60)
    publish(write(make_home(here).root / "work.ipynb", executed()), Home(here), provenance={"a": 2, "b": 1})
    trees = [tree(here / "posts"), tree(there / "posts")]
    assert trees[0] == trees[1] and trees[0]


def changed(**update: Any) -> Any:
    digest = revised()
    told = digest.digest.model_copy(update=update)
    return replace(digest, digest=told)


def test_the_same_result_with_an_authors_prose_changes_nothing(home: Home) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "一段文字\n\n兩行"}
    outcomes = []
    for provenance in ({}, {"run": "again"}):
        work = write(home.root / "work.ipynb", executed(extra=[cell]))
        outcomes.append(publish(work, home, provenance=provenance).outcome)
    assert outcomes == ["new", "unchanged"]


def test_the_same_result_again_changes_nothing(home: Home) -> None:
    put(home, executed())
    before = tree(home.posts)
    assert put(home, executed()).outcome == "unchanged"
    assert tree(home.posts) == before and not (home.archive / "corrections").exists()


def test_another_provenance_alone_is_no_correction(home: Home) -> None:
    first = write(home.root / "work.ipynb", executed())
    publish(first, home, provenance={"library": "1"})
    before = tree(home.posts)
    assert publish(first, home, provenance={"library": "2"}).outcome == "unchanged"
    assert tree(home.posts) == before


def test_a_different_result_is_a_shown_correction_and_the_old_post_is_kept(home: Home) -> None:
    put(home, executed())
    old = tree(home.posts / NAME)
    told = revised().digest
    new = changed(trend=told.trend[:1], stories=told.stories[:1], headline="另一個標題")
    done = put(home, executed(new))
    assert done.outcome == "corrected"
    [entry] = done.facts.corrections
    assert str(entry.date) == "2026-07-30"
    assert entry.changes == [
        "移除新聞：阿里雲調降千問 API 價格 40%",
        "改動 1 句內文",
        "標題摘要改為「另一個標題」",
    ]
    [kept] = (home.archive / "corrections" / NAME).iterdir()
    assert tree(kept) == old
    head = read(home)["cells"][1]["outputs"][0]["data"]["text/html"]
    assert "更正" in head and "移除新聞：阿里雲調降千問" in head
    assert front(home)["corrections"][0]["changes"][1] == "改動 1 句內文"
    # the same once more is no second correction; another change is
    assert put(home, executed(new)).outcome == "unchanged"
    assert put(home, executed()).outcome == "corrected"
    assert len(check_post(home.posts / NAME).corrections) == 2
    assert put(home, executed()).outcome == "unchanged"


def test_what_an_llm_wrote_stands_while_no_llm_answers(home: Home) -> None:
    put(home, executed(revised(writer=Writer("gpt-5.4-mini"))))
    before = tree(home.posts)
    away = executed(revised(writer=Writer("offline", "it does not answer"), extra="！"))
    with pytest.raises(LlmAway, match=r"gpt-5\.4-mini wrote stands, .* \(it does not answer\)"):
        put(home, away)
    assert tree(home.posts) == before
    # whoever wants the offline writer's has it, and what that wrote is written anew
    assert put(home, executed(revised(writer=Writer("offline"), extra="！"))).outcome == "corrected"
    again = executed(revised(writer=Writer("offline", "it does not answer"), extra="？"))
    assert put(home, again).outcome == "corrected"


def test_a_changed_chart_alone_is_told(home: Home) -> None:
    put(home, executed())
    notebook = executed()
    notebook["cells"][4]["outputs"] = [shown(chart("infographic", png(shade=7)), 4)]
    done = put(home, notebook)
    assert done.outcome == "corrected"
    assert done.facts.corrections[0].changes == ["更新圖表或製作資料"]
    # again on the same day, it is said once
    notebook["cells"][4]["outputs"] = [shown(chart("infographic", png(shade=9)), 4)]
    done = put(home, notebook)
    assert done.outcome == "corrected" and len(done.facts.corrections) == 1
    done = put(home, executed(revised(extra="！")))
    assert len(done.facts.corrections) == 2


def test_an_edited_post_is_put_right_as_a_correction(home: Home) -> None:
    put(home, executed())
    (home.posts / NAME / "index.ipynb").write_text("{broken", "utf-8")
    done = put(home, executed())
    assert done.outcome == "corrected"
    assert done.facts.corrections[0].changes == ["先前的版本毀損，已重新製作"]


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        ({"cells": []}, "it carries no facts"),
        (executed(extra=[code("1/0", [{"output_type": "error", "ename": "ZeroDivisionError",
                                       "evalue": "division", "traceback": []}])]),
         r"cell 14 raised ZeroDivisionError: division"),
        (executed(revised(family="../../x")), "cannot be part of a file name"),
        (executed(extra=[code("x", [shown(chart("trend", png(shade=1)), 1)])]),
         "two charts are named trend"),
    ],
)  # fmt: skip
def test_what_is_no_post_is_refused_and_nothing_changes(
    home: Home, notebook: dict[str, Any], said: str
) -> None:
    put(home, executed())
    before = tree(home.posts)
    with pytest.raises(UnsafePost, match=said):
        put(home, notebook)
    assert tree(home.posts) == before and tree(home.root).keys() >= {"work.ipynb"}


def test_a_notebook_without_parameters_is_named(home: Home) -> None:
    notebook = executed()
    notebook["cells"] = notebook["cells"][3:]
    with pytest.raises(BadNotebook, match=r"work.ipynb: no code cell is tagged `parameters`"):
        put(home, notebook)


def test_a_disk_that_refuses_leaves_everything(home: Home) -> None:
    home.posts.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="nothing was changed"):
        put(home, executed())


def test_a_secret_is_refused_and_named_without_its_value(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_API_KEY", "sk-very-secret-1")
    told = revised().digest
    leak = changed(trend=[*told.trend, fact("sk-very-secret-1")])
    with pytest.raises(UnsafePost, match="MY_API_KEY") as caught:
        put(home, executed(leak))
    assert "sk-very" not in str(caught.value) and not list(home.posts.iterdir())


def test_a_retracted_post_says_so_and_keeps_its_address(home: Home) -> None:
    put(home, executed())
    old = tree(home.posts / NAME)
    retract(home, NAME, "來源有誤 <b>")
    facts = check_post(home.posts / NAME)
    assert facts.retracted and not facts.stories and not facts.sources
    text = json.dumps(read(home), ensure_ascii=False)
    assert "這篇文章已於 2026-07-30 撤回。原因：來源有誤 &lt;b&gt;" in text
    assert "Qwen 每日動態 - 2026-07-29" in text and "圖像分層" not in text
    [kept] = (home.archive / "corrections" / NAME).iterdir()
    assert tree(kept) == old
    assert put(home, executed()).outcome == "retracted"  # and stays so
    assert check_post(home.posts / NAME).retracted


@pytest.mark.parametrize("post", ["2026-07-01-qwen", "../notebooks", "", "."])
def test_only_a_post_can_be_retracted(home: Home, post: str) -> None:
    with pytest.raises(UserError, match="no post"):
        retract(home, post, "x")


def test_facts_are_in_the_metadata(home: Home) -> None:
    put(home, executed())
    facts = Facts.model_validate(read(home)["metadata"][KEY])
    assert facts.digest.headline == "阿里開源圖像分層模型，千問 API 降價 40%"


def test_a_quiet_day_is_called_quiet_everywhere(home: Home) -> None:
    done = put(home, executed(revised(quiet=True)))
    told = front(home)
    assert told["subtitle"] == told["description"] == "今日沒有 Qwen 相關新聞"
    head = read(home)["cells"][1]["outputs"][0]["data"]["text/html"]
    assert "<h1>今日沒有 Qwen 相關新聞</h1>" in head and head.count("今日沒有 Qwen") == 2
    assert done.facts.stories == []
    # a notebook says of a section that it is left out; the post does not
    assert "這一天沒有內容" not in json.dumps(read(home), ensure_ascii=False)


def test_a_retracted_post_that_was_set_aside_stays_retracted(home: Home) -> None:
    put(home, executed())
    retract(home, NAME, "錯誤的數字")
    (home.posts / "_set-aside").mkdir()
    (home.posts / NAME).rename(home.posts / "_set-aside" / NAME)
    done = put(home, executed())
    assert done.outcome == "retracted"
    assert check_post(home.posts / NAME).retracted


def test_a_post_that_was_being_replaced_when_the_machine_went_down_is_put_back(home: Home) -> None:
    put(home, executed())
    retract(home, NAME, "錯誤的數字")
    (home.posts / NAME).rename(home.posts / f".{NAME}.old")
    assert [post.name for post in read_posts(home)[0]] == [NAME]
    assert put(home, executed()).outcome == "retracted"


def test_what_other_programs_leave_is_no_part_of_a_post(home: Home) -> None:
    put(home, executed())
    (home.posts / NAME / ".DS_Store").write_bytes(b"x")
    (home.posts / NAME / ".ipynb_checkpoints").mkdir()
    assert [post.name for post in read_posts(home)[0]] == [NAME]
    assert put(home, executed()).outcome == "unchanged"
