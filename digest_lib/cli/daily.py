"""`digest daily` and `notify`: what a scheduler calls, and who is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from digest_lib import settings
from digest_lib.cli.common import (
    NOTHING_PUBLISHED,
    NOTHING_TO_DO,
    all_seconds_option,
    dask_option,
    families_option,
    names_of,
    seconds_option,
    tell_set_aside,
    workers_option,
)
from digest_lib.cli.runs import Limits, run_day
from digest_lib.cli.site import render_site
from digest_lib.day import Day
from digest_lib.errors import DigestError, printable
from digest_lib.settings import Home


@click.command()
@families_option
@workers_option
@dask_option
@seconds_option
@all_seconds_option
@click.option("--publish", help="A command of your own, run in the home; default: DIGEST_PUBLISH.")
@click.option("--verbose", is_flag=True, help="Tell also what goes well.")
@click.option("--every-day", is_flag=True, help="Stay, and do it every day after five in Taipei.")
def daily(
    families: str,
    workers: int | None,
    dask: str | None,
    max_seconds: float,
    all_seconds: float | None,
    publish: str | None,
    verbose: bool,
    every_day: bool,
) -> None:
    """Gather, run what is missing, render, publish, and tell who wants to know: for a scheduler.

    Says nothing when all is well. One at a time. Exit codes as of `digest run`, but 0 when there was nothing
    to do, and 1 also when rendering or publishing failed.
    """
    from digest_lib.running.daily import alone
    from digest_lib.running.showing import console

    home = Home.find()
    if every_day:
        _every_day([word for word in sys.argv[1:] if word != "--every-day"])
    console.quiet = not verbose
    limits = Limits(workers, max_seconds, all_seconds, dask=dask)
    with alone(home) as free:
        if not free:
            click.echo("digest: another digest daily is under way here", err=True)
            sys.exit(NOTHING_TO_DO)
        code = _daily(home, names_of(families), limits, publish or os.environ.get("DIGEST_PUBLISH", ""))
    sys.exit(code)


def _daily(home: Home, names: list[str], limits: Limits, command: str) -> int:
    """The day's work; whatever fails, what can be published is, and who wants to know is told."""
    try:
        ended = run_day(
            home, names, Day.today(settings.now()), _affordable(home, limits),
            missing_too=True, again=False, fetch=True,
        )  # fmt: skip
        code = 0 if ended.code == NOTHING_TO_DO else ended.code
    except DigestError as error:
        _say(error)
        code = error.exit_code
    try:
        _publish(home, command)
        _announce(home)
    except DigestError as error:
        _say(error)
        code = NOTHING_PUBLISHED
    if tell_set_aside(home) and not code:
        code = NOTHING_PUBLISHED
    _notify(home)
    return code


def _affordable(home: Home, limits: Limits) -> Limits:
    """The limits with what the month's budget leaves; where it leaves nothing, the offline writer writes."""
    from dataclasses import replace

    from digest_lib.running.budget import left_of_month

    left = left_of_month(home, settings.now())
    if left is not None and left <= 0 and settings.llm_is_reachable():
        click.echo(
            "digest: this month's budget (DIGEST_MONTH_USD) is used up: posts are written offline", err=True
        )
        os.environ["DIGEST_LLM"] = "offline"
    return replace(limits, usd=left)


def _publish(home: Home, command: str) -> None:
    from digest_lib.running.daily import fingerprint, is_published, note_published, noted, publish

    if not home.posts.is_dir() or is_published(home):
        return
    posts = fingerprint(home)  # before: what somebody corrects or retracts meanwhile is not on this site
    render_site(home)
    if command:
        with noted(home, "publish", settings.now()):
            publish(home, command)
    note_published(home, posts)


def _announce(home: Home) -> None:
    """Who wants to read is told of what is new, once; whoever cannot be told stops nothing."""
    from digest_lib.running import alarms

    if not alarms.is_set(alarms.READERS):
        return
    from digest_lib.running import announce

    try:
        announce.tell(home)
    except DigestError as error:
        _say(error)


def _notify(home: Home) -> None:
    from digest_lib.running import alarms

    if not alarms.is_set():
        return
    from digest_lib.running.examine import examine

    try:
        alarms.tell(home, examine(home, settings.now()))
    except DigestError as error:
        _say(error)


def _say(error: DigestError) -> None:
    click.echo(f"digest: {printable(str(error))}", err=True)


@click.command()
@click.option("--test", "is_test", is_flag=True, help="Only send a message that says that it works.")
def notify(is_test: bool) -> None:
    """Tell who DIGEST_NOTIFY names what needs a person, each thing once, and what is over."""
    from digest_lib.running import alarms

    home = Home.find()
    if is_test:
        alarms.send("digest: a test", f"Alarms of the newsroom in {home.root.name} arrive here.")
        click.echo("the message was taken")
        return
    if not alarms.is_set():
        alarms.send("", "")  # says how to set it
    from digest_lib.running.examine import examine

    told = alarms.tell(home, examine(home, settings.now()))
    click.echo(f"{len(told.fresh)} told, {len(told.over)} over")


@click.command()
@click.argument("kind", type=click.Choice(["systemd", "cron", "github", "container"]))
@click.option("--into", type=click.Path(path_type=Path), help="The folder; default: schedule/ of the home.")
def schedule(kind: str, into: Path | None) -> None:
    """Write a schedule for this home: systemd units, a cron line, a GitHub workflow, or a container file."""
    from digest_lib.running.schedule import write

    written = write(Home.find(), kind, into, settings.now())
    for path in written.files:
        click.echo(f"{path} is written")
    click.echo("Then:")
    for line in written.then:
        click.echo(f"  {line}")


def _every_day(arguments: list[str]) -> None:
    """Does the day's work now and every day, each in a process of its own; never returns."""
    import subprocess
    import time

    from digest_lib.running.logs import ID
    from digest_lib.running.schedule import seconds_until_next

    own = {name: value for name, value in os.environ.items() if name != ID}  # each day has its own
    while True:
        subprocess.run([sys.executable, "-m", "digest_lib", *arguments], env=own, check=False)  # noqa: S603 - ourselves
        due = time.time() + seconds_until_next(settings.now())
        while time.time() < due:  # by the clock: a machine that slept is not late by as much
            time.sleep(min(60.0, max(0.0, due - time.time())))
