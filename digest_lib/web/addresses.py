"""Which addresses a gather may ask: a feed must not make it speak to the machine or network it runs in."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from digest_lib.proxies import is_loopback


class Refused(Exception):
    """A URL that is not asked, or an answer that is not read; the text is the reason."""


async def check_url(url: str, *, public: bool, by_proxy: bool = False) -> None:
    """Raises `Refused` unless the URL is http(s) and, if so asked, every address that its host resolves to is
    on the public internet; `OSError` for a host that does not resolve. What a proxy is to resolve is only
    looked at: a host that is written as an address, or is this machine's name."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused(f"«{url[:80]}» is no http(s) URL")
    if not public:
        return
    loop = asyncio.get_running_loop()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if by_proxy:
        if is_loopback(parts.hostname):
            raise Refused(f"{parts.hostname} is not on the public internet")
        with suppress(OSError, UnicodeError):  # of a name, which is the proxy's to resolve
            # Also for «0x7f.1» and «2130706433», which are addresses as well.
            written = await loop.getaddrinfo(parts.hostname, port, flags=socket.AI_NUMERICHOST)
            for _, _, _, _, address in written:
                check_public(str(address[0]), parts.hostname)
        return
    try:
        found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OSError(f"no such host: {parts.hostname}") from None
    for _, _, _, _, address in found:
        check_public(str(address[0]), parts.hostname)


def check_public(address: str, host: str) -> None:
    """Raises `Refused` for an address of this machine, a private network, a link, a cloud's metadata or
    multicast, also where an IPv6 address wraps it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    if not (found.is_global and inner.is_global) or found.is_multicast:
        raise Refused(f"{host} is {address}, which is not on the public internet")
