"""What an answer costs at list price, by the model and by who serves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

#: Where the client asks when no address is set.
OPENAI = "https://api.openai.com/v1"

_INSIDE = (".local", ".localhost", ".internal", ".lan", ".home", ".intranet", ".docker")


def price(model: str, input_tokens: int, output_tokens: int, address: str = OPENAI) -> float | None:
    """US dollars for so many tokens at the list price of the provider at `address`; None where no price is
    known: for a model without one, a server that is no known provider's, and every local one."""
    host = urlsplit(address)
    # Prices are known by the addresses that providers tell: with TLS, and nothing behind their name.
    known = f"https://{host.hostname or ''}{host.path or '/'}"
    found = _price(model, input_tokens, output_tokens, known)
    return found if found is None or not is_local(address) else None


def guessed(model: str, input_tokens: int, output_tokens: int, address: str) -> float:
    """The same for a limit of cost, which has to hold behind a gateway, too, on this machine or elsewhere:
    there the model's name says what it may cost. Nothing for a name without a price."""
    known = price(model, input_tokens, output_tokens, address)
    if known is None:
        known = _price(model.rsplit("/", 1)[-1], input_tokens, output_tokens, None)
    return known or 0.0


def own_pair(price: Sequence[float] | None) -> tuple[float, float] | None:
    """One's own price of a million tokens, in and out, as the parameter `price` gives it; None without."""
    return (float(price[0]), float(price[1])) if price else None


def own_cost(per_million: tuple[float, float], input_tokens: int, output_tokens: int) -> float:
    """US dollars for so many tokens at so many dollars a million, in and out."""
    return (per_million[0] * input_tokens + per_million[1] * output_tokens) / 1e6


def unpriced(model: str, address: str) -> bool:
    """Is no price known by which a limit of cost could hold? A server of one's own costs nothing."""
    return not is_local(address) and guessed(model, 1_000_000, 1_000_000, address) == 0


def _price(model: str, input_tokens: int, output_tokens: int, address: str | None) -> float | None:
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    tokens = Tokens(input_tokens=input_tokens, output_tokens=output_tokens)
    try:
        found = calc_price(tokens, model_ref=model, provider_api_url=address)
    except LookupError:
        return None
    if address is not None and not re.match(rf"(?:{found.provider.api_pattern})(?=[/:?]|$)", address):
        return None  # another host's name that begins as the provider's does
    return float(found.total_price)


def is_local(address: str) -> bool:
    """Whether the address is this machine's, or of a network of one's own."""
    host = _host(address)
    try:
        ip = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_INSIDE)
    return ip.is_private or ip.is_loopback or ip.is_link_local


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").rstrip(".").casefold()
