"""HTML as a tree: parsed and written as HTML5 and browsers do. No markup is ever searched for in a string,
where an attribute or a script may hold the same characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DOCTYPE: Final = "<!DOCTYPE html>"


def page(text: str) -> LexborHTMLParser:
    """A whole page as a tree."""
    tree = LexborHTMLParser(text)
    # White space behind `</body>` belongs into it, by HTML5: it would grow each time.
    last = tree.body.last_child if tree.body else None
    while last is not None and last.is_text_node:
        before, words = last.prev, last.text().rstrip()
        if words:
            last.replace_with(words)
            break
        last.decompose()
        last = before
    return tree


def written(tree: LexborHTMLParser) -> str:
    """The page of a tree. Read and written again, it is the same."""
    text = tree.html or ""
    if text.startswith(_DOCTYPE):
        text = f"{_DOCTYPE}\n{text.removeprefix(_DOCTYPE).lstrip()}"
    return f"{text}\n"


def part(text: str) -> LexborHTMLParser:
    """A part of a page as a tree, which `part_written` writes."""
    return LexborHTMLParser(text, is_fragment=True)


def part_written(tree: LexborHTMLParser) -> str:
    """The part of a page that `part` has read."""
    return tree.html or ""


def element(text: str, selector: str) -> str:
    """The first element of a part of a page that fits the selector, as HTML; empty where there is none."""
    found = part(text).css_first(selector)
    return (found.html or "") if found else ""


def images(text: str) -> Iterator[dict[str, str]]:
    """The attributes of every image of a part of a page."""
    return (attributes(node) for node in part(text).css("img"))


def attributes(node: LexborNode) -> dict[str, str]:
    """The attributes of an element; one without a value is empty."""
    return {name: value or "" for name, value in node.attributes.items()}


def taken_out(node: LexborNode) -> None:
    """Takes an element out of its tree, with the blank behind it."""
    after = node.next
    if after is not None and after.is_text_node and not after.text().strip():
        after.decompose()
    node.decompose()


def made(tree: LexborHTMLParser, name: str, text: str = "", /, **values: str) -> LexborNode:
    """A new element of the tree, with text and attributes; what is text stays text."""
    node = tree.create_node(name)
    for key, value in values.items():
        node.attrs[key.rstrip("_").replace("_", "-")] = value
    if text:
        node.insert_child(text)
    return node
