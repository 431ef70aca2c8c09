"""Fonts of Chinese, cut down to the characters that a page uses: a whole one is larger than all the rest of a
site. By HarfBuzz, which takes milliseconds where fontTools takes a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digest_lib.site.font_files import Source

if TYPE_CHECKING:
    import uharfbuzz as hb

#: ASCII, and the marks of Latin text, are the reader's own: in a font for Chinese these are as wide as a
#: character.
_NOT_DRAWN: Final = frozenset([*map(chr, range(0x80)), *"‘’“”…—–·"])
#: The number of a font's name that is its family.
_FAMILY: Final = 1
_DROPPED: Final = ("BASE", "DSIG", "GDEF", "GSUB", "VORG", "vhea", "vmtx")
#: What browsers trim the empty halves of full-width punctuation with.
FEATURES: Final = ("halt",)


def drawn(texts: Iterable[str]) -> set[str]:
    """The characters of texts that a face is for."""
    return set("".join(texts)) - _NOT_DRAWN


@lru_cache(maxsize=8)
def _face(path: Path) -> hb.Face:
    """The font; of a collection, that for Traditional Chinese."""
    import uharfbuzz as hb

    blob = hb.Blob.from_file_path(path)
    first = hb.Face(blob, 0)
    faces = (hb.Face(blob, number) for number in range(first.count if path.suffix == ".ttc" else 0))
    return next((face for face in faces if _family(face).endswith(" TC")), first)


def _family(face: hb.Face) -> str:
    return face.get_name(_FAMILY) or ""


@lru_cache(maxsize=256)
def cut(path: Path, characters: str, *, best: bool = False) -> bytes:
    """The font (woff2) with these characters, as far as it has them; the same bytes each time. The `best`
    compression takes a hundred times as long."""
    import uharfbuzz as hb

    from digest_lib.site.woff2 import woff2

    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    flags = hb.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
    wanted.flags |= flags.DESUBROUTINIZE  # larger at first, and smaller once compressed
    wanted.layout_feature_tag_set.clear()
    for tag in FEATURES:
        wanted.layout_feature_tag_set.add(int.from_bytes(tag.encode(), "big"))
    wanted.name_id_set.clear()
    for tag in _DROPPED:
        wanted.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
    face = hb.subset(_face(path), wanted)
    return woff2({tag: face.reference_table(tag).data for tag in face.table_tags}, best=best)


@lru_cache(maxsize=8)
def known(path: Path) -> frozenset[int]:
    """The characters that a font has."""
    return frozenset(_face(path).unicodes)


def shared_out(sources: Sequence[Source], characters: set[str]) -> list[tuple[Source, str]]:
    """Which font draws which of the characters: the first that has it. In order; none of nothing."""
    left, found = set(characters), list[tuple[Source, str]]()
    for source in sources:
        own = {char for char in left if ord(char) in known(source.path)}
        left -= own
        if own:
            found.append((source, "".join(sorted(own))))
    return found


def ranges(path: Path, characters: str) -> str:
    """The characters that the font has, as CSS tells them: `U+4E00-4E02,U+4E08`."""
    runs: list[list[int]] = []
    for code in sorted(set(map(ord, characters)) & known(path)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(_run(*run) for run in runs)


def _run(first: int, last: int) -> str:
    return f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"


def first_used(posts: Iterable[Sequence[str]], enough: int) -> set[str]:
    """The characters that stand in several headlines of the first posts, up to that with which they are
    enough."""
    counts, found = Counter[str](), set[str]()
    for headlines in posts:
        counts.update(char for headline in headlines for char in drawn([headline]))
        found = {char for char, count in counts.items() if count > 1}
        if len(found) >= enough:
            break
    return found
