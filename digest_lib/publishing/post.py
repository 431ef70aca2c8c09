"""Publishing: an executed notebook becomes a post, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from digest_lib import owners
from digest_lib.cells import source_of
from digest_lib.day import TAIPEI
from digest_lib.errors import LlmAway, UnsafePost
from digest_lib.files import digest_of, restore_folder, storage, swap_folder
from digest_lib.publishing.assemble import Assembled, assemble, files_of
from digest_lib.publishing.corrections import changes_between, with_entry
from digest_lib.publishing.guard import NOTEBOOK, SET_ASIDE, check_post, hidden
from digest_lib.publishing.set_aside import take_back
from digest_lib.secrets import Scanner
from digest_lib.sections.facts import KEY, Correction, Facts
from digest_lib.settings import Home, now
from digest_lib.writing.usage import OFFLINE


@dataclass(frozen=True, slots=True)
class Published:
    """A post that stands in `posts/`; `post` is its folder's name."""

    path: Path
    post: str
    facts: Facts
    outcome: Literal["new", "unchanged", "corrected", "retracted"]


def publish(executed: Path, home: Home, *, provenance: Mapping[str, object]) -> Published:
    """Publishes an executed notebook into `home.posts`.

    `provenance` goes into the front matter as it is: plain values that do not depend on the machine. A
    post that is there already stays as it is when a reader would see no difference; else the new one says
    what was corrected, and the old one is kept in `archive/corrections/`: so is what was set aside of the
    post, which is settled by this. A retracted post stays retracted until its folder is deleted.

    Raises `UnsafePost` (no facts, an error output, a secret, anything the guard refuses), `BadNotebook`,
    `LlmAway`, `StorageError`; then `posts/` is as it was.
    """
    done = _publish(executed, home, provenance)
    settled = home.posts / SET_ASIDE / done.post
    if settled.is_dir():
        _keep(settled, home)
        take_back(home, done.post)
    return done


def _publish(executed: Path, home: Home, provenance: Mapping[str, object]) -> Published:
    notebook = _load(executed)
    made = assemble(notebook, executed.name, provenance=provenance)
    target = home.posts / made.name
    with storage(target):
        restore_folder(target)
    # A post that was set aside is not forgotten: it may have been corrected, or taken back.
    last = target if target.exists() else home.posts / SET_ASIDE / made.name
    if not last.exists():
        put(made, home)
        return Published(target, made.name, made.facts, "new")
    old = facts_on_disk(last)
    if old is not None and old.retracted:
        if last is not target:
            put(Assembled(old, files_of(old, [], {}, {})), home)
        return Published(target, made.name, old, "retracted")
    before = old.corrections if old else []
    again = assemble(notebook, executed.name, provenance=provenance, corrections=before)
    if old is not None and last is target and _reads_the_same(target, again):
        return Published(target, made.name, again.facts, "unchanged")
    if old is not None and last is target:
        _refuse_less(old, made)
    today = now().astimezone(TAIPEI).date()
    entry = Correction(date=today, changes=changes_between(old, made.facts))
    told = with_entry(before, entry, made.facts.language)
    corrected = assemble(notebook, executed.name, provenance=provenance, corrections=told)
    put(corrected, home)
    return Published(target, made.name, corrected.facts, "corrected")


def _refuse_less(old: Facts, made: Assembled) -> None:
    """Raises `LlmAway` where an llm wrote the post, and the one that was to write it again did not."""
    writer = made.facts.writer
    if writer.llm == OFFLINE and writer.why and old.writer.llm != OFFLINE:
        raise LlmAway(made.name, old.writer.llm, writer.why)


def _load(path: Path) -> dict[str, Any]:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnsafePost(path.name, f"it cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise UnsafePost(path.name, f"it is not a notebook: {error}") from None
    if not isinstance(notebook, dict):
        raise UnsafePost(path.name, "it is not a notebook")
    return notebook


def facts_on_disk(folder: Path) -> Facts | None:
    """The facts of a published post, safe or not; None where they cannot be read."""
    try:
        notebook = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))
        return Facts.model_validate(notebook["metadata"][KEY])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _reads_the_same(folder: Path, made: Assembled) -> bool:
    """Whether a reader sees in `folder` what was made now; how it was made may differ."""
    there = {path.name: path.read_bytes() for path in folder.iterdir() if not hidden(path.name)}
    if there == dict(made.files):
        return True
    try:
        check_post(folder)
    except UnsafePost:
        return False
    return _content(there) == _content(made.files)


def _content(files: Mapping[str, bytes]) -> str:
    """A hash of what is seen: facts without provenance, outputs, images."""
    notebook = json.loads(files[NOTEBOOK])
    facts = Facts.model_validate(notebook["metadata"][KEY])
    bare = facts.model_dump_json(exclude={"prompts", "usage"})
    shown = [
        source_of(cell) if cell["cell_type"] == "markdown" else json.dumps(cell["outputs"])
        for cell in notebook["cells"][1:]
        if "remove-cell" not in cell["metadata"].get("tags", [])
    ]
    images = [part for n in sorted(files) if n != NOTEBOOK for part in (n, files[n])]
    return digest_of(bare, *shown, *images)


def put(made: Assembled, home: Home) -> None:
    """Writes the post aside, has it checked, keeps what was there, and moves it into place."""
    target = home.posts / made.name
    with storage(home.posts):
        home.posts.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".new-{owners.mine()}-", dir=home.posts))
    try:
        folder = aside / made.name
        with storage(folder):
            folder.mkdir()
            for name, data in made.files.items():
                (folder / name).write_bytes(data)
        check_post(folder)
        Scanner().scan_folder(folder, made.name)
        if target.exists():
            _keep(target, home)
        # On the disk before the record of its run is: a record must not stand without its post.
        swap_folder(folder, target, durable=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _keep(folder: Path, home: Home) -> None:
    """Copies a post that is about to be replaced into the archive, under a name from its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    name = digest_of(*(part for path in files for part in (path.name, path.read_bytes())))
    kept = home.archive / "corrections" / folder.name / name
    if kept.exists():
        return
    with storage(kept):
        kept.parent.mkdir(parents=True, exist_ok=True)
        aside = kept.with_name(f".{name}")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(folder, aside)
        aside.rename(kept)
