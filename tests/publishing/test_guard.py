"""Hostile input: what goes into a post is made harmless, and what lies in `posts/` is checked again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.errors import UnsafePost
from digest_lib.publishing.clean import clean_html
from digest_lib.publishing.guard import check_post
from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from publishing.published_days import code, data_uri, executed, make_home, png, revised, write

NAME = "2026-07-29-qwen"
LIVE = re.compile(
    r"<script|<style|<svg|<iframe|<form|<object|onerror|onclick|javascript:|data:|file:|\{\{\s*[<%]"
    r"|[>%]\s*\}\}|style=|(href|src)=\"[^\"]*\.env|src=\"http",
    re.IGNORECASE,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home")


def put(home: Home, notebook: dict[str, Any]) -> Path:
    return publish(write(home.root / "work.ipynb", notebook), home, provenance={}).path


def html_output(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p onclick=alert(1)>a</p>", "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="JAVA\tSCRIPT:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="//evil.example">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="../../.env">a</a>', "<a>a</a>"),
        ('<a href="/.env">a</a>', "<a>a</a>"),
        ('<a href="../2026-07-28-qwen/index.html#story-a">a</a>', None),
        ('<a href="https://x.example/a?b=1&amp;c">a</a>', None),
        ('<a href="#source-1">a</a>', None),
        ('<p title="a </main><b> &amp;lt;b">x</p>', '<p title="a ＜/main＞＜b＞ ＜b">x</p>'),
        ('<img src="https://x.example/a.png" alt="x">', '<img alt="x">'),
        ('<img src="../../.env">', "<img>"),
        ('<img src="trend.png" onerror="x">', '<img src="trend.png">'),
        ('<div class="quarto-title-block badge">a</div>', '<div class="badge">a</div>'),
        ('<div style="position:fixed">a</div>', "<div>a</div>"),
        ('<div id="x y">a</div>', "<div>a</div>"),
        ("<svg><script>1</script></svg>", ""),
        ("<iframe src=x></iframe>", ""),
        ("<style>p{}</style>", ""),
        ("plain", "<div>plain</div>"),
        ("<p>{{< env HOME >}}</p>", "<p>{\u2060{&lt; env HOME &gt;}\u2060}</p>"),
        ("<p>&#123;&#123;< env HOME ></p>", "<p>{\u2060{&lt; env HOME &gt;</p>"),
        ("<p>a {{% x %}} {{{< y</p>", "<p>a {\u2060{% x %}\u2060} {\u2060{\u2060{&lt; y</p>"),
        ("<p>a\n```\n:::\n---\nfilters: [x]\n---\n</p>", "<p>a ``` ::: --- filters: [x] --- </p>"),
        ("<p>\x1b[31mred\x1b[0m\x00</p>", "<p>red</p>"),
        ("<!-- c --><p>a</p>", "<p>a</p>"),
        ("", ""),
    ],
)
def test_html_keeps_only_what_may_stand_in_a_post(hostile: str, clean: str | None) -> None:
    assert clean_html(hostile) == (hostile if clean is None else clean)


@given(st.text(alphabet="<>{}%&;#x/ =\"'abpi!-\n`:", max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once
    assert not re.search(r"\{\{|\}\}|\n", once)


HOSTILE_CELLS: list[dict[str, Any]] = [
    code("x", [html_output("<p>t</p><script>alert(1)</script><img src=x onerror=alert(1)>")]),
    code("x", [html_output("{{< env MY_KEY >}}<p>{{< include ../../.env >}}</p>")]),
    code("x", [{"output_type": "stream", "name": "stdout", "text": "{{< env MY_KEY >}}<script>"}]),
    code("x", [{"output_type": "stream", "name": "stderr", "text": ["{{< env MY_KEY >}}\n"]}]),
    code("x", [{"output_type": "display_data", "metadata": {},
                "data": {"text/markdown": "{{< env K >}}\n\n:::\n```{=html}\n<script>"}}]),
    code("x", [{"output_type": "display_data", "metadata": {},
                "data": {"text/plain": "{{< env K >}}"}}]),
    code("x", [{"output_type": "display_data", "metadata": {},
                "data": {"application/javascript": "alert(1)", "image/svg+xml": "<svg/>",
                         "text/latex": "x", "image/png": "aGk="}}]),
    code("x", [html_output(f'<img src="{data_uri(png())}">')]),
    code("x", [html_output(f'<a href="{data_uri(png())}">x</a>')]),
    code('#| output: asis\n#| filters: [x.lua]\n"{{< env K >}}"'),
    code("x = '{{<  include /.env >}}'"),
    {"cell_type": "raw", "metadata": {}, "source": "---\nfilters: [evil.lua]\n---"},
    {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": "<script>1</script>"},
    {"cell_type": "markdown", "metadata": {}, "source": "<script>alert(1)</script> {{< env K >}}"},
    {"cell_type": "markdown", "metadata": {}, "source": "---\nfilters: [evil.lua]\n---\n\ntext"},
    {"cell_type": "markdown", "metadata": {}, "source": "```{=html}\n<script>1</script>\n```"},
    {"cell_type": "markdown", "metadata": {}, "source": "# h {.x on-click=x}\n\n::: {.x}\n"},
    {"cell_type": "markdown", "metadata": {}, "source": "text",
     "attachments": {"../../../evil.png": {"image/png": "aGk="}}},
]  # fmt: skip


@pytest.mark.parametrize("cell", HOSTILE_CELLS)
def test_a_hostile_cell_is_made_harmless(home: Home, cell: dict[str, Any]) -> None:
    folder = put(home, executed(extra=[cell]))
    check_post(folder)
    text = (folder / "index.ipynb").read_text("utf-8")
    shown = "".join(
        "".join(c["source"]) if c["cell_type"] == "markdown"
        else "".join(o["data"]["text/html"] for o in c["outputs"])
        for c in json.loads(text)["cells"][1:]
    )  # fmt: skip
    assert not LIVE.search(shown)
    assert not re.search(r"\{\{\s*[<%]|attachments|raw_mimetype|#\|", text)


@pytest.mark.parametrize(
    "source",
    [
        "![x](/.env)",
        "[x](../../.env)",
        "[x](javascript:alert(1))",
        "[x]: javascript:alert(1)",
        "[x](  java&Tab;script:alert(1))",
    ],
)
def test_markdown_that_cannot_be_made_harmless_is_refused(home: Home, source: str) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": source}
    with pytest.raises(UnsafePost, match="it holds"):
        put(home, executed(extra=[cell]))


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{< env HOME >}}",
        "a >}} b",
        'x"\nfilters: [evil.lua]\ny: "',
        "---\nfilters: [x]\n---",
        "`<b>`{=html}",
        "[x](javascript:alert(1))",
        "\x1b[31m\x00:::\n```",
    ],
)
def test_an_attack_in_titles_headlines_and_reasons_does_nothing(home: Home, attack: str) -> None:
    folder = put(home, executed(revised(title=attack, extra=attack)))
    facts = check_post(folder)  # its front matter is what it should be, and nothing more
    assert not re.search(r"\{\{|[>%]\}\}|\x1b|\x00", facts.digest.stories[0].headline)


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "index.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")


def front(text: str) -> Callable[[dict[str, Any]], object]:
    """Puts a line into the front matter."""
    return lambda n: n["cells"][0]["source"].insert(1, text + "\n")


def rewritten(old: str, new: str) -> Callable[[dict[str, Any]], object]:
    """Changes a line of the front matter."""

    def change(notebook: dict[str, Any]) -> None:
        lines = notebook["cells"][0]["source"]
        lines[lines.index(f"{old}\n")] = f"{new}\n"

    return change


def cell(new: dict[str, Any]) -> Callable[[dict[str, Any]], object]:
    return lambda n: n["cells"].append({"metadata": {}, "outputs": [], **new})


def _renamed(notebook: dict[str, Any], told: str) -> None:
    """Its first story's id would be a page of the site, no file's name, or another's."""
    notebook["metadata"]["digest"]["stories"][0]["id"] = told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (front("filters: [x.lua]"), "has what posts do not have: filters"),
        (front("ipynb-filters: [x.py]"), "posts do not have: ipynb-filters"),
        (front("include-in-header: x"), "posts do not have: include-in-header"),
        (front('aliases: ["../../x"]'), "posts do not have: aliases"),
        (front("listing: {template: x}"), "posts do not have: listing"),
        (front("format: {html: {theme: x}}"), "posts do not have: format"),
        (front("image-alt: x"), "front matter says `image-alt` twice"),
        (front("retracted: '<b>'"), "front matter holds markup"),
        (front("retracted: '&lt;b&gt;'"), "front matter holds markup"),
        (front("retracted: '&amp;lt;b&amp;gt;'"), "front matter holds markup"),
        (front("retracted: '&lbrace;&lbrace;% x'"), "front matter holds markup"),
        (front("retracted: '\\{\\{% x'"), "front matter holds markup"),
        (front("retracted: '&bsol;&lcub;&#123;% x'"), "front matter holds markup"),
        (rewritten("page-class: post", "page-class: home"), "another class or language"),
        (rewritten("lang: zh-TW", "lang: x y"), "another class or language"),
        (front("retracted: !expr x"), "front matter is not plain YAML"),
        (front("retracted: &a x"), "front matter is not plain YAML"),
        (front("x: ["), "front matter is not plain YAML"),
        (front("---"), "not one YAML block"),
        (lambda n: n["cells"][0]["source"].__setitem__(0, "--- x\n"), "not one YAML block"),
        (lambda n: n["cells"][0].update(source="---\ntitle: x\nexecute: {enabled: true}\n---\n"),
         "something else than"),
        (lambda n: n["cells"][0].update(
            source="---\nimage: ../../.env\nexecute: {echo: false}\n---\n"), "not a PNG or WebP file"),
        (lambda n: n["cells"].pop(0), "first cell is not the front matter"),
        (cell({"cell_type": "raw", "source": "x"}), "no raw cell"),
        (cell({"cell_type": "code", "source": "#| output: asis"}), "options of the renderer"),
        (cell({"cell_type": "code", "source": "x", "attachments": {}}), "attachments"),
        (cell({"cell_type": "code", "source": "x", "metadata": {"editable": True}}), "post's tags"),
        (cell({"cell_type": "code", "source": "x", "outputs": [html_output("<script>1</script>")]}),
         "not as the guard leaves it"),
        (cell({"cell_type": "code", "source": "x", "outputs": [html_output('<img src="no.png">')]}),
         "the image no.png is missing"),
        (cell({"cell_type": "code", "source": "x",
               "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]}),
         "not plain display data"),
        (cell({"cell_type": "markdown", "source": "<b>x</b>"}), "raw HTML"),
        (cell({"cell_type": "markdown", "source": "x {{< env HOME >}}"}), "shortcode"),
        (cell({"cell_type": "markdown", "source": "x &lbrace;&lbrace;&LT; env HOME"}), "shortcode|brace"),
        (cell({"cell_type": "markdown", "source": "x &amp;lcub;y"}), "brace"),
        (cell({"cell_type": "markdown", "source": "> [x]: java&Tab;script:alert(1)"}), "link definition"),
        (cell({"cell_type": "markdown", "source": "a d&#97;ta&colon;text/html,x"}), "link that may act"),
        (cell({"cell_type": "code", "source": "x = '{{< env HOME >}}'"}), "shortcode"),
        (cell({"cell_type": "markdown", "source": "a\n\n---\nfilters: x\n---"}), "opens or ends"),
        (lambda n: n["metadata"].update(filters=["x"]), "metadata has what posts do not have"),
        (lambda n: n["metadata"]["digest"].update(family="gpt"), "folder is not named"),
        (lambda n: n["metadata"]["digest"].pop("sources"), "facts are damaged: sources"),
        (lambda n: n["metadata"].pop("digest"), "facts are damaged"),
        *((lambda n, told=told: _renamed(n, told), "an address|the same id") for told in (
            "index", "2026-07", "a" * 99, "../x", "s1_layered", "S1", "", "s2price"
        )),
        (lambda n: n.update(cells="x"), "not a notebook"),
        (lambda n: n.update(nbformat=3), "format 4"),
        (lambda n: n.update(cells=[1]), "cannot be read"),
    ],
)  # fmt: skip
def test_a_post_edited_by_hand_is_checked_again(
    home: Home, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    folder = put(home, executed())
    edit(folder, change)
    with pytest.raises(UnsafePost, match=said) as caught:
        check_post(folder)
    assert caught.value.post == NAME and "\n" not in str(caught.value)


def test_a_shortcode_in_the_escapes_of_json_is_one(home: Home) -> None:
    folder = put(home, executed())
    edit(folder, cell({"cell_type": "code", "source": "x = 'OPEN env HOME'"}))
    path = folder / "index.ipynb"
    path.write_text(path.read_text("utf-8").replace("OPEN", "\\u007b\\u007b\\u003c"), "utf-8")
    with pytest.raises(UnsafePost, match="shortcode"):
        check_post(folder)


def test_an_address_between_angle_brackets_stays_a_link(home: Home) -> None:
    told = '見 <https://a.example/?b=1&c=2>，不是 <https://a.example/"onclick=x>'
    folder = put(home, executed(extra=[{"cell_type": "markdown", "metadata": {}, "source": told}]))
    check_post(folder)
    text = "".join(json.loads((folder / "index.ipynb").read_text("utf-8"))["cells"][-1]["source"])
    assert text.startswith("見 [https://a.example/?b=1&c=2](https://a.example/?b=1&c=2)，不是 &lt;https:")


def test_an_authors_prose_does_not_pile_up(home: Home) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "ก" + "\u0e49" * 300}
    folder = put(home, executed(extra=[cell]))
    last = json.loads((folder / "index.ipynb").read_text("utf-8"))["cells"][-1]
    assert last["source"] == ["ก" + "\u0e49" * 6]


@pytest.mark.parametrize("source", ["&lbrace;&lbrace;&LT; env K", "a &#123;b", "&amp;lcub;c", "d {e}"])
def test_braces_in_an_authors_prose_stand_apart(home: Home, source: str) -> None:
    folder = put(home, executed(extra=[{"cell_type": "markdown", "metadata": {}, "source": source}]))
    last = json.loads((folder / "index.ipynb").read_text("utf-8"))["cells"][-1]
    assert "{\u2060" in "".join(last["source"])
    check_post(folder)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("_metadata.yml", b"filters: [x]", "_metadata.yml does not belong to a post"),
        (".env", b"x", ".env does not belong"),
        ("evil.js", b"x", "evil.js does not belong"),
        ("x.png", b"<svg>", "x.png is not a PNG"),
        ("index.ipynb", b"{", "cannot be read"),
        ("index.ipynb", b"\xff\xfe", "cannot be read"),
        ("index.ipynb", b"[]", "not a notebook"),
    ],
)
def test_a_foreign_file_in_a_post_is_refused(home: Home, name: str, data: bytes, said: str) -> None:
    folder = put(home, executed())
    (folder / name).write_bytes(data)
    with pytest.raises(UnsafePost, match=said):
        check_post(folder)


def test_a_link_to_another_place_is_refused(home: Home) -> None:
    folder = put(home, executed())
    (folder / "x.png").symlink_to("/etc/passwd")
    with pytest.raises(UnsafePost, match=r"x.png is not a plain file"):
        check_post(folder)


def test_an_untouched_post_passes(home: Home) -> None:
    assert check_post(put(home, executed())).family == "qwen"
