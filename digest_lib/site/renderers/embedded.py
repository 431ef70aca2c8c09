"""The renderer that needs nothing but Python: nbconvert for notebooks, markdown-it-py for pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from digest_lib.errors import DigestError, RenderFailed
from digest_lib.files import storage
from digest_lib.publishing import dom
from digest_lib.publishing.guard import HIDDEN, NOTEBOOK
from digest_lib.publishing.plain_yaml import read_yaml
from digest_lib.quick import no_formats
from digest_lib.settings import Home
from digest_lib.site.frame import Frame
from digest_lib.site.pages import written_pages
from digest_lib.site.renderers import Progress

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

_ASSETS = ("*.css", "*.js", "*.svg")
_TEMPLATES = Path(__file__).parent / "nbconvert"


class Embedded:
    """See `Renderer`."""

    name = "embedded"
    reads_beside = False

    def describe(self) -> str:
        return "embedded (no `quarto` on PATH): nbconvert and markdown-it-py"

    def render(self, home: Home, out: Path, progress: Progress | None = None) -> int:
        say = progress or (lambda _line: None)
        pages = written_pages(home)
        posts = sorted(
            p for p in home.posts.glob(f"*/{NOTEBOOK}") if not p.parent.name.startswith((".", "_"))
        )
        frame = Frame.of(home)
        with storage(out):
            for number, path in enumerate([*pages, *posts], start=1):
                say(f"{number}/{len(pages) + len(posts)} {path.relative_to(home.root)}")
                target = out / path.relative_to(home.root).with_suffix(".html")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(self._page(path, path.read_bytes(), home, frame), encoding="utf-8")
            _copy_files(home, out)
        return len(pages) + len(posts)

    def made_with(self, home: Home) -> bytes:
        return Frame.of(home).key

    def _page(self, path: Path, source: bytes, home: Home, frame: Frame) -> str:
        try:
            text = source.decode()
            front, body = self._notebook(text) if path.suffix == ".ipynb" else self._prose(text)
        except DigestError:
            raise
        except Exception as error:  # whatever the two libraries raise about one file
            place = path.relative_to(home.root).as_posix()
            raise RenderFailed(self.name, _one_line(error), place) from error
        return frame.page(
            title=str(front.get("title", "")),
            description=str(front.get("description", "")),
            page_class=str(front.get("page-class", "")),
            body=body,
        )

    def _notebook(self, text: str) -> tuple[Mapping[str, Any], str]:
        with no_formats():
            import nbformat
        notebook = nbformat.reads(text, as_version=4)
        front = _yaml(notebook.cells.pop(0).source)
        body, _ = self._exporter.from_notebook_node(notebook)
        return front, _plain_code(body)

    def _prose(self, text: str) -> tuple[Mapping[str, Any], str]:
        match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
        front = _yaml(match[0]) if match else {}
        return front, self._markdown.render(text[match.end() :] if match else text)

    @cached_property
    def _exporter(self) -> HTMLExporter:
        # nbconvert takes most of a second to load, and a site without a new post does not need it.
        with no_formats():
            from nbconvert import HTMLExporter
        from traitlets.config import Config as Traits

        return HTMLExporter(
            template_name="post",
            extra_template_basedirs=[str(_TEMPLATES)],
            exclude_input=True,
            exclude_input_prompt=True,
            exclude_output_prompt=True,
            exclude_anchor_links=True,  # an author's headings have neither links nor ids with Quarto
            config=Traits(
                {
                    "TagRemovePreprocessor": {
                        "enabled": True,
                        "remove_cell_tags": sorted(HIDDEN),
                    },
                    "HTMLExporter": {"preprocessors": ["nbconvert.preprocessors.TagRemovePreprocessor"]},
                }
            ),
        )

    @cached_property
    def _markdown(self) -> MarkdownIt:
        parser = MarkdownIt("commonmark", {"html": True}).enable("table")
        parser.add_render_rule("fence", _fence)
        return parser


def _plain_code(body: str) -> str:
    """The body with the code of an author's prose as text: no stylesheet of the site colours it."""
    if 'class="highlight"' not in body:
        return body
    tree = dom.part(body)
    for node in tree.css("div.highlight"):
        if pre := node.css_first("pre"):
            plain = dom.made(tree, "pre")
            plain.insert_child(dom.made(tree, "code", pre.text()))
            node.replace_with(plain)
    return dom.part_written(tree)


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _fence(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """A fence marked `{=html}` is HTML, as in pandoc; any other is code."""
    if tokens[index].info.strip() == "{=html}":
        return tokens[index].content
    return RendererHTML.fence(self, tokens, index, options, env)


def _yaml(block: str) -> Mapping[str, Any]:
    front = read_yaml(block.strip().removeprefix("---").removesuffix("---"))
    return front if isinstance(front, dict) else {}


def _copy_files(home: Home, out: Path) -> None:
    for source in (path for pattern in _ASSETS for path in (home.root / "assets").glob(pattern)):
        target = out / source.relative_to(home.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
