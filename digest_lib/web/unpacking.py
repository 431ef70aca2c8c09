"""Compressed bodies, unpacked piece by piece and never further than allowed.

The client's own decoding unpacks whatever a piece holds before anyone can count it: of brotli, a few hundred
bytes can be hundreds of megabytes. Here each step yields at most what there is room for.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache

from digest_lib.web.addresses import Refused

#: Unpacks a piece, with the most bytes that it may give; `Refused` when there would be more.
_Step = Callable[[bytes, int], bytes]
_MOST_STEPS = 2


class Unpacker:
    """For one body with this Content-Encoding. Raises `Refused` for an encoding that was not asked for."""

    def __init__(self, encodings: str) -> None:
        names = [name.strip().lower() for name in encodings.split(",")]
        names = [name for name in names if name not in {"", "identity"}]
        if len(names) > _MOST_STEPS or not set(names) <= set(_STEPS):
            raise Refused(f"encoded as «{encodings[:40]}», which was not asked for")
        # They are named in the order in which they were applied.
        self._steps = [_STEPS[name]() for name in reversed(names)]

    def feed(self, piece: bytes, room: int) -> bytes:
        """What the next piece of the body holds. Raises `TooLarge` for more than `room`, `Refused` for a
        damaged one."""
        for step in self._steps:
            try:
                piece = step(piece, room)
            except zlib.error:
                raise Refused("the compressed body is damaged") from None
        if len(piece) > room:
            raise TooLarge
        return piece


class TooLarge(Refused):
    """A body of more than there is room for."""


@cache
def accepted() -> str:
    """What can be unpacked, as Accept-Encoding says it."""
    return "gzip, deflate, br" if _brotli_is_there() else "gzip, deflate"


def _gzip() -> _Step:
    return _zlib(16 + zlib.MAX_WBITS)


def _zlib(form: int) -> _Step:
    packed = zlib.decompressobj(form)

    def step(piece: bytes, room: int) -> bytes:
        nonlocal packed
        out = b""
        while piece:
            if packed.eof:  # gzip may be several, one after the other
                packed = zlib.decompressobj(form)
            out += packed.decompress(piece, room - len(out) + 1)
            if packed.unconsumed_tail:
                raise TooLarge
            piece = packed.unused_data
        return out

    return step


def _deflate() -> _Step:
    """With the wrapper that the standard asks for, or without it, as some servers send it."""
    chosen: _Step | None = None

    def step(piece: bytes, room: int) -> bytes:
        nonlocal chosen
        if chosen:
            return chosen(piece, room)
        for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            chosen = _zlib(form)
            try:
                return chosen(piece, room)
            except zlib.error:
                continue
        raise zlib.error

    return step


def _brotli() -> _Step:
    import brotli  # type: ignore[import-untyped, unused-ignore]

    packed = brotli.Decompressor()

    def step(piece: bytes, room: int) -> bytes:
        out = b""
        try:
            while piece or not packed.can_accept_more_data():
                out += packed.process(piece, output_buffer_limit=room - len(out) + 1)
                piece = b""
                if len(out) > room:
                    raise TooLarge
        except brotli.error as error:
            raise zlib.error from error
        return out

    return step


@cache
def _brotli_is_there() -> bool:
    try:
        import brotli  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        return False
    return hasattr(brotli.Decompressor, "can_accept_more_data")


_STEPS: dict[str, Callable[[], _Step]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    **({"br": _brotli} if _brotli_is_there() else {}),
}
