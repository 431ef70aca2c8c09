"""What characters may do in a text: spell words, and neither steer a terminal, nor turn the line around, nor
pile up until a page is as wide as a street."""

from __future__ import annotations

import re
from typing import Final

import regex

_ANSI: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07")
#: Control characters, and those that set the direction of what follows them. Browsers find the direction of
#: Arabic and Hebrew by themselves.
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufffe\uffff]"
)
#: Letters that no font shows: only the flags of a few regions are spelled with them.
_TAGS: Final = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{2,6}\U000e007f)|[\U000e0000-\U000e007f]")
#: So many marks a letter has at most, Tibetan stacks and Hebrew with its accents among them; Vietnamese has
#: two, Thai and Hindi have three.
_MARKS: Final = regex.compile(r"(\p{M}{6})\p{M}+")
#: Letters and halves of letters that take room of their own and yet join the sign before them, which no
#: browser breaks: Thai and Lao am, half-width voicing marks, and the parts of which Korean syllables are put
#: together. A syllable has one of each; a pile of them is as wide as so many letters.
_ROOMY: Final = regex.compile(
    r"([\u0e33\u0eb3\uff9e\uff9f]{2})[\u0e33\u0eb3\uff9e\uff9f]+"
    r"|([\u1100-\u115f\ua960-\ua97f]{3})[\u1100-\u115f\ua960-\ua97f]+"
    r"|([\u1160-\u11a7\ud7b0-\ud7c6]{3})[\u1160-\u11a7\ud7b0-\ud7c6]+"
    r"|([\u11a8-\u11ff\ud7cb-\ud7fb]{3})[\u11a8-\u11ff\ud7cb-\ud7fb]+"
)
#: No language puts more than two signs without a width between two letters; a region's flag is spelled so.
_UNSEEN: Final = regex.compile(
    r"(?V1)([[\p{Cf}\u115f\u1160\u3164\uffa0]--[\U000E0020-\U000E007F]]{2})"
    r"[[\p{Cf}\u115f\u1160\u3164\uffa0]--[\U000E0020-\U000E007F]]+"
)
#: What may be part of a sign of several characters, which no browser breaks over two lines.
_JOINS: Final = regex.compile(r"[\p{M}\p{Cf}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0e33\u0eb3\uff9e\uff9f]")
_SIGN: Final = regex.compile(r"\X")
#: A family of four with their skin colours is a sign of eleven characters.
_LONGEST_SIGN: Final = 12


def calm(text: str) -> str:
    """The text without terminal codes, control characters and changes of direction, and with no more marks
    and signs without a width than a language needs. Calming twice is calming once."""
    if text.isascii():
        return _STEERING.sub("", _ANSI.sub("", text))
    plain = _TAGS.sub(r"\1", _STEERING.sub("", _ANSI.sub("", text)))
    if not _JOINS.search(plain):
        return plain
    while (shorter := _shortened(plain)) != plain:  # what stands apart may come together
        plain = shorter
    return plain


def _shortened(text: str) -> str:
    few = _UNSEEN.sub(r"\1", _ROOMY.sub(r"\1\2\3\4", _MARKS.sub(r"\1", text)))
    return str(_SIGN.sub(lambda match: match[0][:_LONGEST_SIGN], few))
