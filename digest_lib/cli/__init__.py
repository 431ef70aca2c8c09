"""The command `digest`: what a person or a scheduler asks the newsroom to do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from digest_lib import __version__
from digest_lib.cli import archive, daily, feeds, lab, runs, site, trying, watching
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
@click.option("--log-json", is_flag=True, help="Tell everything as JSON, an object a line.")
def main(home: Path | None, log_json: bool) -> None:
    """A daily newsroom for AI model families, made of notebooks."""
    if log_json:
        os.environ["DIGEST_LOG"] = "json"
    if home is not None:
        os.environ["DIGEST_HOME"] = str(home.resolve())


for _command in (
    runs.run, runs.backfill, runs.gather, daily.daily, daily.notify, daily.schedule,
    watching.status, watching.doctor, watching.tidy, watching.upgrade,
    archive.import_, archive.export, archive.archive, trying.new, trying.sample, trying.fake_llm,
    trying.local_llm, site.retract, site.render, site.preview, site.pages, site.finish, feeds.feeds, lab.lab,
):  # fmt: skip
    main.add_command(_command)
