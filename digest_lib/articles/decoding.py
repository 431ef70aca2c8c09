"""Bytes of the web to text: what a server and a document say of their encoding is a hint, not the truth."""

from __future__ import annotations

import codecs
import re

#: What is labelled so is written in the superset (WHATWG Encoding Standard, section 4.2, which browsers
#: follow); decoded by the label, its extra characters would be lost.
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-tw": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
#: Their bytes are all ASCII, so that any of their texts is valid UTF-8 and means something else there.
_SEVEN_BIT = ("iso2022", "hz", "utf_7", "utf-7", "utf-16", "utf-32")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_IN_DOCUMENT = re.compile(
    rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]*?charset\s*=\s*[\"']?([\w.:-]+)", re.I
)
_LOOK_FOR_LABEL = 2048
_EAST_ASIAN = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
#: Characters that hardly a headline is without, of all the scripts; any other encoding's reading lacks them.
_EVERYDAY = frozenset(
    "的一是了在不有人和中大會会年月日為为上出發发用公司這这新時时個个到說说對对生可國国後后能於于元億亿萬万第成"
    "開开三二十動动電电機机財财報报營营收增以及型模千問问達达將将，。、「」：？！（）"
    "のはをにがでとしいるたてなもからりれスルトンアイラリクシドデプモーさをこ가이은는을를의에다한로고지"
)
#: The least share of them.
_SENSE = 0.15
#: A text with fewer broken characters than this share is UTF-8 with an accident in it.
_ACCIDENT = 0.05


def decoded(body: bytes, content_type: str | None) -> str:
    """The text of `body`, never raising; what cannot be decoded becomes U+FFFD.

    In order: a byte order mark; UTF-8 where it is valid, since nothing else happens to be; the
    encoding of the Content-Type; the one that the document declares; UTF-8 again with a broken
    character or two; the East Asian encoding that gives sense; Windows-1252.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    labels = _labels(body, content_type)
    stateful = [label for label in labels if label.startswith(_SEVEN_BIT)]
    for encoding in [*stateful, "utf-8", *labels]:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _best(body, labels)


def _best(body: bytes, labels: list[str]) -> str:
    """The reading with the fewest broken characters among the labels and UTF-8; where all are broken, the
    East Asian one that gives sense."""
    readings = [body.decode(encoding, "replace") for encoding in [*labels, "utf-8"]]
    text = min(readings, key=lambda reading: reading.count("\ufffd"))
    foreign = sum(not char.isascii() for char in text)
    if text.count("\ufffd") <= _ACCIDENT * foreign:
        return text
    guessed = _guess(body)
    return guessed or (text if labels else body.decode("cp1252", "replace"))


def _guess(body: bytes) -> str:
    """The text, if in one of the encodings it is mostly everyday characters; else an empty one."""
    best, text = _SENSE, ""
    for encoding in _EAST_ASIAN:
        reading = body.decode(encoding, "replace")
        foreign = [char for char in reading if not char.isascii()]
        share = sum(char in _EVERYDAY for char in foreign) - 2 * foreign.count("\ufffd")
        if share > best * len(foreign):
            best, text = share / len(foreign), reading
    return text


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that header and document name, as Python knows them, header first."""
    named = _IN_HEADER.findall(content_type or "")
    if found := _IN_DOCUMENT.search(body[:_LOOK_FOR_LABEL]):
        named.append((found[1] or found[2]).decode("ascii"))
    labels = []
    for name in named:
        label = _SUPERSETS.get(name.lower(), name.lower())
        try:
            info = codecs.lookup(label)
        except LookupError:
            continue
        # Python also knows codecs that are no character encodings (zip, rot13).
        if info._is_text_encoding:
            labels.append(info.name)
    return labels
