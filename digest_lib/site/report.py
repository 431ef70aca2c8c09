"""The link by which a reader reports an error: it names the post, and a script adds the sentence."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode, urlsplit

from digest_lib.sections.markup import web_url

_MAIL: Final = re.compile(r"mailto:[^\s@?<>\"']+@[^\s@?<>\"']+")


def report_address(said: str, repo: str) -> str:
    """Where errors are reported: what the site's settings say (`https:` or `mailto:`), else the issues of its
    repository, else nowhere (empty)."""
    own = said.strip()
    if _MAIL.fullmatch(own):
        return own
    if own and (address := web_url(own)):
        return address
    return f"{repo}/issues/new" if repo else ""


def report_link(address: str, post: str) -> str:
    """The address with title and text filled in for a post, by its name; empty where there is none."""
    if not address:
        return ""
    title = "subject" if address.startswith("mailto:") else "title"
    values = {title: f"文章有誤：{post}", "body": f"文章：{post}\n句子：\n哪裡不對：\n"}
    # A mail program takes a plus sign for one.
    filled = urlencode(values).replace("+", "%20")
    return f"{address}{'&' if urlsplit(address).query else '?'}{filled}"
