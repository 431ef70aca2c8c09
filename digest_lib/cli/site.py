"""`digest render`, `preview`, `retract`, and what Quarto calls before and after it renders."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest_lib.cli.common import exit_for_set_aside, tell_set_aside
from digest_lib.errors import printable
from digest_lib.settings import Home


@click.command()
@click.argument("post")
@click.option("--reason", required=True, help="What readers are told.")
def retract(post: str, reason: str) -> None:
    """Take a post back, such as 2026-07-29-qwen: its page then says that it was retracted, and why."""
    from digest_lib.publishing.retract import retract as take_back

    home = Home.find()
    take_back(home, post, reason)
    click.echo(f"{post} is retracted; publish with: digest render")
    exit_for_set_aside(home)


@click.command()
@click.option(
    "--renderer", type=click.Choice(["quarto", "embedded"]), help="Default: Quarto where it is there."
)
def render(renderer: str | None) -> None:
    """Render the posts into a site, in _site/."""
    from digest_lib.running.leftovers import sweep

    home = Home.find()
    sweep(home)
    render_site(home, renderer)
    exit_for_set_aside(home)


def render_site(home: Home, renderer: str | None = None) -> None:
    """Renders and tells of it."""
    import signal

    from digest_lib import settings
    from digest_lib.running.daily import noted
    from digest_lib.running.showing import console, errors, escape
    from digest_lib.site.build import build_site
    from digest_lib.site.lock import NO_LOCKS, WAITING

    def say(line: str) -> None:
        if line.startswith((WAITING, NO_LOCKS)):
            errors.print(f"[yellow]![/] {escape(line)}")

    # What ends this process politely lets it end the renderer and tidy up first.
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        with console.status("rendering"), noted(home, "render", settings.now()):
            report = build_site(home, say, renderer=renderer)
    finally:
        signal.signal(signal.SIGTERM, before)
    console.print(
        f"{report.pages} pages by {report.renderer} in {report.seconds:.1f} s: {report.path}/index.html"
    )
    for warning in report.warnings:
        errors.print(f"[yellow]![/] {escape(warning)}")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=4200, show_default=True)
def preview(port: int) -> None:
    """Render the site and serve it on this machine, with its search."""
    from digest_lib.running.leftovers import sweep
    from digest_lib.site.preview import serve

    home = Home.find()
    sweep(home)
    render_site(home)
    tell_set_aside(home)
    click.echo(f"The site is on http://127.0.0.1:{port} (Ctrl-C stops it)")
    serve(home, port)


@click.command(hidden=True)
def pages() -> None:
    """Write the site's pages from the posts: what `quarto render` does first."""
    from digest_lib.running.leftovers import sweep
    from digest_lib.site.bare import before

    home = _home_of_quarto()
    sweep(home)
    for aside in before(home, _to_stderr):
        _to_stderr(str(aside))


@click.command(hidden=True)
def finish() -> None:
    """Add feeds, sitemap and search to a rendered site: what `quarto render` does last."""
    import os

    from digest_lib.site.bare import after

    home = _home_of_quarto()
    after(home, Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR") or home.site))
    exit_for_set_aside(home)


def _home_of_quarto() -> Home:
    """The home that Quarto renders, whatever DIGEST_HOME says: what it reads must be what is made safe."""
    from digest_lib.site.renderers import inside_quarto

    return Home.find(Path.cwd()) if inside_quarto() else Home.find()


def _to_stderr(line: str) -> None:
    click.echo(f"digest: {printable(line)}", err=True)
