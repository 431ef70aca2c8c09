"""One URL for one page: what is only tracking, mobile, AMP or a redirector is taken off.

Two forms. `tidy` is what readers click: the publisher's own URL, scheme and all, without tracking.
`canonical` is what identity is made of: the same page has the same canonical URL, however it was linked. It
says https whatever was given, so that a page linked both ways is one article; it is never shown, and need
not resolve.
"""

from __future__ import annotations

import base64
import binascii
import re
from contextlib import suppress
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit, urlunsplit

#: Added by advertisers, mailers and share buttons; the page is the same without them.
_TRACKING = frozenset((
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "gclsrc", "msclkid", "yclid", "twclid", "ttclid",
    "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id",
    "oly_anon_id", "oly_enc_id", "s_cid", "cmpid", "ncid", "ocid", "icid", "spm", "scm", "ref", "ref_src",
    "ref_url", "referrer", "from", "guccounter", "guce_referrer", "guce_referrer_sig", "at_medium",
    "at_campaign", "at_link_type", "share_token", "shareuid", "wt_mc",
))  # fmt: skip
#: `source=` is often meaningful (a search's source); as `source=rss…` it never is.
_TRACKING_PAIR = re.compile(r"utm_[^=]*(=|$)|source=rss|cmp=|output(type)?=amp|amp(=1|=true|=|$)", re.I)
_AMP_TAIL = re.compile(r"(/amp(\.html?)?|\.amp(?P<kept>\.html?)?)/?$", re.I)
_MOBILE = re.compile(r"^(m|mobile|amp)\.(?=[^.]+\..)")
#: host and path -> the query parameter that holds where the redirector leads
_REDIRECTORS = {
    "www.bing.com/news/apiclick.aspx": ("url",),
    "l.facebook.com/l.php": ("u",),
    "out.reddit.com": ("url",),
    "lm.facebook.com/l.php": ("u",),
    "www.youtube.com/redirect": ("q",),
    "duckduckgo.com/l": ("uddg",),
    "t.umblr.com/redirect": ("z",),
    "link.zhihu.com": ("target",),
    "link.csdn.net": ("target",),
    "link.juejin.cn": ("target",),
    "www.linkedin.com/redir/redirect": ("url",),
    "steamcommunity.com/linkfilter": ("u", "url"),
}
#: The older links of Google News hold the page's URL; the newer ones are opaque.
_GOOGLE_NEWS = re.compile(r"news\.google\.com/(?:rss/|__i/rss/rd/)?articles/(?P<id>[\w-]{20,})")
_HTTP = re.compile(rb"https?://[!-~]+")
_GOOGLE = re.compile(r"^(?:www\.|news\.)?google\.[a-z.]{2,6}/url$")
#: They stand for pages elsewhere, and their URLs do not say which.
_OPAQUE = re.compile(
    r"^(?:feedproxy\.google\.com|(?:feeds\d?\.feedburner\.com|feeds\d?\.[^/]+)/~r(?:/|$)|rss\.feedsportal\.com"
    r"|(?:t\.co|bit\.ly|tinyurl\.com|ow\.ly|buff\.ly|dlvr\.it|ift\.tt|lnkd\.in|goo\.gl|trib\.al|reut\.rs"
    r"|is\.gd|j\.mp|flip\.it|fb\.me|reurl\.cc|pse\.is|lihi\d?\.(?:cc|com)|t\.cn|dwz\.cn|url\.cn)(?:/|$)"
    r"|news\.google\.com/)"
)
_SHORT_VIDEO = re.compile(r"(?:youtu\.be|(?:www|m)\.youtube\.com/shorts)/(?P<id>[\w-]+)/?$", re.ASCII)
#: What is listened to, watched or downloaded is no page.
_FILE = re.compile(
    r"\.(?:mp3|m4[abv]|aac|og[gav]|opus|flac|wav|wma|mp4|mov|avi|mkv|webm|m3u8?|zip|gz|dmg|exe|apk|torrent)$",
    re.I,
)
_AMP_CACHE = re.compile(r"^www\.google\.[a-z.]+/amp/(s/)?|^[^/]+\.cdn\.ampproject\.org/[cv]/(s/)?")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ROUNDS = 4


def tidy(url: str) -> str:
    """The URL as its publisher gave it, out of its redirector and without tracking parameters.

    Returns "" for what is not an absolute http(s) URL with a host; never raises.
    """
    try:
        parts = _unwrapped(_split(url))
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    return urlunsplit(parts._replace(query="&".join(_kept(parts.query))))


def canonical(url: str) -> str:
    """The URL that stands for the page, however it was linked; idempotent, and never raises.

    Lower-case host without default port, user or mobile and AMP prefix (`www.` stays: without it is at
    times another site); https; no fragment, trailing slash, AMP suffix or tracking parameter; sorted
    query; percent-encoding as RFC 3986 section 6.2.2 normalises it. What is no http(s) URL comes back
    trimmed.
    """
    for _ in range(_ROUNDS):
        once = _canonical_once(url)
        if once == url:
            break
        url = once
    return url


def host_of(url: str) -> str:
    """The host, lower-case and without `www.`; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def has_no_page(url: str) -> bool:
    """True for links whose page cannot be had: Google News' neither redirect nor decode."""
    return host_of(url) == "news.google.com"


def is_redirector(url: str) -> bool:
    """True for links that lead to a page elsewhere and do not say which (feedproxy.google.com, bit.ly)."""
    return bool(_OPAQUE.match(_place(url)))


def is_file(url: str) -> bool:
    """True for links to a sound, a film or a package: none of them is an article."""
    return bool(_FILE.search(_place(url)))


def is_front(url: str) -> bool:
    """True for the front page of a site."""
    return not _place(url).partition("/")[2].strip("/") and not urlsplit(url).query


def _place(url: str) -> str:
    try:
        return host_of(url) + urlsplit(url).path
    except ValueError:
        return ""


def _canonical_once(url: str) -> str:
    try:
        parts = _unwrapped(_split(url))
        port = parts.port
    except ValueError:
        return url.strip()
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url.strip()
    host = _MOBILE.sub("", _ascii_host(parts.hostname))
    if port and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = _AMP_TAIL.sub(lambda tail: tail["kept"] or "", _normal(parts.path)).rstrip("/")
    query = "&".join(sorted(_normal(pair) for pair in _kept(parts.query)))
    # A hashbang is a page's address within a one-page site; any other fragment is a place in the page.
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(("https", host, path, query, fragment))


def _split(url: str) -> SplitResult:
    # A raw space would end the link wherever the URL is printed.
    parts = urlsplit(url.strip().replace(" ", "%20"))
    return parts._replace(scheme=parts.scheme.lower())


def _unwrapped(parts: SplitResult) -> SplitResult:
    """Where a known redirector or AMP cache leads, else the URL itself."""
    place = f"{(parts.hostname or '').lower()}{parts.path}"
    if cache := _AMP_CACHE.match(place):
        scheme = "https" if "/s/" in cache.group() else "http"
        return _split(f"{scheme}://{place[cache.end() :]}?{parts.query}")
    if told := _GOOGLE_NEWS.match(place):
        with suppress(binascii.Error):
            raw = base64.b64decode(told["id"].encode() + b"==", altchars=b"-_")
            if found := _HTTP.search(raw):
                return _split(found.group().decode())
    if video := _SHORT_VIDEO.match(place):
        return _split(f"https://www.youtube.com/watch?v={video['id']}")
    given = ("url", "q") if _GOOGLE.match(place) else _REDIRECTORS.get(place.rstrip("/").lower(), ())
    for name in given:
        for target in parse_qs(parts.query).get(name, ()):
            if target.startswith(("http://", "https://")):
                return _split(target)
    return parts


def _kept(query: str) -> list[str]:
    return [
        pair
        for pair in query.split("&")
        if pair
        and unquote(pair.partition("=")[0]).lower() not in _TRACKING
        and not _TRACKING_PAIR.match(pair)
    ]


def in_ascii(url: str) -> str:
    """The same absolute URL as feeds, sitemaps and headers may hold it: its host by IDNA, the rest escaped.

    What is escaped already stays so; an ASCII URL that needs nothing comes back as it was."""
    parts = urlsplit(url)
    login, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":") if not place.startswith("[") else (place, "", "")
    host = host if host.isascii() else _ascii_host(host)
    netloc = f"{_normal(login)}{at}{host}{colon}{port}"
    return urlunsplit((parts.scheme, netloc, *(_normal(part) for part in parts[2:])))


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return host


def _normal(text: str) -> str:
    decoded = re.sub(r"%([0-9A-Fa-f]{2})", _normal_escape, text)
    # errors="replace": lone surrogates, which hostile JSON can carry, have no UTF-8.
    return quote(decoded, safe="%!$&'()*+,;=:@/?~-._[]", errors="replace")


def _normal_escape(escape: re.Match[str]) -> str:
    byte = int(escape.group(1), 16)
    return chr(byte) if byte in _UNRESERVED else escape.group().upper()
