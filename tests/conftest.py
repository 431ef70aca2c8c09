"""What every test can rely on: no key, no home of its own making, and skips that are heard."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
NEWSROOM = REPOSITORY / "tests" / "data" / "newsroom"

#: Names under which Chromium is installed.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_report_header() -> list[str]:
    recorded = os.environ.get("DIGEST_RECORDED")
    return [
        f"chromium: {browser() or 'NOT FOUND: browser tests are skipped (apt-get install chromium)'}",
        f"quarto: {shutil.which('quarto') or 'not on PATH: rendering is tested with the embedded renderer'}",
        f"recorded news: {recorded or 'DIGEST_RECORDED is not set: tests on recorded news are left out'}",
    ]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests on recorded news where there is none: that data is nobody's to install."""
    if os.environ.get("DIGEST_RECORDED"):
        return
    left_out = [item for item in items if item.get_closest_marker("recorded")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and browser() is None:
        pytest.skip("no Chromium on PATH (apt-get install chromium)")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failed one: it would have been noticed by nobody."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get("CI") == "true" and skipped and exitstatus == 0:
        reporter.write_line(f"CI: {skipped} tests were skipped, which counts as failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def browser() -> str | None:
    """The path of a Chromium, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test spends money or sees another's home, whatever is set outside."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "DIGEST_")) and name != "DIGEST_RECORDED":
            monkeypatch.delenv(name)


@pytest.fixture
def recorded() -> Path:
    """The folder of recorded news; tests that ask for it carry the mark `recorded`."""
    return Path(os.environ["DIGEST_RECORDED"])
