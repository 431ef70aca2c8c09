"""How this machine reaches its llm server: where its API is, and what is wrong with address or key."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from digest_lib import settings
from digest_lib.writing.prices import OPENAI

#: What people copy from a page of the API's documentation behind the address.
_TOO_MUCH = re.compile(r"/(?:chat/completions|completions|responses|models)/?$")
_FOR_EXAMPLE = "write it as http://localhost:11434/v1"


def address() -> str:
    """The address of the server's API."""
    told = re.split(r"[?#]", settings.llm_address(), maxsplit=1)[0]
    return _TOO_MUCH.sub("", told).rstrip("/") if told else OPENAI


def query() -> dict[str, str]:
    """What the address asks for besides, such as `api-version`."""
    return dict(parse_qsl(urlsplit(settings.llm_address()).query))


def problem() -> str:
    """What is wrong with address or key, in a line that says what to do; empty where nothing is seen to be.
    The line holds neither of them: it may stand in a post."""
    return _wrong_key(settings.llm_key()) or _wrong_address(settings.llm_address())


def _wrong_key(value: str) -> str:
    for place, sign in enumerate(value, 1):
        if not "!" <= sign <= "~":
            what = "a space or a line's end" if sign.isspace() else "a character that no key has"
            return f"OPENAI_API_KEY holds {what} (number {place} of {len(value)}): copy the key again"
    return ""


def _wrong_address(value: str) -> str:
    if any(sign.isspace() or not sign.isprintable() for sign in value):
        return f"OPENAI_BASE_URL holds a space or a line's end: {_FOR_EXAMPLE}"
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return f"OPENAI_BASE_URL is no address: {_FOR_EXAMPLE}"
    if value and (parts.scheme not in {"http", "https"} or not host):
        return f"OPENAI_BASE_URL is no address that begins with http:// or https://: {_FOR_EXAMPLE}"
    return ""


def shown(value: str) -> str:
    """The address as a terminal may show it: without a password or what is asked of it, and not for ever."""
    whole = re.sub(r"//[^/@]*@", "//", value.split("?", maxsplit=1)[0])
    return "".join(sign if sign.isprintable() else " " for sign in whole)[:100]


def try_instead(value: str) -> str:
    """What to do about an address that answers, and not as the API does."""
    if without_version(value):
        return "put /v1 at the end of OPENAI_BASE_URL"
    return "set OPENAI_BASE_URL to the address of the API, which mostly ends in /v1"


def without_version(value: str) -> bool:
    """Does the address name a host alone? Most servers have their API below /v1."""
    return not re.search(r"/v\d|/openai|/api", urlsplit(value).path)
