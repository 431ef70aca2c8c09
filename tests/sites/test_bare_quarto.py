"""A bare `quarto render` knows nothing of this library but two steps, and is as safe as `digest render`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest_lib.publishing.post import publish
from digest_lib.publishing.set_aside import all_set_aside
from digest_lib.settings import Home
from digest_lib.site.outfit import outfit
from publishing.published_days import executed, make_home, revised, write

pytestmark = [pytest.mark.slow, pytest.mark.quarto]

BAD, GOOD = "2026-07-28-qwen", "2026-07-29-qwen"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    for date in ("2026-07-28", "2026-07-29"):
        publish(write(tmp_path / "w.ipynb", executed(revised(date))), home, provenance={})
    outfit(home.root)
    return home


def start(home: Home, *words: str, **environment: str) -> subprocess.Popen[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        ["quarto", "render", *words], cwd=home.root, env={**os.environ, "PATH": path, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def bare(home: Home, *words: str, **environment: str) -> tuple[int, str]:
    """The exit code and the output."""
    running = start(home, *words, **environment)
    output, _ = running.communicate(timeout=300)
    return running.returncode, output


def front(text: str) -> Callable[[dict[str, Any]], object]:
    """Adds lines to a post's front matter."""

    def change(notebook: dict[str, Any]) -> None:
        cell = notebook["cells"][0]
        cell["source"] = "".join(cell["source"]).replace("execute:", f"{text}\nexecute:", 1)

    return change


def shown(text: str) -> Callable[[dict[str, Any]], object]:
    """Adds to what a post shows."""

    def change(notebook: dict[str, Any]) -> None:
        output = next(c for c in notebook["cells"] if c.get("outputs"))["outputs"][0]["data"]
        output["text/html"] = "".join(output["text/html"]) + text

    return change


def prose(text: str) -> Callable[[dict[str, Any]], object]:
    """Adds Markdown."""
    cell = {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": [text]}
    return lambda notebook: notebook["cells"].insert(1, cell)


BY_ENTITIES = "&lbrace;&lbrace;&LT; env HARMLESS &GT;&rbrace;&rbrace;"
ATTACKS = {
    "a shortcode in what is shown": shown("<p>{{< env HARMLESS >}}</p>"),
    "a shortcode in the front matter": front('subtitle: "{{< env HARMLESS >}}"'),
    "one by entities in what is shown": shown(f"<p>{BY_ENTITIES}</p>"),
    "one by entities in the front matter": front(f"subtitle: '{BY_ENTITIES}'"),
    "one by entities in prose": prose(BY_ENTITIES),
    "a filter": front("filters: [../../acts.lua]"),
    "a filter for notebooks": front("ipynb-filters: [../../acts.py]"),
    "a script": shown("<script>document.title = 'acted'</script>"),
    "code that runs": front("execute:\n  enabled: true\n  echo: false\nx:"),
    "a file of the machine": shown("<p>{{< include ../../secret.txt >}}</p>"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_post_that_would_act_is_moved_away_before_quarto_reads_it(home: Home, attack: str) -> None:
    path = home.posts / BAD / "index.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    ATTACKS[attack](notebook)
    notebook["cells"][-1]["source"] = f"open({str(home.root / 'ACTED')!r}, 'w')"
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    (home.root / "acts.lua").write_text(f"io.open({str(home.root / 'ACTED')!r}, 'w')\n", "utf-8")
    (home.root / "acts.py").write_text(f"open({str(home.root / 'ACTED')!r}, 'w')\n", "utf-8")
    (home.root / "secret.txt").write_text("expanded-by-a-shortcode", "utf-8")
    code, output = bare(home, HARMLESS="expanded-by-a-shortcode")
    assert_only_the_good_post(home, code, output)
    assert f"digest: {BAD} is set aside: " in output


def assert_only_the_good_post(home: Home, code: int, output: str) -> None:
    """The site is whole, the exit code says that a person is needed."""
    assert code == 1, output
    assert [aside.post for aside in all_set_aside(home)] == [BAD]
    assert [path.name for path in (home.site / "posts").iterdir()] == [GOOD]
    assert (home.site / "feed.xml").is_file() and (home.site / "search-index").is_dir()
    assert not (home.root / "ACTED").exists()
    for page in home.site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "expanded-by" not in text and "'acted'" not in text, page


def no_kernel(home: Home) -> None:
    """Nothing that could act, so the guard lets it pass; Quarto stumbles over it."""
    path = home.posts / BAD / "index.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["metadata"]["kernelspec"] = "python"
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")


def test_a_post_that_only_quarto_cannot_take_is_moved_away_alone(home: Home) -> None:
    """Quarto would stop at it, and there would be no site."""
    no_kernel(home)
    code, output = bare(home)
    assert_only_the_good_post(home, code, output)
    assert "digest: trying first what quarto has not made before: posts: 2" in output
    assert f"digest: {BAD} is set aside: quarto cannot render it: TypeError: " in output
    assert not list(home.root.glob(".site-*"))
    shutil.rmtree(home.posts / "_set-aside")  # a person has acted
    code, output = bare(home)
    assert code == 0 and "trying first" not in output  # the other post's page is known


def test_settings_for_all_posts_do_not_reach_quarto(home: Home) -> None:
    (home.root / "acts.lua").write_text(f"io.open({str(home.root / 'ACTED')!r}, 'w')\n", "utf-8")
    (home.posts / "_metadata.yml").write_text("filters: [../acts.lua]\n", "utf-8")
    assert bare(home)[0] == 1 and not (home.root / "ACTED").exists()
    assert [aside.post for aside in all_set_aside(home)] == ["_metadata.yml"]
    assert len(list((home.site / "posts").iterdir())) == 2


def test_the_home_that_is_rendered_is_made_safe_whatever_another_is_called(
    home: Home, tmp_path: Path
) -> None:
    other = make_home(tmp_path / "other")
    outfit(other.root)
    path = home.posts / BAD / "index.ipynb"
    path.write_text(path.read_text("utf-8").replace("千問", "{{< env HARMLESS >}}"), "utf-8")
    assert_only_the_good_post(
        home, *bare(home, HARMLESS="expanded-by-a-shortcode", DIGEST_HOME=str(other.root))
    )


def test_one_post_alone_is_guarded_as_well(home: Home) -> None:
    path = home.posts / BAD / "index.ipynb"
    path.write_text(path.read_text("utf-8").replace("千問", "{{< env HARMLESS >}}"), "utf-8")
    assert bare(home, f"posts/{BAD}/index.ipynb", HARMLESS="expanded-by-a-shortcode")[0] != 0
    assert [aside.post for aside in all_set_aside(home)] == [BAD]
    assert not [p for p in home.root.rglob("*.html") if "expanded-by" in p.read_text("utf-8")]


def test_two_bare_renders_at_once_lose_nothing(home: Home) -> None:
    before = {p: p.read_bytes() for p in home.posts.rglob("*") if p.is_file()}
    both = [start(home) for _ in range(2)]
    told = [one.communicate(timeout=300)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert sum("another render is under way" in text for text in told) == 1
    assert {p: p.read_bytes() for p in home.posts.rglob("*") if p.is_file()} == before
    assert len(list((home.site / "posts").iterdir())) == 2
