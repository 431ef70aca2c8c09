"""Which proxy a request goes through.

`DIGEST_PROXY` is ours and wins. Without it the environment counts as other programs read it: `HTTPS_PROXY`
and `HTTP_PROXY` by the scheme of what is asked, `ALL_PROXY` for either, `NO_PROXY` for what needs none;
the lower-case name before the upper-case one. A proxy that nothing goes through is not looked at, so that a
desktop's `ALL_PROXY=socks://…` beside a good `HTTPS_PROXY` harms nobody.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import SplitResult, urlsplit

from digest_lib.errors import UserError

_OWN = "DIGEST_PROXY"
_WRITE = "write http://HOST:PORT, or unset it"
_SOCKS = frozenset({"socks5", "socks5h"})
_SCHEMES = frozenset({"http", "https"}) | _SOCKS
_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class Proxies:
    """What the environment says of proxies, as it says it: `own` is `DIGEST_PROXY`. A value is checked when
    something is to go through it."""

    own: str = ""
    http: str = ""
    https: str = ""
    all: str = ""
    no: tuple[str, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[str, str] | None = None) -> Proxies:
        """Those of the environment (default: this process's)."""
        told = os.environ if environment is None else environment
        # Under CGI a visitor's header «Proxy:» is HTTP_PROXY.
        http = "" if "REQUEST_METHOD" in told and "http_proxy" not in told else _said(told, "http_proxy")
        return cls(
            own=told.get(_OWN, "").strip(),
            http=http,
            https=_said(told, "https_proxy"),
            all=_said(told, "all_proxy"),
            no=tuple(name for name in re.split(r"[\s,]+", _said(told, "no_proxy")) if name),
        )

    def for_url(self, url: str) -> str | None:
        """The proxy's URL for what is gathered; None: asked directly. Raises `UserError` for a value that is
        no proxy."""
        if self.own:
            return _checked(_OWN, self.own)
        return self._of_environment(urlsplit(url))

    def for_llm(self, url: str) -> str | None:
        """The same for an llm server: one on this machine, and one that `NO_PROXY` names, is asked directly
        whatever the proxy, since no proxy elsewhere can reach the first and the second is a person's word."""
        parts = urlsplit(url)
        if is_loopback(parts.hostname or "") or self._is_exempt(parts):
            return None
        return self.for_url(url)

    def _of_environment(self, parts: SplitResult) -> str | None:
        name = "HTTPS_PROXY" if parts.scheme == "https" else "HTTP_PROXY"
        value = self.https if parts.scheme == "https" else self.http
        if not value:
            name, value = "ALL_PROXY", self.all
        if not value or self._is_exempt(parts):
            return None
        # Other programs take «proxy:3128» in these for http://proxy:3128; what stops here would be our fault.
        return _checked(name, value if "://" in value else f"http://{value}")

    def _is_exempt(self, parts: SplitResult) -> bool:
        host = (parts.hostname or "").rstrip(".")
        with suppress(ValueError):
            port = str(parts.port or _PORTS.get(parts.scheme, ""))
            return any(_covers(entry, host, port) for entry in self.no)
        return False


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its name or address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def shown(proxy: str) -> str:
    """A proxy's URL as it may be printed: without its user and password."""
    scheme, mark, rest = proxy.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def _said(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, environment.get(name.upper(), "")).strip()


def _covers(entry: str, host: str, port: str) -> bool:
    """Whether an entry of `NO_PROXY` is about the host: `*`, a host or what is above it, with a port or
    without; an address or a network."""
    if entry == "*":
        return True
    name, bracket, rest = entry.lower().partition("]")
    wanted = rest.removeprefix(":") if bracket else ""
    name = name.removeprefix("[")
    if name.count(":") == 1 and not bracket:
        name, _, wanted = name.partition(":")
    if wanted and wanted != port:
        return False
    with suppress(ValueError):
        address, network = ipaddress.ip_address(host), ipaddress.ip_network(name, strict=False)
        return address in network
    name = name.removeprefix("*").strip(".")
    return bool(name) and f".{host.lower()}".endswith(f".{name}")


def _checked(name: str, value: str) -> str:
    """The value, where it is a proxy that can be used. Raises `UserError`, whose line holds no password."""
    printed = f"{name}=«{shown(value)}»"
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UserError(f"{printed} is no URL of a proxy; {_WRITE}") from None
    if "://" not in value:
        raise UserError(f"{printed} has no scheme; {_WRITE}")
    if parts.scheme not in _SCHEMES:
        raise UserError(f"{printed}: proxies are http, https or socks5, not {parts.scheme}; {_WRITE}")
    if not host:
        raise UserError(f"{printed} names no host; {_WRITE}")
    if parts.scheme in _SOCKS and find_spec("socksio") is None:
        raise UserError(
            f"{printed} needs a package for SOCKS: pip install socksio (or name an http:// proxy)"
        )
    return value
