"""A researcher opens a family's notebook in JupyterLab and presses «run all»."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, sync_playwright

from digest_lib.settings import Home
from homes import browser

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


def test_run_all_in_jupyterlab(lab: str, home: Home) -> None:
    path = home.notebooks / "qwen.ipynb"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{lab}/lab/tree/qwen.ipynb?token={TOKEN}", timeout=90_000)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=90_000)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        outputs = saved_outputs(page, path)
        chromium.close()
    kinds = [output["output_type"] for output in outputs]
    assert "error" not in kinds
    assert "stream" not in kinds
    shown = "".join("".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    assert 'data-name="infographic"' in shown
    assert "資料來源" in shown


def saved_outputs(page: Page, path: Path) -> list[dict]:
    """The notebook's outputs, once every code cell has run. JupyterLab draws only the cells in sight, so
    what it saves is looked at, not what it shows."""
    for _ in range(90):
        page.keyboard.press("Control+s")
        page.wait_for_timeout(2000)
        code = [c for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
        if all(cell["execution_count"] for cell in code):
            return [output for cell in code for output in cell["outputs"]]
    picture = path.with_suffix(".png")
    page.screenshot(path=picture)
    raise AssertionError(f"not every cell ran within three minutes; see {picture}")
