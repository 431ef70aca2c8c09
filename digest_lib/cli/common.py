"""What several commands share: options, exit codes, and what they tell at their end."""

from __future__ import annotations

import sys

import click

from digest_lib.errors import DigestError
from digest_lib.settings import Home

#: How `digest run` and `digest daily` end, beside 0: every run published, and nothing waits for a person.
NOTHING_PUBLISHED = 1  #: or a post is set aside: what there is to publish was there before
SOME_FAILED = 3  #: the others are published, and want to be rendered
NOTHING_TO_DO = 4

#: Seconds that a run spends on putting old files together; what is left then is the next one's.
_TIDYING = 1.0

families_option = click.option("--families", default="", help="Names with commas; default: every notebook.")
workers_option = click.option("--workers", type=click.IntRange(1), help="Runs at once; default: one a core.")
dask_option = click.option(
    "--dask", metavar="ADDRESS", help="Run on a Dask cluster's workers, such as tcp://10.0.0.1:8786."
)
seconds_option = click.option(
    "--max-seconds", type=click.FloatRange(1), default=900.0, show_default=True, help="Limit of one run."
)
all_seconds_option = click.option(
    "--all-seconds", type=click.FloatRange(1), help="Limit of all runs together; default: none."
)


def names_of(option: str) -> list[str]:
    """The names of an option that takes several, separated by commas."""
    return [name.strip() for name in option.split(",") if name.strip()]


def exit_for_set_aside(home: Home) -> None:
    """Tells of every post that is kept from readers, and ends with exit code 1 where there is one: so does
    each command that works on posts, until a person acts."""
    if tell_set_aside(home):
        sys.exit(1)


def tell_set_aside(home: Home) -> bool:
    """Tells of every post that is kept from readers; whether there is one."""
    from digest_lib.publishing.set_aside import all_set_aside
    from digest_lib.running.showing import errors, escape

    there = all_set_aside(home)
    for post in there:
        errors.print(f"[red]![/] {escape(str(post))}")
    return bool(there)


def tidy_when_due(home: Home) -> None:
    """Tidies the home after runs, once a day. What stops it is told, and stops nothing else."""
    from digest_lib import settings
    from digest_lib.running.showing import console, errors, escape
    from digest_lib.running.tidy import is_due, tidy

    now = settings.now()
    try:
        done = tidy(home, now, _TIDYING) if is_due(home, now) else None
    except DigestError as error:
        errors.print(f"[yellow]![/] tidying stopped: {escape(str(error))}")
        return
    for line in done.lines() if done else ():
        console.print(f"[dim]{escape(line)}[/]")
