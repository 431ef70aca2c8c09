"""One list of what is needed, in three files that must agree."""

import re
import tomllib

import yaml

from homes import REPOSITORY


def plain(requirement: str) -> str:
    """The name of a requirement, as registries compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement.strip())[0]).lower()


PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = {plain(r) for r in PROJECT["dependencies"]}


def test_conda_installs_what_pip_does() -> None:
    parts = yaml.safe_load((REPOSITORY / "environment.yml").read_text("utf-8"))["dependencies"]
    conda = {plain(p) for p in parts if isinstance(p, str)} - {"python", "pip", "quarto"}
    pip = {plain(p) for part in parts if isinstance(part, dict) for p in part["pip"] if p != "-e ."}
    assert conda | pip == NEEDED
    assert not conda & pip


def test_the_packages_that_this_is_built_on_are_required() -> None:
    fixed = {"jupyter", "papermill", "pandas", "feedparser", "openai", "matplotlib"}
    assert fixed <= NEEDED
    assert [plain(r) for r in PROJECT["optional-dependencies"]["quarto"]] == ["quarto-cli"]


def test_every_pin_is_a_name_and_a_version_and_nothing_else() -> None:
    pins = (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", pin) for pin in pins)
    pinned = {plain(pin) for pin in pins}
    wanted = NEEDED | {plain(r) for r in PROJECT["optional-dependencies"]["dev"]}
    assert wanted <= pinned, "run: make constraints"


def test_the_version_is_said_once() -> None:
    import digest_lib

    assert digest_lib.__version__ == PROJECT["version"]


def test_no_lock_file_and_no_address_of_a_registry_is_committed() -> None:
    assert not [
        p for name in ("uv.lock", "poetry.lock", "package-lock.json") if (p := REPOSITORY / name).exists()
    ]
