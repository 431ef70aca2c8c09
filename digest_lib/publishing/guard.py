"""Between what others wrote and the renderer: a post is shown only when nothing in it can act.

Quarto expands shortcodes in outputs, runs filters that a post's metadata names, writes attachments wherever
their names point and copies every linked file of the project. So a post holds no more than it needs: front
matter with known keys, cells with known metadata, outputs of one cleaned kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from digest_lib.cells import source_of, tags_of
from digest_lib.charts.raster import ending_of
from digest_lib.errors import UnsafePost
from digest_lib.publishing import dom
from digest_lib.publishing.clean import IMAGE, POST_NAME, clean_html
from digest_lib.publishing.plain_yaml import LOADER, read_yaml
from digest_lib.sections.characters import calm
from digest_lib.sections.facts import KEY, Facts
from digest_lib.sections.markup import decoded, is_language

#: Quarto ignores folders whose names begin with an underscore, and so does this library.
SET_ASIDE = "_set-aside"
NOTEBOOK: Final = "index.ipynb"
FRONT_KEYS: Final = frozenset(
    [
        "title",
        "subtitle",
        "date",
        "categories",
        "tags",
        "image",
        "image-alt",
        "description",
        "family",
        "lang",
        "page-class",
        "execute",
        "provenance",
        "corrections",
        "retracted",
    ]
)
HIDDEN: Final = frozenset({"remove-cell"})
_TAGS: Final = frozenset({"parameters", "remove-cell"})
_LARGEST: Final = 20_000_000
_IMAGE: Final = re.compile(IMAGE)
_SHORTCODE: Final = re.compile(r"\{\{\s*[<%]|[>%]\s*\}\}")
_RAW_HTML: Final = "raw HTML"
#: What Markdown must not hold, with the words that say so.
_MARKDOWN_FAULTS: Final = (
    (re.compile(r"<[A-Za-z/!?]"), _RAW_HTML),
    (re.compile(r"\{(?!\u2060)"), "a brace that pandoc may read as attributes"),
    (re.compile(r"^\s*(:::|---|\.\.\.|~~~)", re.M), "a line that opens or ends a block"),
    (re.compile(r"^[\s>*+\-\d.)]*\[[^\]]+\]:", re.M), "a link definition"),
    (re.compile(r"!\["), "an image"),
    (re.compile(r"\]\((?!https?://|#)"), "a link that is not to the web or into the page"),
    (re.compile(r"(?i)(javascript|vbscript|data|file)\s*(:|&)"), "a link that may act"),
)


#: Front matter must not hold these, as it stands or decoded.
_FRONT_MARKUP: Final = re.compile(r"[<>`\[\]]|\{\{|\}\}")
_ENTITY: Final = re.compile(r"&(?:#?\w+;)*#?\w*")


#: An address between angle brackets, without signs that mean something in a link.
_AUTOLINK: Final = re.compile(r"<(https?://[A-Za-z0-9.:/?=%&#~+-]+)>")


#: Quotations and lists within each other: renderers fall over at some hundreds, and nobody reads a ninth.
_MARKER: Final = r"[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))"
_NESTED: Final = re.compile(rf"^((?:{_MARKER}){{8}})(?:{_MARKER})+", re.M)


def tame_markdown(text: str) -> str:
    """Markdown of a notebook's author with what renderers would act on made plain text."""
    plain = _ENTITY.sub(lambda m: once if re.search(r"[{}]", once := decoded(m[0])) else m[0], calm(text))
    plain = _NESTED.sub(r"\1", _AUTOLINK.sub(r"[\1](\1)", plain))
    plain = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", plain)
    plain = re.sub(r"\{(?!\u2060)", "{\u2060", plain)
    return re.sub(r"^(\s*)(?=:::|---|\.\.\.|~~~)", "\\1\u2060", plain, flags=re.M)


def as_rendered(text: str) -> str:
    """Text as a renderer has it that decodes entities and takes backslashes away."""
    return decoded(re.sub(r"\\(?=[^\w\s])", "", decoded(text)))


def check_post(folder: Path) -> Facts:
    """The facts of the post in `folder`, when every renderer may see it.

    Raises `UnsafePost` with a reason of one line: also for a file that is not a post at all.
    """
    try:
        notebook = _read(folder)
        facts = Facts.model_validate(notebook["metadata"].get(KEY))
        for fault in _faults(notebook, facts, folder):
            raise UnsafePost(folder.name, fault)
    except UnsafePost:
        raise
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnsafePost(folder.name, f"its facts are damaged: {place} {first['msg']}") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnsafePost(folder.name, f"it cannot be read: {_one_line(error)}") from None
    return facts


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _read(folder: Path) -> dict[str, Any]:
    path = folder / NOTEBOOK
    if not path.is_file():
        raise UnsafePost(folder.name, f"it has no {NOTEBOOK}")
    if path.stat().st_size > _LARGEST:
        raise UnsafePost(folder.name, f"{NOTEBOOK} is larger than {_LARGEST // 1_000_000} MB")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if any(map(_SHORTCODE.search, _strings(notebook))):
        raise UnsafePost(folder.name, "it holds a shortcode ({{< … >}})")
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise UnsafePost(folder.name, "it is not a notebook")
    if notebook.get("nbformat") != 4 or not isinstance(notebook.get("metadata"), dict):  # noqa: PLR2004
        raise UnsafePost(folder.name, "it is not a notebook of format 4")
    return notebook


def _faults(notebook: Mapping[str, Any], facts: Facts, folder: Path) -> Iterator[str]:
    unknown = set(notebook["metadata"]) - {"kernelspec", "language_info", KEY}
    if unknown:
        yield f"its metadata has what posts do not have: {', '.join(sorted(unknown))}"
    if folder.name != f"{facts.date}-{facts.family}" or not re.fullmatch(POST_NAME, folder.name):
        yield f"its folder is not named as its facts say ({facts.date}-{facts.family})"
    yield from _file_faults(folder)
    cells = notebook["cells"]
    if not cells or cells[0].get("cell_type") != "raw":
        yield "its first cell is not the front matter"
        return
    yield from front_faults(source_of(cells[0]), folder)
    for number, cell in enumerate(cells[1:], start=2):
        for fault in _cell_faults(cell, folder):
            yield f"cell {number}: {fault}"


def hidden(name: str) -> bool:
    """What other programs leave in a folder (`.DS_Store`, `.ipynb_checkpoints`): no part of a post, and seen
    by no renderer."""
    return name in {".DS_Store", ".ipynb_checkpoints"}


def _file_faults(folder: Path) -> Iterator[str]:
    if folder.is_symlink():
        yield "its folder is a link to another place"
    for path in sorted(p for p in folder.iterdir() if not hidden(p.name)):
        if path.is_symlink() or not path.is_file():
            yield f"{path.name} is not a plain file"
        elif path.name != NOTEBOOK and not _IMAGE.fullmatch(path.name):
            yield f"{path.name} does not belong to a post"
        elif path.name != NOTEBOOK and ending_of(path.read_bytes()) != path.suffix:
            yield f"{path.name} is not a {path.suffix[1:].upper()} image"


def front_faults(source: str, folder: Path) -> Iterator[str]:
    """What is wrong with a front matter."""
    match = re.fullmatch(r"---\n(.*\n)---\n?", source, re.DOTALL)
    if not match or re.search(r"^(---|\.\.\.)", match[1], re.M):
        yield "its first cell is not one YAML block"
        return
    try:
        front = read_yaml(match[1])
        ambiguous = [*_ambiguities(match[1])]
    except yaml.YAMLError as error:
        yield f"its front matter is not plain YAML: {_one_line(error)}"
        return
    yield from ambiguous
    if not isinstance(front, dict):
        yield "its front matter is not a mapping"
        return
    unknown = sorted(str(key) for key in front if key not in FRONT_KEYS)
    if unknown:
        yield f"its front matter has what posts do not have: {', '.join(unknown)}"
    if front.get("execute") != {"echo": False}:
        yield "its front matter says something else than `execute: {echo: false}`"
    image = front.get("image")
    if image is not None and not (
        isinstance(image, str) and _IMAGE.fullmatch(image) and (folder / image).is_file()
    ):
        yield "the image of its front matter is not a PNG or WebP file beside it"
    if front.get("page-class", "post") != "post" or not is_language(str(front.get("lang", "en"))):
        yield "its front matter has another class or language than a post"
    if any(_FRONT_MARKUP.search(form) for text in _strings(front) for form in (text, as_rendered(text))):
        yield "its front matter holds markup"


def _ambiguities(text: str) -> Iterator[str]:
    """What another YAML parser, such as the renderer's, might read differently."""
    for event in yaml.parse(text, Loader=LOADER):
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            yield "its front matter is not plain YAML: it has a tag or an anchor"
    node = yaml.compose(text, Loader=LOADER)
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    yield from (f"its front matter says `{k}` twice" for k in set(keys) if keys.count(k) > 1)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _cell_faults(cell: Mapping[str, Any], folder: Path) -> Iterator[str]:
    kind, source = cell.get("cell_type"), source_of(cell)
    if "attachments" in cell:
        yield "it has attachments"
    if set(cell.get("metadata", {})) - {"tags"} or set(tags_of(cell)) - _TAGS:
        yield "its metadata has more than a post's tags"
    if kind == "markdown":
        yield from _markdown_faults(source)
    elif kind == "code":
        if re.search(r"^\s*#\s*\|", source, re.M):
            yield "it sets options of the renderer (#|)"
        for output in cell.get("outputs", []):
            yield from _output_faults(output, folder)
    else:
        yield f"a post has no {kind} cell there"


def _markdown_faults(source: str) -> Iterator[str]:
    rendered = as_rendered(source)
    for fault, what in _MARKDOWN_FAULTS:
        # `&lt;` is how Markdown shows `<`: decoded, it is no tag to a renderer.
        if fault.search(source) or (what is not _RAW_HTML and fault.search(rendered)):
            yield f"it holds {what}"


def _output_faults(output: Mapping[str, Any], folder: Path) -> Iterator[str]:
    data = output.get("data")
    if output.get("output_type") != "display_data" or output.get("metadata"):
        yield "an output that is not plain display data"
    elif not isinstance(data, dict) or set(data) != {"text/html"}:
        yield "an output that is not HTML"
    elif not isinstance(data["text/html"], str) or clean_html(data["text/html"]) != data["text/html"]:
        yield "HTML that is not as the guard leaves it"
    else:
        for name in (image.get("src") for image in dom.images(data["text/html"])):
            if name is not None and not (folder / name).is_file():
                yield f"the image {name} is missing"
