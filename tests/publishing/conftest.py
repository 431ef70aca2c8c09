"""A browser for the tests that look at a site as its readers do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from homes import browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as api:
        running = api.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        yield running
        running.close()
