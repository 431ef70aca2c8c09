"""The pages of what was adopted of experiments, and the posts that lead to them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from digest_lib.publishing import dom
from digest_lib.settings import Home
from digest_lib.site.adopted import Change, Report, Score, Tried, keep_report, read_reports
from digest_lib.site.made_with import made_with
from digest_lib.site.pages import prepare
from digest_lib.site.prompt_pages import csv_of, prompt_pages
from publishing.published_days import make_home
from sites.test_made_with import made

#: Each in every text of a report.
HOSTILE = (
    "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{< env HOME >}}", "`````\n</div>",
    "&lt;script&gt;", "](javascript:alert(1))", "\x1b[31m\u202e$x$", "../../etc/passwd",
)  # fmt: skip


def score(
    variant: str, mean: float, apart: tuple[float, float, float] | None = None, **more: object
) -> Score:
    found = {"scorer": "kept", "better": 1, "variant": variant, "mean": mean, "low": mean - 0.1,
             "high": mean + 0.1, "runs": 12, "days": 6, **more}  # fmt: skip
    names = ("difference", "difference_low", "difference_high")
    return Score.model_validate(found | (dict(zip(names, apart, strict=True)) if apart else {}))


def report(text: str = "短", **more: object) -> Report:
    """A report with a text of one's own in every place."""
    changes = [
        Change(family=f, parameter="story_prompt", before="寫兩句。\n用繁體。", after="寫一句。\n用繁體。")
        for f in ("qwen", "gpt")
    ]
    odd = Change(family=text, parameter=text, before="", after=text)
    made_of = {
        "experiment": f"長度 {text}", "note": text, "adopted": "new", "on": date(2026, 7, 28),
        "families": ("qwen", "gpt"), "days": tuple(date(2026, 7, n) for n in range(20, 26)),
        "variants": (Tried(name="base"), Tried(name="new", note=text)), "changes": (*changes, odd),
        "scores": (score("base", 0.8), score("new", 0.9, (0.1, 0.05, 0.15)),
                   score("base", 1, scorer=text, says=text), score("new", 1, (0, 0, 0), scorer=text)),
        "enough_days": 6, "rated": text,
    }  # fmt: skip
    return Report.model_validate(made_of | more)


def test_a_page_shows_the_scores_with_their_intervals_and_what_was_changed() -> None:
    index, page = prompt_pages([report()], {"qwen": "Qwen", "gpt": "GPT"})
    assert re.fullmatch(r"prompts-2026-07-28-new-[0-9a-f]{8}\.qmd", page.path)  # Chinese is in no address
    tree = dom.part(page.html)
    assert [n.text() for n in tree.css("del")][:1] == ["兩句"]
    assert [n.text() for n in tree.css("ins")][:1] == ["一句"]
    assert "Qwen、GPT" in tree.text()  # the same change of both families, once
    cells = [n.text() for n in tree.css("tbody tr")[0].css("td, th")]
    assert cells == ["kept", "0.8［0.7–0.9］", "0.9［0.8–1］ ▲ +0.1"]
    (drawing,) = tree.css("svg")
    assert len(drawing.css("circle")) == 2
    assert len(drawing.css("line.line")) == 2
    link = dom.part(index.html).css_first("a")
    assert link is not None
    assert link.attributes["href"] == report().page
    assert csv_of(report()).decode("utf-8-sig").splitlines()[1].startswith("kept,1,base,0.8,")
    assert prompt_pages([], {}) == []


@pytest.mark.parametrize(("days", "apart", "shows"), [
    (6, (-0.1, -0.2, -0.05), "▼ -0.1"),
    (6, (0.1, -0.05, 0.2), "0.9［0.8–1］"),
    (5, (0.1, 0.05, 0.2), "0.9［0.8–1］"),
])  # fmt: skip
def test_a_difference_is_called_one_beyond_its_interval_and_with_enough_days(
    days: int, apart: tuple[float, float, float], shows: str
) -> None:
    some = report(scores=(score("base", 0.8, days=days), score("new", 0.9, apart, days=days)))
    html = prompt_pages([some], {})[1].html
    cell = dom.part(html).css("tbody tr")[0].css("td")[-1].text()
    assert cell.endswith(shows)
    assert ("只有 5 天" in html) is (days == 5)


#: Cells of a report's notebook, as somebody may have written them into the file, and what readers get.
CELLS = [
    ({"cell_type": "markdown", "source": ["## 並排\n", "<script>x</script>[a](javascript:alert(1))"]},
     "<h2>並排</h2>", ["<script", 'href="javascript']),
    ({"cell_type": "code", "source": "",
      "outputs": [{"data": {"text/html": "<p onclick='x'>{{< env A >}}好</p>"}}]},
     "好</p>", ["onclick", "{{<"]),
    ({"cell_type": "code", "source": "", "metadata": {"tags": ["remove-cell"]},
      "outputs": [{"data": {"text/html": "<p>內部</p>"}}]}, "", ["內部"]),
    ({"cell_type": "code", "source": "", "outputs": [{"data": {"text/html": "<table><tr><td>`````"}}]},
     "<table><tbody>", ["`````"]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "shows", "never"), CELLS)
def test_the_cells_of_its_notebook_stand_on_the_page_as_a_posts_do(
    cell: dict[str, object], shows: str, never: list[str], tmp_path: Path
) -> None:
    home = make_home(tmp_path / "home", [("qwen", "Qwen")])
    keep_report(home, report(adopted=""), [cell])
    assert prepare(home)[1] == []
    (path,) = home.root.glob("prompts-*.qmd")
    body = path.read_text("utf-8").split("{=html}")[1].rpartition("`````")[0]
    assert shows in body
    assert not [bad for bad in never if bad in body]


def test_of_an_experiment_without_a_winner_the_page_shows_what_each_variant_changed(tmp_path: Path) -> None:
    change = Change(family="qwen", parameter="max_stories", before="8", after="3")
    tried = report(
        adopted="", changes=(), variants=(Tried(name="base"), Tried(name="few", changes=(change,)))
    )
    keep_report(Home(tmp_path), tried)
    (read,), bad = read_reports(Home(tmp_path))
    assert (read, bad) == (tried, [])
    index, page = prompt_pages([read], {"qwen": "Qwen"})
    assert "比較，沒有採用" in page.html and "（採用）" not in page.html
    assert "<summary>few</summary>" in page.html and "<del>8</del><ins>3</ins>" in page.html
    assert "沒有採用：" in index.html
    assert not read.wrote("qwen", "max_stories", "3")  # no post was written with it


def test_an_experiment_with_a_winner_is_not_said_to_have_none() -> None:
    """`lab report --publish` first, `lab adopt` after it."""
    index, *pages = prompt_pages([report(), report(adopted="")], {"qwen": "Qwen"})
    assert [("沒有採用" in page.html, "比較" in page.html) for page in (index, *pages)] == [
        (False, True), (False, True), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_report_says_stays_text(text: str, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", [("qwen", "Qwen")])
    path = keep_report(home, report(text))
    assert path.parent == home.root / "reports"
    assert prepare(home)[1] == []
    sources = [p.read_text("utf-8") for p in home.root.glob("prompts*.qmd")]
    assert len(sources) == 2
    for source in sources:
        assert source.count("`````") == 2
        assert "{{<" not in source and "\x1b" not in source and "\u202e" not in source
        tree = dom.part(source.split("{=html}")[1])
        assert not tree.css("script, img, [onerror]")
        assert all(n.attributes["href"].startswith("prompts") for n in tree.css("a"))  # type: ignore[union-attr]


def test_a_file_that_is_no_report_is_told_and_makes_no_page(tmp_path: Path) -> None:
    home = Home(tmp_path)
    keep_report(home, report())
    good = report().model_dump(mode="json")
    for name, text in (
        ("2026-07-28-broken.json", "{"), ("2026-07-29-x-y.json", json.dumps(good)),
        ("2026-07-28-nan.json", json.dumps(good).replace("0.9", "NaN")), ("deep.json", "[" * 100_000),
    ):  # fmt: skip
        (tmp_path / "reports" / name).write_text(text, "utf-8")
    found, bad = read_reports(home)
    assert [one.name for one in found] == [report().name]
    assert len(bad) == 4


def test_a_post_leads_to_the_report_of_the_prompt_it_was_written_with(tmp_path: Path) -> None:
    prompt = "寫一句。\n用繁體。"
    before, after = made(tmp_path, "2026-07-27", prompt), made(tmp_path, "2026-07-29", prompt)
    newer = report(on=date(2026, 7, 29))
    tree = dom.part(made_with(after, before, [newer, report()]))
    links = [n.attributes["href"] for n in tree.css("a") if "實驗" in n.text()]
    assert links == [f"../../{newer.page}"]
    assert "實驗" not in made_with(before, None, [newer, report()])  # not adopted yet
    other = made(tmp_path, "2026-07-30", "寫三句。")
    assert "實驗" not in made_with(other, after, [newer, report()])
