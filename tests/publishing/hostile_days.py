"""Posts with a hostile string in every field that a feed, an llm or a notebook fills, and what a site that
was made of them must not do."""

from __future__ import annotations

import dataclasses
import html
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
from pydantic import BaseModel, ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.errors import UnsafePost
from digest_lib.publishing.clean import TAGS
from digest_lib.publishing.post import publish
from digest_lib.sections.facts import MIME, Facts
from digest_lib.settings import Home
from digest_lib.stories.story import Earlier
from digest_lib.writing.draft import Revised
from digest_lib.writing.usage import Writer
from publishing.published_days import chart, code, executed, mentioning, png, revised, shown, write

#: What the strings of a list may ask for: a value of the environment, a file beside the posts.
MARK, OUTSIDE = "NEWSROOM_MARK", "outside.txt"
EXPANDED = "expanded-by-a-shortcode"
#: The fields that others fill, by their names in the library's types.
_FILLED = frozenset(
    [
        "title",
        "summary",
        "text",
        "publisher",
        "url",
        "headline",
        "reasons",
        "before",
        "tags",
        "failed",
        "what_is_new",
        "llm",
        "name",
    ]
)
#: How feeds name a post's images where the site has no address.
_OWN_IMAGE = re.compile(r"http://127\.0\.0\.1:4200/posts/[\w-]+/[a-z-]+\.(png|webp)")
#: What search results are made of, beside what posts are.
_SEARCH = frozenset(["form", "input", "button", "label", "mark", "select", "option"])
_FRAME = frozenset(
    ["html", "head", "meta", "title", "link", "script", "body", "main", "button", "input", "form"]
)
#: What the site itself adds to its pages: where a line may break, and drawings, of shapes and words alone.
_SITE = frozenset(["wbr", "svg", "g", "rect", "line", "path", "circle", "text", "tspan", "title", "desc"])
#: What an author's Markdown may become.
_PROSE = frozenset(["pre", "del", "h5", "h6", "col", "colgroup", "label"])
#: What its pages tell the browser: to fetch and run nothing from elsewhere, and where a page now is.
_TOLD = re.compile(r"content-security-policy|refresh")
_LEADS_ON = re.compile(r"0; url=[A-Za-z0-9-]+\.html")


def strings(path: Path, *, escapes: bool = False) -> list[str]:
    r"""The strings of a list, one a line; with `escapes`, `\u0301{90}` stands for ninety of it."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    if not escapes:
        return lines
    character = re.compile(r"\\u([0-9a-f]{4})(?:\{(\d+)\})?")
    return [
        character.sub(lambda m: chr(int(m[1], 16)) * int(m[2] or 1), line).replace("\\\\", "\\")
        for line in lines
    ]


def planted(value: Any, attack: str, *, field: str = "") -> Any:
    """The value with the string behind every text that others write."""
    if isinstance(value, str):
        return f"{value}{attack}" if field in _FILLED else value
    if isinstance(value, BaseModel):
        fields = {
            name: planted(getattr(value, name), attack, field=name) for name in type(value).model_fields
        }
        return value.model_copy(update=fields)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in dataclasses.fields(value) if f.init]
        return dataclasses.replace(
            value, **{name: planted(getattr(value, name), attack, field=name) for name in names}
        )
    if isinstance(value, list | tuple):
        return type(value)(planted(inner, attack, field=field) for inner in value)
    return value


def digest_with(attack: str, day: str, family: str, before: str) -> Revised:
    """A digest that follows an earlier post, written by an llm that obeys the attacker."""
    follows = Earlier(before, "s1layered", f"降價{attack}") if before else None
    writer = Writer("a-model", "")
    digest = revised(day, family, follows=follows, new=("14%",), writer=writer, mentions=mentioning("Qwen"))
    return planted(digest, attack)  # type: ignore[no-any-return]


def notebook_with(attack: str, digest: Revised) -> dict[str, Any]:
    """An executed notebook whose cells, outputs and attachments hold the string, too."""
    raw = {"output_type": "display_data", "metadata": {}}
    cells = [
        code("x", [{**raw, "data": {"text/html": f"<div title=x>{attack}</div>"}}]),
        code("x", [{**raw, "data": {"text/markdown": attack, "text/plain": attack}}]),
        code("x", [{"output_type": "stream", "name": "stdout", "text": attack}]),
        code("x", [shown(chart("share", png(shade=7), alt=f"圖{attack}"), 9)]),
        code(f"# {attack}"),
        {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": attack},
        {"cell_type": "markdown", "metadata": {}, "source": "文字",
         "attachments": {attack: {"image/png": "aGk="}, f"../../{attack}": {attack: attack}}},
    ]  # fmt: skip
    return executed(digest, cells)


def facts_with(facts: Any, attack: str) -> Any:
    """The facts for machines with the string behind every text of theirs and every name, as whoever edits a
    notebook by hand can have it: but where no facts can hold it."""
    for path in [*_places(facts)]:
        changed = _put(facts, path, attack)
        with suppress(ValidationError):
            Facts.model_validate(changed)
            facts = changed
    return facts


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every text, and to every name of a mapping that any names may be in; but for those by which
    post and stories are found."""
    if path[-1:] in {("family",), ("story",), ("post",)}:
        return
    if isinstance(value, str):
        yield path
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _places(inner, (*path, key))
    if path[-1:] in {("counts",), ("prompts",), ("checked",), ("history",), ("tables",)}:
        yield path
    for number, inner in enumerate(value if isinstance(value, list) else ()):
        yield from _places(inner, (*path, number))


def _put(value: Any, path: tuple[Any, ...], attack: str) -> Any:
    if not path:
        if isinstance(value, dict):
            return {f"{key}{attack}": inner for key, inner in value.items()}
        return value if value.endswith(attack) else f"{value}{attack}"
    first, *rest = path
    changed = _put(value[first], tuple(rest), attack)
    if isinstance(value, dict):
        return {**value, first: changed}
    return [*value[:first], changed, *value[first + 1 :]]


def plant(home: Home, attack: str, day: str, family: str, before: str = "") -> str:
    """Publishes a post that holds the string everywhere and returns its name. Raises `UnsafePost`."""
    work = home.root.parent / "work" / f"{day}-{family}.ipynb"
    notebook = notebook_with(attack, digest_with(attack, day, family, before))
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", [])):
        if facts := output.get("data", {}).get(MIME):
            output["data"][MIME] = facts_with(facts, attack)
    return publish(write(work, notebook), home, provenance={"feed": attack, attack: [attack]}).post


def prose(home: Home, attacks: Sequence[str], day: str) -> tuple[str, list[str]]:
    """Publishes a post of the strings as the prose of a notebook's author. Returns its name, and the strings
    that the guard refuses."""
    refused, cells, told = [], [], executed(revised(day, "qwen"))
    for attack in attacks:
        cell = {"cell_type": "markdown", "metadata": {}, "source": f"{attack}\n\n文字{attack}"}
        try:
            _put_prose(home, day, told, [cell])
            cells.append(cell)
        except UnsafePost:
            refused.append(attack)
    return _put_prose(home, day, told, cells), refused


def _put_prose(home: Home, day: str, told: dict[str, Any], cells: Sequence[dict[str, Any]]) -> str:
    shutil.rmtree(home.posts / f"{day}-qwen", ignore_errors=True)  # else each is a correction of the last
    work = write(home.root.parent / "work/prose.ipynb", {**told, "cells": [*told["cells"], *cells]})
    return publish(work, home, provenance={}).post


def parsed(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text, is_fragment=True)


def live(tree: LexborHTMLParser, allowed: frozenset[str]) -> Iterator[str]:
    """What a browser would act on: unknown elements, handlers, addresses that are code."""
    for node in tree.css("*"):
        if node.tag not in allowed:
            yield f"<{node.tag}>"
        if node.tag == "script" and node.text().strip() and not _is_data(node):
            yield f"script: {node.text()[:80]}"
        if node.tag == "meta" and not _is_ours(node):
            yield f"meta: {node.html}"
        for name, value in node.attributes.items():
            said = re.sub(r"[\x00-\x20]", "", value or "").lower()
            code = name in {"href", "src"} and re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", said)
            elsewhere = name == "src" and said.startswith(("http", "//")) and not _OWN_IMAGE.fullmatch(said)
            if name.startswith("on") or name in {"style", "srcdoc"} or code or elsewhere:
                yield f"{name}={value}"


def _is_data(script: LexborNode) -> bool:
    """Whether it is data that no browser runs, and that holds no markup for whoever reads it as a page."""
    text = script.text()
    if script.attributes.get("type") != "application/ld+json" or re.search(r"[<>&]", text):
        return False
    return all(not [*as_readers(said, 0, frozenset())] for said in _texts(json.loads(text)))


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    for inner in told.values() if isinstance(told, dict) else told if isinstance(told, list) else []:
        yield from _texts(inner)


def _is_ours(meta: LexborNode) -> bool:
    """Whether a page tells the browser only what the site says."""
    told = (meta.attributes.get("http-equiv") or "").lower()
    said = meta.attributes.get("content") or ""
    if told == "refresh":
        return bool(_LEADS_ON.fullmatch(said))
    return "http-equiv" not in meta.attributes or bool(_TOLD.fullmatch(told) and "default-src" in said)


def page_faults(site: Path) -> Iterator[str]:
    """What is live on the site's pages beyond its own frame, and what of their heads comes alive later."""
    for path in sorted(site.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for what in live(tree, TAGS | _FRAME | _SITE | _PROSE):
            yield f"{path.relative_to(site)}: {what}"
        heads = [node.text() for node in tree.css("head title")]
        heads += [v for n in tree.css("head meta[content]") if (v := n.attributes["content"]) is not None]
        for told in heads:
            yield from (f"{path.relative_to(site)} head: {what}" for what in as_readers(told, 0, frozenset()))
        if len(tree.css("head title")) != 1 or len(tree.css("main")) != 1:
            yield f"{path.relative_to(site)}: its frame is broken"


def as_readers(text: str, first: int, allowed: frozenset[str]) -> Iterator[str]:
    """What is live in a text that a reader takes for HTML when it has decoded it up to three times."""
    for times in range(4):
        if times >= first:
            yield from (f"decoded {times} times: {what}" for what in live(parsed(text), allowed))
        text = html.unescape(text)


def feed_faults(site: Path) -> Iterator[str]:
    """What is live in the feeds for readers that decode plainly, as feedparser does, or once too often."""
    for path in sorted(p for p in site.rglob("*.xml") if p.name != "sitemap.xml"):
        name = path.relative_to(site)
        read = feedparser.parse(path.read_bytes())
        if read.bozo:
            yield f"{name}: {read.bozo_exception}"
        for item in ET.fromstring(path.read_bytes()).iter():
            content = item.tag.endswith("encoded")
            for what in as_readers(item.text or "", 0, TAGS if content else frozenset()):
                yield f"{name} {item.tag}: {what}"
    for path in sorted(p for p in site.rglob("*.json") if "search-index" not in p.parts):
        for item in [feed := json.loads(path.read_bytes()), *feed["items"]]:
            for field, said in item.items():
                for text in _texts(said) if field != "items" else ():
                    for what in as_readers(text, 0, TAGS if field == "content_html" else frozenset()):
                        yield f"{path.relative_to(site)} {field}: {what}"


def leaked(site: Path, values: Sequence[str]) -> Iterator[str]:
    """The files of the site that hold one of the values."""
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        data = path.read_bytes()
        yield from (f"{path.relative_to(site)}: {v}" for v in values if v.encode() in data)


def browser_faults(page: Any, base: str, paths: Sequence[str]) -> Iterator[str]:
    """What happens when the pages are opened one after the other in a browser's `page`: whatever runs,
    speaks, fetches from elsewhere, leads away or is wider than the window."""
    noise: list[str] = []
    page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("popup", lambda popup: noise.append(f"popup: {popup.url}"))
    page.on("request", lambda r: None if r.url.startswith(base) else noise.append(f"fetched: {r.url[:200]}"))
    for path in paths:
        page.goto(base + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true);"
            "document.querySelectorAll('main a').forEach(a => { a.focus(); "
            "a.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); })"
        )
        box = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        scroll, client = page.evaluate(box)
        if scroll > client:
            yield f"{path}: {scroll} px wide in a window of {client}"
        if page.url.partition("#")[0] != base + path:
            yield f"{path}: led away to {page.url}"
        yield from (f"{path}: {said}" for said in noise)
        noise.clear()


def search_faults(page: Any, base: str) -> Iterator[str]:
    """What comes alive in the search's results: excerpts and titles of hostile posts."""
    noise: list[str] = []
    page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("request", lambda r: None if r.url.startswith(base) else noise.append(f"fetched: {r.url[:200]}"))
    for words in ("alert", "script", "圖層", "onerror", "env"):
        page.goto(f"{base}search.html")
        page.fill("#search input[type=text]", words)
        page.locator("#search-count").filter(has_text=re.compile(".")).wait_for()
        page.wait_for_timeout(500)
        shown = page.eval_on_selector("#search", "e => e.innerHTML")
        found = live(parsed(shown), TAGS | _SEARCH)
        yield from (f"search for {words}: {what}" for what in found)
        yield from (f"search for {words}: {said}" for said in noise)
        noise.clear()
