"""Which fonts of Chinese there are to cut the site's faces from: the machine's, else those of packages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from digest_lib.files import named

#: Where machines have fonts, and the files that are looked for there; free to be embedded, all of them.
_FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
    "~/Library/Fonts",
)  # fmt: skip
#: Bold, as headlines are.
_SERIF: Final = ("NotoSerifTC-Bold.otf", "NotoSerifCJKtc-Bold.otf", "NotoSerifCJK-Bold.ttc")
_SANS: Final = (
    "NotoSansTC-Regular.otf", "NotoSansCJKtc-Regular.otf", "SourceHanSansTC-Regular.otf",
    "NotoSansCJK-Regular.ttc",
)  # fmt: skip
#: Packages with fonts, first the one whose shapes a reader in Taiwan knows: the others for what it lacks, in
#: titles that were printed elsewhere. What each is for, and how it is told whether it is needed.
_PACKAGES: Final = ("pylopdf-fonts-zh-tw", "pylopdf-fonts-zh-cn", "pylopdf-fonts-jp", "pylopdf-fonts-ko")
_SCRIPTS: Final = {
    "Traditional Chinese": ("這個網站、「臺灣」", "pylopdf-fonts-zh-tw"),
    "Simplified Chinese": ("这网为说业级", "pylopdf-fonts-zh-cn"),
    "Japanese": ("あァ峠々戻", "pylopdf-fonts-jp"),
    "Korean": ("한국어", "pylopdf-fonts-ko"),
}
_NEEDED: Final = ("uharfbuzz", "brotli")


class Source(NamedTuple):
    """A font that there is: its file, and a name for it as it is."""

    path: Path
    key: str


@cache
def headline_font() -> Source | None:
    """The machine's serif for Traditional Chinese, else a package's; None where there is neither, or nothing
    to cut it down with."""
    return next(_sources(_SERIF, "serif_path"), None)


@cache
def text_fonts() -> tuple[Source, ...]:
    """The same without serifs, with those behind it that have what it lacks; empty where there is none."""
    return tuple(_sources(_SANS, "sans_path"))


def _sources(names: Iterable[str], packaged: str) -> Iterator[Source]:
    if any(find_spec(name) is None for name in _NEEDED):
        return
    with_ = [version(name) for name in _NEEDED]
    paths = [*filter(None, [_there(names)]), *_of_packages(packaged)]
    for path in paths:
        yield Source(path, named(path.name, str(path.stat().st_size), *with_))


def _there(names: Iterable[str]) -> Path | None:
    """The first of these files that the machine has."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for place, _, files in os.walk(Path(folder).expanduser()):
            for file in sorted(files):
                found.setdefault(file, Path(place, file))
    return next((found[name] for name in names if name in found), None)


def _of_packages(function: str) -> Iterator[Path]:
    for name in _PACKAGES:
        try:
            version(name)
        except PackageNotFoundError:
            continue
        yield Path(getattr(import_module(name.replace("-", "_")), function)())


def boxes(fonts: Sequence[Source] | None = None) -> list[str]:
    """The scripts in which readers without such fonts of their own see boxes, since none of `fonts` (those
    that there are) can be cut for them, each with what to install here; empty where there is none."""
    from digest_lib.site.typeface import known

    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        return [f"{script} (pip install {' '.join(missing)})" for script in _SCRIPTS]
    have = frozenset[int]().union(*(known(font.path) for font in (text_fonts() if fonts is None else fonts)))
    return [
        f"{script} (pip install {package})"
        for script, (characters, package) in _SCRIPTS.items()
        if not have.issuperset(map(ord, characters))
    ]


def missed(scripts: Sequence[str]) -> str:
    """What `boxes` found, for whoever runs the site; empty for nothing."""
    told = ", ".join(scripts)
    return f"readers without fonts of their own see boxes for {told}" if told else ""


def undressed() -> str:
    """What is missing where there is no font at all to cut the site's text face from, as `missed` (looking
    into none, which takes a while); empty where there is one."""
    return "" if text_fonts() else missed([script for script in boxes(()) if "Chinese" in script])
