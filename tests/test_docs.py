"""Documentation that can drift is generated, and this says when it has drifted."""

import subprocess
from pathlib import Path

import docs
from homes import REPOSITORY


def test_the_generated_parts_of_the_readme_are_up_to_date() -> None:
    text = docs.README.read_text("utf-8")
    assert docs.written(text) == text, "run: make docs"


def test_what_is_shipped_for_a_site_is_known_by_later_versions() -> None:
    text = docs.SIGNS.read_text("utf-8")
    assert docs.signs(text) == text, "run: make docs"


def test_the_readme_names_every_make_target_that_it_shows() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    shown = {
        word
        for name in ("README.md", "CONTRIBUTING.md")
        for line in (REPOSITORY / name).read_text("utf-8").splitlines()
        if line.startswith("make ")
        for word in [line.split()[1]]
    }
    assert shown
    assert all(f"\n{target}:" in makefile for target in shown)


def test_there_is_no_preview_before_there_is_a_site(tmp_path: Path) -> None:
    words = ["make", "--no-print-directory", "preview", f"SAMPLE={tmp_path / 'sample'}"]
    told = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert told.stderr.splitlines()[0] == "There is no sample newsroom yet; first: make site"
