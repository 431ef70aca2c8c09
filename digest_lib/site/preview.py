"""A small server for looking at the site on this machine."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from digest_lib.errors import UserError
from digest_lib.settings import Home


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - the standard library's own way
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".ipynb": "application/x-ipynb+json",
        ".xml": "application/xml; charset=utf-8",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".webp": "image/webp",
        ".csv": "text/csv; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        "": "application/octet-stream",
    }

    def handle(self) -> None:
        """A reader who leaves before a page is sent is no error."""
        with suppress(ConnectionError):
            super().handle()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """For a missing page, the site's own page about it."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():  # noqa: PLR2004
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # a preview shows what was just built
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal belongs to the command."""


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of `site` on 127.0.0.1, not yet running; port 0 takes a free one.

    Raises `UserError` when there is no site, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise UserError(f"no site in {site} yet; make it with: digest render")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(site)))
    except OSError as error:
        raise UserError(
            f"port {port} cannot be used ({error.strerror}); choose another with --port"
        ) from None


def serve(home: Home, port: int = 4200) -> None:
    """Serves the home's site until interrupted. Raises `UserError` as `server`."""
    with server(home.site, port) as running:
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return
