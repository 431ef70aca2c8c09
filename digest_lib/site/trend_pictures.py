"""The trends of posts whose facts do not tell their numbers: the pictures that their notebooks drew."""

from __future__ import annotations

from digest_lib.publishing import dom
from digest_lib.sections.markup import esc
from digest_lib.site.posts import Post
from digest_lib.site.tallies import Tallies


def pictures(tallies: Tallies) -> str:
    """Each family's newest picture of its month, the first unfolded."""
    found: dict[str, str] = {}
    for post in tallies.posts:
        family = post.brief.family
        if family not in found and (figure := post.chart("trend")):
            found[family] = _picture(post, figure)
    shown = list(found.items())
    folded = "".join(
        f"<details><summary>{esc(tallies.families.get(family, family))}</summary>{html}</details>"
        for family, html in shown[1:]
    )
    return "".join(html for _, html in shown[:1]) + folded


def _picture(post: Post, figure: str) -> str:
    tree = dom.part(figure)
    for node in tree.css("figure, img"):
        if node.tag == "img":
            node.attrs["src"] = f"posts/{post.name}/{dom.attributes(node).get('src', '')}"
        else:
            node.attrs["id"] = f"trend-{post.brief.family}"
    return dom.part_written(tree)
