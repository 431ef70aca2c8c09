"""Writing HTML: the one place where text becomes markup, so that nothing is left unescaped."""

from __future__ import annotations

import html
import re
from datetime import datetime
from urllib.parse import urlsplit

from digest_lib.day import TAIPEI

#: Between two braces it keeps a renderer from seeing a shortcode, and no reader sees it.
JOINER = "\u2060"

#: Characters that only readers without the stylesheet get (in a feed, from a screen reader): for them, what
#: stands apart on the page would run together.
SEPARATOR = '<span class="sep">{}</span>'

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07")


def tame(text: str) -> str:
    """The text without terminal codes and control characters, and with its `{{` and `}}` told apart:
    Quarto expands `{{< env KEY >}}` wherever it stands, and a lone `>}}` in metadata stops it."""
    plain = _CONTROL.sub("", _ANSI.sub("", text))
    return re.sub(r"([{}])(?=\1)", rf"\1{JOINER}", plain)


def esc(text: object) -> str:
    """Text (or the value of an attribute) as HTML."""
    return html.escape(tame(str(text)), quote=True)


def web_url(url: str) -> str | None:
    """The URL, if it is an absolute http(s) one with a host; None for any other."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    return url.strip()


def link_out(url: str, label_html: str) -> str:
    """A link to a publisher's page; only its label where the URL is not one of the web."""
    safe = web_url(url)
    if safe is None:
        return label_html
    return f'<a href="{esc(safe)}" rel="noopener nofollow">{label_html}</a>'


#: The language of the site around every post.
SITE_LANGUAGE = "zh-TW"


def lang_attr(lang: str, page: str = SITE_LANGUAGE) -> str:
    """` lang="…"` for text that is not in the language around it (`page`), else nothing."""
    known = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang)
    own = {"und", page} | ({"zh-Hant", "zh-TW"} if page in {"zh-Hant", "zh-TW"} else set())
    return f' lang="{lang}"' if known and lang not in own else ""


def moment(when: datetime, pattern: str = "%m-%d %H:%M") -> str:
    """A `<time>` that shows Taipei's clock and carries the exact moment."""
    here = when.astimezone(TAIPEI)
    return f'<time datetime="{here.isoformat(timespec="minutes")}">{here.strftime(pattern)}</time>'


def slug(text: str) -> str:
    """Text as part of an `id`: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "x"
