"""Encodings as they are written, beyond what Python's codecs of the same name read.

A label names a family: «big5» is written by Windows (CP950), by sites of Hong Kong (HKSCS) and by the tools
that follow ETEN's extensions, «gb2312» is GB 18030, «shift_jis» CP932 (WHATWG Encoding Standard, which
browsers follow). Each family is read by one codec, and what that does not know by its cousins.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

#: What is labelled so is written in the superset; decoded by the label, its extra characters would be lost.
SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "windows-936": "gb18030", "chinese": "gb18030",
    "big5": "cp950", "big5-tw": "cp950", "x-x-big5": "cp950", "big-5": "cp950", "cn-big5": "cp950",
    "windows-950": "cp950", "ms950": "cp950", "big5-eten": "cp950", "big5eten": "cp950",
    "big5-hkscs": "big5hkscs", "hkscs": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "x-euc-jp": "euc_jp", "euc-jp": "euc_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "windows-949": "cp949", "korean": "cp949",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-15": "iso8859-15",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "unicode": "utf-16", "utf8": "utf-8", "utf8mb4": "utf-8", "x-unicode20utf8": "utf-8",
}  # fmt: skip
#: The codecs that read what the first one does not know.
_COUSINS = {
    "cp950": ("big5hkscs",),
    "big5hkscs": ("cp950",),
    "gb18030": ("cp1252",),  # 0x80 is € in Windows' GBK
    "euc_jp": ("euc_jis_2004",),
}
#: How many bytes a character has that a cousin may know.
_WIDTHS = (2, 1)
_GARBAGE = 512
#: What tells a wrong table of kana from the right one: radicals that nobody writes, scripts that change
#: within a word, small or archaic kana where none can stand, a katakana alone.
_ODD = re.compile(
    "[丶丿亅亠冂冖冫勹匸卩厶夊宀巛⼳彐彡攴疒辵ヮヰヱゎゐゑ]|[ぁ-ん][ァ-ヶ]|[ァ-ヶ][ぁ-ん]"
    "|(?<![ァ-ー])(?:[ァィゥェォッャュョ]|[ァ-ヶ](?![ァ-ー]))|(?<![ぁ-ん])[ぁぃぅぇぉっゃゅょ]"
    "|(?<![а-яёА-ЯЁ])[а-яёА-ЯЁ](?![а-яёА-ЯЁ])"
)


def known(name: str) -> str:
    """The codec for an encoding as a header or document names it; empty where it names none."""
    label = SUPERSETS.get(name.strip().lower(), name.strip().lower())
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # Python also knows codecs that are no character encodings (zip, rot13).
    return info.name if info._is_text_encoding and info.name not in {"idna", "punycode", "undefined"} else ""


def read(body: bytes, codec: str, *, strict: bool = False) -> str:
    """The text of the bytes by a codec of `known` and its cousins. What none of them knows is U+FFFD, or a
    `UnicodeDecodeError` with `strict`."""
    text = body.decode(codec, f"cousins-{'strict' if strict else 'replace'}")
    return _as_eten(text) if codec == "cp950" else text


def written(text: str, codec: str) -> bytes:
    """The text in the encoding, as `read` reads it; character references for what it lacks."""
    if codec.startswith(("utf-16", "utf-32")):
        return text.encode(codec)
    parts = []
    for char in text:
        for name in (codec, *_COUSINS.get(codec, ())):
            try:
                raw = char.encode(name)
            except UnicodeEncodeError:
                continue
            if read(raw, codec) == char:
                parts.append(raw)
                break
        else:
            parts.append(char.encode("ascii", "xmlcharrefreplace"))
    return b"".join(parts)


def _as_eten(text: str) -> str:
    """The text with rows C6 and C7 by ETEN's table, as browsers read them, unless they make more sense by
    the table of Unicode's old mapping, in which Python writes."""
    other = text.translate(_eten())
    return other if len(_ODD.findall(other)) <= len(_ODD.findall(text)) else text


@cache
def _eten() -> dict[int, str]:
    table = {}
    for lead in (0xC6, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            pair = bytes((lead, trail))
            if lead == 0xC6 and trail < 0xA1:  # noqa: PLR2004 - ordinary characters until there
                continue
            old, eten = pair.decode("cp950", "ignore"), pair.decode("big5hkscs", "ignore")
            if len(old) == 1 and eten:
                table[ord(old)] = eten
    return table


def _by_cousins(error: UnicodeDecodeError) -> tuple[str, int] | None:
    """What the first cousin that knows the bytes at the error reads, and where it ends."""
    for cousin in _COUSINS.get(_plain_name(error.encoding), ()):
        for width in _WIDTHS:
            some = bytes(error.object[error.start : error.start + width])
            # Alone, a byte above ASCII is a character in Windows' GBK only where it is 0x80.
            if len(some) < width or (width == 1 and some != b"\x80"):
                continue
            try:
                return some.decode(cousin), error.start + width
            except UnicodeDecodeError:
                continue
    return None


def _plain_name(name: str) -> str:
    return codecs.lookup(name).name


def _strictly(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and (found := _by_cousins(error)):
        return found
    raise error


def _replacing(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if found := _by_cousins(error):
        return found
    some = bytes(error.object[error.start : error.start + _GARBAGE])
    if len(some) == _GARBAGE:
        # What is no text at all is replaced in one go: a call for each of millions of bytes takes a minute.
        garbage = some.decode(error.encoding, "replace")
        if garbage.count("\ufffd") * 4 > len(garbage):
            return garbage, error.start + _GARBAGE
    # Of a broken pair the second byte may be a tag's beginning; of UTF-8 a character's parts go together.
    end = error.end if _plain_name(error.encoding).startswith("utf") else error.start + 1
    return "\ufffd", end


codecs.register_error("cousins-strict", _strictly)
codecs.register_error("cousins-replace", _replacing)
