"""Bytes of the web and of files to text: what a server and a document say of their encoding is a hint, not
the truth."""

from __future__ import annotations

import codecs
import re

from digest_lib.documents.codecs_of_the_web import known, read
from digest_lib.documents.damage import damaged_at, sense_of

#: Their bytes are all ASCII, so that any of their texts is valid UTF-8 and means something else there.
_SEVEN_BIT = ("iso2022", "hz", "utf-7")
_WIDE = ("utf-16", "utf-32")
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
#: Encodings of several bytes a character: hardly any text of another one is valid in them and makes sense.
_EAST_ASIAN = ("cp950", "big5hkscs", "gb18030", "cp932", "euc_jp", "cp949")
#: What a document without a label may be in besides.
_WESTERN = (
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1258",
    "cp874",
    "koi8_r",
    "mac_roman",
)
#: By which of its encodings the detector is asked.
_JUDGED_AS = {"cp950": "big5hkscs", "euc_jp": "euc_jis_2004"}
#: A reading by another encoding than the label's must be so much likelier than the label's own.
_SURER = 2.0
#: The least share of words that a language may write; the right encoding has nearly all.
_SENSE = 0.5
#: Of the encodings with one byte a character, the one that is by far the commonest.
_FAVOUR = {"cp1252": 1.5}
#: What Western European (and Turkish) texts have beyond ASCII, all but a few characters. Windows' tables and
#: Apple's read each other's as letters, too, but as capitals within words and as daggers.
_USUAL = frozenset("éèêëàâäáãåæçíìîïñóòôöõøœúùûüýßðþÉÈÀÁÂÄÅÆÇÍÎÑÓÔÖØÚÜÞ¿¡«»“”„‘’‚–—…€£§°·•™®©\u00a0")
_LATIN = {"cp1252": _USUAL, "mac_roman": _USUAL, "cp1254": _USUAL | frozenset("ğışĞİŞ")}
#: A text with no more broken characters than this share of all beyond ASCII is UTF-8 with an accident in it:
#: of another encoding, hardly a character is valid UTF-8.
_ACCIDENT = 0.2
#: The same of an East Asian encoding, in whose tables other bytes find something more often.
_BROKEN = 0.25
#: How many bytes are enough to tell.
_SAMPLE = 200_000
#: The least share of zero bytes in UTF-16; in other texts there is one by mistake.
_ZEROS = 0.05
#: A line that was added in UTF-8: four letters of several bytes in a row are no accident.
_UTF8 = re.compile(rb"(?:[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}){4}")
#: A byte of Windows-1252 among ASCII, in a text that is UTF-8 elsewhere: it’s, café.
_STRAY = re.compile(rb"(?<![\x80-\xff])(?:[\x85\x91-\x97]|(?<=[A-Za-z])[\xc0-\xfe])(?![\x80-\xff])")


class Undecodable(Exception):
    """Bytes that cannot be read without loss: which, in which line, in the likeliest encoding."""

    def __init__(self, line: int, found: bytes, encoding: str) -> None:
        super().__init__(line, found, encoding)
        self.line, self.found, self.encoding = line, found, encoding


def decoded(body: bytes, content_type: str | None) -> str:
    """The text of `body`, never raising; what cannot be decoded becomes U+FFFD.

    In order: a byte order mark; UTF-16 that its zero bytes show; UTF-8 where it is valid, since nothing else
    happens to be, also with a broken character or two. Else the encoding of the Content-Type or the one that
    the document declares, whichever reads all bytes; but where the bytes are far likelier to be of an East
    Asian encoding that reads them all, that one. Windows-1252 reads what nothing else does.
    """
    return _mended(body, encoding_of(body, content_type))


def decoded_whole(body: bytes) -> str:
    """The same for a file that must lose nothing. Raises `Undecodable`."""
    encoding = encoding_of(body)
    try:
        text = read(body, encoding, strict=True)
    except UnicodeDecodeError as error:
        raise _undecodable(body, error.start, encoding) from error
    # An encoding of one byte a character reads everything, also what is in none that is known.
    if encoding not in {"utf-8", *_EAST_ASIAN} and not encoding.startswith(_WIDE):
        if mixed := _UTF8.search(body):
            raise _undecodable(body, mixed.start(), encoding)
        place = damaged_at(text)
        if place < 0 and sense_of(text) < _SENSE:
            place = next(n for n, char in enumerate(text) if not char.isascii())
        if place >= 0:
            raise _undecodable(body, place, encoding)
    return text.lstrip("\ufeff")


def _undecodable(body: bytes, place: int, encoding: str) -> Undecodable:
    line = read(body[:place], encoding).count("\n") + 1
    return Undecodable(line, body[place : place + 2], encoding)


def encoding_of(body: bytes, content_type: str | None = None) -> str:
    """The encoding that the bytes are in, as Python names it."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding
    labels = _labels(body, content_type)
    if b"\0" in body and (wide := _wide(body, labels)):
        return wide
    stateful = [label for label in labels if label.startswith(_SEVEN_BIT)]
    if found := _first_whole(body, [*stateful, "utf-8"]):
        return found
    if _is_nearly_utf8(body):
        return "utf-8"
    return _likeliest(body, [label for label in labels if label not in {*stateful, "utf-8"}])


def _wide(body: bytes, labels: list[str]) -> str:
    """UTF-16 or UTF-32 without a mark: every markup and number in it has zero bytes on one side."""
    named = [label for label in labels if label.startswith(_WIDE) and label not in _WIDE]
    even, odd = body[::2].count(0), body[1::2].count(0)
    # Some ideographs have a zero byte on the other side (一).
    if max(even, odd) < _ZEROS * len(body) or max(even, odd) < 2 * min(even, odd):
        return ""
    return _first_whole(body, [*named, "utf-16-le" if odd > even else "utf-16-be"])


def _is_nearly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    foreign = sum(not char.isascii() for char in text)
    return text.count("\ufffd") <= _ACCIDENT * foreign


def _likeliest(body: bytes, labels: list[str]) -> str:
    """The encoding of bytes that are no UTF-8."""
    whole = [label for label in labels if _is_whole(body, label)]
    scores = _scores(body, whole)
    best = max(scores, key=lambda name: scores[name] * _FAVOUR.get(name, 1), default="")
    if whole:
        # Two labels that both read all: the one of several bytes a character says more.
        label = next((name for name in whole if name in _EAST_ASIAN), whole[0])
        # Of two encodings of one byte a character, the bytes tell too little, unless the label's is nonsense.
        is_told = {best, label} & {*_EAST_ASIAN} or sense_of(read(body[:_SAMPLE], label)) < _SENSE
        other = best if best and is_told else label
        return other if scores.get(other, 0) >= _SURER * scores.get(label, 0) else label
    if best:
        return best
    broken = {name: read(body, name).count("\ufffd") for name in [*labels, "utf-8"]}
    least = min(broken, key=lambda name: broken[name])
    return least if labels else "cp1252"


def _scores(body: bytes, labels: list[str]) -> dict[str, float]:
    """How likely each encoding is that reads the bytes: those of East Asia, also where a few are broken,
    Windows-1252 and the labels, and all others where nothing is said."""
    nonsense = [sense_of(read(body[:_SAMPLE], name)) < _SENSE for name in labels]
    names = dict.fromkeys([*_EAST_ASIAN, "cp1252", *labels, *(_WESTERN if all(nonsense) else ())])
    scores = {}
    for name in names:
        text = read(body[:_SAMPLE], name)
        foreign = sum(not char.isascii() for char in text)
        broken = text.count("\ufffd") / (_BROKEN * foreign or 1)
        if broken == 0 or (name in _EAST_ASIAN and broken < 1):
            sense = 1.0 if name in _EAST_ASIAN else sense_of(text)
            if name in _LATIN and foreign:
                sense *= sum(char in _LATIN[name] for char in text) / foreign
            scores[name] = (1 - broken) * sense * _likelihood(text, name)
    return {name: score for name, score in scores.items() if score}


def _likelihood(text: str, encoding: str) -> float:
    """How much the text's bytes look like the encoding's, by what pairs of bytes are common in it."""
    import chardet

    judged = _JUDGED_AS.get(encoding, encoding.replace("_", "-"))
    # By its own codec again: what only a cousin knows would be no part of the encoding.
    raw = text.encode(judged, "ignore")
    if not raw:
        return 0.0
    try:
        told = chardet.detect_all(raw, include_encodings=[judged, "hz"], no_match_encoding="hz")
    except ValueError:  # an encoding that it knows nothing of
        return 0.0
    return max((one["confidence"] for one in told if known(one["encoding"] or "") != "hz"), default=0.0)


def _first_whole(body: bytes, encodings: list[str]) -> str:
    return next((name for name in encodings if _is_whole(body, name)), "")


def _is_whole(body: bytes, encoding: str) -> bool:
    try:
        read(body, encoding, strict=True)
    except UnicodeError:
        return False
    return True


def _mended(body: bytes, encoding: str) -> str:
    text = read(body, encoding)
    if encoding == "utf-8" and "\ufffd" in text:
        text = read(_STRAY.sub(_as_windows, body), encoding)
    return text.removeprefix("\ufeff")


def _as_windows(stray: re.Match[bytes]) -> bytes:
    return stray.group().decode("cp1252", "replace").encode()


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that header and document name, as Python knows them, header first."""
    named = _IN_HEADER.findall(content_type or "")
    if found := _IN_DOCUMENT.search(body[:_LOOK_FOR_LABEL]):
        named.append((found[1] or found[2]).decode("ascii"))
    return list(dict.fromkeys(label for name in named if (label := known(name))))
