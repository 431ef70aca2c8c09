"""What a printed page says above all else: its site, and its address. Screens do not show it."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing import dom
from digest_lib.site.addresses import LOST, address
from digest_lib.site.config import Config

_CLASS: Final = "printed"


def sign_print(tree: LexborHTMLParser, page: str, config: Config) -> None:
    """Puts the site's name and the page's address at the top of the page's text. Doing it again changes
    nothing."""
    for node in tree.css(f"p.{_CLASS}"):
        dom.taken_out(node)
    main = tree.css_first("main")
    if main is None:
        return
    line = dom.made(tree, "p", class_=_CLASS)
    line.insert_child(dom.made(tree, "b", config.title))
    if config.placed and page != LOST:
        line.insert_child(f"　{address(config, page)}")
    main.insert_before(line)
    main.insert_before("\n")
