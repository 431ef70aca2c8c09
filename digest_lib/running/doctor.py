"""Is everything here that a run needs? One line each, with what to do where it is not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.care import torn
from digest_lib.articles.lost import all_lost
from digest_lib.documents.opml import read_opml
from digest_lib.errors import DigestError, NoHome
from digest_lib.proxies import Proxies, shown
from digest_lib.running import troubles
from digest_lib.running.families import load_all
from digest_lib.running.gone import gone, told
from digest_lib.settings import Home
from digest_lib.site.font_files import boxes, missed
from digest_lib.site.renderers import choose as choose_renderer

#: What a run of a year's posts needs at the very least.
FREE_BYTES = 500 * 2**20

PACKAGES = (
    "papermill",
    "jupyterlab",
    "pandas",
    "feedparser",
    "openai",
    "matplotlib",
    "duckdb",
    "pylopdf-fonts-zh-tw",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `ok` None: worth knowing, and no fault."""

    what: str
    ok: bool | None
    says: str


def examine(
    writer: Callable[[], tuple[bool | None, str]], probed: Callable[[str], tuple[bool | None, str]]
) -> Iterator[Finding]:
    """Everything that is looked at, one after the other; `writer` finds who will write, `probed` whether the
    llm server has a model. Raises nothing: what fails is a finding."""
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield from (_package(name) for name in PACKAGES)
    yield _look("kernel", _kernel)
    yield _look("renderer", lambda: (None, choose_renderer().describe()))
    yield _look("fonts", _fonts)
    yield _look("proxy", _proxy)
    writes = _look("writer", writer)
    yield writes
    try:
        home = Home.find()
    except NoHome as error:
        yield Finding("home", False, str(error))
        return
    yield Finding("home", True, str(home.root))
    yield _look("disk", lambda: _disk(home))
    yield _look("archive", lambda: _archive(home))
    yield _look("feeds", lambda: (True, f"{len(read_opml(home.feeds))} in feeds.opml"))
    yield _look("families", lambda: _families(home))
    yield _look("posts", lambda: _posts(home))
    # Of a server that cannot be asked, one line says it all.
    if settings.llm_is_reachable() and not settings.chosen_llm("") and writes.ok is not False:
        for model, families in _models(home).items():
            yield _look(f"llm {model}", lambda m=model, of=families: _has(probed(m), of))  # type: ignore[misc]


def _models(home: Home) -> dict[str, list[str]]:
    """The models that the notebooks want, each with its families: what the server is asked for."""
    found: dict[str, list[str]] = {}
    for name, family in load_all(home)[0].items():
        model = str(family.parameters.get("llm", "")).strip()
        if model and model != "offline":
            found.setdefault(model, []).append(name)
    return found


def _has(told: tuple[bool | None, str], families: list[str]) -> tuple[bool | None, str]:
    """What the server says of a model that these families want."""
    ok, says = told
    return ok, f"{says}, for {', '.join(families)}"


def _look(what: str, examine_it: Callable[[], tuple[bool | None, str]]) -> Finding:
    try:
        ok, says = examine_it()
    except (DigestError, OSError) as error:
        return Finding(what, False, str(error))
    return Finding(what, ok, says)


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, False, "not installed; run: make setup")


def _kernel() -> tuple[bool, str]:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return False, "no Jupyter kernel «python3»; run: make setup"
    return True, str(spec.resource_dir)


def _fonts() -> tuple[bool | None, str]:
    """Whether the site has fonts for readers who have none: without those for Chinese it is no fault of the
    site's, which is made all the same, but one of this installation."""
    found = boxes()
    if not found:
        return True, "the site's own text face has every script of its sources"
    return (False if "Chinese" in found[0] else None), missed(found)


def _proxy() -> tuple[bool | None, str]:
    ways = Proxies.of()
    used = {scheme: ways.for_url(f"{scheme}://feed.invalid/") for scheme in ("https", "http")}
    said = [f"{scheme} through {shown(proxy)}" for scheme, proxy in used.items() if proxy]
    return None, ", ".join(said) or "none: everything is asked directly"


def _disk(home: Home) -> tuple[bool, str]:
    free = shutil.disk_usage(home.root).free
    says = f"{free / 2**30:.1f} GiB free"
    return (free > FREE_BYTES, says if free > FREE_BYTES else f"{says}; make room")


def _archive(home: Home) -> tuple[bool | None, str]:
    if home.archive.exists() and not os.access(home.archive, os.W_OK):
        return False, f"{home.archive} cannot be written; change its permissions"
    archive = Archive(home.archive)
    if damaged := troubles.damage(all_lost(home.archive), torn(archive), {}):
        more = f"; and {len(damaged) - 1} more" if len(damaged) > 1 else ""
        return False, damaged[0].says.removeprefix("archive: ") + more
    latest = archive.latest()
    if latest is None:
        return None, "empty; run `digest gather`, or `digest import FILE` with old news"
    return True, f"up to {latest:%Y-%m-%d %H:%M} UTC"


def _families(home: Home) -> tuple[bool, str]:
    families, bad = load_all(home)
    if bad:
        return False, "; ".join(str(b) for b in bad)
    if not families:
        return False, "no notebook in notebooks/; make one with: digest new NAME"
    return True, ", ".join(families)


def _posts(home: Home) -> tuple[bool, str]:
    families = load_all(home)[0]
    missing = gone(home, families)
    return (False, told(missing, families)) if missing else (True, "every post that was published is there")
