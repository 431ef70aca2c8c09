"""A researcher opens a family's notebook in JupyterLab and presses «run all»."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import sync_playwright

from conftest import browser
from digest_lib.settings import Home

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TOKEN = "a-token-for-this-test"


@pytest.fixture
def lab(home: Home) -> Iterator[str]:
    """JupyterLab on the home's notebooks, as `make lab` starts it; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["lab", "--no-browser", f"--port={port}", "--port-retries=0", "--ip=127.0.0.1", "--allow-root"]
    words += [f"--IdentityProvider.token={TOKEN}", f"--notebook-dir={home.notebooks}"]
    own = {**os.environ, "DIGEST_FETCH": "no", "JUPYTER_CONFIG_DIR": str(home.root / "jupyter")}
    log = (home.root / "lab.log").open("w")
    server = subprocess.Popen([str(Path(sys.executable).with_name("jupyter")), *words], stderr=log, env=own)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                if httpx2.get(f"{address}/api", timeout=2).status_code == 200:
                    break
            except httpx2.HTTPError:
                time.sleep(0.5)
        else:
            raise AssertionError((home.root / "lab.log").read_text()[-2000:])
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def test_run_all_in_jupyterlab(lab: str) -> None:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{lab}/lab/tree/qwen.ipynb?token={TOKEN}", timeout=90_000)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=90_000)
        page.get_by_role("menuitem", name=re.compile("^Run$")).click()
        page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
        # The last cell tells how the post was made: it is there when everything before it has run.
        page.locator("text=製作說明").last.wait_for(timeout=180_000, state="attached")
        assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        assert page.locator("img[data-name='infographic']").count() == 1
        chromium.close()
