"""A site that is made in the place of the one before the last: whatever happens meanwhile, the one that is
shown is whole, and the next one is as from nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from digest_lib.files import swap_folder
from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.composed import Composed
from digest_lib.site.leavings import BUILD_PREFIX
from digest_lib.site.ledger import Ledger
from digest_lib.site.lock import WAITING
from digest_lib.site.spare import kept, place
from publishing.programs import wait_until
from publishing.published_days import executed, make_home, revised, write
from publishing.sites import RENDERERS

pytestmark = pytest.mark.slow

DAYS, NEXT = ("2026-06-29", "2026-07-27", "2026-07-28"), "2026-07-29"


def add(home: Home, date: str, **more: str) -> None:
    work = write(home.root.parent / "w.ipynb", executed(revised(date, **more)))
    publish(work, home, provenance={})


def files(folder: Path) -> dict[str, bytes]:
    """Every file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def folders(site: Path) -> set[str]:
    return {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_dir()}


def second_names(home: Home, target: Path) -> Home:
    """The home once more. Each file is the same one, so that what is known of it holds."""
    shutil.copytree(home.root, target, copy_function=os.link)
    return Home(target)


def unshared(home: Home) -> set[str]:
    """What of the spare site takes room on the disk."""
    spare = place(home)
    shown = {path.stat().st_ino for path in home.site.rglob("*") if path.is_file()}
    own = (path for path in spare.rglob("*") if path.is_file() and path.stat().st_ino not in shown)
    return {path.relative_to(spare).as_posix() for path in own}


# ---- killed


#: How the lines end that say of whole folders where they are put.
PUT = ("/spare", "/_site", "/._site.old", "/.rendered/site")
CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"}


def started(do: Callable[[], None], seen: Callable[[str, str], None] = lambda _event, _what: None) -> int:
    """Does it in a process of its own, which tells `seen` of all that it is about to change on the disk;
    returns the process's number."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in CHANGES:
            seen(event, " ".join(str(one) for one in args[:2]))
        elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
            seen(event, str(args[0]))

    child = os.fork()
    if not child:
        try:
            sys.addaudithook(hook)
            do()
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
        finally:
            os._exit(1)
    return child


def ended(child: int) -> int:
    """Its exit code, once it has ended; of a killed one the signal, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def changes(home: Home, log: Path) -> list[str]:
    """All that a render changes on the disk, in order."""
    with log.open("w") as out:

        def seen(event: str, what: str) -> None:
            os.write(out.fileno(), f"{event} {what}\n".encode())

        assert ended(started(lambda: build(home), seen)) == 0
    return log.read_text().splitlines()


def killed(home: Home, at: int) -> bool:
    """A render, killed with -9 when it is about to make its change number `at`."""
    count = iter(range(at + 1))

    def seen(_event: str, _what: str) -> None:
        if next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return ended(started(lambda: build(home), seen)) == -signal.SIGKILL


def build(home: Home, say: Callable[[str], None] | None = None) -> None:
    build_site(home, say, renderer="embedded")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that was built day after day, and has one more day since."""
    home = make_home(tmp_path_factory.mktemp("grown") / "home")
    for date in DAYS:
        add(home, date)
        build(home)
    add(home, NEXT)
    return home


def telling(done: list[str]) -> list[int]:
    """Of all that a render changes: where folders are put into places, and just after; and some others."""
    own = [n for n, one in enumerate(done) if one.startswith("os.rename") and one.endswith(PUT)]
    assert len(own) == len(PUT)
    spread = range(own[0], len(done), (len(done) - own[0]) // 4)
    return sorted({*own, *(n + 1 for n in own), *spread, len(done) // 4})


def test_a_killed_render_leaves_a_whole_site_and_the_next_is_right(grown: Home, tmp_path: Path) -> None:
    before, posts = files(grown.site), files(grown.posts)
    done = changes(whole := second_names(grown, tmp_path / "whole"), tmp_path / "log")
    after = files(whole.site)
    assert after != before
    for at in telling(done):
        home = second_names(grown, tmp_path / str(at))
        assert killed(home, at), done[at]
        old = home.root / "._site.old"  # the next render puts it back
        assert files(home.site if home.site.exists() else old) in (before, after), done[at]
        build(home)
        assert files(home.site) == after, done[at]
        assert folders(home.site) == folders(whole.site), done[at]
        assert not [*home.root.glob(f"{BUILD_PREFIX}*"), *home.root.glob("._site*")], done[at]
        assert files(home.posts) == posts
    assert files(grown.site) == before  # whose files all these homes have under second names


def test_of_two_renders_at_once_the_second_waits_for_the_spare_site(grown: Home, tmp_path: Path) -> None:
    home = second_names(grown, tmp_path / "home")
    build(alone := second_names(grown, tmp_path / "alone"))
    reached, told = tmp_path / "reached", tmp_path / "told"

    def stop(_event: str, what: str) -> None:
        if what.endswith("/spare") and not reached.exists():
            reached.touch()
            wait_until(told.exists, "the second waits", 60)

    def say(line: str) -> None:
        if line.startswith(WAITING):
            told.touch()

    first = started(lambda: build(home), stop)
    wait_until(reached.exists, "the first takes the spare site")
    second = started(lambda: build(home, say))
    wait_until(told.exists, "the second waits", 60)
    assert [ended(first), ended(second)] == [0, 0]
    assert files(home.site) == files(alone.site)
    assert not [*home.root.glob(f"{BUILD_PREFIX}*"), *home.root.glob("._site*")]


# ---- what lies there


def test_sites_take_turns_and_the_one_that_is_not_shown_takes_no_room(grown: Home, tmp_path: Path) -> None:
    home = second_names(grown, tmp_path / "home")
    spare = place(home).stat().st_ino
    assert unshared(home) <= {"llms.txt", "robots.txt"}
    build(home)
    assert home.site.stat().st_ino == spare
    assert "posts/2026-06-29-qwen/infographic.webp" in files(place(home))
    assert unshared(home) <= {"llms.txt", "robots.txt"}


def test_without_second_names_no_site_is_kept(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    add(home, DAYS[0])
    build(home)
    shutil.copytree(home.site, tmp_path / "copied")  # as a disk would have it that has none
    shutil.rmtree(home.site)
    shutil.copytree(tmp_path / "copied", home.site)
    build(home)
    assert not place(home).exists()


def turn(home: Home, number: int, pages: dict[str, list[str]]) -> set[str]:
    """Makes a site of pages with files of their own, with others beside; returns what it holds."""
    rendered = home.root / str(number) / "site"
    (rendered / "assets").mkdir(parents=True)
    (rendered / "assets" / f"{number}.css").touch()
    ledger = Ledger(home)
    composed = Composed(home, rendered, ledger)
    for page, own in pages.items():
        composed.put_all(page, f"{page}{own}", partial(dict.fromkeys, [page, *own], b"x"))
    composed.close()
    swap_folder(composed.site, home.site, done_with=lambda old: kept(home, composed.alone(), old))
    ledger.close()
    return files(home.site).keys() | folders(home.site)


def test_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    home = Home(tmp_path)
    same, fewer = {"same": ["fonts/same/1"]}, {"a": ["fonts/a/2"]}
    turn(home, 1, same | {"a": ["fonts/a/1"], "b/b": []})
    turn(home, 2, same | {"a": ["fonts/a/1"], "b/b": []})
    held = turn(home, 3, same | fewer)
    always = {"assets", "fonts", "same", "fonts/same", "fonts/same/1", "a", "fonts/a", "fonts/a/2"}
    assert held == always | {"assets/3.css"}
    assert turn(home, 4, same | fewer) == always | {"assets/4.css"}
    assert turn(home, 5, {}) == {"assets", "assets/5.css"}


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_deleted_post_is_gone_from_both_sites(grown: Home, tmp_path: Path, renderer: str) -> None:
    home = second_names(grown, tmp_path / "home")
    for _ in range(2):
        build_site(home, renderer=renderer)
    shutil.rmtree(home.posts / f"{DAYS[1]}-qwen")
    build_site(home, renderer=renderer)
    assert not [*home.root.rglob(f"*{DAYS[1]}-qwen*")]
    assert_as_from_nothing(home, renderer)


def assert_as_from_nothing(home: Home, renderer: str) -> None:
    held = files(home.site), folders(home.site)
    shutil.rmtree(home.rendered)
    shutil.rmtree(home.site)
    build_site(home, renderer=renderer)
    assert (files(home.site), folders(home.site)) == held


def test_what_others_did_to_either_site_is_mended(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    add(home, DAYS[0])
    for _ in range(2):
        build(home)
    spare, post = place(home), f"posts/{DAYS[0]}-qwen"
    page = home.site / post / "index.html"
    assert (spare / post / "index.html").samefile(page)
    page.write_bytes(page.read_bytes()[:-1] + b" ")  # the spare site has it, too
    (home.site / post / "notebook.ipynb").unlink()
    (spare / post / "infographic.webp").unlink()
    (spare / "empty/folder").mkdir(parents=True)
    (spare / "stray.html").write_text("<p>stray</p>", "utf-8")
    (spare / "trends.html").unlink()
    (spare / "trends.html").mkdir()
    build(home)
    assert_as_from_nothing(home, "embedded")
