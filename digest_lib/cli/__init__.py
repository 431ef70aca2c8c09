"""The command `digest`: what a person or a scheduler asks the newsroom to do."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from digest_lib import __version__
from digest_lib.cli import archive, daily, feeds, lab, runs, site, trying, watching
from digest_lib.errors import DigestError, printable
from digest_lib.running.logs import logged

#: How a shell tells of a command that Ctrl-C ended.
_INTERRUPTED = 128 + signal.SIGINT


def _before_command(words: list[str]) -> int:
    """How many words stand before the command's name: options, and the value of `--home`."""
    for number, word in enumerate(words):
        if not word.startswith("-") and (number == 0 or words[number - 1] != "--home"):
            return number
    return len(words)


@contextmanager
def _environment(name: str, value: str | None) -> Iterator[None]:
    """Has the variable for a command and what it starts, and no longer."""
    before = os.environ.get(name)
    if value is not None:
        os.environ[name] = value
    try:
        yield
    finally:
        if value is not None:
            os.environ.pop(name)
            if before is not None:
                os.environ[name] = before


class _Group(click.Group):
    """Turns our errors into one line and an exit code; a traceback is for our mistakes only."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        # Before anything is parsed: a word that no command knows is told as everything is.
        words = sys.argv[1:] if args is None else list(args)
        log_json = "--log-json" in words[: _before_command(words)]
        with _environment("DIGEST_LOG", "json" if log_json else None), logged():
            return super().main(args, *more, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DigestError as error:
            click.echo(f"digest: {printable(str(error))}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("\ndigest: stopped; what was done is kept, and the same command goes on", err=True)
            ctx.exit(_INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option(
    "--home", type=click.Path(path_type=Path), help="The newsroom's folder; default: the one around."
)
@click.option("--log-json", is_flag=True, help="Tell everything as JSON, an object a line.")
def main(home: Path | None, log_json: bool) -> None:  # noqa: ARG001 - it was seen to before
    """A daily newsroom for AI model families, made of notebooks."""
    if home is not None:
        os.environ["DIGEST_HOME"] = str(home.resolve())


for _command in (
    runs.run, runs.backfill, runs.gather, daily.daily, daily.notify, daily.schedule,
    watching.status, watching.doctor, watching.tidy, watching.upgrade,
    archive.import_, archive.export, archive.archive, trying.new, trying.sample, trying.fake_llm,
    trying.local_llm, site.retract, site.render, site.preview, site.pages, site.finish, feeds.feeds, lab.lab,
):  # fmt: skip
    main.add_command(_command)
