"""The command `digest`: what a person or a scheduler asks the newsroom to do."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from digest_lib import __version__, settings
from digest_lib.cli_feeds import feeds
from digest_lib.day import Day
from digest_lib.errors import DigestError, UserError, printable
from digest_lib.settings import Home


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
        import os

        os.environ["DIGEST_HOME"] = str(home.resolve())


main.add_command(feeds)

families_option = click.option("--families", default="", help="Names with commas; default: every notebook.")
workers_option = click.option("--workers", type=click.IntRange(1), help="Runs at once; default: one a core.")
seconds_option = click.option(
    "--max-seconds", type=click.FloatRange(1), default=900.0, show_default=True, help="Limit of one run."
)


@main.command()
@click.option("--date", help="Such as 2026-07-29; default: today, gathering first.")
@families_option
@workers_option
@seconds_option
@click.option("--gather/--no-gather", default=True, help="For today: fetch the feeds first, or not.")
def run(date: str | None, families: str, workers: int | None, max_seconds: float, gather: bool) -> None:
    """Run the families' notebooks for a day and publish their posts."""
    from digest_lib.running.families import choose

    home, today = Home.find(), Day.today(settings.now())
    choose(home, names_of(families))  # a misspelt name is told before the minutes that gathering takes
    day = Day.of(date) if date else today
    if day.date > today.date:
        raise UserError(f"{day} has not come yet (its cut-off is {day.cut_off_text} in Taipei)")
    if day == today and gather and settings.may_fetch():
        _gather(home)
    _run(home, families, day, day, workers, max_seconds, again=True)


@main.command()
@click.option("--from", "first", required=True, help="The first date, such as 2026-07-01.")
@click.option("--to", "last", help="The last date; default: today.")
@families_option
@workers_option
@seconds_option
@click.option("--again", is_flag=True, help="Run days that have a post, too.")
def backfill(
    first: str, last: str | None, families: str, workers: int | None, max_seconds: float, again: bool
) -> None:
    """Run the days that have no post yet, from the archive alone, in date order."""
    today = Day.today(settings.now())
    end = Day.of(last) if last else today
    if end.date > today.date or Day.of(first).date > end.date:
        raise UserError(f"nothing to do from {first} to {end}: give two dates in order, up to {today}")
    _run(Home.find(), families, Day.of(first), end, workers, max_seconds, again=again)


def names_of(option: str) -> list[str]:
    """The names of an option that takes several, separated by commas."""
    return [name.strip() for name in option.split(",") if name.strip()]


def _run(
    home: Home, names: str, first: Day, last: Day, workers: int | None, max_seconds: float, *, again: bool
) -> None:
    from digest_lib.running.families import choose
    from digest_lib.running.job import Job
    from digest_lib.running.run import missing, pairs, processes, run_all
    from digest_lib.running.showing import console, errors, escape, follow
    from digest_lib.running.status import llm_trouble

    families, bad = choose(home, names_of(names))
    for problem in bad:
        errors.print(f"[red]✗[/] {escape(str(problem))}")
    wanted = pairs([f.name for f in families], first, last)
    wanted = wanted if again else missing(home, wanted)
    # Gathering is done; notebooks may still read today's pages, but fetch no feed again.
    environment = (("DIGEST_FETCH", "pages" if settings.may_fetch() else "no"),)
    jobs = [Job(home.root, f, d, max_seconds, environment=environment) for f, d in wanted]
    if not jobs and not bad:
        console.print(
            "Every day has its posts." if families else "No notebook in notebooks/: digest new NAME"
        )
    ran = list(follow(run_all(jobs, processes(workers)), len(jobs), "running"))
    failed = [r for r in ran if not r.ok]
    if troubled := sum(bool(llm_trouble(r)) for r in ran):
        errors.print(f"[yellow]![/] the llm failed in {troubled} of {len(jobs)} runs. See: digest status")
    if failed or bad:
        count = f"{len(failed)} of {len(jobs)} runs failed" if failed else f"{len(bad)} notebooks cannot run"
        others = "; the others stand" if len(failed) < len(jobs) else ""
        errors.print(f"{count}{others}. See: digest status")
        _tell_set_aside(home)
        sys.exit(1)
    _exit_for_set_aside(home)


@main.command()
def gather() -> None:
    """Fetch every feed once, for now, into the archive."""
    if not _gather(Home.find()):
        sys.exit(1)


def _gather(home: Home) -> bool:
    """Fetches the feeds and tells of it; False when not one of them answered."""
    from digest_lib.articles.gather import gather_day
    from digest_lib.running.families import load_all
    from digest_lib.running.showing import console, errors, escape

    families, _ = load_all(home)
    queries = [query for family in families.values() for query in family.queries]
    with console.status("gathering"):
        report = gather_day(home, settings.now(), queries=queries)
    silent = [feed for feed in report.feeds if feed.error]
    if silent and not report.answered:
        first = escape(silent[0].error)
        errors.print(
            f"[red]✗[/] no feed answered ({len(silent)} asked; the first: {first}): is this machine online?"
        )
        return False
    for feed in silent:
        errors.print(f"[yellow]![/] {escape(feed.title)}: {escape(feed.error)}")
    console.print(f"{report.new} new articles; {report.answered} of {len(report.feeds)} feeds answered")
    return True


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Take articles from a .jsonl or .csv file (url, title, published; summary, text, publisher, ...)."""
    from digest_lib.articles.archive import Archive
    from digest_lib.articles.exchange import import_file
    from digest_lib.articles.opml import read_opml
    from digest_lib.articles.publishers import Publishers

    home = Home.find()
    # A line that names no publisher gets the name that the list of feeds has for its host.
    publishers = Publishers(read_opml(home.feeds)) if home.feeds.is_file() else None
    report = import_file(Archive(home.archive), file, publishers)
    for reason in report.skipped:
        click.echo(f"digest: {printable(reason)}", err=True)
    mended = f", {report.mended} damaged ones replaced" if report.mended else ""
    skipped = len(report.skipped)
    click.echo(f"{report.read} articles read, {report.new} of them new{mended}, {skipped} lines skipped")
    if report.skipped:
        sys.exit(1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "first", help="The first date; default: the archive's first.")
@click.option("--to", "last", help="The last date; default: the archive's last.")
def export(file: Path, first: str | None, last: str | None) -> None:
    """Write the archive's articles to a .jsonl or .csv file that `digest import` takes."""
    from digest_lib.articles.archive import Archive
    from digest_lib.articles.exchange import export_file

    since = Day.of(first).shifted(-1).cutoff if first else None
    until = Day.of(last).cutoff if last else None
    count = export_file(Archive(Home.find().archive), file, since=since, until=until)
    click.echo(f"{count} articles written to {file}")


@main.command()
@click.option("--days", type=click.IntRange(1, 60), default=7, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Every run record, as JSON.")
def status(days: int, as_json: bool) -> None:
    """Show what ran, what it published and cost, and what needs a person."""
    import json
    from dataclasses import asdict

    from digest_lib.running import records
    from digest_lib.running.families import load_all
    from digest_lib.running.showing import console, escape
    from digest_lib.running.status import feed_troubles, llm_troubles, problems, table

    home = Home.find()
    found = records.load_all(home)
    if as_json:
        click.echo(json.dumps([asdict(r) for r in found], ensure_ascii=False, indent=1))
        _exit_for_set_aside(home)
        return
    if not found:
        click.echo("Nothing has run here yet. Start with: digest run")
        _exit_for_set_aside(home)
        return
    last = Day.of(max(r.date for r in found))
    known, bad = load_all(home)
    families = sorted(set(known) | {r.family for r in found})
    console.print(table(found, families, last, days))
    troubles = [*problems(found, last, days), *llm_troubles(found, last, days)]
    for text in [*troubles, *(str(b) for b in bad), *feed_troubles(home)]:
        console.print(f"[red]![/] {escape(text)}")
    _exit_for_set_aside(home)


def _exit_for_set_aside(home: Home) -> None:
    """Tells of every post that is kept from readers, and ends with exit code 1 where there is one: so does
    each command that works on posts, until a person acts."""
    if _tell_set_aside(home):
        sys.exit(1)


def _tell_set_aside(home: Home) -> bool:
    from digest_lib.publishing.set_aside import all_set_aside
    from digest_lib.running.showing import errors, escape

    there = all_set_aside(home)
    for post in there:
        errors.print(f"[red]![/] {escape(str(post))}")
    return bool(there)


@main.command()
@click.argument("family")
def new(family: str) -> None:
    """Make the notebook of a new family."""
    from digest_lib.running.families import name_of, new_family

    home = Home.find()
    path = new_family(home, family).relative_to(home.root)
    click.echo(
        f"{path} is there: set its name (now «{name_of(family)}»), aliases, queries and official sites, "
        f"then: digest run --families {family}"
    )


@main.command()
@click.argument("post")
@click.option("--reason", required=True, help="What readers are told.")
def retract(post: str, reason: str) -> None:
    """Take a post back, such as 2026-07-29-qwen: its page then says that it was retracted, and why."""
    from digest_lib.publishing.retract import retract as take_back

    home = Home.find()
    take_back(home, post, reason)
    click.echo(f"{post} is retracted; publish with: digest render")
    _exit_for_set_aside(home)


@main.command()
@click.option(
    "--renderer", type=click.Choice(["quarto", "embedded"]), help="Default: Quarto where it is there."
)
def render(renderer: str | None) -> None:
    """Render the posts into a site, in _site/."""
    home = Home.find()
    _render(home, renderer)
    _exit_for_set_aside(home)


def _render(home: Home, renderer: str | None = None) -> None:
    """Renders and tells of it."""
    import signal

    from digest_lib.running.showing import console, errors, escape
    from digest_lib.site.build import build_site
    from digest_lib.site.lock import NO_LOCKS, WAITING

    def say(line: str) -> None:
        if line.startswith((WAITING, NO_LOCKS)):
            errors.print(f"[yellow]![/] {escape(line)}")

    # What ends this process politely lets it end the renderer and tidy up first.
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        with console.status("rendering"):
            report = build_site(home, say, renderer=renderer)
    finally:
        signal.signal(signal.SIGTERM, before)
    console.print(
        f"{report.pages} pages by {report.renderer} in {report.seconds:.1f} s: {report.path}/index.html"
    )
    for warning in report.warnings:
        errors.print(f"[yellow]![/] {escape(warning)}")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=4200, show_default=True)
def preview(port: int) -> None:
    """Render the site and serve it on this machine, with its search."""
    from digest_lib.site.preview import serve

    home = Home.find()
    _render(home)
    _tell_set_aside(home)
    click.echo(f"The site is on http://127.0.0.1:{port} (Ctrl-C stops it)")
    serve(home, port)


@main.command()
def doctor() -> None:
    """Look at what is installed, which renderer and writer will be used, and what answers."""
    from digest_lib.running.doctor import examine
    from digest_lib.running.showing import console, escape
    from digest_lib.writing.probe import writer

    marks = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[blue]·[/]"}
    bad = 0
    for finding in examine(writer):
        console.print(f"{marks[finding.ok]} {finding.what:<20} {escape(finding.says)}")
        bad += finding.ok is False
    sys.exit(1 if bad else 0)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@workers_option
def sample(folder: Path, workers: int | None) -> None:
    """Play the sample newsroom into FOLDER: ten days of fictional publishers, posts, a site. Never spends."""
    from digest_lib.running.run import processes
    from digest_lib.running.sample import POSTED, play
    from digest_lib.running.showing import console, follow

    def gathered(day: Day, report: Any) -> None:
        console.print(f"[green]✓[/] {day} gathered: {report.new} new articles from {report.answered} feeds")

    families = len(list(Home.find(folder_of_repository()).notebooks.glob("*.ipynb")))
    records = play(folder, processes(workers), gathered=gathered)
    failed = [r for r in follow(records, families * POSTED, "running") if not r.ok]
    _render(Home(folder.resolve()))
    if _tell_set_aside(Home(folder.resolve())) or failed:
        sys.exit(1)


def folder_of_repository() -> Path:
    from digest_lib.running.sample import repository

    return repository()


@main.command("fake-llm")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
@click.option("--faults", default="", help="Ways to fail, and servers to play; `all` for every one.")
@click.option("--falsehoods", default="", help="Kinds of false sentences, with commas; `all` for every one.")
@click.option(
    "--share", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Share of answers."
)
@click.option(
    "--ledger", type=click.Path(path_type=Path), help="Where to note what was planted (JSON Lines)."
)
def fake_llm(port: int, faults: str, falsehoods: str, share: float, ledger: Path | None) -> None:
    """Serve an llm that only pretends, on loopback: for trying prompts, faults and the check."""
    from digest_lib.writing.fake_llm import FALSEHOODS, FAULTS, HABITS, FakeLlm
    from digest_lib.writing.fake_llm.wants import chosen

    wanted = chosen(faults, FAULTS | HABITS), chosen(falsehoods, FALSEHOODS)
    server = FakeLlm(faults=wanted[0], falsehoods=wanted[1], share=share, ledger=ledger, port=port)
    click.echo(f"OPENAI_BASE_URL={server.url} (Ctrl-C stops it)")
    try:
        server.serve()
    except KeyboardInterrupt:
        return


@main.command("local-llm")
@click.option("--model", type=click.Path(path_type=Path), help="A GGUF file; default: the small one.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
def local_llm(model: Path | None, port: int) -> None:
    """Serve a real llm of this machine on loopback (needs the extra `local`)."""
    from digest_lib.writing.local_llm import serve, small_model

    server = serve(model, port)
    name = (model or small_model()).stem
    click.echo(f"{name} listens on {server.listening_address}; Ctrl-C stops it. To write with it:")
    click.echo(f"  export OPENAI_BASE_URL={server.listening_address}/v1 DIGEST_LLM={name}")
    click.echo("  export DIGEST_LLM_AT_ONCE=1 DIGEST_LLM_SECONDS=600")
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


@main.command(hidden=True)
def pages() -> None:
    """Write the site's pages from the posts: what `quarto render` does first."""
    from digest_lib.site.bare import before

    for aside in before(_home_of_quarto(), _to_stderr):
        _to_stderr(str(aside))


@main.command(hidden=True)
def finish() -> None:
    """Add feeds, sitemap and search to a rendered site: what `quarto render` does last."""
    import os

    from digest_lib.site.bare import after

    home = _home_of_quarto()
    after(home, Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR") or home.site))
    _exit_for_set_aside(home)


def _home_of_quarto() -> Home:
    """The home that Quarto renders, whatever DIGEST_HOME says: what it reads must be what is made safe."""
    from digest_lib.site.renderers import inside_quarto

    return Home.find(Path.cwd()) if inside_quarto() else Home.find()


def _to_stderr(line: str) -> None:
    click.echo(f"digest: {printable(line)}", err=True)
