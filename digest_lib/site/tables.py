"""Tables as they are read on a narrow screen: each in a box that scrolls, that the keyboard can reach and
that has a name. (The stylesheet shows at the edges of a box that there is more; no script is needed.)"""

from __future__ import annotations

from collections import Counter
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.publishing import dom

_BOX: Final = "scroll"
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "summary"})
_NAMELESS: Final = "表格"


def box_tables(tree: LexborHTMLParser) -> None:
    """Puts every table of a page's text into a box of its own, which is called what its caption says, else
    what stands above it; no two are called the same. Doing it again changes nothing."""
    many = Counter[str]()
    heading = ""
    for node in tree.css(f"main :is({', '.join(sorted(_HEADINGS))}, table):not(table *)"):
        if node.tag in _HEADINGS:
            heading = _said(node)
            continue
        name = (
            "".join(_said(child) for child in node.iter() if child.tag == "caption") or heading or _NAMELESS
        )
        many[name] += 1
        _box(tree, node, f"{name}（{many[name]}）" if many[name] > 1 else name)


def _box(tree: LexborHTMLParser, table: LexborNode, name: str) -> None:
    """Puts a table into a box of this name, unless it is in one."""
    around = table.parent
    if around is not None and _BOX in dom.attributes(around).get("class", "").split():
        for key, value in {"role": "region", "tabindex": "0", "aria-label": name}.items():
            around.attrs[key] = value
        return
    box = dom.made(tree, "div", class_=_BOX, role="region", tabindex="0", aria_label=name)
    box.insert_child(table)  # a copy
    table.insert_before(box)
    table.decompose()


def _said(node: LexborNode) -> str:
    return " ".join(node.text().split())
