"""An executed notebook made into a post's notebook: the same bytes wherever and whenever it was run."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from digest_lib.cells import DESK_ONLY, PARAMETERS, source_of, tags_of
from digest_lib.charts.raster import NoImage, checked, reduced, smallest
from digest_lib.errors import UnsafePost
from digest_lib.files import digest_of
from digest_lib.publishing import dom
from digest_lib.publishing.clean import POST_NAME, clean_html
from digest_lib.publishing.fold import fold
from digest_lib.publishing.front import COVER, SMALL, front_matter
from digest_lib.publishing.guard import HIDDEN, NOTEBOOK, tame_markdown
from digest_lib.publishing.post_head import head_html
from digest_lib.sections.facts import KEY, MIME, Correction, Facts
from digest_lib.sections.markup import tame
from digest_lib.stories.history import MIME as COUNTS

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,40}")
_CHART: Final = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
#: What a notebook shows of a section that the post leaves out begins so.
_OMITTED: Final = '<p class="omitted">'
_HEAD: Final = "# The head of the post: its title, headline and contents."


@dataclass(frozen=True)
class Assembled:
    """A post as files: name -> bytes, `index.ipynb` among them."""

    facts: Facts
    files: Mapping[str, bytes]

    @property
    def name(self) -> str:
        return f"{self.facts.date}-{self.facts.family}"


@dataclass(frozen=True, slots=True)
class _Image:
    """A chart as the notebook has it, and as the post keeps it."""

    png: bytes
    ending: str
    data: bytes


def facts_in(executed: Mapping[str, Any], where: str) -> Facts:
    """The facts that the last section of an executed notebook carries, and the numbers of its history.

    Raises `UnsafePost`.
    """
    found, history = (_carried(executed, mime) for mime in (MIME, COUNTS))
    if not found:
        raise UnsafePost(where, 'it carries no facts; its last cell is `section(digest, "making")`')
    try:
        counts = {"history": history[-1]} if history else {}
        return Facts.model_validate({**found[-1], **counts})
    except ValidationError as error:
        raise UnsafePost(where, f"its facts are damaged: {error.errors()[0]['msg']}") from None


def _carried(executed: Mapping[str, Any], mime: str) -> list[Any]:
    """What the outputs carry for machines."""
    outputs = (output for cell in executed.get("cells", []) for output in cell.get("outputs", []))
    return [output["data"][mime] for output in outputs if mime in output.get("data", {})]


def assemble(
    executed: Mapping[str, Any],
    where: str,
    *,
    provenance: Mapping[str, object],
    corrections: Sequence[Correction] = (),
) -> Assembled:
    """The post of an executed notebook (`where` names it in errors), with what was corrected in it.

    Raises `UnsafePost` for a notebook with an error or without facts, `BadNotebook` for one without a
    `parameters` cell.
    """
    _refuse_errors(executed, where)
    facts = facts_in(executed, where).model_copy(update={"corrections": list(corrections)})
    facts = Facts.model_validate(_tame_all(facts.model_dump(mode="json")))
    if not re.fullmatch(POST_NAME, f"{facts.date}-{facts.family}"):
        raise UnsafePost(where, f"its family «{facts.family}» cannot be part of a file name")
    images: dict[str, _Image] = {}
    cells = list(_cells(executed, images, where))
    made = {
        "sources": digest_of(*(source_of(cell) for cell in cells)),
        **{key: _tame_all(value) for key, value in sorted(provenance.items())},
    }
    files = files_of(facts, cells, _files(images), made)
    return Assembled(facts, files)


def clean_cells(executed: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    """The cells of an executed notebook that is no post, cleaned as a post's are and numbered; its charts are
    left out. Raises `UnsafePost` for one with an error, `BadNotebook` for one without parameters."""
    _refuse_errors(executed, where)
    return [_numbered(n, cell) for n, cell in enumerate(_cells(executed, {}, where), start=1)]


def _cells(executed: Mapping[str, Any], images: dict[str, _Image], where: str) -> Iterator[dict[str, Any]]:
    return (_cell(cell, images, where) for cell in fold(executed, where)["cells"] if _stays(cell))


def files_of(
    facts: Facts,
    cells: Sequence[dict[str, Any]],
    images: Mapping[str, bytes],
    provenance: Mapping[str, object],
) -> dict[str, bytes]:
    """The files of a post: front matter and head are made here, the cells are as they will stand;
    `images` are the files of its charts by their names."""
    body = "".join(o["data"]["text/html"] for c in cells if _visible(c) for o in c.get("outputs", []))
    head: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "source": _HEAD,
        "outputs": [_output(clean_html(head_html(facts, body)))],
    }
    front: dict[str, Any] = {
        "cell_type": "raw",
        "metadata": {},
        "source": front_matter(facts, _described(body, images), provenance),
    }
    notebook = {
        "cells": [_numbered(n, c) for n, c in enumerate([front, head, *cells], start=1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            KEY: facts.model_dump(mode="json"),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {NOTEBOOK: text.encode(), **images}


def _described(body: str, images: Collection[str]) -> dict[str, str]:
    """What each of the files shows that stand in the body, in the words that stand with it there."""
    found = {image.get("src", ""): image.get("alt", "") for image in dom.images(body)}
    return {name: found[name] for name in sorted(images) if name in found}


def _refuse_errors(executed: Mapping[str, Any], where: str) -> None:
    for number, cell in enumerate(executed.get("cells", []), start=1):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                what = f"{output.get('ename', 'an error')}: {output.get('evalue', '')}"
                raise UnsafePost(where, f"cell {number} raised {' '.join(what.split())[:200]}")


def _stays(cell: Mapping[str, Any]) -> bool:
    """Hidden Markdown tells how to use the family's notebook, raw cells are for a renderer: neither is
    part of a post. papermill's notes about a failed run are no part either."""
    if cell.get("cell_type") == "code":
        return not any(tag.startswith("papermill-") for tag in tags_of(cell))
    return cell.get("cell_type") == "markdown" and not HIDDEN & set(tags_of(cell))


def _visible(cell: Mapping[str, Any]) -> bool:
    return not HIDDEN & set(tags_of(cell))


def _cell(cell: Mapping[str, Any], images: dict[str, _Image], where: str) -> dict[str, Any]:
    tags = set(tags_of(cell)) & {PARAMETERS, *HIDDEN}
    if PARAMETERS in tags:
        tags |= HIDDEN  # its values are for researchers
    metadata = {"tags": sorted(tags)} if tags else {}
    source = _told_apart(source_of(cell))
    if cell["cell_type"] == "markdown":
        return {"cell_type": "markdown", "metadata": metadata, "source": tame_markdown(source)}
    outputs = [_html_of(output, images, where) for output in cell.get("outputs", [])]
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": re.sub(r"^\s*#\s*\|.*\n?", "", source, flags=re.M),
        "outputs": [_output(text) for text in outputs if text],
    }


def _html_of(output: Mapping[str, Any], images: dict[str, _Image], where: str) -> str:
    """An output's HTML, cleaned; empty for every other kind, and for what is the desk's alone. Its charts go
    into `images`."""
    if DESK_ONLY in output.get("data", {}):
        return ""
    text = output.get("data", {}).get("text/html", "")
    text = "".join(text) if isinstance(text, list) else str(text)
    if text.lstrip().startswith(_OMITTED):
        return ""
    return clean_html(_charts_moved(text, images, where))


def _charts_moved(text: str, images: dict[str, _Image], where: str) -> str:
    """The HTML with the files of its charts in the place of their data; they go into `images`."""
    if "data:image/png" not in text:
        return text
    tree = dom.part(text)
    for node in tree.css("img[data-name]"):
        own = dom.attributes(node)
        name, found = own["data-name"], _CHART.fullmatch(own.get("src", ""))
        if found and _NAME.fullmatch(name):
            node.attrs["src"] = _keep_chart(name, found[1], images, where)
    return dom.part_written(tree)


def _keep_chart(name: str, data: str, images: dict[str, _Image], where: str) -> str:
    """The name of the chart's file."""
    try:
        png = base64.b64decode(data)
        known = images.get(name) or _Image(png, *(smallest(png) if name == COVER else checked(png)))
    except (binascii.Error, NoImage):
        raise UnsafePost(where, f"the chart {name} is not a PNG image") from None
    if images.setdefault(name, known).png != png:
        raise UnsafePost(where, f"two charts are named {name}")
    return f"{name}{known.ending}"


def _files(images: Mapping[str, _Image]) -> dict[str, bytes]:
    """The charts' files by their names; the one that stands for the post in two sizes."""
    files = {f"{name}{image.ending}": image.data for name, image in images.items()}
    if COVER in images:
        ending, small = reduced(images[COVER].png)
        files[f"{SMALL}{ending}"] = small
    return files


def _output(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}


def _numbered(number: int, cell: Mapping[str, Any]) -> dict[str, Any]:
    # Quarto reads front matter only from a source that is a list of lines.
    lines = source_of(cell).splitlines(keepends=True)
    numbered = {**cell, "id": f"cell-{number:02}", "source": lines}
    if cell["cell_type"] == "code":
        numbered["execution_count"] = None
    return numbered


def _told_apart(text: str) -> str:
    """Source code with shortcodes made harmless; other double braces are Python's business."""
    opened = re.sub(r"\{\{(?=\s*[<%])", "{\u2060{", text)
    return re.sub(r"([>%]\s*)\}\}", "\\1}\u2060}", opened)


def _tame_all(value: Any) -> Any:
    if isinstance(value, str):
        return tame(value)
    if isinstance(value, Mapping):
        return {tame(str(key)): _tame_all(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_tame_all(inner) for inner in value]
    return value if isinstance(value, bool | int | float | None) else tame(str(value))
