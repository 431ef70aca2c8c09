"""The site's pages as sources: written from the posts, only when they change, never over a person's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from digest_lib.errors import BadInput, UnsafePost
from digest_lib.publishing.post import publish
from digest_lib.publishing.retract import retract
from digest_lib.settings import Home
from digest_lib.site.font_files import text_fonts
from digest_lib.site.lists import family_list
from digest_lib.site.pages import prepare
from digest_lib.site.posts import Post
from digest_lib.site.status_page import status_page
from digest_lib.stories.story import Earlier
from publishing.hostile_days import plant
from publishing.published_days import days, executed, make_home, revised, write
from sites.posts_made import Row, post

FAMILIES = (("qwen", "Qwen"), ("gpt", "GPT"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home", FAMILIES)


def fill(home: Home, first: str = "2026-07-28", count: int = 2) -> None:
    """Posts of both families; from the second day on, Qwen's second story goes on."""
    before = ""
    for day in days(first, count):
        for family, name in FAMILIES:
            goes_on = family == "qwen" and before
            follows = Earlier(before, "s2price", "阿里雲降價") if goes_on else None
            digest = revised(day, family, name=name, follows=follows)
            work = write(home.root.parent / "work" / f"{day}-{family}.ipynb", executed(digest))
            publish(work, home, provenance={})
        before = f"{day}-qwen"


def sources(home: Home) -> dict[str, str]:
    """Every page's source by path."""
    return {
        path.relative_to(home.root).as_posix(): path.read_text("utf-8")
        for path in sorted(home.root.rglob("*.qmd"))
    }


def test_the_pages_of_a_home(home: Home) -> None:
    fill(home)
    assert prepare(home)[1] == []
    assert set(sources(home)) == {
        "404.qmd", "about.qmd", "families/gpt/index.qmd", "families/index.qmd",
        "families/qwen/index.qmd", "index.qmd", "method.qmd", "months/2026-07.qmd", "months/index.qmd",
        "search.qmd", "status.qmd", "stories/2026-07.qmd", "stories/index.qmd", "stories/s1layered.qmd",
        "stories/s2price.qmd", "trends.qmd",
    }  # fmt: skip
    family = sources(home)["families/qwen/index.qmd"]
    assert family.count('<article class="card">') == 1
    assert 'src="../../posts/2026-07-29-qwen/infographic-small.webp"' in family
    assert "阿里開源圖像分層模型，千問 API 降價 40%" in family and "2 則新聞・4 篇來源" in family
    assert family.count('href="../../stories/s2price.html"') == 2
    trends = sources(home)["trends.qmd"]
    assert 'src="posts/2026-07-29-qwen/trend.png"' in trends and "<table" in trends


def test_a_notebook_whose_name_is_markup_is_no_family(home: Home) -> None:
    own = (home.notebooks / "qwen.ipynb").read_text("utf-8")
    for name in ("x' onclick='alert(1)", "x'><script>alert(1)<", "{{< env HOME >}}", "&lbrace;x", "x y"):
        text = own.replace('family = \\"qwen\\"', f'family = \\"{name}\\"')
        assert text != own
        (home.notebooks / f"{name}.ipynb").write_text(text, "utf-8")
    prepare(home)
    assert {path.name for path in (home.root / "families").iterdir()} == {"index.qmd", "qwen", "gpt"}
    assert "onclick" not in (home.root / "families/index.qmd").read_text("utf-8")


def test_a_page_is_front_matter_and_one_block_of_html(home: Home) -> None:
    fill(home)
    prepare(home)
    for name, text in sources(home).items():
        if name == "about.qmd":
            continue
        _, front, body = text.split("---\n", 2)
        assert set(yaml.safe_load(front)) == {"title", "description", "page-class", "generated-by"}
        assert body.startswith("\n`````{=html}\n<h1>") and body.endswith("\n`````\n"), name
        assert body.count("`````") == 2 and "{{" not in body and "<script" not in body


def test_nothing_is_written_that_would_not_change(home: Home) -> None:
    fill(home)
    prepare(home)
    paths = [home.root / name for name in sources(home)] + [home.root / "_frame/template.html"]
    before = {path: path.stat().st_mtime_ns for path in paths}
    prepare(home)
    assert {path: path.stat().st_mtime_ns for path in paths} == before


def test_stale_pages_go_and_a_persons_pages_stay(home: Home) -> None:
    fill(home)
    prepare(home)
    (home.root / "trends.qmd").write_text("---\ntitle: mine\n---\n\nmine\n", "utf-8")
    (home.root / "notes.qmd").write_text("mine", "utf-8")
    for folder in home.posts.iterdir():
        folder.rename(home.root.parent / folder.name)
    (home.notebooks / "qwen.ipynb").unlink()
    prepare(home)
    assert not (home.root / "families/qwen/index.qmd").exists()
    assert [path.name for path in (home.root / "stories").glob("*.qmd")] == ["index.qmd"]
    assert "mine" in sources(home)["trends.qmd"] and "notes.qmd" in sources(home)


def test_a_home_without_posts_invites(home: Home) -> None:
    prepare(home)
    index = sources(home)["index.qmd"]
    assert "第一篇文章還沒出刊" in index and "GPT、Qwen" in index and "digest run" in index


def test_a_malformed_post_is_set_aside_alone(home: Home) -> None:
    fill(home)
    bad = home.posts / "2026-07-29-gpt" / "index.ipynb"
    bad.write_text(bad.read_text("utf-8").replace("execute:", "filters: [x]\\nexecute:"), "utf-8")
    (home.posts / "2026-07-28-gpt" / "index.ipynb").write_text("{", "utf-8")
    (home.posts / "notes").mkdir()
    aside = prepare(home)[1]
    assert [a.post for a in aside] == ["2026-07-28-gpt", "2026-07-29-gpt", "notes"]
    moved = home.posts / "_set-aside"
    assert sorted(path.name for path in moved.iterdir()) == [a.post for a in aside]
    assert (moved / "notes" / "reason.txt").read_text("utf-8") == "it has no index.ipynb\n"
    assert "2026-07-29-qwen" in sources(home)["index.qmd"]
    assert "2026-07-29-gpt" not in sources(home)["index.qmd"]
    assert prepare(home)[1] == []


def test_a_retracted_post_is_marked_in_lists(home: Home) -> None:
    fill(home)
    retract(home, "2026-07-29-qwen", "來源有誤")
    prepare(home)
    month = sources(home)["months/2026-07.qmd"]
    assert "已撤回" in month and "2026-07-29-qwen" in month
    # its chart went with it: the trend is that of the day before
    assert 'src="posts/2026-07-28-qwen/trend.png"' in sources(home)["trends.qmd"]


def test_a_long_family_has_a_page_a_month(home: Home) -> None:
    for first in ("2026-04-30", "2026-06-01", "2026-07-01"):
        fill(home, first, 1)
    prepare(home)
    index = sources(home)["families/qwen/index.qmd"]
    assert 'href="2026-04.html"' in index and "2026-04-30-qwen" not in index
    assert "2026-04-30-qwen" in sources(home)["families/qwen/2026-04.qmd"]
    assert "2026-06-01-qwen" in index


def test_titles_of_others_stay_text(home: Home) -> None:
    digest = revised(extra="<img src=x onerror=alert(1)>{{< env HOME >}}`````")
    publish(write(home.root / "w.ipynb", executed(digest)), home, provenance={})
    prepare(home)
    for text in sources(home).values():
        assert "<img src=x" not in text and "{{<" not in text
        assert text.count("`````") in (0, 2)


def test_broken_settings_are_named(home: Home) -> None:
    (home.root / "_quarto.yml").write_text("website: [", "utf-8")
    with pytest.raises(BadInput, match=r"_quarto.yml: not YAML"):
        prepare(home)


def test_a_broken_notebook_is_no_family(home: Home) -> None:
    (home.notebooks / "broken.ipynb").write_text("{", "utf-8")
    lab = json.loads((home.notebooks / "gpt.ipynb").read_text("utf-8"))
    (home.notebooks / "prompt_lab.ipynb").write_text(json.dumps(lab), "utf-8")
    prepare(home)
    assert not list((home.root / "families").glob("*lab*"))


def test_a_bad_post_that_cannot_be_moved_stops_everything(home: Home) -> None:
    fill(home, count=1)
    (home.posts / "2026-07-28-gpt" / "index.ipynb").write_text("{", "utf-8")
    (home.posts / "_set-aside").write_text("a file where the folder should be")
    with pytest.raises(UnsafePost, match=r"2026-07-28-gpt: .*cannot be moved away"):
        prepare(home)


def test_the_status_page_says_what_ran_and_which_sources_did_not_answer(home: Home) -> None:
    fill(home)
    prepare(home)
    page = sources(home)["status.qmd"]
    assert "最近一次出刊" in page
    assert '<th scope="col">Qwen</th>' in page
    assert 'href="posts/2026-07-28-qwen/index.html"' in page
    assert ("沒有中文字型" in page) == (not text_fonts())
    assert "沒有中文字型" in status_page([], {}, dressed=False).html
    assert "缺" in page, "a day without a post of a family is not passed over"


def test_news_that_was_imported_asked_no_source() -> None:
    known = post("2026-07-28", "qwen")
    coverage = known.facts.coverage.model_copy(update={"feeds": 0, "answered": 0, "imported": 1})
    facts = known.facts.model_copy(update={"coverage": coverage})
    imported = Post.of(known.name, known.path, facts)
    page = status_page([imported], {"qwen": "Qwen"}).html
    assert "沒有向來源查詢" in page and "都有回應" not in page
    assert "<td>—</td>" in page and "0／0" not in page


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("阿里雲發表價格相關文章，談 Qwen4", False),
        ("阿里雲發表價格相關文章：〈Price〉", False),
        ("阿里雲調降價格", True),
    ],
)
def test_a_list_of_days_does_not_repeat_a_storys_headline_in_other_words(headline: str, shown: bool) -> None:
    known = post("2026-07-28", "qwen", [Row("s1", "a", "阿里雲發表價格相關文章：〈Price〉")])
    brief = known.brief.model_copy(update={"headline": headline})
    told = Post(known.name, known.path, brief, "", known.load)
    html = family_list([told], "", {(known.name, "s1"): ("stories/s1.html", 1)})
    assert ("own-headline" in html) == shown


@pytest.mark.parametrize(
    "attack",
    ["\n\n```{r}\nsystem('id')\n```\n", "\r```{python}\r", "\n---\nfilters: [evil.lua]\n---\n", "\n:::\n"],
)
def test_what_others_wrote_begins_no_line_of_a_page(home: Home, attack: str) -> None:
    """Quarto looks for code and settings in all lines of a source, whatever they stand in."""
    plant(home, attack, "2026-07-29", "qwen")
    prepare(home)
    generated = {path: text for path, text in sources(home).items() if path != "about.qmd"}
    assert "stories/s1layered.qmd" in generated
    for path, source in generated.items():
        _, _, body = source.split("---\n", 2)
        lines = [line for line in body.splitlines() if line]
        assert lines[0] == "`````{=html}" and lines[-1] == "`````", path
        assert [line for line in lines[1:-1] if not line.startswith("<")] == [], path


def test_a_page_with_an_endless_title_is_known_as_generated(home: Home) -> None:
    plant(home, "很長" * 3_000, "2026-07-29", "qwen")
    prepare(home)
    assert (home.root / "stories/s1layered.qmd").is_file()
    (home.posts / "2026-07-29-qwen").rename(home.root.parent / "gone")
    prepare(home)
    assert not (home.root / "stories/s1layered.qmd").exists()
