"""A digest beside the published one: every sentence once, with what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.checking.digest import Status, Verdict
from digest_lib.lab.beside import compare
from digest_lib.lab.diff import diff
from digest_lib.publishing.post import facts_on_disk, publish
from digest_lib.sections.fact_finding import facts_of
from digest_lib.sections.facts import Facts
from publishing.published_days import executed, make_home, revised, write

STORY = "stories[s1layered].sentences"


def changed(facts: Facts, *pairs: tuple[str, str | None], withheld: dict[str, str] | None = None) -> Facts:
    """The facts with sentences of the first story's replaced (None: left out), and others withheld."""
    new = facts.model_copy(deep=True)
    told = new.digest.stories[0]
    for was, now in pairs:
        told.sentences = [
            s.model_copy(update={"text": s.text.replace(was, now)}) if now else s
            for s in told.sentences if now or was not in s.text
        ]  # fmt: skip
    new.verdicts = [v for v in new.verdicts if v.status is not Status.WITHHELD] + [
        Verdict(place=STORY, text=text, status=Status.WITHHELD, reasons=[why])
        for text, why in (withheld or {}).items()
    ]
    return new


@pytest.mark.parametrize(("pairs", "withheld", "what"), [
    ([], {}, []),
    ([("支援局部替換", "可做局部的替換")], {},
     [("reworded", "Qwen 表示模型支援局部替換與重組。", "Qwen 表示模型可做局部的替換與重組。")]),
    ([("支援局部", None)], {}, [("gone", "Qwen 表示模型支援局部替換與重組。", "")]),
    ([("支援局部", None)], {"Qwen 表示模型支援局部的替換與重組。": "「局部」不在來源裡"},
     [("now withheld", "Qwen 表示模型支援局部替換與重組。", "Qwen 表示模型支援局部的替換與重組。")]),
])  # fmt: skip
def test_what_became_of_a_sentence(
    pairs: list[tuple[str, str | None]], withheld: dict[str, str], what: list[tuple[str, str, str]]
) -> None:
    old = facts_of(revised())
    changes = diff(old, changed(old, *pairs, withheld=withheld))
    assert [(c.what, c.before, c.after) for c in changes if c.what != "same"] == what
    back = diff(changed(old, *pairs, withheld=withheld), changed(old))
    opposite = {"gone": "added", "now withheld": "now supported", "reworded": "reworded"}
    assert [c.what for c in back if c.what != "same"] == [opposite[w[0]] for w in what]


def test_a_sentence_that_is_written_twice_rewords_one_and_is_added_once() -> None:
    old = facts_of(revised())
    new = changed(old, ("支援局部替換", "可做局部的替換"))
    sentences = new.digest.stories[0].sentences
    [at] = [n for n, s in enumerate(sentences) if "局部的" in s.text]
    sentences.insert(at, sentences[at])
    assert [c.what for c in diff(old, new) if c.what != "same"] == ["reworded", "added"]
    assert [c.what for c in diff(new, old) if c.what != "same"] == ["reworded", "gone"]


def test_a_story_is_known_by_its_articles_when_another_of_them_leads() -> None:
    old = facts_of(revised())
    new = old.model_copy(deep=True)
    new.stories[0].id = new.digest.stories[0].story = "renamed"
    assert {change.what for change in diff(old, new)} == {"same"}


def test_the_desk_shows_what_differs_from_the_published_post_and_readers_do_not_see_it(
    tmp_path: Path,
) -> None:
    home = make_home(tmp_path / "home")
    first = revised()
    assert "還沒有刊出" in repr(compare(first, home=home))
    path = publish(write(tmp_path / "one.ipynb", executed(first)), home, provenance={}).path
    assert "一字不差" in repr(compare(first, home=home))

    second = revised(title="<b>別的</b>標題", extra="<i>！</i>")
    found = compare(second, home=home)
    told = found._repr_mimebundle_()
    assert "改寫" in told["text/plain"]
    assert "<ins" in told["text/html"]
    assert "<i>" not in told["text/html"].replace("<ins", "")  # what is compared is escaped
    assert set(found.frame["what"]) >= {"same", "reworded"}
    cell = {"cell_type": "code", "id": "c", "metadata": {"tags": ["remove-cell"]}, "execution_count": 1,
            "source": "compare(digest)",
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": told}]}  # fmt: skip
    publish(write(tmp_path / "two.ipynb", executed(second, [cell])), home, provenance={})
    raw = (path / "index.ipynb").read_text("utf-8")
    assert "compare(digest)" in raw
    assert "改寫" not in raw
    assert facts_on_disk(path) is not None
