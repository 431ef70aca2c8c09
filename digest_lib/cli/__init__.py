"""The command `digest`: what a person or a scheduler asks the newsroom to do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from digest_lib import __version__
from digest_lib.cli import archive, feeds, runs, site, trying, watching
from digest_lib.errors import DigestError, printable


class _Group(click.Group):
    """Turns our errors into one line and an exit code; a traceback is for our mistakes only."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DigestError as error:
            click.echo(f"digest: {printable(str(error))}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option(
    "--home", type=click.Path(path_type=Path), help="The newsroom's folder; default: the one around."
)
def main(home: Path | None) -> None:
    """A daily newsroom for AI model families, made of notebooks."""
    if home is not None:
        os.environ["DIGEST_HOME"] = str(home.resolve())


for _command in (
    runs.run, runs.backfill, runs.gather, archive.import_, archive.export, archive.archive,
    watching.status, watching.doctor, trying.new, trying.sample, trying.fake_llm, trying.local_llm,
    site.retract, site.render, site.preview, site.pages, site.finish, feeds.feeds,
):  # fmt: skip
    main.add_command(_command)
