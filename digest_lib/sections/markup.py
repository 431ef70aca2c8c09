"""Writing HTML: the one place where text becomes markup, so that nothing is left unescaped."""

from __future__ import annotations

import html
import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

from digest_lib.day import TAIPEI
from digest_lib.language_names import LANGUAGE_TAG
from digest_lib.sections.characters import calm

#: Between two braces it keeps a renderer from seeing a shortcode, and no reader sees it.
JOINER = "\u2060"

#: Characters that only readers without the stylesheet get (in a feed, from a screen reader): for them, what
#: stands apart on the page would run together.
SEPARATOR = '<span class="sep">{}</span>'

#: An ampersand, however often it was encoded.
_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26)(?:;|(?=amp|AMP|#)))+")
_ROUNDS = 16
_BRACES = re.compile(r"([{}])(?=\1)")
#: Signs that every decoder takes for text; `<` and `>` begin and end markup.
_LOOK_ALIKES = str.maketrans({"<": "＜", ">": "＞"})
#: What a URL must not spell, also when it is decoded twice: signs that end an attribute or begin a shortcode.
_BREAKS = re.compile(r"[\s<>\"'`{}\\^|]")
_ENDS = re.compile(r"[\"'`{}]")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);?")


def tame(text: str) -> str:
    """The text (or HTML) as `calm` leaves it, and with its `{{` and `}}` told apart: Quarto expands
    `{{< env KEY >}}` wherever it stands, and a lone `>}}` in metadata stops it."""
    return _apart(calm(text))


def _apart(text: str) -> str:
    return _BRACES.sub(rf"\1{JOINER}", text)


def decoded(text: str) -> str:
    """Calm text without entities, however often they were encoded: no renderer or reader that decodes it once
    more finds another text."""
    plain = calm(text)
    if "&" not in plain:
        return plain
    for _ in range(_ROUNDS):
        once = calm(html.unescape(_AMPERSAND.sub("&", plain)))
        if once == plain:
            return plain
        plain = once
    return plain.replace("&", "＆")  # nobody nests them so deep who does not mean harm


@lru_cache(maxsize=16_384)  # a site shows a headline on a dozen pages
def settled(text: str) -> str:
    """Text to show: tame, and without entities."""
    return _apart(decoded(text))


def inert(text: str) -> str:
    """Text for where it is decoded again, and where what comes out may be taken for HTML (metadata, feeds):
    settled, and its angle brackets become the look-alikes of full width."""
    return settled(text).translate(_LOOK_ALIKES)


def esc(text: object) -> str:
    """Text (or the value of an attribute) as HTML."""
    return html.escape(settled(str(text)), quote=True)


def unseen(text: str) -> str:
    """Words for those who hear a link by itself; on the page, what stands around it says so."""
    return f'<span class="unseen">{esc(text)}</span>'


def esc_url(url: str) -> str:
    """A URL as the value of an attribute."""
    return html.escape(safe_url(url), quote=True)


def safe_url(url: str) -> str:
    """The URL with what could end an attribute percent-encoded, also where it stands behind entities."""
    plain = _percent(calm(url))
    if _ENDS.search(decoded(plain)):
        plain = _ENTITY.sub(lambda match: match[0].replace("&", "%26", 1), plain)
    return plain


def _percent(url: str) -> str:
    return _BREAKS.sub(lambda match: quote(match[0]), url)


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
    return f'<a href="{esc_url(safe)}" rel="noopener nofollow">{label_html}</a>'


#: The language of the site around every post.
SITE_LANGUAGE = "zh-TW"


def is_language(lang: str) -> bool:
    """Whether it is written as the tag of a language (`zh-Hant`)."""
    return bool(re.fullmatch(LANGUAGE_TAG, lang))


def lang_attr(lang: str, page: str = SITE_LANGUAGE) -> str:
    """` lang="…"` for text that is not in the language around it (`page`), else nothing."""
    own = {"und", page} | ({"zh-Hant", "zh-TW"} if page in {"zh-Hant", "zh-TW"} else set())
    return f' lang="{lang}"' if is_language(lang) and lang not in own else ""


def moment(when: datetime) -> str:
    """A `<time>` that shows Taipei's clock and carries the exact moment."""
    here = when.astimezone(TAIPEI)
    return f'<time datetime="{here.isoformat(timespec="minutes")}">{here:%m-%d %H:%M}</time>'


def slug(text: str) -> str:
    """Text as part of an `id`: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "x"
