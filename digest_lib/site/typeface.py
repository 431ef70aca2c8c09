"""The serif face of headlines, cut down to the characters that they use.

A font of Chinese is larger than all the rest of a site. So the characters of the first days' headlines, which
are the usual ones, are one file that all pages share, and what a day's headlines use beside them is a file of
the day's. A day that is added changes none of the others'. Files are named by what is in them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from digest_lib.files import named

#: Where machines have fonts, and the faces that are looked for there: bold, as headlines are.
_FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
    "~/Library/Fonts",
)  # fmt: skip
_FACES: Final = ("NotoSerifTC-Bold.otf", "NotoSerifCJKtc-Bold.otf", "NotoSerifCJK-Bold.ttc")
_PACKAGE: Final = "pylopdf-fonts-zh-tw"
#: Those of Latin text are the reader's own: in a font for Chinese they are as wide as a character.
_LATIN_MARKS: Final = frozenset("‘’“”…—–·")
_DROPPED: Final = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx")


class Source(NamedTuple):
    """A font that there is: its file, and a name for it as it is."""

    path: Path
    key: str


@cache
def font() -> Source | None:
    """The machine's serif for Traditional Chinese, else that of the package that charts are drawn with; None
    where there is neither, or nothing to cut it down with."""
    if find_spec("fontTools") is None or find_spec("brotli") is None:
        return None
    path = next(_there(), None) or _packaged()
    if path is None:
        return None
    with_ = [version(name) for name in ("fonttools", "brotli")]
    return Source(path, named(path.name, str(path.stat().st_size), *with_))


def _there() -> Iterator[Path]:
    for name in _FACES:
        for folder in _FOLDERS:
            yield from sorted(Path(folder).expanduser().rglob(name))


def _packaged() -> Path | None:
    try:
        version(_PACKAGE)
    except PackageNotFoundError:
        return None
    import pylopdf_fonts_zh_tw as fonts

    return Path(fonts.serif_path())


def drawn(texts: Iterable[str]) -> set[str]:
    """The characters of texts that the face is for."""
    return {char for text in texts for char in text if ord(char) > 0x7F} - _LATIN_MARKS  # noqa: PLR2004


@lru_cache(maxsize=256)
def cut(path: Path, characters: str) -> bytes:
    """The font (woff2) with these characters, as far as it has them; the same bytes each time."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=[], hinting=False, desubroutinize=True, name_IDs=[], notdef_outline=True
    )
    options.drop_tables += _DROPPED
    with TTFont(path, lazy=True, fontNumber=_number(path), recalcTimestamp=False) as face:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=map(ord, characters))
        cutter.subset(face)
        face.flavor = "woff2"
        file = io.BytesIO()
        face.save(file, reorderTables=False)
    return file.getvalue()


def _number(path: Path) -> int:
    """Which of a collection's fonts is that for Traditional Chinese."""
    from fontTools.ttLib import TTCollection

    if path.suffix != ".ttc":
        return -1
    with TTCollection(path, lazy=True) as faces:
        names = [face["name"].getDebugName(1) or "" for face in faces]
    return next((place for place, name in enumerate(names) if name.endswith(" TC")), 0)


@lru_cache(maxsize=4)
def _known(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=_number(path)) as face:
        return frozenset(face.getBestCmap())


def ranges(path: Path, characters: str) -> str:
    """The characters that the font has, as CSS tells them: `U+4E00-4E02,U+4E08`."""
    runs: list[list[int]] = []
    for code in sorted(set(map(ord, characters)) & _known(path)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(_run(*run) for run in runs)


def _run(first: int, last: int) -> str:
    return f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"


def first_used(days: Iterable[Sequence[str]], enough: int) -> set[str]:
    """The characters of the first days' headlines, from the day on which they are enough."""
    found: set[str] = set()
    for headlines in days:
        found |= drawn(headlines)
        if len(found) >= enough:
            break
    return found
